"""SQLite under asyncio: only what may wait leaves the loop.

SQLAlchemy's aiosqlite runs four calls in another thread for each statement, and each of them waits
twice for the interpreter: a hundred times what the statement itself takes. What SQLite reads, and
what it writes once it holds the lock, takes microseconds and is done at once. Getting the write
lock and the commit, which waits for the disk, are left to the connection's thread.
Not for: PostgreSQL, pragmas, transactions (`database.py`).
"""

# ruff: noqa: SLF001 - a driver has no other way into the two that it joins

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util.concurrency import await_

# What waits: for another writer, or for the disk.
WAITS = ("BEGIN IMMEDIATE",)

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]


class Cursor(AsyncAdapt_aiosqlite_cursor):
    """A cursor whose statement runs, and is read to its end, in one go."""

    __slots__ = ("_done",)

    _adapt_connection: "Connection"

    def __init__(self, adapt_connection: "Connection") -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._rows = deque()
        self._done: sqlite3.Cursor | None = None

    @property
    def description(self) -> Any:  # noqa: ANN401 - the DBAPI's
        return self._done and self._done.description

    @property
    def rowcount(self) -> int:
        return -1 if self._done is None else self._done.rowcount

    @property
    def lastrowid(self) -> Any:  # noqa: ANN401 - the DBAPI's
        return self._done and self._done.lastrowid

    async def _async_soft_close(self) -> None:
        """Do nothing: what was to be read has been."""

    def close(self) -> None:
        self._rows.clear()

    def execute(self, operation: str, parameters: Any = None) -> None:  # noqa: ANN401
        self._run(operation, lambda raw: raw.execute(operation, parameters or ()))

    def executemany(self, operation: str, seq_of_parameters: Any) -> None:  # noqa: ANN401
        self._run(operation, lambda raw: raw.executemany(operation, seq_of_parameters))

    def _run(self, operation: str, run: Callable[[sqlite3.Cursor], sqlite3.Cursor]) -> None:
        def done(raw: sqlite3.Connection) -> tuple[sqlite3.Cursor, list[Any]]:
            cursor = run(raw.cursor())
            return cursor, cursor.fetchall() if cursor.description else []

        self._done, rows = self._adapt_connection.run(done, waits=operation.startswith(WAITS))
        self._rows = deque(rows)


class Connection(AsyncAdapt_aiosqlite_connection):
    """A connection that leaves its thread alone where nothing is waited for."""

    __slots__ = ("_away",)

    _cursor_cls: type[AsyncAdapt_aiosqlite_cursor] = Cursor

    def __init__(self, dbapi: Any, connection: Any) -> None:  # noqa: ANN401
        super().__init__(dbapi, connection)
        self._away = 0

    def run(self, work: Work[T], *, waits: bool) -> T:
        """Do `work` on the connection: here, or in its thread where it `waits`."""
        try:
            raw = self._connection._conn
            # A task that was cancelled has left its work to the thread: what follows queues up.
            return await_(self._in_thread(work, raw)) if waits or self._away else work(raw)
        except Exception as error:  # noqa: BLE001 - it is raised again, in SQLAlchemy's own terms
            self._handle_exception(error)

    def commit(self) -> None:
        self.run(lambda raw: raw.commit(), waits=True)

    def rollback(self) -> None:
        if self._connection._connection:
            self.run(lambda raw: raw.rollback(), waits=False)

    async def _in_thread(self, work: Work[T], raw: sqlite3.Connection) -> T:
        self._away += 1
        # Shielded, so that it is counted until it is done and not until nobody waits any more.
        job: asyncio.Future[T] = asyncio.ensure_future(self._connection._execute(work, raw))
        job.add_done_callback(self._back)
        return await asyncio.shield(job)

    def _back(self, job: "asyncio.Future[Any]") -> None:
        self._away -= 1
        if not job.cancelled():
            # Looked at, so that nobody is told of the failure of what nobody waits for.
            job.exception()


class Driver(AsyncAdapt_aiosqlite_dbapi):
    """The driver to hand to `create_async_engine(module=…)`."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, sqlite3)

    def connect(self, *arg: Any, **kw: Any) -> Connection:  # noqa: ANN401
        opening = aiosqlite.connect(*arg, **{**kw, "check_same_thread": False})
        # As SQLAlchemy's own: what still runs in it must not keep the process alive.
        opening._thread.daemon = True
        return Connection(self, await_(opening))
