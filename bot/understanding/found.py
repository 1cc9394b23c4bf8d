"""What was found in a text, and where its words stand. Not for: finding it."""

from typing import NamedTuple


class Found(NamedTuple):
    """A value and where its words stand in the text."""

    value: str
    start: int
    end: int
