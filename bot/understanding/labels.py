"""What stands at the end of a training line: who wrote it, and what is known of it.

    - jlui ai deja donné 50e en pcs {a1 paid=yes amount=50e payment_method=pcs}

First who wrote it (nobody is in the training data and in what it is judged by), then each fact it
tells, `danger=` with its level, and `language=` of what is not French. Pure.
"""

import re
from typing import NamedTuple

DANGER, LANGUAGE = "danger", "language"
# The facts that keep the child's words beside a normal form (understanding.md).
LITERAL = frozenset({"deadline", "amount", "platform", "payment_method"})

_LABELLED = re.compile(r"(?P<text>.*\S)\s*\{(?P<writer>\w+)(?P<labels>[^{}]*)\}")
_LABEL = re.compile(r'(?P<name>\w+)=(?:"(?P<quoted>[^"]*)"|(?P<plain>\S+))')


class Labelled(NamedTuple):
    """A line without its labels, and what they say."""

    text: str
    writer: str
    facts: dict[str, list[str]]
    danger: str | None
    language: str | None


def read(line: str) -> Labelled | None:
    """Read a line; None for one without labels.

    Raises `ValueError` for labels that cannot be read.
    """
    found = _LABELLED.fullmatch(line)
    if found is None:
        return None
    if _LABEL.sub("", found["labels"]).strip():
        raise ValueError(f"labels of {found['writer']} that cannot be read: {found['labels']}")
    facts: dict[str, list[str]] = {}
    for label in _LABEL.finditer(found["labels"]):
        value = label["quoted"] if label["plain"] is None else label["plain"]
        facts.setdefault(label["name"], []).append(value)
    danger, language = (facts.pop(name, [None])[0] for name in (DANGER, LANGUAGE))
    return Labelled(found["text"], found["writer"], facts, danger, language)
