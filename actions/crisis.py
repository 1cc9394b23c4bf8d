"""The crisis flow: what a danger is, which words it takes, and the only two ways it ends.

Pure; not for lowering a danger, which only a person at the desk does. Rules: design of the crisis
flow, facts.md 6.1 and 6.2.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

LEVELS = ("R1", "R2", "R3")
# Which numbers and words belong to a kind.
FAMILIES: Mapping[str, str] = {
    "danger_suicide": "life",
    "danger_selfharm": "life",
    "danger_physical": "place",
    "danger_home": "care",
    "danger_runaway": "care",
    "danger_other_child": "care",
}
# The api knows of a danger that no words have named: a child who does not feel safe.
UNKNOWN = "unknown"
# "je vais le tuer": anger at the author, not danger from them (facts.md 6.1, harm to others).
ANGER = "anger"
QUESTIONS: Mapping[str, str] = {
    "danger_suicide": "utter_question_suicide",
    "danger_selfharm": "utter_question_selfharm",
    "danger_other_child": "utter_question_other_child",
}
# Questions that are answered even in a crisis: they hold no step, and silence about who reads or
# who will know would break trust. The parents are no comfort when the danger is at home.
ANSWERED = frozenset(
    {"ask_bot", "ask_privacy", "ask_erase", "ask_3018", "ask_school", "ask_police"}
)
ANSWERED_UNLESS_CARE = frozenset({"ask_parents"})
OTHER_HELP = frozenset(
    {
        "ask_pay",
        "ask_reply",
        "ask_will_publish",
        "ask_will_it_stop",
        "ask_refund",
        "ask_screenshot",
        "ask_block_report",
        "ask_delete_account",
        "ask_take_down",
        "ask_fake_image_law",
    }
)
ASKED_TWICE = 2


@dataclass(frozen=True)
class Danger:
    """A danger as the api knows it or as this message shows it."""

    kind: str
    level: str
    subject: str

    @classmethod
    def read(cls, value: Mapping[str, Any] | None) -> Self | None:
        if not value:
            return None
        return cls(value["kind"], value.get("level") or "R2", value.get("subject") or "self")

    @property
    def family(self) -> str:
        if (self.kind, self.level, self.subject) == ("danger_physical", "R1", "self"):
            return ANGER
        return FAMILIES.get(self.kind, UNKNOWN)


def worse(known: Danger | None, seen: Danger | None) -> Danger | None:
    """Give the danger to speak of: the higher level, or what was just written when equal.

    A danger that no words had named is the one that they name now, and as grave.
    """
    if known is None or seen is None:
        return seen or known
    lower = LEVELS.index(known.level) > LEVELS.index(seen.level)
    if lower and known.family == UNKNOWN:
        return replace(seen, level=known.level)
    return known if lower else seen


def first_words(danger: Danger) -> str:
    """Name the response to a danger just seen. A gentle R1 is for suicide, or anger."""
    gentle = danger.level == "R1" and (danger.kind == "danger_suicide" or danger.family == ANGER)
    level = "r1" if gentle else "r3" if danger.level == "R3" else "r2"
    other = danger.subject == "other" and danger.kind != "danger_other_child"
    if danger.family == UNKNOWN:
        return f"utter_danger_unknown{'_other' if other else ''}"
    return f"utter_{danger.kind}_{level}{'_other' if other else ''}"


def question(danger: Danger | None) -> str:
    """Name the one direct question; a "non" to it ends the flow."""
    if danger is None:
        return "utter_question_danger"
    if danger.subject == "other" and danger.kind != "danger_other_child":
        return "utter_question_other"
    if danger.level == "R1" and danger.kind == "danger_suicide":
        return "utter_question_suicide_r1"
    if danger.family == ANGER:
        return "utter_question_anger"
    return QUESTIONS.get(danger.kind, "utter_question_danger")


def presence(danger: Danger | None, times: int) -> str:
    """Name what is said while the crisis goes on; `times` counts from 1, so that it varies."""
    family = danger.family if danger else UNKNOWN
    level = "_r3" if danger and danger.level == "R3" and family != UNKNOWN else ""
    return f"utter_presence_{family}{level}{'' if times % 2 else '_again'}"


def answer_words(danger: Danger | None, *, yes: bool) -> str:
    """Name the response to a yes (or "jsp") or a no to the direct question."""
    family = danger.family if danger else UNKNOWN
    return f"utter_crisis_{'yes' if yes else 'no'}_{family}"


def numbers(danger: Danger | None) -> str:
    """Name the short line that keeps the numbers in view after the flow has ended."""
    return f"utter_numbers_{danger.family if danger else UNKNOWN}"


def ends_by_no(danger: Danger | None, asked: str | None) -> bool:
    """Tell whether a no ends the flow: only to the direct question, never in an R3."""
    return asked == "crisis_question" and not goes_on(danger)


def ends_by_insisting(danger: Danger | None, times_asked: int) -> bool:
    """Tell whether asking again for the other help ends the flow; never in an R3."""
    return times_asked >= ASKED_TWICE and not goes_on(danger)


def goes_on(danger: Danger | None) -> bool:
    """Whether only a person can end the flow."""
    return danger is not None and danger.level == "R3"


def is_answered(intent: str, danger: Danger | None) -> bool:
    """Whether a question has its own answer in the middle of a crisis."""
    care = danger is not None and danger.family == "care"
    return intent in ANSWERED or (intent in ANSWERED_UNLESS_CARE and not care)


def is_other_help(intent: str) -> bool:
    """Whether the message asks for help with the blackmail itself rather than with the danger."""
    return intent in OTHER_HELP
