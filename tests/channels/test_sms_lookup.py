"""What has become of a message that was not answered."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from api.channels.messages import Author, Choice, Delivery, Outgoing
from api.channels.sender import SendUnansweredError
from api.channels.sms_out import TwilioSender
from tests.standins.twilio_control import TwilioControl

OUTGOING = Outgoing(
    "+33639980101",
    "Garde les preuves.",
    (Choice("C'est fait", "c'est fait", "done"),),
)
OTHER_TEXT = Outgoing(OUTGOING.to, "Garde les preuves.")
OTHER_PHONE = Outgoing("+33639980102", OUTGOING.text, OUTGOING.choices)


def a_moment_ago() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=1)


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "error", "status": 500},
        {"kind": "error", "status": 429},
        {"kind": "garbage", "status": 200},
        {"kind": "cut", "times": 2},  # aiohttp may ask twice: reading changes nothing
        {"kind": "hang"},
    ],
)
async def test_an_unanswered_lookup_says_nothing(
    sender: TwilioSender,
    control: TwilioControl,
    fault: dict[str, Any],
) -> None:
    await control.fault("list_messages", **fault)
    with pytest.raises(SendUnansweredError) as raised:
        await sender.lookup(OUTGOING, a_moment_ago())
    assert raised.value.__context__ is None


async def test_what_was_lost_on_the_way_is_not_found(
    sender: TwilioSender,
    control: TwilioControl,
) -> None:
    await control.fault("create_message", "cut", when="before")
    with pytest.raises(SendUnansweredError):
        await sender.send(OUTGOING, author=Author.bot)
    assert await sender.lookup(OUTGOING, a_moment_ago()) == ()


async def test_what_was_taken_and_not_answered_is_found(
    sender: TwilioSender,
    control: TwilioControl,
) -> None:
    await control.fault("create_message", "cut", when="after")
    with pytest.raises(SendUnansweredError):
        await sender.send(OUTGOING, author=Author.bot)
    (found,) = await sender.lookup(OUTGOING, a_moment_ago())
    (create,) = (await control.ledger())["creates"]
    assert found.provider_id == create["sid"]
    assert found.created_at.tzinfo is UTC


async def test_another_text_or_phone_is_not_it(sender: TwilioSender) -> None:
    await sender.send(OTHER_TEXT, author=Author.bot)
    await sender.send(OTHER_PHONE, author=Author.bot)
    assert await sender.lookup(OUTGOING, a_moment_ago()) == ()


async def test_what_is_older_is_not_it(sender: TwilioSender) -> None:
    await sender.send(OUTGOING, author=Author.bot)
    later = datetime.now(UTC) + timedelta(minutes=1)
    assert await sender.lookup(OUTGOING, later) == ()


async def test_a_clock_that_is_a_little_ahead_still_finds(sender: TwilioSender) -> None:
    sid = await sender.send(OUTGOING, author=Author.bot)
    ahead = datetime.now(UTC) + timedelta(seconds=20)
    assert [found.provider_id for found in await sender.lookup(OUTGOING, ahead)] == [sid]


async def test_what_still_waits_in_the_queue_is_found(
    sender: TwilioSender,
    control: TwilioControl,
) -> None:
    await control.plan(callbacks=[], outcome="delivered", delay=60)
    sid = await sender.send(OUTGOING, author=Author.bot)
    (found,) = await sender.lookup(OUTGOING, a_moment_ago())
    assert (found.provider_id, found.status) == (sid, Delivery.sent)


async def test_a_message_that_failed_meanwhile_says_why(
    sender: TwilioSender,
    control: TwilioControl,
) -> None:
    await control.plan(callbacks=["failed"], outcome="failed", error_code=30036, delay=0)
    await sender.send(OUTGOING, author=Author.bot)
    while not (found := await sender.lookup(OUTGOING, a_moment_ago()))[0].error_code:
        continue
    assert (found[0].status, found[0].error_code) == (Delivery.failed, 30036)


async def test_the_same_words_sent_twice_are_both_there_oldest_first(
    sender: TwilioSender,
    control: TwilioControl,
) -> None:
    since = a_moment_ago()
    sids = [await sender.send(OUTGOING, author=Author.bot) for _ in range(2)]
    found = await sender.lookup(OUTGOING, since)
    assert {accepted.provider_id for accepted in found} == set(sids)
    assert found[0].created_at <= found[1].created_at
    assert (await control.ledger())["violations"] == []
