"""The key file: versioned wrapping keys, and the key of the look-up hashes.

Not for: the data keys of conversations, which stand wrapped in the database (`sealing.py`), nor for
a file that changes while others read it (`keyfile.py`).
"""

import json
import os
import secrets
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

KEY_BYTES = 32


class KeyFileError(Exception):
    """The key file is missing, readable by others, or not one of ours. Holds no key."""


@dataclass(frozen=True)
class Keys:
    """Wrapping keys by version, the version that wraps new things, and the look-up key."""

    current: int
    wrapping: Mapping[int, bytes] = field(repr=False)
    lookup: bytes = field(repr=False)

    def with_new(self, version: int) -> "Keys":
        """Return these and a fresh wrapping key, which is the current one."""
        fresh = {version: secrets.token_bytes(KEY_BYTES)}
        return Keys(version, {**self.wrapping, **fresh}, self.lookup)

    def without_old(self) -> "Keys":
        """Return these without any wrapping key but the current one."""
        return Keys(self.current, {self.current: self.wrapping[self.current]}, self.lookup)


def create(path: Path) -> Keys:
    """Write a new key file for its owner only. Raises `KeyFileError` where one exists already."""
    keys = Keys(1, {1: secrets.token_bytes(KEY_BYTES)}, secrets.token_bytes(KEY_BYTES))
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise KeyFileError(f"{path.name} exists already; it is never overwritten") from None
    with os.fdopen(descriptor, "w") as file:
        file.write(dump(keys))
    return keys


def load(path: Path) -> Keys:
    """Read a key file. Raises `KeyFileError`."""
    try:
        if path.stat().st_mode & 0o077:
            raise KeyFileError(f"{path.name} can be read by others: chmod 600 {path.name}")
        content = json.loads(path.read_text())
        wrapping = {int(version): _key(key) for version, key in content["wrapping"].items()}
        keys = Keys(int(content["current"]), wrapping, _key(content["lookup"]))
    except FileNotFoundError:
        raise KeyFileError(f"{path.name} is missing; 'relais keys create' makes one") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KeyFileError(f"{path.name} is not a key file of Relais") from None
    if keys.current not in keys.wrapping:
        raise KeyFileError(f"{path.name} has no key of its current version")
    return keys


def _key(text: str) -> bytes:
    key = b64decode(text, validate=True)
    if len(key) != KEY_BYTES:
        raise ValueError("a key has 32 bytes")
    return key


def dump(keys: Keys) -> str:
    """Return what a key file holds."""
    wrapping = {str(version): b64encode(key).decode() for version, key in keys.wrapping.items()}
    lookup = b64encode(keys.lookup).decode()
    return json.dumps({"current": keys.current, "wrapping": wrapping, "lookup": lookup}, indent=1)
