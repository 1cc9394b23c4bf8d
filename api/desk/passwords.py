"""Passwords of the desk: made, hashed, checked.

Argon2id by RFC 9106. A check costs the same whether or not the account exists, so that time does
not tell who works here. Not for: how often somebody may try (`lockout.py`).
"""

import asyncio
import secrets
from concurrent.futures import ThreadPoolExecutor
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from argon2.profiles import RFC_9106_LOW_MEMORY

# Each check takes 64 MiB: not more at once than this, however many try.
CHECKS_AT_ONCE = 2
# No letter or digit that is read as another one; 20 of 56 make 116 bits.
ALPHABET = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
GROUPS, GROUP_LENGTH = 4, 5

_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
_THREADS = ThreadPoolExecutor(CHECKS_AT_ONCE, thread_name_prefix="password")


def new_password() -> str:
    """Return a password that nobody guesses and everybody can copy from a screen."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(GROUP_LENGTH)) for _ in range(GROUPS))
    return "-".join(groups)


async def hashed(password: str) -> str:
    """Return the hash to keep."""
    return await asyncio.get_running_loop().run_in_executor(_THREADS, _HASHER.hash, password)


async def matches(password_hash: str | None, password: str) -> bool:
    """Say whether the password is right; None for an account that is not there."""
    run = asyncio.get_running_loop().run_in_executor
    return await run(_THREADS, _matches, password_hash, password)


def _matches(password_hash: str | None, password: str) -> bool:
    try:
        _HASHER.verify(password_hash or _nobodys_hash(), password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return password_hash is not None


@cache
def _nobodys_hash() -> str:
    return _HASHER.hash(secrets.token_hex())
