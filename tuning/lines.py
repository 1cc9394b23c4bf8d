"""The lines to learn from, with what is known of each, and each in the ways it may be written.

Not for: pieces of words.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import yaml

from bot.understanding import labels, spelling
from bot.understanding.labels import LITERAL

CALM = "R0"
_MISTYPED = 0.2


class Line(NamedTuple):
    """A line to learn from."""

    text: str
    intent: str
    level: str
    facts: frozenset[str]
    writer: str


class Forms(NamedTuple):
    """A line as it reads, as it was written, and as it reads with a slip of the thumb."""

    read: str
    written: str
    mistyped: str


def lines(folder: Path) -> list[Line]:
    """Read all files of training data, in order of their names."""
    return [line for file in sorted(folder.glob("*.yml")) for line in _of(file)]


def forms(found: Sequence[Line], chance: Random) -> list[Forms]:
    return [
        Forms(spelling.read(one.text), one.text, spelling.read(mistyped(one.text, chance)))
        for one in found
    ]


def mistyped(text: str, chance: Random) -> str:
    """Swap, leave out or double a letter, or leave out a space, in one word of five."""
    return "".join(_with_slips(text.split(" "), chance)).strip()


def _with_slips(words: Iterable[str], chance: Random) -> Iterator[str]:
    for word in words:
        if len(word) <= 2 or chance.random() >= _MISTYPED:  # noqa: PLR2004 - nothing to slip on
            yield f"{word} "
            continue
        at = chance.randrange(len(word) - 1)
        before, one, two, after = word[:at], word[at], word[at + 1], word[at + 2 :]
        yield chance.choice(
            (
                f"{before}{two}{one}{after} ",
                f"{before}{two}{one}{after} ",
                f"{before}{two}{after} ",
                f"{before}{one}{one}{two}{after} ",
                word,
            )
        )


def _of(file: Path) -> Iterator[Line]:
    for entry in yaml.safe_load(file.read_text(encoding="utf-8"))["nlu"]:
        for said in entry["examples"].splitlines():
            line = labels.read(said.removeprefix("- "))
            if line is None:
                raise ValueError(f"{file.name}: a line of {entry['intent']} has no labels")
            facts = frozenset(
                f"{fact}={value}"
                for fact, values in line.facts.items()
                if fact not in LITERAL
                for value in values
            )
            yield Line(line.text, entry["intent"], line.danger or CALM, facts, line.writer)
