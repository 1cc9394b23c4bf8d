"""What the api would send, to be changed by each test."""

from typing import Any

LINES = {
    "3018": {
        "number": "3018",
        "open": False,
        "opens_at": "2026-11-24T09:00:00+01:00",
        "hours": "",
    },
    "3114": {"number": "3114", "open": True, "opens_at": None, "hours": "jour et nuit"},
}
SECRET = "a-secret-of-the-tests"

Body = dict[str, Any]


def turn(text: str = "bonjour", **changes: object) -> Body:
    """Give the body of a turn that works."""
    return {
        "turn": "turn-1",
        "mode": "turn",
        "channel": "web",
        "text": text,
        "now": "2026-11-24T02:10:00+01:00",
        "state": None,
        "bot_version": None,
        "force": None,
        "known": {"facts": {}, "steps": {}, "danger": None, "crisis": False, "task": None},
        "situation": situation(),
        **changes,
    }


def situation(name: str = "La ligne") -> Body:
    return {
        "holder": "with_bot",
        "ahead": 0,
        "desk": {"open": False, "opens_at": "2026-11-24T09:00:00+01:00", "hours": ""},
        "helpline": {"name": name},
        "lines": LINES,
    }


def forced(intent: str, text: str = "bonjour", **changes: object) -> Body:
    """Give a turn whose intent is known: a tap, or with `level` a danger."""
    force = {"intent": intent, "level": changes.pop("level", None), "subject": None}
    return turn(text, force=force, **changes)
