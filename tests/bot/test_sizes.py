"""An answer stays small, however long the message is and however much it tells."""

import json
from typing import Any

import pytest

from bot.turn import MAX_ANSWER_BYTES
from bot.understanding.decisions import TOLD, Told
from bot.understanding.facts import entities
from bot.understanding.parts import MOST_SHOWN, Part
from bot.understood import MOST_VALUES, understood

LONGEST, BURST = 2_000, 20_000
LONG = ["é" * LONGEST, "😭" * LONGEST, "😭 " * 1_000, "10e " * 500, "à 20h " * 300]
SUMS = " ".join(f"{number}e" for number in range(10, 5_000))


def parsed(text: str) -> dict[str, Any]:
    """Give the parse of a danger and ten facts, all of them told by the whole text."""
    whole = Part(0, len(text))
    told = [Told((f"fact_{number}", "yes"), TOLD + 1, whole) for number in range(10)]
    return {
        "text": text,
        "intent": {"name": "danger_home", "confidence": 0.9},
        "entities": entities(text, told),
        "danger": {"kind": "danger_home", "level": "R2", "start": 0, "end": len(text)},
    }


@pytest.mark.parametrize("text", [*LONG, "😭" * BURST, SUMS[:LONGEST], SUMS[:BURST]])
def test_half_the_room_of_an_answer_is_enough_for_what_is_understood(text: str) -> None:
    answer = understood(parsed(text), None, None)
    assert len(answer["facts"]) >= 10
    assert len(json.dumps(answer)) < MAX_ANSWER_BYTES / 2


@pytest.mark.parametrize("text", LONG)
def test_the_words_of_a_fact_are_short_and_the_child_s_own(text: str) -> None:
    facts = understood(parsed(text), None, None)["facts"]
    words = [one["words"] for values in facts.values() for one in values]
    assert all(0 < len(said) <= MOST_SHOWN and said in text for said in words)


def test_only_so_many_values_of_a_fact_are_given() -> None:
    amounts = understood(parsed(SUMS[:LONGEST]), None, None)["facts"]["amount"]
    assert [one["value"] for one in amounts[:2]] == ["10 EUR", "11 EUR"]
    assert len(amounts) == MOST_VALUES


def test_a_danger_that_a_whole_long_message_says_points_at_no_words() -> None:
    assert understood(parsed("😭" * LONGEST), None, None)["danger"].keys().isdisjoint({"words"})
    assert understood(parsed("j'ai peur de mon père"), None, None)["danger"]["words"]
