"""What is said of a person who is asked for: who comes and when, who waits, who answers now.

Not for: asking for one (`handoff`).
"""

from actions.turn import Turn
from actions.walk import next_steps


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
