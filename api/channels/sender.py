"""What delivery needs of a channel that pushes: one call, and a short list of ways it can end.

Not for: retries and order, which belong to `api/delivery`.
"""

from typing import Protocol

from api.channels.messages import Outgoing


class SendError(Exception):
    """The provider refused. Never holds a number or a text.

    `code` is the provider's own error code, for the counsellor and the retry table.
    """

    def __init__(self, code: int, *, retryable: bool) -> None:
        super().__init__(f"provider error {code}")
        self.code = code
        self.retryable = retryable


class SendUnansweredError(Exception):
    """Nobody knows whether the provider took it: look it up before sending again."""


class Sender(Protocol):
    """A channel that hands one message to a provider."""

    async def send(self, outgoing: Outgoing) -> str:
        """Return the provider's id of the accepted message.

        Raises `SendError` (refused, nothing was sent) or `SendUnansweredError` (unknown).
        """
        ...
