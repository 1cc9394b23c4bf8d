"""The order in which the desk shows conversations: whom to help next stands first.

Pure. A grave danger whose child has no answer comes first, whoever holds it. Then who waits comes
before who has somebody, in the order of the queue. Source: understanding.md, danger levels. Not
for: the child's own place in the queue (`api/dialogue/asking.py`).
"""

from datetime import datetime

from api.conversation.holder import Holder
from api.handoff.queue import Place, place

_FIRST = -1
_GRAVE = ("R3", "R2")
_HOLDERS = (Holder.waiting, Holder.with_bot, Holder.with_counsellor, Holder.closed)


def urgency(
    holder: Holder, level: str | None, since: datetime, key: str, *, unanswered: bool
) -> tuple[int, Place]:
    """Return what to sort by; the smaller is shown first.

    `since` when it has been waiting, or without a message. `key`, its id, settles ties.
    `unanswered`: no person has answered the child's last words.
    """
    first = unanswered and level in _GRAVE and holder is not Holder.closed
    return _FIRST if first else _HOLDERS.index(holder), place(level, since, key)
