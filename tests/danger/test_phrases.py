"""What stops the start: a file that cannot be read, names no reviewer, or hides too much."""

import shutil
from pathlib import Path

import pytest
import yaml

from api.danger.pattern import NotationError, compiled
from api.danger.phrases import FOLDER, load
from api.danger.reading import Spelling, read
from api.danger.signals import Phrases

GROUPS = {"qui": ("il", "elle"), "deux": ("<qui> deux",), "rond": ("<rond>",)}


@pytest.mark.parametrize(
    "phrase", ["<personne> veut", "il (veut", "il.", "", "[il]", "<rond>", "vrai>"]
)
def test_a_phrase_that_cannot_be_read_is_refused(phrase: str) -> None:
    with pytest.raises(NotationError):
        compiled(phrase, GROUPS, Spelling({}))


def test_a_phrase_of_skipped_words_only_is_refused() -> None:
    with pytest.raises(NotationError):
        compiled("trop", GROUPS, Spelling({"trop": ()}))


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("home", "reviewed_by: null", "seen_by: null"),
        ("suicide", "merci pour tout\n", "merci .. tout\n"),
        ("harmless", "maison d'arrêt", "maison .. arrêt"),
        ("spelling", "voudrais: [", "voudrais: [veu, "),
        ("spelling", "skipped: [", "skipped: [mtn, "),
        ("physical", "level: R2", "level: R9"),
    ],
)
def test_a_file_that_cannot_be_trusted_stops_the_start(
    name: str, old: str, new: str, tmp_path: Path
) -> None:
    folder = tmp_path / "phrases"
    shutil.copytree(FOLDER, folder)
    text = (folder / f"{name}.yml").read_text(encoding="utf-8")
    assert old in text
    (folder / f"{name}.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=r"."):
        load(folder)


def test_a_missing_file_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        load(tmp_path)


def test_notation_is_words_groups_choices_and_short_gaps() -> None:
    pattern = compiled("<deux> (veulent|vont) [bien] .. moi", GROUPS, Spelling({}))
    for text, meant in [
        ("elle deux vont moi", True),
        ("il deux veulent bien un mot de trop moi", True),
        ("il deux veulent bien un mot de trop ici moi", False),
        ("lui deux vont moi", False),
        ("il deux vont moine", False),
    ]:
        assert bool(pattern.search(read(text, Spelling({})).line)) is meant


def test_ids_are_unique_but_for_the_lines_of_one_entry(phrases: Phrases) -> None:
    owners = {(phrase.id, phrase.kind, phrase.subject) for phrase in phrases.phrases}
    assert len(owners) == len({id_ for id_, _, _ in owners})


def test_no_file_claims_a_review_that_has_not_been() -> None:
    for path in FOLDER.glob("*.yml"):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert (content["reviewed_by"] is None) == (content["reviewed_on"] is None)
