"""The files of the repository, as a person finds them after a clone.

Not for: what a build makes or an editor leaves.
"""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
_MADE = {
    ".git",
    ".uv",
    ".venv",
    ".rasa",
    ".hypothesis",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
    ".import_linter_cache",
    "__pycache__",
    "node_modules",
    "dist",
    "models",
    "var",
}


def files(*suffixes: str) -> list[Path]:
    """Return all files with one of these suffixes, or all there are, by name."""
    found = _walk(ROOT)
    return sorted(path for path in found if not suffixes or path.suffix in suffixes)


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text(path: Path) -> str:
    """Return what is written in a file; nothing for one that is no text."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir():
            if path.name not in _MADE:
                yield from _walk(path)
        elif path.is_file():
            yield path
