"""Handing a message to Twilio, and each way that can end."""

import asyncio
import socket
from typing import Any

import pytest

from api.channels.messages import Author, Choice, Outgoing
from api.channels.sender import SendError, SendUnansweredError
from api.channels.sms_out import TwilioSender
from tests.standins.receiver import Receiver
from tests.standins.twilio import NUMBER, TwilioStandin
from tests.standins.twilio_control import TwilioControl

PHONE = "+33639980101"
DONE = Choice("C'est fait", "c'est fait", "done")
OUTGOING = Outgoing(PHONE, "Ne paie pas. Jamais.", (DONE,))
TEXT = "Ne paie pas. Jamais.\n1. C'est fait"


def set_up(twilio: TwilioStandin, **changed: str) -> TwilioSender:
    """Make a sender that is set up otherwise than the stand-in."""
    return TwilioSender(
        twilio.account,
        changed.get("auth_token", twilio.token),
        changed.get("sender_number", twilio.number),
        changed.get("status_callback", "http://127.0.0.1/status"),
        changed.get("api_url", twilio.url),
    )


async def refused(sender: TwilioSender, outgoing: Outgoing = OUTGOING) -> SendError:
    """Send and return the refusal; it must not lead to the SDK's error, which quotes numbers."""
    with pytest.raises(SendError) as raised:
        await sender.send(outgoing, author=Author.bot)
    assert raised.value.__context__ is None
    assert str(raised.value) == f"provider error {raised.value.code}"
    return raised.value


async def test_after_stop_nothing_is_taken(sender: TwilioSender, control: TwilioControl) -> None:
    await control.phone_sends(PHONE, " stop ")
    refusal = await refused(sender)
    assert (refusal.code, refusal.retryable) == (21610, False)
    assert (await control.ledger())["phones"][PHONE]["received"] == []


@pytest.mark.parametrize(
    ("outgoing", "code"),
    [
        (Outgoing("+336", "Bonjour"), 21211),
        (Outgoing("", "Bonjour"), 21211),
        (Outgoing(PHONE, ""), 21602),
        (Outgoing(PHONE, "a" * 1601), 21617),
    ],
)
async def test_what_twilio_does_not_take_is_not_retried(
    sender: TwilioSender,
    outgoing: Outgoing,
    code: int,
) -> None:
    refusal = await refused(sender, outgoing)
    assert (refusal.code, refusal.retryable) == (code, False)


@pytest.mark.parametrize(
    ("changed", "code", "retryable"),
    [
        ({"auth_token": "old"}, 20003, True),
        ({"sender_number": "+33639980999"}, 21606, False),
        ({"status_callback": "/status"}, 21609, False),
    ],
)
async def test_an_account_that_is_set_up_wrong(
    twilio: TwilioStandin,
    changed: dict[str, str],
    code: int,
    *,
    retryable: bool,
) -> None:
    wrong = set_up(twilio, **changed)
    refusal = await refused(wrong)
    await wrong.aclose()
    assert (refusal.code, refusal.retryable) == (code, retryable)


@pytest.mark.parametrize(
    ("status", "code", "retryable"),
    [
        (429, 20429, True),
        (400, 21611, True),
        (429, 14107, True),
        (408, 20001, True),
        (400, 21612, False),
        (403, 20403, False),
    ],
)
async def test_only_what_passes_by_itself_is_retryable(
    sender: TwilioSender,
    control: TwilioControl,
    status: int,
    code: int,
    *,
    retryable: bool,
) -> None:
    await control.fault("create_message", "error", status=status, code=code)
    refusal = await refused(sender)
    assert (refusal.code, refusal.retryable) == (code, retryable)


async def test_a_refusal_that_is_no_json_has_its_status_for_a_code(
    sender: TwilioSender,
    control: TwilioControl,
) -> None:
    await control.fault("create_message", "garbage", status=403)
    assert (await refused(sender)).code == 403


async def test_nobody_listening_is_a_refusal_to_retry(twilio: TwilioStandin) -> None:
    with socket.create_server(("127.0.0.1", 0)) as freed:
        port = freed.getsockname()[1]
    unreachable = set_up(twilio, api_url=f"http://127.0.0.1:{port}")
    refusal = await refused(unreachable)
    await unreachable.aclose()
    assert (refusal.code, refusal.retryable) == (0, True)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "cut"},
        {"kind": "hang"},
        {"kind": "error", "status": 500},
        {"kind": "error", "status": 503},
        {"kind": "garbage", "status": 502},
        {"kind": "garbage", "status": 201},
        {"kind": "garbage", "status": 307},
    ],
)
async def test_what_may_have_been_taken_is_unanswered(
    sender: TwilioSender,
    control: TwilioControl,
    fault: dict[str, Any],
    when: str,
) -> None:
    await control.fault("create_message", when=when, **fault)
    with pytest.raises(SendUnansweredError) as raised:
        await sender.send(OUTGOING, author=Author.bot)
    assert raised.value.__context__ is None
    outcomes = [create["outcome"] for create in (await control.ledger())["creates"]]
    assert outcomes == ["lost" if when == "before" else "accepted"]


@pytest.mark.parametrize(
    ("author", "seconds"),
    [(Author.bot, "300"), (Author.system, "300"), (Author.counsellor, "900")],
)
async def test_what_is_sent_is_exactly_this(
    sender: TwilioSender,
    control: TwilioControl,
    receiver: Receiver,
    author: Author,
    seconds: str,
) -> None:
    sid = await sender.send(OUTGOING, author=author)
    ledger = await control.ledger()
    (create,) = ledger["creates"]
    assert create["sid"] == sid
    assert create["form"] == {
        "To": PHONE,
        "From": NUMBER,
        "Body": TEXT,
        "StatusCallback": receiver.url + "/status",
        "ValidityPeriod": seconds,
    }
    assert ledger["violations"] == []


async def test_the_loop_goes_on_while_twilio_is_slow(
    sender: TwilioSender,
    control: TwilioControl,
) -> None:
    await control.fault("create_message", "delay", seconds=0.3)
    sending = asyncio.create_task(sender.send(OUTGOING, author=Author.bot))
    turns = 0
    while not sending.done():
        await asyncio.sleep(0.01)
        turns += 1
    assert sending.result().startswith("SM")
    assert turns >= 5


async def test_the_environment_leads_no_text_elsewhere(
    twilio: TwilioStandin,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TWILIO_REGION", "elsewhere")
    monkeypatch.setenv("TWILIO_EDGE", "nowhere")
    made = set_up(twilio)
    assert (await made.send(OUTGOING, author=Author.bot)).startswith("SM")
    await made.aclose()
