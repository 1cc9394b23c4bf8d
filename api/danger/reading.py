"""How a child's spelling is read: plain French words, each knowing the characters it came from.

Not for: correcting what is stored or shown. The child's own characters are never changed; this is
only the form in which phrases are compared. Pure, and linear in the length of the text.
"""

import unicodedata
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby

APOSTROPHES = "'’‘ʼ`´′"
LAUGHTER = frozenset("😂🤣😹😆")
LAUGHED = "mdr"
LIGATURES = {"œ": "oe", "æ": "ae"}
DIGITS_AS_LETTERS = str.maketrans("01345@$€", "oieasase")
SHORTEST_GLUED, LONGEST_GLUED = 6, 32
SPELLED_OUT = 4
SHORTEST_ENDING = 4
SHORTEST_STEM = 3
VOWELS = "aeiouy"

Table = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Spelling:
    """The reading tables: `words` gives the plain French of an SMS word (fillers give nothing).

    `glued` are the words that may stand stuck together ("jeveuxmourir"), `torn` those that may be
    written in two ("mou rir").
    """

    words: Table
    glued: frozenset[str] = frozenset()
    torn: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Piece:
    """A run of characters of the child's text, folded to plain small letters."""

    letters: str
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """The words as one line, " je veux mourir ", and where each stood in the child's text."""

    line: str = field(repr=False)
    offsets: tuple[int, ...] = field(repr=False)
    spans: tuple[tuple[int, int], ...] = field(repr=False)

    def word_at(self, offset: int) -> int:
        """Return the index of the word that covers this offset of the line."""
        return bisect_right(self.offsets, offset) - 1

    def span(self, first: int, last: int) -> tuple[int, int]:
        """Return where words `first` to `last` (both included) stand in the child's text."""
        return self.spans[first][0], max(end for _, end in self.spans[first : last + 1])


@lru_cache(maxsize=4096)
def folded(character: str) -> str:
    """Give the small letters or digits of one character; "" when invisible, " " when neither."""
    if character in APOSTROPHES:
        return "'"
    plain = ""
    for part in unicodedata.normalize("NFKD", character).casefold():
        category = unicodedata.category(part)
        if part in LIGATURES:
            plain += LIGATURES[part]
        elif category[0] in "LN" or part in "@$€*'":
            plain += part
        elif category not in {"Mn", "Cf", "Me"}:
            plain += " "
    return plain


def pieces(text: str) -> list[Piece]:
    """Cut at whatever is no letter; an apostrophe ends its piece and stays on it ("j'")."""
    found: list[Piece] = []
    letters, start, end = "", 0, 0
    for index, character in enumerate(text):
        plain = folded(character)
        if character in LAUGHTER:
            found += [Piece(letters, start, end)] if letters else []
            found.append(Piece(LAUGHED, index, index + 1))
            letters = ""
        elif plain and not plain.isspace() and "'" not in plain:
            start = start if letters else index
            letters, end = letters + plain.replace(" ", ""), index + 1
        elif plain and letters:
            found.append(Piece(letters + ("'" if plain == "'" else ""), start, end))
            letters = ""
    return [*found, Piece(letters, start, end)] if letters else found


def squeezed(letters: str) -> str:
    """Take every repeated letter once: "mouriiir" and "mourrir" are read as "mourir"."""
    return "".join(letter for letter, _ in groupby(letters))


def spelled_out(found: list[Piece]) -> list[Piece]:
    """Join what was written letter by letter ("m o u r i r"), four letters or more."""
    joined: list[Piece] = []
    for single, group in groupby(found, key=lambda piece: len(piece.letters) == 1):
        run = list(group)
        if single and len(run) >= SPELLED_OUT:
            letters = "".join(piece.letters for piece in run)
            joined.append(Piece(letters, run[0].start, run[-1].end))
        else:
            joined += run
    return joined


def mended(found: list[Piece], torn: frozenset[str]) -> list[Piece]:
    """Join two pieces that together are a word which may be torn ("mou rir")."""
    whole: list[Piece] = []
    for piece in found:
        if whole and squeezed(whole[-1].letters + piece.letters) in torn:
            left = whole.pop()
            whole.append(Piece(left.letters + piece.letters, left.start, piece.end))
        else:
            whole.append(piece)
    return whole


def heard(letters: str) -> str:
    """Give one form to what sounds alike: "veux/veut", "tuer/tué/tuez", "envie/envi".

    French endings are silent and the first thing a hurried or a young child gets wrong. Phrases
    are read by the same rule, so the form itself is never seen by anyone.
    """
    short = squeezed(letters)
    if len(short) < SHORTEST_ENDING:
        return short
    stem = short.rstrip("stxdz")
    if (stem == short and short.endswith(("er", "ie"))) or stem.endswith("ie"):
        return stem[:-1]
    return stem if len(stem) >= SHORTEST_STEM else short


def unglued(letters: str, glued: frozenset[str]) -> list[str]:
    """Split words stuck together into known ones, the longest first; [] when it cannot be."""
    best: list[list[str] | None] = [[], *([None] * len(letters))]
    for end in range(1, len(letters) + 1):
        for start in range(end):
            head = best[start]
            if head is not None and letters[start:end] in glued:
                best[end] = [*head, letters[start:end]]
                break
    return best[-1] or []


def digits_as_letters(letters: str) -> str:
    """Read "su1cide" and "tu€r"; an hour or a sum ("20h", "50€") is left as it is."""
    if letters.isalpha() or not letters[0].isalpha():
        return letters
    return letters.translate(DIGITS_AS_LETTERS)


def plain_words(letters: str, spelling: Spelling) -> tuple[str, ...]:
    """Read one piece: by the table, then by its sound, then as "j" and a verb, then unglued."""
    bare = digits_as_letters(letters.rstrip("'") or "'")
    for form in (letters, letters.rstrip("'"), bare, squeezed(bare), heard(bare)):
        if form in spelling.words:
            return spelling.words[form]
    short = squeezed(bare.strip("'*"))
    if len(short) > LONGEST_GLUED:
        return (heard(short),)
    if len(short) >= SHORTEST_STEM and short[0] == "j" and short[1] not in VOWELS:
        return (*plain_words("j'", spelling), *plain_words(short[1:], spelling))
    parts = unglued(short, spelling.glued) if len(short) >= SHORTEST_GLUED else []
    if parts and parts != [short]:
        return tuple(word for part in parts for word in plain_words(part, spelling))
    return (heard(short),) if short else ()


def read(text: str, spelling: Spelling) -> Reading:
    """Read a message. A word said twice in a row is one word; fillers leave no trace."""
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    for piece in mended(spelled_out(pieces(text)), spelling.torn):
        for word in plain_words(piece.letters, spelling):
            if words and words[-1] == word:
                spans[-1] = (spans[-1][0], piece.end)
            else:
                words.append(word)
                spans.append((piece.start, piece.end))
    offsets, at = [], 1
    for word in words:
        offsets.append(at)
        at += len(word) + 1
    return Reading(" " + "".join(word + " " for word in words), tuple(offsets), tuple(spans))
