"""A provider that keeps every request and what it took, and ends each as it is told to.

Not for: Twilio's own shapes (`tests/standins/twilio.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from api.channels.messages import Author, Delivery, Outgoing
from api.channels.sender import Accepted, Received, SendError, SendUnansweredError
from api.clock import Clock
from api.hooks import Hook, Hooks
from tests.standins.recording_sender import sid

BUSY, REFUSED = 20429, 30005


class Ending(StrEnum):
    """How a request ends. `lost`: taken, but the answer is lost; `silence`: neither."""

    taken = "taken"
    busy = "busy"
    refused = "refused"
    lost = "lost"
    silence = "silence"


@dataclass
class Provider:
    """`asked` are the messages for which it got a request; `took`, `(message, its id)`."""

    hooks: Hooks
    clock: Clock
    ending: Ending = Ending.taken
    asked: list[UUID] = field(default_factory=list)
    took: list[tuple[UUID, Accepted]] = field(default_factory=list)
    ids: int = 0

    async def send(self, outgoing: Outgoing, *, author: Author) -> str:
        ending, message = self.ending, UUID(outgoing.reference)
        self.asked.append(message)
        self.ids += 1
        if ending in (Ending.taken, Ending.lost):
            taken = Accepted(sid(self.ids), Delivery.sent, None, self.clock.now())
            self.took.append((message, taken))
        given = sid(self.ids)
        await self.hooks.at(Hook.out_request_written)
        if ending in (Ending.lost, Ending.silence):
            raise SendUnansweredError
        if ending is not Ending.taken:
            code = BUSY if ending is Ending.busy else REFUSED
            raise SendError(code, retryable=ending is Ending.busy)
        return given

    async def lookup(self, outgoing: Outgoing, since: datetime) -> Sequence[Accepted]:
        if self.ending is Ending.silence:
            raise SendUnansweredError
        return [taken for message, taken in self.took if str(message) == outgoing.reference]

    async def aclose(self) -> None:
        self.asked.clear()


@dataclass
class Inbox:
    """The provider's lists: what phones sent and no webhook brought, and what it took."""

    listed: list[Received]
    out: Provider

    async def received(self, since: object) -> list[Received]:
        return self.listed

    async def taken(self, since: object) -> list[Accepted]:
        return [taken for _, taken in self.out.took]
