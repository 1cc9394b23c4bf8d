"""Handing SMS to the provider: in order, retried, never twice, and told how it ended."""

import httpx
import pytest
from sqlalchemy import select

from api.channels.messages import Delivery
from api.channels.sender import Accepted, SendError, SendUnansweredError
from api.conversation import repository
from api.conversation.models import Message
from api.due import DueDeliveries
from api.house import House
from tests.standins.clock import HandClock
from tests.standins.recording_sender import RecordingSender, sid
from tests.standins.scripted_bot import ScriptedBot, saying
from tests.talk import PHONE, Phone, answer_due, deliver_due


@pytest.fixture
async def phone(client: httpx.AsyncClient, house: House, bot: ScriptedBot) -> Phone:
    """Give a phone that has written once; two replies are to be delivered."""
    bot.answer = saying("Un.", "Ne paie pas.", steps=[None, "dont_pay"])
    phone = Phone(client)
    await phone.write("slt")
    await answer_due(house)
    return phone


async def outgoing(house: House) -> list[Message]:
    async with house.database.read() as session:
        query = select(Message).where(Message.delivery.is_not(None)).order_by(Message.seq)
        return list(await session.scalars(query))


async def test_a_final_refusal_is_recorded_and_the_next_goes_on(
    phone: Phone, house: House, sender: RecordingSender
) -> None:
    sender.errors = [SendError(21610, retryable=False)]
    await deliver_due(house)
    first, second = await outgoing(house)
    assert (first.delivery, first.error_code) == (Delivery.failed, 21610)
    assert second.delivery is Delivery.sent


async def test_a_retryable_refusal_keeps_the_order(
    phone: Phone, house: House, sender: RecordingSender, clock: HandClock
) -> None:
    sender.errors = [SendError(20429, retryable=True)]
    assert await deliver_due(house) == 1
    assert sender.sent == []
    clock.move(seconds=3)
    await deliver_due(house)
    assert [message.text for message, _ in sender.sent] == ["Un.", "Ne paie pas."]
    assert {message.to for message, _ in sender.sent} == {PHONE}


async def test_an_unanswered_send_is_looked_up_and_not_sent_again(
    phone: Phone, house: House, sender: RecordingSender, clock: HandClock
) -> None:
    sender.errors = [SendUnansweredError()]
    await deliver_due(house)
    sender.found = [Accepted("SMlost", Delivery.sent, None, clock.now())]
    clock.move(seconds=6)
    await deliver_due(house)
    assert [message.text for message, _ in sender.sent] == ["Ne paie pas."]
    assert [message.delivery for message in await outgoing(house)] == [Delivery.sent] * 2


@pytest.mark.parametrize(("list_answers", "looks"), [(True, 2), (False, 29)])
async def test_an_unanswered_send_that_left_no_trace_is_sent_again(
    phone: Phone,
    house: House,
    sender: RecordingSender,
    clock: HandClock,
    *,
    list_answers: bool,
    looks: int,
) -> None:
    sender.errors, sender.list_answers = [SendUnansweredError()], list_answers
    await deliver_due(house)
    for _ in range(looks):
        clock.move(seconds=1)
        await deliver_due(house)
    assert (sender.looked_up, sender.sent) == (looks, [])
    clock.move(seconds=1)
    await deliver_due(house)
    assert [message.text for message, _ in sender.sent] == ["Un.", "Ne paie pas."]


async def test_a_renewed_lease_is_kept_and_one_that_passed_on_is_not(
    phone: Phone, house: House, clock: HandClock
) -> None:
    assert house.deliveries is not None
    due = DueDeliveries(house.deliveries)
    [mine] = await due.claim(most=1)
    clock.move(seconds=1.5)
    await due.renew([mine])
    clock.move(seconds=1.5)
    assert await due.claim(most=1) == []
    clock.move(seconds=1.5)
    assert len(await due.claim(most=1)) == 1
    clock.move(seconds=1.5)
    await due.renew([mine])
    clock.move(seconds=1.5)
    assert len(await due.claim(most=1)) == 1


async def test_a_worker_that_woke_up_too_late_records_nothing(
    phone: Phone, house: House, clock: HandClock
) -> None:
    assert house.deliveries is not None
    due = DueDeliveries(house.deliveries)
    [stale] = await due.claim(most=1)
    clock.move(minutes=1)
    [fresh] = await due.claim(most=1)
    await due.do(stale)
    assert (await outgoing(house))[0].delivery is Delivery.pending
    await due.do(fresh)
    assert (await outgoing(house))[0].delivery is Delivery.sent


async def test_statuses_move_forward_only_and_deliver_the_step(phone: Phone, house: House) -> None:
    await deliver_due(house)
    _, message = await outgoing(house)
    for status in ("delivered", "sent", "undelivered"):
        assert (await phone.report(str(message.id), sid(2), status)).status_code == 204
    assert (await outgoing(house))[1].delivery is Delivery.delivered
    async with house.database.read() as session:
        steps = await repository.steps_of(session, message.conversation_id)
        assert steps["dont_pay"].state == "delivered"
        assert steps["dont_pay"].delivered_at is not None
