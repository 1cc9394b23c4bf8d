"""What the linear model and the encoder make of one text is weighed together."""

import math
from collections.abc import Mapping

import numpy as np
import pytest

from bot.understanding import decisions
from bot.understanding.decisions import Read, together
from bot.understanding.encoded import Encoded
from bot.understanding.meaning import Meaning, Scores
from tests.bot.test_meaning import LINES

INTENTS = ["ask_pay", "danger_home", "thank"]


@pytest.fixture(scope="module")
def learned() -> Meaning:
    meaning = Meaning()
    meaning.fit(LINES)
    return meaning


def likely(*chances: float) -> Scores:
    return np.array(chances, dtype=np.float32)


def logs(**chances: float) -> dict[str, float]:
    return {name: math.log(chance) for name, chance in chances.items()}


def encoded(
    intents: Mapping[str, float],
    levels: Mapping[str, float] | None = None,
    facts: Mapping[str, float] | None = None,
) -> Encoded:
    return Encoded(dict(intents), dict(levels or {}), dict(facts or {}))


def test_what_both_say_is_surer_than_what_one_says() -> None:
    both = together(INTENTS, likely(0.2, 0.6, 0.2), logs(ask_pay=0.2, danger_home=0.6, thank=0.2))
    assert both.sum() == pytest.approx(1)
    assert both[1] > 0.6


def test_the_surer_one_weighs_more() -> None:
    both = together(
        INTENTS, likely(0.3, 0.4, 0.3), logs(ask_pay=0.98, danger_home=0.01, thank=0.01)
    )
    assert both.argmax() == 0


def test_an_intent_that_the_encoder_does_not_know_stays_as_it_was() -> None:
    both = together(INTENTS, likely(0.5, 0.1, 0.4), logs(ask_pay=0.1, danger_home=0.9))
    assert both[2] == pytest.approx(0.4)
    assert both.sum() == pytest.approx(1)
    assert both[1] > 0.1


def test_of_other_intents_it_knows_nothing() -> None:
    before = likely(0.5, 0.1, 0.4)
    assert together(INTENTS, before, logs(an_intent_of_before=1.0)) == pytest.approx(before)


def test_no_chance_at_all_is_not_the_end() -> None:
    both = together(INTENTS, likely(0, 1, 0), logs(ask_pay=1.0, danger_home=1e-9, thank=1e-9))
    assert np.isfinite(both).all()


def read(meaning: Meaning, text: str, of_it: Encoded | None) -> Read:
    return decisions.read(meaning, text, of_it)


def test_a_danger_that_only_the_encoder_sees_is_seen(learned: Meaning) -> None:
    text = "merci pour tout"
    assert read(learned, text, None).danger is None
    intents = logs(danger_suicide=0.998, thank=0.0005, pay=0.0005, tell=0.001)
    sees = encoded(intents, logs(R0=0.01, R2=0.98, R3=0.01))
    danger = read(learned, text, sees).danger
    assert danger is not None
    assert danger.kind == "danger_suicide"


def test_the_encoder_hides_no_danger_that_the_linear_model_is_sure_of(learned: Meaning) -> None:
    denies = encoded(logs(danger_suicide=1e-9, thank=1.0, pay=1e-9, tell=1e-9))
    assert read(learned, "merci beaucoup", denies).danger is None
    danger = read(learned, "je veux mourir", denies).danger
    assert danger is not None
    assert danger.kind == "danger_suicide"


def test_the_encoder_lowers_no_level(learned: Meaning) -> None:
    text = "jvais mourir ce soir"
    alone = read(learned, text, None).danger
    intents = logs(danger_suicide=0.97, thank=0.01, pay=0.01, tell=0.01)
    calm = read(learned, text, encoded(intents, logs(R0=1e-9, R2=0.99, R3=1e-9))).danger
    assert alone is not None
    assert calm is not None
    assert (alone.level, calm.level) == ("R3", "R3")


def test_of_a_danger_that_both_see_either_can_say_that_it_is_now(learned: Meaning) -> None:
    text = "je veux mourir"
    intents = logs(danger_suicide=0.97, thank=0.01, pay=0.01, tell=0.01)
    calm = read(learned, text, encoded(intents, logs(R0=0.01, R2=0.9, R3=0.09))).danger
    now = read(learned, text, encoded(intents, logs(R0=1e-6, R2=1e-5, R3=0.99))).danger
    assert calm is not None
    assert now is not None
    assert (calm.level, now.level) == ("R2", "R3")


def test_a_fact_is_weighed_by_both(learned: Meaning) -> None:
    text = "jlui ai donné 50 euros"
    paid = ("paid", "yes")

    def score(odds: float) -> float:
        sees = encoded(logs(tell=1.0), facts={"paid=yes": odds})
        return next(one.score for one in read(learned, text, sees).facts if one.fact == paid)

    [alone] = [one.score for one in read(learned, text, encoded(logs(tell=1.0))).facts]
    assert score(6) > score(1)
    assert alone > decisions.TOLD
