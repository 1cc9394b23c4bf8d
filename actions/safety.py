"""The answer to the question of safety, in whatever language: a yes is noted, the rest is danger.

Not for: asking it (`steps`), and not for a danger that is told of (`danger`).
"""

import re

from actions.turn import Turn

YES = frozenset({"affirm", "done"})
ANSWERS = YES | {"deny", "cannot", "dont_know"}

_NO = re.compile(r"\W*(?:n+|no+n*|na+n+|nop|pas (?:vraiment|trop|s[uû]re?))\b", re.IGNORECASE)


def is_answered(turn: Turn) -> bool:
    return turn.asked == "safe_now" and turn.intent in ANSWERS and not _denies_what_it_tells(turn)


def _denies_what_it_tells(turn: Turn) -> bool:
    """Whether the "no" is that of a fact: "jai pas payé", and not "non jai pas payé"."""
    told = turn.understood.get("facts") or {}
    denied = any(str(one["value"]) == "no" for values in told.values() for one in values)
    return turn.intent == "deny" and denied and _NO.match(turn.text) is None


def answer_safe_now(turn: Turn) -> None:
    """Anything but a yes is a doubt, and a doubt about safety is taken as danger (facts.md 2.2)."""
    if turn.intent in YES:
        turn.steps_changed["safe_now"] = "done"
        return
    turn.steps_changed["safe_now"] = "refused" if turn.intent == "deny" else "cannot"
    unsafe(turn, sure=turn.intent == "deny")


def unsafe(turn: Turn, *, sure: bool) -> None:
    """Give the numbers to a child who does not feel safe, or cannot tell; ask what it is."""
    turn.crisis = True
    # A doubt is taken as danger too (facts.md 2.2): a person is called either way.
    turn.call_person("danger", urgent=sure)
    turn.say(f"utter_danger_unknown{'_other' if turn.for_other else ''}")
    turn.say("utter_question_other" if turn.for_other else "utter_question_unknown")
    turn.ask("crisis_question")
    turn.hush()
