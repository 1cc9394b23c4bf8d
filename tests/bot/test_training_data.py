"""The training data: enough of each intent, by many writers, no copies, labels that exist."""

import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.alike import alike_within
from bot.understanding.encoder import FOLDER
from bot.understanding.importer import DANGER, FACTS, LANGUAGE, WRITER, LabelledFiles
from bot.understanding.literals import LITERAL

ROOT = Path(__file__).parents[2]
FEWEST, FEWEST_OF_A_DANGER, FEWEST_WRITERS = 60, 150, 10
MOST_ALIKE = 0.7
# Keyboard mash is no meaning, and there are only so many ways of saying hello in a word.
FALLBACK = "nlu_fallback"
SHORTEST = 12
VALUES = {
    "subject": {"other"},
    "demand": {"money", "images", "meeting", "other"},
    "image_origin": {"own", "fake", "none"},
    "author": {"stranger", "peer", "known_adult", "family"},
    "evidence": {"kept", "lost"},
    **{
        name: {"yes", "no"}
        for name in ("paid", "sent_more", "published", "blocked", "told_someone")
    },
}
LANGUAGES = {"fr", "en", "es", "pt", "it", "de", "ar", "tr", "ro", "uk", "ru", "nl", "pl"}


@pytest.fixture(scope="module")
def lines() -> list[Message]:
    importer = LabelledFiles(str(ROOT / "config.yml"), training_data_paths=[str(ROOT / "data")])
    return list(importer.get_nlu_data().intent_examples)


def test_there_are_enough_of_each(lines: list[Message]) -> None:
    counted = Counter(line.get(INTENT) for line in lines)
    assert len(counted) == 50  # the 49 of understanding.md, and what is no message
    few = {
        intent: count
        for intent, count in counted.items()
        if count < (FEWEST_OF_A_DANGER if intent.startswith("danger_") else FEWEST)
    }
    assert few == {}


def test_the_encoder_knows_no_label_that_is_gone(lines: list[Message]) -> None:
    about = json.loads((FOLDER / "encoder.json").read_text(encoding="utf-8"))
    assert set(about["labels"]["intents"]) <= {line.get(INTENT) for line in lines}
    told = {f"{fact}={value}" for fact, values in VALUES.items() for value in values}
    assert set(about["labels"]["facts"]) <= told


def test_many_writers_wrote_each(lines: list[Message]) -> None:
    writers = defaultdict(set)
    for line in lines:
        writers[line.get(INTENT)].add(line.get(WRITER))
    del writers[FALLBACK]
    assert {intent for intent, names in writers.items() if len(names) < FEWEST_WRITERS} == set()


def test_none_is_nearly_a_copy(lines: list[Message]) -> None:
    texts = [line.get(TEXT) for line in lines if line.get(INTENT) != FALLBACK]
    long = [text for text in texts if len(text) >= SHORTEST]
    pairs = alike_within(long, MOST_ALIKE)
    assert [(long[one], long[other]) for one, other in pairs] == []
    assert len({text.lower() for text in texts}) == len(texts)


def test_labels_are_those_that_exist(lines: list[Message]) -> None:
    for line in lines:
        for fact, values in (line.get(FACTS) or {}).items():
            if fact in LITERAL:
                assert all(value in line.get(TEXT) for value in values), line.get(TEXT)
            else:
                assert set(values) <= VALUES[fact], line.get(TEXT)
        level = line.get(DANGER)
        assert level in {None, "R1", "R2", "R3"}, line.get(TEXT)
        in_danger = line.get(INTENT).startswith("danger_")
        assert in_danger == (level in {"R2", "R3"}), line.get(TEXT)
        assert (line.get(LANGUAGE) or "fr") in LANGUAGES, line.get(TEXT)
