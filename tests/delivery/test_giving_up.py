"""What is not sent (again): stale, silent, broken, already taken. Then a person is asked for."""

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from api.channels.messages import Author, Delivery, Outgoing
from api.channels.sender import Accepted, SendError, SendUnansweredError
from api.conversation import repository
from api.conversation.ledger import states
from api.conversation.models import Conversation, Message
from api.conversation.thread import Body, Thread, Written
from api.delivery import repository as delivery_repository
from api.desk.models import Staff
from api.house import House
from tests.standins.clock import HandClock
from tests.standins.recording_sender import RecordingSender, sid
from tests.standins.scripted_bot import ScriptedBot, saying
from tests.talk import Phone, answer_due, deliver_due

TOO_FAST = SendError(20429, retryable=True)


@pytest.fixture
async def phone(client: httpx.AsyncClient, house: House, bot: ScriptedBot) -> Phone:
    """Give a phone that has written once; one step is to be delivered."""
    bot.answer = saying("Ne paie pas.", steps=["dont_pay"])
    phone = Phone(client)
    await phone.write("slt")
    await answer_due(house)
    return phone


async def deliveries(house: House) -> list[Delivery | None]:
    async with house.database.read() as session:
        query = select(Message.delivery).where(Message.delivery.is_not(None)).order_by(Message.seq)
        return list(await session.scalars(query))


async def locked(house: House, session: AsyncSession) -> Thread:
    id_ = (await session.scalars(select(Conversation.id))).one()
    return await house.conversations.lock(session, id_)


async def write_as(house: House, author: Author, text: str) -> None:
    async with house.database.write() as session:
        (await locked(house, session)).append(Written(author, Body(text)))


async def keep_delivering(house: House, clock: HandClock, minutes: int) -> None:
    for _ in range(minutes * 2):
        await deliver_due(house)
        clock.move(seconds=30)


async def is_offered_again_and_a_person_asked_for(house: House) -> bool:
    async with house.database.read() as session:
        row = (await session.scalars(select(Conversation))).one()
    asked = (row.holder, row.reasons) == ("waiting", ["bot_failed"])
    return asked and (await steps(house))["dont_pay"] == "pending"


async def steps(house: House) -> dict[str, str]:
    async with house.database.read() as session:
        id_ = (await session.scalars(select(Conversation.id))).one()
        return states(await repository.steps_of(session, id_))


async def test_a_refused_message_of_the_program_is_tried_for_ten_minutes(
    phone: Phone, house: House, sender: RecordingSender, clock: HandClock
) -> None:
    sender.errors = [TOO_FAST] * 100
    await keep_delivering(house, clock, 4)
    assert await deliveries(house) == [Delivery.pending]
    await keep_delivering(house, clock, 7)
    assert await deliveries(house) == [Delivery.failed]
    assert len(sender.errors) > 80
    assert await is_offered_again_and_a_person_asked_for(house)


async def test_an_outage_of_some_minutes_loses_nothing(
    phone: Phone, house: House, sender: RecordingSender, clock: HandClock
) -> None:
    sender.errors = [SendError(0, retryable=True)] * 7
    await keep_delivering(house, clock, 9)
    assert await deliveries(house) == [Delivery.sent]


async def test_a_person_s_message_is_tried_for_an_hour(
    phone: Phone, house: House, sender: RecordingSender, clock: HandClock
) -> None:
    await deliver_due(house)
    await write_as(house, Author.counsellor, "Je suis là.")
    sender.errors = [TOO_FAST] * 100
    await keep_delivering(house, clock, 45)
    assert (await deliveries(house))[-1] is Delivery.pending
    await keep_delivering(house, clock, 20)
    assert (await deliveries(house))[-1] is Delivery.failed


async def test_an_unanswered_send_is_not_sent_again_when_it_is_stale(
    phone: Phone, house: House, sender: RecordingSender, clock: HandClock
) -> None:
    sender.errors = [SendUnansweredError()]
    await deliver_due(house)
    clock.move(minutes=11)
    await deliver_due(house)
    assert (sender.looked_up, sender.sent) == (1, [])
    assert await deliveries(house) == [Delivery.failed]
    assert await is_offered_again_and_a_person_asked_for(house)


async def test_a_status_that_it_failed_asks_for_a_person(phone: Phone, house: House) -> None:
    await deliver_due(house)
    async with house.database.read() as session:
        message_id = await session.scalar(select(Message.id).where(Message.author == Author.bot))
    await phone.report(str(message_id), sid(1), "undelivered")
    assert await is_offered_again_and_a_person_asked_for(house)


async def test_nobody_silent_is_written_to_by_the_program(
    phone: Phone, house: House, sender: RecordingSender, clock: HandClock
) -> None:
    clock.move(minutes=16)
    await write_as(house, Author.bot, "Tu es là ?")
    await deliver_due(house)
    await deliver_due(house)
    assert sender.sent == []
    assert await deliveries(house) == [Delivery.failed] * 2
    assert await is_offered_again_and_a_person_asked_for(house)


