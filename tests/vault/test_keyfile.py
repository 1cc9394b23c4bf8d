"""The key file while it changes: one at a time, in one step, and followed without a restart."""

import os
from pathlib import Path
from uuid import uuid4

import pytest

from api.vault import keyfile, keys
from api.vault.keyfile import Followed
from api.vault.keys import KeyFileError, Keys
from api.vault.sealing import KeyNotHeldError, Vault


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "relais.keys"


@pytest.fixture
def held(path: Path) -> Keys:
    return keys.create(path)


def test_two_cannot_change_it_at_once(path: Path, held: Keys) -> None:
    refused = pytest.raises(KeyFileError, match="rotated already")
    with keyfile.alone(path), refused, keyfile.alone(path):
        pass
    with keyfile.alone(path):
        assert keys.load(path) == held


@pytest.mark.parametrize("content", ["", "{", '{"current": 2}'])
def test_a_half_written_file_changes_nothing(path: Path, held: Keys, content: str) -> None:
    follow = Followed(path)
    path.write_text(content)
    assert follow(held) == held


@pytest.mark.parametrize("break_", [Path.unlink, lambda path: path.chmod(0o644)])
def test_a_file_that_is_away_or_open_to_others_changes_nothing(
    path: Path, held: Keys, break_: object
) -> None:
    follow = Followed(path)
    assert callable(break_)
    break_(path)
    assert follow(held) == held


def test_the_file_of_another_vault_is_not_followed(
    path: Path, held: Keys, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    other = keys.create(tmp_path / "other.keys")
    # Also one with our look-up key, where one number would mean two keys.
    for foreign in (other, Keys(1, other.wrapping, held.lookup)):
        keyfile.replace(path, foreign)
        assert Followed(path)(held) == held
    assert caplog.messages == ["key_file_not_followed error=KeyFileError"] * 2


def test_a_new_key_is_used_at_once_and_the_old_one_is_kept_in_memory(
    path: Path, held: Keys
) -> None:
    vault, id_ = Vault(held, Followed(path)), uuid4()
    _, first = vault.new_data_key(id_)
    new = held.with_new(2)
    keyfile.replace(path, new)
    key, second = vault.new_data_key(id_)
    keyfile.replace(path, new.without_old())
    assert (first.version, second.version, vault.new_data_key(id_)[1].version) == (1, 2, 2)
    assert vault.data_key(id_, 2, second.closed) == key
    assert vault.data_key(id_, 1, first.closed).opens
    with pytest.raises(KeyNotHeldError):
        Vault(keys.load(path)).data_key(id_, 1, first.closed)


def test_an_unknown_version_is_looked_for_in_the_file(path: Path, held: Keys) -> None:
    vault, id_ = Vault(held, Followed(path)), uuid4()
    new = held.with_new(2)
    _, wrapped = Vault(new).new_data_key(id_)
    with pytest.raises(KeyNotHeldError):
        vault.data_key(id_, 2, wrapped.closed)
    keyfile.replace(path, new)
    assert vault.data_key(id_, 2, wrapped.closed).opens


def test_a_replaced_file_is_for_its_owner_only_and_leaves_nothing_beside_it(
    path: Path, held: Keys
) -> None:
    beside = path.with_name("relais.keys.new")
    beside.write_text("of one that died while it wrote")
    keyfile.replace(path, held.with_new(2))
    assert path.stat().st_mode & 0o777 == 0o600
    assert (keys.load(path).current, beside.exists()) == (2, False)


def test_a_link_stays_one(path: Path, held: Keys, tmp_path: Path) -> None:
    link = tmp_path / "linked.keys"
    link.symlink_to(path)
    keyfile.replace(link, held.with_new(2))
    assert link.is_symlink()
    assert keys.load(path).current == 2


def test_what_could_not_be_written_leaves_the_old_file(path: Path, held: Keys) -> None:
    path.with_name("relais.keys.new").mkdir()
    with pytest.raises(OSError, match=os.strerror(21)):
        keyfile.replace(path, held.with_new(2))
    assert keys.load(path) == held
