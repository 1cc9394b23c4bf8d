"""Asks the whole system what messages mean: the real bot over its own HTTP, and the api's phrases.

Not for: judging it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import httpx

from api.danger.phrases import load
from api.danger.signals import Level, Signal, signals, worst
from evaluation.shapes import Understands, Understood
from tests import loopback
from tests.stack.dialogue import SECRET, Dialogue

# Fewer than the bot takes in one call, so that none takes long.
_AT_ONCE = 100
_SECONDS = 30.0


@contextmanager
def asked(dialogue: Dialogue) -> Iterator[Understands]:
    """Give what answers texts with all that a running system makes of them."""
    with loopback.session(dialogue.url, timeout=_SECONDS) as client:

        def understood_of(texts: Sequence[str]) -> list[Understood]:
            parts = [texts[start : start + _AT_ONCE] for start in range(0, len(texts), _AT_ONCE)]
            said = [one for part in parts for one in _of_the_bot(client, part)]
            return [
                together(one, worst(signals(text, load())))
                for text, one in zip(texts, said, strict=True)
            ]

        yield understood_of


def together(said: Understood, signal: Signal | None) -> Understood:
    """Join what the bot understood and what the phrases have seen; the higher danger counts.

    As in a turn: a danger of R2 or R3 is the intent, an R1 leaves it alone.
    """
    seen = said["danger"]
    if signal is None or (seen is not None and seen["level"] > signal.level):
        return said
    joined: Understood = {
        **said,
        "danger": {"kind": signal.kind, "level": str(signal.level), "subject": signal.subject},
    }
    if signal.level is not Level.R1 and said["intent"] != signal.kind:
        joined |= {"intent": signal.kind, "confidence": 1.0}
    return joined


def _of_the_bot(client: httpx.Client, texts: Sequence[str]) -> list[Understood]:
    answer = client.post(
        "/webhooks/turn",
        json={"mode": "understand", "texts": list(texts)},
        headers={"X-Relais-Secret": SECRET},
    )
    return [
        {
            "intent": one["intent"],
            "confidence": one["confidence"],
            "facts": one["facts"],
            "danger": one["danger"],
            "language": one.get("language"),
        }
        for one in answer.raise_for_status().json()["understood"]
    ]
