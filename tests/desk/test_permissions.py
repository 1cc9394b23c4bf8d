"""Every route of the desk names its permission, or nothing starts."""

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.staticfiles import StaticFiles

from api.desk.models import Role
from api.desk.permissions import (
    GRANTS,
    PREFIX,
    Needs,
    Permission,
    UnprotectedRouteError,
    refuse_unprotected,
)
from api.house import House
from tests.desk.serving import Colleague, serve


def test_route_without_permission(house: House) -> None:
    app = serve(house)

    @app.get("/api/desk/everything")
    async def everything() -> None: ...

    with pytest.raises(UnprotectedRouteError, match="GET /api/desk/everything"):
        refuse_unprotected(app)


def test_router_without_permission(house: House) -> None:
    app, inner, outer = FastAPI(), APIRouter(), APIRouter(prefix="/desk")

    @inner.delete("/notes/{id_}")
    async def forget(id_: int) -> None: ...

    outer.include_router(inner)
    app.include_router(outer, prefix="/api")
    with pytest.raises(UnprotectedRouteError, match="DELETE /api/desk/notes"):
        refuse_unprotected(app)


def test_mounted_under_the_desk(house: House) -> None:
    app = serve(house)
    app.mount("/api/desk/files", StaticFiles(directory=house.settings.data_dir))
    with pytest.raises(UnprotectedRouteError, match="/api/desk/files"):
        refuse_unprotected(app)


def test_the_desk_as_it_is(house: House) -> None:
    refuse_unprotected(serve(house))


async def test_role_without_the_permission(house: House, camille: Colleague) -> None:
    granted = GRANTS[Role.counsellor] - {Permission.read}
    app = serve(house)
    for permission in (Permission.read, Permission.note):
        needs = Needs(permission, {Role.counsellor: granted})
        app.get(f"/api/desk/{permission}", dependencies=[Depends(needs)])(lambda: None)
    transport = httpx.ASGITransport(app=app)
    cookies = camille.client.cookies
    async with httpx.AsyncClient(
        transport=transport, base_url=house.settings.origin, cookies=cookies
    ) as client:
        refused = await client.get("/api/desk/read")
        assert refused.status_code == 403
        assert refused.json() == {"error": "Ce compte n'a pas le droit de faire cela."}
        assert (await client.get("/api/desk/note")).status_code == 200


async def test_only_two_routes_are_for_anyone(house: House, stranger: httpx.AsyncClient) -> None:
    paths = serve(house).openapi()["paths"]
    for_anyone = set()
    for path, operations in paths.items():
        for method in operations:
            if path.startswith(PREFIX):
                url = path.replace("{id_}", "00000000-0000-0000-0000-000000000000")
                answer = await stranger.request(method.upper(), url, json={})
                if answer.status_code != 401:
                    for_anyone.add(f"{method} {path}")
    assert for_anyone == {"get /api/desk/setup", "post /api/desk/session"}
