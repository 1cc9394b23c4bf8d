"""The pipeline component that reads a message: intent, danger, facts and language.

Not for: how that is found out (`meaning.py`, `decisions.py`), nor for what is done when it is not
sure (Rasa's FallbackClassifier, then `dangers.py`).
"""

from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding import importer
from bot.understanding.decisions import Danger, Read, read
from bot.understanding.encoded import ENCODED
from bot.understanding.literals import LITERAL
from bot.understanding.meaning import CALM, FRENCH, Line, Meaning

# Attributes of a message that was read: `TOLD` is for `facts.py`, the others go out.
TOLD, DANGER, SHARE, LANGUAGE = "told", "danger", "danger_share", "language"

_RANKED = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Reader(GraphComponent):
    """Sets the intent, its confidence and the next likely ones; danger, language, facts told."""

    def __init__(self, storage: ModelStorage, resource: Resource) -> None:
        self._storage, self._resource = storage, resource
        self._meaning = Meaning()

    # Rasa gives what the parameters are named for.
    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
    ) -> Self:
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],  # noqa: ARG003
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003
        **_: Any,  # noqa: ANN401
    ) -> Self:
        loaded = cls(model_storage, resource)
        with model_storage.read_from(resource) as folder:
            loaded._meaning = Meaning.load(folder)
        return loaded

    def train(self, training_data: TrainingData) -> Resource:
        said = [one for one in training_data.intent_examples if one.get(TEXT)]
        self._meaning.fit([line_of(one) for one in said])
        with self._storage.write_to(self._resource) as folder:
            self._meaning.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            found = read(self._meaning, message.get(TEXT) or "", message.get(ENCODED))
            ranking = self._ranking(found)
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
            message.set(DANGER, found.danger and _as_output(found.danger), add_to_output=True)
            message.set(SHARE, round(found.danger_share, 4), add_to_output=True)
            message.set(LANGUAGE, found.language, add_to_output=True)
            message.set(TOLD, found.facts)
        return messages

    def _ranking(self, found: Read) -> list[dict[str, Any]]:
        best = found.likely.argsort()[::-1][:_RANKED]
        return [
            {"name": self._meaning.intents[one], "confidence": float(found.likely[one])}
            for one in best
        ]


def line_of(message: Message) -> Line:
    """Give what is learned of a training example."""
    told = message.get(importer.FACTS) or {}
    return Line(
        text=message.get(TEXT),
        intent=message.get(INTENT),
        facts=frozenset(
            (fact, value)
            for fact, values in told.items()
            if fact not in LITERAL
            for value in values
        ),
        level=message.get(importer.DANGER) or CALM,
        language=message.get(importer.LANGUAGE) or FRENCH,
        writer=message.get(importer.WRITER) or "",
    )


def _as_output(danger: Danger) -> dict[str, Any]:
    return {
        "kind": danger.kind,
        "level": danger.level,
        "confidence": danger.confidence,
        "start": danger.words.start,
        "end": danger.words.end,
    }
