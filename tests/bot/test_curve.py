"""Fewer training lines are taken evenly: of every intent, and of all who wrote for it."""

from collections import Counter

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.importer import WRITER
from evaluation.curve import some

LINES = [
    Message(data={TEXT: f"{intent} {writer} {number}", INTENT: intent, WRITER: writer})
    for intent in ("greet", "thank")
    for writer, count in (("a", 20), ("b", 20), ("c", 2))
    for number in range(count)
]


@pytest.mark.parametrize("size", [1, 10, 42, 99])
def test_each_intent_gets_as_many_as_there_are(size: int) -> None:
    counted = Counter(line.get(INTENT) for line in some(LINES, size))
    assert counted == {"greet": min(size, 42), "thank": min(size, 42)}


def test_writers_take_turns() -> None:
    few = Counter(line.get(WRITER) for line in some(LINES, 6) if line.get(INTENT) == "greet")
    more = Counter(line.get(WRITER) for line in some(LINES, 12) if line.get(INTENT) == "greet")
    assert few == {"a": 2, "b": 2, "c": 2}
    assert more == {"a": 5, "b": 5, "c": 2}


def test_more_lines_hold_all_of_the_fewer() -> None:
    few, more = ({line.get(TEXT) for line in some(LINES, size)} for size in (5, 15))
    assert few < more
