"""The words of danger that are tried at every step of the walk, and how each may be seen.

Not for: whether phrases or model see enough (`tests/danger`, `data`).
"""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from api.danger.phrases import load
from api.danger.signals import Signal, signals, worst

WORDS = yaml.safe_load(Path(__file__).with_name("words.yml").read_text(encoding="utf-8"))
_PHRASES = load()


@dataclass(frozen=True)
class Spoken:
    """One danger as it is written. `signal`: what the phrases see; None where only the model can.

    `texts`: for the model several, of which it must know one.
    """

    kind: str
    level: str
    texts: tuple[str, ...] = field(repr=False)
    numbers: frozenset[str] = field(repr=False)
    signal: Signal | None = field(repr=False)

    def __str__(self) -> str:
        return f"{self.kind}-{self.level if self.signal else 'model'}"


def seen_by_phrases() -> list[Spoken]:
    """Give each kind at each level, in words that the phrases must see as just that."""
    return [
        Spoken(kind, level, (text,), frozenset(about["numbers"][level]), _seen(text))
        for kind, about in WORDS.items()
        for level, text in about["phrases"].items()
    ]


def left_to_the_model() -> list[Spoken]:
    """Give each kind in words that no phrase sees."""
    return [
        Spoken(kind, "R2", tuple(about["model"]), frozenset(about["numbers"]["R2"]), None)
        for kind, about in WORDS.items()
    ]


def unseen(text: str) -> bool:
    return not signals(text, _PHRASES)


def _seen(text: str) -> Signal | None:
    return worst(signals(text, _PHRASES))
