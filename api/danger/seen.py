"""The danger of one message as both layers saw it: the reviewed phrases, and the model.

The live turn and `relais understand` ask the same function: what a tried list shows is what a
conversation would keep. Pure. Not for: the danger of a conversation over its messages (`raised`).
"""

from collections.abc import Iterable
from dataclasses import dataclass

from api.danger.signals import Signal

PHRASES, MODEL, BOTH = "phrases", "model", "both"
# A model that holds a danger for less likely than this, in the message and in every part of it,
# excludes it: of writers left out, no danger was lost by 0.2 that 0.05 would have kept.
EXCLUDED_BELOW = 0.2


@dataclass(frozen=True)
class Seen:
    """The danger that stands. `by`: each layer that alone would have given it this level."""

    signal: Signal
    by: str


def firm(found: Iterable[Signal]) -> tuple[Signal, ...]:
    """Leave out the hints: what is left stands whatever a model says, and before it is asked."""
    return tuple(signal for signal in found if not signal.hint)


def standing(found: Iterable[Signal], share: float | None) -> tuple[Signal, ...]:
    """Leave out the hints of a message in which the model excludes a danger.

    `share` is how likely the model holds one, from 0 to 1; None: it could not say, so all stand.
    """
    excluded = share is not None and share < EXCLUDED_BELOW
    return firm(found) if excluded else tuple(found)


def seen(phrases: Signal | None, model: Signal | None) -> Seen | None:
    """Combine what the layers saw in one message: either is enough, and neither lowers the other.

    The higher level stands. At the same level the phrases name kind and words: people have
    reviewed them, and the turn was forced to their kind.
    """
    if phrases is None or model is None:
        by, signal = (PHRASES, phrases) if phrases else (MODEL, model)
        return Seen(signal, by) if signal else None
    if phrases.level == model.level:
        return Seen(phrases, BOTH)
    return Seen(model, MODEL) if model.level > phrases.level else Seen(phrases, PHRASES)
