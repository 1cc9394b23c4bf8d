"""One api process that dies and comes back, between stand-ins that do not.

The stand-ins keep ledgers of their own; database, keys and port outlive each death. Not for: what
happens in a cell (`cell.py`).
"""

import json
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field, replace
from itertools import count
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from argon2 import PasswordHasher

from api.channels.messages import Channel
from tests.loopback import open_client
from tests.ports import free_port
from tests.proof.crash.children import Child, PhoneChild, page
from tests.proof.crash.mortal import Mortal, serve, serve_only, work_only
from tests.stack.records import Records
from tests.stack.service import settings_of
from tests.standins.echo_bot import EchoBot
from tests.standins.twilio import TwilioStandin
from tests.standins.twilio_control import TwilioControl

# Bursts are not what it is about. A page looks for itself, a webhook that was lost is missed soon.
# Nor is a bot that is late: where the machine stands still for some seconds, each message is to be
# answered by its echo all the same, and not by the script, which says nothing of what it answers.
QUICK = {
    "RELAIS_BURST_SECONDS": "0",
    "RELAIS_MISSED_SECONDS": "1",
    "RELAIS_BOT_DEADLINE_SECONDS": "30",
}

_QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)

Json = dict[str, Any]


@dataclass
class Scene:
    """Everything around one api process. `desk` is a counsellor who is signed in.

    `worker` does what is due: the api itself, where workers are not alone.
    """

    url: str
    api: Mortal
    worker: Mortal
    control: TwilioControl
    records: Records
    desk: httpx.AsyncClient = field(repr=False)
    seconds_to_recover: float = 5.0
    starts: list[float] = field(default_factory=list)
    # The first one, 06 39 98 00 00, is the helpline's own.
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    @property
    def inbound(self) -> str:
        return f"{self.url}/api/sms/twilio/inbound"

    async def revive(self) -> None:
        """Start the api again, as whatever keeps it running would."""
        self.starts.append(await self.api.start())

    def beside(self) -> Mortal:
        """Give another like the worker, on the same database; an api behind the same address."""
        port = free_port()
        log = self.api.log.with_name(f"beside-{port}.log")
        if self.worker.url is None:
            return replace(self.worker, log=log, process=None)
        env = {**self.api.env, "RELAIS_PORT": str(port)}
        return Mortal(env, f"http://127.0.0.1:{port}", log, serve)

    async def child(self, channel: Channel, rng: random.Random, stack: AsyncExitStack) -> Child:
        """Let a child come in; it stays until the stack ends."""
        if channel is Channel.web:
            return await stack.enter_async_context(page(self.url, rng))
        return PhoneChild(self.control, f"+3363998{next(self.numbers):04}", rng)

    async def card(self, conversation: UUID) -> Json | None:
        """Open a conversation at the desk; None when it is gone."""
        answer = await self.desk.get(f"/api/desk/conversations/{conversation}")
        if answer.status_code == httpx.codes.NOT_FOUND:
            return None
        card: Json = answer.raise_for_status().json()
        return card


@asynccontextmanager
async def opened(
    database_url: str, folder: Path, *, workers_alone: bool = False
) -> AsyncIterator[Scene]:
    """Put a scene up on a migrated database, and take it down."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    async with AsyncExitStack() as stack:
        twilio = stack.enter_context(TwilioStandin())
        bot = stack.enter_context(EchoBot())
        env = settings_of(folder, port, twilio) | QUICK
        env |= {"RELAIS_DATABASE_URL": database_url, "RELAIS_BOT_URL": bot.url}
        records = stack.enter_context(Records(database_url))
        control = TwilioControl(twilio.url)
        stack.push_async_callback(control.aclose)
        api = worker = Mortal(env, url, folder / "api.log", serve)
        if workers_alone:
            api = Mortal(env, url, folder / "api.log", serve_only)
            worker = Mortal(env, None, folder / "worker.log", work_only)
        stack.callback(api.kill)
        stack.callback(worker.kill)
        desk = await stack.enter_async_context(open_client(url, timeout=10))
        scene = Scene(url, api, worker, control, records, desk)
        await scene.revive()
        if workers_alone:
            await worker.start()
        login = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
        credentials = {name: login[name] for name in ("email", "password")}
        (await scene.desk.post("/api/desk/session", json=credentials)).raise_for_status()
        # A start of the demo checks its password, and here there are many.
        records.hash_password(login["email"], _QUICK_HASHER.hash(login["password"]))
        yield scene
