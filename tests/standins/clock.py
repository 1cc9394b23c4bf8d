"""A clock that the test moves by hand."""

from datetime import UTC, datetime, timedelta

NIGHT = datetime(2026, 11, 24, 1, 10, tzinfo=UTC)


class HandClock:
    """Stands still until it is moved."""

    def __init__(self, now: datetime = NIGHT) -> None:
        self._now = now

    def now(self) -> datetime:
        return self._now

    def move(self, **parts: float) -> None:
        """Move forward by `timedelta(**parts)`."""
        self._now += timedelta(**parts)
