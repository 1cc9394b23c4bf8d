"""A PostgreSQL of the tests' own: started when asked for, gone when the tests end.

It lives in a folder under the machine's temporary directory, listens on a Unix socket there and
nowhere else, and forgets everything on a crash (that is what makes it quick). Not for: running
Relais, and not for knowing its tables: whoever asks hands in what prepares the template.
"""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
from psycopg import sql

GIVEN = "RELAIS_TEST_DATABASE_URL"
_OLDEST = 15
_SECONDS_TO_START = 30
_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=50")
# A trigger of ours may refuse to let anything go: it sleeps meanwhile. Alembic's version stays.
_EMPTY = """
DO $$
DECLARE
    guarded regclass[] := ARRAY(SELECT DISTINCT tgrelid FROM pg_trigger WHERE NOT tgisinternal);
    one regclass;
BEGIN
    PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid()
        AND backend_type = 'client backend';
    FOREACH one IN ARRAY guarded LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', one);
    END LOOP;
    EXECUTE (
        SELECT format('TRUNCATE %s RESTART IDENTITY', string_agg(quote_ident(tablename), ', '))
        FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
    );
    FOREACH one IN ARRAY guarded LOOP
        EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', one);
    END LOOP;
END $$
"""


class PostgresDidNotStartError(Exception):
    """The private PostgreSQL ended or stayed silent; the message is its own last words."""


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL. `url` reaches its maintenance database as a role that may create."""

    url: str

    @contextmanager
    def template(self, prepare: Callable[[str], None]) -> Iterator[str]:
        """Make a database once, have `prepare` fill it, and give its name."""
        with self._database(None) as (name, url):
            prepare(url)
            yield name

    @contextmanager
    def fresh(self, template: str | None = None) -> Iterator[str]:
        """Give the URL of a new database, a copy of `template`; dropped at the end."""
        with self._database(template) as (_, url):
            yield url

    @contextmanager
    def reused(self, template: str) -> Iterator["Reused"]:
        """Give one copy of `template` for many tests, each of which leaves it emptied."""
        with self.fresh(template) as url:
            yield Reused(url)

    @contextmanager
    def _database(self, template: str | None) -> Iterator[tuple[str, str]]:
        name = f"relais_{uuid4().hex}"
        copied = sql.Identifier(template or "template0")
        # FILE_COPY: half the work of the default, which writes each page to the log.
        create = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
        self._run(create.format(sql.Identifier(name), copied))
        try:
            yield name, urlunsplit(urlsplit(self.url)._replace(path=f"/{name}"))
        finally:
            # FORCE: a test that left a connection open must not fail the next one.
            self._run(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _run(self, statement: sql.Composed) -> None:
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)


@dataclass(frozen=True)
class Reused:
    """A database that is emptied in a tenth of the time in which another could be made."""

    url: str

    @contextmanager
    def lent(self) -> Iterator[str]:
        """Give the URL; at the end all rows are gone, and whoever is still connected, too."""
        try:
            yield self.url
        finally:
            with psycopg.connect(self.url) as connection:
                connection.execute(_EMPTY)


def available() -> bool:
    """Say whether a test on PostgreSQL can run here."""
    return GIVEN in os.environ or programs() is not None


@cache
def programs() -> Path | None:
    """Find the folder with `initdb` and `postgres`, 15 or later; Debian keeps it off the PATH."""
    on_path = shutil.which("initdb")
    known = [Path(on_path).resolve().parent] if on_path else []
    known += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    return next((folder for folder in known if _recent(folder)), None)


@contextmanager
def running(find: Callable[[], Path | None] = programs) -> Iterator[Server]:
    """Give the server named by RELAIS_TEST_DATABASE_URL, or else start one and stop it again."""
    if given := os.environ.get(GIVEN):
        yield Server(given)
        return
    bin_folder = find()
    if bin_folder is None:
        raise PostgresDidNotStartError(f"No PostgreSQL {_OLDEST} here, and no {GIVEN}.")
    folder = Path(tempfile.mkdtemp(prefix="relais-pg-"))
    try:
        with _started(bin_folder, folder) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _version(folder: Path) -> int:
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def _recent(folder: Path) -> bool:
    postgres = folder / "postgres"
    if not postgres.is_file():
        return False
    said = subprocess.run([postgres, "--version"], capture_output=True, text=True, check=True)
    number = re.search(r"\d+", said.stdout)
    return number is not None and int(number.group()) >= _OLDEST


@contextmanager
def _started(bin_folder: Path, folder: Path) -> Iterator[Server]:
    data, log = folder / "data", folder / "log"
    _make_cluster(bin_folder, data)
    flags = [part for setting in _FAST for part in ("-c", setting)]
    command = [str(bin_folder / "postgres"), "-D", str(data), "-k", str(folder), "-h", "", *flags]
    with log.open("wb") as out:
        process = subprocess.Popen([*_as_owner(), *command], stdout=out, stderr=out, cwd=folder)
    try:
        yield _ready(Server(f"postgresql://relais@/postgres?host={folder}"), process, log)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _make_cluster(bin_folder: Path, data: Path) -> None:
    if os.geteuid() == 0:
        owner = _owner()
        os.chown(data.parent, owner.pw_uid, owner.pw_gid)
    initdb = [str(bin_folder / "initdb"), "-D", str(data), "-U", "relais", "-A", "trust"]
    subprocess.run(
        [*_as_owner(), *initdb, "-E", "UTF8", "--locale=C", "--no-sync"],
        check=True,
        capture_output=True,
        cwd=data.parent,
    )


def _ready(server: Server, process: "subprocess.Popen[bytes]", log: Path) -> Server:
    deadline = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < deadline and process.poll() is None:
        try:
            psycopg.connect(server.url).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return server
    raise PostgresDidNotStartError(log.read_text(errors="replace")[-2000:])


def _owner() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam("postgres")
    except KeyError:
        return pwd.getpwnam("nobody")


def _as_owner() -> list[str]:
    """PostgreSQL refuses to run as root; and it must not outlive tests that were killed."""
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        return []
    command = [setpriv, "--pdeathsig", "INT"]
    if os.geteuid() == 0:
        owner = _owner()
        command += [f"--reuid={owner.pw_uid}", f"--regid={owner.pw_gid}", "--clear-groups"]
    return command
