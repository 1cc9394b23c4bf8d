"""A person: asked for, waited for, gone or back. Truthful about whether somebody is there.

Not for: deciding who comes, or when; the api does. Here a person is only asked for and announced.
"""

from actions.speaking import SpeakingAction
from actions.turn import Turn
from actions.walk import next_steps

TWICE = 2


def announce(turn: Turn) -> None:
    """Say once that a person is asked for, and offer to go on meanwhile."""
    turn.dialogue["announced"] = True
    turn.say(f"utter_waiting_{turn.desk_words}")
    say_queue(turn)
    if not turn.dialogue.get("wants"):
        offer_steps(turn)


def say_queue(turn: Turn) -> None:
    """How many wait before this child; nothing when nobody is there or it is not known."""
    ahead = turn.situation.get("ahead")
    if ahead is None or not turn.desk_open or not turn.waiting:
        return
    name = {0: "none", 1: "one"}.get(ahead, "some")
    turn.say(f"utter_ahead_{name}", ahead=str(ahead))


def offer_steps(turn: Turn) -> None:
    if next_steps(turn.ledger, turn.said, in_danger=turn.in_danger):
        turn.say("utter_waiting_offer")
        turn.ask("go_on")


def tell_of_person(turn: Turn) -> None:
    """Who comes and when; who answers right now when nobody is there."""
    already = "already_" if turn.waiting and turn.dialogue.get("announced") else ""
    turn.dialogue["announced"] = True
    turn.say(f"utter_human_{already}{turn.desk_words}")
    say_queue(turn)
    if not turn.desk_open and not already and not turn.in_danger:
        say_who_answers_now(turn)


def say_who_answers_now(turn: Turn) -> None:
    turn.say("utter_meanwhile_3018" if turn.line_open("3018") else "utter_meanwhile_night")


class ActionAskHuman(SpeakingAction):
    def name(self) -> str:
        return "action_ask_human"

    def speak(self, turn: Turn) -> None:
        turn.call_person("asked", urgent=turn.in_danger)
        tell_of_person(turn)
        if turn.in_danger:
            return  # the walk stays with the child, with the numbers
        if not turn.dialogue.get("wants"):
            offer_steps(turn)
        turn.hush()


class ActionNotUnderstood(SpeakingAction):
    """Once: an apology and the ways out. Twice in a row: a person."""

    def name(self) -> str:
        return "action_not_understood"

    def speak(self, turn: Turn) -> None:
        times = int(turn.dialogue.get("not_understood", 0)) + 1
        turn.dialogue["not_understood"] = times
        if times >= TWICE:
            turn.call_person("not_understood", urgent=turn.in_danger)
        if turn.in_danger:
            return
        if times >= TWICE:
            _give_up(turn, first=times == TWICE)
        elif turn.asked == "tell" or not (turn.asked or turn.known.get("steps")):
            # The first thing told needs no understanding to be believed: the walk begins.
            turn.say("utter_told")
        else:
            later = turn.count("not_understood") > 1
            turn.say("utter_not_understood_later" if later else "utter_not_understood")
            turn.hush()


def _give_up(turn: Turn, *, first: bool) -> None:
    if first:
        turn.say("utter_not_understood_twice")
    tell_of_person(turn)
    turn.hush()


class ActionReturned(SpeakingAction):
    """A counsellor has given the conversation back to the program."""

    def name(self) -> str:
        return "action_returned"

    def speak(self, turn: Turn) -> None:
        turn.dialogue["announced"] = False
        turn.dialogue["opened"] = True
        turn.say("utter_returned")
        if turn.in_danger:
            return
        if next_steps(turn.ledger, turn.said, in_danger=False):
            turn.say("utter_offer_steps")
            turn.ask("go_on")
        turn.hush()


class ActionDeskClosed(SpeakingAction):
    """The desk has closed while this child was waiting."""

    def name(self) -> str:
        return "action_desk_closed"

    def speak(self, turn: Turn) -> None:
        turn.dialogue["announced"] = True
        known = turn.situation["desk"].get("opens_at")
        turn.say("utter_desk_closed" if known else "utter_desk_closed_unknown")
        if turn.in_danger:
            return
        say_who_answers_now(turn)
        turn.hush()
