"""Stock Rasa beside which Relais is measured: its own server, REST channel, SQL store, actions.

The same model and the same actions, and nothing else of ours: no channel, no endpoint, no logging,
no kept connection. Not for: how its conversations are filled (`seed.py`).
"""

import json
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from api.dialogue.asking import Surroundings
from api.dialogue.shapes import Known, Line, Situation, TurnRequest
from api.helpline import load
from bench.rounds import FIRST, Answered, Cue
from bench.wire import Wire
from scripts.model import QUIET
from tests.ports import free_port
from tests.stack.model import BOT_PYTHON, trained
from tests.stack.programs import ROOT, Program, clean_environment

# What the page's greeting leaves behind (`actions/opening.py`).
_GREETED = {"opened": True, "asked": "tell", "not_understood": 0}
# What needs no answer is said once: only the ledger knows it, and stock Rasa has none.
_GIVEN = {"not_your_fault": "delivered"}


@dataclass
class Stock:
    """A running stock Rasa, with conversations that nobody has written in yet."""

    url: str
    senders: list[str]

    async def opens(self) -> "Sender":
        sender = Sender(Wire(self.url), self.senders.pop())
        await sender.says(FIRST)
        return sender


class Sender:
    """One conversation by REST."""

    def __init__(self, wire: Wire, name: str) -> None:
        self._wire, self._name = wire, name

    async def says(self, cue: Cue) -> Answered:
        """Write, and wait for the answer."""
        content = {"sender": self._name, "message": cue.text}
        await self._wire.connect()
        began = time.monotonic()
        said = await self._wire.post("/webhooks/rest/webhook", content)
        return Answered(began, time.monotonic(), tuple(one["text"] for one in said))

    async def leaves(self) -> None:
        self._wire.close()


@contextmanager
def running(folder: Path, helpline: Path, *, conversations: int) -> Iterator[Stock]:
    """Fill the store, start both processes, and stop them at the end."""
    senders = [f"child-{number}" for number in range(conversations)]
    _seed(folder / "trackers.db", helpline, senders)
    actions_port, port = free_port(), free_port()
    files = _files(folder, f"http://127.0.0.1:{actions_port}/webhook")
    actions = Program(
        [str(BOT_PYTHON), "-m", "rasa_sdk", "--actions", "actions", "--port", str(actions_port)],
        QUIET,
        ready=f"http://127.0.0.1:{actions_port}/health",
        log=folder / "stock-actions.log",
    )
    words = ["run", "--model", str(trained(ROOT)), "--interface", "127.0.0.1", "--port", str(port)]
    rasa = Program(
        [str(BOT_PYTHON), "-m", "rasa", *words, *files],
        QUIET,
        ready=f"http://127.0.0.1:{port}/webhooks/rest/",
        log=folder / "stock-rasa.log",
    )
    with actions, rasa:
        yield Stock(f"http://127.0.0.1:{port}", senders)


def _files(folder: Path, actions: str) -> list[str]:
    endpoints, credentials = folder / "endpoints.yml", folder / "credentials.yml"
    store = {"type": "SQL", "dialect": "sqlite", "db": str(folder / "trackers.db")}
    endpoints.write_text(
        yaml.safe_dump({"action_endpoint": {"url": actions}, "tracker_store": store})
    )
    credentials.write_text(yaml.safe_dump({"rest": None}))
    return ["--endpoints", str(endpoints), "--credentials", str(credentials)]


def _seed(store: Path, helpline: Path, senders: list[str]) -> None:
    told = {"turn": _turn(helpline), "dialogue": _GREETED, "senders": senders}
    subprocess.run(
        [str(BOT_PYTHON), "-m", "bench.seed", str(store), str(trained(ROOT))],
        cwd=ROOT,
        env={**clean_environment(), **QUIET},
        input=json.dumps(told),
        text=True,
        capture_output=True,
        check=True,
    )


def _turn(helpline: Path) -> dict[str, Any]:
    """Give what our channel is told of a new conversation."""
    house, now = Surroundings(load(helpline)), datetime.now(UTC)
    lines = {
        name: Line(number=line.number, **house.opening(line, now).model_dump())
        for name, line in house.helpline.lines.items()
    }
    situation = Situation(
        holder="with_bot",
        ahead=0,
        desk=house.opening(house.helpline.desk, now),
        lines=lines,
        helpline={"name": house.helpline.name},
    )
    known = Known(
        facts={}, steps=_GIVEN, danger=None, crisis=False, task=None, language="fr", guarded=False
    )
    request = TurnRequest(
        turn="seed",
        mode="turn",
        channel="web",
        text="",
        event=None,
        now=house.local(now),
        state=None,
        bot_version=None,
        force=None,
        known=known,
        situation=situation,
    )
    return request.model_dump(mode="json")
