"""Answers what the child asks or tells, in itself. The walk goes on after it.

Not for: words, and not for moves ("oui", "c'est fait"), whose meaning hangs on what was asked.
"""

from actions import crisis
from actions.speaking import SpeakingAction
from actions.turn import Turn

# Answers that read otherwise when a friend, a parent or a teacher writes.
FOR_OTHER = frozenset(
    {
        "report_threat",
        "report_payment",
        "report_sent_more",
        "report_published",
        "report_fake_image",
        "report_known_author",
        "report_deadline",
        "express_fear",
        "express_shame",
        "ask_parents",
        "ask_school",
        "ask_police",
        "ask_pay",
        "ask_reply",
        "ask_screenshot",
        "ask_block_report",
        "ask_delete_account",
        "ask_take_down",
    }
)
# Answers that name the 3018, and must say so when it is closed.
BY_HOURS = frozenset({"report_published", "ask_3018"})


def response_to(intent: str, *, for_other: bool, line_open: bool) -> str:
    """Name the response that answers an intent."""
    if for_other and intent in FOR_OTHER:
        return f"utter_{intent}_other"
    if intent in BY_HOURS and not line_open:
        return f"utter_{intent}_closed"
    return f"utter_{intent}"


def answer(turn: Turn) -> None:
    """Say the answer to this turn's intent."""
    open_now = turn.line_open("3018")
    turn.say(response_to(turn.intent, for_other=turn.for_other, line_open=open_now))


def answer_in_crisis(turn: Turn) -> None:
    """Answer what holds no step. Help with the blackmail waits until it is asked for twice."""
    if crisis.is_answered(turn.intent, turn.danger):
        answer(turn)
    elif crisis.is_other_help(turn.intent) and turn.danger_now is None:
        _other_help(turn)


def _other_help(turn: Turn) -> None:
    times = turn.count("other_help")
    if not crisis.ends_by_insisting(turn.danger, times):
        turn.say("utter_crisis_first")
        return
    turn.crisis = False
    turn.set_count("other_help", 0)
    answer(turn)
    turn.say(crisis.numbers(turn.danger))
    turn.say("utter_offer_steps")
    turn.ask("go_on")
    turn.hush()


class ActionAnswer(SpeakingAction):
    def name(self) -> str:
        return "action_answer"

    def speak(self, turn: Turn) -> None:
        if turn.in_danger:
            answer_in_crisis(turn)
        else:
            answer(turn)
