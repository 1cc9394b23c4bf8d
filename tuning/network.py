"""The network: an encoder of the kind of BERT, with a head for each thing that is asked of it.

Not for: learning (`learn.py`).
"""

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from tuning.pretrained import Array, Pretrained, Shape

# Longer ones are left to the linear model: a message is rarely half as long.
LONGEST = 160
_DROPPED = 0.1
_FAR = -1e4


class Layer(nn.Module):
    """Every piece looks at every other, then each is thought over by itself."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.look = nn.Linear(shape.width, 3 * shape.width)
        self.gather = nn.Linear(shape.width, shape.width)
        self.after_look = nn.LayerNorm(shape.width, shape.epsilon)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.after = nn.LayerNorm(shape.width, shape.epsilon)

    def forward(self, pieces: Tensor, absent: Tensor) -> Tensor:
        texts, length, width = pieces.shape
        each = self.look(pieces).view(texts, length, 3, self.heads, width // self.heads)
        query, key, value = each.permute(2, 0, 3, 1, 4)
        # Written out: torch's own is slow to learn by on a processor without a graphics card.
        near = query @ key.transpose(-1, -2) * (width // self.heads) ** -0.5 + absent
        seen = (near.softmax(-1).to(value.dtype) @ value).transpose(1, 2)
        pieces = self.after_look(pieces + self.gather(seen.reshape(texts, length, width)))
        wide = functional.gelu(self.widen(pieces), approximate="tanh")
        return self.after(pieces + _some_dropped(self.narrow(wide), training=self.training))


class Encoder(nn.Module):
    """Gives for texts, each a row of pieces, the scores of each head."""

    def __init__(self, shape: Shape, pieces: int, heads: dict[str, int]) -> None:
        super().__init__()
        self.pieces = nn.Embedding(pieces, shape.width)
        self.places = nn.Embedding(LONGEST, shape.width)
        self.first = nn.LayerNorm(shape.width, shape.epsilon)
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.heads = nn.ModuleDict({name: nn.Linear(shape.width, n) for name, n in heads.items()})

    def forward(self, pieces: Tensor, present: Tensor) -> list[Tensor]:
        """`pieces`: numbers, texts by length; `present`: 1 for each, 0 where there is none."""
        seen = self.first(self.pieces(pieces) + self.places.weight[: pieces.shape[1]])
        seen = _some_dropped(seen, training=self.training)
        absent = ((1.0 - present) * _FAR)[:, None, None, :]
        for layer in self.layers:
            seen = layer(seen, absent)
        share = present.unsqueeze(-1)
        meant = (seen * share).sum(1) / share.sum(1)
        meant = functional.dropout(meant, _DROPPED, self.training)
        return [head(meant) for head in self.heads.values()]


def from_pretrained(found: Pretrained, kept: list[int], heads: dict[str, int]) -> Encoder:
    """Begin with what the model knows, of the pieces `kept`, in their order."""
    encoder = Encoder(found.shape, len(kept), heads)
    weights = {name: torch.from_numpy(one) for name, one in _named(found, kept).items()}
    missing = encoder.load_state_dict(weights, strict=False).missing_keys
    if any(not name.startswith("heads.") for name in missing):
        raise ValueError(f"nothing to begin with for {missing}")
    return encoder


def _named(found: Pretrained, kept: list[int]) -> dict[str, Array]:
    width, given = found.shape.width, found.weights
    names = {
        "pieces.weight": given["emb.word"][kept],
        # There is one kind of text only: what it adds is added here once.
        "places.weight": given["emb.pos"].reshape(-1, width)[:LONGEST] + given["emb.type"][:width],
        "first.weight": given["emb.ln.w"],
        "first.bias": given["emb.ln.b"],
    }
    parts = {"gather": "ao", "after_look": "aln", "widen": "fi", "narrow": "fo", "after": "oln"}
    for number in range(found.shape.layers):
        for kind, short in (("weight", "w"), ("bias", "b")):
            own, its = f"layers.{number}.", f"l{number}."
            looks = [given[f"{its}{one}.{short}"] for one in "qkv"]
            names[f"{own}look.{kind}"] = np.concatenate(looks)
            for ours, theirs in parts.items():
                names[f"{own}{ours}.{kind}"] = given[f"{its}{theirs}.{short}"]
    return names


def _some_dropped(values: Tensor, *, training: bool) -> Tensor:
    """Dropout by whole bytes of chance, which is drawn many times faster."""
    if not training:
        return values
    chance = torch.randint(0, 256, values.shape, dtype=torch.uint8)
    return values * ((chance >= int(_DROPPED * 256)).to(values.dtype) / (1 - _DROPPED))
