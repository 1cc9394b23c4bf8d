"""What was made is made again when something it was made of has changed, and only then."""

from pathlib import Path

from scripts import stamps


def made_of(folder: Path) -> Path:
    (folder / "data").mkdir()
    (folder / "data/nlu.yml").write_text("bonjour")
    return folder / "data"


def test_without_a_stamp_nothing_holds(tmp_path: Path) -> None:
    assert not stamps.holds(tmp_path / "stamp", stamps.digest([made_of(tmp_path)]))


def test_it_holds_until_a_word_changes(tmp_path: Path) -> None:
    data, stamp = made_of(tmp_path), tmp_path / "stamp"
    stamps.write(stamp, stamps.digest([data]))
    assert stamps.holds(stamp, stamps.digest([data]))
    (data / "nlu.yml").write_text("bonsoir")
    assert not stamps.holds(stamp, stamps.digest([data]))


def test_a_file_that_is_renamed_or_gone_counts(tmp_path: Path) -> None:
    data = made_of(tmp_path)
    before = stamps.digest([data])
    (data / "nlu.yml").rename(data / "moves.yml")
    renamed = stamps.digest([data])
    (data / "moves.yml").unlink()
    assert len({before, renamed, stamps.digest([data])}) == 3


def test_what_a_build_leaves_does_not_count(tmp_path: Path) -> None:
    data = made_of(tmp_path)
    before = stamps.digest([data])
    (data / "__pycache__").mkdir()
    (data / "__pycache__/nlu.pyc").write_bytes(b"0")
    assert stamps.digest([data]) == before
