"""The order in which children are helped.

Pure. Danger first, the higher level before the lower, then whoever has waited longest.
Source: understanding.md, danger levels. Not for: which of them a counsellor chooses to open.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

RANK = {"R3": 0, "R2": 1, "R1": 2, None: 3}


@dataclass(frozen=True, order=True)
class Place:
    """Where somebody stands in the queue; the smaller place is helped first."""

    rank: int
    since: datetime
    key: str


def place(level: str | None, since: datetime, key: str) -> Place:
    """Return the place of a conversation. `key` (its id) settles equal moments."""
    return Place(RANK[level], since, key)


def ahead(mine: Place, others: Iterable[Place]) -> int:
    """Count those who are helped before me."""
    return sum(other < mine for other in others)
