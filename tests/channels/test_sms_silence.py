"""No number, text or token of a message reaches a log, at whatever level."""

import asyncio
import logging
from datetime import UTC, datetime

import pytest
from twilio.rest import Client  # type: ignore[import-untyped]

from api.channels.messages import Author, Outgoing
from api.channels.sender import SendError, SendUnansweredError
from api.channels.sms_out import TwilioSender
from tests.standins.twilio import TwilioStandin
from tests.standins.twilio_control import TwilioControl

OUTGOING = Outgoing("+33639980101", "Garde les preuves.")
SECRETS = ("639980101", "preuves")


def spoken(caplog: pytest.LogCaptureFixture) -> str:
    return "\n".join(f"{record.getMessage()} {record.args}" for record in caplog.records)


def test_the_listening_hears_what_the_sdk_s_own_client_says(
    twilio: TwilioStandin,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    stock = Client(twilio.account, twilio.token, environment={"": ""})
    stock.api.base_url = twilio.url
    stock.messages.list(to=OUTGOING.to, limit=1)
    stock.http_client.session.close()
    assert SECRETS[0] in spoken(caplog)


@pytest.mark.parametrize("kind", ["none", "cut", "hang", "error", "garbage"])
async def test_nothing_of_a_message_is_logged(
    sender: TwilioSender,
    control: TwilioControl,
    twilio: TwilioStandin,
    caplog: pytest.LogCaptureFixture,
    kind: str,
) -> None:
    caplog.set_level(logging.DEBUG)
    asyncio.get_running_loop().set_debug(True)
    if kind != "none":
        await control.fault("create_message", kind)
        await control.fault("list_messages", kind, times=2)
    for call in (
        sender.send(OUTGOING, author=Author.bot),
        sender.lookup(OUTGOING, datetime.now(UTC)),
        sender.send(Outgoing("+3363", OUTGOING.text), author=Author.bot),
    ):
        try:
            await call
        except (SendError, SendUnansweredError) as failure:
            logging.getLogger("test").exception("failed", exc_info=failure)
    text = caplog.text + spoken(caplog) + repr(sender) + repr(vars(sender))
    assert not [secret for secret in (*SECRETS, twilio.token) if secret in text]
