"""Counts and what they say: a share with its interval, an F1.

Pure. Not for: what is counted.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass

# Of the standard normal distribution, for 95 %.
_Z = 1.959964


@dataclass(frozen=True)
class Share:
    """So many of so many."""

    right: int
    of: int

    @classmethod
    def counted(cls, each: Iterable[bool]) -> "Share":
        every = list(each)
        return cls(sum(every), len(every))

    @property
    def value(self) -> float:
        """Give the share; nothing of nothing is all of it."""
        return self.right / self.of if self.of else 1.0

    @property
    def interval(self) -> tuple[float, float]:
        """Give Wilson's interval for 95 %: it holds near one, where the usual one does not."""
        if not self.of:
            return 0.0, 1.0
        share, square = self.value, _Z**2
        middle = (share + square / (2 * self.of)) / (1 + square / self.of)
        spread = math.sqrt(share * (1 - share) / self.of + square / (4 * self.of**2))
        half = _Z * spread / (1 + square / self.of)
        return max(0.0, middle - half), min(1.0, middle + half)


@dataclass(frozen=True)
class Found:
    """What was rightly found, wrongly found, and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: "Found") -> "Found":
        return Found(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    @classmethod
    def between(cls, truth: set[str], said: set[str]) -> "Found":
        return cls(len(truth & said), len(said - truth), len(truth - said))

    @property
    def f1(self) -> float:
        """Give the F1; where nothing was there and nothing found, all is right."""
        both = 2 * self.right + self.wrong + self.missed
        return 2 * self.right / both if both else 1.0
