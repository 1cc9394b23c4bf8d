"""How a message looks as an SMS, and what a number sent back means.

For: numbered choices, the length an operator will count, and resolving an answer to a choice.
Not for: wording, which lives in the bot's domain, nor for understanding: what is not plainly one of
the choices offered last goes to the bot as it is.
"""

import re
import unicodedata
from collections.abc import Sequence

from api.channels.messages import Choice

# 3GPP TS 23.038: one character outside these two sets makes the whole message UCS-2, and a third as
# long. facts.md 7.4 names the French letters that fall out: ê ç â î ô û ë ï œ, and the curly ’.
_GSM7_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà",
)
_GSM7_EXTENDED = frozenset("\f^{}\\[~]|€")

_GSM7_ALONE, _GSM7_PART = 160, 153
_UCS2_ALONE, _UCS2_PART = 70, 67
_LAST_OF_ONE_UNIT = "\uffff"  # what comes after it, most emoji, takes two UCS-2 units

_APOSTROPHES = "'’‘ʼ`´"
_NOT_WORDS = re.compile(rf"[\s{_APOSTROPHES}.,;:!…-]+")
_NUMBER = re.compile(
    r"(?:(?:le|la|choix|numero|n°|option|reponse)\s*){0,2}\(?([1-9]\d?)\s*[.)!]?",
)


def as_sms(text: str, choices: Sequence[Choice]) -> str:
    """Return the text, then one numbered line a choice, counted from 1."""
    lines = [f"{number}. {choice.label}" for number, choice in enumerate(choices, start=1)]
    return "\n".join([text, *lines])


def is_gsm7(text: str) -> bool:
    return all(letter in _GSM7_BASIC or letter in _GSM7_EXTENDED for letter in text)


def segments(text: str) -> int:
    """Count the SMS that an operator makes of the text. facts.md 7.4 allows two at most."""
    if is_gsm7(text):
        widths = [2 if letter in _GSM7_EXTENDED else 1 for letter in text]
        return _packed(widths, _GSM7_ALONE, _GSM7_PART)
    widths = [2 if letter > _LAST_OF_ONE_UNIT else 1 for letter in text]
    return _packed(widths, _UCS2_ALONE, _UCS2_PART)


def _packed(widths: Sequence[int], alone: int, part: int) -> int:
    """Fill parts one by one: a character two units wide is never cut in half."""
    if sum(widths) <= alone:
        return 1
    count, room = 1, part
    for width in widths:
        if width > room:
            count, room = count + 1, part
        room -= width
    return count


def resolve_choice(text: str, choices: Sequence[Choice]) -> Choice | None:
    """Return the one choice that the text plainly is: its number, or its words.

    Case, accents, apostrophes and spaces do not count. Anything that is more, less or could be two
    of them is None: a wrong guess would mark a safety step as done (design.md 4.1, `force`).
    """
    meant = {
        choice for choice in choices if _same_words(text, choice.label, choice.text)
    } | _by_number(text, choices)
    return meant.pop() if len(meant) == 1 else None


def _by_number(text: str, choices: Sequence[Choice]) -> set[Choice]:
    number = _NUMBER.fullmatch(_plain(text).strip())
    if number is None:
        return set()
    place = int(number[1])
    return {choices[place - 1]} if place <= len(choices) else set()


def _same_words(text: str, *offered: str) -> bool:
    said = _squeezed(text)
    # "Et mes parents" for the choice "Et mes parents ?" is the same words; "C'est fait ?" for
    # "C'est fait" is a question and stays one.
    return said != "" and any(words in (said, f"{said}?") for words in map(_squeezed, offered))


def _squeezed(text: str) -> str:
    return _NOT_WORDS.sub("", _plain(text))


def _plain(text: str) -> str:
    """Lower case without accents, and without the frame around a keycap digit."""
    # Apostrophes first: NFKD would turn ´ into a space and a combining accent.
    split = unicodedata.normalize("NFKD", text.replace("´", "'"))
    kept = "".join(letter for letter in split if unicodedata.category(letter) not in {"Mn", "Me"})
    return kept.casefold().replace("œ", "oe")
