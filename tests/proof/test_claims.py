"""Two counsellors claim at once, each at an api of its own: one has it, the other is told who."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from itertools import product
from uuid import UUID

import pytest
from sqlalchemy import func, select

from api.audit.models import Action, AuditRow
from api.conversation.holder import Holder
from api.house import House
from tests.desk.serving import Colleague, asks, child, hire, row_of
from tests.loopback import open_client
from tests.proof.conftest import Proved
from tests.proof.processes import apis
from tests.standins.clock import HandClock


@pytest.fixture
def clock() -> HandClock:
    """Run with the processes, whose clock is the machine's."""
    return HandClock(datetime.now(UTC))


@pytest.fixture
async def two(house: House) -> AsyncIterator[list[Colleague]]:
    """Give two colleagues at desks that are served by two processes."""
    known = [await hire(house, name) for name in ("Camille", "Malik")]
    with apis(house.settings, many=2) as urls:
        desks = [await _moved(colleague, url) for colleague, url in zip(known, urls, strict=True)]
        yield desks
        for colleague in desks:
            await colleague.client.aclose()


async def _moved(colleague: Colleague, url: str) -> Colleague:
    cookies = dict(colleague.client.cookies)
    await colleague.client.aclose()
    client = open_client(url, cookies=cookies, timeout=30)
    return Colleague(colleague.id, colleague.name, client)


async def claims_of(house: House, conversation: UUID) -> int | None:
    async with house.database.read() as session:
        query = select(func.count()).select_from(AuditRow)
        query = query.where(AuditRow.conversation_id == conversation)
        return await session.scalar(query.where(AuditRow.action == Action.claim))


async def winner(house: House, two: list[Colleague], conversation: UUID) -> Colleague:
    """Have both claim at once; return who has it, after whatever must be true then."""
    answers = await asyncio.gather(*(each.post(f"{conversation}/claim") for each in two))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    won = next(who for who, answer in zip(two, answers, strict=True) if answer.is_success)
    told = next(answer.json() for answer in answers if not answer.is_success)
    assert told["assignee"] == {"id": str(won.id), "name": won.name}
    row = await row_of(house, conversation)
    assert (row.holder, row.staff_id) == (Holder.with_counsellor, won.id)
    assert await claims_of(house, conversation) == 1
    return won


async def test_one_wins_and_the_other_is_told_who(
    house: House, two: list[Colleague], *, full: bool, proved: Proved
) -> None:
    times, won, second = 200 if full else 10, [], 0
    for number, waits in product(range(times), (True, False)):
        conversation = await child(house, "slt")
        if waits:
            await asks(house, conversation)
        before = (await row_of(house, conversation)).holder_version
        order = two if number % 2 else two[::-1]
        won.append((await winner(house, order, conversation)).name)
        # Where whoever asks second has it, both were at it at once.
        second += won[-1] == order[1].name
        assert (await row_of(house, conversation)).holder_version == before + 1
    assert 0 < second < len(won)
    score = f"{won.count('Camille')} to {won.count('Malik')}, {second} by who asked second"
    proved("claims", f"{times} while it waits and {times} while the bot has it, {score}")
