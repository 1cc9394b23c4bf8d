"""The queries of delivery."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import ColumnElement, Exists, Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from api.channels.messages import Author, Delivery
from api.conversation.holder import Move
from api.conversation.models import Conversation, Message
from api.database import later

T = TypeVar("T")


async def due(session: AsyncSession, now: datetime, *, most: int) -> Sequence[Message]:
    """Return messages to hand over now, locked: of each conversation only the first unsent one."""
    query = (
        _sendable(select(Message))
        .where(Message.delivery_due_at <= now)
        .where(or_(Message.delivery_until.is_(None), Message.delivery_until <= now))
        .order_by(Message.delivery_due_at)
        .limit(most)
        .with_for_update(skip_locked=True, of=Message)
    )
    return (await session.scalars(query)).all()


async def leased(session: AsyncSession, tokens: Mapping[UUID, int]) -> Sequence[Message]:
    """Return those that are still leased under their token, locked; not what others lock."""
    query = (
        select(Message)
        .where(Message.id.in_(tuple(tokens)), Message.delivery_until.is_not(None))
        .with_for_update(skip_locked=True)
    )
    return [one for one in await session.scalars(query) if one.delivery_token == tokens[one.id]]


async def next_at(session: AsyncSession) -> datetime | None:
    """Return when the next message can be taken: one that is leased, when its lease runs out."""
    free = later(Message.delivery_due_at, Message.delivery_until)
    return await session.scalar(_sendable(select(func.min(free))))


async def is_of_another(session: AsyncSession, hash_: bytes, message_id: UUID) -> bool:
    """Say whether a message other than this one holds the provider's id."""
    query = select(exists().where(Message.provider_hash == hash_, Message.id != message_id))
    return bool(await session.scalar(query))


async def unreported(session: AsyncSession, hashes: Collection[bytes]) -> dict[bytes, UUID]:
    """Return `{provider's id, hashed: message}` of those whose end nobody has told us yet."""
    query = select(Message.provider_hash, Message.id).where(
        Message.delivery == Delivery.sent, Message.provider_hash.in_(hashes)
    )
    return {hash_: id_ for hash_, id_ in await session.execute(query) if hash_}


async def follows_a_person(session: AsyncSession, message: Message) -> bool:
    """Say whether the last voice before `message` was a counsellor's, also in a lost thread."""
    here, before = message.conversation_id, aliased(Conversation)
    lost = (
        select(before.id)
        .join(Conversation, Conversation.previous_id == before.id)
        .where(Conversation.id == here, before.outcome == Move.lost.value)
    )
    query = (
        select(Message.author)
        .where(or_(Message.conversation_id == here, Message.conversation_id.in_(lost)))
        .where(Message.seq < message.seq)
        .where(Message.delivery.is_not(None), Message.delivery != Delivery.dropped)
        .order_by(Message.seq.desc())
        .limit(1)
    )
    return await session.scalar(query) is Author.counsellor


async def by_id(session: AsyncSession, message_id: UUID) -> Message | None:
    return await session.get(Message, message_id)


async def lock(session: AsyncSession, message_id: UUID) -> Message | None:
    """Return the message, locked: a worker that claims it takes no lock on the conversation."""
    return await session.get(Message, message_id, with_for_update=True, populate_existing=True)


def _sendable(query: Select[T]) -> Select[T]:
    """Keep what is to be sent, and of each conversation only the first of it.

    A person's words and the script's, danger's among them, do not wait behind one that is looked
    for at the provider; among themselves they keep their order.
    """
    earlier, sought, ahead = aliased(Message), aliased(Message), aliased(Message)
    passes = and_(
        _is_pressing(Message),
        _before(sought, _is_sought(sought)),
        ~_before(ahead, _is_pressing(ahead), ~_is_sought(ahead)),
    )
    return query.where(Message.delivery == Delivery.pending, ~(_before(earlier) & ~passes))


def _is_pressing(message: type[Message]) -> ColumnElement[bool]:
    return or_(message.author == Author.counsellor, message.by_script)


def _is_sought(message: type[Message]) -> ColumnElement[bool]:
    return and_(message.delivery_asked_at.is_not(None), message.delivery_until.is_(None))


def _before(other: type[Message], *such: ColumnElement[bool]) -> Exists:
    return exists().where(
        other.conversation_id == Message.conversation_id,
        other.seq < Message.seq,
        other.delivery == Delivery.pending,
        *such,
    )
