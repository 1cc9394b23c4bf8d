"""What children and counsellors say is in no file that Relais leaves, in any form; nor a secret.

Two thousand marked words, names and numbers go through the whole stack, all processes at their most
talkative; then every file is searched. Not for: what is sealed (`tests/vault`).
"""

import time
from collections.abc import Iterator
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

_FULL, _SMALL = 2000, 200
_SEED = 20
_REFUSED = 2


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
    await lives.all()
    await refused(service, marks.words[:_REFUSED])
    assert [mark for mark in marks if mark not in lives.told.at_the_desk] == []
    assert any(word in lives.told.as_facts for word in marks.words)

    password = service.login["password"]
    search = Search({*marks, *lives.told.secrets, password})
    planted = service.data / "planted"
    planted.write_bytes(marks.names[0].encode("utf-16"))
    # Planted by us, and by the demo on purpose: the searcher sees what is there.
    expected = {planted.name: {marks.names[0]}, DEMO: {password}}
    files = left(service, dialogue, since)
    assert found(search, files) == expected
    service.program.stop()
    assert found(search, left(service, dialogue, since)) == expected
    proved("marks", f"{len(list(marks)):,} marks, {len(files)} files: none found in any")


def found(search: Search, files: list[Path]) -> dict[str, set[str]]:
    return {file.name: what for file, what in search.in_files(files).items()}
