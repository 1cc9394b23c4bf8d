"""The pipeline component that says what a child wants: one intent, and how sure it is of each.

Not for: how that is found out (`classifier.py`), and not for what is done when it is not sure.
"""

from typing import Any, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.understanding.classifier import Classifier

_RANKED = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class Intents(GraphComponent):
    """Sets the intent, its confidence, and the next likely ones."""

    def __init__(self, storage: ModelStorage, resource: Resource) -> None:
        self._storage, self._resource = storage, resource
        self._classifier = Classifier()

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
            loaded._classifier = Classifier.load(folder)
        return loaded

    def train(self, training_data: TrainingData) -> Resource:
        said = [one for one in training_data.intent_examples if one.get(TEXT)]
        self._classifier.fit([one.get(TEXT) for one in said], [one.get(INTENT) for one in said])
        with self._storage.write_to(self._resource) as folder:
            self._classifier.save(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        texts = [message.get(TEXT) or "" for message in messages]
        for message, likely in zip(messages, self._classifier.probabilities(texts), strict=True):
            best = likely.argsort()[::-1][:_RANKED]
            ranking = [
                {"name": self._classifier.labels[one], "confidence": float(likely[one])}
                for one in best
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages
