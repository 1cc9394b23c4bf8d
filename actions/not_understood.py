"""A message that is not understood: one clarifying question; twice in a row: a person.

Not for: what it may mean (bot/readings.py), nor for the answer to the question (`moves`).
"""

from actions import doubt
from actions.speaking import SpeakingAction
from actions.turn import Turn
from actions.waiting import tell_of_person

TWICE = 2
READINGS = 2


class ActionNotUnderstood(SpeakingAction):
    def name(self) -> str:
        return "action_not_understood"

    def speak(self, turn: Turn) -> None:
        times = int(turn.dialogue.get("not_understood", 0)) + 1
        turn.dialogue["not_understood"] = times
        if times >= TWICE:
            turn.call_person("not_understood", urgent=turn.in_danger)
        if turn.in_danger:
            return
        if doubt.gentle(turn) is not None:
            return  # the walk asks about what the phrases have seen
        kind = doubt.danger_in(turn.readings)
        if kind is not None:
            _ask_about(turn, kind, person=times == TWICE)
        elif times >= TWICE:
            _give_up(turn, first=times == TWICE)
        elif turn.asked == "tell" or not (turn.asked or turn.known.get("steps")):
            _believe(turn)
        else:
            _ask_once(turn)


def _ask_about(turn: Turn, kind: str, *, person: bool) -> None:
    if person:
        tell_of_person(turn)
    doubt.ask_gently(turn, kind)


def _give_up(turn: Turn, *, first: bool) -> None:
    if first:
        turn.say("utter_not_understood_twice")
    tell_of_person(turn)
    turn.hush()


def _believe(turn: Turn) -> None:
    """Begin the walk: the first thing told needs no understanding to be believed."""
    if turn.readings:
        turn.say("utter_told")
        return
    turn.say("utter_unreadable_tell")
    turn.ask("tell")
    turn.hush()


def _ask_once(turn: Turn) -> None:
    """Ask what is meant: of two readings that can be offered, else with the ways out."""
    readings = doubt.useful(turn.readings)
    later = turn.count("not_understood") > 1
    if not turn.readings:
        turn.say("utter_unreadable")
    elif len(readings) == READINGS:
        doubt.offer(turn, readings, "utter_unsure_later" if later else "utter_unsure")
    else:
        turn.say("utter_not_understood_later" if later else "utter_not_understood")
    turn.hush()
