"""The pipeline component that puts a danger before all else that a message may mean.

Behind the FallbackClassifier: a danger that is not sure is answered as one, never asked about
again (understanding.md: danger R2 or R3 first). Not for: seeing it (`decisions.py`).
"""

from typing import Any, Self

from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.reader import DANGER


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Dangers(GraphComponent):
    """Makes the kind of a danger the intent."""

    @classmethod
    def create(cls, *_: object, **__: object) -> Self:
        return cls()

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            danger: dict[str, Any] | None = message.get(DANGER)
            if danger is None:
                continue
            intent = {"name": danger["kind"], "confidence": danger["confidence"]}
            others = [
                one for one in message.get(INTENT_RANKING_KEY, []) if one["name"] != danger["kind"]
            ]
            message.set(INTENT, intent, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [intent, *others], add_to_output=True)
        return messages
