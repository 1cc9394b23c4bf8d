"""What the stand-in saw and holds: its own account of events, by which crash tests can judge.

Not for: HTTP. It trusts nothing that Relais says of itself; only what arrived is in it.
"""

import secrets
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

# How far a message has come: reports may arrive in any order, the truth only moves forwards.
_RANK = {
    "scheduled": 0,
    "accepted": 0,
    "queued": 1,
    "sending": 2,
    "sent": 3,
    "delivered": 4,
    "undelivered": 4,
    "failed": 4,
    "canceled": 4,
    "received": 4,
}
_IN_PROGRESS = frozenset({"accepted", "scheduled", "queued", "sending"})

_OUT = frozenset({"STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT"})
_IN = frozenset({"START", "YES", "UNSTOP"})


def now() -> datetime:
    return datetime.now(UTC)


def new_sid(prefix: str) -> str:
    return prefix + secrets.token_hex(16)


@dataclass
class Media:
    """A picture that a phone sent. There are no bytes: nobody may ask for them."""

    content_type: str
    sid: str = field(default_factory=lambda: new_sid("ME"))
    created_at: datetime = field(default_factory=now)


@dataclass
class Message:
    """A Messages resource."""

    sid: str
    direction: str
    sender: str | None
    to: str
    body: str
    status: str
    callback: str | None = None
    service: str | None = None
    validity: int = 36000
    error_code: int | None = None
    media: list[Media] = field(default_factory=list)
    created_at: datetime = field(default_factory=now)
    updated_at: datetime = field(default_factory=now)
    sent_at: datetime | None = None

    @property
    def in_progress(self) -> bool:
        return self.status in _IN_PROGRESS


@dataclass
class Create:
    """A create that reached us whole. `outcome`: accepted, refused, or lost on the way."""

    form: dict[str, str]
    outcome: str = "lost"
    sid: str | None = None
    at: datetime = field(default_factory=now)


@dataclass
class Post:
    """One webhook or callback of ours. `answer` is None when nobody answered."""

    kind: str
    sid: str
    url: str
    params: dict[str, str]
    attempt: int
    answer: int | None = None
    content_type: str | None = None
    body: str | None = None
    at: datetime = field(default_factory=now)


@dataclass
class Phone:
    """What one phone has on its screen, in the order it arrived."""

    received: list[dict[str, str]] = field(default_factory=list)
    opted_out: bool = False


class Ledger:
    """The store of the stand-in."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget everything."""
        self.messages: dict[str, Message] = {}
        self.creates: list[Create] = []
        self.posts: list[Post] = []
        self.phones: defaultdict[str, Phone] = defaultdict(Phone)
        self.violations: list[str] = []
        self.media_opened: list[str] = []
        self.deleted: list[str] = []

    def advance(self, message: Message, status: str, error_code: int | None) -> None:
        """Move a message forwards; a step backwards changes nothing."""
        if _RANK[status] <= _RANK[message.status]:
            return
        message.status, message.updated_at = status, now()
        if status in {"failed", "undelivered"}:
            message.error_code = error_code
        if status in {"sent", "delivered", "undelivered"} and message.sent_at is None:
            message.sent_at = now()
        if status == "delivered":
            screen = self.phones[message.to].received
            screen.append({"sid": message.sid, "text": message.body})

    def heard(self, number: str, text: str) -> None:
        """Apply the opt-out and opt-in words, which count only when they stand alone."""
        word = text.strip().upper()
        if word in _OUT:
            self.phones[number].opted_out = True
        elif word in _IN:
            self.phones[number].opted_out = False

    def newest_first(self) -> list[Message]:
        return list(reversed(self.messages.values()))

    def media(self, sid: str) -> list[Media]:
        return self.messages[sid].media

    def shown(self) -> dict[str, Any]:
        """Return the whole account, ready for JSON."""
        return {
            "messages": [asdict(message) for message in self.messages.values()],
            "creates": [asdict(create) for create in self.creates],
            "posts": [asdict(post) for post in self.posts],
            "phones": {number: asdict(phone) for number, phone in self.phones.items()},
            "violations": self.violations,
            "media_opened": self.media_opened,
            "deleted": self.deleted,
        }
