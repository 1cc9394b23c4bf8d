"""Signing in and out over HTTP, and who is signed in.

Not for: what makes a sign-in right (`signing_in.py`).
"""

from fastapi import APIRouter, Request, Response

from api.audit.models import Action
from api.audit.service import record
from api.desk import sessions
from api.desk.permissions import PREFIX, Anyone, Oneself
from api.desk.schemas import Myself, Setup, SignInForm
from api.desk.signing_in import Credentials, sign_in
from api.house import HouseDep

router = APIRouter(prefix=PREFIX)


@router.get("/setup", dependencies=[Anyone])
async def setup(house: HouseDep) -> Setup:
    """Say whether a code is asked for, and whose desk this is."""
    return Setup(second_factor=not house.settings.demo, helpline=house.helpline.name)


@router.post("/session", status_code=204, dependencies=[Anyone])
async def begin(request: Request, response: Response, house: HouseDep, typed: SignInForm) -> None:
    """Sign in. A session that this browser still had ends."""
    token = await sign_in(house, Credentials(typed.email, typed.password, typed.code))
    old = request.cookies.get(sessions.cookie_name(house.settings))
    if old is not None:
        async with house.database.write() as session:
            await sessions.end(session, sessions.hash_of(house.vault, old))
    sessions.set_cookie(response, house.settings, token)


@router.get("/session")
async def myself(who: Oneself) -> Myself:
    """Say who is signed in."""
    return Myself(id=who.staff_id, name=who.name, email=who.email, role=who.role)


@router.delete("/session", status_code=204)
async def end(response: Response, house: HouseDep, who: Oneself) -> None:
    """Sign out; streams of this session end too."""
    async with house.database.write() as session:
        await sessions.end(session, who.session)
        record(session, Action.sign_out, at=house.clock.now(), staff_id=who.staff_id)
    sessions.clear_cookie(response, house.settings)
