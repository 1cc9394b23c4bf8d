"""The key file: for its owner only, never overwritten, and refused in a sentence without a key."""

import json
from pathlib import Path
from typing import Any

import pytest

from api.vault import keys
from api.vault.keys import KeyFileError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "relais.keys"


def written(path: Path, content: str) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_text(content)
    path.chmod(0o600)
    return path


def altered(path: Path, **parts: Any) -> Path:  # noqa: ANN401
    keys.create(path)
    return written(path, json.dumps({**json.loads(path.read_text()), **parts}))


def test_a_missing_file_is_not_made_in_silence(path: Path) -> None:
    with pytest.raises(KeyFileError, match=r"relais\.keys is missing; 'relais keys create'"):
        keys.load(path)
    assert not path.exists()


def test_an_existing_file_is_never_overwritten(path: Path) -> None:
    written(path, "precious")
    with pytest.raises(KeyFileError, match="never overwritten"):
        keys.create(path)
    assert path.read_text() == "precious"


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o610, 0o666])
def test_a_file_that_others_can_reach_is_refused(path: Path, mode: int) -> None:
    keys.create(path)
    path.chmod(mode)
    with pytest.raises(KeyFileError, match=r"chmod 600 relais\.keys"):
        keys.load(path)


@pytest.mark.parametrize("content", ["", "PASSWORD=1", "[]", "{}", '{"wrapping": 1}', "\x00"])
def test_a_foreign_file_is_refused(path: Path, content: str) -> None:
    with pytest.raises(KeyFileError, match="not a key file of Relais"):
        keys.load(written(path, content))


@pytest.mark.parametrize("lookup", ["c2hvcnQ=", "not base64!", 7, None])
def test_a_key_of_another_length_is_refused(path: Path, lookup: object) -> None:
    with pytest.raises(KeyFileError, match="not a key file of Relais"):
        keys.load(altered(path, lookup=lookup))


def test_a_file_without_its_current_key_is_refused(path: Path) -> None:
    with pytest.raises(KeyFileError, match="no key of its current version"):
        keys.load(altered(path, current=2))


def test_no_key_stands_in_a_refusal_or_in_what_is_shown(path: Path) -> None:
    made = keys.create(path)
    secrets = [*json.loads(path.read_text())["wrapping"].values(), repr(made.lookup)]
    written(path, path.read_text()[:-3])
    with pytest.raises(KeyFileError) as raised:
        keys.load(path)
    assert not [secret for secret in secrets if secret in f"{raised.value!r} {made!r}"]


def test_what_was_made_is_read_again_and_is_for_its_owner_only(path: Path) -> None:
    made = keys.create(path)
    assert keys.load(path) == made
    assert path.stat().st_mode & 0o777 == 0o600


def test_two_files_have_nothing_in_common(path: Path, tmp_path: Path) -> None:
    one, other = keys.create(path), keys.create(tmp_path / "other.keys")
    every = [*one.wrapping.values(), one.lookup, *other.wrapping.values(), other.lookup]
    assert len(set(every)) == 4
