"""Sends that nobody answered, and two workers at one message: looked for, never taken for another.

Not for: processes that die in the middle (`tests/proof/crash`).
"""

import asyncio
from dataclasses import dataclass, replace
from datetime import datetime

import httpx
import pytest
from sqlalchemy import select

from api import lease
from api.channels.messages import Author, Delivery, Outgoing
from api.channels.sender import Accepted, SendUnansweredError
from api.conversation.models import Message
from api.delivery.service import Deliveries
from api.house import House
from tests.desk.serving import hire
from tests.standins.clock import HandClock
from tests.standins.recording_sender import RecordingSender, sid
from tests.standins.scripted_bot import ScriptedBot, saying
from tests.talk import Phone, answer_due, deliver_due


@pytest.fixture
async def phone(client: httpx.AsyncClient, house: House, bot: ScriptedBot) -> Phone:
    """Give a phone to which the same words are to be sent twice."""
    bot.answer = saying("Un.", "Un.")
    phone = Phone(client)
    await phone.write("slt")
    await answer_due(house)
    return phone


@pytest.fixture
def deliveries(phone: Phone, house: House) -> Deliveries:
    assert house.deliveries is not None
    return house.deliveries


async def outgoing(house: House) -> list[Message]:
    async with house.database.read() as session:
        query = select(Message).where(Message.author == Author.bot).order_by(Message.seq)
        return list(await session.scalars(query))


async def test_the_same_words_of_before_are_not_taken_for_these(
    phone: Phone, house: House, sender: RecordingSender, clock: HandClock
) -> None:
    first, _ = await outgoing(house)
    await deliver_due(house)
    await phone.report(str(first.id), sid(1), "delivered")
    assert len(sender.sent) == 2
    await phone.write("slt")
    clock.move(seconds=2)
    await answer_due(house)
    sender.errors = [SendUnansweredError()]
    sender.found = [Accepted(sid(1), Delivery.delivered, None, clock.now())]
    await deliver_due(house)
    clock.move(seconds=1)
    await deliver_due(house)
    assert len(sender.sent) == 2
    clock.move(seconds=2)
    await deliver_due(house)
    assert len(sender.sent) == 4


async def test_to_look_for_it_is_no_attempt(
    phone: Phone, house: House, sender: RecordingSender, clock: HandClock
) -> None:
    sender.errors, sender.list_answers = [SendUnansweredError()], False
    for _ in range(12):
        await deliver_due(house)
        clock.move(seconds=3)
    assert sender.looked_up > 5
    assert [message.attempts for message in await outgoing(house)] == [2, 1]


async def test_danger_does_not_wait_behind_what_may_have_left(
    phone: Phone, house: House, sender: RecordingSender
) -> None:
    sender.errors = [SendUnansweredError()]
    await deliver_due(house)
    await phone.write("je vais me tuer ce soir")
    await deliver_due(house)
    assert ["3114" in outgoing.text for outgoing, _ in sender.sent] == [True]


async def test_what_a_person_writes_behind_it_leaves_in_its_order(
    deliveries: Deliveries, house: House, sender: RecordingSender
) -> None:
    sender.errors = [SendUnansweredError()]
    await deliver_due(house)
    camille, (first, _) = await hire(house, "Camille"), await outgoing(house)
    await camille.post(f"{first.conversation_id}/claim")
    for text in ("Je suis Camille.", "Je te lis."):
        await camille.say(first.conversation_id, text)
    [parcel] = await deliveries.claim(most=10)
    assert await deliveries.claim(most=10) == []
    await deliveries.deliver(parcel)
    await deliver_due(house)
    one, other = [outgoing.text for outgoing, _ in sender.sent]
    assert one.endswith("Je suis Camille.")
    assert other == "Je te lis."


async def test_the_time_to_arrive_begins_when_the_answer_is_given_up(
    deliveries: Deliveries, house: House, sender: RecordingSender, clock: HandClock
) -> None:
    [parcel] = await deliveries.claim(most=1)
    await replace(deliveries, sender=Hanging(clock)).deliver(parcel)
    clock.move(seconds=2)
    await deliver_due(house)
    assert (sender.looked_up, sender.sent) == (1, [])
    clock.move(seconds=1)
    await deliver_due(house)
    assert len(sender.sent) == 2


async def test_nobody_takes_a_message_of_which_it_is_decided_that_it_may_go(
    deliveries: Deliveries, house: House, clock: HandClock
) -> None:
    [parcel] = await deliveries.claim(most=1)
    clock.move(seconds=lease.LASTS.total_seconds() - 0.1)
    async with house.database.write() as session:
        _, message = await deliveries._mine(session, parcel)
        assert message is not None
        message.delivery_until = clock.now() + lease.LASTS
        clock.move(seconds=0.2)
        another = asyncio.create_task(deliveries.claim(most=1))
        await asyncio.sleep(0.2)
    assert await another == []


async def test_a_worker_that_was_paused_after_its_note_does_not_send(
    deliveries: Deliveries, sender: RecordingSender, clock: HandClock
) -> None:
    [parcel] = await deliveries.claim(most=1)
    woken = replace(deliveries, clock=Later(clock))
    assert await woken._send(parcel) is None
    assert sender.sent == []


@dataclass(frozen=True)
class Later:
    """The clock of somebody who has slept past a lease."""

    clock: HandClock

    def now(self) -> datetime:
        return self.clock.now() + lease.LASTS


@dataclass
class Hanging(RecordingSender):
    """A provider that is given up after ten seconds."""

    clock: HandClock

    def __post_init__(self) -> None:
        super().__init__()

    async def send(self, outgoing: Outgoing, *, author: Author) -> str:
        self.clock.move(seconds=10)
        raise SendUnansweredError


@pytest.mark.parametrize(
    ("answers_at", "shows_at", "callback_at", "sent_again"),
    [
        pytest.param(0, 1, 5, 0, id="in the list, callback at 5 s"),
        pytest.param(0, 2, 29, 0, id="in the list, callback at 29 s"),
        pytest.param(20, 20, 25, 0, id="list away for 20 s, callback at 25 s"),
        pytest.param(99, 99, 20, 0, id="list away, callback at 20 s"),
        # Decision 0012: a list that answers is believed. Both are late here, and it comes twice.
        pytest.param(0, 4, 5, 1, id="not yet in the list at 2.5 s, callback at 5 s"),
    ],
)
async def test_a_late_callback(
    phone: Phone,
    house: House,
    sender: RecordingSender,
    clock: HandClock,
    *,
    answers_at: int,
    shows_at: int,
    callback_at: int,
    sent_again: int,
) -> None:
    """The provider took it and was not heard. Seconds: since when its list answers and shows it."""
    first, _ = await outgoing(house)
    sender.errors = [SendUnansweredError()]
    for second in range(32):
        sender.list_answers = second >= answers_at
        if second == shows_at:
            sender.found = [Accepted(sid(77), Delivery.sent, None, clock.now())]
        if second == callback_at:
            await phone.report(str(first.id), sid(77), "delivered")
        await deliver_due(house)
        clock.move(seconds=1)
    again = [one for one, _ in sender.sent if one.reference == str(first.id)]
    assert len(again) == sent_again
    assert (await outgoing(house))[0].delivery is Delivery.delivered
