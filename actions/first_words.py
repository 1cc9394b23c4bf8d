"""The first words of a conversation, before anything is answered (facts.md 7.4).

On SMS nobody knows who holds the phone: the first text is neutral and the answer waits for a word.
Not for: a danger. It is answered at once, whoever reads.
"""

from actions import answers, doubt
from actions.turn import FALLBACK, Turn

NOT_ALONE = frozenset({"deny", "later", "cannot", "goodbye", "quit", "dont_know"})
JUST_OK = frozenset({"affirm", "done", "greet", "thank"})
# Asked first, these are answered at once: their words tell a stranger nothing.
NEVER_HELD = frozenset({"ask_human"})


def may_go_on(turn: Turn) -> bool:
    """Say the first words if they are due; false when this message has its answer by that."""
    if turn.in_danger or turn.intent.startswith("event_"):
        return True
    if turn.asked == "alone":
        return _after_the_first_sms(turn)
    if not is_new(turn):
        return True
    turn.dialogue["opened"] = True
    return _first_sms(turn) if turn.channel == "sms" else _first_on_the_web(turn)


def is_new(turn: Turn) -> bool:
    """Whether nothing has been said: a lost memory does not make a conversation new."""
    return not turn.dialogue.get("opened") and not turn.known.get("steps")


def _first_on_the_web(turn: Turn) -> bool:
    turn.say("utter_opening")
    turn.say("utter_confidential")
    return True


def _first_sms(turn: Turn) -> bool:
    turn.say("utter_opening_private")
    if turn.intent in NEVER_HELD:
        return True
    turn.ask("alone")
    turn.dialogue["held"] = turn.intent
    turn.dialogue["held_doubt"] = doubt.danger_in(turn.readings)
    turn.hush()
    return False


def _after_the_first_sms(turn: Turn) -> bool:
    if turn.intent in NOT_ALONE:
        turn.say("utter_opening_not_alone")
        turn.hush()
        return False
    held, danger = turn.dialogue.pop("held", ""), turn.dialogue.pop("held_doubt", None)
    turn.say("utter_confidential")
    turn.ask(None)
    if danger is not None:
        # Asked about before anything else, whatever this message is; it is answered as in a crisis.
        doubt.ask_gently(turn, danger)
        return turn.intent not in JUST_OK
    if turn.intent not in JUST_OK or turn.foreign:
        return True
    _take_up(turn, held)
    return False


def _take_up(turn: Turn, held: str) -> None:
    """Answer what was written before the child could read, so that it need not be written again."""
    if answers.is_answerable(held):
        answers.answer(turn, held)
    elif held == FALLBACK:
        turn.say("utter_told")
    else:
        turn.say("utter_tell")
        turn.ask("tell")
        turn.hush()
