"""A key file that is away for a moment after a rotation: nothing is taken for lost, all comes back.

Not for: what really does not open (`test_broken_seal.py`).
"""

from collections.abc import AsyncIterator, Callable

import httpx
import pytest
from sqlalchemy import func, select

from api import lease
from api.conversation.holder import Holder
from api.conversation.models import Conversation, Receipt
from api.due import DueTurns
from api.house import House
from api.main import furnish, rotation_of, sweep_of
from api.settings import Settings
from api.vault.sealing import KeyNotHeldError
from tests.desk.serving import hire
from tests.standins.clock import HandClock
from tests.standins.recording_sender import RecordingSender
from tests.standins.scripted_bot import ScriptedBot, saying
from tests.talk import Page, Phone, answer_due, deliver_due

AWAY, BACK = 0o644, 0o600
SID = "SM" + "0" * 32
SENTENCE = {"error": "Un problème est survenu. Réessaie dans un instant."}


@pytest.fixture
async def other(settings: Settings, house: House) -> AsyncIterator[House]:
    """Give another process, which rotates."""
    other = furnish(settings, clock=house.clock, bot=ScriptedBot(), sender=RecordingSender())
    yield other
    await other.database.close()


@pytest.fixture
def come(settings: Settings) -> Callable[[int], None]:
    return settings.key_file.chmod


async def conversations(house: House) -> list[Conversation]:
    async with house.database.read() as session:
        return list(await session.scalars(select(Conversation)))


async def test_a_page_is_told_to_try_again_and_reads_on_where_it_was(
    client: httpx.AsyncClient, house: House, other: House, come: Callable[[int], None]
) -> None:
    page = Page(client)
    await page.open()
    await page.write("slt")
    await rotation_of(other).run()
    come(AWAY)
    for refused in (
        await page.write("t la ?"),
        await client.get("/api/chat/messages", headers=page.headers),
    ):
        assert (refused.status_code, refused.json()) == (503, SENTENCE)
    come(BACK)
    assert (await page.write("t la ?")).status_code == 202
    assert await page.texts() == [("minor", "slt"), ("minor", "t la ?")]
    [row] = await conversations(house)
    assert (row.holder, row.previous_id) == (Holder.with_bot, None)


async def test_an_sms_is_not_counted_as_taken_in(
    client: httpx.AsyncClient, house: House, other: House, come: Callable[[int], None]
) -> None:
    phone = Phone(client)
    await phone.write("slt")
    await rotation_of(other).run()
    come(AWAY)
    assert (await phone.write("jveux mourir", sid=SID)).status_code == 503
    come(BACK)
    async with house.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Receipt)) == 1
    assert (await phone.write("jveux mourir", sid=SID)).status_code == 200
    [row] = await conversations(house)
    assert (row.holder, row.seq) == (Holder.waiting, 2)


async def test_turn_and_delivery_are_left_to_their_leases(
    client: httpx.AsyncClient,
    house: House,
    other: House,
    sender: RecordingSender,
    come: Callable[[int], None],
) -> None:
    bot, clock = house.bot, house.clock
    assert isinstance(bot, ScriptedBot)
    assert isinstance(clock, HandClock)
    bot.answer = saying("Ne paie pas.")
    await Phone(client).write("slt")
    await answer_due(house)
    await Phone(client, number="+33639981235").write("slt")
    await rotation_of(other).run()
    come(AWAY)
    [piece] = await DueTurns(house.turn).claim(most=10)
    with pytest.raises(KeyNotHeldError):
        await house.turn.answer(piece)
    assert (await deliver_due(house), sender.sent) == (0, [])
    come(BACK)
    clock.move(seconds=lease.LASTS.total_seconds())
    assert await answer_due(house) == 1
    await deliver_due(house)
    assert [message.text for message, _ in sender.sent] == ["Ne paie pas."] * 2
    assert [row.holder for row in await conversations(house)] == [Holder.with_bot] * 2


async def test_the_desk_still_sees_who_waits_and_no_sweep_stops(
    client: httpx.AsyncClient,
    house: House,
    other: House,
    clock: HandClock,
    come: Callable[[int], None],
) -> None:
    nour = await hire(house, "Nour")
    await Phone(client).write("jveux mourir")
    await rotation_of(other).run()
    come(AWAY)
    [card] = (await nour.get()).json()["conversations"]
    assert (card["status"], card["danger"]["level"]) == ("waiting", "R2")
    refused = await nour.post(f"{card['id']}/claim")
    assert (refused.status_code, refused.json()) == (503, SENTENCE)
    clock.move(hours=73)
    assert await sweep_of(house).end_silent() == 0
    come(BACK)
    assert await sweep_of(house).end_silent() == 1
