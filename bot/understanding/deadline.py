"""Resolves an ultimatum to a time, when its words allow it.

Not for: finding one in a text; `facts` does. A value has one of three forms: "20:00" (a time of
day), "PT2H" or "PT30M" (from now), or the child's own words, which stay as they are.
"""

import re
from datetime import datetime, timedelta

_TIME_OF_DAY = re.compile(r"(\d{1,2}):(\d{2})")
_FROM_NOW = re.compile(r"PT(\d+)([HM])")


def resolved(value: str, now: datetime) -> str:
    """Give the moment as ISO 8601 in `now`'s time zone, or the value itself."""
    if match := _FROM_NOW.fullmatch(value):
        amount = int(match[1])
        wait = timedelta(hours=amount) if match[2] == "H" else timedelta(minutes=amount)
        return (now + wait).isoformat(timespec="minutes")
    if match := _TIME_OF_DAY.fullmatch(value):
        hour, minute = int(match[1]), int(match[2])
        moment = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
        if moment <= now:
            moment += timedelta(days=1)
        return moment.isoformat(timespec="minutes")
    return value
