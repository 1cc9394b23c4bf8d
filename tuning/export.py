"""Writes the tuned encoder as the bot reads it: a network for onnxruntime, pieces, and labels.

Not for: learning, nor for running it (bot/understanding/encoder.py).
"""

import json
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from tuning.learn import Labels
from tuning.network import LONGEST, Encoder

_OPSET = 17


class _Alone(nn.Module):
    """One text at a time, so that there is no padding to leave out."""

    def __init__(self, encoder: Encoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, pieces: Tensor) -> tuple[Tensor, ...]:
        intents, levels, facts = self.encoder(pieces, torch.ones_like(pieces, dtype=torch.float32))
        return intents.log_softmax(-1), levels.log_softmax(-1), facts


def export(
    encoder: Encoder, pieces: bytes, labels: Labels, learned: dict[str, Any], folder: Path
) -> None:
    """Write `encoder.onnx` (weights of one byte), `pieces.model` and `encoder.json`."""
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as place:
        whole = Path(place) / "whole.onnx"
        torch.onnx.export(
            _Alone(encoder).eval(),
            (torch.tensor([[0, 4, 5, 2]]),),
            str(whole),
            input_names=["pieces"],
            output_names=["intents", "levels", "facts"],
            dynamic_axes={"pieces": {1: "length"}},
            opset_version=_OPSET,
            dynamo=False,
        )
        quantize_dynamic(
            whole, folder / "encoder.onnx", per_channel=True, weight_type=QuantType.QInt8
        )
    (folder / "pieces.model").write_bytes(pieces)
    about = {"longest": LONGEST, "labels": asdict(labels), "learned": learned}
    (folder / "encoder.json").write_text(
        json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
