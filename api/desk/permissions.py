"""What somebody may do at the desk: every route names its permission, or the api does not start.

Not for: whether the conversation's state allows it (`api/conversation/holder.py`).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import iter_route_contexts

from api.desk import sessions
from api.desk.errors import NotAllowedError, SignedOutError
from api.desk.models import Role
from api.desk.sessions import SignedIn
from api.house import HouseDep

PREFIX = "/api/desk"


class Permission(StrEnum):
    """`anyone` is for what comes before signing in; all others need a session."""

    anyone = "anyone"
    own_session = "own_session"
    read = "read"
    hold = "hold"
    answer = "answer"
    note = "note"
    judge_danger = "judge_danger"
    erase = "erase"


_SIGNED_IN = frozenset(Permission) - {Permission.anyone}
GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.counsellor: _SIGNED_IN,
    Role.supervisor: _SIGNED_IN,
}


class UnprotectedRouteError(Exception):
    """A route of the desk names no permission; the message says which."""


@dataclass(frozen=True)
class Open:
    """The dependency of a route that asks for nobody in particular."""

    permission: Permission = Permission.anyone

    async def __call__(self) -> None:
        return


@dataclass(frozen=True)
class Needs:
    """The dependency of a route that needs `permission`; gives whoever asks.

    Raises `SignedOutError` without a session, `NotAllowedError` without the permission.
    """

    permission: Permission
    grants: Mapping[Role, frozenset[Permission]] = field(default_factory=lambda: GRANTS, hash=False)

    async def __call__(self, request: Request, house: HouseDep) -> SignedIn:
        token = request.cookies.get(sessions.cookie_name(house.settings))
        if token is None:
            raise SignedOutError
        hash_ = sessions.hash_of(house.vault, token)
        async with house.database.read() as session:
            found = await sessions.find(session, hash_, house.clock.now())
        if found is None:
            raise SignedOutError
        if self.permission not in self.grants[found.role]:
            raise NotAllowedError
        return found


Anyone = Depends(Open())
Oneself = Annotated[SignedIn, Depends(Needs(Permission.own_session))]
Reader = Annotated[SignedIn, Depends(Needs(Permission.read))]
Keeper = Annotated[SignedIn, Depends(Needs(Permission.hold))]
Answerer = Annotated[SignedIn, Depends(Needs(Permission.answer))]
Noter = Annotated[SignedIn, Depends(Needs(Permission.note))]
Judge = Annotated[SignedIn, Depends(Needs(Permission.judge_danger))]
Eraser = Annotated[SignedIn, Depends(Needs(Permission.erase))]


def refuse_unprotected(app: FastAPI) -> None:
    """Raise `UnprotectedRouteError` when a route under /api/desk names no permission."""
    bare = [
        f"{', '.join(sorted(route.methods or ()))} {route.path}"
        for route in iter_route_contexts(app.routes)
        if (route.path or "").startswith(PREFIX) and not _named(getattr(route, "dependant", None))
    ]
    if bare:
        raise UnprotectedRouteError("no permission is named by: " + "; ".join(bare))


def _named(dependant: Dependant | None) -> bool:
    return dependant is not None and any(
        isinstance(getattr(each.call, "permission", None), Permission) for each in _all(dependant)
    )


def _all(dependant: Dependant) -> Iterator[Dependant]:
    for each in dependant.dependencies:
        yield each
        yield from _all(each)
