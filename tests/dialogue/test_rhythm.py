"""When a turn is due, and how often the bot is asked before the script has to speak."""

from datetime import UTC, datetime, timedelta

import pytest

from api.dialogue.rhythm import Rhythm

RHYTHM = Rhythm(
    burst=timedelta(seconds=1.5),
    longest=timedelta(seconds=3),
    deadline=timedelta(seconds=4),
    script_after=timedelta(seconds=8),
)
START = datetime(2026, 11, 24, 1, tzinfo=UTC)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (0, 1.5),
        (1, 2.5),
        (1.5, 3),
        (2.9, 3),
        (5, 5),  # the turn before this one took long: nobody waits any more
    ],
)
def test_a_burst_is_answered_after_its_last_message_and_soon_after_its_first(
    last: float, due: float
) -> None:
    assert RHYTHM.due(at(last), START, at_once=False) == at(due)


def test_what_must_not_wait_is_due_now() -> None:
    assert RHYTHM.due(at(2), START, at_once=True) == at(2)


@pytest.mark.parametrize(("now", "again"), [(0, True), (4, True), (4.1, False), (9, False)])
def test_the_bot_is_asked_again_only_where_the_script_is_still_in_time(
    now: float, *, again: bool
) -> None:
    assert RHYTHM.asks_again(at(now), START) is again
