"""Finds amounts of money: "50e", "200 balles", "deux cents euros", "il en veut 400".

Not for: who pays, or whether anybody did.
"""

import re
from collections.abc import Iterator

from bot.understanding import misspelt, numbers
from bot.understanding.found import Found

_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}
_CURRENCIES = {
    **misspelt.lookup({"euro": "EUR", "euros": "EUR", "balles": "EUR", "dollars": "USD"}),
    **dict.fromkeys(("eur", "euroo", "balle", "bal", "boules", "keus"), "EUR"),
    **dict.fromkeys(("dollar", "usd", "bucks"), "USD"),
    **dict.fromkeys(("pounds", "quid"), "GBP"),
    **dict.fromkeys(("cfa", "fcfa"), "XOF"),
    **dict.fromkeys(("chf", "francs"), "CHF"),
    **dict.fromkeys(("piasse", "piasses"), "CAD"),
    "lei": "RON",
    "btc": "BTC",
    "robux": "ROBUX",
    "євро": "EUR",
    **_SIGNS,
}
_COUNTED = re.compile(
    rf"(?<![\d.,])(?P<number>{numbers.IN_FIGURES}|{numbers.IN_WORDS})"
    r"(?P<gap> ?)(?P<currency>[€$£]|[^\W\d_]+)"
)
_SIGN_FIRST = re.compile(r"(?P<currency>[€$£]) ?(?P<number>\d{1,6}(?:[.,]\d{1,2})?)\b")

_ASKED = (
    r"\b(?:j|m|r)?(?:veu[tx]?|v(?:e|o)|voul\w+|(?:re)?d?e?m[ae]nd\w*|reclam\w*|exig\w*|pay\w*|pai\w*"
    r"|don+\w*|fil(?:e[rs]?|ee|a)|lach\w*|vers\w*|propos\w*|baiss\w*|raqu\w*|trouv\w*|vise|coute"
    r"|wants?|paid|sent|pede)\b"
)
_LITTLE = (
    r"(?: (?:lui|leur|moi|encore|deja|que|qu'|a|de|d|les|ses|mes|genre|juste|environ|en|tjr|foi"
    r"|une|derniere|fois|pour|pr|mnt|mtn))*"
)
_MEANS = (
    r"(?:pcs|transcash|neo ?surf|pay ?safe ?(?:card)?|paypal|lydia|revolut|western|btc|bitcoins?"
    r"|cryptos?|coupons?|cartes? (?:google(?: play)?|apple|steam|cadeau\w*|psn))"
)
_BY_MEANS = (
    r"(?:deja )?(?:partis? )?(?:en|par|sur|via|de|on) (?:codes? |coupons? |recharges? )?" + _MEANS
)
# Whatever else is counted has its noun behind it; behind money stands nothing, or a little word.
_ALONE = (
    r"(?![\w%]|[.,:/]\d|-\d| ?[x*]\d)(?= *(?:$|[^\w %'/+-]|\+|(?:sinon+|sinn?|ou|pr|pour|ki|qui"
    r"|en|par|sur|et|e|mais|me|mes|mai|de plus|a|au|jusko|avant|avan|ce|se|j\w*|lui|i|il|y|elle"
    r"|on|que|k|ke|kil|t|tu"
    r"|maintenant|mtn|d'abord|demain|hier|ier|la|ya|c|sa|ca|dessu\w*|chaque|par|possible|sont"
    r"|soient|reviennent|puis|pui|by|if|sera|senao)\b))"
)
_BARE = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_ASKED}{_LITTLE} (?P<number>[1-9]\d{{1,3}}|\d k|[1-9] ?\d{{3}}){_ALONE}",
        r"\bbaiss\w* de (?P<number>\d{2,4}) a \d",
        rf"\b(?:baisse|passe|passer|descend)\w*(?: de \d{{2,4}})? a (?P<number>\d{{2,4}}){_ALONE}",
        rf"\bde (?P<number>\d{{2,4}}) a \d{{2,4}}{_ALONE}",
        rf"\b(?P<number>[1-9]\d{{1,3}}) {_BY_MEANS}",
        rf"\b{_MEANS},? (?:de |a |pour )?(?P<number>[1-9]\d{{1,3}}){_ALONE}",
        rf"\b(?:les|total|prix|juste|somme de|au lieu de) (?P<number>[1-9]\d{{1,3}}){_ALONE}",
        r"\b(?P<number>[1-9]\d{1,3}) (?:au lieu de \d|d'abord\b|by \w+day\b)",
        r"\b(?:a eu|mis|recu|donne) (?P<number>[1-9]\d?0) ?(?=de m|,|$)",
        rf"{_ASKED}(?: lui| leur| encore| que)* (?P<number>[2-9]) ?e\b",
    )
)
_BEHIND_E = re.compile(
    r"\s*(?:$|[^\w ]|(?:en|par|pour|pr|sinon|sinn?|sur|ou|de plus|avant|et|cash|chaque)\b)"
)
# "la 11e fois", "en 5e", "12e arrondissement"
_RANK = re.compile(r"\b(?:l[ae]|au|du|mon|ma|son|sa|en|un|une)\s*$")
_HELPLINES = {"3018", "3114", "3117", "3919", "3020"}


def amounts(text: str) -> Iterator[Found]:
    """Find amounts in a plain text (see `plain.read`), as "50 EUR"."""
    taken: list[Found] = []
    for found in (*_with_currency(text), *_without(text)):
        if not found.overlaps(*taken):
            taken.append(found)
    return iter(sorted(taken, key=lambda found: found.start))


def _with_currency(text: str) -> Iterator[Found]:
    for match in (*_COUNTED.finditer(text), *_SIGN_FIRST.finditer(text)):
        word = match["currency"]
        currency = _CURRENCIES.get(word) or _CURRENCIES.get(misspelt.shortened(word))
        if currency is None and word == "e" and _is_euro(text, match):
            currency = "EUR"
        if currency is not None and not _is_idle(text, match):
            yield _found(match["number"], currency, match.span())


def _is_idle(text: str, match: re.Match[str]) -> bool:
    """Tell what is no sum: "pas un euro", "tes conseils à deux balles", "un forfait à 2 euros"."""
    count = numbers.value(match["number"])
    return count in {0, 1} or (count == 2 and text[: match.start()].endswith("a "))  # noqa: PLR2004


def _is_euro(text: str, match: re.Match[str]) -> bool:
    """Tell "50e" from "4e", a school class, and from "15 é", a number and "et"."""
    glued = not match["gap"]
    if not match["number"].replace(" ", "").isdigit() or numbers.value(match["number"]) < 10:  # noqa: PLR2004
        return False
    before, behind = text[: match.start()], text[match.end() :]
    if _RANK.search(before):
        return glued and _BEHIND_E.match(behind) is not None
    return glued or (not before[-1:].isalnum() and _BEHIND_E.match(behind) is not None)


def _without(text: str) -> Iterator[Found]:
    for pattern in _BARE:
        for match in pattern.finditer(text):
            if match["number"] not in _HELPLINES:
                yield _found(match["number"], "EUR", match.span("number"))


def _found(number: str, currency: str, span: tuple[int, int]) -> Found:
    count = numbers.value(number)
    written = f"{count:.0f}" if count == int(count) else f"{count:.8f}".rstrip("0")
    return Found(f"{written} {currency}", *span)
