"""What children and counsellors say is in no file that Relais leaves, in any form; nor a secret.

Two thousand marked words, names and numbers go through the whole stack, all processes at their most
talkative; then every file is searched. Not for: what is sealed (`tests/vault`).
"""

import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.proof.conftest import Proved
from tests.proof.leavings import DEMO, left
from tests.proof.lives import begun, refused
from tests.proof.marks import Marks, made
from tests.stack.dialogue import Dialogue
from tests.stack.fixtures import QUICK, OpenService
from tests.stack.search import Search
from tests.stack.service import Service

_FULL, _SMALL = 2000, 120
_SEED = 20
_REFUSED = 2
_LONG_LOG = 100_000
ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-16": lambda mark: mark.encode("utf-16"),
    "base64": lambda mark: b64encode(mark.encode()),
    "hex": lambda mark: mark.encode().hex().encode(),
}


@pytest.fixture(params=["sqlite", "postgresql"])
def service(
    request: pytest.FixtureRequest, dialogue: Dialogue, open_service: OpenService
) -> Iterator[Service]:
    service = open_service(dialogue.url, request.param, **QUICK)
    yield service
    service.program.stop()


@pytest.fixture
def marks(full: bool) -> Marks:  # noqa: FBT001 - a fixture
    return made(_FULL if full else _SMALL, _SEED)


async def test_no_mark_is_found(
    service: Service, dialogue: Dialogue, marks: Marks, proved: Proved
) -> None:
    # The clock of a file system may be a little behind ours.
    since, lives = time.time() - 2, begun(service, dialogue, marks, _SEED)
    planted = plant(service.data, marks)
    # Planted by us, and by the demo on purpose: the searcher sees what is there.
    expected = planted | {DEMO: {service.login["password"]}}

    def none_is_found() -> list[Path]:
        secrets = {*lives.told.secrets, service.login["password"]}
        search = Search({*marks, *(name.lower() for name in marks.names), *secrets})
        files = left(service, dialogue, since)
        assert found(search, files) == expected
        return files

    def none_while_it_is_full() -> None:
        assert of_the_database(service, none_is_found())

    # To erase something empties the log of writes.
    await lives.all(before_erasing=none_while_it_is_full)
    await refused(service, marks.words[:_REFUSED])
    assert [mark for mark in marks if mark not in lives.told.at_the_desk] == []
    words, *others = (any(mark in lives.told.as_facts for mark in kind) for kind in marks.kinds)
    # Of names and numbers one is enough: a bot that was late once has told nothing of that message.
    assert words
    assert any(others)
    files = none_is_found()
    service.program.stop()
    none_is_found()
    proved("marks", f"{len(list(marks)):,} marks, {len(files)} files: none found in any")


def plant(folder: Path, marks: Marks) -> dict[str, set[str]]:
    """Write a mark of each kind down in each encoding; return what is to be found where."""
    name = marks.names[0]
    kinds = {marks.words[0], name, name.lower(), *marks.numbers[0]}
    expected = {}
    for encoding, write in ENCODINGS.items():
        file = folder / f"planted-{encoding}"
        file.write_bytes(b"\n".join(write(mark) for mark in sorted(kinds)))
        expected[file.name] = kinds
    return expected


def of_the_database(service: Service, files: list[Path]) -> bool:
    """Say whether the tables of the database and its log of writes, a long one, are among them."""
    if not service.env["RELAIS_DATABASE_URL"].startswith("postgresql"):
        sizes = {file.name: file.stat().st_size for file in files}
        return {"relais.db", "dump.sql"} <= sizes.keys() and sizes["relais.db-wal"] > _LONG_LOG
    folders = {file.parent.name for file in files} | {file.parent.parent.name for file in files}
    return {"pg_wal", "base"} <= folders


def found(search: Search, files: list[Path]) -> dict[str, set[str]]:
    return {file.name: what for file, what in search.in_files(files).items()}
