"""Fills the words of a table into its patterns: `{money}` is the word "money" of the same table.

Not for: which words and patterns there are (`facts.yml`, `ultimatums.yml`).
"""

import re
from collections.abc import Mapping

# Not str.format: a repetition such as {0,40} is no name.
_NAME = re.compile(r"\{([A-Za-z_]+)\}")


def filled(pattern: str, words: Mapping[str, str]) -> str:
    """Put each word, as one group, where the pattern names it."""
    return _NAME.sub(lambda name: f"(?:{words[name[1]]})", pattern)
