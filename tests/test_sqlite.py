"""SQLite's driver: nothing blocks the loop that may wait, and nothing else leaves it.

Not for: what transactions mean (`tests/turn`, `tests/conversation`).
"""

import asyncio
import sqlite3
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from api.database import Database

ADD = text("INSERT INTO page VALUES (:number)")


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    made = Database(f"sqlite+aiosqlite:///{tmp_path}/x.db", lambda _: None)
    async with made.write() as session:
        await session.execute(text("CREATE TABLE page (number INTEGER PRIMARY KEY)"))
    yield made
    await made.close()


@pytest.fixture
def other(tmp_path: Path, database: Database) -> sqlite3.Connection:
    """Another process's connection, which holds the write lock."""
    held = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    held.execute("BEGIN IMMEDIATE")
    return held


async def numbers(database: Database) -> list[int]:
    async with database.read() as session:
        return list(await session.scalars(text("SELECT number FROM page ORDER BY number")))


async def add(database: Database, number: int) -> None:
    async with database.write() as session:
        await session.execute(ADD, {"number": number})


async def test_who_waits_for_another_writer_does_not_stop_the_loop(
    database: Database, other: sqlite3.Connection
) -> None:
    writing = asyncio.create_task(add(database, 1))
    began = time.monotonic()
    await asyncio.sleep(0.1)
    assert (await numbers(database), writing.done()) == ([], False)
    assert time.monotonic() - began < 2
    other.close()
    await writing
    assert await numbers(database) == [1]


async def test_who_gives_up_waiting_stops_nobody(
    database: Database, other: sqlite3.Connection
) -> None:
    writing = asyncio.create_task(add(database, 1))
    await asyncio.sleep(0.1)
    writing.cancel()
    await asyncio.sleep(0.1)
    assert await numbers(database) == []
    other.close()
    with pytest.raises(asyncio.CancelledError):
        await writing
    await add(database, 2)
    assert await numbers(database) == [2]


async def test_a_failed_statement_is_rolled_back_and_quotes_nothing(database: Database) -> None:
    await add(database, 4711)
    with pytest.raises(IntegrityError) as failed:
        await add(database, 4711)
    assert "4711" not in str(failed.value)
    await add(database, 2)
    assert await numbers(database) == [2, 4711]


async def test_many_writers_at_once_all_write(database: Database) -> None:
    await asyncio.gather(*(add(database, number) for number in range(30)))
    assert await numbers(database) == list(range(30))


async def test_who_waits_to_write_keeps_nobody_from_reading(database: Database) -> None:
    # More than the pool has connections.
    async with database.write() as session:
        await session.execute(ADD, {"number": 99})
        writing = [asyncio.create_task(add(database, number)) for number in range(30)]
        await asyncio.sleep(0.05)
        async with asyncio.timeout(5):
            assert await numbers(database) == []
    await asyncio.gather(*writing)
    assert await numbers(database) == [*range(30), 99]


async def test_a_statement_runs_in_the_loops_own_thread(database: Database) -> None:
    threads = []
    async with database.read() as session:
        connection = await (await session.connection()).get_raw_connection()
        raw = connection.driver_connection._conn  # type: ignore[union-attr]
        raw.create_function("here", 0, lambda: threads.append(threading.get_ident()))
        await session.execute(text("SELECT here()"))
    assert threads == [threading.get_ident()]
