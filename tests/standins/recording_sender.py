"""A sender that keeps what it is given, and fails as the test tells it to."""

from collections.abc import Sequence
from datetime import datetime

from api.channels.messages import Author, Outgoing
from api.channels.sender import Accepted, SendUnansweredError


class RecordingSender:
    """Accepts everything as `sid(1)`, `sid(2)`, … unless `errors` has something to raise."""

    def __init__(self) -> None:
        self.sent: list[tuple[Outgoing, Author]] = []
        self.errors: list[Exception] = []
        self.found: list[Accepted] = []
        self.looked_up = 0
        self.list_answers = True
        self.closed = False

    async def send(self, outgoing: Outgoing, *, author: Author) -> str:
        if self.errors:
            raise self.errors.pop(0)
        self.sent.append((outgoing, author))
        return sid(len(self.sent))

    async def lookup(self, outgoing: Outgoing, since: datetime) -> Sequence[Accepted]:
        self.looked_up += 1
        if not self.list_answers:
            raise SendUnansweredError
        return self.found

    async def aclose(self) -> None:
        self.closed = True


def sid(number: int) -> str:
    """Return a provider's id in the form that Twilio gives it."""
    return f"SM{number:032x}"
