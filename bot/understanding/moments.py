"""Finds times and waits in a text: "20h", "samdi midi", "2m1 a 8h", "un quart d'heure", "48h".

Not for: whether one is an ultimatum (`ultimatums`), nor which moment it is (`deadline`).
"""

import re
from collections.abc import Iterator

from bot.understanding import misspelt, numbers
from bot.understanding.deadline import TOMORROW, WEEKDAYS

_DAYS = {
    **misspelt.lookup({day: day for day in WEEKDAYS}),
    **dict.fromkeys(
        ("demain", "dmain", "demin", "dmin", "dem1", "dm1", "2m1", "2main", "demai", "demian"),
        TOMORROW,
    ),
    "tomorrow": TOMORROW,
    "friday": "vendredi",
    "saturday": "samedi",
    "sunday": "dimanche",
    "monday": "lundi",
}
_PARTS = {
    **dict.fromkeys(("matin", "mat1", "mat", "matain", "morning"), "matin"),
    **dict.fromkeys(("midi",), "12:00"),
    **dict.fromkeys(("minuit",), "00:00"),
    **dict.fromkeys(("aprem", "apres midi", "apres-midi", "apresmidi", "aprem'"), "aprem"),
    **dict.fromkeys(("soir", "swar", "soire"), "soir"),
    "nuit": "nuit",
}
_LONGER = str.maketrans({letter: f"{letter}+" for letter in "abcdefghijklmnopqrstuvwxyz"})
_DAY = "|".join(sorted((day.translate(_LONGER) for day in _DAYS), key=len, reverse=True))
_PART = "|".join(sorted(_PARTS, key=len, reverse=True))
_THIS = (
    r"(?:[cs]e|[cs]et|c(?:et)?te|a|as) ?(?:soir|swar|nuit|aprem|apres[ -]?midi|midi|week ?-?end)"
    r"|aswar|csoir|tonight"
)
_CLOCK = r"\d{1,2} ?(?:h(?:eures?|eurs?|r)?|uhr|pm|:(?=[0-5]\d)) ?(?:[0-5]\d(?!\d|:))?"
_SIDE = r"(?: (?:du|de la|de l'|le|a|ce|se) ?(?:mat(?:in|1)?|soir|aprem|apres[ -]?midi|nuit))"
_AT_CLOCK = rf"(?:,? (?:a |vers |avant )?(?P<day_clock>{_CLOCK}))?"
_HOURS = r"h(?:eu+re?s?|r)?|hours?|ore"
_UNITS = {
    "H": _HOURS,
    "M": r"m(?:i?n+(?:ut?e?s?)?)|minutes?",
    "S": r"s(?:ec(?:ondes?)?)?",
    "D": r"j(?:ours?)?|days?",
    "W": r"semaines?|sem",
}
_UNIT = "|".join(_UNITS.values())
_NUMBER = rf"\d{{1,2}}|{numbers.IN_WORDS}"
_END = (
    r"(?:la )?fin (?:du|de|des|d'|de l|de l'|d)(?: (?:la|les?|l|l'|mon|ma|mes|ses?|son|cette|ce))?"
    r" ?[^\W\d_]+(?: de (?!toute)\w+| d'\w+)?"
)

# "avant le 15", "jusqu'au 15 sinon": not what is counted, and not an hour.
_DATE = (
    r"(?:le |(?<=au ))\d{1,2}"
    r"(?!\w| ?[%/:€$]| (?!(?:sinon+|sinn?|ou|pour|pr|et|il|elle|mais|je)\b)\w)"
)

