"""Reads the training data: Rasa's own files, whose lines may end with what else is known of them.

    - jlui ai deja donné 50e en pcs {a1 paid=yes amount=50e payment_method=pcs}

First who wrote it (nobody is in the training data and in what it is judged by), then each fact it
tells, `danger=` with its level, and `language=` of what is not French. Not for: understanding any
of it.
"""

import re
from typing import Any, Self

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

# Attributes of a message, beside Rasa's own.
FACTS, DANGER, LANGUAGE, WRITER = "facts", "danger", "language", "writer"

_LABELLED = re.compile(r"(?P<text>.*\S)\s*\{(?P<writer>\w+)(?P<labels>[^{}]*)\}")
_LABEL = re.compile(r'(?P<name>\w+)=(?:"(?P<quoted>[^"]*)"|(?P<plain>\S+))')


class LabelledMessage(Message):
    """A message with its labels. Nothing changes it: Rasa copies all many times, and need not."""

    def __deepcopy__(self, _: object) -> Self:
        return self


class LabelledFiles(RasaFileImporter):
    """Rasa's importer, but for the labels at the ends of lines."""

    # Rasa asks three times while it trains.
    @cached_method
    def get_nlu_data(self, language: str | None = "fr") -> TrainingData:
        read = super().get_nlu_data(language)
        read.training_examples = [labelled(message) for message in read.training_examples]
        return read


def labelled(message: Message) -> Message:
    """Take the labels out of the text of a message, and give them as attributes.

    Raises `ValueError` for labels that cannot be read.
    """
    found = _LABELLED.fullmatch(message.get(TEXT) or "")
    if found is None:
        return message
    if _LABEL.sub("", found["labels"]).strip():
        raise ValueError(f"labels of {found['writer']} that cannot be read: {found['labels']}")
    facts: dict[str, list[str]] = {}
    for label in _LABEL.finditer(found["labels"]):
        value = label["quoted"] if label["plain"] is None else label["plain"]
        facts.setdefault(label["name"], []).append(value)
    danger, language = (facts.pop(name, [None])[0] for name in (DANGER, LANGUAGE))
    data: dict[str, Any] = {**message.data, TEXT: found["text"], WRITER: found["writer"]}
    return LabelledMessage(data={**data, FACTS: facts, DANGER: danger, LANGUAGE: language})
