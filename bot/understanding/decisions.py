"""What is held to be told, of the scores of a model: a danger and its level, facts, a language.

Every threshold stands here, with what it was chosen by. Pure. Not for: scores (`meaning.py`).
"""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from bot.understanding.encoded import Encoded
from bot.understanding.meaning import FRENCH, LANGUAGE, LEVEL, Fact, Meaning, Scores, softmax
from bot.understanding.parts import Part, parts

DANGER = "danger_"
# Chosen on training writers left out, for recall first: dangers this likely together are one.
SEEN = 0.2
# The encoder does not hide a danger that the linear model alone holds for this likely.
SEEN_BY_WORDS = 0.4
# In doubt between two levels, the higher one (understanding.md).
LOWER_THAN_R3 = -0.35
# A fact that the model holds for told; and one that it would not, where a pattern finds it.
TOLD, TOLD_BESIDE_A_PATTERN = -0.3, -0.6
# How much of each is believed where both have read a text: the linear model, and the encoder. More
# than one together, since what both say is surer than what one does. Chosen, as those below, on
# writers that neither had learned.
BY_WORDS, BY_SENSE = 0.5, 0.6
# The same of a fact, and of one level of danger beside another.
FACT_BY_WORDS, FACT_BY_SENSE = 0.6, 0.1
LEVEL_BY_SENSE = 0.25
_LEAST = 1e-6
# Another language must be surer than French by so much: teenagers mix in English.
FOREIGN = 0.2


class Told(NamedTuple):
    """A fact that may be told, how surely, and by which words."""

    fact: Fact
    score: float
    words: Part


class Danger(NamedTuple):
    """A danger R2 or R3."""

    kind: str
    level: str
    confidence: float
    words: Part


class Read(NamedTuple):
    """What one text means to the model: how likely each intent is, and what is told beside it.

    `danger_share`: how likely a danger is in the text or in any of its parts.
    """

    likely: Scores
    danger: Danger | None
    danger_share: float
    facts: list[Told]
    language: str


def read(meaning: Meaning, text: str, encoded: Encoded | None = None) -> Read:
    """Read one text, as a whole and in its parts; of the whole there may be an `encoded` too."""
    within = [Part(0, len(text)), *parts(text)]
    rows = meaning.features.of([text[part.start : part.end] for part in within])
    likely = meaning.likely(rows)
    level = _level(meaning.heads[LEVEL].labels, meaning.scores(LEVEL, rows[:1])[0], encoded)
    alone = likely[0].copy()
    if encoded is not None:
        likely[0] = together(meaning.intents, likely[0], encoded.intents)
    return Read(
        likely[0],
        _danger(meaning, likely, alone, within, level),
        float(likely[:, _dangers(meaning)].sum(axis=1).max()),
        _facts(meaning.facts, meaning.scores("facts", rows), within, encoded),
        _language(meaning.heads[LANGUAGE].labels, meaning.scores(LANGUAGE, rows[:1])[0]),
    )


def together(intents: Sequence[str], likely: Scores, encoded: Mapping[str, float]) -> Scores:
    """Weigh both readings of a text; an intent that the encoder never learned stays as it was."""
    known = np.array([name in encoded for name in intents])
    if not known.any():
        return likely
    sense = np.array([encoded[name] for name in intents if name in encoded], dtype=np.float32)
    weighed = BY_WORDS * np.log(np.maximum(likely[known], _LEAST)) + BY_SENSE * sense
    both = likely.copy()
    both[known] = likely[known].sum() * softmax(weighed[None])[0]
    return both


def _danger(
    meaning: Meaning, likely: Scores, alone: Scores, within: Sequence[Part], level: str
) -> Danger | None:
    """`alone`: how likely the linear model by itself holds each intent."""
    dangers = _dangers(meaning)
    share = likely[:, dangers].sum(axis=1)
    if not dangers or (share[0] < SEEN and alone[dangers].sum() < SEEN_BY_WORDS):
        return None
    kind = meaning.intents[dangers[int(likely[0, dangers].argmax())]]
    # The part that says it most plainly; the whole, when none of its parts does.
    words = within[int(share.argmax())]
    return Danger(kind, level, float(share[0]), words)


def _level(levels: Sequence[str], scores: Scores, encoded: Encoded | None) -> str:
    """Give the level of what is a danger: the encoder may raise it, and never lowers it."""
    by_level = dict(zip(levels, map(float, scores), strict=True))
    r3, r2 = (by_level.get(level, float("-inf")) for level in ("R3", "R2"))
    higher = r3 - r2
    if encoded is not None and encoded.levels.keys() >= {"R2", "R3"}:
        higher += max(0.0, LEVEL_BY_SENSE * (encoded.levels["R3"] - encoded.levels["R2"]))
    return "R3" if higher > LOWER_THAN_R3 else "R2"


def _dangers(meaning: Meaning) -> list[int]:
    return [place for place, name in enumerate(meaning.intents) if name.startswith(DANGER)]


def _facts(
    facts: Sequence[Fact], scores: Scores, within: Sequence[Part], encoded: Encoded | None
) -> list[Told]:
    # The words are those of a part where there are parts: the whole may be very long.
    first = 1 if len(within) > 1 else 0
    best = first + scores[first:].argmax(axis=0)
    # What a part says counts as much as what the whole does.
    both = (scores[0] + scores.max(axis=0)) / 2
    if encoded is not None:
        sense = encoded.facts
        for place, fact in enumerate(map("=".join, facts)):
            if fact in sense:
                both[place] = FACT_BY_WORDS * both[place] + FACT_BY_SENSE * sense[fact]
    return [
        Told(fact, float(both[place]), within[int(best[place])])
        for place, fact in enumerate(facts)
        if both[place] > TOLD_BESIDE_A_PATTERN
    ]


def _language(languages: Sequence[str], scores: Scores) -> str:
    by_name = dict(zip(languages, map(float, scores), strict=True))
    likeliest = max(by_name, key=by_name.__getitem__)
    foreign = by_name[likeliest] > by_name.get(FRENCH, 0.0) + FOREIGN
    return likeliest if foreign else FRENCH
