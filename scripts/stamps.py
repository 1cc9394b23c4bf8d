"""Knows whether something made earlier is still good: a stamp beside it holds its inputs' hash.

The stamp lies inside what it vouches for, so that deleting the one deletes the other. Not for:
deciding what depends on what; that is said where the thing is made.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_IGNORED = ("__pycache__", "node_modules", "dist", ".venv", "models")


def digest(inputs: Iterable[Path], *words: str) -> str:
    """Hash files, and folders with all that is in them, by name and content."""
    total = hashlib.sha256("\0".join(words).encode())
    for path in inputs:
        for file in _files(path):
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            total.update(f"{file.as_posix()}\0{content}\0".encode())
    return total.hexdigest()


def holds(stamp: Path, wanted: str) -> bool:
    """Say whether the stamp was written for these very inputs."""
    return stamp.is_file() and stamp.read_text(encoding="ascii").strip() == wanted


def write(stamp: Path, made_from: str) -> None:
    stamp.write_text(made_from + "\n", encoding="ascii")


def _files(path: Path) -> Iterable[Path]:
    if path.is_file():
        return [path]
    return sorted(
        file
        for file in path.rglob("*")
        if file.is_file() and not any(part in _IGNORED for part in file.relative_to(path).parts)
    )
