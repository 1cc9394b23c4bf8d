"""One conversation, open under its row's lock: its messages, sealed and in order.

Everything visible goes through here, so that `seq`, `revision` and the seal cannot be forgotten.
Not for: deciding anything (holder, turn, danger), and not for SQL beyond adding rows.
"""

import json
import logging
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from api.channels.messages import Author, Awaits, Channel, Choice, Delivery
from api.conversation.models import Conversation, Message
from api.database import touch
from api.vault.sealing import DataKey, Place, SealBrokenError

if TYPE_CHECKING:
    from collections.abc import Sequence

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Body:
    """What a message says, and the choices offered with it."""

    text: str = field(repr=False)
    choices: tuple[Choice, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class Written:
    """A message to be appended.

    `steps` are the safety steps that its text delivers; `event` is what began the program's turn
    where no message did.
    """

    author: Author
    body: Body
    staff_id: UUID | None = None
    client_id: str | None = None
    steps: tuple[str, ...] = ()
    by_script: bool = False
    intent: str | None = None
    event: str | None = None
    media_types: tuple[str, ...] = ()
    awaits: Awaits | None = None


class Thread:
    """A conversation's row, its data key, and the moment at which it is changed."""

    def __init__(
        self, session: AsyncSession, row: Conversation, key: DataKey, now: datetime
    ) -> None:
        self.session = session
        self.row = row
        self.key = key
        self.now = now

    def append(self, written: Written) -> Message:
        """Add a message as the next of the thread. Delivery starts out as its channel has it."""
        self.row.seq += 1
        self.row.last_at = self.now
        message = Message(
            id=uuid4(),
            conversation_id=self.row.id,
            seq=self.row.seq,
            revision=self.changed(),
            author=written.author,
            staff_id=written.staff_id,
            created_at=self.now,
            client_id=written.client_id,
            intent=written.intent,
            event=written.event,
            media_types=list(written.media_types),
            awaits=written.awaits,
            steps=list(written.steps),
            by_script=written.by_script,
            delivery=first_delivery(self.row.channel, written.author),
        )
        message.body = self.key.seal(_place(message.id), _dump(written.body))
        if message.delivery is Delivery.pending:
            message.delivery_due_at = self.now
        self.session.add(message)
        return message

    def read(self, message: Message) -> Body:
        """Open a message. Raises `SealBrokenError`."""
        return _load(self.key.unseal(_place(message.id), message.body))

    def readable(self, message: Message) -> Body | None:
        """Open a message; None where its seal is broken, for one must not stop all the others."""
        try:
            return self.read(message)
        except SealBrokenError:
            log.error("message_seal_broken message=%s", message.id)  # noqa: TRY400
            return None

    def mark(self, message: Message, delivery: Delivery) -> None:
        """Set how far a message has come, visibly."""
        message.delivery = delivery
        message.revision = self.changed()

    def changed(self) -> int:
        """Count one more visible change and have it announced after the commit."""
        self.row.revision += 1
        touch(self.session, self.row.id)
        return self.row.revision

    def seal(self, column: str, text: str | None) -> bytes | None:
        """Seal a value of the conversation's own row."""
        place = Place("conversation", column, str(self.row.id))
        return None if text is None else self.key.seal(place, text)

    def unseal(self, column: str, sealed: bytes | None) -> str | None:
        """Open a value of the conversation's own row. Raises `SealBrokenError`."""
        place = Place("conversation", column, str(self.row.id))
        return None if sealed is None else self.key.unseal(place, sealed)


def first_delivery(channel: Channel, author: Author) -> Delivery | None:
    """Return the delivery state in which a message starts.

    A page reads the thread itself, so what is committed is on its way. On SMS a system line is not
    sent: the next voice announces itself in its own first line.
    """
    if author is Author.minor:
        return None
    if channel is Channel.web:
        return Delivery.sent
    return None if author is Author.system else Delivery.pending


def _place(message_id: UUID) -> Place:
    return Place("message", "body", str(message_id))


def _dump(body: Body) -> str:
    choices: Sequence[list[str]] = [[c.label, c.text, c.intent] for c in body.choices]
    return json.dumps({"text": body.text, "choices": choices}, ensure_ascii=False)


def _load(text: str) -> Body:
    content = json.loads(text)
    return Body(content["text"], tuple(Choice(*choice) for choice in content["choices"]))
