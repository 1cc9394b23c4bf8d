"""Reads what Relais is judged by: the messages of `tests/understanding`, with their labels.

Runs in both environments. Not for: training; nobody whose lines are here has any in `data/nlu`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api import yaml_file

FOLDER = Path(__file__).parents[1] / "tests/understanding"


@dataclass(frozen=True)
class Danger:
    """What a message says of danger; an idiom or a denial is R1."""

    kind: str
    level: str
    subject: str


@dataclass(frozen=True)
class Labelled:
    """One message. The first of `intents` is its label; the others were found equally right."""

    text: str
    writer: str
    intents: tuple[str, ...]
    facts: Mapping[str, tuple[str, ...]]
    danger: Danger | None
    language: str = "fr"

    @property
    def in_danger(self) -> bool:
        """Whether it must be seen: R2 or R3."""
        return self.danger is not None and self.danger.level != "R1"


@dataclass(frozen=True)
class Judges:
    """All there is: labelled messages, how far the labellers agreed, and everyday messages.

    `foreign`: messages in other languages, and French with words of others in it.
    """

    messages: tuple[Labelled, ...]
    agreement: Mapping[str, float]
    neutral: tuple[str, ...]
    foreign: tuple[Labelled, ...]


def judges(folder: Path = FOLDER) -> Judges:
    heldout = yaml_file.read(folder / "heldout.yml")
    return Judges(
        tuple(_labelled(entry) for entry in heldout["messages"]),
        heldout["agreement"],
        tuple(yaml_file.read(folder / "neutral.yml")["messages"]),
        tuple(_labelled(one) for one in yaml_file.read(folder / "languages.yml")["messages"]),
    )


def _labelled(entry: dict[str, Any]) -> Labelled:
    return Labelled(
        entry["text"],
        entry["writer"],
        tuple(entry["intents"]),
        {name: tuple(values) for name, values in entry.get("facts", {}).items()},
        Danger(**entry["danger"]) if "danger" in entry else None,
        entry.get("language", "fr"),
    )
