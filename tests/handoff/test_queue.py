"""The order in which children are helped."""

from datetime import UTC, datetime, timedelta

from api.conversation.holder import Holder
from api.desk.order import urgency
from api.handoff.queue import ahead, place

NOW = datetime(2026, 11, 24, 1, 10, tzinfo=UTC)


def later(minutes: int) -> datetime:
    return NOW + timedelta(minutes=minutes)


def test_danger_before_time() -> None:
    queue = [
        place("R3", later(9), "d"),
        place("R2", later(2), "b"),
        place("R2", later(3), "a"),
        place("R1", later(0), "c"),
        place(None, later(0), "f"),
        place(None, later(1), "e"),
    ]
    mixed = [queue[n] for n in (3, 0, 5, 2, 4, 1)]
    assert sorted(mixed) == queue


def test_equal_moments_have_an_order() -> None:
    first, second = place(None, NOW, "a"), place(None, NOW, "b")
    assert first < second
    assert ahead(second, [first, second]) == 1
    assert ahead(first, [first, second]) == 0


def test_ahead_counts_only_who_is_before() -> None:
    others = [place("R3", later(5), "a"), place(None, later(1), "b"), place("R1", later(9), "c")]
    assert ahead(place(None, later(2), "me"), others) == 3
    assert ahead(place("R2", later(8), "me"), others) == 1
    assert ahead(place("R3", later(0), "me"), []) == 0


def test_who_waits_stands_before_who_has_somebody() -> None:
    waiting = urgency(Holder.waiting, None, later(9), "a", unanswered=True)
    with_bot = urgency(Holder.with_bot, "R1", later(0), "b", unanswered=False)
    held = urgency(Holder.with_counsellor, "R3", later(0), "c", unanswered=False)
    closed = urgency(Holder.closed, "R3", NOW, "d", unanswered=True)
    assert waiting < with_bot < held < closed


def test_unanswered_danger_stands_first_whoever_holds() -> None:
    held = urgency(Holder.with_counsellor, "R3", later(9), "a", unanswered=True)
    waiting = urgency(Holder.waiting, "R2", later(0), "b", unanswered=True)
    lighter = urgency(Holder.with_counsellor, "R1", NOW, "c", unanswered=True)
    assert held < waiting < urgency(Holder.waiting, None, NOW, "d", unanswered=True) < lighter
