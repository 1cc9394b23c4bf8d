"""The steps of the safety walk and how far one can have come. Order and texts are the dialogue's.

Pure. Source: facts.md 2.2. Not for: choosing the next step (actions/walk.py).
"""

from enum import StrEnum


class StepState(StrEnum):
    """`sent` is on its way, `delivered` has reached the child; the rest is the child's word."""

    pending = "pending"
    sent = "sent"
    delivered = "delivered"
    done = "done"
    refused = "refused"
    cannot = "cannot"


# The four that every walk must deliver, in their order.
MISSION = ("dont_pay", "dont_send", "keep_evidence", "contact_3018")
STEPS = (
    "safe_now",
    "not_your_fault",
    "dont_pay",
    "dont_send",
    "stop_replying",
    "keep_evidence",
    "dont_delete",
    "block",
    "report_account",
    "contact_3018",
    "trusted_adult",
    "take_down",
    "complaint",
)
_WORD_OF_THE_CHILD = frozenset({StepState.done, StepState.refused, StepState.cannot})


def advanced(current: StepState, new: StepState) -> StepState:
    """Return the state after `new` was learned: a late delivery never undoes the child's word.

    Only `pending` (a step dropped before it was handed over) takes a `sent` step back.
    """
    if new is StepState.pending:
        return new if current is StepState.sent else current
    if new in _WORD_OF_THE_CHILD:
        return new
    if current in _WORD_OF_THE_CHILD:
        return current
    return StepState.delivered if current is StepState.delivered else new
