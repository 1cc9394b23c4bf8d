"""Moving a conversation: who speaks afterwards, what is taken back, what is announced."""

from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import uuid4

import pytest

from api.channels.messages import Author, Channel, Delivery
from api.conversation import ledger, repository
from api.conversation.holder import Holder, Reason
from api.conversation.steps import StepState
from api.conversation.thread import Body, Thread, Written
from api.danger.signals import Level, Signal
from api.desk import sessions
from api.desk.models import Staff
from api.handoff.service import HolderConflictError
from api.house import House
from tests.standins.clock import HandClock

NUMBER = "+33639981234"


def colleague(name: str) -> Staff:
    return Staff(id=uuid4(), email=f"{name}@relais.test", name=name, password_hash="none")


def signal(level: Level) -> Signal:
    return Signal("danger_suicide", level, "self", words="jveux mourir", phrase="test")


@pytest.fixture
async def thread(house: House) -> AsyncIterator[Thread]:
    """Open a conversation by SMS, in a transaction that stays open for the test."""
    async with house.database.write() as session:
        thread = await house.conversations.of_phone(session, NUMBER)
        thread.append(Written(Author.minor, Body("salut")))
        await session.flush()
        yield thread
        await session.rollback()


@pytest.fixture
async def ana(house: House, thread: Thread) -> Staff:
    staff = colleague("Ana")
    staff.created_at = house.clock.now()
    thread.session.add(staff)
    await thread.session.flush()
    sessions.begin(thread.session, house.vault, staff, thread.now, timedelta(hours=1))
    await thread.session.flush()
    return staff


async def lines(thread: Thread) -> list[str]:
    await thread.session.flush()
    messages = await repository.messages_since(thread.session, thread.row.id)
    return [thread.read(each).text for each in messages if each.author is Author.system]


async def test_refused_to_who_does_not_hold(house: House, thread: Thread, ana: Staff) -> None:
    other = colleague("Zoe")
    await house.handoff.claim(thread, ana)
    version = thread.row.holder_version
    with pytest.raises(HolderConflictError):
        await house.handoff.claim(thread, other)
    for move in (house.handoff.hand_back, house.handoff.return_to_bot):
        with pytest.raises(HolderConflictError):
            await move(thread, other)
    with pytest.raises(HolderConflictError):
        await house.handoff.close(thread, other, None)
    assert (thread.row.staff_id, thread.row.holder_version) == (ana.id, version)


async def test_returned_to_nobody_in_an_open_danger(
    house: House, thread: Thread, ana: Staff
) -> None:
    house.handoff.see_danger(thread, signal(Level.R2), seen_by="phrases")
    await house.handoff.claim(thread, ana)
    with pytest.raises(HolderConflictError):
        await house.handoff.return_to_bot(thread, ana)
    with pytest.raises(HolderConflictError):
        await house.handoff.close(thread, ana, "helped")
    assert (thread.row.holder, thread.row.outcome) == (Holder.with_counsellor, None)
    house.handoff.set_danger(thread, Level.R1, None)
    await house.handoff.return_to_bot(thread, ana)
    assert thread.row.holder is Holder.with_bot


def test_danger_is_never_lowered_by_what_is_seen(house: House, thread: Thread) -> None:
    assert house.handoff.see_danger(thread, signal(Level.R3), seen_by="phrases")
    assert not house.handoff.see_danger(thread, signal(Level.R1), seen_by="model")
    assert not house.handoff.see_danger(thread, signal(Level.R3), seen_by="model")
    assert (thread.row.danger_level, thread.row.danger_seen_by) == ("R3", "phrases")


def test_declining_does_not_end_a_danger(house: House, thread: Thread) -> None:
    house.handoff.see_danger(thread, signal(Level.R2), seen_by="phrases")
    house.handoff.decline(thread)
    assert thread.row.holder is Holder.waiting
    house.handoff.set_danger(thread, None, None)
    house.handoff.decline(thread)
    assert (thread.row.holder, thread.row.reasons) == (Holder.with_bot, [])


