"""The slots of a turn: numbers and opening times as words that responses can speak."""

from datetime import datetime

import pytest

from bot.shapes import MalformedError, Turn
from bot.situation import in_words, slots_of
from tests.bot.asking import situation, turn


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    "spoiled",
    [{"helpline": {}}, {"desk": None}, {"lines": {"3018": {"number": "3018", "opens_at": "9h"}}}],
)
def test_a_situation_that_cannot_be_read_is_malformed(spoiled: dict[str, object]) -> None:
    with pytest.raises(MalformedError, match="situation"):
        slots_of(Turn.read(turn(situation={**situation(), **spoiled})))


@pytest.mark.parametrize(
    ("opens_at", "now", "words"),
    [
        ("2026-11-24T09:00:00+01:00", "2026-11-24T02:10:00+01:00", "à 9h"),
        ("2026-11-25T09:00:00+01:00", "2026-11-24T23:10:00+01:00", "demain à 9h"),
        ("2026-11-24T13:30:00+01:00", "2026-11-24T12:10:00+01:00", "à 13h30"),
        ("2026-11-30T09:00:00+01:00", "2026-11-27T21:00:00+01:00", "lundi à 9h"),
        ("2026-12-31T09:00:00+01:00", "2026-12-30T21:00:00+01:00", "demain à 9h"),
        # Told in universal time, spoken in the helpline's.
        ("2026-11-24T08:00:00Z", "2026-11-24T02:10:00+01:00", "à 9h"),
    ],
)
def test_an_opening_is_said_as_a_person_would(opens_at: str, now: str, words: str) -> None:
    assert in_words(moment(opens_at), moment(now)) == words


def test_each_line_gives_number_opening_and_hours() -> None:
    slots = slots_of(Turn.read(turn()))

    assert slots["line_3018"] == "3018"
    assert slots["line_3018_opens"] == "à 9h"
    assert slots["line_3114_opens"] is None
    assert slots["line_3114_hours"] == "jour et nuit"
    assert (slots["desk_opens"], slots["helpline_name"]) == ("à 9h", "La ligne")


def test_empty_hours_are_a_gap_and_not_a_word() -> None:
    assert slots_of(Turn.read(turn()))["line_3018_hours"] is None


def test_what_an_action_set_last_time_is_cleared() -> None:
    slots = slots_of(Turn.read(turn()))

    assert (slots["changes"], slots["handoff"], slots["crisis"]) == (None, None, False)
