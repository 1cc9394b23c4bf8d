"""Accounts: made once, shown once; and the demo's, which comes back."""

import json
from dataclasses import replace

import pytest
from sqlalchemy import select

from api.desk.demo import NotADemoError, prepare_demo
from api.desk.models import Role, Staff
from api.desk.signing_in import Credentials, sign_in
from api.desk.staff import NewStaff, StaffRefusedError, add_staff
from api.house import House


async def add(house: House, email: str, name: str = "Nour") -> NewStaff:
    return await add_staff(house.database, house.vault, house.clock, email, name, Role.counsellor)


async def test_address_or_name_that_is_none(house: House) -> None:
    for email, name in (("nour", "Nour"), ("", "Nour"), ("nour@relais.test", "  ")):
        with pytest.raises(StaffRefusedError):
            await add(house, email, name)


async def test_same_address_twice(house: House) -> None:
    await add(house, "nour@relais.test")
    with pytest.raises(StaffRefusedError, match="already"):
        await add(house, " Nour@Relais.test")


async def test_new_account(house: House) -> None:
    made = await add(house, "Nour@relais.test")
    assert made.password not in repr(made)
    assert made.otpauth_uri.startswith("otpauth://totp/Relais:nour%40relais.test?secret=")
    async with house.database.read() as session:
        staff = (await session.scalars(select(Staff))).one()
    assert (staff.email, staff.name, staff.role) == ("nour@relais.test", "Nour", Role.counsellor)
    assert made.password not in staff.password_hash
    secret = made.otpauth_uri.partition("secret=")[2].partition("&")[0]
    assert staff.totp is not None
    assert secret.encode() not in staff.totp


async def test_no_demo_account_outside_the_demo(house: House) -> None:
    strict = replace(house, settings=house.settings.model_copy(update={"demo": False}))
    with pytest.raises(NotADemoError):
        await prepare_demo(strict)
    assert not (house.settings.data_dir / "demo.json").exists()


async def test_demo_account_stays_the_same(house: House) -> None:
    first = await prepare_demo(house)
    path = house.settings.data_dir / "demo.json"
    assert path.stat().st_mode & 0o777 == 0o600
    assert json.loads(path.read_text()) == {
        "url": "https://relais.test/desk",
        "email": first.email,
        "password": first.password,
    }
    assert await prepare_demo(house) == first
    assert await sign_in(house, Credentials(first.email, first.password))


async def test_demo_file_that_is_gone_or_spoilt(house: House) -> None:
    path = house.settings.data_dir / "demo.json"
    before = await prepare_demo(house)
    for spoil in (path.unlink, lambda: path.write_text("{"), lambda: path.write_text("[]")):
        spoil()
        after = await prepare_demo(house)
        assert after.password != before.password
        assert json.loads(path.read_text())["password"] == after.password
        assert await sign_in(house, Credentials(after.email, after.password))
        before = after


async def test_demo_file_that_others_could_read(house: House) -> None:
    path = house.settings.data_dir / "demo.json"
    path.write_text("{}")
    path.chmod(0o644)
    await prepare_demo(house)
    assert path.stat().st_mode & 0o777 == 0o600
