"""The stand-in as a process of its own, as crash tests and whole-stack tests start it."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.channels.messages import Author, Outgoing
from api.channels.sms_out import TwilioSender
from tests.standins.twilio import NUMBER
from tests.standins.twilio_control import TwilioControl

ROOT = Path(__file__).parents[2]
ACCOUNT = "AC" + "a" * 32


@pytest.fixture
def address() -> Iterator[str]:
    """Start the process and return the address it prints."""
    command = [sys.executable, "-m", "tests.standins.twilio", "--port", "0"]
    options = ["--account", ACCOUNT, "--token", "secret"]
    with subprocess.Popen([*command, *options], cwd=ROOT, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        yield process.stdout.readline().decode().strip()
        process.terminate()


async def test_it_prints_its_address_and_answers_there(address: str) -> None:
    sender = TwilioSender(ACCOUNT, "secret", NUMBER, "http://127.0.0.1:9/status", address)
    control = TwilioControl(address)
    sid = await sender.send(Outgoing("+33639980101", "Bonjour"), author=Author.bot)
    assert [create["sid"] for create in (await control.ledger())["creates"]] == [sid]
    await sender.aclose()
    await control.aclose()
