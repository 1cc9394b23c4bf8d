"""Reads a text the way the patterns are written: lower case, no accents, straight apostrophes.

Not for: correcting spelling. Every character stays where it was, so that what is found can be
shown in the child's own words.
"""

import unicodedata

STRAIGHT = str.maketrans(dict.fromkeys("’‘`´ʼ", "'"))


def read(text: str) -> str:
    """Give the text in plain characters, of the same length."""
    return "".join(map(_plain, text.translate(STRAIGHT)))


def _plain(character: str) -> str:
    if character in " \t\r\xa0\u202f":
        return " "
    # The first sign of the decomposition is the bare letter; "œ" and "ß" have none and stay.
    lowered = unicodedata.normalize("NFD", character.lower())
    return lowered[0] if lowered else character
