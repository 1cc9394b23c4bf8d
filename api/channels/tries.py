"""A budget of wrong tries: how many there may be in a minute before all have to wait.

In memory and for one process. Not for: slowing a single child, whom nothing here refuses for long.
"""

from collections import deque
from datetime import datetime, timedelta

from api.errors import TooManyTriesError

WINDOW = timedelta(minutes=1)


class Tries:
    """Counts wrong tries of the last minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._wrong: deque[datetime] = deque()

    def refuse_if_spent(self, now: datetime) -> None:
        """Raise `TooManyTriesError` when the budget of the last minute is used up."""
        while self._wrong and self._wrong[0] <= now - WINDOW:
            self._wrong.popleft()
        if len(self._wrong) >= self._most:
            raise TooManyTriesError

    def was_wrong(self, now: datetime) -> None:
        self._wrong.append(now)
