"""The pipeline component that reads a message as a sentence: a small language model of French.

multilingual-e5-small, cut to the pieces of words that are used here and tuned to the training data
by `make encoder` (docs/decisions/0014); onnxruntime runs it. It carries over to words that nobody
trained, where `meaning.py` carries over to new spellings. Without this component in `config.yml`
the bot understands by the latter alone, on less machine and less well. Not for: deciding anything
(`decisions.py`).
"""

import json
from pathlib import Path
from typing import NamedTuple, Self

import numpy as np
import onnxruntime
import sentencepiece
from numpy.typing import NDArray
from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding import spelling

Scores = NDArray[np.float32]

# The attribute of a message that was read.
ENCODED = "encoded"
FOLDER = Path(__file__).parents[1] / "encoder"

_BEGIN, _END = 0, 2


class Encoded(NamedTuple):
    """What is made of a text, by label: the natural logarithms of chances, up to a constant.

    Of a fact, which may stand beside others, it is the logarithm of the odds.
    """

    intents: dict[str, float]
    levels: dict[str, float]
    facts: dict[str, float]


class Network:
    """The tuned model and its pieces of words."""

    def __init__(self, folder: Path) -> None:
        about = json.loads((folder / "encoder.json").read_text(encoding="utf-8"))
        self._labels: dict[str, list[str]] = about["labels"]
        self._longest: int = about["longest"]
        self._pieces = sentencepiece.SentencePieceProcessor(str(folder / "pieces.model"))
        options = onnxruntime.SessionOptions()
        # A message is short: more threads would wait for each other, and for other messages.
        options.intra_op_num_threads = 1
        options.log_severity_level = 3
        self._network = onnxruntime.InferenceSession(str(folder / "encoder.onnx"), options)

    def of(self, text: str) -> Encoded | None:
        """Read one text; None for one with no words, or with more than it can hold."""
        pieces = self._pieces.encode(spelling.read(text))
        if not pieces or len(pieces) + 2 > self._longest:
            return None
        row = np.array([[_BEGIN, *pieces, _END]], dtype=np.int64)
        heads: list[Scores] = self._network.run(list(Encoded._fields), {"pieces": row})
        return Encoded(
            *(
                dict(zip(self._labels[name], map(float, scores[0]), strict=True))
                for name, scores in zip(Encoded._fields, heads, strict=True)
            )
        )


# Of the type that a training leaves alone: it has learned before.
@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Encoder(GraphComponent):
    """Sets what the network makes of each message, for the Reader."""

    def __init__(self, network: Network) -> None:
        self._network = network

    @classmethod
    def create(cls, *_: object, **__: object) -> Self:
        return cls(Network(FOLDER))

    def process(self, messages: list[Message]) -> list[Message]:
        for message in messages:
            message.set(ENCODED, self._network.of(message.get(TEXT) or ""))
        return messages
