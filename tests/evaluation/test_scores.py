"""The scores count what they say they count."""

import pytest

from evaluation.counts import Found, Share
from evaluation.scores import calibration_error, confusions, facts, macro_f1, pairs, total
from tests.evaluation.sample import answer, message

MANY = 600


def test_all_right_is_one_and_all_wrong_is_nothing() -> None:
    assert macro_f1([("greet", "greet"), ("thank", "thank")]) == 1
    assert macro_f1([("greet", "thank"), ("thank", "greet")]) == 0


def test_every_intent_weighs_the_same() -> None:
    answered = [("greet", "greet")] * 98 + [("thank", "thank"), ("thank", "nlu_fallback")]
    assert macro_f1(answered) == pytest.approx((1 + 2 / 3) / 2)


def test_a_wrong_answer_costs_both() -> None:
    answered = [("greet", "greet"), ("greet", "thank"), ("thank", "thank")]
    assert macro_f1(answered) == pytest.approx(2 / 3)


def test_a_second_label_counts_as_right() -> None:
    judged = [message("ask_pay", "ask_reply"), message("ask_pay", "ask_reply"), message("greet")]
    said = [answer("ask_reply"), answer("ask_pay"), answer("thank")]
    assert pairs(judged, said) == [
        ("ask_reply", "ask_reply"),
        ("ask_pay", "ask_pay"),
        ("greet", "thank"),
    ]


def test_confusions_are_named_with_the_most_frequent_first() -> None:
    answered = [("a", "b"), ("a", "c"), ("a", "c"), ("a", "a")]
    assert confusions(answered) == [("a", "c", 2), ("a", "b", 1)]


def test_a_closed_value_must_be_the_same() -> None:
    judged = [message("report_payment", facts={"paid": ("yes",), "demand": ("money", "images")})]
    said = [answer("x", facts={"paid": [("no", "pas")], "demand": [("money", "fric")]})]
    found = facts(judged, said)
    assert found == {"paid": Found(0, 1, 1), "demand": Found(1, 0, 1)}
    assert total(found).f1 == pytest.approx(2 / 5)


@pytest.mark.parametrize(
    ("truth", "words"),
    [("200e", "200 E"), ("demain soir", "avant demain soir"), ("Paysafecard", "une paysafecard")],
)
def test_words_that_say_the_same_are_the_same(truth: str, words: str) -> None:
    found = facts(
        [message("x", facts={"amount": (truth,)})], [answer("x", facts={"amount": [("?", words)]})]
    )
    assert found["amount"] == Found(right=1)


@pytest.mark.parametrize(
    ("truth", "words"), [("200e", "20e"), ("demain soir", "demain"), ("e", "")]
)
def test_words_that_say_something_else_are_not(truth: str, words: str) -> None:
    found = facts(
        [message("x", facts={"amount": (truth,)})], [answer("x", facts={"amount": [("?", words)]})]
    )
    assert found["amount"] == Found(wrong=1, missed=1)


def test_that_it_is_oneself_is_nothing_said() -> None:
    found = facts([message("x")], [answer("x", facts={"subject": [("self", "moi")]})])
    assert total(found) == Found()


def test_confidence_that_comes_true_is_calibrated() -> None:
    # Two sorts of confidence, each right as often as it says: in one bin they would even out.
    sure = [answer("a", confidence=1)] * (MANY // 2)
    unsure = [answer("a" if n % 2 else "b", confidence=0.5) for n in range(MANY // 2)]
    assert calibration_error([message("a")] * MANY, [*unsure, *sure]) < 0.03


def test_what_evens_out_over_all_is_still_an_error() -> None:
    said = [answer("a", confidence=0.5), answer("b", confidence=0.5)] * (MANY // 4)
    said += [answer("a", confidence=0.6)] * (MANY // 4)
    said += [answer("b", confidence=0.4)] * (MANY // 4)
    assert calibration_error([message("a")] * MANY, said) > 0.15


def test_blind_confidence_is_an_error() -> None:
    said = [answer("b", confidence=0.9)] * 40
    assert calibration_error([message("a")] * 40, said) == pytest.approx(0.9)


def test_what_was_not_understood_is_not_sure_of_anything() -> None:
    said = [answer("nlu_fallback", confidence=0.9), answer("a", confidence=1)]
    assert calibration_error([message("a")] * 2, said) == 0


def test_the_interval_is_wilsons() -> None:
    low, high = Share(594, 600).interval
    assert (round(low, 4), round(high, 4)) == (0.9784, 0.9954)
    assert Share(600, 600).interval[1] == pytest.approx(1)
    assert Share(0, 0).interval == (0, 1)
