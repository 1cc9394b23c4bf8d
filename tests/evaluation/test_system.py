"""What the bot understood and what the phrases saw are one danger: the higher."""

import pytest

from api.danger.signals import Level, Signal
from evaluation.system import together
from tests.evaluation.sample import answer


def signal(level: Level, kind: str = "danger_suicide") -> Signal:
    return Signal(kind=kind, level=level, subject="self", words="", phrase="of a test")


def test_without_a_phrase_the_model_counts() -> None:
    said = answer("danger_home", level="R2")
    assert together(said, None) == said


@pytest.mark.parametrize("level", [Level.R2, Level.R3])
def test_a_phrase_makes_a_danger_of_what_the_model_took_for_something_else(level: Level) -> None:
    said = together(answer("ask_pay", confidence=0.4), signal(level))
    assert (said["intent"], said["confidence"]) == ("danger_suicide", 1.0)
    assert said["danger"] == {"kind": "danger_suicide", "level": level, "subject": "self"}


def test_the_higher_level_counts() -> None:
    now, later = answer("danger_home", level="R3"), answer("danger_home", level="R2")
    assert together(now, signal(Level.R2)) == now
    assert together(later, signal(Level.R3))["intent"] == "danger_suicide"


def test_an_idiom_leaves_the_intent_alone() -> None:
    said = together(answer("ask_parents", confidence=0.7), signal(Level.R1))
    assert (said["intent"], said["confidence"]) == ("ask_parents", 0.7)
    assert said["danger"] is not None
    assert said["danger"]["level"] == "R1"


def test_of_the_same_kind_the_model_says_how_sure_it_is() -> None:
    said = together(answer("danger_suicide", level="R2", confidence=0.6), signal(Level.R3))
    assert said["confidence"] == 0.6
