"""What one message means to the whole system: the reviewed phrases and the model together.

As in the live turn: what the phrases see forces the intent, and `seen` says which danger stands.
Each message is read by itself, as the first of a conversation. Pure. Not for: asking the model.
"""

from typing import Any

from api.danger.seen import MODEL, seen, standing
from api.danger.signals import Phrases, signals, worst
from api.dialogue.replies import forced, signal_of
from api.dialogue.shapes import Understood

CERTAIN = 1.0


def meaning(text: str, understood: Understood, phrases: Phrases) -> dict[str, Any]:
    """Return `{"intent", "confidence", "facts", "language", "danger"}`.

    `danger` is None or `{"kind", "level", "subject", "words", "seen_by"}`.
    """
    by_phrases = worst(standing(signals(text, phrases), understood.danger_share))
    by_model = signal_of(understood.danger, text) if understood.danger else None
    danger = seen(by_phrases, by_model)
    force = forced(danger.signal, None) if danger else None
    certain = force is not None and danger is not None and danger.by != MODEL
    return {
        "intent": force.intent if force else understood.intent,
        "confidence": CERTAIN if certain else understood.confidence,
        "facts": {
            name: [value.model_dump() for value in values]
            for name, values in understood.facts.items()
        },
        "language": understood.language,
        "danger": danger
        and {
            "kind": danger.signal.kind,
            "level": danger.signal.level.value,
            "subject": danger.signal.subject,
            "words": danger.signal.words,
            "seen_by": danger.by,
        },
    }
