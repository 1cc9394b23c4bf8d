"""Reads the training data: Rasa's own files, whose lines may end with what else is known of them.

Not for: understanding any of it, nor for how labels are written (`labels.py`).
"""

from typing import Any, Self

from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from bot.understanding import labels
from bot.understanding.labels import DANGER, LANGUAGE

# Attributes of a message, beside Rasa's own.
FACTS, WRITER = "facts", "writer"

__all__ = ["DANGER", "FACTS", "LANGUAGE", "WRITER", "LabelledFiles", "labelled"]


class LabelledMessage(Message):
    """A message with its labels. Nothing changes it: Rasa copies all many times, and need not."""

    def __deepcopy__(self, _: object) -> Self:
        return self


class LabelledFiles(RasaFileImporter):
    """Rasa's importer, but for the labels at the ends of lines."""

    def get_nlu_data(self, language: str | None = "fr") -> TrainingData:
        """Give all lines, of whatever language: Rasa asks for more than one."""
        del language
        return self._all_lines()

    # Rasa asks often while it trains.
    @cached_method
    def _all_lines(self) -> TrainingData:
        read = super().get_nlu_data("fr")
        read.training_examples = [labelled(message) for message in read.training_examples]
        return read


def labelled(message: Message) -> Message:
    """Take the labels out of the text of a message, and give them as attributes.

    Raises `ValueError` for labels that cannot be read.
    """
    found = labels.read(message.get(TEXT) or "")
    if found is None:
        return message
    data: dict[str, Any] = {**message.data, TEXT: found.text, WRITER: found.writer}
    told = {FACTS: found.facts, DANGER: found.danger, LANGUAGE: found.language}
    return LabelledMessage(data={**data, **told})
