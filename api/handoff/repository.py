"""The queries on who is there for a child, and which words of a child no person has answered.

Not for: the list of the desk (`api/desk/repository.py`).
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.channels.messages import Author, Delivery
from api.conversation.models import Message
from api.desk.models import Staff, StaffSession


async def is_signed_in(session: AsyncSession, staff_id: UUID, now: datetime) -> bool:
    """Say whether somebody has a session that has not ended, and an account that is active."""
    query = (
        select(StaffSession.hash)
        .join(Staff)
        .where(Staff.id == staff_id, Staff.active, StaffSession.expires_at > now)
    )
    return bool(await session.scalar(select(exists(query))))


async def unanswered(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, datetime]:
    """Return `{id: since when}` of those whose child has had no word of a person since its own.

    A person's message that did not arrive is no answer.
    """
    answered = (
        select(Message.conversation_id, func.max(Message.seq).label("seq"))
        .where(Message.conversation_id.in_(ids), Message.author == Author.counsellor)
        .where(Message.delivery != Delivery.failed)
        .group_by(Message.conversation_id)
        .subquery()
    )
    query = (
        select(Message.conversation_id, func.min(Message.created_at))
        .outerjoin(answered, Message.conversation_id == answered.c.conversation_id)
        .where(Message.conversation_id.in_(ids), Message.author == Author.minor)
        .where(or_(answered.c.seq.is_(None), Message.seq > answered.c.seq))
        .group_by(Message.conversation_id)
    )
    return {id_: since for id_, since in await session.execute(query)}  # noqa: C416


async def voice_changed_at(session: AsyncSession, conversation_id: UUID) -> datetime | None:
    """Return when it was last announced who speaks."""
    query = select(func.max(Message.created_at)).where(
        Message.conversation_id == conversation_id, Message.author == Author.system
    )
    return await session.scalar(query)
