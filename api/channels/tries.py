"""How many codes were tried in the last minute: many are answered slower, and told to who watches.

In memory and for one process. Not for: refusing anybody; whoever tries codes on purpose would shut
every child out.
"""

import logging
from collections import deque
from datetime import datetime, timedelta

log = logging.getLogger(__name__)

WINDOW = timedelta(minutes=1)


class Tries:
    """Counts the tries of the last minute."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._counted: deque[datetime] = deque()

    def too_many(self, now: datetime) -> bool:
        """Count one more; say whether there are more than usual, and raise the alarm once."""
        while self._counted and self._counted[0] <= now - WINDOW:
            self._counted.popleft()
        self._counted.append(now)
        if len(self._counted) == self._most + 1:
            log.warning("resume_codes_are_being_tried")
        return len(self._counted) > self._most
