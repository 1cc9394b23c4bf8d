"""One database, SQLite or PostgreSQL: engine, transactions, the base of all tables.

`read` sees a snapshot; `write` holds SQLite's write lock from its first statement (on PostgreSQL,
rows are locked), so that a rule checked inside is still true at the commit. What a transaction
touched is announced only after its commit.
Not for: queries; those live in each noun's `repository.py`.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Engine,
    Enum,
    MetaData,
    TypeDecorator,
    case,
    event,
    type_coerce,
)
from sqlalchemy.engine import Connection, Dialect, make_url
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, InstrumentedAttribute

from api.sqlite import Driver

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
# secure_delete: an erased row's bytes are overwritten in the file, not only unlinked.
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "secure_delete=ON",
    "foreign_keys=ON",
    "busy_timeout=10000",
)
# A process that was paused in the middle of a transaction must not keep a child's row locked.
PAUSED = "-c idle_in_transaction_session_timeout=10s"
EMPTY_LOG = "wal_checkpoint(TRUNCATE)"
TOUCHED = "touched"
ERASED = "erased"


class Base(DeclarativeBase):
    """The base of all tables."""

    metadata = MetaData(naming_convention=NAMING)
    # Words, not a type of the database's own: a new value needs no migration of the type.
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        StrEnum: Enum(StrEnum, native_enum=False, length=32),
    }


class Instant(TypeDecorator[datetime]):
    """A moment, stored in UTC and read back timezone-aware on both databases."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


class Database:
    """Transactions over one engine.

    `on_commit` gets the ids of the conversations that a committed transaction touched.
    """

    def __init__(self, url: str, on_commit: Callable[[frozenset[UUID]], None]) -> None:
        # hide_parameters: an error of the database must quote nothing of what was written.
        sqlite = url.startswith("sqlite")
        self.engine = create_async_engine(url, hide_parameters=True, **_driven(url))
        self._sessions = async_sessionmaker(self.engine, expire_on_commit=False)
        self._on_commit = on_commit
        # SQLite has one writer. Who waits for its lock there polls, in pauses of up to 0.1 s and in
        # no order, until it is refused; here the writers of this process take turns.
        self._writers = asyncio.Lock() if sqlite else nullcontext()
        if sqlite:
            prepare_sqlite(self.engine.sync_engine)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[AsyncSession]:
        """Open a transaction that only reads; nothing done in it is kept."""
        async with self._sessions() as session:
            yield session

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        """Open a transaction that commits when the block ends, and announces what it touched."""
        async with self._writers, self._sessions() as session:
            await session.connection(execution_options={"relais_write": True})
            yield session
            await session.commit()
            touched = frozenset(session.info.pop(TOUCHED, ()))
            erased = session.info.pop(ERASED, False)
        if erased and self.engine.dialect.name == "sqlite":
            await self._empty_log()
        if touched:
            self._on_commit(touched)

    async def _empty_log(self) -> None:
        # The write-ahead log keeps what stood in an erased row until it is itself written anew,
        # which on a quiet line can take days. Where a reader is in the way, it is the next erasure.
        async with self.engine.connect() as connection:
            raw = await connection.get_raw_connection()
            assert raw.driver_connection is not None  # noqa: S101 - the pool has just opened it
            await (await raw.driver_connection.execute(f"PRAGMA {EMPTY_LOG}")).close()

    async def close(self) -> None:
        await self.engine.dispose()


def later(
    moment: InstrumentedAttribute[datetime | None], other: InstrumentedAttribute[datetime | None]
) -> ColumnElement[datetime]:
    """Return the later of two moments in SQL; `moment` where the other is NULL."""
    return type_coerce(case((other > moment, other), else_=moment), Instant)


def touch(session: AsyncSession, conversation_id: UUID) -> None:
    """Have `conversation_id` announced once the transaction has committed."""
    session.info.setdefault(TOUCHED, set()).add(conversation_id)


def forget(session: AsyncSession) -> None:
    """Leave no bytes of what this transaction deletes, once it has committed."""
    session.info[ERASED] = True


def prepare_sqlite(engine: Engine) -> None:
    """Set the pragmas, and let us say when a transaction begins and whether it will write."""

    @event.listens_for(engine, "connect")
    def connected(dbapi_connection: Any, _record: Any) -> None:  # noqa: ANN401
        dbapi_connection.isolation_level = None
        cursor = dbapi_connection.cursor()
        for pragma in PRAGMAS:
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def began(connection: Connection) -> None:
        # A deferred transaction that reads first and writes later fails with "database is locked"
        # as soon as another has written in between; IMMEDIATE waits its turn instead.
        writes = connection.get_execution_options().get("relais_write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _driven(url: str) -> dict[str, Any]:
    """Return what the engine of a database is made with, beside its address."""
    if url.startswith("sqlite"):
        return {"module": Driver()}
    given = make_url(url).query.get("options", "")
    return {"pool_pre_ping": True, "connect_args": {"options": f"{given} {PAUSED}".strip()}}
