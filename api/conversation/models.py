"""The tables of a conversation.

What anybody wrote, told or is reached by stands here only sealed (`bytes`), under the own data key
of its conversation: destroying `wrapped_key` destroys all of it. Not for: staff, notes, audit.
"""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from api.channels.messages import Author, Awaits, Channel, Delivery
from api.conversation.holder import Holder
from api.database import Base, Instant


class Contact(Base):
    """Someone who writes, known only by the keyed hash of a number or of a resume code."""

    __tablename__ = "contact"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    channel: Mapped[Channel]
    lookup: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(Instant)


class ChatToken(Base):
    """The right of one open page to write as a contact. Only the hash of the token is kept."""

    __tablename__ = "chat_token"

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    contact_id: Mapped[UUID] = mapped_column(
        ForeignKey("contact.id", ondelete="CASCADE"), index=True
    )
    created_at: Mapped[datetime] = mapped_column(Instant)


class Conversation(Base):
    """One conversation, and everything that decides its next turn.

    `seq` is the number of its last message, `revision` rises with every visible change, both under
    this row's lock. `turn_token` fences the turn: a worker whose lease ran out writes nothing.
    """

    __tablename__ = "conversation"
    __table_args__ = (
        Index(
            "uq_conversation_open_contact_id",
            "contact_id",
            unique=True,
            sqlite_where=text("holder <> 'closed'"),
            postgresql_where=text("holder <> 'closed'"),
        ),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    contact_id: Mapped[UUID] = mapped_column(ForeignKey("contact.id"))
    previous_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("conversation.id", ondelete="SET NULL")
    )
    channel: Mapped[Channel]
    key_version: Mapped[int] = mapped_column(index=True)
    wrapped_key: Mapped[bytes]
    address: Mapped[bytes | None]

    seq: Mapped[int] = mapped_column(default=0)
    revision: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime] = mapped_column(Instant)
    last_at: Mapped[datetime] = mapped_column(Instant)
    last_minor_at: Mapped[datetime | None] = mapped_column(Instant)
    page_seen_at: Mapped[datetime | None] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[str | None]
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)

    holder: Mapped[Holder] = mapped_column(default=Holder.with_bot, index=True)
    holder_version: Mapped[int] = mapped_column(default=0)
    reasons: Mapped[list[str]] = mapped_column(JSON, default=list)
    waiting_since: Mapped[datetime | None] = mapped_column(Instant)
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))

    danger_kind: Mapped[str | None]
    danger_level: Mapped[str | None]
    danger_subject: Mapped[str | None]
    danger_words: Mapped[bytes | None]
    danger_seen_by: Mapped[str | None]
    crisis: Mapped[bool] = mapped_column(default=False)
    task: Mapped[str | None]
    language: Mapped[str] = mapped_column(default="fr")
    guarded: Mapped[bool] = mapped_column(default=False)
    write_back: Mapped[bool | None]
    write_back_until: Mapped[datetime | None] = mapped_column(Instant)

    state: Mapped[bytes | None]
    bot_version: Mapped[str | None]
    event: Mapped[str | None]
    turn_due_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    turn_until: Mapped[datetime | None] = mapped_column(Instant)
    turn_token: Mapped[int] = mapped_column(default=0)
    unanswered_since: Mapped[datetime | None] = mapped_column(Instant)
    script_count: Mapped[int] = mapped_column(default=0)
    script_said_at: Mapped[datetime | None] = mapped_column(Instant)


class Message(Base):
    """One message of anyone. `body` seals the text and the choices that were offered with it.

    `awaits` says what a turn still has to do with a minor's message. `delivery` is None where
    nothing is to be delivered; `delivery_asked_at` is when the provider was asked to take it, for
    as long as nobody knows whether it did. `revision` is the conversation's at its last change.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        UniqueConstraint("conversation_id", "client_id"),
        Index("ix_message_delivery_due", "delivery", "delivery_due_at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    conversation_id: Mapped[UUID] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    seq: Mapped[int]
    revision: Mapped[int]
    author: Mapped[Author]
    staff_id: Mapped[UUID | None] = mapped_column(ForeignKey("staff.id"))
    body: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(Instant)
    client_id: Mapped[str | None]

    intent: Mapped[str | None]
    event: Mapped[str | None]
    media_types: Mapped[list[str]] = mapped_column(JSON, default=list)
    awaits: Mapped[Awaits | None]

    steps: Mapped[list[str]] = mapped_column(JSON, default=list)
    by_script: Mapped[bool] = mapped_column(default=False)
    delivery: Mapped[Delivery | None]
    delivery_due_at: Mapped[datetime | None] = mapped_column(Instant)
    delivery_until: Mapped[datetime | None] = mapped_column(Instant)
    delivery_token: Mapped[int] = mapped_column(default=0)
    delivery_asked_at: Mapped[datetime | None] = mapped_column(Instant)
    attempts: Mapped[int] = mapped_column(default=0)
    provider_hash: Mapped[bytes | None] = mapped_column(unique=True)
    error_code: Mapped[int | None]


class Step(Base):
    """The ledger: how far one safety step of one conversation has come (facts.md 2.2)."""

    __tablename__ = "step"

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    state: Mapped[str]
    by: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(Instant)
    delivered_at: Mapped[datetime | None] = mapped_column(Instant)


class Fact(Base):
    """What was told under one name. `body` seals its values with the words that gave them."""

    __tablename__ = "fact"

    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), primary_key=True
    )
    name: Mapped[str] = mapped_column(primary_key=True)
    body: Mapped[bytes]
    by: Mapped[str]
    changed_at: Mapped[datetime] = mapped_column(Instant)


class Receipt(Base):
    """The keyed hash of a provider's message id: what was here is not taken again.

    Outlives the conversation, so that nothing erased comes back with a late webhook or a list.
    """

    __tablename__ = "receipt"

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)


class ErasedCard(Base):
    """What the desk keeps of one erased while a danger was open: no word of the child."""

    __tablename__ = "erased_card"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    channel: Mapped[Channel]
    danger_kind: Mapped[str]
    danger_level: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(Instant)
    erased_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)
