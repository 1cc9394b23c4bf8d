"""Signing in: address, password and, outside the demo, a code that is taken once.

Every way to be wrong answers the same. Not for: the cookie (`sessions.py`).
"""

import logging
import math
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from api.audit.models import Action
from api.audit.service import record
from api.desk import passwords, sessions, totp
from api.desk.errors import LockedError, WrongCredentialsError
from api.desk.lockout import wait_after
from api.desk.models import Staff
from api.house import House
from api.vault.sealing import SealBrokenError, Vault

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Credentials:
    """What somebody typed."""

    email: str = field(repr=False)
    password: str = field(repr=False)
    code: str | None = field(default=None, repr=False)


def normal(email: str) -> str:
    """Return the form in which addresses are kept and compared."""
    return email.strip().casefold()


async def sign_in(house: House, typed: Credentials) -> str:
    """Return the token of a new session. Raises `WrongCredentialsError` or `LockedError`.

    The slow check of the password is outside of any transaction; everything else is looked at again
    under the row's lock, so that many tries at once are not more than as many tries.
    """
    async with house.database.read() as session:
        staff = await _by_email(session, typed.email)
    if staff is not None:
        _refuse_if_locked(staff, house.clock.now())
    known_hash = staff.password_hash if staff is not None and staff.active else None
    right = await passwords.matches(known_hash, typed.password)
    async with house.database.write() as session:
        token = await _judged(session, house, typed, known_hash if right else None)
    if token is None:
        # Outside of the transaction: the wrong try that it has counted must be committed.
        log.warning("sign_in_refused")
        raise WrongCredentialsError
    return token


async def _judged(
    session: AsyncSession, house: House, typed: Credentials, proven_hash: str | None
) -> str | None:
    now = house.clock.now()
    staff = await _by_email(session, typed.email, lock=True)
    if staff is None:
        return None
    _refuse_if_locked(staff, now)
    proven = proven_hash is not None and staff.active and staff.password_hash == proven_hash
    if not (proven and (house.settings.demo or _takes_code(staff, typed.code, house.vault, now))):
        _count_wrong(staff, now)
        return None
    staff.failed_tries, staff.locked_until = 0, None
    record(session, Action.sign_in, at=now, staff_id=staff.id)
    return sessions.begin(session, house.vault, staff, now, sessions.lasting(house.settings))


async def _by_email(session: AsyncSession, email: str, *, lock: bool = False) -> Staff | None:
    query = select(Staff).where(Staff.email == normal(email))
    return (await session.scalars(query.with_for_update() if lock else query)).one_or_none()


def _takes_code(staff: Staff, code: str | None, vault: Vault, now: datetime) -> bool:
    try:
        step = totp.accepted_step(vault, staff, code, now)
    except SealBrokenError:
        log.error("second_factor_seal_broken staff=%s", staff.id)  # noqa: TRY400
        return False
    if step is None:
        return False
    staff.totp_step = step
    return True


def _refuse_if_locked(staff: Staff, now: datetime) -> None:
    if staff.locked_until is not None and staff.locked_until > now:
        raise LockedError(retry_after=math.ceil((staff.locked_until - now).total_seconds()))


def _count_wrong(staff: Staff, now: datetime) -> None:
    staff.failed_tries += 1
    wait = wait_after(staff.failed_tries)
    staff.locked_until = now + wait if wait else None
