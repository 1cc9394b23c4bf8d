"""What time does: silence closes, expiry erases, and one thing out of order keeps nothing alive."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from api.audit.models import Action, AuditRow
from api.channels.messages import Author
from api.conversation import repository
from api.conversation.holder import Holder, Reason
from api.conversation.models import Conversation, ErasedCard
from api.conversation.retention import Sweep
from api.conversation.thread import Body, Written
from api.danger.signals import Level
from api.house import House
from api.main import sweep_of
from tests.conversation.rows import counts
from tests.standins.clock import HandClock


@pytest.fixture
def sweep(house: House) -> Sweep:
    return sweep_of(house)


async def said(house: House, number: str = "+33639980101") -> UUID:
    async with house.database.write() as session:
        thread = await house.conversations.of_phone(session, number)
        thread.append(Written(Author.minor, Body("slt")))
        house.conversations.heard(thread)
        return thread.row.id


async def row_of(house: House, conversation: UUID) -> Conversation:
    async with house.database.read() as session:
        row = await repository.get(session, conversation)
        assert row is not None
        return row


async def test_before_72_hours_of_silence_nothing_ends(
    house: House, sweep: Sweep, clock: HandClock
) -> None:
    id_ = await said(house)
    clock.move(hours=72, seconds=-1)
    assert await sweep.end_silent() == 0
    assert (await row_of(house, id_)).holder is Holder.with_bot


@pytest.mark.parametrize("danger", [None, Level.R3])
async def test_after_72_hours_of_silence_a_wait_ends(
    house: House, sweep: Sweep, clock: HandClock, danger: Level | None
) -> None:
    id_ = await said(house)
    async with house.database.write() as session:
        thread = await house.conversations.lock(session, id_)
        house.handoff.ask(thread, Reason.asked)
        house.handoff.set_danger(thread, danger, "danger_suicide")
    clock.move(hours=72)
    assert await sweep.end_silent() == 1
    row = await row_of(house, id_)
    assert (row.holder, row.reasons, row.closed_at) == (Holder.closed, [], clock.now())
    assert await sweep.end_silent() == 0


async def test_a_word_in_between_begins_the_silence_anew(
    house: House, sweep: Sweep, clock: HandClock
) -> None:
    await said(house)
    clock.move(hours=71)
    await said(house)
    clock.move(hours=71)
    assert await sweep.end_silent() == 0


async def test_a_conversation_lives_to_its_last_day_and_no_longer(
    house: House, sweep: Sweep, clock: HandClock
) -> None:
    await said(house)
    clock.move(days=house.helpline.retention.conversation_days, seconds=-1)
    assert await sweep.purge() == 0
    clock.move(seconds=1)
    assert await sweep.purge() == 1
    assert await counts(house) == {"audit": 1}


async def test_a_purge_is_audited_and_leaves_no_card_as_if_the_child_had_gone(
    house: House, sweep: Sweep, clock: HandClock
) -> None:
    id_ = await said(house)
    async with house.database.write() as session:
        thread = await house.conversations.lock(session, id_)
        house.handoff.set_danger(thread, Level.R3, "danger_suicide")
    clock.move(days=31)
    await sweep.run()
    async with house.database.read() as session:
        assert (await session.scalars(select(AuditRow.action))).all() == [Action.purge]
        assert (await session.scalars(select(ErasedCard))).all() == []


async def test_receipts_and_cards_go_on_their_own_day(
    house: House, sweep: Sweep, clock: HandClock
) -> None:
    soon, late = clock.now() + timedelta(days=1), clock.now() + timedelta(days=2)
    async with house.database.write() as session:
        await repository.receipt_is_new(session, b"soon", expires_at=soon)
        await repository.receipt_is_new(session, b"late", expires_at=late)
    clock.move(days=1)
    await sweep.purge()
    async with house.database.read() as session:
        assert await repository.known_receipts(session, [b"soon", b"late"]) == {b"late"}


async def test_a_receipt_is_new_once(house: House, clock: HandClock) -> None:
    async with house.database.write() as session:
        assert await repository.receipt_is_new(session, b"1", expires_at=clock.now())
        assert not await repository.receipt_is_new(session, b"1", expires_at=clock.now())


async def test_a_conversation_that_does_not_open_keeps_no_other_alive(
    house: House, sweep: Sweep, clock: HandClock
) -> None:
    broken = await said(house)
    clock.move(hours=1)
    silent = await said(house, "+33639980102")
    async with house.database.write() as session:
        row = await session.get_one(Conversation, broken)
        row.wrapped_key = bytes(60)
    clock.move(hours=72)
    await sweep.run()
    assert (await row_of(house, silent)).holder is Holder.closed
    clock.move(days=31)
    await sweep.run()
    assert await counts(house) == {"audit": 2}


async def test_what_was_closed_or_erased_meanwhile_stops_no_sweep(
    house: House, sweep: Sweep, clock: HandClock
) -> None:
    closed, erased = await said(house), await said(house, "+33639980102")
    await said(house, "+33639980103")
    clock.move(hours=72)
    async with house.database.read() as session:
        found = await repository.silent_since(session, clock.now(), timedelta(hours=72))
    async with house.database.write() as session:
        house.handoff.expire(await house.conversations.lock(session, closed))
        await house.conversations.erase(session, erased, by=Action.erase)
    assert await sweep.close(found) == 1
