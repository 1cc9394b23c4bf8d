"""Which parts of a long message can be looked at by themselves: clauses, and stretches of a run-on.

A fact is told in a few words, and what stands around them would drown them. Pure.
"""

import re
from itertools import pairwise
from typing import NamedTuple

_BOUNDARY = re.compile(
    r"[,.;:!?…\n()«»\"]+|\b(?:mais|pcq|parce que|pck|psk|sinon|et|donc|dcp|du coup)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\S+")
_FEWEST_WORDS = 2
_LONGEST, _STRETCH, _STRIDE = 12, 10, 5
# So many characters of a message are shown as the words of a fact.
MOST_SHOWN = 200
_SHOWN = re.compile(rf"(?s:.{{0,{MOST_SHOWN - 1}}}\S)(?!\S)")


class Part(NamedTuple):
    """Where a part stands in its text."""

    start: int
    end: int


def parts(text: str) -> list[Part]:
    """Give the clauses, and each with the next one; none for a text that is one clause."""
    clauses = _clauses(text)
    pairs = [Part(one.start, other.end) for one, other in pairwise(clauses)]
    found = [stretch for clause in clauses for stretch in _stretches(text, clause)] + pairs
    return found if len(found) > 1 else []


def shown(text: str, part: Part) -> Part:
    """Cut a part to what is short enough to be shown: at a word's end, where it has one."""
    words = _SHOWN.match(text, part.start, part.end)
    return Part(part.start, words.end() if words else min(part.end, part.start + MOST_SHOWN))


def _clauses(text: str) -> list[Part]:
    starts = [0, *(boundary.end() for boundary in _BOUNDARY.finditer(text))]
    ends = [*(boundary.start() for boundary in _BOUNDARY.finditer(text)), len(text)]
    clauses = [Part(start, end) for start, end in zip(starts, ends, strict=True) if start < end]
    return [
        Part(words[0].start(), words[-1].end())
        for clause in clauses
        if len(words := _words(text, clause)) >= _FEWEST_WORDS
    ]


def _stretches(text: str, clause: Part) -> list[Part]:
    words = _words(text, clause)
    if len(words) <= _LONGEST:
        return [clause]
    firsts = range(0, len(words) - _STRIDE + 1, _STRIDE)
    return [
        Part(words[first].start(), words[first : first + _STRETCH][-1].end()) for first in firsts
    ]


def _words(text: str, part: Part) -> list[re.Match[str]]:
    return list(_WORD.finditer(text, part.start, part.end))
