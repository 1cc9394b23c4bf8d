"""Reads numbers: "200", "1 500", "2 cent", "1k", "deux cents", "quatre-vingt-dix".

Not for: what is counted (`amounts`, `ultimatums`). Texts are plain ones (`plain.read`).
"""

import re

_WRITTEN = (
    "un:1 une:1 one:1 deux:2 deu:2 two:2 trois:3 troi:3 three:3 quatre:4 katre:4 cinq:5 sinq:5"
    " six:6 sept:7 huit:8 neuf:9 dix:10 onze:11 douze:12 treize:13 quatorze:14 quinze:15 kinze:15"
    " seize:16 vingt:20 vingts:20 vint:20 trente:30 trante:30 quarante:40 karante:40 cinquante:50"
    " cinkante:50 soixante:60 septante:70 huitante:80 octante:80 nonante:90"
)
_ONES = {word: int(number) for word, number in (one.split(":") for one in _WRITTEN.split())}
_HUNDREDS, _THOUSANDS = {"cent", "cents"}, {"mille", "milles"}
_WORD = "|".join(sorted({*_ONES, *_HUNDREDS, *_THOUSANDS}, key=len, reverse=True))
_FOUR, _TWENTY = 4, 20
# Nobody means more than that: a number without end is only typed.
_MOST = 10_000_000

IN_WORDS = rf"(?<![\w-])(?:{_WORD})(?:[ -]?(?:et[ -])?(?:{_WORD}))*(?![^\W\d_])"
IN_FIGURES = (
    r"(?:\d{1,3}(?:[ .]\d{3})+(?!\d)|\d{1,6}(?:[.,]\d{1,3})?(?!\d))"
    r"(?: ?(?:k|(?:cents?|milles?)(?= ?[^\W\d_])))?"
)


def value(written: str) -> float:
    """Give the number that `IN_WORDS` or `IN_FIGURES` has found, ten millions at most."""
    if not written[0].isdigit():
        return _spoken(written)
    thousand = re.fullmatch(r"\d{1,3}(?:[ .]\d{3})+", written)
    figures = re.match(r"\d+(?:[.,]\d+)?", written.replace(" ", "") if thousand else written)
    number = re.sub(r"[ .]", "", written) if thousand else figures[0] if figures else "0"
    factor = 1000 if re.search(r"k|mil", written) else 100 if "cent" in written else 1
    return min(float(number.replace(",", ".")) * factor, float(_MOST))


def _spoken(written: str) -> float:
    total = group = 0
    for word in re.findall(_WORD, written):
        if word in _THOUSANDS:
            total, group = total + max(group, 1) * 1000, 0
        elif word in _HUNDREDS:
            group = max(group, 1) * 100
        elif _ONES[word] == _TWENTY and group % 100 == _FOUR:
            group += 76
        else:
            group += _ONES[word]
        total, group = min(total, _MOST), min(group, _MOST)
    return float(min(total + group, _MOST))
