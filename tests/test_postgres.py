"""The tests' own PostgreSQL: databases that know nothing of each other, and nothing left behind."""

import shutil
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psycopg
import pytest

from tests import postgres

# Without a PostgreSQL these tests are not collected, and `make test` says so at its end.
__test__ = postgres.available()

KILLED = """
    import os, signal
    from tests import postgres
    with postgres.running() as server:
        print(server.url, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
"""


def gone_within(path: Path, *, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while path.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not path.exists()


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Server]:
    with postgres.running() as running:
        yield running


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url) as connection:
        return connection.execute(statement.encode()).fetchall()


def with_a_table(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE word (it text)")


def guarded_words(url: str) -> None:
    with psycopg.connect(url) as connection:
        connection.execute("""
            CREATE TABLE alembic_version (number text);
            INSERT INTO alembic_version VALUES ('1');
            CREATE TABLE word (id serial, it text);
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
                $$ BEGIN RAISE EXCEPTION 'guarded'; END $$;
            CREATE TRIGGER guard BEFORE TRUNCATE ON word EXECUTE FUNCTION refuse();
        """)


def test_a_machine_without_postgres_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(postgres.GIVEN, raising=False)
    refused = pytest.raises(postgres.PostgresDidNotStartError, match="No PostgreSQL 15 here")
    with refused, postgres.running(lambda: None):
        pass


def test_each_copy_is_its_own(server: postgres.Server) -> None:
    with server.template(with_a_table) as name, server.fresh(name) as one:
        with psycopg.connect(one) as connection:
            connection.execute("INSERT INTO word VALUES ('relais')")
        assert rows(one, "SELECT it FROM word") == [("relais",)]
        with server.fresh(name) as other:
            assert rows(other, "SELECT it FROM word") == []


def test_a_database_is_dropped_even_while_in_use(server: postgres.Server) -> None:
    with server.fresh() as url:
        held = psycopg.connect(url)
    name = urlsplit(url).path.removeprefix("/")
    assert (name,) not in rows(server.url, "SELECT datname FROM pg_database")
    held.close()


def test_one_that_is_reused_is_emptied_while_it_is_in_use_and_guarded(
    server: postgres.Server,
) -> None:
    with server.template(guarded_words) as name, server.reused(name) as reused:
        with reused.lent() as url:
            held = psycopg.connect(url)
            held.execute("INSERT INTO word VALUES (DEFAULT, 'relais')")
            held.commit()
            held.execute("SELECT it FROM word")
        with reused.lent() as url, psycopg.connect(url) as next_one:
            assert next_one.execute("SELECT * FROM word").fetchall() == []
            assert next_one.execute("SELECT * FROM alembic_version").fetchall() == [("1",)]
            next_one.execute("INSERT INTO word VALUES (DEFAULT, 'again')")
            assert next_one.execute("SELECT id FROM word").fetchall() == [(1,)]
            next_one.commit()
            with pytest.raises(psycopg.errors.RaiseException, match="guarded"):
                next_one.execute("TRUNCATE word")
        held.close()


def test_it_is_reached_by_its_socket_only(server: postgres.Server) -> None:
    assert rows(server.url, "SHOW listen_addresses") == [("",)]


def test_it_ends_with_tests_that_are_killed() -> None:
    killed = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(KILLED)],
        capture_output=True,
        text=True,
        check=False,
    )
    url = killed.stdout.strip()
    folder = Path(parse_qs(urlsplit(url).query)["host"][0])
    assert killed.returncode < 0
    assert gone_within(folder / "data" / "postmaster.pid", seconds=10)
    shutil.rmtree(folder)
