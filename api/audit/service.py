"""Writing to the audit, in the transaction of what is recorded: neither happens alone."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.audit.models import Action, AuditRow

# A page that is open reads again with every change: that is one look, not many.
ONE_LOOK = timedelta(minutes=5)


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


async def is_recorded(
    session: AsyncSession,
    action: Action,
    *,
    at: datetime,
    staff_id: UUID,
    conversation_id: UUID | None = None,
) -> bool:
    """Say whether the same look of the same colleague has its row already."""
    query = select(AuditRow.id).where(
        AuditRow.action == action,
        AuditRow.staff_id == staff_id,
        AuditRow.conversation_id.is_not_distinct_from(conversation_id),
        AuditRow.at > at - ONE_LOOK,
    )
    return bool(await session.scalar(select(exists(query))))
