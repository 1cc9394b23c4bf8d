"""What we need of a provider: send, look up, list what came in, and how each can end.

Not for: retries and order, which belong to `api/delivery`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from api.channels.messages import Author, Delivery, Inbound, Outgoing


class SendError(Exception):
    """The provider refused. Never holds a number or a text.

    `code` is the provider's own error code, for the counsellor and the retry table; 0 when the
    provider was not reached at all.
    """

    def __init__(self, code: int, *, retryable: bool) -> None:
        super().__init__(f"provider error {code}")
        self.code = code
        self.retryable = retryable


class SendUnansweredError(Exception):
    """Nobody knows whether the provider took it: look it up before sending again."""


class InboxUnansweredError(Exception):
    """The provider did not say what it took in for us: ask again later."""


@dataclass(frozen=True)
class Received:
    """An SMS that the provider took in for us, whether or not its webhook reached us."""

    sms: Inbound
    at: datetime


@dataclass(frozen=True)
class Accepted:
    """A message that the provider holds. `status` is None for a word of its that we do not know."""

    provider_id: str
    status: Delivery | None
    error_code: int | None
    created_at: datetime


class Sender(Protocol):
    """A channel that hands one message to a provider."""

    async def send(self, outgoing: Outgoing, *, author: Author) -> str:
        """Return the provider's id of the accepted message.

        `author` decides how long the message may still be of use: see the channel.
        Raises `SendError` (refused, nothing was sent) or `SendUnansweredError` (unknown).
        """
        ...

    async def lookup(self, outgoing: Outgoing, since: datetime) -> Sequence[Accepted]:
        """Return what the provider took of this very message since then, oldest first.

        The same words may have been sent twice on purpose: the caller leaves out the ids that
        other messages of its own already hold. Raises `SendUnansweredError`: still unknown.
        """
        ...

    async def aclose(self) -> None:
        """Let go of the connections."""
        ...


class Inbox(Protocol):
    """The provider's own list: what phones have sent us, and what became of ours."""

    async def received(self, since: datetime) -> Sequence[Received]:
        """Return what came in since then, oldest first. Raises `InboxUnansweredError`."""
        ...

    async def taken(self, since: datetime) -> Sequence[Accepted]:
        """Return what was sent out since then, oldest first. Raises `InboxUnansweredError`."""
        ...
