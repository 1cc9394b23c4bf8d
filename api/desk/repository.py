"""The desk's own queries, over many conversations at once.

So a list costs the same handful of them whatever its length. Not for: what everybody asks about one
conversation (`api/conversation/repository.py`).
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.channels.messages import Author, Channel, Delivery
from api.conversation.holder import Holder
from api.conversation.models import Conversation, ErasedCard, Fact, Message, Step
from api.desk.models import Note

# Twilio: the number has answered STOP, and nothing reaches it until it answers START.
OPTED_OUT = 21610
MOST_CLOSED = 200


async def listed(
    session: AsyncSession, status: Holder | None, channel: Channel | None
) -> Sequence[Conversation]:
    """Return the conversations of a list; of the closed ones only the latest."""
    query = select(Conversation)
    if status is None:
        query = query.where(Conversation.holder != Holder.closed)
    else:
        query = query.where(Conversation.holder == status)
    if channel is not None:
        query = query.where(Conversation.channel == channel)
    if status is Holder.closed:
        query = query.order_by(Conversation.closed_at.desc()).limit(MOST_CLOSED)
    return (await session.scalars(query)).all()


async def erased(session: AsyncSession, channel: Channel | None) -> Sequence[ErasedCard]:
    query = select(ErasedCard).order_by(ErasedCard.erased_at.desc())
    if channel is not None:
        query = query.where(ErasedCard.channel == channel)
    return (await session.scalars(query)).all()


async def facts_of(session: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, dict[str, Fact]]:
    found: dict[UUID, dict[str, Fact]] = defaultdict(dict)
    for fact in await session.scalars(select(Fact).where(Fact.conversation_id.in_(ids))):
        found[fact.conversation_id][fact.name] = fact
    return found


async def steps_of(session: AsyncSession, ids: Collection[UUID]) -> Mapping[UUID, dict[str, Step]]:
    found: dict[UUID, dict[str, Step]] = defaultdict(dict)
    for step in await session.scalars(select(Step).where(Step.conversation_id.in_(ids))):
        found[step.conversation_id][step.name] = step
    return found


async def muted(session: AsyncSession, ids: Collection[UUID]) -> frozenset[UUID]:
    """Return those whose last message to leave the house was refused because of a STOP."""
    last = (
        select(Message.conversation_id, func.max(Message.seq).label("seq"))
        .where(Message.conversation_id.in_(ids))
        .where(Message.delivery.in_((Delivery.sent, Delivery.delivered, Delivery.failed)))
        .group_by(Message.conversation_id)
        .subquery()
    )
    same = and_(Message.conversation_id == last.c.conversation_id, Message.seq == last.c.seq)
    query = (
        select(Message.conversation_id)
        .join(last, same)
        .where(Message.delivery == Delivery.failed, Message.error_code == OPTED_OUT)
    )
    return frozenset(await session.scalars(query))


async def previous_of(session: AsyncSession, row: Conversation) -> int:
    """Count the conversations that the same contact had before."""
    query = select(func.count()).where(
        Conversation.contact_id == row.contact_id, Conversation.opened_at < row.opened_at
    )
    return await session.scalar(query) or 0


async def notes_of(session: AsyncSession, conversation_id: UUID) -> Sequence[Note]:
    query = (
        select(Note)
        .where(Note.conversation_id == conversation_id)
        .order_by(Note.created_at, Note.id)
    )
    return (await session.scalars(query)).all()


async def has_spoken(session: AsyncSession, conversation_id: UUID, staff_id: UUID) -> bool:
    """Say whether `staff_id` has written since the last change of voice, and it was not refused."""
    spoken = and_(
        Message.author == Author.counsellor,
        Message.staff_id == staff_id,
        Message.delivery != Delivery.failed,
    )
    query = (
        select(Message.author)
        .where(Message.conversation_id == conversation_id)
        .where(or_(Message.author == Author.system, spoken))
        .order_by(Message.seq.desc())
        .limit(1)
    )
    return await session.scalar(query) is Author.counsellor


async def open_revisions(session: AsyncSession) -> dict[UUID, int]:
    """Return `{id: revision}` of all that is not closed."""
    query = select(Conversation.id, Conversation.revision).where(
        Conversation.holder != Holder.closed
    )
    return {id_: revision for id_, revision in await session.execute(query)}  # noqa: C416


async def revisions_of(session: AsyncSession, ids: Collection[UUID]) -> dict[UUID, int]:
    """Return `{id: revision}` of those that are still there."""
    query = select(Conversation.id, Conversation.revision).where(Conversation.id.in_(ids))
    return {id_: revision for id_, revision in await session.execute(query)}  # noqa: C416
