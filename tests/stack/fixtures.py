"""The stack, for whoever needs it: one bot with its actions for all, an api for each database.

Taken into tests/conftest.py, so that all tests share one bot. Not for: what is done with it.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache

import pytest

from tests import postgres
from tests.stack import dialogue as dialogues
from tests.stack import service as services
from tests.stack.dialogue import Dialogue
from tests.stack.service import Service
from tests.stack.silence import Silence

# The burst is not what most of these tests are about, and would be most of their time.
QUICK = {"burst_seconds": "0", "missed_seconds": "1"}

OpenService = Callable[..., Service]
ServiceOn = Callable[[str], Service]


@pytest.fixture(scope="session")
def silence() -> Iterator[Silence]:
    """Collect what is said; when all processes have ended, none has written any of it."""
    silence = Silence()
    yield silence
    assert silence.broken() == []


@pytest.fixture(scope="session")
def dialogue(silence: Silence, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dialogue]:
    """Run the real bot and the real action server."""
    with dialogues.running(tmp_path_factory.mktemp("dialogue")) as running:
        silence.listens(running.logs)
        silence.holds(dialogues.SECRET)
        yield running


@pytest.fixture(scope="session")
def open_service(
    silence: Silence, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[OpenService]:
    """Start an api on a new database, in front of the bot at `bot_url`; stopped at the end."""
    with ExitStack() as stack:

        @cache
        def server() -> postgres.Server:
            return stack.enter_context(postgres.running())

        def opened(bot_url: str, database: str = "sqlite", **settings: str) -> Service:
            folder = tmp_path_factory.mktemp("api")
            url = f"sqlite:///{folder}/relais.db"
            if database == "postgresql":
                url = stack.enter_context(server().fresh())
            running = services.running(bot_url, url, folder, **settings)
            service = stack.enter_context(running)
            silence.listens([service.program.log])
            silence.holds(*service.login.values(), service.twilio.token, service.twilio.number)
            return service

        yield opened


@pytest.fixture(scope="session")
def service_on(dialogue: Dialogue, open_service: OpenService) -> ServiceOn:
    """Give the api that runs on a database, started when it is asked for first."""

    @cache
    def on(database: str) -> Service:
        return open_service(dialogue.url, database, **QUICK)

    return on
