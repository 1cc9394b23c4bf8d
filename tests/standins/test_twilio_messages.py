"""The SDK as it comes is the stand-in's first client: every operation, and Twilio's refusals."""

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from twilio.base.exceptions import TwilioRestException  # type: ignore[import-untyped]
from twilio.rest import Client  # type: ignore[import-untyped]

from tests import loopback
from tests.loopback import open_client
from tests.standins.twilio import TwilioStandin
from tests.standins.twilio_control import TwilioControl

PHONE = "+33639980101"
SID = "SM" + "0" * 32


@pytest.fixture
def sdk(twilio: TwilioStandin) -> Iterator[Client]:
    """Make the SDK's own client, with nothing of ours in it."""
    client = Client(twilio.account, twilio.token, environment={"": ""})
    client.api.base_url = twilio.url
    yield client
    client.http_client.session.close()


def create(sdk: Client, twilio: TwilioStandin, **changed: Any) -> Any:  # noqa: ANN401
    return sdk.messages.create(
        **({"to": PHONE, "from_": twilio.number, "body": "Bonjour"} | changed)
    )


def until(met: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not met():
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("changed", "status", "code"),
    [
        ({"to": ""}, 400, 21211),
        ({"to": "0639980101"}, 400, 21211),
        ({"to": "+33639980000"}, 400, 21266),
        ({"from_": "+33639980999"}, 400, 21606),
        ({"body": ""}, 400, 21602),
        ({"body": "a" * 1601}, 400, 21617),
        ({"validity_period": 0}, 400, 21624),
        ({"validity_period": 36001}, 400, 21624),
        ({"validity_period": "soon"}, 400, 21624),
        ({"status_callback": "ftp://x"}, 400, 21609),
        ({"content_sid": "HX1"}, 400, 20001),
    ],
)
def test_a_create_is_refused_with_twilio_s_code(
    sdk: Client,
    twilio: TwilioStandin,
    changed: dict[str, Any],
    status: int,
    code: int,
) -> None:
    with pytest.raises(TwilioRestException) as refused:
        create(sdk, twilio, **changed)
    assert (refused.value.status, refused.value.code) == (status, code)
    assert sdk.messages.list() == []


def test_a_wrong_token_is_refused(twilio: TwilioStandin) -> None:
    client = Client(twilio.account, "wrong", environment={"": ""})
    client.api.base_url = twilio.url
    with pytest.raises(TwilioRestException) as refused:
        create(client, twilio)
    client.http_client.session.close()
    assert (refused.value.status, refused.value.code) == (401, 20003)


def test_another_account_is_not_found(twilio: TwilioStandin) -> None:
    path = f"{twilio.url}/2010-04-01/Accounts/AC{'f' * 32}/Messages.json"
    answer = loopback.get(path, auth=(twilio.account, twilio.token))
    assert (answer.status_code, answer.json()["code"]) == (404, 20404)


@pytest.mark.parametrize("call", ["fetch", "delete"])
def test_what_does_not_exist_is_not_found(sdk: Client, call: str) -> None:
    with pytest.raises(TwilioRestException) as refused:
        getattr(sdk.messages(SID), call)()
    assert (refused.value.status, refused.value.code) == (404, 20404)


async def test_what_is_on_its_way_is_neither_redacted_nor_deleted_nor_cancelled(
    sdk: Client,
    twilio: TwilioStandin,
    control: TwilioControl,
) -> None:
    await control.plan(callbacks=[], delay=60)
    message = create(sdk, twilio)
    for change, code in (
        (lambda: message.update(body=""), 20009),
        (message.delete, 20009),
        (lambda: message.update(status="canceled"), 30409),
    ):
        with pytest.raises(TwilioRestException) as refused:
            change()
        assert refused.value.code == code
    assert message.fetch().body == "Bonjour"


async def test_a_message_is_created_read_redacted_and_deleted(
    sdk: Client,
    twilio: TwilioStandin,
    control: TwilioControl,
) -> None:
    message = create(sdk, twilio, validity_period=300)
    assert (message.status, message.date_sent, message.direction) == (
        "queued",
        None,
        "outbound-api",
    )
    until(lambda: message.fetch().status == "delivered")
    assert message.fetch().date_sent is not None
    assert message.update(body="").body == ""
    assert message.delete()
    ledger = await control.ledger()
    assert sdk.messages.list() == []
    assert (ledger["deleted"], ledger["violations"]) == ([message.sid], [])
    # What the phone got, no deletion takes back.
    assert ledger["phones"][PHONE]["received"] == [{"sid": message.sid, "text": "Bonjour"}]


def test_a_scheduled_message_is_cancelled(sdk: Client, twilio: TwilioStandin) -> None:
    message = create(
        sdk,
        twilio,
        messaging_service_sid="MG" + "0" * 32,
        schedule_type="fixed",
        send_at=datetime.now(UTC) + timedelta(hours=1),
    )
    assert message.status == "scheduled"
    assert message.update(status="canceled").status == "canceled"


async def test_a_list_is_paged_newest_first_and_filtered(
    sdk: Client,
    twilio: TwilioStandin,
    control: TwilioControl,
) -> None:
    bodies = [create(sdk, twilio, body=f"n°{number}").body for number in range(5)]
    create(sdk, twilio, to="+33639980102")
    listed = sdk.messages.list(to=PHONE, from_=twilio.number, page_size=2)
    assert [message.body for message in listed] == bodies[::-1]
    assert sdk.messages.list(to="+33639980103") == []
    assert (await control.ledger())["violations"] == []


def test_what_arrives_between_two_pages_shifts_nothing(sdk: Client, twilio: TwilioStandin) -> None:
    for number in range(4):
        create(sdk, twilio, body=str(number))
    first = sdk.messages.page(page_size=2)
    create(sdk, twilio, body="new")
    assert [message.body for message in first] == ["3", "2"]
    assert [message.body for message in first.next_page()] == ["1", "0"]


async def test_the_filters_on_date_sent_leave_out_what_waits(
    sdk: Client,
    twilio: TwilioStandin,
    control: TwilioControl,
) -> None:
    create(sdk, twilio, body="sent")
    until(lambda: sdk.messages.list()[0].status == "delivered")
    await control.plan(callbacks=[], delay=60)
    create(sdk, twilio, body="waiting")
    hour, now = timedelta(hours=1), datetime.now(UTC)
    assert [message.body for message in sdk.messages.list(date_sent_after=now - hour)] == ["sent"]
    assert [message.body for message in sdk.messages.list(date_sent_before=now + hour)] == ["sent"]
    assert sdk.messages.list(date_sent_after=now + hour) == []
    assert sdk.messages.list(date_sent=now - hour) == []
    assert (await control.ledger())["violations"] == []


async def test_a_picture_is_listed_and_deleted_and_its_opening_is_noted(
    sdk: Client,
    twilio: TwilioStandin,
    control: TwilioControl,
) -> None:
    sent = await control.phone_sends(PHONE, "", media=["image/jpeg"])
    (media,) = sdk.messages(sent["sid"]).media.list()
    assert (media.content_type, media.parent_sid) == ("image/jpeg", sent["sid"])
    assert (await control.ledger())["media_opened"] == []
    async with open_client() as somebody:
        await somebody.get(twilio.url + media.uri.removesuffix(".json"))
    assert (await control.ledger())["media_opened"] == [media.sid]
    assert media.fetch().sid == media.sid
    assert media.delete()
    assert sdk.messages(sent["sid"]).media.list() == []
