"""What the next conversation takes over from one that nobody can open any more.

Its key is damaged or lost; what stands beside the sealed words is not. Not for: opening
conversations (`service.py`).
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from api.conversation.holder import Holder, Move, Reason, after
from api.conversation.models import Conversation, Step
from api.conversation.steps import StepState

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


def end_lost(lost: Conversation, now: datetime, *, danger_open: bool) -> dict[str, Any]:
    """Close `lost` and return what the next one begins with, by column.

    A person is asked for there, and a danger that stood here still stands.
    """
    asked = after(Holder.with_bot, Move.person_asked, danger_open=danger_open)
    begins = {name: getattr(lost, name) for name in CARRIED} | {
        "holder": asked,
        "holder_version": 1,
        "waiting_since": lost.waiting_since or now,
        "reasons": [*dict.fromkeys([*lost.reasons, Reason.bot_failed.value])],
    }
    lost.holder = after(lost.holder, Move.lost, danger_open=danger_open)
    lost.holder_version += 1
    lost.revision += 1
    lost.closed_at, lost.outcome = now, Move.lost.value
    lost.staff_id = lost.waiting_since = lost.turn_due_at = lost.event = None
    lost.reasons = []
    return begins


def carried(ledger: Mapping[str, Step], next_id: UUID) -> Iterator[Step]:
    """Return the ledger for the next one.

    What was on its way is open again: nobody can open the message that carried it.
    """
    for name, step in ledger.items():
        state = StepState.pending if step.state == StepState.sent else step.state
        yield Step(
            conversation_id=next_id,
            name=name,
            state=state,
            by=step.by,
            changed_at=step.changed_at,
            delivered_at=step.delivered_at,
        )
