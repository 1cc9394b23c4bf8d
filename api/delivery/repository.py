"""The queries of delivery."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api.channels.messages import Delivery
from api.conversation.models import Message


async def due(session: AsyncSession, now: datetime, *, most: int) -> Sequence[Message]:
    """Return messages to hand over now, locked: of each conversation only the first unsent one."""
    earlier = aliased(Message)
    query = (
        select(Message)
        .where(Message.delivery == Delivery.pending, Message.delivery_due_at <= now)
        .where(or_(Message.delivery_until.is_(None), Message.delivery_until <= now))
        .where(
            ~exists().where(
                and_(
                    earlier.conversation_id == Message.conversation_id,
                    earlier.seq < Message.seq,
                    earlier.delivery == Delivery.pending,
                )
            )
        )
        .order_by(Message.delivery_due_at)
        .limit(most)
        .with_for_update(skip_locked=True, of=Message)
    )
    return (await session.scalars(query)).all()


async def next_at(session: AsyncSession) -> datetime | None:
    query = select(func.min(Message.delivery_due_at)).where(Message.delivery == Delivery.pending)
    return await session.scalar(query)


async def provider_hash_is_known(session: AsyncSession, hash_: bytes) -> bool:
    query = select(exists().where(Message.provider_hash == hash_))
    return bool(await session.scalar(query))


async def of_conversation(
    session: AsyncSession, message_id: UUID, conversation_id: UUID
) -> Message | None:
    query = select(Message).where(
        Message.id == message_id, Message.conversation_id == conversation_id
    )
    return (await session.scalars(query)).one_or_none()


async def by_id(session: AsyncSession, message_id: UUID) -> Message | None:
    return await session.get(Message, message_id)