_MOMENT = re.compile(
    r"(?<![\w:,.'-])(?:l')?(?:"
    + "|".join(
        (
            r"(?P<part_of_hour>(?:une?|1) (?:demi|quart|kart)e?[ -]?(?:d ?'?)?h?eu+re?s?)",
            rf"(?P<this>{_THIS})(?:,? (?:a |vers |avant )?(?P<this_clock>{_CLOCK}{_SIDE}?))?",
            rf"(?P<day>{_DAY})(?: (?:a )?(?P<part>{_PART}))?{_AT_CLOCK}",
            rf"(?P<clock>{_CLOCK}){_SIDE}?(?: (?P<clock_day>{_DAY}|ce soir))?",
            rf"(?!une? (?:jour|sec))(?P<count>{_NUMBER}) ?(?P<unit>{_UNIT})(?: \d\d)?",
            r"(?P<noon>midi|minui?t?|minwi|midnight|meia-noite)",
            rf"(?P<words>{_END}|(?:(?:le|la|ce) )?week ?-?end|lnuit|{_DATE})",
        )
    )
    + r")(?![\w:'])"
)
_EVENING = re.compile(r"soir|pm|aprem|midi")
_SHORT_MINUTES = 5
_LONGEST_UNCLEAR, _HALF_A_DAY, _DAY_HOURS = 6, 12, 24


def find(text: str) -> Iterator[re.Match[str]]:
    """Find each time or wait in a plain text (see `plain.read`)."""
    return _MOMENT.finditer(text)


def is_short(wait: re.Match[str]) -> bool:
    """Tell whether it is what one says of oneself: "2 sec", "une minute", and "un jour"."""
    if not wait["count"]:
        return False
    number, unit = numbers.value(wait["count"]), _unit(wait["unit"])
    return unit == "S" or (unit == "M" and number < _SHORT_MINUTES)


def value(moment: re.Match[str], *, by_clock: bool) -> str:
    """Give it as `deadline` reads it; `by_clock`: "2h" is a time of day, and not two hours."""
    if moment["this"]:
        return _with_clock(_this(moment["this"]), moment["this_clock"], moment[0])
    if moment["day"]:
        return _of_day(moment)
    if moment["clock"]:
        return _of_hours(moment, by_clock=by_clock)
    if moment["count"]:
        return _wait(moment["count"], moment["unit"], by_clock=by_clock)
    return _in_words(moment)


def _in_words(moment: re.Match[str]) -> str:
    if moment["part_of_hour"]:
        return "PT30M" if "demi" in moment["part_of_hour"] else "PT15M"
    if moment["noon"]:
        return "12:00" if moment["noon"] == "midi" else "00:00"
    words = moment[0].removeprefix("l'")
    return f"le {words}" if words.isdecimal() else words


def _this(words: str) -> str:
    if "nuit" in words:
        return "cette nuit"
    return "ce soir" if re.search("soir|swar|tonight", words) else words


def _of_day(moment: re.Match[str]) -> str:
    day = _DAYS.get(moment["day"]) or _DAYS.get(misspelt.shortened(moment["day"])) or moment["day"]
    part = _PARTS.get(moment["part"] or "", "")
    if moment["day_clock"]:
        return _with_clock(day, moment["day_clock"], moment[0])
    return f"{day} {part}".strip()


def _of_hours(moment: re.Match[str], *, by_clock: bool) -> str:
    day = _DAYS.get(moment["clock_day"] or "", moment["clock_day"] or "")
    hours = int(re.findall(r"\d+", moment["clock"])[0])
    said_side = day or moment[0] != moment["clock"] or re.search(r"uhr|pm|:", moment["clock"])
    unclear = hours <= _LONGEST_UNCLEAR and not by_clock
    if not said_side and (hours >= _DAY_HOURS or unclear):
        return _wait(str(hours), "h", by_clock=False)
    return _with_clock(day, moment["clock"], moment[0])


def _with_clock(day: str, clock: str | None, words: str) -> str:
    if not clock:
        return day
    hour, *minute = (int(figures) for figures in re.findall(r"\d+", clock))
    if hour < _HALF_A_DAY and _EVENING.search(words) and "mat" not in words:
        hour += _HALF_A_DAY
    time = f"{hour % _DAY_HOURS:02}:{minute[0] if minute else 0:02}"
    return f"{day} {time}".strip()


def _wait(count: str, unit: str, *, by_clock: bool) -> str:
    number = int(numbers.value(count))
    letter = _unit(unit)
    if letter == "H" and by_clock and _LONGEST_UNCLEAR < number < _DAY_HOURS:
        return f"{number:02}:00"
    if letter in "DW":
        return f"P{number * (7 if letter == 'W' else 1)}D"
    return f"PT{number}{letter}"


def _unit(written: str) -> str:
    return next(name for name, words in _UNITS.items() if re.fullmatch(words, written))
