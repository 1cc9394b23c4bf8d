"""What the api says of the world in this turn, as Rasa slots that responses can speak.

Not for: the dialogue's memory (`state`). These slots are written anew in every turn, so what a
counsellor changed or a line that has closed is known at once.
"""

from datetime import datetime, timedelta
from typing import Any

from bot.shapes import MalformedError, Turn

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")


def slots_of(turn: Turn) -> dict[str, Any]:
    """Give the slots of this turn; raises `MalformedError` where the situation cannot be read."""
    try:
        return {
            "known": turn.known,
            "situation": turn.situation,
            "crisis": bool(turn.known.get("crisis")),
            "changes": None,
            "handoff": None,
            "helpline_name": turn.situation["helpline"]["name"],
            "desk_opens": _opening(turn.situation["desk"], turn.now),
            **_lines(turn.situation["lines"], turn.now),
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise MalformedError("situation") from error


def _lines(lines: dict[str, Any], now: datetime) -> dict[str, str | None]:
    slots: dict[str, str | None] = {}
    for line, data in lines.items():
        slots[f"line_{line}"] = data["number"]
        slots[f"line_{line}_opens"] = _opening(data, now)
        slots[f"line_{line}_hours"] = data.get("hours") or None
    return slots


def _opening(place: dict[str, Any], now: datetime) -> str | None:
    opens_at = place.get("opens_at")
    return None if opens_at is None else in_words(datetime.fromisoformat(opens_at), now)


def in_words(moment: datetime, now: datetime) -> str:
    """Say when a door opens: "à 9h", "demain à 9h30", "lundi à 9h"; seen from `now`'s clock."""
    moment = moment.astimezone(now.tzinfo)
    hour = f"à {moment.hour}h{moment.minute:02}" if moment.minute else f"à {moment.hour}h"
    if moment.date() == now.date():
        return hour
    if moment.date() == now.date() + timedelta(days=1):
        return f"demain {hour}"
    return f"{_DAYS[moment.weekday()]} {hour}"
