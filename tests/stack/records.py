"""The database as a test looks into it from outside: what is settled, reached, left.

Reads with the api's own tables and opens nothing that is sealed. Not for: changing anything, but
what no process can be made to do: to be older, or to lie on a failing disk.
"""

import asyncio
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self
from uuid import UUID

from sqlalchemy import (
    MetaData,
    Select,
    and_,
    bindparam,
    create_engine,
    false,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool, QueuePool

from api.channels.messages import Author, Channel, Delivery
from api.conversation.models import Contact, Conversation, Fact, Message, Receipt, Step
from api.desk.models import Staff

_UNDER_WAY = "a message is on its way"
_ON_ITS_WAY = (Delivery.pending, Delivery.sent)
_OF_IT = select(Message.id).where(Message.conversation_id == Conversation.id)
# One question and not several: somebody asks it a dozen times a second.
_WAITS = select(
    or_(Conversation.turn_due_at.is_not(None), Conversation.turn_until.is_not(None)).label(
        "a turn is due"
    ),
    Conversation.event.is_not(None).label("an event is due"),
    _OF_IT.where(Message.awaits.is_not(None)).exists().label("a message waits for its turn"),
    _OF_IT.where(Message.author != Author.minor, Message.delivery.in_(_ON_ITS_WAY))
    .exists()
    .label(_UNDER_WAY),
).where(Conversation.id == bindparam("conversation_id"))


class NotSettledError(Exception):
    """Something is still to be answered or delivered; the message says what, never its text."""


class Records:
    """One database. `url` is the one of the settings."""

    def __init__(self, url: str) -> None:
        driven = url.replace("postgresql://", "postgresql+psycopg://", 1)
        # No connection to a file outlives a look: what SQLite does at the last one would not be
        # done. To a server one is kept, for some look ten times a second; it holds no snapshot, and
        # may have been ended on purpose.
        pool = NullPool if driven.startswith("sqlite") else QueuePool
        self._engine = create_engine(
            driven, poolclass=pool, pool_pre_ping=True, isolation_level="AUTOCOMMIT"
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._engine.dispose()

    async def settle(
        self, conversation_id: UUID, *, seconds: float = 15.0, reached: bool = True
    ) -> None:
        """Wait until all is answered and, with `reached`, has come to the child.

        Raises `NotSettledError`.
        """
        until = time.monotonic() + seconds
        borne = set() if reached else {_UNDER_WAY}
        while waits := [one for one in self.waits(conversation_id) if one not in borne]:
            if time.monotonic() > until:
                raise NotSettledError(", ".join(waits))
            await asyncio.sleep(0.08)

    def waits(self, conversation_id: UUID) -> list[str]:
        """Say what is still under way in a conversation."""
        with self._engine.connect() as connection:
            found = connection.execute(_WAITS, {"conversation_id": conversation_id}).first()
        return [] if found is None else [what for what, is_so in found._mapping.items() if is_so]

    def conversations(self) -> set[UUID]:
        """Return all there are."""
        with Session(self._engine) as session:
            return set(session.scalars(select(Conversation.id)))

    def under_way(self) -> int:
        """Count what somebody still has to do in any conversation: read, answer, send, confirm."""
        turns = or_(Conversation.turn_due_at.is_not(None), Conversation.event.is_not(None))
        on_its_way = and_(Message.author != Author.minor, Message.delivery.in_(_ON_ITS_WAY))
        messages = or_(Message.awaits.is_not(None), on_its_way)
        with Session(self._engine) as session:
            counts = [
                session.scalar(select(func.count()).select_from(table).where(condition))
                for table, condition in ((Conversation, turns), (Message, messages))
            ]
        return sum(count or 0 for count in counts)

    def newest(self, channel: Channel) -> UUID | None:
        """Return the conversation that was opened last on a channel."""
        newest = Conversation.opened_at.desc()
        with Session(self._engine) as session:
            return session.scalar(
                select(Conversation.id).where(Conversation.channel == channel).order_by(newest)
            )

    def reached(self, conversation_id: UUID) -> set[str]:
        """Return the steps of which the ledger says that they have reached the child."""
        steps = select(Step.name).where(Step.conversation_id == conversation_id)
        with Session(self._engine) as session:
            return set(session.scalars(steps.where(Step.delivered_at.is_not(None))))

    def bot_version(self, conversation_id: UUID) -> str | None:
        """Return which model the dialogue's memory is of."""
        with Session(self._engine) as session:
            return session.scalar(
                select(Conversation.bot_version).where(Conversation.id == conversation_id)
            )

    def sealed_under(self, conversation_id: UUID) -> bytes | None:
        """Return the wrapped data key of a conversation; None when there is none any more."""
        key = select(Conversation.wrapped_key).where(Conversation.id == conversation_id)
        with Session(self._engine) as session:
            return session.scalar(key)

    def by_author(self, conversation_id: UUID) -> dict[Author, int]:
        """Count the messages of a conversation."""
        counted = select(Message.author, func.count()).group_by(Message.author)
        with Session(self._engine) as session:
            found = session.execute(counted.where(Message.conversation_id == conversation_id))
            return {author: number for author, number in found}  # noqa: C416 - a row is a row

    def left_of(self, conversation_id: UUID) -> dict[str, int]:
        """Count what stands in the tables of one conversation."""
        tables: dict[str, Select[int]] = {
            "conversation": select(func.count()).where(Conversation.id == conversation_id),
        } | {
            table.__tablename__: select(func.count()).where(
                table.conversation_id == conversation_id
            )
            for table in (Message, Step, Fact)
        }
        with Session(self._engine) as session:
            return {name: session.scalar(query) or 0 for name, query in tables.items()}

    def count(self, table: type[Contact | Conversation | Message | Receipt]) -> int:
        with Session(self._engine) as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def key_versions(self) -> set[int]:
        """Return which wrapping keys the conversations need."""
        with Session(self._engine) as session:
            return set(session.scalars(select(Conversation.key_version)))

    def holds(self, piece: bytes) -> bool:
        """Say whether these bytes stand in any column of any row."""
        cells = (value for rows in self.rows().values() for row in rows for value in row)
        return any(isinstance(value, bytes) and piece in value for value in cells)

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Return all that stands in the database, by table, in no particular order."""
        everything = MetaData()
        everything.reflect(self._engine)
        with self._engine.connect() as connection:
            return {
                table.name: sorted(
                    (tuple(row) for row in connection.execute(select(table))), key=repr
                )
                for table in everything.sorted_tables
            }

    def files_hold(self, piece: bytes) -> bool:
        """Say whether these bytes stand in a file of an SQLite database, its log among them."""
        path = self._engine.url.database if self._engine.dialect.name == "sqlite" else None
        if path is None:
            return False
        found = Path(path).parent.glob(f"{Path(path).name}*")
        return any(piece in file.read_bytes() for file in found)

    def let_expire(self, conversation_id: UUID) -> None:
        """Make a conversation as old as one that has expired."""
        past = datetime.now(UTC) - timedelta(seconds=1)
        mine = update(Conversation).where(Conversation.id == conversation_id)
        with Session(self._engine) as session, session.begin():
            session.execute(mine.values(expires_at=past))

    def hash_password(self, email: str, password_hash: str) -> None:
        """Keep another hash of the same password, which need not cost anybody time."""
        mine = update(Staff).where(Staff.email == email)
        with Session(self._engine) as session, session.begin():
            session.execute(mine.values(password_hash=password_hash))

    def writable(self) -> bool:
        """Say whether somebody else can write now: while one is in a transaction SQLite lets none.

        Only a process that has been paused in one lets the others wait for long.
        """
        with Session(self._engine) as session:
            try:
                session.execute(update(Conversation).where(false()).values(seq=0))
            except OperationalError:
                return False
        return True

    def break_seals(self, conversation_id: UUID) -> None:
        """Put other bytes where messages are sealed, as a failing disk would."""
        mine = update(Message).where(Message.conversation_id == conversation_id)
        with Session(self._engine) as session, session.begin():
            session.execute(mine.values(body=b"broken" * 10))
