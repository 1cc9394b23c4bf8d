"""`action_answer`: answers what the child asks or tells, in itself. The walk goes on after it.

Not for: which words answer what (`answers`).
"""

from actions import crisis
from actions.answers import answer
from actions.speaking import SpeakingAction
from actions.turn import Turn


def answer_in_crisis(turn: Turn) -> None:
    """Answer what holds no step. Help with the blackmail waits until it is asked for twice."""
    if crisis.is_answered(turn.intent, turn.danger):
        answer(turn, turn.intent)
    elif crisis.is_other_help(turn.intent) and turn.danger_now is None:
        _other_help(turn)


def _other_help(turn: Turn) -> None:
    times = turn.count("other_help")
    if not crisis.ends_by_insisting(turn.danger, times):
        turn.say("utter_crisis_first")
        return
    numbers = crisis.numbers(turn.danger)
    turn.end_crisis()
    turn.set_count("other_help", 0)
    answer(turn, turn.intent)
    turn.say(numbers)
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
            answer(turn, turn.intent)
