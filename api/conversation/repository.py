"""The queries on conversations. The only SQL on these tables outside deletion and delivery."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, or_, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from api.channels.messages import Author, Delivery
from api.conversation.holder import Holder
from api.conversation.models import ChatToken, Contact, Conversation, Fact, Message, Receipt, Step
from api.database import Base, later


async def lock(session: AsyncSession, conversation_id: UUID) -> Conversation | None:
    """Return the row, locked until the transaction ends (on SQLite the whole file is)."""
    return await session.get(
        Conversation, conversation_id, with_for_update=True, populate_existing=True
    )


async def get(session: AsyncSession, conversation_id: UUID) -> Conversation | None:
    """Return the row without a lock: for reading only."""
    return await session.get(Conversation, conversation_id)


async def contact_by_lookup(session: AsyncSession, lookup: bytes) -> Contact | None:
    """Return the contact, locked: two first messages at once open one conversation."""
    # key_share here and below lets others refer to the contact. PostgreSQL looks at it again when
    # a conversation is written twice in one transaction; whoever holds the contact and waits for
    # that conversation would wait in a circle, and a child's message be answered with an error.
    query = select(Contact).where(Contact.lookup == lookup).with_for_update(key_share=True)
    return (await session.scalars(query)).one_or_none()


async def ensure_contact(session: AsyncSession, contact: Contact) -> Contact:
    """Return the contact with this look-up hash, adding `contact` where there is none yet."""
    row = {
        "id": contact.id,
        "channel": contact.channel,
        "lookup": contact.lookup,
        "created_at": contact.created_at,
    }
    await _insert_if_new(session, Contact, row)
    found = await contact_by_lookup(session, contact.lookup)
    assert found is not None  # noqa: S101 - inserted above, in this transaction
    return found


async def contact_of_token(session: AsyncSession, hash_: bytes, *, lock: bool) -> Contact | None:
    query = select(Contact).join(ChatToken).where(ChatToken.hash == hash_)
    if lock:
        query = query.with_for_update(of=Contact, key_share=True)
    return (await session.scalars(query)).one_or_none()


async def lock_contact(session: AsyncSession, contact_id: UUID) -> None:
    """Lock a contact: always before any of its conversations, so that nobody waits in a circle."""
    await session.get(Contact, contact_id, with_for_update={"key_share": True})


async def latest_of(session: AsyncSession, contact_id: UUID) -> Conversation | None:
    """Return the contact's open conversation, else the last one closed.

    By `seq`, which goes on from one to the next: a clock may stand still or be set back.
    """
    query = (
        select(Conversation)
        .where(Conversation.contact_id == contact_id)
        .order_by((Conversation.holder == Holder.closed), Conversation.seq.desc())
        .limit(1)
    )
    return (await session.scalars(query)).one_or_none()


async def all_of(session: AsyncSession, contact_id: UUID) -> Sequence[Conversation]:
    query = select(Conversation).where(Conversation.contact_id == contact_id)
    return (await session.scalars(query)).all()


async def messages_since(
    session: AsyncSession, conversation_id: UUID, *, revision: int = 0, seq: int = 0
) -> Sequence[Message]:
    """Return the messages changed after `revision` and numbered after `seq`, in order."""
    query = (
        select(Message)
        .where(Message.conversation_id == conversation_id)
        .where(Message.revision > revision, Message.seq > seq)
        .order_by(Message.seq)
    )
    return (await session.scalars(query)).all()


async def awaiting(session: AsyncSession, conversation_id: UUID) -> Sequence[Message]:
    """Return the minor's messages that a turn still has to deal with, in order."""
    query = (
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.awaits.is_not(None))
        .order_by(Message.seq)
    )
    return (await session.scalars(query)).all()


async def by_client_id(
    session: AsyncSession, conversation_id: UUID, client_id: str
) -> Message | None:
    query = select(Message).where(
        Message.conversation_id == conversation_id, Message.client_id == client_id
    )
    return (await session.scalars(query)).one_or_none()


