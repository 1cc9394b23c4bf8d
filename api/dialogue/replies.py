"""What a turn of the bot may change, and what it may not.

Pure. Not for: writing any of it (`api/turn.py`).
"""

from api.conversation.steps import StepState
from api.danger.seen import MODEL
from api.danger.signals import Level, Signal
from api.dialogue.shapes import Changes, DangerRead, Force

# The child's own word on a step; how far a message has come is the thread's to know.
_SAYABLE = frozenset({StepState.done, StepState.refused, StepState.cannot})


def step_changes(changes: Changes) -> dict[str, StepState]:
    """Return the steps on which the child gave its word; anything else is ignored."""
    return {
        name: StepState(state) for name, state in changes.steps.items() if state in set(_SAYABLE)
    }


def crisis_after(*, crisis: bool, level: str | None, said: bool) -> bool:
    """Return whether the crisis flow goes on.

    `said` is what the dialogue returned: it may begin the flow, and end it by the child's answer.
    In an R3 it goes on until a person has lowered the danger.
    """
    return said or (crisis and level == "R3")


def forced(signal: Signal | None, tapped: str | None) -> Force | None:
    """Return the intent that is known without the model: danger of R2 and R3 before a tap.

    R1 does not change the intent of a message (understanding.md, when several fit, 1).
    """
    if signal is not None and signal.level is not Level.R1:
        return Force.model_validate(
            {"intent": signal.kind, "level": signal.level, "subject": signal.subject}
        )
    return Force(intent=tapped) if tapped else None


def tapped_danger(intent: str | None, text: str) -> Signal | None:
    """Return the danger that a tapped choice names, so that it is seen without the model."""
    if intent is None or not intent.startswith("danger_"):
        return None
    return Signal(kind=intent, level=Level.R2, subject="self", words=text, phrase="choice")


def signal_of(danger: DangerRead, text: str) -> Signal:
    """Return what the model read in `text` as a signal.

    Where it points at no words, the counsellor sees the message that it read.
    """
    return Signal(danger.kind, Level(danger.level), danger.subject, danger.words or text, MODEL)
