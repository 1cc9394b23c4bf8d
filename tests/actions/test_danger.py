"""Danger and crisis: the right numbers, no step in the same turn, and only two ways out."""

import pytest

from actions import crisis
from tests.actions import house
from tests.actions.stage import Conversation, Json, fact, seen, walking

STEPS = ("safe_now", "dont_pay", "dont_send", "keep_evidence", "contact_3018")
LEVELS = ("R1", "R2", "R3")
NUMBERS = {
    ("life", "R2"): {"line_3114"},
    ("life", "R3"): {"line_15", "line_112", "line_114", "line_3114"},
    ("place", "R2"): {"line_17", "line_112", "line_114"},
    ("place", "R3"): {"line_17", "line_112", "line_114"},
    ("care", "R2"): {"line_119"},
    ("care", "R3"): {"line_17", "line_112", "line_114", "line_119"},
}
CHILD_INTENTS = [name for name in house.rules() if not name.startswith("event_")]


def numbers(kind: str, level: str, subject: str = "other") -> set[str]:
    if (kind, level, subject) == ("danger_physical", "R1", "self"):
        return {"line_119"}  # anger at the author: no number that is against somebody
    return NUMBERS[crisis.FAMILIES[kind], "R3" if level == "R3" else "R2"]


def has(words: str, lines: set[str]) -> bool:
    return all(f"{{{line}}}" in words for line in lines)


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", crisis.FAMILIES)
@pytest.mark.parametrize("subject", ["self", "other"])
def test_no_step_and_the_right_numbers_at_every_step(
    step: str, kind: str, level: str, subject: str
) -> None:
    talk = walking(step)
    spoken = talk.says(kind, danger=seen(kind, level, subject))
    assert spoken.steps == []
    assert has(spoken.words, numbers(kind, level, subject))
    assert spoken.changes["crisis"] is True


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("kind", crisis.FAMILIES)
@pytest.mark.parametrize("intent", CHILD_INTENTS)
def test_no_step_in_a_crisis_whatever_the_child_writes(intent: str, kind: str, level: str) -> None:
    talk = walking("dont_send")
    talk.says(kind, danger=seen(kind, level))
    spoken = talk.says(intent)
    assert spoken.steps == []
    assert spoken.replies


@pytest.mark.parametrize("level", ["R2", "R3"])
@pytest.mark.parametrize("kind", crisis.FAMILIES)
@pytest.mark.parametrize("intent", CHILD_INTENTS)
def test_every_turn_of_a_crisis_gives_a_number(intent: str, kind: str, level: str) -> None:
    talk = walking("dont_pay")
    talk.says(kind, danger=seen(kind, level))
    assert "{line_1" in (words := talk.says(intent).words) or "{line_3114}" in words


@pytest.mark.parametrize("kind", crisis.FAMILIES)
def test_an_r3_is_never_ended_by_the_child(kind: str) -> None:
    talk = walking("dont_pay")
    talk.says(kind, danger=seen(kind, "R3"))
    for intent in ("deny", "ask_pay", "ask_pay", "ask_pay", "deny", "affirm", "deny"):
        assert talk.says(intent).changes["crisis"] is True


@pytest.mark.parametrize("intent", ["thank", "greet", "goodbye", "report_threat", "done", "later"])
def test_the_flow_never_ends_by_itself(intent: str) -> None:
    talk = walking("dont_pay")
    talk.says("danger_suicide")
    assert all(talk.says(intent).changes["crisis"] for _ in range(6))


@pytest.mark.parametrize("kind", crisis.FAMILIES)
def test_a_no_to_the_question_ends_the_flow_and_offers_the_steps(kind: str) -> None:
    talk = walking("dont_send")
    talk.says(kind)
    spoken = talk.says("deny")
    assert spoken.changes["crisis"] is False
    assert spoken.steps == []
    assert spoken.names[-1] == "utter_offer_steps"
    assert has(spoken.words, numbers(kind, "R2"))
    after = talk.says("affirm")
    assert after.steps == ["dont_send"]
    assert has(after.words, {"line_112"} if kind == "danger_physical" else numbers(kind, "R2"))


def test_a_no_to_another_question_does_not_end_it() -> None:
    talk = Conversation(crisis=True, danger=seen("danger_suicide"), steps={"dont_pay": "done"})
    assert talk.says("deny").changes["crisis"] is True


def test_asking_twice_for_the_other_help_ends_the_flow() -> None:
    talk = walking("dont_send")
    talk.says("danger_selfharm")
    assert talk.says("ask_screenshot").names[0] == "utter_crisis_first"
    spoken = talk.says("ask_screenshot")
    assert spoken.changes["crisis"] is False
    assert spoken.names == ["utter_ask_screenshot", "utter_numbers_life", "utter_offer_steps"]


@pytest.mark.parametrize("answer", ["affirm", "dont_know"])
def test_a_yes_or_a_doubt_calls_a_person_and_stays(answer: str) -> None:
    talk = walking("dont_pay")
    asked = talk.says("danger_suicide", danger=seen("danger_suicide", "R1"))
    assert asked.names[-1] == "utter_question_suicide_r1"
    assert asked.handoff is None
    spoken = talk.says(answer)
    assert spoken.handoff == {"reason": "danger", "urgency": "high"}
    assert spoken.changes["crisis"] is True
    assert "utter_crisis_yes_life" in spoken.names


