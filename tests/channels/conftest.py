"""A sender of ours and a Twilio to send to."""

from collections.abc import AsyncIterator

import pytest

from api.channels.sms_out import TwilioSender
from tests.standins.fixtures import control, receiver, running_twilio, twilio
from tests.standins.receiver import Receiver
from tests.standins.twilio import TwilioStandin

__all__ = ["control", "receiver", "running_twilio", "sender", "twilio"]


@pytest.fixture
async def sender(twilio: TwilioStandin, receiver: Receiver) -> AsyncIterator[TwilioSender]:
    """Send through the stand-in, with little patience."""
    made = TwilioSender(
        twilio.account,
        twilio.token,
        twilio.number,
        receiver.url + "/status",
        twilio.url,
        timeout=0.5,
    )
    yield made
    await made.aclose()
