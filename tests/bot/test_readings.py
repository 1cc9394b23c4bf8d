"""What a message may mean when the model is not sure; of mash only a danger, of signs nothing."""

from typing import Any

import pytest
from rasa.core.agent import Agent

from bot.readings import DANGER_SHARE, readings, threshold_of
from bot.understood import understood
from tests.bot.asking import forced, turn
from tests.bot.services import Bot

THRESHOLD = 0.2


def parsed(*own: tuple[str, float], text: str = "il fo que jfass koi") -> dict[str, Any]:
    """Give a parse as Rasa makes it: its doubt stands before a ranking that is not sure."""
    ranking = [{"name": name, "confidence": confidence} for name, confidence in own]
    if own[0][1] < THRESHOLD:
        ranking.insert(0, {"name": "nlu_fallback", "confidence": THRESHOLD})
    return {"text": text, "intent": ranking[0], "intent_ranking": ranking, "entities": []}


@pytest.mark.parametrize("certainty", [0.9, 0.21, 0.1])
def test_mash_has_no_reading(certainty: float) -> None:
    own = [("nlu_fallback", certainty), ("ask_pay", 0.05), ("greet", 0.04)]
    assert readings(parsed(*own), THRESHOLD) == []


@pytest.mark.parametrize("certainty", [0.7, 0.21, 0.16])
def test_mash_does_not_hide_a_likely_danger(certainty: float) -> None:
    likely, trace = DANGER_SHARE * 0.6, DANGER_SHARE * 0.4
    own = [("nlu_fallback", certainty), ("danger_home", likely), ("greet", 0.07)]
    assert readings(parsed(*own, ("danger_suicide", trace)), THRESHOLD) == ["danger_home"]


def test_a_trace_of_a_danger_in_mash_is_no_reading() -> None:
    own = [("nlu_fallback", 0.5), ("danger_home", DANGER_SHARE / 2), ("greet", 0.07)]
    assert readings(parsed(*own), THRESHOLD) == []


@pytest.mark.parametrize("text", ["", "???", "😭", "🆘 !!", "…"])
def test_signs_without_a_letter_have_no_reading(text: str) -> None:
    own = [("ask_repeat", 0.1), ("ask_pay", 0.09)]
    assert readings(parsed(*own, text=text), THRESHOLD) == []


def test_what_is_understood_has_no_other_reading() -> None:
    assert readings(parsed(("ask_pay", 0.7), ("ask_refund", 0.1)), THRESHOLD) == []


def test_the_two_likeliest_are_read() -> None:
    own = [("ask_pay", 0.15), ("ask_refund", 0.1), ("greet", 0.09)]
    assert readings(parsed(*own), THRESHOLD) == ["ask_pay", "ask_refund"]


def test_mash_as_one_guess_among_others_is_no_reading() -> None:
    own = [("ask_pay", 0.15), ("nlu_fallback", 0.1), ("greet", 0.09)]
    assert readings(parsed(*own), THRESHOLD) == ["ask_pay", "greet"]


def test_dangers_that_are_likely_together_are_among_them_by_the_likeliest() -> None:
    half = DANGER_SHARE / 2
    own = [("ask_pay", 0.15), ("ask_refund", 0.1), ("danger_home", half), ("danger_suicide", half)]
    assert readings(parsed(*own), THRESHOLD) == ["danger_home", "ask_pay"]


def test_a_trace_of_a_danger_is_no_reading() -> None:
    trace = DANGER_SHARE / 3
    own = [("ask_pay", 0.15), ("danger_home", trace), ("danger_suicide", trace), ("greet", 0.01)]
    assert readings(parsed(*own), THRESHOLD) == ["ask_pay", "greet"]


def test_the_threshold_is_that_of_the_model(agent: Agent) -> None:
    assert threshold_of(agent) == 0.3


def test_a_turn_that_is_not_understood_has_readings(bot: Bot) -> None:
    answered = bot.answer({"mode": "understand", "texts": ["wxk", "???", "bonjour"]})

    doubted, signs, known = answered["understood"]
    assert (doubted["intent"], len(doubted["readings"])) == ("nlu_fallback", 2)
    assert (signs["intent"], signs["readings"]) == ("nlu_fallback", [])
    assert (known["intent"], known["readings"]) == ("greet", [])


def test_a_tap_has_no_reading(bot: Bot) -> None:
    assert bot.answer(forced("done", "wxk"))["understood"]["readings"] == []


def test_the_language_is_french_unless_the_model_says_otherwise(bot: Bot) -> None:
    assert bot.answer(turn())["understood"]["language"] == "fr"
    english = {**parsed(("greet", 0.9)), "language": "en"}
    assert understood(english, None, None)["language"] == "en"
