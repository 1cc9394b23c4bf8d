"""What a turn of the bot may change: the child's word on a step, never how far a message came."""

from itertools import product

import pytest

from api.conversation.steps import StepState
from api.danger.signals import Level, Signal
from api.dialogue.replies import crisis_after, forced, step_changes
from api.dialogue.shapes import Changes, Force


@pytest.mark.parametrize("state", ["pending", "sent", "delivered", "", "DONE", "anything"])
def test_the_bot_does_not_say_how_far_a_message_has_come(state: str) -> None:
    assert step_changes(Changes(steps={"dont_pay": state})) == {}


def test_the_child_s_word_on_a_step_is_kept() -> None:
    said = {"dont_pay": "done", "dont_send": "refused", "block": "cannot", "safe_now": "sent"}
    assert step_changes(Changes(steps=said)) == {
        "dont_pay": StepState.done,
        "dont_send": StepState.refused,
        "block": StepState.cannot,
    }


@pytest.mark.parametrize(
    ("crisis", "level", "said"), list(product((False, True), (None, *Level), (False, True)))
)
def test_only_an_r3_keeps_up_a_crisis_that_the_dialogue_ends(
    level: str | None, *, crisis: bool, said: bool
) -> None:
    kept_up = crisis and not said and level == "R3"
    assert crisis_after(crisis=crisis, level=level, said=said) is (said or kept_up)


def signal(level: Level) -> Signal:
    return Signal("danger_home", level, "other", words="…", phrase="test")


def test_a_plain_message_forces_nothing() -> None:
    assert forced(None, None) is None


def test_r1_changes_no_intent() -> None:
    assert forced(signal(Level.R1), None) is None
    assert forced(signal(Level.R1), "done") == Force(intent="done")


@pytest.mark.parametrize("level", [Level.R2, Level.R3])
@pytest.mark.parametrize("tapped", [None, "done"])
def test_a_danger_goes_before_a_tap(level: Level, tapped: str | None) -> None:
    assert forced(signal(level), tapped) == Force(
        intent="danger_home", level=level.value, subject="other"
    )
