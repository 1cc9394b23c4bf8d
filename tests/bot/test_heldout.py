"""What Relais is judged by has not been learned: no writer is in both, and no line is nearly."""

import json
from pathlib import Path

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.alike import alike
from bot.understanding.encoder import FOLDER
from bot.understanding.importer import WRITER, LabelledFiles
from evaluation.heldout import Judges, judges

ROOT = Path(__file__).parents[2]
MOST_ALIKE = 0.5
# "oui" and "slt" are in every training: there is no other way of saying it. Figures are published
# with and without messages as short as these.
SHORTEST = 12
FEWEST_WRITERS = 50
LEAST_MESSAGES, LEAST_IN_DANGER, LEAST_NEUTRAL, MOST_SHORT = 800, 600, 3000, 100


@pytest.fixture(scope="module")
def training() -> list[Message]:
    importer = LabelledFiles(str(ROOT / "config.yml"), training_data_paths=[str(ROOT / "data")])
    return list(importer.get_nlu_data().intent_examples)


@pytest.fixture(scope="module")
def judged_by() -> Judges:
    return judges()


def test_it_is_enough(judged_by: Judges) -> None:
    assert len(judged_by.messages) >= LEAST_MESSAGES
    assert sum(one.in_danger for one in judged_by.messages) >= LEAST_IN_DANGER
    assert len(set(judged_by.neutral)) >= LEAST_NEUTRAL
    assert sum(len(one.text) < SHORTEST for one in judged_by.messages) <= MOST_SHORT


def test_no_writer_is_in_both(training: list[Message], judged_by: Judges) -> None:
    judging = {one.writer for one in (*judged_by.messages, *judged_by.foreign)}
    assert {line.get(WRITER) for line in training} & judging == set()
    learned = json.loads((FOLDER / "encoder.json").read_text(encoding="utf-8"))["learned"]
    assert len(learned["writers"]) >= FEWEST_WRITERS
    assert set(learned["writers"]) & judging == set()


def test_no_training_line_is_nearly_one_of_these(
    training: list[Message], judged_by: Judges
) -> None:
    labelled = (*judged_by.messages, *judged_by.foreign)
    texts = [*(one.text for one in labelled), *judged_by.neutral]
    long = [text for text in texts if len(text) >= SHORTEST]
    learned = [line.get(TEXT) for line in training]
    twins = {learned[place] for _, place in alike(long, learned, MOST_ALIKE)}
    assert sorted(twins) == []
