"""Not understood: one clarifying question, a danger asked about gently, twice in a row a person."""

import itertools

import pytest

from actions import crisis, doubt
from tests.actions import house
from tests.actions.stage import Conversation, Spoken, fact, seen, walking
from tests.actions.test_words import TWO_SEGMENTS

READINGS = ("ask_pay", "report_published")
LABELS = {
    button["payload"].removeprefix("/"): button["title"]
    for button in house.responses()["utter_unsure"][0]["buttons"]
}
MENU = {"utter_unsure", "utter_unsure_later"}


def lost(step: str = "dont_pay", readings: tuple[str, ...] = READINGS) -> Conversation:
    """Give a conversation in which a message was not understood after a step."""
    talk = walking(step)
    talk.says("nlu_fallback", readings=readings)
    return talk


@pytest.mark.parametrize("kind", crisis.FAMILIES)
@pytest.mark.parametrize("place", [0, 1])
def test_a_danger_is_asked_about_and_never_offered(kind: str, place: int) -> None:
    readings = ["ask_pay"]
    readings.insert(place, kind)
    spoken = walking("dont_pay").says("nlu_fallback", readings=tuple(readings))
    assert not MENU & set(spoken.names)
    assert spoken.names[-1].startswith("utter_question_")
    assert spoken.changes["crisis"] is True
    assert (spoken.handoff, spoken.steps) == (None, [])


def test_a_wish_to_die_is_asked_about_as_when_it_was_an_idiom() -> None:
    spoken = walking("dont_pay").says("nlu_fallback", readings=("danger_suicide", "ask_pay"))
    assert spoken.names == ["utter_danger_suicide_r1", "utter_question_suicide_r1"]


def test_an_r1_that_the_phrases_saw_is_asked_about_instead() -> None:
    talk = walking("dont_pay")
    talk.danger = seen("danger_suicide", "R1")
    spoken = talk.says("nlu_fallback", readings=READINGS)
    assert spoken.names[-1] == "utter_question_suicide_r1"


def doubted(kind: str, answer: str) -> Spoken:
    return lost(readings=(kind, "ask_pay")).says(answer)


@pytest.mark.parametrize(("kind", "family"), crisis.FAMILIES.items())
def test_a_yes_or_a_jsp_to_it_calls_a_person_with_the_numbers_of_its_kind(
    kind: str, family: str
) -> None:
    for answer in ("affirm", "dont_know"):
        spoken = doubted(kind, answer)
        assert spoken.names[0] == f"utter_crisis_yes_{family}"
        assert spoken.handoff == {"reason": "danger", "urgency": "high"}


@pytest.mark.parametrize(("kind", "family"), crisis.FAMILIES.items())
def test_a_no_to_it_ends_it(kind: str, family: str) -> None:
    talk = lost(readings=(kind, "ask_pay"))
    spoken = talk.says("deny")
    assert spoken.names == [f"utter_crisis_no_{family}", "utter_offer_steps"]
    assert spoken.changes["crisis"] is False
    assert talk.says("affirm").names == ["utter_dont_pay_again"]


def test_a_danger_that_the_desk_does_not_name_keeps_the_name_of_the_doubt() -> None:
    talk = lost(readings=("danger_suicide", "ask_pay"))
    talk.says("affirm")
    talk.danger = seen("danger_unknown")
    assert "utter_presence_life" in talk.says("thank").names


def test_not_understood_by_sms_before_the_ok_the_danger_is_asked_about_after_it() -> None:
    talk = Conversation(channel="sms")
    first = talk.says("nlu_fallback", readings=("danger_home", "ask_pay"))
    assert first.names == ["utter_opening_private"]
    assert talk.says("affirm").names[-1] == "utter_question_danger"


def test_the_question_offers_two_readings_something_else_and_a_person() -> None:
    spoken = walking("dont_pay").says("nlu_fallback", readings=READINGS)
    assert spoken.names == ["utter_unsure"]
    assert spoken.choices == [*READINGS, "deny", "ask_human"]
    assert spoken.handoff is None


@pytest.mark.parametrize(
    "readings", [("greet", "thank"), ("ask_pay", "insult"), ("deny", "affirm")]
)
def test_with_fewer_than_two_useful_readings_nothing_is_offered(readings: tuple[str, str]) -> None:
    spoken = walking("dont_pay").says("nlu_fallback", readings=readings)
    assert (spoken.names, spoken.choices) == (["utter_not_understood"], [])


def test_a_person_among_the_readings_is_offered_once() -> None:
    spoken = walking("dont_pay").says("nlu_fallback", readings=("ask_human", "ask_pay"))
    assert spoken.choices == ["ask_pay", "deny", "ask_human"]


def test_what_may_be_offered_has_its_words() -> None:
    assert set(LABELS) == {*doubt.OFFERED, *doubt.OTHERWISE}
    assert len(set(LABELS.values())) == len(LABELS)


