"""Harm to others, "je vais le tuer": usually anger. One check, then a person (facts.md 6.1)."""

import pytest

from tests.actions.stage import Conversation, Spoken, seen, walking

ASKED_URGENT = {"reason": "asked", "urgency": "high"}
ASKED = {"reason": "asked", "urgency": "normal"}


def angry() -> tuple[Conversation, Spoken]:
    """Give a conversation in which the api has seen anger, and what was answered to it."""
    talk = walking("dont_send")
    talk.danger = seen("danger_physical", "R1")
    return talk, talk.says("report_threat")


def test_it_is_never_answered_as_danger_from_the_author() -> None:
    _, spoken = angry()
    assert "Ne va pas voir" not in spoken.words
    assert "s'approche" not in spoken.words
    assert "{line_17}" not in spoken.words


def test_it_is_asked_about_once_before_anybody_is_called() -> None:
    _, spoken = angry()
    assert spoken.names[-2:] == ["utter_danger_physical_r1", "utter_question_anger"]
    assert spoken.handoff is None
    assert spoken.steps == []


@pytest.mark.parametrize("answer", ["affirm", "dont_know"])
def test_a_yes_or_a_doubt_calls_a_person(answer: str) -> None:
    talk, _ = angry()
    spoken = talk.says(answer)
    assert spoken.handoff == ASKED_URGENT
    assert "utter_crisis_yes_anger" in spoken.names
    assert spoken.changes["crisis"] is True


@pytest.mark.parametrize("answer", ["thank", "insult", "report_threat", "ask_will_publish"])
def test_what_is_no_clear_no_calls_a_person_too(answer: str) -> None:
    talk, _ = angry()
    assert talk.says(answer).handoff == ASKED


def test_a_no_ends_it_and_calls_nobody() -> None:
    talk, _ = angry()
    spoken = talk.says("deny")
    assert spoken.names == ["utter_crisis_no_anger", "utter_offer_steps"]
    assert spoken.handoff is None
    assert "{line_17}" not in talk.says("affirm").words


def test_danger_from_the_author_seen_after_it_is_answered_as_such() -> None:
    talk, _ = angry()
    assert "utter_danger_physical_r2" in talk.says("danger_physical").names
