"""The slots of a turn: numbers and opening times as words that responses can speak."""

from datetime import datetime

import pytest

from bot.shapes import MalformedError, Turn
from bot.situation import in_english, in_words, slots_of
from tests.bot.asking import situation, turn

TOMORROW, ON_MONDAY = "tomorrow at 9:00", "on Monday at 9:00"


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
    ("opens_at", "now", "words", "english"),
    [
        ("2026-11-24T09:00:00+01:00", "2026-11-24T02:10:00+01:00", "à 9h", "at 9:00"),
        ("2026-11-25T09:00:00+01:00", "2026-11-24T23:10:00+01:00", "demain à 9h", TOMORROW),
        ("2026-11-24T13:30:00+01:00", "2026-11-24T12:10:00+01:00", "à 13h30", "at 13:30"),
        ("2026-11-30T09:00:00+01:00", "2026-11-27T21:00:00+01:00", "lundi à 9h", ON_MONDAY),
        ("2026-12-31T09:00:00+01:00", "2026-12-30T21:00:00+01:00", "demain à 9h", TOMORROW),
        # Told in universal time, spoken in the helpline's.
        ("2026-11-24T08:00:00Z", "2026-11-24T02:10:00+01:00", "à 9h", "at 9:00"),
    ],
)
def test_an_opening_is_said_as_a_person_would(
    opens_at: str, now: str, words: str, english: str
) -> None:
    assert in_words(moment(opens_at), moment(now)) == words
    assert in_english(moment(opens_at), moment(now)) == english


def test_each_line_gives_number_opening_and_hours() -> None:
    slots = slots_of(Turn.read(turn()))

    assert slots["line_3018"] == "3018"
    assert (slots["line_3018_opens"], slots["line_3018_opens_en"]) == ("à 9h", "at 9:00")
    assert (slots["line_3114_opens"], slots["line_3114_opens_en"]) == (None, None)
    assert slots["line_3114_hours"] == "jour et nuit"
    assert slots["desk_opens_en"] == "at 9:00"
    assert (slots["desk_opens"], slots["helpline_name"]) == ("à 9h", "La ligne")


def test_empty_hours_are_a_gap_and_not_a_word() -> None:
    assert slots_of(Turn.read(turn()))["line_3018_hours"] is None


def test_what_an_action_set_last_time_is_cleared() -> None:
    slots = slots_of(Turn.read(turn()))

    assert (slots["changes"], slots["handoff"], slots["crisis"]) == (None, None, False)
