"""What the api may ask in one call, checked before anything else looks at it.

Not for: what a turn means. A request that does not fit raises `MalformedError` and nothing runs.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

MAX_TEXTS = 200
CHANNELS = ("sms", "web")


class MalformedError(Exception):
    """The request is not one of this contract. The message names the part, never its content."""

    status = 400


@dataclass(frozen=True)
class Force:
    """What the message is known to mean: a danger phrase seen by the api, or a tapped choice."""

    intent: str
    level: str | None = None
    subject: str | None = None

    @classmethod
    def read(cls, value: object) -> Self | None:
        if value is None:
            return None
        body = _dict(value, "force")
        return cls(_text(body, "intent"), body.get("level"), body.get("subject"))


@dataclass(frozen=True)
class Turn:
    """One call of mode "turn" or "event". `text` is empty for an event."""

    id: str
    channel: str
    now: datetime
    known: dict[str, Any] = field(repr=False)
    situation: dict[str, Any] = field(repr=False)
    text: str = field(default="", repr=False)
    event: str | None = None
    force: Force | None = None
    state: str | None = field(default=None, repr=False)

    @classmethod
    def read(cls, body: dict[str, Any]) -> Self:
        """Read a turn; raises `MalformedError`."""
        is_event = body.get("mode") == "event"
        channel = _text(body, "channel")
        if channel not in CHANNELS:
            raise MalformedError("channel")
        state = body.get("state")
        return cls(
            id=_text(body, "turn"),
            channel=channel,
            now=_moment(body),
            known=_dict(body.get("known"), "known"),
            situation=_dict(body.get("situation"), "situation"),
            text="" if is_event else _text(body, "text", may_be_empty=True),
            event=f"event_{_text(body, 'event')}" if is_event else None,
            force=None if is_event else Force.read(body.get("force")),
            state=state if isinstance(state, str) else None,
        )


def read_texts(body: dict[str, Any]) -> list[str]:
    """Read a call of mode "understand"; raises `MalformedError`."""
    texts = body.get("texts")
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise MalformedError("texts")
    if len(texts) > MAX_TEXTS:
        raise MalformedError("texts: too many")
    return texts


def _text(body: dict[str, Any], name: str, *, may_be_empty: bool = False) -> str:
    value = body.get(name)
    if not isinstance(value, str) or not (value or may_be_empty):
        raise MalformedError(name)
    return value


def _dict(value: object, name: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise MalformedError(name)
    return value


def _moment(body: dict[str, Any]) -> datetime:
    try:
        now = datetime.fromisoformat(_text(body, "now"))
    except ValueError as error:
        raise MalformedError("now") from error
    if now.tzinfo is None:
        raise MalformedError("now: without time zone")
    return now
