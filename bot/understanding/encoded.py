"""What the encoder made of a message, as the Reader finds it. Not for: making it (`encoder.py`)."""

from typing import NamedTuple

# The attribute of a message that was read.
ENCODED = "encoded"


class Encoded(NamedTuple):
    """What is made of a text, by label: the natural logarithms of chances.

    Of a fact, which may stand beside others, it is the logarithm of the odds.
    """

    intents: dict[str, float]
    levels: dict[str, float]
    facts: dict[str, float]