@pytest.mark.parametrize(("allowed", "ends"), [(-1, "failed"), (60, "sent"), (None, "sent")])
async def test_a_child_that_may_be_written_to_is_and_no_longer(
    phone: Phone, house: House, clock: HandClock, allowed: int | None, ends: str
) -> None:
    await deliver_due(house)
    clock.move(minutes=30)
    until = None if allowed is None else clock.now() + timedelta(minutes=allowed)
    async with house.database.write() as session:
        row = (await locked(house, session)).row
        row.write_back, row.write_back_until = True, until
    await write_as(house, Author.bot, "La ligne est ouverte.")
    await deliver_due(house)
    assert await deliveries(house) == [Delivery.sent, Delivery(ends)]


async def test_a_person_may_write_to_a_child_that_fell_silent(
    phone: Phone, house: House, sender: RecordingSender, clock: HandClock
) -> None:
    await deliver_due(house)
    clock.move(minutes=30)
    await write_as(house, Author.counsellor, "Je suis là.")
    await deliver_due(house)
    assert [message.text for message, _ in sender.sent] == ["Ne paie pas.", "Je suis là."]


async def test_a_broken_seal_keeps_nobody_else_waiting(
    phone: Phone, house: House, client: httpx.AsyncClient, sender: RecordingSender
) -> None:
    broken = update(Message).where(Message.author == Author.bot).values(body=b"x" * 40)
    async with house.database.write() as session:
        await session.execute(broken)
    other = Phone(client, "+33639985678")
    await other.write("slt")
    await answer_due(house)
    await deliver_due(house)
    assert [message.to for message, _ in sender.sent] == [other.number]
    assert sorted(str(state) for state in await deliveries(house)) == ["failed", "sent"]


class Overtaken(RecordingSender):
    """While it looks a message up, the status of that message comes in."""

    house: House
    found_own = False

    async def lookup(self, outgoing: Outgoing, since: datetime) -> Sequence[Accepted]:
        assert self.house.deliveries is not None
        async with self.house.database.read() as session:
            query = select(Message.id).where(Message.author == Author.bot)
            message_id = (await session.scalars(query)).one()
        await self.house.deliveries.report(message_id, sid(9), None, None)
        if self.found_own:
            return [Accepted(sid(9), None, None, since)]
        return []


@pytest.fixture
def sender(request: pytest.FixtureRequest) -> RecordingSender:
    return Overtaken() if "overtaken" in request.node.name else RecordingSender()


@pytest.mark.parametrize("found_own", [False, True])
async def test_a_look_up_overtaken_by_a_status_sends_nothing(
    phone: Phone, house: House, sender: Overtaken, clock: HandClock, *, found_own: bool
) -> None:
    sender.house, sender.found_own = house, found_own
    sender.errors = [SendUnansweredError()]
    await deliver_due(house)
    clock.move(seconds=6)
    await deliver_due(house)
    assert sender.sent == []
    assert await deliveries(house) == [Delivery.sent]


async def test_a_claim_does_not_drop_what_the_provider_is_asked_meanwhile(
    phone: Phone, house: House
) -> None:
    async with house.database.write() as session:
        [message] = await delivery_repository.due(session, house.clock.now(), most=1)
        message.delivery_asked_at = house.clock.now()
        await session.flush()
        claim = asyncio.create_task(_claimed(house))
        await asyncio.sleep(0.2)
        assert not claim.done()
    await claim
    assert await deliveries(house) == [Delivery.pending]


async def test_a_claim_drops_what_is_leased_but_not_asked_for_yet(
    phone: Phone, house: House, sender: RecordingSender
) -> None:
    assert house.deliveries is not None
    [parcel] = await house.deliveries.claim(most=1)
    await _claimed(house)
    await house.deliveries.deliver(parcel)
    assert sender.sent == []
    assert await deliveries(house) == [Delivery.dropped]
    assert (await steps(house))["dont_pay"] == "pending"


async def test_what_nobody_answered_is_not_said_again_over_a_person(
    phone: Phone, house: House, sender: RecordingSender, clock: HandClock
) -> None:
    sender.errors = [SendUnansweredError()]
    await deliver_due(house)
    await _claimed(house)
    clock.move(seconds=31)
    await deliver_due(house)
    assert sender.sent == []
    assert await deliveries(house) == [Delivery.dropped]
    assert (await steps(house))["dont_pay"] == "pending"


async def _claimed(house: House) -> None:
    async with house.database.write() as session:
        thread = await locked(house, session)
        staff = Staff(id=uuid4(), email="nour@relais.test", name="Nour", password_hash="none")
        staff.created_at = thread.now
        session.add(staff)
        await session.flush()
        await house.handoff.claim(thread, staff)


async def test_the_program_says_on_sms_that_it_answers_again(
    phone: Phone, house: House, sender: RecordingSender
) -> None:
    await deliver_due(house)
    await write_as(house, Author.counsellor, "Je te laisse.")
    await write_as(house, Author.bot, "Salut.")
    await write_as(house, Author.bot, "On continue ?")
    await deliver_due(house)
    said = [message.text for message, _ in sender.sent[1:]]
    again = house.script.program_again()
    assert said == ["Je te laisse.", f"{again}Salut.", "On continue ?"]
    assert again.startswith("Le programme")
