"""Writes a message as a hurried hand would: accents dropped, letters swapped, spaces missing, SMS.

Pure and seeded: the same text, share and seed give the same noise. Not for: training data.
"""

import unicodedata
from collections.abc import Callable, Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path
from random import Random

from api import yaml_file

_TABLE = Path(__file__).with_suffix(".yml")
_GLUED = "glued"
# With fewer letters a swap leaves no word.
_LETTERS_TO_SWAP = 4

Changes = Callable[[str, Random], str]


def noisy(text: str, share: float, seed: int = 0, kinds: tuple[str, ...] = ()) -> str:
    """Change about `share` of the words, each in one way of `kinds` (all by default).

    A word that none of them can change is passed over for another.
    """
    chance = Random(f"{seed} {share} {text}")  # noqa: S311 - typing errors
    words = text.split()
    # Rounded by chance, so that short messages get their part too.
    wanted = int(share * len(words) + chance.random())
    order = chance.sample(range(len(words)), len(words))
    ways = list(kinds or KINDS)
    glued: set[int] = set()
    for place in order:
        if wanted <= 0:
            break
        for kind in chance.sample(ways, len(ways)):
            if kind == _GLUED and place + 1 < len(words):
                glued.add(place)
            elif (changed := CHANGES[kind](words[place], chance)) != words[place]:
                words[place] = changed
            else:
                continue
            wanted -= 1
            break
    return "".join(
        word + ("" if place in glued or place + 1 == len(words) else " ")
        for place, word in enumerate(words)
    )


def without_accents(word: str, _: Random) -> str:
    decomposed = unicodedata.normalize("NFD", word)
    return "".join(sign for sign in decomposed if unicodedata.category(sign) != "Mn")


def swapped(word: str, chance: Random) -> str:
    """Exchange two neighbouring letters; the first stays, as it mostly does."""
    if len(word) < _LETTERS_TO_SWAP:
        return word
    places = [
        at
        for at, (one, other) in enumerate(pairwise(word))
        if at and one.isalpha() and other.isalpha() and one.lower() != other.lower()
    ]
    if not places:
        return word
    at = chance.choice(places)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def abbreviated(word: str, _: Random) -> str:
    return _abbreviations().get(word.lower().replace("’", "'"), word)


def as_it_is(word: str, _: Random) -> str:
    """Leave it: what is glued changes between two words."""
    return word


CHANGES: Mapping[str, Changes] = {
    "accents": without_accents,
    "swapped": swapped,
    "abbreviated": abbreviated,
    _GLUED: as_it_is,
}
KINDS = tuple(CHANGES)


@cache
def _abbreviations() -> dict[str, str]:
    table: dict[str, str] = yaml_file.read(_TABLE)["abbreviations"]
    return table
