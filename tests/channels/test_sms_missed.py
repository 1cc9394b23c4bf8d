"""An SMS whose webhook was lost is found in Twilio's own list; it comes in once, never again."""

import asyncio
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import func, select

from api.audit.models import Action
from api.channels.messages import Author, Awaits, Delivery
from api.channels.sender import InboxUnansweredError
from api.channels.sms_missed import Missed
from api.channels.sms_out import TwilioSender
from api.conversation import repository
from api.conversation.models import Contact, Conversation, Message, Receipt
from api.house import House
from api.main import work
from tests.standins.clock import HandClock
from tests.standins.scripted_bot import ScriptedBot
from tests.standins.twilio_control import TwilioControl
from tests.talk import PHONE, Phone, answer_due, deliver_due

OTHER = "+33639981235"
NOWHERE = "http://127.0.0.1:1/inbound"


@pytest.fixture
def clock() -> HandClock:
    """Run with the stand-in, whose times are the machine's."""
    return HandClock(datetime.now(UTC))


@pytest.fixture
async def missed(house: House, sender: TwilioSender, control: TwilioControl) -> Missed:
    """Sweep a house whose webhooks are all lost."""
    await control.line(webhook=NOWHERE)
    return Missed(house, sender)


async def texts(house: House) -> list[str]:
    """Return what minors wrote, in the order in which it came in."""
    async with house.database.read() as session:
        query = select(Message).where(Message.author == Author.minor).order_by(Message.seq)
        messages = (await session.scalars(query)).all()
        rows = {m.id: await repository.get(session, m.conversation_id) for m in messages}
        threads = {
            id_: house.conversations.thread(session, row) for id_, row in rows.items() if row
        }
        return [threads[message.id].read(message).text for message in messages]


async def count(house: House, *tables: type[Conversation | Message | Receipt]) -> list[int | None]:
    async with house.database.read() as session:
        return [await session.scalar(select(func.count()).select_from(table)) for table in tables]


@pytest.mark.parametrize(
    "fault",
    [{"kind": "error", "status": 500}, {"kind": "garbage"}, {"kind": "cut", "times": 2}],
)
async def test_a_list_that_fails_takes_nothing_in_and_is_asked_for_again(
    missed: Missed, house: House, control: TwilioControl, fault: dict[str, object]
) -> None:
    await control.phone_sends(PHONE, "slt")
    await control.fault("list_messages", **fault)  # type: ignore[arg-type]
    with pytest.raises(InboxUnansweredError) as raised:
        await missed.run()
    assert raised.value.__context__ is None
    assert await texts(house) == []
    await missed.run()
    assert await texts(house) == ["slt"]


async def test_what_the_webhook_brought_is_not_taken_in_again(
    missed: Missed, house: House, client: httpx.AsyncClient, control: TwilioControl
) -> None:
    sid = (await control.phone_sends(PHONE, "slt"))["sid"]
    await Phone(client).write("slt", sid=sid)
    await Phone(client).write("slt", sid=sid)
    await missed.run()
    assert await texts(house) == ["slt"]


async def test_the_webhook_and_the_list_at_the_same_moment_make_one_message(
    missed: Missed, house: House, client: httpx.AsyncClient, control: TwilioControl
) -> None:
    sid = (await control.phone_sends(PHONE, "slt"))["sid"]
    await asyncio.gather(missed.run(), Phone(client).write("slt", sid=sid), missed.run())
    assert await texts(house) == ["slt"]


async def test_a_text_that_quotes_a_sender_comes_in_once_from_who_wrote_it(
    missed: Missed, house: House, client: httpx.AsyncClient, control: TwilioControl
) -> None:
    text = f"CoucouFrom{OTHER}"
    sid = (await control.phone_sends(PHONE, text))["sid"]
    await missed.run()
    assert (await Phone(client).write(text, sid=sid)).is_success
    assert await texts(house) == [text]
    async with house.database.read() as session:
        [contact] = await session.scalars(select(Contact))
    assert contact.lookup == house.vault.lookup("phone", PHONE)


async def test_nothing_erased_comes_back(
    missed: Missed, house: House, client: httpx.AsyncClient, control: TwilioControl
) -> None:
    sid = (await control.phone_sends(PHONE, "slt"))["sid"]
    await Phone(client).write("slt", sid=sid)
    async with house.database.write() as session:
        [id_] = await session.scalars(select(Conversation.id))
        await house.conversations.erase(session, id_, by=Action.erase)
    await missed.run()
    assert await count(house, Conversation, Message, Receipt) == [0, 0, 1]


