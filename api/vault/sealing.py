"""Sealing: AES-256-GCM, bound to the place where the ciphertext stands.

The associated data names table, column, row and conversation, so that a ciphertext moved to another
place does not open. Not for: deciding what is sealed; each repository does that.
"""

import hmac
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from api.errors import RelaisError
from api.vault.keys import KEY_BYTES, Keys

log = logging.getLogger(__name__)

NONCE_BYTES = 12


class SealBrokenError(Exception):
    """A ciphertext was altered, moved, or its key is not the one it was sealed with."""


class KeyNotHeldError(RelaisError):
    """What is sealed may be sound, but its wrapping key is not among ours: the file may be away.

    Not a broken seal: nothing is given up for it, whoever asked asks again.
    """

    status = 503


@dataclass(frozen=True)
class Place:
    """Where a sealed value stands."""

    table: str
    column: str
    row: str

    def bound_to(self, owner: str) -> bytes:
        # A separator that none of the parts can contain keeps two places from reading the same.
        return f"{self.table}\x1f{self.column}\x1f{self.row}\x1f{owner}".encode()


@dataclass(frozen=True)
class DataKey:
    """The key of one conversation, for as long as it is needed in memory.

    Without a key it stands for one that did not open: it opens nothing and seals nothing.
    """

    conversation_id: UUID
    _key: bytes | None = field(repr=False)

    @property
    def opens(self) -> bool:
        return self._key is not None

    def seal(self, place: Place, text: str) -> bytes:
        """Return the sealed text. Raises `SealBrokenError` without a key."""
        return _encrypt(self._opened(), text.encode(), place.bound_to(str(self.conversation_id)))

    def unseal(self, place: Place, sealed: bytes) -> str:
        """Return the text. Raises `SealBrokenError`."""
        return _decrypt(self._opened(), sealed, place.bound_to(str(self.conversation_id))).decode()

    def _opened(self) -> bytes:
        if self._key is None:
            raise SealBrokenError("the data key does not open")
        return self._key


@dataclass(frozen=True)
class Wrapped:
    """A secret that a wrapping key has closed, and the version of that key."""

    version: int
    closed: bytes


Follow = Callable[[Keys], Keys]


def _as_they_are(held: Keys) -> Keys:
    return held


def owner(table: str, row: UUID) -> str:
    """Return for whom a secret is wrapped: it opens for that row alone."""
    return f"{table}:{row}"


class Vault:
    """Makes, wraps and opens data keys, and hashes what must be found without being read.

    `follow` returns what the key file holds by now: it is asked before anything new is wrapped, so
    that nothing is closed with a key that is about to go, and when an unknown version is met.
    """

    def __init__(self, keys: Keys, follow: Follow = _as_they_are) -> None:
        self._keys = keys
        self._follow = follow

    def new_data_key(self, conversation_id: UUID) -> tuple[DataKey, Wrapped]:
        """Return a fresh data key and the same, wrapped by the current key."""
        key = secrets.token_bytes(KEY_BYTES)
        return DataKey(conversation_id, key), self.wrap(owner("conversation", conversation_id), key)

    def data_key(self, conversation_id: UUID, version: int, wrapped: bytes) -> DataKey:
        """Open a wrapped data key. Raises `SealBrokenError` and `KeyNotHeldError`."""
        key = self.unwrap(owner("conversation", conversation_id), version, wrapped)
        return DataKey(conversation_id, key)

    def wrap(self, for_: str, secret: bytes) -> Wrapped:
        """Close a secret for its owner with the current key.

        Call it inside the transaction that keeps what it returns, after a row of it is locked or
        added: `api/rotation.py` waits for such transactions before an old key goes.
        """
        keys = self._keys = self._follow(self._keys)
        bound = f"{for_}:{keys.current}".encode()
        return Wrapped(keys.current, _encrypt(keys.wrapping[keys.current], secret, bound))

    def unwrap(self, for_: str, version: int, wrapped: bytes) -> bytes:
        """Open what `wrap` closed for the same owner.

        Raises `SealBrokenError`, and `KeyNotHeldError` where nothing can be said about it yet.
        """
        if not self.holds(version):
            log.error("key_not_held version=%s", version)
            raise KeyNotHeldError
        return _decrypt(self._keys.wrapping[version], wrapped, f"{for_}:{version}".encode())

    def holds(self, version: int) -> bool:
        """Say whether the wrapping key of this version is here, or in the file by now."""
        if version not in self._keys.wrapping:
            self._keys = self._follow(self._keys)
        return version in self._keys.wrapping

    def lookup(self, kind: str, value: str) -> bytes:
        """Return the keyed hash of `value`; the same value of another kind has another hash."""
        return hmac.new(self._keys.lookup, f"{kind}\x1f{value}".encode(), sha256).digest()


def _encrypt(key: bytes, plain: bytes, bound: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound)


def _decrypt(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound)
    except (InvalidTag, ValueError):
        raise SealBrokenError("a sealed value does not open here") from None
