"""Signed-in browsers: a random token in a cookie, and only its keyed hash in the database.

A session ends at a fixed time, whatever was done in it. Not for: checking who signs in
(`signing_in.py`) or what they may do (`permissions.py`).
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from fastapi import Response
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.desk.models import Role, Staff, StaffSession
from api.settings import Settings
from api.vault.sealing import Vault

TOKEN_BYTES = 32


@dataclass(frozen=True)
class SignedIn:
    """Whoever asks, as they are at this request. `session` is the hash of the cookie."""

    staff_id: UUID
    email: str
    name: str
    role: Role
    session: bytes = field(repr=False)


def cookie_name(settings: Settings) -> str:
    """Return the cookie's name: browsers tie `__Host-` to https, this host and the path `/`."""
    return "relais" if settings.demo else "__Host-relais"


def set_cookie(response: Response, settings: Settings, token: str) -> None:
    """Give the token to the browser; no script can read it and no other site sends it."""
    response.set_cookie(
        cookie_name(settings),
        token,
        max_age=int(lasting(settings).total_seconds()),
        path="/",
        secure=not settings.demo,
        httponly=True,
        samesite="strict",
    )


def clear_cookie(response: Response, settings: Settings) -> None:
    response.delete_cookie(
        cookie_name(settings), path="/", secure=not settings.demo, httponly=True, samesite="strict"
    )


def lasting(settings: Settings) -> timedelta:
    return timedelta(hours=settings.session_hours)


def begin(
    session: AsyncSession, vault: Vault, staff: Staff, now: datetime, lasts: timedelta
) -> str:
    """Open a session for `staff`; return its token, which is kept nowhere."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = StaffSession(
        hash=hash_of(vault, token),
        staff_id=staff.id,
        created_at=now,
        expires_at=now + lasts,
    )
    session.add(row)
    return token


async def find(session: AsyncSession, hash_: bytes, now: datetime) -> SignedIn | None:
    """Return who holds the session, unless it or the account has ended."""
    query = (
        select(Staff)
        .join(StaffSession)
        .where(StaffSession.hash == hash_, StaffSession.expires_at > now, Staff.active)
    )
    staff = (await session.scalars(query)).one_or_none()
    if staff is None:
        return None
    return SignedIn(staff.id, staff.email, staff.name, staff.role, hash_)


async def end(session: AsyncSession, hash_: bytes) -> None:
    """End a session: its cookie and its streams are dead."""
    await session.execute(delete(StaffSession).where(StaffSession.hash == hash_))


def hash_of(vault: Vault, token: str) -> bytes:
    return vault.lookup("session", token)
