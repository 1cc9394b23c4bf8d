"""Looks at children's words, in the audit: one row for one look, however often a page reads."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from api.audit.models import Action, AuditRow
from api.danger.signals import Level
from api.house import House
from tests.desk.serving import Colleague, child, in_danger
from tests.standins.clock import HandClock

Look = tuple[UUID | None, UUID | None, dict[str, Any]]


async def looks(house: House, action: Action) -> list[Look]:
    async with house.database.read() as session:
        rows = await session.scalars(
            select(AuditRow).where(AuditRow.action == action).order_by(AuditRow.at)
        )
        return [(row.staff_id, row.conversation_id, row.detail) for row in rows]


async def test_list_without_a_childs_words(house: House, camille: Colleague) -> None:
    await child(house, "salut")
    await camille.get()
    assert await looks(house, Action.list) == []


async def test_list_that_shows_them(
    house: House, camille: Colleague, malik: Colleague, clock: HandClock
) -> None:
    await in_danger(house, await child(house, "jveux mourir"), Level.R2)
    await child(house, "salut")
    for _ in range(3):
        await camille.get()
    clock.move(minutes=4, seconds=59)
    await camille.get()
    assert await looks(house, Action.list) == [(camille.id, None, {"conversations": 1})]
    await malik.get()
    clock.move(seconds=1)
    await camille.get()
    assert [who for who, *_ in await looks(house, Action.list)].count(camille.id) == 2
    assert [who for who, *_ in await looks(house, Action.list)].count(malik.id) == 1


async def test_opening_again(
    house: House, camille: Colleague, malik: Colleague, clock: HandClock
) -> None:
    one, other = await child(house, "salut"), await child(house, "salut")
    for conversation in (one, one, other):
        await camille.get(f"/{conversation}")
    await malik.get(f"/{one}")
    found = await looks(house, Action.open)
    assert sorted(found, key=str) == sorted(
        [(camille.id, one, {}), (camille.id, other, {}), (malik.id, one, {})], key=str
    )
    clock.move(minutes=5)
    await camille.get(f"/{one}")
    assert len(await looks(house, Action.open)) == 4
