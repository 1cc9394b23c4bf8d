"""The pipeline component that finds what a child tells: paid, amount, demand, published and so on.

Not for: intents and dangers. A message may hold any number of facts and they never change which
intent it has (understanding.md). The patterns are data: `facts.yml`, and `literals` for figures.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Self

import yaml
from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding import literals, plain
from bot.understanding.literals import Found

Patterns = dict[str, dict[str, list[re.Pattern[str]]]]

_TABLE = Path(__file__).with_name("facts.yml")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Facts(GraphComponent):
    """Appends one entity for each fact told, with the place of its words."""

    @classmethod
    def create(cls, *_: object, **__: object) -> Self:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            told = [*message.get(ENTITIES, []), *entities(message.get(TEXT) or "")]
            message.set(ENTITIES, told, add_to_output=True)
        return messages


def entities(text: str) -> list[dict[str, Any]]:
    """Find the facts of a text, as Rasa entities: each value of a fact once."""
    return [
        {
            "entity": fact,
            "value": found.value,
            "start": found.start,
            "end": found.end,
            "extractor": "Facts",
        }
        for fact, told in find(text).items()
        for found in told
    ]


def find(text: str) -> dict[str, list[Found]]:
    """Find the facts of a text by name; a fact that is not told is not there."""
    read = plain.read(text)
    told = {fact: _once(_matches(read, values)) for fact, values in _patterns().items()}
    told["amount"] = _once(literals.amounts(read))
    told["deadline"] = _once(literals.deadlines(read))
    return {fact: found for fact, found in told.items() if found}


def _matches(text: str, values: dict[str, list[re.Pattern[str]]]) -> Iterator[Found]:
    denied: list[Found] = []
    for value, patterns in values.items():
        for match in (match for pattern in patterns for match in pattern.finditer(text)):
            found = Found(value, match.start(), match.end())
            if value == "no":
                denied.append(found)
            elif value == "yes" and any(_overlap(found, other) for other in denied):
                continue
            yield found


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


def _once(told: Iterator[Found]) -> list[Found]:
    return list({found.value: found for found in reversed(list(told))}.values())[::-1]


@cache
def _patterns() -> Patterns:
    table = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    words: dict[str, str] = {}
    # A word may be made of those before it.
    for name, pattern in table["words"].items():
        words[name] = _filled(pattern, words)
    return {
        fact: {
            value: [re.compile(_filled(pattern, words)) for pattern in patterns]
            for value, patterns in values.items()
        }
        for fact, values in table["facts"].items()
    }


def _filled(pattern: str, words: dict[str, str]) -> str:
    # Not str.format: a repetition such as {0,40} is no name.
    return re.sub(r"\{([A-Za-z_]+)\}", lambda name: f"(?:{words[name[1]]})", pattern)
