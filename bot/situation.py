"""What the api says of the world in this turn, as Rasa slots that responses can speak.

Not for: the dialogue's memory (`state`). These slots are written anew in every turn, so what a
counsellor changed or a line that has closed is known at once.
"""

from datetime import datetime, timedelta
from typing import Any

from bot.shapes import MalformedError, Turn

_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_DAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


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
            **_openings("desk_opens", turn.situation["desk"], turn.now),
            **_lines(turn.situation["lines"], turn.now),
        }
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise MalformedError("situation") from error


def _lines(lines: dict[str, Any], now: datetime) -> dict[str, str | None]:
    slots: dict[str, str | None] = {}
    for line, data in lines.items():
        slots[f"line_{line}"] = data["number"]
        slots.update(_openings(f"line_{line}_opens", data, now))
        slots[f"line_{line}_hours"] = data.get("hours") or None
    return slots


def _openings(name: str, place: dict[str, Any], now: datetime) -> dict[str, str | None]:
    """Say when a door opens, in French and (`…_en`) in English."""
    if place.get("opens_at") is None:
        return {name: None, f"{name}_en": None}
    moment = datetime.fromisoformat(place["opens_at"])
    return {name: in_words(moment, now), f"{name}_en": in_english(moment, now)}


def in_words(moment: datetime, now: datetime) -> str:
    """Say when a door opens: "à 9h", "demain à 9h30", "lundi à 9h"; seen from `now`'s clock."""
    moment = moment.astimezone(now.tzinfo)
    hour = f"à {moment.hour}h{moment.minute:02}" if moment.minute else f"à {moment.hour}h"
    return _on_its_day(moment, now, hour, f"demain {hour}", f"{_DAYS[moment.weekday()]} {hour}")


def in_english(moment: datetime, now: datetime) -> str:
    """Say the same in English: "at 9:00", "tomorrow at 9:30", "on Monday at 9:00"."""
    moment = moment.astimezone(now.tzinfo)
    hour = f"at {moment.hour}:{moment.minute:02}"
    day = f"on {_DAYS_EN[moment.weekday()]} {hour}"
    return _on_its_day(moment, now, hour, f"tomorrow {hour}", day)


def _on_its_day(moment: datetime, now: datetime, today: str, tomorrow: str, later: str) -> str:
    if moment.date() == now.date():
        return today
    return tomorrow if moment.date() == now.date() + timedelta(days=1) else later
