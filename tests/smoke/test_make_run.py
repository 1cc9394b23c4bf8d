"""`make run`, as a newcomer types it: to its ready line, one answer, and a stop without a trace."""

import contextlib
import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests import loopback
from tests.house.files import ROOT
from tests.ports import free_port
from tests.stack.programs import clean_environment

# A first start installs and trains.
SECONDS_TO_READY = 900
SECONDS_TO_STOP = 15


class Started:
    """A `make run` that has said it is ready."""

    def __init__(self, make: "subprocess.Popen[str]", said: list[str]) -> None:
        self.make = make
        self.said = said
        self.chat, self.desk = (self._after(f"  {page}:") for page in ("Chat", "Desk"))
        self.pids = [int(pid) for pid in re.findall(r"starts \(process (\d+)\)", "".join(said))]

    def stops_within(self, seconds: float) -> bool:
        deadline = time.monotonic() + seconds
        while any(self.running()) and time.monotonic() < deadline:
            time.sleep(0.1)
        return not any(self.running())

    def running(self) -> Iterator[int]:
        for pid in self.pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, 0)
                yield pid

    def _after(self, head: str) -> str:
        return next(line.split()[1] for line in self.said if line.startswith(head))


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    env = {
        **clean_environment(),
        "RELAIS_PORT": str(free_port()),
        "RELAIS_DATA_DIR": str(tmp_path),
        "RELAIS_DATABASE_URL": f"sqlite:///{tmp_path}/relais.db",
        "RELAIS_KEY_FILE": str(tmp_path / "relais.keys"),
    }
    make = subprocess.Popen(
        ["make", "run"],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        yield Started(make, said_until_ready(make))
    finally:
        make.terminate()
        make.communicate(timeout=SECONDS_TO_STOP)


def said_until_ready(make: "subprocess.Popen[str]") -> list[str]:
    deadline = time.monotonic() + SECONDS_TO_READY
    said: list[str] = []
    assert make.stdout
    for line in make.stdout:
        said.append(line)
        if line.startswith("  Stop:"):
            return said
        assert time.monotonic() < deadline
    pytest.fail("make run ended before it was ready:\n" + "".join(said[-20:]))


def greeting(address: str) -> str:
    """Open a conversation as the page does, and wait for its first message."""
    with httpx.Client(base_url=address, timeout=10, trust_env=False) as page:
        token = page.post("/api/chat/conversations").json()["token"]
        for _ in range(100):
            thread = page.get("/api/chat/messages", headers={"Authorization": f"Bearer {token}"})
            if messages := thread.json()["messages"]:
                return str(messages[0]["text"])
            time.sleep(0.1)
    return ""


def test_it_serves_until_it_is_stopped_and_leaves_nothing(started: Started, tmp_path: Path) -> None:
    assert greeting(started.chat)
    assert loopback.get(started.desk).status_code == 200
    assert json.loads((tmp_path / "demo.json").read_text())["email"] in "".join(started.said)
    assert len(started.pids) == 3
    os.killpg(started.make.pid, signal.SIGINT)
    assert started.stops_within(SECONDS_TO_STOP)


def test_it_ends_when_make_is_killed(started: Started) -> None:
    started.make.kill()
    assert started.stops_within(SECONDS_TO_STOP)
