"""What the next conversation takes over from one that nobody can open any more.

Its key is damaged or lost; what stands beside the sealed words is not. Not for: opening
conversations (`service.py`).
"""

from datetime import datetime
from typing import Any

from api.conversation.holder import Holder, Reason
from api.conversation.models import Conversation

CARRIED = (
    "danger_kind",
    "danger_level",
    "danger_subject",
    "danger_seen_by",
    "crisis",
    "language",
    "guarded",
    "write_back",
    "write_back_until",
    "last_minor_at",
    "page_seen_at",
)


def end_lost(lost: Conversation, now: datetime) -> dict[str, Any]:
    """Close `lost` and return what the next one begins with, by column.

    A person is asked for there, and a danger that stood here still stands.
    """
    begins = {name: getattr(lost, name) for name in CARRIED} | {
        "holder": Holder.waiting,
        "waiting_since": lost.waiting_since or now,
        "reasons": [*dict.fromkeys([*lost.reasons, Reason.bot_failed.value])],
    }
    lost.holder = Holder.closed
    lost.holder_version += 1
    lost.closed_at = now
    lost.staff_id = lost.waiting_since = lost.turn_due_at = lost.event = None
    lost.reasons = []
    return begins
