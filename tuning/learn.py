"""Learns: the encoder and its heads together, from lines in all their forms, with falling steps.

Not for: reading or writing files.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import torch
from torch import Tensor
from torch.nn import functional

from scripts.say import line as say
from tuning.lines import Line
from tuning.network import Encoder
from tuning.pieces import PAD, UNKNOWN

SEED = 7
# Of the forms of a line, as it reads, as it was written, mistyped: how often each is learned from.
_FORMS = (0.65, 0.15, 0.2)
_UNREADABLE = 0.05
# Lines of like length are learned from together, chosen from so many times as many.
_DRAWN = 40
_WARMING = 0.06
_SLOWEST = 0.02
_SMOOTHED = 0.05
# How much each head counts.
_INTENTS, _LEVELS, _FACTS = 1.0, 0.5, 3.0
_STEP, _STEP_OF_HEADS = 2.5e-4, 1e-3
_DECAY = 0.01
_SAID_EVERY = 100


@dataclass(frozen=True)
class Labels:
    """The labels of each head, in the order of its scores."""

    intents: list[str]
    levels: list[str]
    facts: list[str]

    @classmethod
    def of(cls, lines: Sequence[Line]) -> "Labels":
        return cls(
            sorted({one.intent for one in lines}),
            sorted({one.level for one in lines}),
            sorted({fact for one in lines for fact in one.facts}),
        )


@dataclass(frozen=True)
class Lessons:
    """Lines as rows of pieces, each in its forms, and as what they should be told apart by."""

    rows: list[tuple[list[int], ...]]
    intents: Tensor
    levels: Tensor
    facts: Tensor

    @classmethod
    def of(
        cls, lines: Sequence[Line], rows: list[tuple[list[int], ...]], labels: Labels
    ) -> "Lessons":
        has = [[float(fact in one.facts) for fact in labels.facts] for one in lines]
        return cls(
            rows,
            torch.tensor([labels.intents.index(one.intent) for one in lines]),
            torch.tensor([labels.levels.index(one.level) for one in lines]),
            torch.tensor(has),
        )


def learn(encoder: Encoder, lessons: Lessons, *, times: int, at_once: int) -> None:
    """Go through all lines `times` times, `at_once` in a step."""
    chance = Random(SEED)  # noqa: S311 - the order of lines
    optimizer = torch.optim.AdamW(_groups(encoder), fused=True)
    most = [group["lr"] for group in optimizer.param_groups]
    steps = [batch for _ in range(times) for batch in _batches(lessons, at_once, chance)]
    encoder.train()
    seen = 0.0
    for number, batch in enumerate(steps):
        share = _pace(number / len(steps))
        for group, rate in zip(optimizer.param_groups, most, strict=True):
            group["lr"] = rate * share
        missed = _missed(encoder, lessons, batch, chance)
        optimizer.zero_grad(set_to_none=True)
        missed.backward()
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimizer.step()
        seen += missed.item()
        if (number + 1) % _SAID_EVERY == 0:
            say(f"  {number + 1} of {len(steps)} steps, loss {seen / _SAID_EVERY:.3f}")
            seen = 0.0
    encoder.eval()


def padded(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """Give rows of one length, and which of it is there."""
    longest = max(map(len, rows))
    pieces = torch.tensor([[*row, *[PAD] * (longest - len(row))] for row in rows])
    return pieces, (pieces != PAD).float()


def _missed(encoder: Encoder, lessons: Lessons, batch: list[int], chance: Random) -> Tensor:
    chosen = chance.choices(range(len(_FORMS)), _FORMS, k=len(batch))
    rows = [lessons.rows[one][form] for one, form in zip(batch, chosen, strict=True)]
    pieces, present = padded(rows)
    unreadable = (torch.rand(pieces.shape) < _UNREADABLE) & (pieces > UNKNOWN)
    with torch.autocast("cpu", torch.bfloat16):
        heads = encoder(pieces.masked_fill(unreadable, UNKNOWN), present)
    intents, levels, facts = (head.float() for head in heads)
    this = torch.tensor(batch)
    sure = functional.cross_entropy(intents, lessons.intents[this], label_smoothing=_SMOOTHED)
    level = functional.cross_entropy(levels, lessons.levels[this])
    told = functional.binary_cross_entropy_with_logits(facts, lessons.facts[this])
    return _INTENTS * sure + _LEVELS * level + _FACTS * told


def _batches(lessons: Lessons, at_once: int, chance: Random) -> list[list[int]]:
    """Give all lines in steps: lines of like length together, in an order by chance."""
    order = list(range(len(lessons.rows)))
    chance.shuffle(order)
    found = list(_alike(order, lessons, at_once))
    chance.shuffle(found)
    return found


def _alike(order: Sequence[int], lessons: Lessons, at_once: int) -> Iterator[list[int]]:
    for start in range(0, len(order), at_once * _DRAWN):
        drawn = sorted(
            order[start : start + at_once * _DRAWN], key=lambda one: len(lessons.rows[one][0])
        )
        yield from (drawn[at : at + at_once] for at in range(0, len(drawn), at_once))


def _pace(gone: float) -> float:
    """Give the share of the longest step: rising at first, then falling."""
    return min(1.0, gone / _WARMING + 1e-3) * max(_SLOWEST, 1 - gone)


def _groups(encoder: Encoder) -> list[dict[str, object]]:
    heads = list(encoder.heads.parameters())
    rest = [one for name, one in encoder.named_parameters() if not name.startswith("heads.")]
    return [
        {"params": [one for one in rest if one.ndim > 1], "lr": _STEP, "weight_decay": _DECAY},
        {"params": [one for one in rest if one.ndim == 1], "lr": _STEP, "weight_decay": 0.0},
        {"params": heads, "lr": _STEP_OF_HEADS, "weight_decay": 0.0},
    ]
