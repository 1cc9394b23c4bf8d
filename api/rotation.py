"""Rotating the wrapping key: a new one closes everything that the old one closed, and the old goes.

Runs beside the processes that children write to, which follow the key file. May die at any point:
run again, it goes on where it stopped. Not for: data keys, which stay what they are and are only
wrapped anew, nor for the key of the look-up hashes, which cannot be rotated.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversation.models import Contact, Conversation
from api.database import Database, forget
from api.desk.models import Staff
from api.hooks import Hook, Hooks
from api.vault import keyfile, keys
from api.vault.keys import KeyFileError, Keys
from api.vault.sealing import KeyNotHeldError, SealBrokenError, Vault, owner

# Whoever waits behind our lock is a child: then rather no rotation.
LONGEST_WAIT = "2s"


class RotationStoppedError(Exception):
    """Not everything could be rewrapped; the old key is still in the file."""


@dataclass(frozen=True)
class Kind:
    """A table whose rows hold something wrapped.

    `before`: the table of which every transaction locks or adds a row before it wraps.
    """

    table: type[Conversation | Staff]
    version: str
    wrapped: str
    before: type[Contact | Staff]


KINDS = (
    Kind(Conversation, "key_version", "wrapped_key", before=Contact),
    Kind(Staff, "totp_key_version", "totp", before=Staff),
)


@dataclass(frozen=True)
class Rotation:
    """One rotation of the key file at `path`, begun or gone on with."""

    path: Path
    database: Database
    hooks: Hooks

    async def run(self) -> int:
        """Return how many secrets were rewrapped; only the new key is then left in the file.

        Raises `KeyFileError` and `RotationStoppedError`.
        """
        with keyfile.alone(self.path):
            new = await self._with_new_key()
            await self.hooks.at(Hook.rotate_mid)
            rounds = [Round(self.database, self.hooks, new, kind) for kind in KINDS]
            done = sum([await each.run() for each in rounds])
            await self._forget_old()
            if broken := sum(len(each.broken) for each in rounds):
                raise RotationStoppedError(
                    f"{done} rewrapped, but {broken} do not open with any key of {self.path.name}:"
                    " the old key stays in it. If it is the file of this database, let them expire"
                    " or erase them, then run this again."
                )
            keyfile.replace(self.path, new.without_old())
            return done

    async def _with_new_key(self) -> Keys:
        held = keys.load(self.path)
        if len(held.wrapping) > 1:
            # An earlier rotation was interrupted: it is gone on with, for its new key is in use.
            return held
        # Above what any row says, so that an old file put back gives no number to a second key. Put
        # back together with a database of its time, it does: nothing here has seen the first.
        async with self.database.read() as session:
            used = [await session.scalar(select(func.max(_version(kind)))) for kind in KINDS]
        new = held.with_new(max(held.current, *(number or 0 for number in used)) + 1)
        keyfile.replace(self.path, new)
        return new

    async def _forget_old(self) -> None:
        # What it has closed still stands in SQLite's log, where a copy of the old key opens it; so
        # does what a run that died on the way has left there.
        async with self.database.write() as session:
            forget(session)


@dataclass(frozen=True)
class Round:
    """The rewrapping of one kind. `broken`: what does not open, so cannot be rewrapped."""

    database: Database
    hooks: Hooks
    new: Keys
    kind: Kind
    broken: set[UUID] = field(default_factory=set)

    async def run(self) -> int:
        """Rewrap until nothing is left of an old version. Returns how many."""
        done = 0
        while left := [id_ for id_ in await self._left() if id_ not in self.broken]:
            for id_ in left:
                done += await self._tried(id_)
                await self.hooks.at(Hook.rotate_mid)
        return done

    async def _left(self) -> Sequence[UUID]:
        """Return what an old key has closed. Nothing of it can be added after that.

        Who wrapped before the new key was in the file has committed by now; who wraps later reads
        the file first. On SQLite the write lock makes sure of the first, here the table's.
        """
        async with self.database.write() as session:
            await _let_finish(session, self.kind.before.__tablename__)
            query = select(self.kind.table.id).where(_version(self.kind) != self.new.current)
            return (await session.scalars(query)).all()

    async def _tried(self, id_: UUID) -> bool:
        began = time.monotonic()
        try:
            return await self._rewrapped(id_)
        except (SealBrokenError, KeyNotHeldError):
            self.broken.add(id_)
            return False
        finally:
            # SQLite lets nobody else write meanwhile: at least half of the time is the children's.
            await asyncio.sleep(time.monotonic() - began)

    async def _rewrapped(self, id_: UUID) -> bool:
        kind, vault = self.kind, Vault(self.new)
        async with self.database.write() as session:
            row = await session.get(kind.table, id_, with_for_update=True)
            if row is None:
                return False
            for_ = owner(kind.table.__tablename__, id_)
            secret = vault.unwrap(for_, getattr(row, kind.version), getattr(row, kind.wrapped))
            wrapped = vault.wrap(for_, secret)
            setattr(row, kind.wrapped, wrapped.closed)
            setattr(row, kind.version, wrapped.version)
            return True


async def refuse_missing(database: Database, vault: Vault) -> None:
    """Raise `KeyFileError` where a row needs a key that the file does not hold."""
    async with database.read() as session:
        used = {
            v for kind in KINDS for v in await session.scalars(select(_version(kind)).distinct())
        }
    missing = sorted(version for version in used - {None} if not vault.holds(version))
    if missing:
        numbers = ", ".join(map(str, missing))
        raise KeyFileError(
            f"The key file does not hold key {numbers}, which the database needs:"
            " put back the file that does."
        )


def _version(kind: Kind) -> Any:  # noqa: ANN401 - an attribute by its name
    return getattr(kind.table, kind.version)


async def _let_finish(session: AsyncSession, table: str) -> None:
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'"))
        await session.execute(text(f"LOCK TABLE {table} IN EXCLUSIVE MODE"))
