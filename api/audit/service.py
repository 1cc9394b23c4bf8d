"""Writing to the audit, in the transaction of what is recorded: neither happens alone."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.audit.models import Action, AuditRow


def record(
    session: AsyncSession,
    action: Action,
    *,
    at: datetime,
    staff_id: UUID | None = None,
    conversation_id: UUID | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Add a row. `detail` holds kinds, levels and counts; never a word, a number or a token."""
    session.add(
        AuditRow(
            action=action,
            at=at,
            staff_id=staff_id,
            conversation_id=conversation_id,
            detail=detail or {},
        )
    )
