"""The notation in which phrases are reviewed, turned into patterns over a reading.

`<name>` a group of words · `(a|b c)` one of these · `[a]` may be missing · `..` up to four words
between. Nothing else: what is made of it cannot take more than linear time.

Not for: deciding what a phrase means. Pure.
"""

import re
from collections.abc import Mapping

from api.danger.reading import Spelling, read

NOTATION = re.compile(
    r"<(?P<group>\w+)>|(?P<gap>\.\.)|(?P<mark>[()\[\]|])|(?P<words>[^<>()\[\]|.]+)"
)
GAP = r"(?:[^ ]+ ){0,4}"
MARKS = {"(": "(?:", ")": ")", "[": "(?:", "]": ")?", "|": "|"}

Groups = Mapping[str, tuple[str, ...]]


class NotationError(ValueError):
    """A reviewed phrase cannot be read; raised at load, so that no process starts without it."""


def expression(phrase: str, groups: Groups, spelling: Spelling) -> str:
    """Translate one phrase. Raises NotationError on an unknown group or a stray sign."""
    made, at = "", 0
    for found in NOTATION.finditer(phrase):
        if found.start() != at:
            break
        at = found.end()
        if found["group"]:
            made += group_expression(found["group"], groups, spelling)
        elif found["gap"]:
            made += GAP
        elif found["mark"]:
            made += MARKS[found["mark"]]
        else:
            made += literal(found["words"], spelling)
    if at != len(phrase):
        raise NotationError(f"cannot read {phrase!r} from character {at}")
    return made


def literal(words: str, spelling: Spelling) -> str:
    """Read plain words as a message is read. Raises when only skipped words would be left."""
    plain = read(words, spelling).line.removeprefix(" ")
    if words.strip() and not plain:
        raise NotationError(f"{words.strip()!r} is always skipped and cannot be looked for")
    return plain


def group_expression(name: str, groups: Groups, spelling: Spelling) -> str:
    """Translate a group into one alternative; a group may name others."""
    if name not in groups:
        raise NotationError(f"no group of words is called <{name}>")
    rest = {key: words for key, words in groups.items() if key != name}
    alternatives = {expression(words, rest, spelling): None for words in groups[name]}
    return "(?:" + "|".join(alternatives) + ")"


def compiled(phrase: str, groups: Groups, spelling: Spelling) -> re.Pattern[str]:
    """Compile one phrase to match whole words of a reading's line."""
    try:
        pattern = re.compile("(?<= )" + expression(phrase, groups, spelling))
    except re.error as unreadable:
        raise NotationError(f"unbalanced signs in {phrase!r}") from unreadable
    if pattern.match(" ", 1):
        raise NotationError(f"{phrase!r} would match anything")
    return pattern


def has_gap(phrase: str, groups: Groups) -> bool:
    """Tell whether words nobody reviewed may stand inside the phrase."""
    named = re.findall(r"<(\w+)>", phrase)
    return ".." in phrase or any(has_gap(words, groups) for name in named for words in groups[name])
