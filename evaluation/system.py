"""Asks the whole system what messages mean: the real bot over its own HTTP, and the api's phrases.

Not for: judging it.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import cast

import httpx

from api.danger.phrases import load
from api.dialogue.shapes import Understood as Answer
from api.understanding.meaning import meaning
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
            phrases = load()
            return [
                cast("Understood", meaning(text, one, phrases))
                for text, one in zip(texts, said, strict=True)
            ]

        yield understood_of


def _of_the_bot(client: httpx.Client, texts: Sequence[str]) -> list[Answer]:
    answer = client.post(
        "/webhooks/turn",
        json={"mode": "understand", "texts": list(texts)},
        headers={"X-Relais-Secret": SECRET},
    )
    said = answer.raise_for_status().json()["understood"]
    return [Answer.model_validate(one) for one in said]
