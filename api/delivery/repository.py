"""The queries of delivery."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api.channels.messages import Author, Delivery
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


async def is_of_another(session: AsyncSession, hash_: bytes, message_id: UUID) -> bool:
    """Say whether a message other than this one holds the provider's id."""
    query = select(exists().where(Message.provider_hash == hash_, Message.id != message_id))
    return bool(await session.scalar(query))


async def follows_a_person(session: AsyncSession, message: Message) -> bool:
    """Say whether the last voice before `message` was a counsellor's."""
    query = (
        select(Message.author)
        .where(Message.conversation_id == message.conversation_id, Message.seq < message.seq)
        .where(Message.delivery.is_not(None), Message.delivery != Delivery.dropped)
        .order_by(Message.seq.desc())
        .limit(1)
    )
    return await session.scalar(query) is Author.counsellor


async def by_id(session: AsyncSession, message_id: UUID) -> Message | None:
    return await session.get(Message, message_id)
