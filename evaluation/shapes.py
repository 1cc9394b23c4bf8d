"""What the whole system says of a message, as `relais understand` writes it.

Not for: judging it (`scores.py`).
"""

from collections.abc import Callable, Sequence
from typing import TypedDict

NOT_UNDERSTOOD = "nlu_fallback"


class Told(TypedDict):
    """A value of a fact, and the words that gave it."""

    value: str
    words: str


class Seen(TypedDict):
    """A danger that was seen."""

    kind: str
    level: str
    subject: str


class Understood(TypedDict):
    """All that is made of one message."""

    intent: str
    confidence: float
    facts: dict[str, list[Told]]
    danger: Seen | None
    language: str


# Many texts in, as many answers out, in their order.
Understands = Callable[[Sequence[str]], list[Understood]]
