"""The cookie and the session behind it."""

from dataclasses import replace

import httpx
from sqlalchemy import select

from api.desk.demo import prepare_demo
from api.desk.models import Role, Staff, StaffSession
from api.desk.sessions import cookie_name, hash_of
from api.desk.staff import add_staff
from api.house import House
from tests.desk.serving import Colleague, browser, hire
from tests.desk.test_sign_in import code
from tests.standins.clock import HandClock

ME = "/api/desk/session"


async def test_ends_at_its_time(house: House, camille: Colleague, clock: HandClock) -> None:
    clock.move(hours=house.settings.session_hours, seconds=-1)
    assert (await camille.client.get(ME)).status_code == 200
    clock.move(seconds=1)
    assert (await camille.client.get(ME)).status_code == 401


async def test_ends_with_the_account(house: House, camille: Colleague) -> None:
    async with house.database.write() as session:
        (await session.get_one(Staff, camille.id)).active = False
    assert (await camille.client.get(ME)).status_code == 401


async def test_sign_out_ends_only_this_one(
    house: House, camille: Colleague, malik: Colleague
) -> None:
    kept = dict(camille.client.cookies)
    answer = await camille.client.delete(ME)
    assert answer.status_code == 204
    assert "Max-Age=0" in answer.headers["Set-Cookie"]
    async with browser(house) as thief:
        thief.cookies.update(kept)
        assert (await thief.get(ME)).status_code == 401
    assert (await malik.client.get(ME)).status_code == 200


async def test_cookie_in_the_demo(house: House, stranger: httpx.AsyncClient) -> None:
    login = await prepare_demo(house)
    typed = {"email": login.email, "password": login.password, "code": None}
    cookie = (await stranger.post(ME, json=typed)).headers["Set-Cookie"]
    assert cookie.startswith("relais=")
    assert "secure" not in cookie.lower()
    assert {"HttpOnly", "Path=/", "SameSite=strict"} <= set(cookie.split("; "))


async def test_cookie_outside_the_demo(house: House, clock: HandClock) -> None:
    strict = replace(house, settings=house.settings.model_copy(update={"demo": False}))
    made = await add_staff(
        house.database, house.vault, clock, "a@relais.test", "Ana", Role.counsellor
    )
    typed = {"email": "a@relais.test", "password": made.password, "code": code(made, clock)}
    async with browser(strict) as client:
        cookie = (await client.post(ME, json=typed)).headers["Set-Cookie"]
    assert cookie.startswith("__Host-relais=")
    assert {"HttpOnly", "Path=/", "SameSite=strict", "Secure"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


async def test_only_the_hash_is_kept(house: House, camille: Colleague) -> None:
    token = camille.client.cookies[cookie_name(house.settings)]
    async with house.database.read() as session:
        row = (await session.scalars(select(StaffSession))).one()
    assert row.hash == hash_of(house.vault, token)
    assert token.encode() not in row.hash


async def test_signing_in_again_ends_the_session_before(house: House) -> None:
    login = await prepare_demo(house)
    typed = {"email": login.email, "password": login.password, "code": None}
    async with browser(house) as client, browser(house) as thief:
        await client.post(ME, json=typed)
        thief.cookies.update(dict(client.cookies))
        await client.post(ME, json=typed)
        assert (await thief.get(ME)).status_code == 401
        assert (await client.get(ME)).status_code == 200


async def test_setup_needs_nobody(house: House, stranger: httpx.AsyncClient) -> None:
    await hire(house, "Ana")
    answer = await stranger.get("/api/desk/setup")
    assert answer.json() == {"second_factor": False, "helpline": house.helpline.name}
