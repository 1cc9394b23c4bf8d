"""The stand-ins are tested too: a judge that is wrong condemns the innocent."""

from tests.standins.fixtures import control, receiver, running_twilio, twilio

__all__ = ["control", "receiver", "running_twilio", "twilio"]
