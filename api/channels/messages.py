"""Channel-free shapes of what comes in and what goes out.

Not for: anything a vendor calls by its own name; that is renamed inside the channel's own file.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Channel(StrEnum):
    """Where a contact writes from; also what `name()` of the bot's output channel says."""

    sms = "sms"
    web = "web"


class Author(StrEnum):
    """Whose voice a message is. `bot` is the program: Rasa's replies and the script's."""

    minor = "minor"
    bot = "bot"
    counsellor = "counsellor"
    system = "system"


class Awaits(StrEnum):
    """What a turn still has to do with a minor's message: answer it, or only read its facts."""

    answer = "answer"
    reading = "reading"


class Delivery(StrEnum):
    """How far an outgoing message has come; nothing moves it backwards.

    `pending` is written and not handed to anybody, `sent` is accepted by the provider or put on
    the page's stream, `delivered` is confirmed by the phone network or acknowledged by the page.
    `failed` was given up on, `dropped` never left because a person took the conversation first.
    """

    pending = "pending"
    sent = "sent"
    delivered = "delivered"
    failed = "failed"
    dropped = "dropped"


_WAY = (Delivery.pending, Delivery.sent, Delivery.delivered)


def moves_on(current: Delivery, new: Delivery) -> bool:
    """Say whether `new` is news: a late or doubled report moves nothing backwards."""
    if current not in _WAY or current is Delivery.delivered:
        return False
    return new is Delivery.failed or (new in _WAY and _WAY.index(new) > _WAY.index(current))


@dataclass(frozen=True)
class Choice:
    """A button, or a numbered line on SMS. `intent` is what a tap means: it is never guessed."""

    label: str
    text: str
    intent: str


@dataclass(frozen=True)
class Inbound:
    """One SMS from a phone. `media_types`: what the provider calls its pictures, "image/jpeg"."""

    provider_id: str
    from_number: str = field(repr=False)
    text: str = field(repr=False)
    media_count: int = 0
    media_types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Outgoing:
    """One message to one minor. `to` is E.164 on SMS; it is never logged.

    `reference` is our own id of the message: the provider gives it back with each status, so that a
    status finds its message even where the answer to the send was lost.
    """

    to: str = field(repr=False)
    text: str = field(repr=False)
    choices: tuple[Choice, ...] = field(default=(), repr=False)
    reference: str = ""
