"""When a turn is due, and how often the bot is asked.

Pure. A burst is answered a moment after its last message; a tap, a danger and a first message at
once. Not for: leases (`api/lease.py`).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Rhythm:
    """The times of a turn.

    `burst` after the last message, `longest` after the first; `deadline` for the bot, and the
    script's word by `script_after` the first unanswered message.
    """

    burst: timedelta
    longest: timedelta
    deadline: timedelta
    script_after: timedelta

    def due(self, now: datetime, unanswered_since: datetime, *, at_once: bool) -> datetime:
        """Return when the turn is due after a message that came `now`."""
        if at_once:
            return now
        return min(now + self.burst, max(now, unanswered_since + self.longest))

    def asks_again(self, now: datetime, unanswered_since: datetime) -> bool:
        """Say whether a second try still ends before the script has to speak."""
        return now + self.deadline <= unanswered_since + self.script_after
