"""The searcher finds what is there: without this, finding nothing would say nothing."""

import json
from base64 import b64encode, urlsafe_b64encode
from collections.abc import Callable
from pathlib import Path
from random import Random
from urllib.parse import quote, quote_plus

import pytest

from tests.stack.search import Search, TooShortError

MARK = "Zorvéline 06 39 98 12 34"
AS: dict[str, Callable[[str], bytes]] = {
    "utf-8": str.encode,
    "utf-16-le": lambda text: text.encode("utf-16-le"),
    "utf-16-be": lambda text: text.encode("utf-16-be"),
    "hex": lambda text: text.encode().hex().encode(),
    "HEX": lambda text: text.encode().hex().upper().encode(),
    "hex of utf-16": lambda text: text.encode("utf-16-le").hex().encode(),
    "base64": lambda text: b64encode(text.encode()),
    "base64, one further": lambda text: b64encode(f"x{text}y".encode()),
    "base64, two further": lambda text: b64encode(f"xx{text}yy".encode()),
    "base64url": lambda text: urlsafe_b64encode(f"?{text}".encode()),
    "base64 of utf-16": lambda text: b64encode(f"a{text}".encode("utf-16-le")),
    "json": lambda text: json.dumps({"text": text}).encode(),
    "url": lambda text: quote(text, safe="").encode(),
    "form": lambda text: quote_plus(text).encode(),
    "repr of bytes": lambda text: repr(text.encode()).encode(),
}


@pytest.mark.parametrize("written", AS.values(), ids=AS)
@pytest.mark.parametrize("before", range(4))
def test_every_form_is_found_wherever_it_begins(
    written: Callable[[str], bytes], before: int, tmp_path: Path
) -> None:
    noise = Random(before)  # noqa: S311 - not for a secret
    planted = tmp_path / "planted"
    planted.write_bytes(noise.randbytes(8192 + before) + written(MARK) + noise.randbytes(100))
    assert Search([MARK, "something else"]).in_files([planted]) == {planted: {MARK}}


@pytest.mark.parametrize("end", range(1, 8))
def test_it_is_found_at_the_very_beginning_and_end(end: int) -> None:
    assert Search([MARK]).in_bytes(MARK.encode() + b"." * end + MARK.encode()) == {MARK}
    assert Search([MARK]).in_bytes(b"." * end + MARK.encode()) == {MARK}


def test_it_is_found_across_what_is_read_at_once(
    tmp_path: Path,
) -> None:
    planted = tmp_path / "planted"
    planted.write_bytes(b"\0" * ((1 << 24) - 9) + MARK.encode())
    assert Search([MARK]).in_file(planted) == {MARK}


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    noise = Random(1)  # noqa: S311 - not for a secret
    data = noise.randbytes(1 << 20) + MARK[:-1].encode()
    assert Search([MARK]).in_bytes(data) == set()
    assert Search([MARK]).in_file(tmp_path / "gone") == set()
    assert Search([]).in_bytes(data) == set()


def test_what_stands_anywhere_by_chance_is_not_looked_for() -> None:
    with pytest.raises(TooShortError):
        Search(["oui"])
