"""The second factor: a secret shown once, and codes that are taken once.

RFC 6238 with its usual 30 seconds; one step early or late is accepted. Not for: whether a second
factor is asked for.
"""

from datetime import datetime
from uuid import UUID

import pyotp
from pyotp.exceptions import OTPVerificationError

from api.desk.models import Staff
from api.vault.sealing import Vault, Wrapped, owner

ISSUER = "Relais"
WINDOW = 1


def new_secret() -> str:
    """Return a secret in base32, as an authenticator takes it."""
    return pyotp.random_base32()


def uri(secret: str, email: str) -> str:
    """Return the `otpauth://` address to scan."""
    return pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)


def wrapped(vault: Vault, staff_id: UUID, secret: str) -> Wrapped:
    """Close the secret for its owner under the vault's current key."""
    return vault.wrap(owner("staff", staff_id), secret.encode())


def accepted_step(vault: Vault, staff: Staff, code: str | None, now: datetime) -> int | None:
    """Return the time step of a right code that is newer than the last one taken, else None.

    Raises `SealBrokenError`.
    """
    if staff.totp is None or staff.totp_key_version is None or code is None:
        return None
    secret = vault.unwrap(owner("staff", staff.id), staff.totp_key_version, staff.totp).decode()
    try:
        step = pyotp.TOTP(secret).verify_and_get_timecode(
            code.replace(" ", ""), for_time=now, valid_window=WINDOW
        )
    except OTPVerificationError:
        return None
    return step if step > staff.totp_step else None
