"""Reads the tables of invented messages. Not for: deciding what is expected of them."""

from collections.abc import Iterator
from pathlib import Path

import yaml

HERE = Path(__file__).parent


def rows(folder: str) -> Iterator[tuple[str, str]]:
    """Give (heading, message) of every table in a folder."""
    for path in sorted((HERE / folder).glob("*.yml")):
        table = yaml.safe_load(path.read_text(encoding="utf-8"))
        yield from (
            (heading, message) for heading, messages in table.items() for message in messages
        )


POSITIVES = list(rows("positives"))
NEGATIVES = list(rows("negatives"))
