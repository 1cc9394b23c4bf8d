"""Reads SMS French: what a child has typed, as it would be spelled, and as it sounds.

"jlui ai envoyé mtn y veut 200e" is read "je lui ai envoyé maintenant il veut 200 e". A model is
given both, since each carries over to words that the other has never seen. Not for: finding words
to show (what is read has other places), and never for answering (facts.md 5.2).
"""

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bot.understanding.plain import STRAIGHT

_TABLE = Path(__file__).with_name("spelling.yml")
# Joiners, skin tones, variants of a sign.
_MODIFIERS = {"Cf", "Sk", "Mn"}
_LONGER = re.compile(r"([^\W\d_])\1{2,}")
_PIECE = r"\d+(?:[.,h]\d+)?|[^\W\d_]+(?:['-][^\W\d_]+)*(?:\d(?!\d))?|\S"
_VERB = (
    r"(?:a|va|veu[tx]?|voulai[ts]|dit|peu[tx]?|fai[ts]|est|sont|ont|m|m'\w+|me|ma|menace|demande)\b"
)
# "y veut" and "i veut" are "il veut"; "il y a", "ça y est", "vas-y" are what they are.
_HE = re.compile(
    rf"(?<![\w'-])(?<!\bil )(?<!\bon )(?<!\bça )(?<!\bca )(?<!\bils )(?<!\belle )[yi] (?={_VERB})"
)
# "jveux", "jcrois", "jpensais", "jarrive": "je" has lost its vowel. Not "jour", "jeune", "jamais".
_GLUED_I = re.compile(
    r"j'?((?:[bcdfghklmnpqrstvwz]|aim|arriv|attend|envo[iy]|habit|hesit|ose|oubli|esper|essa[iy]"
    r"|ecri|appel|avou|accept|entend|imagin)\w*)"
)
_GLUED_IT_IS = re.compile(
    r"c(pa|pas|trop|tro|mon|ma|pour|pr|quoi|qui|comment|vrai|nul|chaud|fini|bien)"
)
_GLUED_HE = re.compile(r"[yi](veu[tx]?|voulai[ts]|menace|demande|dit|va|ma|ont?|sont|peut|fait)")
_ELIDED = re.compile(r"(?<=\w)['-](?=\w)")

# From spelling to sound, in this order: what is said alike is to look alike.
_SOUNDS = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("ph", "f"),
        ("eau|au", "o"),
        ("(?:ain|ein|aim|un|in|im)(?![aeiouymn])", "1"),
        ("(?:en|an|em|am)(?![aeiouymn])", "2"),
        ("on(?![aeiouyn])", "3"),
        ("oi|oua|wa", "4"),
        ("ou", "u"),
        ("qu|q|k", "c"),
        ("(?:er|ez|et|aient|ait|ais|ai|est|es|ee?s?)$", "e"),
        ("ai|ei", "e"),
        ("c(?=[eiy])", "s"),
        ("g(?=[eiy])", "j"),
        ("gu(?=[aeio])", "g"),
        ("y", "i"),
        ("h", ""),
        (r"(.)\1+", r"\1"),
        ("[tdsxpz]+$", ""),
        ("e$", ""),
    )
)


def read(text: str) -> str:
    """Give the words as they would be spelled, in lower case, with one space between them."""
    for sign, words in _signs().items():
        text = text.replace(sign, f" {words} ")
    plain = _HE.sub("il ", _LONGER.sub(r"\1", _plain(text)))
    return " ".join(_word(token) for token in _tokens().findall(plain))


def sounds(read_text: str) -> str:
    """Give the sounds of what was read, word by word; numbers and signs stay."""
    return " ".join(_sound(word) for word in _ELIDED.sub(" ", read_text).split())


def without_accents(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(sign for sign in decomposed if unicodedata.category(sign) != "Mn")


def _plain(text: str) -> str:
    """Lower case, accents in one piece, straight apostrophes, no modifiers of signs."""
    composed = unicodedata.normalize("NFC", text.lower()).translate(STRAIGHT)
    return "".join(sign for sign in composed if unicodedata.category(sign) not in _MODIFIERS)


def _word(written: str) -> str:
    plain = without_accents(written)
    known = _words()
    if found := known.get(written) or known.get(plain):
        return found
    if glued := _GLUED_I.fullmatch(plain):
        return f"je {_word(glued[1])}"
    if glued := _GLUED_IT_IS.fullmatch(plain):
        return f"c'est {_word(glued[1])}"
    if glued := _GLUED_HE.fullmatch(plain):
        return f"il {_word(glued[1])}"
    if "k" in plain and len(plain) > 2 and plain not in _with_k():  # noqa: PLR2004 - "ok", "ko"
        return re.sub("k(?=[eéèi])", "qu", written).replace("k", "c")
    return written


def _sound(word: str) -> str:
    sound = without_accents(word)
    if not sound.isalpha():
        return sound
    for pattern, said in _SOUNDS:
        sound = pattern.sub(said, sound)
    return sound or word


@cache
def _tokens() -> re.Pattern[str]:
    # "2main", "a+": known words that the pattern would cut in two.
    odd = [re.escape(written) for written in _words() if not re.fullmatch(_PIECE, written)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(odd)})(?!\w)|{_PIECE}")


@cache
def _words() -> dict[str, str]:
    return _written("words")


@cache
def _signs() -> dict[str, str]:
    return _written("signs")


@cache
def _with_k() -> set[str]:
    return set(_table()["with_k"])


def _written(part: str) -> dict[str, str]:
    return {written: read for read, ways in _table()[part].items() for written in ways}


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    return table
