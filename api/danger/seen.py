"""The danger of one message as both layers saw it: the reviewed phrases, and the model.

The live turn and `relais understand` ask the same function: what a tried list shows is what a
conversation would keep. Pure. Not for: the danger of a conversation over its messages (`raised`).
"""

from dataclasses import dataclass

from api.danger.signals import Signal

PHRASES, MODEL, BOTH = "phrases", "model", "both"


@dataclass(frozen=True)
class Seen:
    """The danger that stands. `by`: each layer that alone would have given it this level."""

    signal: Signal
    by: str


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
