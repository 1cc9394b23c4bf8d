"""How a word looks when it was typed in a hurry: a letter lost, or two that changed places.

For names that nothing else resembles ("transcash", "vendredi"), so that a lookup finds them. Not
for: short words, which a slip turns into other words, nor for SMS spelling (`spelling`).
"""

import re
from collections.abc import Iterator, Mapping

_SHORTEST_SWAPPED, _SHORTEST_CUT = 5, 6


def slips(word: str) -> Iterator[str]:
    """Give the word and what a slip makes of it, in the letters of `plain.read`."""
    yield word
    if len(word) >= _SHORTEST_SWAPPED:
        for at in range(len(word) - 1):
            yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if len(word) >= _SHORTEST_CUT:
        for at in range(len(word)):
            yield word[:at] + word[at + 1 :]


def lookup(words: Mapping[str, str]) -> dict[str, str]:
    """Give what each word means, under all of its slips; the word itself always wins."""
    slipped = {slip: meaning for word, meaning in words.items() for slip in slips(word)}
    return {**slipped, **words}


def shortened(word: str) -> str:
    """Give the word with every letter that is said longer cut to one: "snappp" is "snap"."""
    return re.sub(r"([^\W\d_])\1+", r"\1", word)
