"""Counts what went wrong inside one turn, because Rasa itself carries on after a failing action.

Not for: errors of the request (those are `shapes.MalformedError`) and not for logging.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

# A context variable, so that turns in flight side by side never see each other's failures.
_noted: ContextVar[list[str] | None] = ContextVar("failures_of_the_turn", default=None)


class TurnFailedError(Exception):
    """The turn has no answer. `kind` is one of our own words, never text of a child."""

    status = 502

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def note(kind: str) -> None:
    """Remember a failure of the turn that is running; outside a turn there is nothing to fail."""
    noted = _noted.get()
    if noted is not None:
        noted.append(kind)


@contextmanager
def counted() -> Iterator[list[str]]:
    """Give the list that every `note` of this turn lands in."""
    noted: list[str] = []
    token = _noted.set(noted)
    try:
        yield noted
    finally:
        _noted.reset(token)
