"""All that a running Relais leaves behind on a machine, as files to look into.

Database and its logs, dumps of it, temporary files, the folders of each process and of Rasa, what
the processes say. Not for: judging what stands there.
"""

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg

from tests import postgres
from tests.stack.dialogue import Dialogue
from tests.stack.programs import ROOT
from tests.stack.service import Service

# Of the project, what no process of Relais writes to.
_NOT_OURS = {".git", ".venv", "node_modules", "__pycache__", ".pytest_cache", ".mypy_cache"}
# The demo's password, for whoever has started the demo: on purpose, and nowhere else.
DEMO = "demo.json"


def left(service: Service, dialogue: Dialogue, since: float) -> list[Path]:
    """Return every file that was written to since a time (in seconds, as files have it)."""
    database = service.env["RELAIS_DATABASE_URL"]
    folders = [service.data, *{log.parent for log in dialogue.logs}, ROOT]
    if database.startswith("postgresql"):
        folders += _settled_folders(database)
        _dump_postgres(database, service.data / "dump.sql")
    else:
        _dump_sqlite(service.data / "relais.db", service.data / "dump.sql")
    return sorted({file for folder in folders for file in _written(folder, since)})


def _written(folder: Path, since: float) -> Iterator[Path]:
    for here, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if name not in _NOT_OURS]
        for name in names:
            file = Path(here, name)
            if file.is_file() and not file.is_symlink() and file.stat().st_mtime >= since:
                yield file


def _settled_folders(database: str) -> list[Path]:
    """Have all that PostgreSQL holds written into its files; return where they are, and its log."""
    with psycopg.connect(database, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        found = connection.execute("SHOW data_directory").fetchone()
    assert found is not None
    data = Path(found[0])
    return [data, data.parent] if os.access(data, os.R_OK) else []


def _dump_postgres(database: str, dump: Path) -> None:
    programs = postgres.programs()
    program = str(programs / "pg_dump") if programs else "pg_dump"
    with dump.open("wb") as file:
        subprocess.run([program, database], stdout=file, check=True)


def _dump_sqlite(database: Path, dump: Path) -> None:
    with closing(sqlite3.connect(database)) as connection:
        dump.write_text("\n".join(connection.iterdump()), encoding="utf-8")
