"""The order in which the desk shows conversations: whom to help next stands first.

Pure. Who waits comes before who has somebody, in the order of the queue. Source: understanding.md,
danger levels. Not for: the child's own place in the queue (`api/dialogue/asking.py`).
"""

from datetime import datetime

from api.conversation.holder import Holder
from api.handoff.queue import Place, place

_HOLDERS = (Holder.waiting, Holder.with_bot, Holder.with_counsellor, Holder.closed)


def urgency(holder: Holder, level: str | None, since: datetime, key: str) -> tuple[int, Place]:
    """Return what to sort by; the smaller is shown first.

    `since` when it has been waiting, or without a message. `key`, its id, settles ties.
    """
    return _HOLDERS.index(holder), place(level, since, key)
