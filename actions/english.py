"""Which English words stand for a response, when a child writes in another language.

Pure. Few responses have any: danger and its numbers, the first words, a person. Not for: the words
themselves (bot/domain/languages.yml), and not for when they are said (`languages`).
"""

import re
from collections.abc import Mapping

from actions.crisis import FAMILIES

_WITH_NOW = frozenset({"life", "place", "care"})
_DESK = ("open", "closed", "closed_unknown")
_SAME: tuple[str, ...] = (
    "opening_private",
    "opening_not_alone",
    "program",
    "tell",
    *(f"human_{desk}" for desk in _DESK),
    *(f"human_already_{desk}" for desk in _DESK),
    *(f"danger_team_{desk}" for desk in _DESK),
    "ahead_none",
    "ahead_one",
    "ahead_some",
    "returned",
    "silence",
    "desk_closed",
    "desk_closed_unknown",
    "question_selfharm",
    "question_danger",
    "question_other",
    "question_anger",
)
_WORDS: Mapping[str, str] = {
    **{name: name for name in _SAME},
    "confidential": "opening",
    "meanwhile_3018": "meanwhile",
    "meanwhile_night": "meanwhile_night",
    "offer_steps": "person",
    "question_suicide": "question_life",
    "question_suicide_r1": "question_life",
    "question_other_child": "question_other",
    "not_understood_twice": "again",
    "question_unknown": "question_danger",
    "crisis_yes_anger": "yes_anger",
}
_DANGER = re.compile(r"(?P<kind>danger_\w+?)(_(?P<level>r[123]))?(_other)?")
_CRISIS = re.compile(
    r"(?P<what>presence|numbers|crisis_yes|crisis_no)_(?P<family>[a-z]+)(?P<now>_r3)?(_again)?"
)


def english(response: str) -> str | None:
    """Name the English response (it may be the one given); None when nothing is said."""
    if response.startswith("utter_en_"):
        return response
    name = response.removeprefix("utter_")
    words = _WORDS.get(name) or _of_a_crisis(name) or _of_a_danger(name)
    return f"utter_en_{words}" if words else None


def _of_a_danger(name: str) -> str | None:
    found = _DANGER.fullmatch(name)
    if found is None:
        return None
    # A gentle R1 of physical danger is anger at the author (`crisis`).
    angry = (found["kind"], found["level"]) == ("danger_physical", "r1")
    family = "anger" if angry else FAMILIES.get(found["kind"], "unknown")
    return _family(family, now=found["level"] == "r3")


def _of_a_crisis(name: str) -> str | None:
    found = _CRISIS.fullmatch(name)
    if found is None:
        return None
    if found["what"] == "crisis_no":
        return f"no_{found['family']}"
    now = bool(found["now"]) or found["what"] == "crisis_yes"
    if now:
        return _family(found["family"], now=True)
    return f"presence_{found['family']}"


def _family(family: str, *, now: bool) -> str:
    return f"danger_{family}{'_r3' if now and family in _WITH_NOW else ''}"
