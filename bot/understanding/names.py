"""Finds names of platforms and of ways to pay, as children write them: "linsta", "trasncash".

The names are data: `names.yml`. Not for: amounts or times (`amounts`, `ultimatums`).
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import yaml

from bot.understanding import misspelt
from bot.understanding.found import Found

_TABLE = Path(__file__).with_name("names.yml")
_WORD = re.compile(r"[^\W\d_]+")
# "linsta", "dinsta", "sursnap": little words that a name is glued to.
_GLUED = ("sur", "mon", "son", "ton", "le", "un", "l", "d", "m", "s", "j")
_SHORTEST_GLUED = 4
# A general word says nothing beside the name itself: "un coupon neosurf".
_GENERAL = "coupon"


class _Names(NamedTuple):
    exact: dict[str, str]
    slipped: dict[str, str]
    patterns: list[tuple[str, re.Pattern[str]]]


def platforms(text: str) -> Iterator[Found]:
    """Find platforms in a plain text (see `plain.read`), under their normal names."""
    # A steam card is a way to pay, and "carte psn" is no console.
    cards = [found for found in methods(text) if found.value == "gift_card"]
    return (found for found in _find(text, "platform") if not found.overlaps(*cards))


def methods(text: str) -> Iterator[Found]:
    """Find ways to pay in a plain text, under their normal names."""
    found = _find(text, "payment_method")
    named = [one for one in found if one.value != _GENERAL]
    return iter(named or found)


def _find(text: str, fact: str) -> list[Found]:
    names = _names(fact)
    found: list[Found] = []
    for value, pattern in names.patterns:
        group = "name" if "name" in pattern.groupindex else 0
        told_here = (Found(value, *match.span(group)) for match in pattern.finditer(text))
        # The longest way to say it stands first: "carte google play", then "google play".
        found += [one for one in told_here if not one.overlaps(*found)]
    for match in _WORD.finditer(text):
        if (told := _named(names, match[0])) is not None:
            value, skipped = told
            one = Found(value, match.start() + skipped, match.end())
            if not one.overlaps(*found):
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def _named(names: _Names, word: str) -> tuple[str, int] | None:
    """Give the normal name, and how many letters stand before it."""
    if value := names.exact.get(word) or names.slipped.get(word):
        return value, 0
    if value := names.slipped.get(misspelt.shortened(word)):
        return value, 0
    for little in _GLUED:
        name = word.removeprefix(little)
        if name != word and len(name) >= _SHORTEST_GLUED and (value := names.exact.get(name)):
            return value, len(little)
    return None


@cache
def _names(fact: str) -> _Names:
    table = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))[fact]
    exact = {word: value for value, words in table["words"].items() for word in words}
    patterns = [
        (value, re.compile(pattern))
        for value, some in table["patterns"].items()
        for pattern in some
    ]
    return _Names(exact, misspelt.lookup(exact), patterns)
