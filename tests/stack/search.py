"""Looks for texts in bytes, in every form in which a program may have written them down.

For: logs, database files, dumps, whatever is left of a run. Not for: what is sealed or compressed,
in which nothing can be found; nor for knowing where to look.
"""

import json
import re
from base64 import b64encode, urlsafe_b64encode
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote, quote_plus

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
# What is looked at: windows of this many bytes, every so many bytes. A form of at least
# `_WINDOW + _STRIDE - 1` bytes holds one of them wherever it begins.
_WINDOW, _STRIDE = 5, 4
_SHORTEST = _WINDOW + _STRIDE - 1
_AT_ONCE = 1 << 24
# A database's files are empty for the most part, and no form holds so many zeros.
_LONGEST_EMPTY = 64
_EMPTY = re.compile(rb"\0{%d,}" % _LONGEST_EMPTY)


class TooShortError(Exception):
    """A text that stands in any file by chance."""


class Search:
    """A set of texts, ready to be looked for. Each is at least eight bytes long."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._forms = {form: text for text in texts for form in forms(text).values()}
        self._windows = defaultdict[bytes, list[tuple[int, bytes]]](list)
        for form in self._forms:
            if len(form) < _SHORTEST:
                raise TooShortError
            for offset in range(_STRIDE):
                self._windows[form[offset : offset + _WINDOW]].append((offset, form))
        self._longest = max(map(len, self._forms), default=0)

    def in_bytes(self, data: bytes) -> set[str]:
        """Return which of the texts stand in there."""
        windows = self._windows
        found: set[str] = set()
        data = _EMPTY.sub(bytes(_LONGEST_EMPTY), data)
        for at in range(0, len(data) - _WINDOW + 1, _STRIDE):
            if data[at : at + _WINDOW] in windows:
                found.update(self._standing(data, at))
        return found

    def in_file(self, path: Path) -> set[str]:
        """Return which of the texts stand in a file; none in one that is gone meanwhile."""
        found: set[str] = set()
        try:
            with path.open("rb") as file:
                kept = b""
                while piece := file.read(_AT_ONCE):
                    found |= self.in_bytes(kept + piece)
                    kept = piece[-self._longest :]
        except FileNotFoundError:
            return found
        return found

    def in_files(self, paths: Iterable[Path]) -> dict[Path, set[str]]:
        """Return the files in which something stands, with what."""
        looked = {path: self.in_file(path) for path in paths}
        return {path: found for path, found in looked.items() if found}

    def _standing(self, data: bytes, at: int) -> Iterator[str]:
        for offset, form in self._windows[data[at : at + _WINDOW]]:
            if at >= offset and data.startswith(form, at - offset):
                yield self._forms[form]


def forms(text: str) -> Mapping[str, bytes]:
    """Give, by a name, the ways in which a text may be written down."""
    ways = {
        "json": json.dumps(text)[1:-1].encode(),
        "url": quote(text, safe="").encode(),
        "form": quote_plus(text).encode(),
        "repr": repr(text)[1:-1].encode(),
        "bytes": repr(text.encode())[2:-1].encode(),
    }
    for encoding in _ENCODINGS:
        raw = text.encode(encoding)
        ways |= {
            encoding: raw,
            f"{encoding} hex": raw.hex().encode(),
            f"{encoding} HEX": raw.hex().upper().encode(),
        }
        for shift in range(3):
            ways[f"{encoding} base64 {shift}"] = _inner(b64encode, raw, shift)
            ways[f"{encoding} base64url {shift}"] = _inner(urlsafe_b64encode, raw, shift)
    return ways


def _inner(encode: Callable[[bytes], bytes], raw: bytes, shift: int) -> bytes:
    """Encode as if `shift` bytes stood before; keep the letters that these and what follows leave.

    Four letters hold three bytes: the first and the last may hold a part of a neighbour.
    """
    first, whole = -(-shift * 8 // 6), (shift + len(raw)) * 8 // 6
    return encode(bytes(shift) + raw)[first:whole]
