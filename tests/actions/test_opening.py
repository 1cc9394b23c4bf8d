"""The first words: neutral on SMS, a program everywhere, nothing lost of what was first asked."""

import re

import pytest

from tests.actions import house
from tests.actions.stage import Conversation

READINGS = ("ask_pay", "report_threat")
TELLING = re.compile(r"chantage|photo|image|menace|suicid|mourir|police|danger", re.IGNORECASE)


def test_the_first_sms_shows_nothing_of_the_subject() -> None:
    spoken = Conversation(channel="sms").says("report_threat")
    assert spoken.names == ["utter_opening_private"]
    assert spoken.steps == []
    assert not TELLING.search(spoken.words)


def test_who_cannot_read_alone_is_told_nothing() -> None:
    talk = Conversation(channel="sms")
    talk.says("report_threat")
    for intent in ("deny", "later", "dont_know"):
        spoken = talk.says(intent)
        assert spoken.names == ["utter_opening_not_alone"]
        assert not TELLING.search(spoken.words)


@pytest.mark.parametrize("first", ["ask_pay", "report_published", "express_shame"])
@pytest.mark.parametrize("ok", ["affirm", "done", "greet"])
def test_what_was_asked_first_is_answered_after_the_ok(first: str, ok: str) -> None:
    talk = Conversation(channel="sms")
    talk.says(first)
    spoken = talk.says(ok)
    assert spoken.names[:2] == ["utter_confidential", f"utter_{first}"]
    assert spoken.steps == ["not_your_fault", "safe_now"]


def test_writing_on_is_as_good_as_an_ok() -> None:
    talk = Conversation(channel="sms")
    talk.says("greet")
    spoken = talk.says("report_threat")
    assert spoken.names[:2] == ["utter_confidential", "utter_report_threat"]


@pytest.mark.parametrize("first", [name for name in house.rules() if name[:6] != "event_"])
def test_whatever_comes_first_by_sms_the_walk_begins(first: str) -> None:
    talk = Conversation(channel="sms")
    names = talk.says(first).names + talk.says("affirm").names + talk.says("report_threat").names
    assert set(names) <= set(house.responses())


def test_a_hello_by_sms_is_asked_what_happens() -> None:
    talk = Conversation(channel="sms")
    talk.says("greet")
    assert talk.says("affirm").names == ["utter_confidential", "utter_tell"]
    assert talk.says("nlu_fallback", readings=READINGS).steps == ["not_your_fault", "safe_now"]


def test_a_person_asked_for_first_is_asked_for_at_once() -> None:
    spoken = Conversation(channel="sms").says("ask_human")
    assert spoken.names[0] == "utter_opening_private"
    assert spoken.handoff == {"reason": "asked", "urgency": "normal"}


def test_the_page_says_that_it_is_a_program_and_its_one_limit() -> None:
    spoken = Conversation().says("event_opened")
    assert spoken.names == ["utter_opening", "utter_confidential", "utter_tell"]
    assert "programme, pas une personne" in spoken.words
    assert "Une seule limite" in spoken.words


def test_the_opening_is_said_once() -> None:
    talk = Conversation()
    talk.says("event_opened")
    assert "utter_opening" not in talk.says("report_threat").names


def test_a_page_that_was_not_announced_opens_with_the_first_message() -> None:
    spoken = Conversation().says("report_threat")
    assert spoken.names[:3] == ["utter_opening", "utter_confidential", "utter_report_threat"]


def test_a_lost_memory_does_not_open_again() -> None:
    talk = Conversation(steps={"not_your_fault": "delivered", "safe_now": "done"})
    assert talk.says("report_threat").names == ["utter_report_threat", "utter_dont_pay"]


@pytest.mark.parametrize("level", ["R1", "R2"])
def test_danger_before_the_first_words_still_says_it_is_a_program(level: str) -> None:
    talk = Conversation(channel="sms")
    danger = {"kind": "danger_suicide", "level": level, "subject": "self"}
    assert "utter_program" in talk.says("danger_suicide", danger=danger).names
    assert "utter_program" not in talk.says("thank").names


def test_hello_is_not_a_walk_the_first_time() -> None:
    talk = Conversation()
    talk.says("event_opened")
    assert talk.says("greet").names == ["utter_greet_tell"]
    assert talk.says("greet").steps == ["not_your_fault", "safe_now"]


def test_the_first_sms_fits_a_lock_screen() -> None:
    text = house.responses()["utter_opening_private"][0]["text"]
    assert not TELLING.search(text)
    assert text[:40] == "Bonjour, c'est le service que tu as cont"
