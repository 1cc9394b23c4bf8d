"""Fixtures of the stand-ins; a test package takes those it needs into its conftest."""

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from tests.standins.receiver import Receiver
from tests.standins.twilio import TwilioStandin
from tests.standins.twilio_control import TwilioControl


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with Receiver() as listening:
        yield listening


@pytest.fixture(scope="session")
def running_twilio() -> Iterator[TwilioStandin]:
    """Start one stand-in for all tests: stopping a server takes longer than most of them."""
    with TwilioStandin() as standin:
        yield standin


@pytest.fixture
def twilio(running_twilio: TwilioStandin, receiver: Receiver) -> TwilioStandin:
    """Stand in for Twilio, empty, with its inbound webhook led to the receiver."""
    control = f"{running_twilio.url}/_control"
    httpx.delete(control, trust_env=False).raise_for_status()
    where = {"webhook": receiver.url + "/inbound"}
    httpx.put(f"{control}/line", json=where, trust_env=False).raise_for_status()
    return running_twilio


@pytest.fixture
async def control(twilio: TwilioStandin) -> AsyncIterator[TwilioControl]:
    client = TwilioControl(twilio.url)
    yield client
    await client.aclose()