async def recent_of_program(
    session: AsyncSession, conversation_id: UUID, *, most: int
) -> Sequence[Message]:
    """Return the program's last messages, newest first."""
    query = (
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.author == Author.bot)
        .where(or_(Message.delivery.is_(None), Message.delivery != Delivery.dropped))
        .order_by(Message.seq.desc())
        .limit(most)
    )
    return (await session.scalars(query)).all()


async def undelivered(
    session: AsyncSession, conversation_id: UUID, states: Iterable[Delivery]
) -> Sequence[Message]:
    """Return the messages in these states, locked: a delivery worker takes them without the row."""
    query = (
        select(Message)
        .where(Message.conversation_id == conversation_id, Message.delivery.in_(tuple(states)))
        .order_by(Message.seq)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(query)).all()


async def steps_of(session: AsyncSession, conversation_id: UUID) -> dict[str, Step]:
    query = select(Step).where(Step.conversation_id == conversation_id)
    return {step.name: step for step in await session.scalars(query)}


async def facts_of(session: AsyncSession, conversation_id: UUID) -> dict[str, Fact]:
    query = select(Fact).where(Fact.conversation_id == conversation_id)
    return {fact.name: fact for fact in await session.scalars(query)}


async def receipt_is_new(session: AsyncSession, hash_: bytes, *, expires_at: datetime) -> bool:
    """Keep the receipt; say whether it was not there yet, also against another at this moment."""
    return await _insert_if_new(session, Receipt, {"hash": hash_, "expires_at": expires_at})


async def known_receipts(session: AsyncSession, hashes: Iterable[bytes]) -> set[bytes]:
    """Return those of `hashes` whose message was here already."""
    query = select(Receipt.hash).where(Receipt.hash.in_(tuple(hashes)))
    return set(await session.scalars(query))


async def due_turns(session: AsyncSession, now: datetime, *, most: int) -> Sequence[Conversation]:
    """Return conversations whose turn is due and leased by nobody, locked, longest due first."""
    query = (
        select(Conversation)
        .where(Conversation.turn_due_at <= now)
        .where(or_(Conversation.turn_until.is_(None), Conversation.turn_until <= now))
        .order_by(Conversation.turn_due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    return (await session.scalars(query)).all()


async def leased(session: AsyncSession, tokens: Mapping[UUID, int]) -> Sequence[Conversation]:
    """Return those whose turn is still leased under its token, locked; not what others lock."""
    query = (
        select(Conversation)
        .where(Conversation.id.in_(tuple(tokens)), Conversation.turn_until.is_not(None))
        .with_for_update(skip_locked=True)
    )
    return [row for row in await session.scalars(query) if row.turn_token == tokens[row.id]]


async def next_turn_at(session: AsyncSession) -> datetime | None:
    """Return when the next turn can be taken: one that is leased, when its lease runs out."""
    free = later(Conversation.turn_due_at, Conversation.turn_until)
    query = select(func.min(free)).where(Conversation.turn_due_at.is_not(None))
    return await session.scalar(query)


async def waiting(session: AsyncSession) -> Sequence[Conversation]:
    query = select(Conversation).where(Conversation.holder == Holder.waiting)
    return (await session.scalars(query)).all()


async def silent_since(session: AsyncSession, now: datetime, silence: timedelta) -> Sequence[UUID]:
    """Return the open conversations in which nobody has written for `silence`."""
    query = select(Conversation.id).where(
        Conversation.holder != Holder.closed, Conversation.last_at <= now - silence
    )
    return (await session.scalars(query)).all()


async def expired(session: AsyncSession, now: datetime) -> Sequence[UUID]:
    query = select(Conversation.id).where(Conversation.expires_at <= now)
    return (await session.scalars(query)).all()


async def _insert_if_new(session: AsyncSession, table: type[Base], row: dict[str, Any]) -> bool:
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    # RETURNING tells on both databases whether a row was added; a row count does not.
    query = insert(table).values(row).on_conflict_do_nothing().returning(literal(1))
    return (await session.execute(query)).first() is not None