@pytest.mark.parametrize("response", MENU)
def test_by_sms_every_question_fits_with_its_choices(response: str) -> None:
    text = house.responses()[response][0]["text"]
    for pair in itertools.combinations(doubt.OFFERED, 2):
        lines = [f"{n}. {LABELS[name]}" for n, name in enumerate([*pair, *doubt.OTHERWISE], 1)]
        assert len("\n".join([text, *lines])) <= TWO_SEGMENTS


def test_a_tapped_reading_is_answered_and_the_step_comes_back() -> None:
    spoken = lost().says("report_published")
    assert spoken.names == ["utter_report_published", "utter_dont_pay_again"]


def test_something_else_is_no_answer_to_the_step() -> None:
    talk = lost()
    spoken = talk.says("deny")
    assert spoken.names == ["utter_unsure_none"]
    assert spoken.changes["steps"] == {}
    assert talk.says("done").changes["steps"] == {"dont_pay": "done"}


def test_something_else_and_again_not_understood_is_a_person() -> None:
    talk = lost()
    talk.says("deny")
    assert talk.says("nlu_fallback", readings=READINGS).handoff is not None


def test_a_yes_to_two_readings_says_neither() -> None:
    spoken = lost().says("affirm")
    assert (spoken.names, spoken.choices[:2]) == (["utter_unsure_later"], [*READINGS])
    assert spoken.changes["steps"] == {}


@pytest.mark.parametrize("answer", ["affirm", "deny"])
def test_the_question_of_safety_is_asked_again_and_not_guessed(answer: str) -> None:
    spoken = lost("safe_now").says(answer)
    assert spoken.names == ["utter_safe_now_again"]
    assert spoken.changes["steps"] == {}


def test_a_jsp_is_still_a_doubt_about_safety() -> None:
    assert "utter_danger_unknown" in lost("safe_now").says("dont_know").names


def test_a_step_done_is_still_a_step_done() -> None:
    assert lost().says("done").changes["steps"] == {"dont_pay": "done"}


def test_mash_is_not_guessed_at() -> None:
    spoken = walking("dont_pay").says("nlu_fallback")
    assert (spoken.names, spoken.choices) == (["utter_unreadable"], [])


def test_mash_before_anything_is_told_begins_no_walk() -> None:
    talk = Conversation()
    talk.says("event_opened")
    spoken = talk.says("nlu_fallback")
    assert (spoken.names, spoken.steps) == (["utter_unreadable_tell"], [])
    assert talk.says("report_threat").steps == ["not_your_fault", "safe_now"]


def test_what_is_told_first_need_not_be_understood() -> None:
    talk = Conversation()
    talk.says("event_opened")
    spoken = talk.says("nlu_fallback", readings=READINGS)
    assert spoken.names == ["utter_told", "utter_not_your_fault", "utter_safe_now"]


def test_the_way_back_does_not_count_as_a_step_done() -> None:
    for readings in ((), ("greet", "thank")):
        spoken = lost(readings=readings).says("ask_repeat")
        assert spoken.steps == ["dont_pay"]
        assert spoken.changes["steps"] == {}


@pytest.mark.parametrize("first", [(), READINGS, ("greet", "thank")])
@pytest.mark.parametrize("second", [(), READINGS, ("greet", "thank")])
def test_twice_in_a_row_is_a_person(first: tuple[str, ...], second: tuple[str, ...]) -> None:
    spoken = lost(readings=first).says("nlu_fallback", readings=second)
    assert spoken.handoff == {"reason": "not_understood", "urgency": "normal"}
    assert spoken.names == ["utter_not_understood_twice", "utter_human_open"]


def test_twice_with_a_danger_the_second_time_is_a_person_and_the_question() -> None:
    spoken = lost().says("nlu_fallback", readings=("danger_suicide", "ask_pay"))
    assert spoken.handoff == {"reason": "not_understood", "urgency": "normal"}
    assert spoken.names[0] == "utter_human_open"
    assert spoken.names[-1] == "utter_question_suicide_r1"


@pytest.mark.parametrize("readings", [READINGS, ("greet", "thank")])
def test_the_apology_is_never_said_twice(readings: tuple[str, ...]) -> None:
    talk = walking("dont_pay")
    said = []
    for _ in range(5):
        said += talk.says("nlu_fallback", readings=readings).names + talk.says("thank").names
    assert sum(name in ("utter_unsure", "utter_not_understood") for name in said) == 1
    assert "utter_not_understood_twice" not in said


def test_in_a_crisis_it_is_presence() -> None:
    talk = walking("dont_pay")
    talk.says("danger_selfharm")
    assert "utter_presence_life" in talk.says("nlu_fallback", readings=READINGS).names


def test_who_writes_for_another_is_asked_about_the_other() -> None:
    talk = walking("dont_pay", facts={"subject": fact("other")})
    spoken = talk.says("nlu_fallback", readings=("danger_suicide", "ask_pay"))
    assert spoken.names == ["utter_danger_suicide_r1_other", "utter_question_other"]
