"""Sealing: AES-256-GCM, bound to the place where the ciphertext stands.

The associated data names table, column, row and conversation, so that a ciphertext moved to another
place does not open. Not for: deciding what is sealed; each repository does that.
"""

import hmac
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from api.vault.keys import KEY_BYTES, Keys

NONCE_BYTES = 12


class SealBrokenError(Exception):
    """A ciphertext was altered, moved, or its key is not the one it was sealed with."""


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
    """The key of one conversation, for as long as it is needed in memory."""

    conversation_id: UUID
    _key: bytes = field(repr=False)

    def seal(self, place: Place, text: str) -> bytes:
        return _encrypt(self._key, text.encode(), place.bound_to(str(self.conversation_id)))

    def unseal(self, place: Place, sealed: bytes) -> str:
        """Return the text. Raises `SealBrokenError`."""
        return _decrypt(self._key, sealed, place.bound_to(str(self.conversation_id))).decode()


class Vault:
    """Makes, wraps and opens data keys, and hashes what must be found without being read."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    @property
    def version(self) -> int:
        """The version of the key that wraps new things."""
        return self._keys.current

    def new_data_key(self, conversation_id: UUID) -> tuple[DataKey, bytes]:
        """Return a fresh data key and the same, wrapped by the current key."""
        key = secrets.token_bytes(KEY_BYTES)
        return DataKey(conversation_id, key), self.wrap(f"conversation:{conversation_id}", key)

    def data_key(self, conversation_id: UUID, version: int, wrapped: bytes) -> DataKey:
        """Open a wrapped data key. Raises `SealBrokenError`."""
        key = self.unwrap(f"conversation:{conversation_id}", version, wrapped)
        return DataKey(conversation_id, key)

    def wrap(self, owner: str, secret: bytes) -> bytes:
        return _encrypt(
            self._keys.wrapping[self.version], secret, f"{owner}:{self.version}".encode()
        )

    def unwrap(self, owner: str, version: int, wrapped: bytes) -> bytes:
        """Open what `wrap` closed for the same owner. Raises `SealBrokenError`."""
        key = self._keys.wrapping.get(version)
        if key is None:
            raise SealBrokenError(f"no wrapping key of version {version}")
        return _decrypt(key, wrapped, f"{owner}:{version}".encode())

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
