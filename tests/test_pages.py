"""What every answer carries: headers that let nothing in from elsewhere; French where it fails."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from api.house import House
from api.main import create_app
from api.pages import A_YEAR, HEADERS
from tests.talk import Page

WORDS = "mot que personne d'autre n'écrit"


async def fail() -> None:
    raise ValueError(WORDS)


@pytest.fixture
def database_url(migrated: Path, tmp_path: Path) -> str:
    """Stay with one database: no answer here depends on it."""
    return f"sqlite:///{shutil.copy(migrated, tmp_path / 'relais.db')}"


@pytest.fixture
async def client(house: House) -> AsyncIterator[httpx.AsyncClient]:
    """Ask an app with built pages and one route that breaks."""
    built = house.settings.web_dir
    for name in ("chat/index.html", "desk/index.html", "assets/app-1a2b.js"):
        (built / name).parent.mkdir(exist_ok=True)
        (built / name).write_text(name)
    app = create_app(house, workers=False)
    app.add_api_route("/broken", fail)
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=house.settings.origin) as client:
        yield client


def guarded(answer: httpx.Response) -> bool:
    return (
        HEADERS.items() <= {name.title(): value for name, value in answer.headers.items()}.items()
    )


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/api/nothing", 404),
        ("GET", "/assets/..%2frelais.keys", 404),
        ("GET", "/assets/nothing.js", 404),
        ("DELETE", "/healthz", 405),
        ("GET", "/api/chat/messages", 401),
        ("GET", "/api/desk/conversations", 401),
        ("POST", "/api/sms/twilio/inbound", 403),
        ("POST", "/api/chat/resume", 422),
        ("GET", "/broken", 500),
    ],
)
async def test_a_refusal_is_a_french_sentence_under_the_same_headers(
    client: httpx.AsyncClient, method: str, path: str, status: int
) -> None:
    answer = await client.request(method, path)
    assert answer.status_code == status
    assert answer.json()["error"].endswith(".")
    assert WORDS not in answer.text
    assert "Not Found" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert guarded(answer)


async def test_another_site_s_request_is_refused_under_the_same_headers(
    client: httpx.AsyncClient,
) -> None:
    answer = await client.post(
        "/api/chat/conversations", headers={"Origin": "https://elsewhere.test"}
    )
    assert answer.status_code == 403
    assert guarded(answer)


@pytest.mark.parametrize(
    ("path", "cached"),
    [
        ("/", "no-store"),
        ("/desk", "no-store"),
        ("/healthz", "no-store"),
        ("/api/chat/helpline", "no-store"),
        ("/assets/app-1a2b.js", A_YEAR),
    ],
)
async def test_only_assets_are_kept_in_a_cache(
    client: httpx.AsyncClient, path: str, cached: str
) -> None:
    answer = await client.get(path)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == cached
    assert guarded(answer)


async def test_no_answer_sets_a_cookie_for_a_child(client: httpx.AsyncClient) -> None:
    page = Page(client)
    await page.open()
    answer = await page.write("slt")
    assert "Set-Cookie" not in answer.headers
    assert not client.cookies


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    policy = HEADERS["Content-Security-Policy"]
    allowed = {word for part in policy.split("; ") for word in part.split()[1:]}
    assert allowed == {"'none'", "'self'"}
