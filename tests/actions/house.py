"""What the files of the dialogue hold, read once: responses, rules, examples, intents.

Not for: judging them; the tests do.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
INTENTS = ROOT / "tests" / "actions" / "intents.txt"

Responses = dict[str, list[dict[str, Any]]]


def files(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).glob("*.yml"))


@cache
def read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return content


@cache
def responses() -> Responses:
    return {
        name: variants
        for path in files("bot/domain")
        for name, variants in read(path).get("responses", {}).items()
    }


def texts() -> Iterator[tuple[str, str, str | None]]:
    """Every text a child may read: response, text, channel."""
    for name, variants in responses().items():
        for variant in variants:
            yield name, variant["text"], variant.get("channel")


@cache
def rules() -> dict[str, list[str]]:
    """Give the actions of each intent's rule, in order."""
    found: dict[str, list[str]] = {}
    for path in files("data/rules"):
        for rule in read(path)["rules"]:
            intent, *actions = rule["steps"]
            assert intent["intent"] not in found, "one rule an intent"
            found[intent["intent"]] = [step["action"] for step in actions]
    return found


@cache
def examples() -> dict[str, list[str]]:
    """Give the training messages of each intent."""
    return {
        block["intent"]: [
            line[2:].rpartition(" {")[0].strip() for line in block["examples"].splitlines()
        ]
        for path in files("data/nlu")
        for block in read(path)["nlu"]
    }


def declared_intents() -> list[str]:
    return [name for path in files("bot/domain") for name in read(path).get("intents", [])]
