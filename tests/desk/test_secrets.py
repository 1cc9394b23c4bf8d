"""Passwords, codes and waits: what is refused, and what each costs."""

from datetime import timedelta
from time import perf_counter
from uuid import uuid4

import pyotp
import pytest

from api.desk import passwords, totp
from api.desk.lockout import wait_after
from api.desk.models import Staff
from api.house import House
from api.vault.sealing import SealBrokenError
from tests.standins.clock import HandClock


async def test_password_of_another() -> None:
    kept = await passwords.hashed("une phrase longue")
    assert not await passwords.matches(kept, "une phrase longu")
    assert await passwords.matches(kept, "une phrase longue")


async def test_hash_that_is_none() -> None:
    assert not await passwords.matches("", "")
    assert not await passwords.matches("not a hash", "not a hash")


async def test_unknown_account_costs_as_much() -> None:
    kept = await passwords.hashed("une phrase longue")
    await passwords.matches(None, "autre")

    async def cost(of: str | None) -> float:
        begun = perf_counter()
        assert not await passwords.matches(of, "autre")
        return perf_counter() - begun

    unknown = min([await cost(None) for _ in range(3)])
    known = min([await cost(kept) for _ in range(3)])
    assert unknown > known / 3


async def test_hash_says_argon2id_and_passwords_differ() -> None:
    assert (await passwords.hashed("a")).startswith("$argon2id$v=19$m=65536,t=3,p=4$")
    made = {passwords.new_password() for _ in range(100)}
    assert len(made) == 100
    assert {len(password) for password in made} == {23}


@pytest.fixture
def nour(house: House) -> tuple[Staff, pyotp.TOTP]:
    secret, id_ = totp.new_secret(), uuid4()
    wrapped = totp.wrapped(house.vault, id_, secret)
    staff = Staff(id=id_, totp=wrapped.closed, totp_key_version=wrapped.version, totp_step=0)
    return staff, pyotp.TOTP(secret)


def test_codes_that_are_refused(
    house: House, nour: tuple[Staff, pyotp.TOTP], clock: HandClock
) -> None:
    staff, device = nour
    now = clock.now()
    early, late = now - timedelta(seconds=60), now + timedelta(seconds=60)
    for code in (None, "", "abcdef", "１２３４５６", device.at(early), device.at(late)):
        assert totp.accepted_step(house.vault, staff, code, now) is None
    staff.totp_step = device.timecode(now)
    assert totp.accepted_step(house.vault, staff, device.at(now), now) is None


def test_one_step_early_or_late_is_accepted(
    house: House, nour: tuple[Staff, pyotp.TOTP], clock: HandClock
) -> None:
    staff, device = nour
    now, here = clock.now(), device.timecode(clock.now())
    for steps in (-1, 0, 1):
        code = device.at(now + timedelta(seconds=30 * steps))
        assert totp.accepted_step(house.vault, staff, f"{code[:3]} {code[3:]}", now) == here + steps


def test_secret_of_another_does_not_open(
    house: House, nour: tuple[Staff, pyotp.TOTP], clock: HandClock
) -> None:
    staff, device = nour
    staff.id = uuid4()
    with pytest.raises(SealBrokenError):
        totp.accepted_step(house.vault, staff, device.at(clock.now()), clock.now())


def test_waits_grow_and_end() -> None:
    assert [wait_after(tries) for tries in range(5)] == [None] * 5
    assert [wait_after(tries) for tries in (5, 6, 7)] == [
        timedelta(seconds=30),
        timedelta(minutes=1),
        timedelta(minutes=2),
    ]
    assert wait_after(12) == wait_after(10_000) == timedelta(hours=1)
