"""A few labelled messages and answers to them. Not for: judging anything real."""

from collections.abc import Mapping

from evaluation.heldout import Danger, Labelled
from evaluation.shapes import Seen, Told, Understood


def message(
    *intents: str,
    text: str = "x",
    level: str | None = None,
    subject: str = "self",
    facts: Mapping[str, tuple[str, ...]] | None = None,
    language: str = "fr",
) -> Labelled:
    """Label a message; a danger takes the kind of the first intent."""
    kind = intents[0] if intents[0].startswith("danger_") else "danger_suicide"
    danger = Danger(kind, level, subject) if level else None
    return Labelled(text, "w", intents, facts or {}, danger, language)


def answer(
    intent: str,
    *,
    level: str | None = None,
    subject: str = "self",
    confidence: float = 1.0,
    facts: Mapping[str, list[tuple[str, str]]] | None = None,
) -> Understood:
    """Answer with an intent; a danger takes it as its kind."""
    seen: Seen | None = {"kind": intent, "level": level, "subject": subject} if level else None
    told: dict[str, list[Told]] = {
        name: [{"value": value, "words": words} for value, words in values]
        for name, values in (facts or {}).items()
    }
    return {
        "intent": intent,
        "confidence": confidence,
        "facts": told,
        "danger": seen,
        "language": "fr",
    }
