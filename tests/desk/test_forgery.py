"""What another site has a browser send is refused, at every operation of the api."""

from collections.abc import Iterator

import httpx
import pytest

from api.channels.sms_in import INBOUND, STATUS
from api.database import Base
from api.forgery import SAFE_METHODS
from api.house import House
from tests.desk.serving import Colleague, asks, child, row_of, serve

FOREIGN = (
    {"Origin": "https://ailleurs.test"},
    {"Origin": "null"},
    {"Origin": "https://relais.test.ailleurs.test"},
    {"Origin": "http://relais.test"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "https://relais.test", "Sec-Fetch-Site": "cross-site"},
)
OWN = {"Origin": "https://relais.test", "Sec-Fetch-Site": "same-origin"}
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain")


def unsafe(house: House) -> Iterator[tuple[str, str]]:
    for path, operations in serve(house).openapi()["paths"].items():
        for method in operations:
            if method.upper() not in SAFE_METHODS:
                yield method.upper(), path.replace("{id_}", "00000000-0000-0000-0000-000000000000")


async def test_foreign_site_at_every_operation(house: House, stranger: httpx.AsyncClient) -> None:
    asked = list(unsafe(house))
    assert len(asked) >= 18
    for method, path in asked:
        for headers in FOREIGN:
            answer = await stranger.request(method, path, json={}, headers=headers)
            assert answer.status_code == 403, (method, path, headers)
            assert answer.json() == {"error": "Cette demande vient d'un autre site."}


async def test_form_at_every_operation(house: House, stranger: httpx.AsyncClient) -> None:
    for method, path in unsafe(house):
        if path in (INBOUND, STATUS):
            continue
        for form in FORMS:
            answer = await stranger.request(
                method, path, content=b"a=b", headers={"Content-Type": form, **OWN}
            )
            assert answer.status_code == 415, (method, path, form)
        bare = await stranger.request(method, path, content=b"{}", headers=OWN)
        assert bare.status_code == 415, (method, path)


async def test_forms_of_the_provider_need_its_signature(stranger: httpx.AsyncClient) -> None:
    for path in (INBOUND, STATUS):
        answer = await stranger.post(path, data={"Body": "salut"})
        assert answer.status_code == 403
        assert answer.json() == {"error": "Action non autorisée."}


async def test_a_foreign_claim_changes_nothing(house: House, camille: Colleague) -> None:
    conversation = await child(house, "salut")
    path = f"/api/desk/conversations/{conversation}/claim"
    assert (await camille.client.post(path, headers=FOREIGN[0])).status_code == 403
    assert (await row_of(house, conversation)).holder == "with_bot"
    assert (await camille.client.post(path, headers=OWN)).status_code == 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 401),
        ("127.0.0.1:8000", 401),
        ("[::1]:8000", 401),
        ("ailleurs.test:8000", 403),
        ("127.0.0.1.ailleurs.test", 403),
    ],
)
async def test_names_of_the_demo(stranger: httpx.AsyncClient, host: str, status: int) -> None:
    headers = {"Host": host, "Origin": f"http://{host}"}
    answer = await stranger.delete("/api/desk/session", headers=headers)
    assert answer.status_code == status


async def rows(house: House) -> dict[str, list[str]]:
    """Read every table but the audit."""
    async with house.database.read() as session:
        return {
            table.name: sorted(map(str, await session.execute(table.select())))
            for table in Base.metadata.sorted_tables
            if table.name != "audit"
        }


async def test_no_get_changes_anything_but_the_audit(house: House, camille: Colleague) -> None:
    conversation = await child(house, "salut", "il veut du fric")
    await asks(house, conversation)
    before = await rows(house)
    paths = serve(house).openapi()["paths"]
    asked = [path for path in paths if "get" in paths[path] and not path.endswith("/events")]
    assert "/api/desk/conversations/{id_}" in asked
    for path in asked:
        await camille.client.get(path.replace("{id_}", str(conversation)))
    assert await rows(house) == before
