"""Finds the facts that are figures: an amount of money, an ultimatum.

Not for: facts with a fixed list of values (see `facts.yml`), nor for turning an ultimatum into a
date, which needs to know what time it is (see `deadline`).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

# The facts that keep the child's words beside a normal form (understanding.md).
LITERAL = frozenset({"deadline", "amount", "platform", "payment_method"})


class Found(NamedTuple):
    """A value and where its words stand in the text."""

    value: str
    start: int
    end: int


_CURRENCIES = {"$": "USD", "dollar": "USD", "dollars": "USD", "usd": "USD", "cfa": "XOF"}
# "50e" is money and "4e" is a school class: the bare letter counts from two digits on.
_AMOUNT = re.compile(
    r"(?<![\d.,])(?P<number>\d{1,3}(?: \d{3})+|\d{1,6})(?:[.,]\d{1,2})? ?"
    r"(?P<currency>euros?\b|eur\b|€|balles\b|dollars?\b|usd\b|\$|f?cfa\b"
    r"|(?<=\d\d)e\b|(?<=\d\d )e\b)"
)

_SPREADS = (
    r"\b(?:balanc|post|publi|envoi|envoy|diffus|affich|leak|partag|expos|tout mettre)\w*"
    r"[^.!?\n]{0,40}?"
)
_LEAVES = (
    r"\b(?:avant|jusqu'? ?a|jusque|d'ici|(?:me|m'|nous) (?:laisse|donne)|j'?ai|il me reste"
    r"|plus que|dans|compte a rebours(?: de)?) (?:que |encore |jusqu'? ?a )?"
)
_CLOCK = r"(?P<hour>[01]?\d|2[0-3]) ?(?:h|heures?|:)(?: ?(?P<minute>[0-5]\d))?\b"
_WAIT = r"(?P<count>\d{1,2}|une?|deux) ?(?P<unit>h|heures?|min|mins|minutes?|mn)\b"
_WORDS = (
    r"(?P<words>minuit|ce soir|cette nuit|demain(?: matin| midi| soir)?|cet aprem"
    r"|la fin de (?:la )?(?:journee|semaine))\b"
)
_DEADLINES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:avant|jusqu'? ?a|jusque|d'ici) {_CLOCK}",
        rf"{_SPREADS}(?:a|vers|des) (?P<told>{_CLOCK})",
        rf"{_LEAVES}(?P<told>{_WAIT})",
        rf"\b(?:avant|jusqu'? ?a|jusque|d'ici) (?P<told>{_WORDS})",
        rf"{_SPREADS}(?P<told>{_WORDS})",
    )
)
_COUNTS = {"un": 1, "une": 1, "deux": 2}


def amounts(text: str) -> Iterator[Found]:
    """Find amounts in a plain text (see `plain.read`), as "50 EUR"."""
    for match in _AMOUNT.finditer(text):
        number = match["number"].replace(" ", "")
        currency = _CURRENCIES.get(match["currency"].removeprefix("f"), "EUR")
        yield Found(f"{int(number)} {currency}", match.start(), match.end())


def deadlines(text: str) -> Iterator[Found]:
    """Find ultimatums in a plain text: "20:00", "PT2H", or the words themselves."""
    taken: list[tuple[int, int]] = []
    for pattern in _DEADLINES:
        for match in pattern.finditer(text):
            start, end = match.span("told") if "told" in pattern.groupindex else match.span()
            if any(start < other_end and end > other for other, other_end in taken):
                continue
            taken.append((start, end))
            yield Found(_moment(match), start, end)


def _moment(match: re.Match[str]) -> str:
    parts = match.groupdict()
    if parts.get("hour"):
        return f"{int(parts['hour']):02}:{parts['minute'] or '00'}"
    if parts.get("count"):
        count = _COUNTS.get(parts["count"]) or int(parts["count"])
        return f"PT{count}{'H' if parts['unit'].startswith('h') else 'M'}"
    return "00:00" if parts["words"] == "minuit" else str(parts["words"])