async def test_a_sender_that_is_no_phone_is_left_out(
    missed: Missed, house: House, control: TwilioControl
) -> None:
    await control.phone_sends("38600", "promo")
    await control.phone_sends("BANQUE", "promo")
    await control.phone_sends(OTHER, "slt")
    await missed.run()
    assert await texts(house) == ["slt"]


async def test_lost_messages_come_in_oldest_first_and_are_answered(
    missed: Missed, house: House, control: TwilioControl, bot: ScriptedBot
) -> None:
    for text in ("slt", "jsuis dans la merde", "grv"):
        assert (await control.phone_sends(PHONE, text))["answer"] == 0
    await missed.run()
    assert await texts(house) == ["slt", "jsuis dans la merde", "grv"]
    assert await answer_due(house) == 1
    assert bot.asked[-1].situation.holder == "with_bot"


async def test_a_picture_is_counted_and_never_asked_for(
    missed: Missed, house: House, control: TwilioControl
) -> None:
    await control.phone_sends(PHONE, "", media=["image/jpeg"])
    await missed.run()
    async with house.database.read() as session:
        query = select(Message).order_by(Message.seq)
        picture, answer = await session.scalars(query)
        assert (len(picture.media_types), answer.delivery) == (1, Delivery.pending)
    ledger = await control.ledger()
    assert (ledger["media_opened"], ledger["violations"]) == ([], [])


async def test_what_is_late_goes_to_a_person_and_is_only_read(
    missed: Missed, house: House, control: TwilioControl, clock: HandClock
) -> None:
    await control.phone_sends(PHONE, "slt")
    clock.move(minutes=11)
    await missed.run()
    async with house.database.read() as session:
        [row] = await repository.waiting(session)
        [message] = await repository.awaiting(session, row.id)
        assert (row.reasons, message.awaits) == (["late"], Awaits.reading)
    await answer_due(house)
    assert await count(house, Message) == [1]


async def test_one_child_s_trouble_keeps_no_other_child_waiting(
    missed: Missed, house: House, control: TwilioControl, client: httpx.AsyncClient
) -> None:
    await Phone(client).write("slt")
    async with house.database.write() as session:
        [row] = await session.scalars(select(Conversation))
        row.danger_kind, row.danger_level = "danger_suicide", "no level of ours"
    await control.phone_sends(PHONE, "t la ?")
    await control.phone_sends(OTHER, "allo")
    await missed.run()
    assert (await count(house, Conversation, Receipt), missed.since) == ([2, 2], None)
    async with house.database.write() as session:
        row = await session.get_one(Conversation, row.id)
        row.danger_kind = row.danger_level = None
    await missed.run()
    assert sorted(await texts(house)) == ["allo", "slt", "t la ?"]
    assert missed.since is not None


async def test_the_workers_begin_with_what_was_missed(
    missed: Missed, house: House, control: TwilioControl
) -> None:
    await control.phone_sends(PHONE, "slt")
    working = asyncio.create_task(work(replace(house, inbox=missed.inbox)))
    async with asyncio.timeout(10):
        while await texts(house) != ["slt"]:  # noqa: ASYNC110 - as a phone would see it
            await asyncio.sleep(0.02)
    working.cancel()
    with suppress(asyncio.CancelledError):
        await working


@pytest.mark.parametrize(
    "end",
    [("delivered", None, Delivery.delivered), ("undelivered", 30003, Delivery.failed)],
)
async def test_what_became_of_our_messages_is_known_without_a_callback(
    missed: Missed,
    house: House,
    client: httpx.AsyncClient,
    control: TwilioControl,
    end: tuple[str, int | None, Delivery],
) -> None:
    outcome, code, delivery = end
    await control.plan(callbacks=[], outcome=outcome, error_code=code)
    await Phone(client).write("slt")
    await answer_due(house)
    await deliver_due(house)
    await control.until(lambda seen: any(m["status"] == outcome for m in seen["messages"]))
    await missed.run()
    async with house.database.read() as session:
        query = select(Message.delivery, Message.error_code).where(Message.author == Author.bot)
        assert (await session.execute(query)).one() == (delivery, code)
