"""The pieces of words that the encoder knows, as a model of sentencepiece.

Not for: which pieces there are in a text; sentencepiece finds them.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sentencepiece import SentencePieceProcessor, sentencepiece_model_pb2

# The marks that come first: begin, pad, end, unknown.
MARKS = ("<s>", "<pad>", "</s>", "<unk>")
BEGIN, PAD, END, UNKNOWN = range(4)

# What is generated from a description of messages names its types to nobody.
_FORM: Any = sentencepiece_model_pb2


def model(pieces: Sequence[str], scores: NDArray[np.float32]) -> bytes:
    """Write a model of these pieces behind the marks, with how likely each is (its logarithm)."""
    written = _FORM.ModelProto()
    kinds = _FORM.ModelProto.SentencePiece
    for number, mark in enumerate(MARKS):
        kind = kinds.UNKNOWN if number == UNKNOWN else kinds.CONTROL
        written.pieces.add(piece=mark, score=0.0, type=kind)
    for piece, score in zip(pieces, scores, strict=True):
        written.pieces.add(piece=piece, score=float(score))
    written.trainer_spec.model_type = _FORM.TrainerSpec.UNIGRAM
    written.trainer_spec.bos_id, written.trainer_spec.pad_id = BEGIN, PAD
    written.trainer_spec.eos_id, written.trainer_spec.unk_id = END, UNKNOWN
    # What is given to it has been read already (spelling.py).
    written.normalizer_spec.name = "identity"
    written.normalizer_spec.add_dummy_prefix = True
    written.normalizer_spec.remove_extra_whitespaces = True
    serialized: bytes = written.SerializeToString()
    return serialized


def used(all_pieces: bytes, texts: Iterable[str]) -> list[int]:
    """Give the numbers of the pieces in these texts, marks left out, in order."""
    processor = SentencePieceProcessor(model_proto=all_pieces)
    found = {piece for row in processor.encode(list(texts)) for piece in row}
    return sorted(found - set(range(len(MARKS))))
