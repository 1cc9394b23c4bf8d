"""Signing in: every way to be wrong is the same, tries are limited, codes are taken once."""

import asyncio
from dataclasses import replace

import httpx
import pyotp
import pytest
from sqlalchemy import select

from api.audit.models import Action, AuditRow
from api.desk.models import Role, Staff
from api.desk.staff import NewStaff, add_staff
from api.house import House
from tests.desk.serving import browser
from tests.standins.clock import HandClock

EMAIL = "nour@relais.test"
WRONG = {"error": "Adresse, mot de passe ou code incorrect."}


@pytest.fixture
def strict(house: House) -> House:
    """Return the house as it is outside the demo."""
    return replace(house, settings=house.settings.model_copy(update={"demo": False}))


@pytest.fixture
async def nour(house: House) -> NewStaff:
    return await add_staff(house.database, house.vault, house.clock, EMAIL, "Nour", Role.supervisor)


async def sign_in(client: httpx.AsyncClient, **typed: str | None) -> httpx.Response:
    content = {"email": EMAIL, "code": None, **typed}
    return await client.post("/api/desk/session", json=content)


def code(nour: NewStaff, clock: HandClock) -> str:
    device = pyotp.parse_uri(nour.otpauth_uri)
    assert isinstance(device, pyotp.TOTP)
    return device.at(clock.now())


async def test_every_way_to_be_wrong(
    house: House, strict: House, nour: NewStaff, clock: HandClock
) -> None:
    right = {"password": nour.password, "code": code(nour, clock)}
    async with browser(strict) as client:
        for wrong in (
            {"password": "autre"},
            {"code": None},
            {"code": "000000"},
            {"email": "inconnue@relais.test"},
        ):
            answer = await sign_in(client, **{**right, **wrong})
            assert (answer.status_code, answer.json()) == (401, WRONG)
            assert not client.cookies
        assert (await sign_in(client, **right)).status_code == 204


async def test_account_that_was_ended(house: House, nour: NewStaff) -> None:
    async with house.database.write() as session:
        (await session.scalars(select(Staff))).one().active = False
    async with browser(house) as client:
        assert (await sign_in(client, password=nour.password)).status_code == 401


async def test_account_without_second_factor_outside_the_demo(
    house: House, strict: House, nour: NewStaff
) -> None:
    async with house.database.write() as session:
        staff = (await session.scalars(select(Staff))).one()
        staff.totp = staff.totp_key_version = None
    async with browser(strict) as client:
        assert (await sign_in(client, password=nour.password, code="")).status_code == 401


async def test_code_is_taken_once(strict: House, nour: NewStaff, clock: HandClock) -> None:
    right = {"password": nour.password, "code": code(nour, clock)}
    async with browser(strict) as client:
        assert (await sign_in(client, **right)).status_code == 204
        assert (await sign_in(client, **right)).status_code == 401
        clock.move(seconds=30)
        assert (await sign_in(client, **right)).status_code == 401
        fresh = {**right, "code": code(nour, clock)}
        assert (await sign_in(client, **fresh)).status_code == 204


async def test_same_code_twice_at_once(strict: House, nour: NewStaff, clock: HandClock) -> None:
    right = {"password": nour.password, "code": code(nour, clock)}
    async with browser(strict) as one, browser(strict) as other:
        answers = await asyncio.gather(sign_in(one, **right), sign_in(other, **right))
    assert sorted(answer.status_code for answer in answers) == [204, 401]


async def test_many_tries_at_once_are_as_many_tries(house: House, nour: NewStaff) -> None:
    async with browser(house) as client:
        tries = [sign_in(client, password="autre") for _ in range(8)]
        statuses = [answer.status_code for answer in await asyncio.gather(*tries)]
        assert sorted(statuses) == [401] * 5 + [429] * 3
        assert (await sign_in(client, password=nour.password)).status_code == 429


async def test_locked_after_wrong_tries(house: House, nour: NewStaff, clock: HandClock) -> None:
    async with browser(house) as client:
        for _ in range(5):
            assert (await sign_in(client, password="autre")).status_code == 401
        locked = await sign_in(client, password=nour.password)
        assert locked.status_code == 429
        assert locked.json()["retry_after"] == 30
        clock.move(seconds=31)
        assert (await sign_in(client, password="autre")).status_code == 401
        clock.move(seconds=31)
        assert (await sign_in(client, password=nour.password)).status_code == 429
        clock.move(seconds=30)
        assert (await sign_in(client, password=nour.password)).status_code == 204
        assert (await sign_in(client, password="autre")).status_code == 401


async def test_signing_in_is_recorded(house: House, nour: NewStaff) -> None:
    async with browser(house) as client:
        await sign_in(client, email=" Nour@Relais.test ", password=nour.password)
        answer = await client.get("/api/desk/session")
        me = answer.json()
        assert (me["name"], me["email"], me["role"]) == ("Nour", EMAIL, "supervisor")
        await client.delete("/api/desk/session")
    async with house.database.read() as session:
        rows = (await session.scalars(select(AuditRow))).all()
    assert {row.action for row in rows} == {Action.sign_in, Action.sign_out}
    assert {str(row.staff_id) for row in rows} == {me["id"]}
