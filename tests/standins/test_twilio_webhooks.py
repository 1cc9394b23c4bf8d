"""What the stand-in posts: signed, in the order asked for, tried again only where Twilio does."""

from urllib.parse import parse_qsl

import httpx
import pytest
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from tests import loopback
from tests.standins.receiver import Posted, Receiver
from tests.standins.twilio import TwilioStandin
from tests.standins.twilio_control import TwilioControl
from tests.standins.twilio_webhooks import sign

PHONE = "+33639980101"
ERROR_CODES = {"failed": "30003", "undelivered": "30003"}


def form(posted: Posted) -> dict[str, str]:
    return dict(parse_qsl(posted.body.decode(), keep_blank_values=True))


def create(twilio: TwilioStandin, callback: str) -> str:
    answer = loopback.post(
        f"{twilio.url}/2010-04-01/Accounts/{twilio.account}/Messages.json",
        auth=(twilio.account, twilio.token),
        data={"To": PHONE, "From": twilio.number, "Body": "Bonjour", "StatusCallback": callback},
    )
    return str(answer.raise_for_status().json()["sid"])


def test_the_published_vector() -> None:
    params = {
        "To": "+18005551212",
        "From": "+12349013030",
        "Digits": "1234",
        "Caller": "+12349013030",
        "CallSid": "CA1234567890ABCDE",
    }
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert sign("12345", url, params) == "0/KCTR6DLpKmkAf8muzZqo1nDgQ="


async def test_it_posts_to_no_other_machine(twilio: TwilioStandin, control: TwilioControl) -> None:
    await control.line(webhook="https://aide.example.org/inbound")
    assert (await control.phone_sends(PHONE, "allo"))["answer"] == 0
    assert [post["answer"] for post in (await control.ledger())["posts"]] == [None, None]


async def test_a_webhook_that_nobody_answers_is_tried_once_more(
    receiver: Receiver,
    control: TwilioControl,
) -> None:
    receiver.stop()
    assert (await control.phone_sends(PHONE, "allo"))["answer"] == 0
    assert [post["attempt"] for post in (await control.ledger())["posts"]] == [1, 2]


async def test_a_webhook_that_fails_is_not_tried_again(
    receiver: Receiver,
    control: TwilioControl,
) -> None:
    receiver.status = 500
    assert (await control.phone_sends(PHONE, "allo"))["answer"] == 500
    assert len(receiver.posted) == 1


async def test_an_inbound_message_is_signed_for_its_public_address(
    twilio: TwilioStandin,
    receiver: Receiver,
    control: TwilioControl,
) -> None:
    public = "https://aide.example.org/inbound"
    await control.line(webhook=public, routes={"https://aide.example.org": receiver.url})
    sent = await control.phone_sends(PHONE, "j'ai peur é 😢")
    (posted,) = receiver.posted
    params = form(posted)
    assert (params["Body"], params["From"], params["MessageSid"]) == (
        "j'ai peur é 😢",
        PHONE,
        sent["sid"],
    )
    assert RequestValidator(twilio.token).validate(public, params, posted.signature)
    assert not RequestValidator("another").validate(public, params, posted.signature)


async def test_the_same_message_can_come_twice_and_be_signed_by_another(
    receiver: Receiver,
    control: TwilioControl,
) -> None:
    sent = await control.phone_sends(PHONE, "allo")
    again = await control.phone_sends(PHONE, "allo", sid=sent["sid"], token="another")
    assert again["sid"] == sent["sid"]
    first, second = receiver.posted
    assert form(first) == form(second)
    assert first.signature != second.signature
    assert len((await control.ledger())["messages"]) == 1


@pytest.mark.parametrize(
    ("callbacks", "truth"),
    [
        (["queued", "sent", "delivered"], "delivered"),
        (["delivered", "sent", "queued"], "delivered"),
        (["sent", "sent", "delivered", "delivered"], "delivered"),
        (["sent", "undelivered"], "undelivered"),
        (["failed"], "failed"),
    ],
)
async def test_callbacks_come_in_the_order_asked_for(
    twilio: TwilioStandin,
    receiver: Receiver,
    control: TwilioControl,
    callbacks: list[str],
    truth: str,
) -> None:
    url = receiver.url + "/status"
    await control.plan(callbacks=callbacks, outcome=truth, error_code=30003, delay=0)
    sid = create(twilio, url)
    await control.until(lambda _: len(receiver.posted) == len(callbacks))
    for posted, status in zip(receiver.posted, callbacks, strict=True):
        params = form(posted)
        assert (params["MessageSid"], params["MessageStatus"]) == (sid, status)
        assert params.get("ErrorCode") == ERROR_CODES.get(status)
        assert RequestValidator(twilio.token).validate(url, params, posted.signature)
    ledger = await control.ledger()
    assert ledger["messages"][0]["status"] == truth
    assert len(ledger["phones"].get(PHONE, {"received": []})["received"]) == (truth == "delivered")


async def test_without_a_callback_the_phone_gets_it_all_the_same(
    twilio: TwilioStandin,
    receiver: Receiver,
    control: TwilioControl,
) -> None:
    await control.plan(callbacks=[], times=1)
    create(twilio, receiver.url + "/status")
    await control.until(lambda ledger: bool(ledger["phones"].get(PHONE, {}).get("received")))
    assert receiver.posted == []


async def test_a_plan_is_for_one_phone_and_so_many_messages(
    twilio: TwilioStandin,
    receiver: Receiver,
    control: TwilioControl,
) -> None:
    await control.plan(callbacks=["failed"], outcome="failed", to=PHONE, times=1)
    create(twilio, receiver.url)
    create(twilio, receiver.url)
    await control.until(lambda _: len(receiver.posted) == 4)
    # Only now: the last may have been heard after a ledger was read.
    messages = (await control.ledger())["messages"]
    assert sorted(message["status"] for message in messages) == ["delivered", "failed"]


@pytest.mark.parametrize("word", ["STOP", "stop ", "Optout", "QUIT"])
async def test_stop_is_for_ever_until_start(
    twilio: TwilioStandin,
    receiver: Receiver,
    control: TwilioControl,
    word: str,
) -> None:
    await control.phone_sends(PHONE, word)
    with pytest.raises(httpx.HTTPStatusError):
        create(twilio, receiver.url)
    await control.phone_sends(PHONE, "start")
    assert create(twilio, receiver.url).startswith("SM")


async def test_stop_within_a_sentence_stops_nothing(
    twilio: TwilioStandin,
    receiver: Receiver,
    control: TwilioControl,
) -> None:
    await control.phone_sends(PHONE, "dis lui stop")
    assert create(twilio, receiver.url).startswith("SM")
