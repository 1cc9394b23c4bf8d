"""What was found in a text, and where its words stand. Not for: finding it."""

from typing import NamedTuple


class Found(NamedTuple):
    """A value and where its words stand in the text."""

    value: str
    start: int
    end: int

    def overlaps(self, *others: "Found") -> bool:
        """Tell whether it shares a character with one of the others."""
        return any(self.start < other.end and other.start < self.end for other in others)
