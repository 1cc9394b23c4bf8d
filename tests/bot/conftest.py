"""The trap bot: trained once for each version of its files, behind real processes."""

import asyncio
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent

from bot import log, serve
from tests.bot.asking import SECRET
from tests.bot.services import Bot, Running
from tests.ports import free_port

ROOT = Path(__file__).parents[2]
PROJECT = Path(__file__).parent / "project"
Run = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture(scope="session")
def model() -> Path:
    """Train the trap bot, or take the model of the same files trained before."""
    sources = [*sorted(PROJECT.glob("*.yml")), *sorted((ROOT / "bot/understanding").glob("*"))]
    content = b"".join(path.read_bytes() for path in sources if path.is_file())
    name = f"traps-{hashlib.sha256(content).hexdigest()[:16]}"
    folder = Path(tempfile.gettempdir()) / "relais-trap-models"
    trained = folder / f"{name}.tar.gz"
    if not trained.exists():
        files = ["--domain", "domain.yml", "--data", "data.yml", "--config", "config.yml"]
        paths = [part if part.startswith("--") else str(PROJECT / part) for part in files]
        command = [sys.executable, "-m", "rasa", "train", *paths]
        command += ["--out", str(folder), "--fixed-model-name", name]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return trained


@pytest.fixture(scope="session")
def logs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("logs")


@pytest.fixture(scope="session")
def action_server(logs: Path) -> Iterator[Running]:
    url = f"http://127.0.0.1:{free_port()}/webhook"
    os.environ.update(RELAIS_ACTIONS_URL=url, RELAIS_BOT_SECRET=SECRET)
    package = ["--actions", "tests.bot.project.actions"]
    health = url.replace("webhook", "health")
    with Running(["bot.serve_actions", *package], health, logs / "actions.log") as server:
        yield server


@pytest.fixture(scope="session")
def bot(model: Path, action_server: Running, logs: Path) -> Iterator[Bot]:
    """Serve the trap bot over HTTP, logging all it can."""
    os.environ["RELAIS_BOT_PORT"] = str(free_port())
    url = f"http://127.0.0.1:{os.environ['RELAIS_BOT_PORT']}/webhooks/turn"
    with Running(["bot.serve", "--model", str(model)], url, logs / "bot.log"):
        yield Bot(url)


@pytest.fixture(scope="session")
def run() -> Iterator[Run]:
    """Run coroutines in one loop, because the agent keeps its connection to the actions."""
    loop = asyncio.new_event_loop()
    yield loop.run_until_complete
    loop.close()


@pytest.fixture(scope="session")
def agent(model: Path, action_server: Running, run: Run) -> Iterator[Agent]:
    """Load what `bot` serves into this process."""
    loaded = serve.load(model)
    log.set_up("WARNING")
    yield loaded
    run(loaded.action_endpoint.close())
