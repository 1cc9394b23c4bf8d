"""What is held to be told, of the scores of a model: a danger and its level, facts, a language.

Every threshold stands here, with what it was chosen by. Pure. Not for: scores (`meaning.py`).
"""

from collections.abc import Sequence
from typing import NamedTuple

from bot.understanding.meaning import FRENCH, LANGUAGE, LEVEL, Fact, Meaning, Scores
from bot.understanding.parts import Part, parts

DANGER = "danger_"
# Chosen on training writers left out, for recall first: dangers this likely together are one.
SEEN = 0.2
# In doubt between two levels, the higher one (understanding.md).
LOWER_THAN_R3 = -0.2
# A fact that the model holds for told; and one that it would not, where a pattern finds it.
TOLD, TOLD_BESIDE_A_PATTERN = -0.2, -0.6
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


def read(meaning: Meaning, text: str) -> Read:
    """Read one text, as a whole and in its parts."""
    within = [Part(0, len(text)), *parts(text)]
    rows = meaning.features.of([text[part.start : part.end] for part in within])
    likely, levels = meaning.likely(rows), meaning.scores(LEVEL, rows[:1])[0]
    return Read(
        likely[0],
        _danger(meaning, likely, levels, within),
        float(likely[:, _dangers(meaning)].sum(axis=1).max()),
        _facts(meaning.facts, meaning.scores("facts", rows), within),
        _language(meaning.heads[LANGUAGE].labels, meaning.scores(LANGUAGE, rows[:1])[0]),
    )


def _danger(
    meaning: Meaning, likely: Scores, levels: Scores, within: Sequence[Part]
) -> Danger | None:
    dangers = _dangers(meaning)
    share = likely[:, dangers].sum(axis=1)
    if not dangers or share[0] < SEEN:
        return None
    kind = meaning.intents[dangers[int(likely[0, dangers].argmax())]]
    by_level = dict(zip(meaning.heads[LEVEL].labels, map(float, levels), strict=True))
    r3, r2 = (by_level.get(level, float("-inf")) for level in ("R3", "R2"))
    level = "R3" if r3 - r2 > LOWER_THAN_R3 else "R2"
    # The part that says it most plainly; the whole, when none of its parts does.
    words = within[int(share.argmax())]
    return Danger(kind, level, float(share[0]), words)


def _dangers(meaning: Meaning) -> list[int]:
    return [place for place, name in enumerate(meaning.intents) if name.startswith(DANGER)]


def _facts(facts: Sequence[Fact], scores: Scores, within: Sequence[Part]) -> list[Told]:
    # The words are those of a part where there are parts: the whole may be very long.
    first = 1 if len(within) > 1 else 0
    best = first + scores[first:].argmax(axis=0)
    # What a part says counts as much as what the whole does.
    both = (scores[0] + scores.max(axis=0)) / 2
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
