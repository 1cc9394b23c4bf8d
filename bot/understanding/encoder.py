"""The pipeline component that reads a message as a sentence: a small language model of French.

multilingual-e5-small, cut to the pieces of words that are used here and tuned to the training data
by `make encoder` (docs/decisions/0014); onnxruntime runs it. It carries over to words that nobody
trained, where `meaning.py` carries over to new spellings. Without this component in `config.yml`
the bot understands by the latter alone, and less well. Not for: deciding anything
(`decisions.py`).
"""

import json
import logging
from pathlib import Path
from typing import Self

import numpy as np
import onnxruntime
import sentencepiece
from numpy.typing import NDArray
from rasa.engine.graph import GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding import spelling
from bot.understanding.encoded import ENCODED, Encoded

Scores = NDArray[np.float32]

FOLDER = Path(__file__).parents[1] / "encoder"

# A text of which more than this share is of no piece it knows, it has not read.
_MOST_UNKNOWN = 0.5

log = logging.getLogger(__name__)


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
        if not _counts_exactly():
            # Half as fast, and right: else sums of bytes would be cut off on such a processor.
            options.add_session_config_entry("session.x64quantprecision", "1")
        self._network = onnxruntime.InferenceSession(str(folder / "encoder.onnx"), options)

    def of(self, text: str) -> Encoded | None:
        """Read one text; None for one that it does not know the words of, or cannot hold."""
        pieces = self._pieces.encode(spelling.read(text))
        unknown = pieces.count(self._pieces.unk_id())
        if unknown >= _MOST_UNKNOWN * len(pieces) or len(pieces) + 2 > self._longest:
            return None
        row = np.array([[self._pieces.bos_id(), *pieces, self._pieces.eos_id()]], dtype=np.int64)
        heads: list[Scores] = self._network.run(list(Encoded._fields), {"pieces": row})
        return Encoded(
            *(
                dict(zip(self._labels[name], map(float, scores[0]), strict=True))
                for name, scores in zip(Encoded._fields, heads, strict=True)
            )
        )


def _counts_exactly() -> bool:
    """Whether the processor has VNNI, by whose instructions no sum of bytes is cut off."""
    return "vnni" in Path("/proc/cpuinfo").read_text(encoding="ascii", errors="replace")


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
            message.set(ENCODED, self._read(message.get(TEXT) or ""))
        return messages

    def _read(self, text: str) -> Encoded | None:
        """Read it, or leave it to the linear model: a child has an answer either way."""
        try:
            return self._network.of(text)
        except Exception as error:  # noqa: BLE001 - whatever it was, the other model reads it
            # Only the type: an error may quote the text.
            log.error("encoder_failed error=%s", type(error).__name__)  # noqa: TRY400
            return None
