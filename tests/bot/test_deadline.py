"""An ultimatum becomes a time in France when its words allow it. All words here are invented."""

from datetime import datetime

import pytest

from bot.understanding.deadline import resolved

# A Tuesday, at ten past two in the morning.
NIGHT = "2026-11-24T02:10:00+01:00"


@pytest.mark.parametrize("value", ["ce soir", "cette nuit", "la fin des cours", "le week-end", ""])
def test_words_that_give_no_time_stay_as_they_are(value: str) -> None:
    assert resolved(value, datetime.fromisoformat(NIGHT)) == value


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("20:00", "2026-11-24T20:00+01:00"),
        ("00:00", "2026-11-25T00:00+01:00"),
        ("PT30S", "2026-11-24T02:10+01:00"),
        ("P2D", "2026-11-26T02:10+01:00"),
        ("ce soir 21:00", "2026-11-24T21:00+01:00"),
        ("demain 08:00", "2026-11-25T08:00+01:00"),
        ("demain matin", "2026-11-25"),
        ("samedi 12:00", "2026-11-28T12:00+01:00"),
        ("dimanche soir", "2026-11-29"),
        ("mardi 14:00", "2026-11-24T14:00+01:00"),
        ("mardi 01:00", "2026-12-01T01:00+01:00"),
        ("mardi", "2026-11-24"),
        ("lundi", "2026-11-30"),
        # Midnight of a day is its end.
        ("samedi 00:00", "2026-11-29T00:00+01:00"),
    ],
)
def test_a_time_is_the_next_such_time(value: str, moment: str) -> None:
    assert resolved(value, datetime.fromisoformat(NIGHT)) == moment


@pytest.mark.parametrize("value", ["P367D", "P70000000D", "PT10000000H", f"P{'9' * 400}D"])
def test_a_wait_of_more_than_a_year_stays_as_it_is(value: str) -> None:
    assert resolved(value, datetime.fromisoformat(NIGHT)) == value


def test_a_time_of_day_that_has_passed_is_tomorrows() -> None:
    late = datetime.fromisoformat("2026-11-24T22:00:00+01:00")

    assert resolved("20:00", late) == "2026-11-25T20:00+01:00"
    assert resolved("ce soir 21:00", late) == "2026-11-25T21:00+01:00"


def test_it_is_frances_time_whatever_zone_now_is_told_in() -> None:
    now = datetime.fromisoformat("2026-07-01T22:30:00+00:00")

    assert resolved("demain 08:00", now) == "2026-07-03T08:00+02:00"


@pytest.mark.parametrize(
    ("now", "value", "moment"),
    [
        ("2026-10-24T20:00:00+02:00", "demain 08:00", "2026-10-25T08:00+01:00"),
        ("2026-10-24T20:00:00+02:00", "PT12H", "2026-10-25T07:00+01:00"),
        ("2026-10-25T01:30:00+02:00", "PT2H", "2026-10-25T02:30+01:00"),
        ("2027-03-27T20:00:00+01:00", "P1D", "2027-03-28T20:00+02:00"),
        ("2027-03-27T20:00:00+01:00", "PT12H", "2027-03-28T09:00+02:00"),
        # An hour that the clocks skip is the one that they show instead.
        ("2027-03-27T20:00:00+01:00", "02:30", "2027-03-28T03:30+02:00"),
    ],
)
def test_the_clocks_change_in_between(now: str, value: str, moment: str) -> None:
    assert resolved(value, datetime.fromisoformat(now)) == moment
