"""A person: never promised, announced once, truthful; steps while waiting only if wanted."""

import pytest

from tests.actions.stage import Conversation, walking


def waiting(**world: object) -> Conversation:
    talk = walking("dont_send")
    talk.holder = "waiting"
    for name, value in world.items():
        setattr(talk, name, value)
    return talk


def test_waiting_is_announced_once() -> None:
    talk = waiting()
    assert "utter_waiting_open" in talk.says("report_threat").names
    assert all("utter_waiting_open" not in talk.says("report_threat").names for _ in range(4))


def test_no_step_while_waiting_unless_wanted() -> None:
    talk = waiting()
    assert talk.says("express_fear").names[-1] == "utter_waiting_offer"
    assert talk.says("deny").names == ["utter_waiting_left"]
    assert talk.says("thank").steps == []
    assert talk.says("ask_pay").steps == []


def test_the_steps_go_on_while_waiting_if_wanted() -> None:
    talk = waiting()
    talk.says("express_fear")
    assert talk.says("affirm").steps == ["dont_send"]
    assert talk.says("done").steps == ["keep_evidence"]


def test_who_answers_a_step_while_waiting_is_taken_at_their_word() -> None:
    spoken = waiting().says("done")
    assert spoken.changes["steps"] == {"dont_send": "done"}
    assert spoken.names == ["utter_waiting_open", "utter_keep_evidence"]


@pytest.mark.parametrize(
    ("ahead", "words"),
    [(None, None), (0, "utter_ahead_none"), (1, "utter_ahead_one"), (6, "utter_ahead_some")],
)
def test_the_queue_is_told_as_it_is(ahead: int | None, words: str | None) -> None:
    names = waiting(ahead=ahead).says("ask_human").names
    assert [name for name in names if "ahead" in name] == ([words] if words else [])


@pytest.mark.parametrize(
    ("world", "words"),
    [
        ({}, "utter_human_open"),
        ({"desk_open": False}, "utter_human_closed"),
        ({"desk_open": False, "desk_opens": None}, "utter_human_closed_unknown"),
    ],
)
def test_asked_for_a_person_it_says_whether_one_is_there(
    world: dict[str, object], words: str
) -> None:
    talk = walking("dont_pay", **world)
    spoken = talk.says("ask_human")
    assert spoken.names[0] == words
    assert spoken.steps == []
    assert spoken.handoff == {"reason": "asked", "urgency": "normal"}


@pytest.mark.parametrize(
    ("world", "words"),
    [({}, "utter_meanwhile_3018"), ({"line_open": False}, "utter_meanwhile_night")],
)
def test_nobody_there_says_who_answers_now(world: dict[str, object], words: str) -> None:
    talk = walking("dont_pay", desk_open=False, **world)
    assert words in talk.says("ask_human").names


def test_asked_again_it_is_not_announced_as_new() -> None:
    talk = walking("dont_pay")
    talk.says("ask_human")
    assert talk.says("ask_human").names[0] == "utter_human_already_open"


def test_in_a_crisis_a_person_is_called_at_once_and_the_numbers_stay() -> None:
    talk = walking("dont_pay")
    talk.says("danger_suicide")
    spoken = talk.says("ask_human")
    assert spoken.handoff == {"reason": "asked", "urgency": "high"}
    assert "{line_3114}" in spoken.words


def test_a_return_to_the_program_is_announced_and_asks_before_going_on() -> None:
    talk = waiting()
    talk.says("thank")
    talk.holder = "with_bot"
    spoken = talk.says("event_returned")
    assert spoken.names == ["utter_returned", "utter_offer_steps"]
    assert talk.says("affirm").steps == ["dont_send"]


def test_the_desk_closing_says_who_answers_now() -> None:
    spoken = waiting(desk_open=False, line_open=False).says("event_desk_closed")
    assert spoken.names == ["utter_desk_closed", "utter_meanwhile_night"]


def test_who_wants_nobody_any_more_ends_the_wait() -> None:
    assert waiting().says("quit").handoff == {"reason": "declined", "urgency": "normal"}
    assert walking("dont_send").says("quit").handoff is None