def test_r3_is_one_message() -> None:
    talk = walking("dont_pay")
    spoken = talk.says("danger_suicide", danger=seen("danger_suicide", "R3"))
    assert spoken.names == ["utter_danger_suicide_r3"]
    assert spoken.handoff == {"reason": "danger", "urgency": "high"}


def test_r1_beside_another_intent_answers_it_and_asks_gently() -> None:
    talk = walking("dont_send")
    spoken = talk.says("ask_parents", danger=seen("danger_suicide", "R1"))
    assert spoken.names[0] == "utter_ask_parents"
    assert spoken.names[-1] == "utter_question_suicide_r1"
    assert spoken.steps == []


def test_parents_are_no_comfort_when_the_danger_is_at_home() -> None:
    talk = walking("dont_send")
    talk.says("danger_home")
    assert "utter_ask_parents" not in talk.says("ask_parents").names


@pytest.mark.parametrize(("answer", "urgency"), [("deny", "high"), ("dont_know", "normal")])
def test_not_safe_or_not_sure_is_taken_as_danger(answer: str, urgency: str) -> None:
    spoken = walking("safe_now").says(answer)
    assert spoken.changes["crisis"] is True
    assert spoken.steps == []
    assert has(spoken.words, {"line_17", "line_112", "line_114", "line_119", "line_3114"})
    assert spoken.handoff == {"reason": "danger", "urgency": urgency}


@pytest.mark.parametrize("text", ["jai pa payé", "j'ai rien envoyé", "pas encore payé"])
def test_a_no_to_something_else_leaves_the_question_of_safety_open(text: str) -> None:
    talk = walking("safe_now")
    spoken = talk.says("deny", text=text, facts={"paid": fact("no")})
    assert spoken.names == ["utter_safe_now_again"]
    assert spoken.changes["crisis"] is False
    assert spoken.changes["steps"] == {}
    assert spoken.handoff is None
    assert talk.says("deny", text="non").changes["crisis"] is True


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("non jai pa payé", {"paid": fact("no")}),
        ("NAN, rien envoyé", {"sent_more": fact("no")}),
        ("pas vraiment et je l'ai dit à personne", {"told_someone": fact("no")}),
        ("pas du tout il m'a retrouvé", {"author": fact("stranger")}),
    ],
)
def test_a_no_that_also_tells_something_is_still_a_no(text: str, told: Json) -> None:
    assert walking("safe_now").says("deny", text=text, facts=told).changes["crisis"] is True


@pytest.mark.parametrize("level", ["R1", "R2", "R3"])
def test_a_danger_that_no_words_have_named_is_answered(level: str) -> None:
    talk = walking("dont_pay")
    talk.crisis = True
    talk.danger = {"kind": "danger_unknown", "level": level, "subject": "self"}
    for intent in ("dont_know", "greet", "affirm"):
        spoken = talk.says(intent)
        assert spoken.names
        assert spoken.steps == []


def test_a_danger_that_words_name_later_is_spoken_of_by_its_name() -> None:
    talk = Conversation(crisis=True, danger=seen("danger_unknown"), steps={"dont_pay": "done"})
    spoken = talk.says("ask_parents", danger=seen("danger_suicide", "R1"))
    assert spoken.names[-1] == "utter_question_suicide"
    assert has(spoken.words, {"line_3114"})


def test_the_first_words_are_not_repeated_as_they_were() -> None:
    talk = walking("dont_pay")
    first = talk.says("danger_suicide")
    second = talk.says("danger_suicide")
    assert "utter_danger_suicide_r2" in first.names
    assert "utter_danger_suicide_r2" not in second.names
    assert has(second.words, {"line_3114"})


def test_a_person_ends_it_from_the_desk() -> None:
    talk = walking("dont_pay")
    talk.says("danger_physical", danger=seen("danger_physical", "R3"))
    spoken = talk.says("event_crisis_over")
    assert spoken.changes["crisis"] is False
    assert spoken.names == ["utter_offer_steps"]


def test_danger_as_the_first_message_is_answered_at_once_on_sms() -> None:
    talk = Conversation(channel="sms")
    spoken = talk.says("danger_suicide")
    assert spoken.names[0] == "utter_danger_suicide_r2"
    assert "utter_program" in spoken.names


def test_the_friend_of_a_child_in_danger_is_spoken_to_as_a_friend() -> None:
    talk = walking("dont_pay")
    spoken = talk.says("danger_suicide", danger=seen("danger_suicide", "R2", "other"))
    assert spoken.names[0] == "utter_danger_suicide_r2_other"
    assert spoken.names[-1] == "utter_question_other"


def test_a_fact_of_the_turn_does_not_wait_for_the_api() -> None:
    talk = walking("dont_pay")
    talk.says("affirm")
    assert talk.says("report_sent_more", facts={"sent_more": fact("yes")}).steps == ["dont_send"]


@pytest.mark.parametrize("intent", ["ask_parents", "report_threat", "done", "express_shame"])
def test_an_r1_that_the_phrases_saw_is_asked_about_once(intent: str) -> None:
    talk = walking("dont_send", danger=None)
    talk.danger = seen("danger_suicide", "R1")
    spoken = talk.says(intent)
    assert spoken.names[-2:] == ["utter_danger_suicide_r1", "utter_question_suicide_r1"]
    assert spoken.steps == []
    assert spoken.handoff is None
    assert talk.says("deny").changes["crisis"] is False
    assert "utter_question_suicide_r1" not in talk.says("affirm").names
