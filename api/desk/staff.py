"""Making accounts of the desk.

Not for: signing in, nor for what an account may do.
"""

from dataclasses import dataclass, field
from uuid import uuid4

from sqlalchemy import exists, select

from api.clock import Clock
from api.database import Database
from api.desk import passwords, totp
from api.desk.models import Role, Staff
from api.desk.signing_in import normal
from api.vault.sealing import Vault


class StaffRefusedError(Exception):
    """The account cannot be made; the message says why."""


@dataclass(frozen=True)
class NewStaff:
    """What a new colleague needs: shown once, kept nowhere in clear."""

    password: str = field(repr=False)
    otpauth_uri: str = field(repr=False)


async def add_staff(  # noqa: PLR0917 - the command line hands in just these
    database: Database, vault: Vault, clock: Clock, email: str, name: str, role: Role
) -> NewStaff:
    """Make an account. Raises `StaffRefusedError` without a name, or an address of its own."""
    address, shown = normal(email), name.strip()
    if "@" not in address or not shown:
        raise StaffRefusedError("an account needs an e-mail address and a name")
    new_id, password, secret = uuid4(), passwords.new_password(), totp.new_secret()
    password_hash = await passwords.hashed(password)
    async with database.write() as session:
        if await session.scalar(select(exists().where(Staff.email == address))):
            raise StaffRefusedError("there is an account with this e-mail address already")
        account = Staff(
            id=new_id,
            email=address,
            name=shown,
            role=role,
            password_hash=password_hash,
            created_at=clock.now(),
        )
        session.add(account)
        # The row first: a rotation waits for its transaction before an old key goes.
        await session.flush()
        wrapped = totp.wrapped(vault, new_id, secret)
        account.totp, account.totp_key_version = wrapped.closed, wrapped.version
    return NewStaff(password, totp.uri(secret, address))
