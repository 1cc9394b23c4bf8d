"""The walk in conversation: one step at a time, questions answered, and back to the step."""

import pytest

from tests.actions import house
from tests.actions.stage import Conversation, fact, walking

FOUR = ["dont_pay", "dont_send", "keep_evidence", "contact_3018"]
DIGRESSIONS = [name for name in house.rules() if name.startswith(("ask_", "report_", "express_"))]
MOVED = {"ask_human", "ask_repeat"}
WORLDS = {
    "with_bot": {},
    "waiting": {"holder": "waiting", "ahead": 2},
    "night": {"desk_open": False, "line_open": False},
    "no_hours": {"desk_open": False, "desk_opens": None},
    "waiting_at_night": {"holder": "waiting", "desk_open": False, "line_open": False},
}


@pytest.mark.parametrize("intent", house.rules())
@pytest.mark.parametrize("world", WORLDS)
@pytest.mark.parametrize("step", [None, "safe_now", *FOUR])
def test_every_turn_speaks_words_that_exist(intent: str, world: str, step: str | None) -> None:
    talk = walking(step) if step else Conversation()
    for name, value in WORLDS[world].items():
        setattr(talk, name, value)
    for _ in range(3):
        spoken = talk.says(intent)
        assert spoken.replies
        assert set(spoken.names) <= set(house.responses())


@pytest.mark.parametrize("answer", ["cannot", "deny"])
def test_no_answer_is_a_dead_end(answer: str) -> None:
    talk = walking("dont_pay")
    given = [talk.says(answer).steps for _ in FOUR]
    assert given == [["dont_send"], ["keep_evidence"], ["contact_3018"], []]
    assert {talk.steps[step] for step in FOUR} == {"cannot" if answer == "cannot" else "refused"}


@pytest.mark.parametrize("answer", ["done", "affirm"])
def test_the_four_steps_one_a_message(answer: str) -> None:
    talk = walking("safe_now")
    given = [talk.says(answer).steps for _ in range(5)]
    assert given == [[step] for step in FOUR] + [[]]
    assert all(talk.steps[step] == "done" for step in FOUR)


@pytest.mark.parametrize("step", FOUR)
@pytest.mark.parametrize("intent", [name for name in DIGRESSIONS if name not in MOVED])
def test_a_digression_is_answered_and_leads_back_to_the_step(intent: str, step: str) -> None:
    talk = walking(step)
    spoken = talk.says(intent)
    assert spoken.names[0].startswith(f"utter_{intent}")
    assert spoken.steps == [step]
    assert talk.says("done").changes["steps"] == {step: "done"}


def test_a_step_that_is_never_answered_is_recalled_once() -> None:
    talk = walking("dont_pay")
    given = [talk.says("ask_will_publish").steps for _ in range(8)]
    assert given[:2] == [["dont_pay"], ["dont_send"]]
    assert given[-1] == []
    assert all(talk.steps[step] == "delivered" for step in FOUR)


@pytest.mark.parametrize("step", FOUR)
def test_asked_again_it_is_said_simpler(step: str) -> None:
    spoken = walking(step).says("ask_repeat")
    assert spoken.names == [f"utter_{step}_again"]
    assert spoken.steps == [step]


@pytest.mark.parametrize("step", FOUR)
def test_who_cannot_is_helped(step: str) -> None:
    assert walking(step).says("cannot").names[0] == f"utter_{step}_cannot"


@pytest.mark.parametrize("pause", ["later", "goodbye"])
def test_a_pause_says_no_step_and_the_next_word_takes_it_up(pause: str) -> None:
    talk = walking("dont_send")
    assert talk.says(pause).steps == []
    assert talk.says("greet").steps == ["dont_send"]


def test_who_has_had_enough_gets_no_step_until_wanted() -> None:
    talk = walking("dont_send")
    assert talk.says("quit").steps == []
    assert talk.says("thank").steps == []
    assert talk.says("report_threat").names == ["utter_report_threat", "utter_offer_steps"]
    assert talk.says("affirm").steps == ["dont_send"]


def test_what_was_told_words_the_steps() -> None:
    talk = walking("safe_now", facts={"evidence": fact("lost")})
    talk.says("report_payment")
    assert talk.says("affirm").names == ["utter_dont_pay_paid"]
    talk.says("affirm")
    assert talk.says("affirm").names == ["utter_keep_evidence_lost"]


def test_a_closed_3018_says_who_answers_now() -> None:
    talk = walking("keep_evidence", line_open=False)
    spoken = talk.says("done")
    assert spoken.names == ["utter_keep_evidence_done", "utter_contact_3018_closed"]
    for line in ("line_3018_opens", "line_119", "line_3114", "line_17", "line_112", "line_114"):
        assert f"{{{line}}}" in spoken.words


def test_a_friend_or_a_parent_is_never_told_to_do_it_themselves() -> None:
    talk = Conversation()
    talk.says("event_opened")
    said = [talk.says("report_for_other"), *(talk.says("affirm") for _ in range(5))]
    steps = [name for spoken in said for name, step in spoken.replies if step]
    assert len(steps) == len(FOUR) + 2
    assert all(name.endswith("_other") for name in steps)


def test_who_cannot_for_another_is_not_taken_for_the_victim() -> None:
    talk = walking("dont_pay", facts={"subject": fact("other")})
    assert talk.says("cannot").names[0] == "utter_step_cannot_other"


def test_after_the_last_step_more_help_is_offered_once() -> None:
    talk = walking("contact_3018")
    assert talk.says("affirm").names[-1] == "utter_go_further"
    assert talk.says("ask_take_down").names == ["utter_ask_take_down"]
    assert talk.says("affirm").names == ["utter_go_further_again"]


def test_the_memory_stays_small() -> None:
    talk = walking("dont_pay")
    for intent in [*house.rules()] * 3:
        talk.crisis, talk.danger = False, None
        talk.says(intent)
    assert len(str(talk.dialogue)) < 1500
