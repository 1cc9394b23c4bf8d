"""What the rounds say: medians, ratios, shares, and how they are printed.

Not for: measuring.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from bench.rounds import Round

# What docs/proof.md asks of the whole way beside bare stock Rasa.
LEAST_TURNS = 0.8
LONGEST_P95 = 1.3


def percentile(values: Sequence[float], share: float) -> float:
    """Return the smallest value that `share` of all values do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


@dataclass(frozen=True)
class Figures:
    """One side: turns in a second, and milliseconds of a turn."""

    per_second: float
    p50: float
    p95: float

    @classmethod
    def of(cls, one: Round) -> "Figures":
        return cls(
            one.per_second, 1000 * percentile(one.turns, 0.5), 1000 * percentile(one.turns, 0.95)
        )

    def beside(self, other: "Figures") -> "Figures":
        """Return each figure as a multiple of the other's."""
        return Figures(
            self.per_second / other.per_second, self.p50 / other.p50, self.p95 / other.p95
        )


def middle(many: Sequence[Figures]) -> Figures:
    """Return the medians."""
    return Figures(
        median(one.per_second for one in many),
        median(one.p50 for one in many),
        median(one.p95 for one in many),
    )


@dataclass(frozen=True)
class Row:
    """Two sides beside each other.

    The ratios are medians of pairs: what disturbed one side's round has most likely disturbed the
    other's, which followed at once.
    """

    name: str
    ours: Figures
    stock: Figures
    ratio: Figures

    @classmethod
    def of(cls, name: str, ours: Sequence[Figures], stock: Sequence[Figures]) -> "Row":
        pairs = [one.beside(other) for one, other in zip(ours, stock, strict=True)]
        return cls(name, middle(ours), middle(stock), middle(pairs))

    def __str__(self) -> str:
        pairs = (
            f"{ours:8.1f} {stock:8.1f} {ratio:6.2f}"
            for ours, stock, ratio in (
                (self.ours.per_second, self.stock.per_second, self.ratio.per_second),
                (self.ours.p50, self.stock.p50, self.ratio.p50),
                (self.ours.p95, self.stock.p95, self.ratio.p95),
            )
        )
        return f"{self.name:<26} | " + " | ".join(pairs)

    @property
    def enough(self) -> bool:
        return self.ratio.per_second >= LEAST_TURNS and self.ratio.p95 <= LONGEST_P95

    @property
    def figure(self) -> str:
        """Say it in one line, for docs/proof.md."""
        return (
            f"{self.name}: {self.ratio.per_second:.2f} times the turns/s of bare stock Rasa "
            f"({self.ours.per_second:.1f} beside {self.stock.per_second:.1f}), p95 "
            f"{self.ratio.p95:.2f} times its p95 ({self.ours.p95:.0f} beside "
            f"{self.stock.p95:.0f} ms)"
        )


HEAD = f"{'':<26} | {'turns/s':^24} | {'p50 ms':^24} | {'p95 ms':^24}\n{'':<26} | " + " | ".join(
    [f"{'ours':>8} {'stock':>8} {'ratio':>6}"] * 3
)


def shares(moments: Sequence[tuple[str, float]]) -> list[str]:
    """Render mean moments of a turn, in order, as what each stage took of the whole."""
    whole = moments[-1][1] - moments[0][1]
    stages = [(name, at - before) for (_, before), (name, at) in pairwise(moments)]
    return [f"  {name:<44} {1000 * took:8.1f} ms {took / whole:5.0%}" for name, took in stages]
