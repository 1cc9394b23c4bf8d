"""Resolves an ultimatum to a time in France, when its words allow it.

Not for: finding one in a text; `ultimatums` does. A value is a time of day ("20:00"), a wait from
now ("PT2H", "PT30M", "P2D"), a day with or without its time ("samedi 12:00", "demain matin"), or
other words, which stay as they are. So does a wait of more than a year: no ultimatum is that long.
"""

import re
from datetime import datetime, timedelta

from dateutil import tz

# Not `zoneinfo`: a small system has no table of time zones, and dateutil brings one along.
PARIS = tz.gettz("Europe/Paris")

TODAY, TOMORROW = ("ce soir", "cette nuit", "aujourd'hui"), "demain"
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")

_FROM_NOW = re.compile(r"PT?(?P<count>\d{1,9})(?P<unit>[DHMS])")
_MOMENT = re.compile(
    rf"(?:(?P<day>{'|'.join((*TODAY, TOMORROW, *WEEKDAYS))})(?: (?:matin|aprem|soir|nuit))?)?"
    r" ?(?:(?P<hour>\d{1,2}):(?P<minute>\d{2}))?"
)
_UNITS = {"D": 86_400, "H": 3_600, "M": 60, "S": 1}
_LONGEST = timedelta(days=366)


def resolved(value: str, now: datetime) -> str:
    """Give the moment as ISO 8601, the date alone where no hour is said, or the value itself."""
    here = now.astimezone(PARIS)
    if match := _FROM_NOW.fullmatch(value):
        wait = timedelta(seconds=int(match["count"]) * _UNITS[match["unit"]])
        return value if wait > _LONGEST else _written(_after(wait, match["unit"], here))
    match = _MOMENT.fullmatch(value)
    if not match or not any(match.groups()):
        return value
    day = match["day"]
    if match["hour"] is None:
        return value if day in TODAY else _ahead(here, _days_until(day, here)).date().isoformat()
    return _written(_at(here, day, int(match["hour"]), int(match["minute"])))


def _after(wait: timedelta, unit: str, here: datetime) -> datetime:
    if unit == "D":
        return _ahead(here, wait.days)
    # Hours pass in their own time, whatever the clocks are set to meanwhile.
    return (here.astimezone(tz.UTC) + wait).astimezone(PARIS)


def _at(here: datetime, day: str | None, hour: int, minute: int) -> datetime:
    """Give the next such moment: "20:00" that has passed is tomorrow's, a weekday next week's."""
    # Midnight of a day is its end.
    late = 1 if day and not hour and not minute and day not in TODAY else 0
    clock = here.replace(hour=hour, minute=minute, second=0, microsecond=0, fold=0)
    moment = _ahead(clock, _days_until(day, here) + late)
    if moment > here:
        return moment
    return _ahead(moment, 7 if day in WEEKDAYS else 1)


def _days_until(day: str | None, here: datetime) -> int:
    if day in WEEKDAYS:
        return (WEEKDAYS.index(day) - here.weekday()) % 7
    return 1 if day == TOMORROW else 0


def _ahead(moment: datetime, days: int) -> datetime:
    """Move by days of the calendar: the clock shows the same time, or the next that there is."""
    moved: datetime = tz.resolve_imaginary(moment + timedelta(days=days))
    return moved


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")
