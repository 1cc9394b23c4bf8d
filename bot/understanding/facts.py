"""The pipeline component that finds what a child tells: paid, amount, demand, published and so on.

Not for: intents and dangers. A message may hold any number of facts and they never change which
intent it has (understanding.md). What a model holds for told comes first, where there is one; what
it doubts, a reviewed pattern may confirm. The patterns are data: `facts.yml`, and `literals`.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Self

import yaml
from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding import decisions, literals, plain
from bot.understanding.decisions import Told
from bot.understanding.filled import filled
from bot.understanding.literals import LITERAL, Found
from bot.understanding.parts import Part, shown
from bot.understanding.reader import TOLD

Patterns = dict[str, dict[str, list[re.Pattern[str]]]]

# What no training line is labelled with, so that a pattern alone can find it.
UNLABELLED = (("subject", "self"),)

_TABLE = Path(__file__).with_name("facts.yml")


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class Facts(GraphComponent):
    """Appends one entity for each fact told, with the place of its words."""

    @classmethod
    def create(cls, *_: object, **__: object) -> Self:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            found = entities(message.get(TEXT) or "", message.get(TOLD))
            told = [*message.get(ENTITIES, []), *found]
            message.set(ENTITIES, told, add_to_output=True)
        return messages


def entities(text: str, told: Sequence[Told] | None = None) -> list[dict[str, Any]]:
    """Find the facts of a text, as Rasa entities: each value of a fact once.

    `told`: what a model makes of it; without one the patterns alone decide.
    """
    found = find(text)
    if told is not None:
        found = {**weighed(told, found), **{fact: found[fact] for fact in LITERAL & found.keys()}}
    return [
        {
            "entity": fact,
            "value": one.value,
            **shown(text, Part(one.start, one.end))._asdict(),
            "extractor": "Facts",
        }
        for fact, values in found.items()
        for one in values
    ]


def weighed(told: Sequence[Told], patterns: dict[str, list[Found]]) -> dict[str, list[Found]]:
    """Choose what is told, surest first; a pattern gives its words and confirms what is doubted."""
    chosen = {
        fact: [one]
        for fact, value in UNLABELLED
        for one in patterns.get(fact, [])
        if one.value == value
    }
    for (fact, value), score, part in sorted(told, key=lambda one: -one.score):
        pattern = next((one for one in patterns.get(fact, []) if one.value == value), None)
        if score <= (decisions.TOLD if pattern is None else decisions.TOLD_BESIDE_A_PATTERN):
            continue
        # Only a demand may be of two kinds (understanding.md); of two others the surer one stands.
        if fact == "demand" or fact not in chosen:
            chosen.setdefault(fact, []).append(pattern or Found(value, *part))
    return chosen


def find(text: str) -> dict[str, list[Found]]:
    """Find the facts of a text by name; a fact that is not told is not there."""
    read = plain.read(text)
    told = {fact: _once(_matches(read, values)) for fact, values in _patterns().items()}
    told["amount"] = _once(literals.amounts(read))
    told["deadline"] = _once(literals.deadlines(read))
    told["platform"] = _once(literals.platforms(read))
    told["payment_method"] = _once(literals.methods(read))
    return {fact: found for fact, found in told.items() if found}


def _matches(text: str, values: dict[str, list[re.Pattern[str]]]) -> Iterator[Found]:
    denied: list[Found] = []
    for value, patterns in values.items():
        for match in (match for pattern in patterns for match in pattern.finditer(text)):
            found = Found(value, match.start(), match.end())
            if value == "no":
                denied.append(found)
            elif value == "yes" and found.overlaps(*denied):
                continue
            yield found


def _once(told: Iterator[Found]) -> list[Found]:
    return list({found.value: found for found in reversed(list(told))}.values())[::-1]


@cache
def _patterns() -> Patterns:
    table = yaml.safe_load(_TABLE.read_text(encoding="utf-8"))
    words: dict[str, str] = {}
    # A word may be made of those before it.
    for name, pattern in table["words"].items():
        words[name] = filled(pattern, words)
    return {
        fact: {
            value: [re.compile(filled(pattern, words)) for pattern in patterns]
            for value, patterns in values.items()
        }
        for fact, values in table["facts"].items()
    }
