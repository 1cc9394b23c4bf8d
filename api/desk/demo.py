"""The demo's counsellor: an account whose password stands in a file beside the data.

Only in demo mode, which listens on loopback alone. Not for: real accounts (`staff.py`).
"""

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from api.desk import passwords
from api.desk.models import Role, Staff
from api.house import House

EMAIL = "camille@relais.example"
NAME = "Camille"
FILE = "demo.json"
OWNER_ONLY = 0o600


class NotADemoError(Exception):
    """An account with a written-down password was to be made outside the demo."""


@dataclass(frozen=True)
class DemoLogin:
    """What `var/demo.json` says."""

    url: str
    email: str
    password: str = field(repr=False)


async def prepare_demo(house: House) -> DemoLogin:
    """Make the counsellor and the file, or keep both. Raises `NotADemoError` outside the demo."""
    if not house.settings.demo:
        raise NotADemoError
    path = house.settings.data_dir / FILE
    login = DemoLogin(
        url=f"{house.settings.origin}/desk",
        email=EMAIL,
        password=_written_password(path) or passwords.new_password(),
    )
    await _ensure_account(house, login.password)
    _write(path, login)
    return login


def _written_password(path: Path) -> str | None:
    try:
        password = json.loads(path.read_text())["password"]
    except (OSError, ValueError, KeyError, TypeError):
        # No file, or one that somebody has changed: a new one is written.
        return None
    return password if isinstance(password, str) and password else None


async def _ensure_account(house: House, password: str) -> None:
    async with house.database.read() as session:
        known = await session.scalar(select(Staff.password_hash).where(Staff.email == EMAIL))
    if known is not None and await passwords.matches(known, password):
        return
    password_hash = await passwords.hashed(password)
    async with house.database.write() as session:
        staff = await session.scalar(select(Staff).where(Staff.email == EMAIL))
        if staff is None:
            staff = Staff(email=EMAIL, name=NAME, role=Role.counsellor, password_hash=password_hash)
            staff.created_at = house.clock.now()
            session.add(staff)
        staff.password_hash = password_hash


def _write(path: Path, login: DemoLogin) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with os.fdopen(descriptor, "w") as file:
        # A file that was there before keeps its mode at opening.
        os.fchmod(file.fileno(), OWNER_ONLY)
        json.dump({"url": login.url, "email": login.email, "password": login.password}, file)