async def test_late_reading_of_a_closed_one(house: House, thread: Thread, ana: Staff) -> None:
    await house.handoff.claim(thread, ana)
    await house.handoff.close(thread, ana, None)
    assert house.handoff.see_danger(thread, signal(Level.R3), seen_by="model")
    assert (thread.row.holder, thread.row.danger_level) == (Holder.closed, "R3")


def test_danger_lifted_ends_a_wait_that_had_no_other_reason(house: House, thread: Thread) -> None:
    house.handoff.see_danger(thread, signal(Level.R2), seen_by="phrases")
    house.handoff.set_danger(thread, None, None)
    assert (thread.row.holder, thread.row.crisis) == (Holder.with_bot, False)
    house.handoff.ask(thread, Reason.asked)
    house.handoff.see_danger(thread, signal(Level.R2), seen_by="phrases")
    house.handoff.set_danger(thread, Level.R1, None)
    assert (thread.row.holder, thread.row.reasons) == (Holder.waiting, ["asked"])


def test_asking_twice_keeps_the_place(house: House, thread: Thread, clock: HandClock) -> None:
    house.handoff.ask(thread, Reason.asked)
    since, version = thread.row.waiting_since, thread.row.holder_version
    thread.now += timedelta(minutes=5)
    house.handoff.ask(thread, Reason.asked)
    house.handoff.ask(thread, Reason.bot_failed)
    assert thread.row.reasons == ["asked", "bot_failed"]
    assert (thread.row.waiting_since, thread.row.holder_version) == (since, version)


async def test_claim_takes_back_what_nobody_has_seen(
    house: House, thread: Thread, ana: Staff
) -> None:
    flying = thread.append(Written(Author.bot, Body("Ne paie pas."), steps=("dont_pay",)))
    flying.delivery_asked_at = thread.now
    unsaid = thread.append(Written(Author.bot, Body("N'envoie rien."), steps=("dont_send",)))
    sent = dict.fromkeys(("dont_pay", "dont_send"), StepState.sent)
    await ledger.advance(thread, sent, by="bot")
    await house.handoff.claim(thread, ana)
    assert (flying.delivery, unsaid.delivery) == (Delivery.pending, Delivery.dropped)
    steps = await repository.steps_of(thread.session, thread.row.id)
    assert ledger.states(steps) == {"dont_pay": "sent", "dont_send": "pending"}


async def test_claim_on_the_page_takes_back_the_unseen(house: House) -> None:
    async with house.database.write() as session:
        admission = await house.conversations.admit(session)
        thread = await house.conversations.lock(session, admission.conversation_id)
        seen, unseen = (thread.append(Written(Author.bot, Body(text))) for text in "ab")
        thread.mark(seen, Delivery.delivered)
        staff = colleague("Ana")
        staff.created_at = thread.now
        session.add(staff)
        await session.flush()
        await house.handoff.claim(thread, staff)
        assert thread.row.channel is Channel.web
        assert (seen.delivery, unseen.delivery) == (Delivery.delivered, Delivery.dropped)


async def test_every_change_of_voice_is_announced(house: House, thread: Thread, ana: Staff) -> None:
    await house.handoff.claim(thread, ana)
    await house.handoff.hand_back(thread, ana)
    assert (thread.row.holder, thread.row.reasons) == (Holder.waiting, ["returned"])
    await house.handoff.claim(thread, ana)
    await house.handoff.return_to_bot(thread, ana)
    await house.handoff.claim(thread, ana)
    await house.handoff.close(thread, ana, "oriented")
    script = house.script
    assert await lines(thread) == [
        script.joined("Ana"),
        script.left_to_queue("Ana"),
        script.joined("Ana"),
        script.left_to_program("Ana"),
        script.joined("Ana"),
        script.closed("Ana"),
    ]
    assert (thread.row.staff_id, thread.row.turn_due_at) == (None, None)


def test_nobody_writes_for_days(house: House, thread: Thread) -> None:
    house.handoff.see_danger(thread, signal(Level.R3), seen_by="phrases")
    house.handoff.expire(thread)
    assert (thread.row.holder, thread.row.waiting_since) == (Holder.closed, None)
