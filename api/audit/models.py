"""The audit's table. Triggers in the migration refuse UPDATE and DELETE on both databases."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import JSON
from sqlalchemy.orm import Mapped, mapped_column

from api.database import Base, Instant


class Action(StrEnum):
    """What is worth a row: every look at a child's words, and everything done with them.

    Whatever answers with a conversation's words leaves a row, if only `reply` or `note`. `lost`:
    its key did not open and the next one took its place.
    """

    list = "list"
    open = "open"
    reply = "reply"
    note = "note"
    claim = "claim"
    release = "release"
    return_to_bot = "return_to_bot"
    close = "close"
    set_danger = "set_danger"
    export = "export"
    reveal = "reveal"
    erase = "erase"
    purge = "purge"
    lost = "lost"
    sign_in = "sign_in"
    sign_out = "sign_out"


class AuditRow(Base):
    """One row. It outlives the conversation, so it has no foreign key and no word of anybody."""

    __tablename__ = "audit"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid4)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    staff_id: Mapped[UUID | None]
    action: Mapped[Action]
    conversation_id: Mapped[UUID | None] = mapped_column(index=True)
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
