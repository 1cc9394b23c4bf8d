"""The tables of the desk: who works there, their sessions, their notes.

Not for: what they did, which stands in the audit.
"""

from datetime import datetime
from enum import StrEnum
from uuid import UUID, uuid4

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, Instant


class Role(StrEnum):
    """What somebody may do at the desk; a supervisor may do all a counsellor may."""

    counsellor = "counsellor"
    supervisor = "supervisor"


class Staff(Base):
    """Somebody who works at the desk. `name` is what a child reads: a first name or an alias.

    `totp_step` is the last accepted time step of the second factor: a code is taken once.
    """

    __tablename__ = "staff"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(default=Role.counsellor)
    password_hash: Mapped[str]
    totp: Mapped[bytes | None]
    totp_key_version: Mapped[int | None]
    totp_step: Mapped[int] = mapped_column(default=0)
    active: Mapped[bool] = mapped_column(default=True)
    failed_tries: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant)


class StaffSession(Base):
    """One signed-in browser. Only the hash of its cookie is kept."""

    __tablename__ = "staff_session"

    hash: Mapped[bytes] = mapped_column(primary_key=True)
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)


class Note(Base):
    """A private note on a conversation, sealed under its data key; no child ever reads it."""

    __tablename__ = "note"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    conversation_id: Mapped[UUID] = mapped_column(
        ForeignKey("conversation.id", ondelete="CASCADE"), index=True
    )
    staff_id: Mapped[UUID] = mapped_column(ForeignKey("staff.id"))
    body: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(Instant)
