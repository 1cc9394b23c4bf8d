"""A message in another language than French: the essentials in English, then a person.

What such a message means is not trusted, but for a danger, for asking for a person and for
the answer to the question of safety. Not for: the words of a danger, whose flow is the same in
every language (`danger`; `english` finds its words).
"""

from actions import doubt, safety
from actions.turn import Turn
from actions.waiting import tell_of_person

AGAIN = 2


def answer(turn: Turn) -> None:
    """Answer in English, in at most three messages; the second time a person is asked for."""
    if safety.is_answered(turn):
        # Asked in French or not, it is answered once.
        turn.ask(None)
        safety.answer_safe_now(turn)
    if turn.in_danger:
        return
    if turn.intent == "ask_human":
        turn.call_person("asked")
        tell_of_person(turn)
    elif doubt.gentle(turn) is not None:
        return  # the walk asks about what the phrases have seen
    elif (kind := doubt.danger_in(turn.readings)) is not None:
        doubt.ask_gently(turn, kind)
    elif (times := turn.count("foreign")) < AGAIN:
        _say_the_essentials(turn)
    else:
        _call_a_person(turn, first=times == AGAIN)
    turn.hush()


def close(turn: Turn) -> None:
    """Close a turn that no message starts: no step, and never without a word."""
    if not turn.dialogue.get("spoken"):
        turn.say("utter_en_person")
    turn.hush()


def _say_the_essentials(turn: Turn) -> None:
    if not turn.dialogue.get("spoken"):
        # What the page said first was French, too.
        turn.say("utter_en_opening")
    turn.say("utter_en_essentials")
    turn.say("utter_en_help" if turn.line_open("3018") else "utter_en_help_closed")


def _call_a_person(turn: Turn, *, first: bool) -> None:
    if not turn.waiting:
        turn.call_person("not_understood")
    if first:
        turn.say("utter_en_again")
    tell_of_person(turn)
