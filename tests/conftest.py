"""What most tests of the api stand on: a whole house on each database, with fakes at its edges."""

import gc
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from api.house import House
from api.main import create_app, furnish
from api.migrate import upgrade
from api.settings import Settings
from tests import postgres
from tests.stack.fixtures import dialogue, open_service, service_on, silence
from tests.standins.clock import HandClock
from tests.standins.recording_sender import RecordingSender
from tests.standins.scripted_bot import ScriptedBot

# Fixtures, too: what is taken in here is one for all tests.
__all__ = ["dialogue", "open_service", "service_on", "silence"]

ROOT = Path(__file__).parent.parent


def pytest_collection_finish() -> None:
    # What thousands of tests share is not searched for garbage at every one of them.
    gc.collect()
    gc.freeze()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--full", action="store_true", help="proofs at the size of docs/proof.md")
    parser.addoption("--chance", type=int, help="the seed of a full run that is to be repeated")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def bot() -> ScriptedBot:
    return ScriptedBot()


@pytest.fixture
def sender() -> RecordingSender:
    return RecordingSender()


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an SQLite file of the newest version, to be copied."""
    file = tmp_path_factory.mktemp("migrated") / "relais.db"
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(scope="session")
def cluster() -> Iterator[tuple[postgres.Server, str]]:
    """Give a PostgreSQL and the name of a database of the newest version on it."""
    with postgres.running() as server, server.template(_migrate) as template:
        yield server, template


@pytest.fixture(scope="session")
def reused(cluster: tuple[postgres.Server, str]) -> Iterator[postgres.Reused]:
    server, template = cluster
    with server.reused(template) as database:
        yield database


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Give a database with nothing in it, on each of the two."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("migrated"), tmp_path / "relais.db")
        yield f"sqlite:///{tmp_path}/relais.db"
        return
    with request.getfixturevalue("reused").lent() as url:
        yield url


def _migrate(url: str) -> None:
    upgrade(Settings(database_url=url).database)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        demo=True,
        database_url=database_url,
        data_dir=tmp_path,
        key_file=tmp_path / "relais.keys",
        helpline_file=ROOT / "helpline.yml",
        web_dir=tmp_path,
        public_url="https://relais.test",
        twilio_account_sid="AC" + "0" * 32,
        twilio_auth_token=SecretStr("token"),
        twilio_from="+33639980000",
    )


@pytest.fixture
async def house(
    settings: Settings, clock: HandClock, bot: ScriptedBot, sender: RecordingSender
) -> AsyncIterator[House]:
    house = furnish(settings, clock=clock, bot=bot, sender=sender)
    yield house
    await house.database.close()


@pytest.fixture
async def client(house: House) -> AsyncIterator[httpx.AsyncClient]:
    app = create_app(house, workers=False)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url=house.settings.origin) as client:
        yield client
