"""One api process, one of workers, or one verb of `relais`, that can be made to die at a hook.

A real process each, with settings and a log of its own (`tests/forks.py`). Not for: what it is
killed for.
"""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import uvicorn

from api import log
from api.hooks import Hook
from api.house import House
from api.main import create_app, furnish, rotation_of, sweep_of, work
from api.server import config
from api.settings import Settings
from tests.forks import FORKS, become
from tests.proof.hooks import Fatal

SECONDS_TO_READY = 15.0

Env = Mapping[str, str]
Verb = Callable[[House], Awaitable[object]]
Life = Callable[[Env, Path, Connection], None]


@dataclass
class Mortal:
    """A process of one scene, in this life and in the next.

    `url` is where it listens; workers alone do not, and have none.
    """

    env: Env = field(repr=False)
    url: str | None
    log: Path
    life: Life
    process: ForkServerProcess | None = None
    _orders: Connection | None = None

    async def start(self) -> float:
        """Start, wait until it answers, and return the seconds that took."""
        began = time.monotonic()
        self._orders, theirs = FORKS.Pipe()
        self.process = FORKS.Process(target=self.life, args=(dict(self.env), self.log, theirs))
        self.process.start()
        theirs.close()
        while self.url is not None and not await _listens(self.url):
            if time.monotonic() - began > SECONDS_TO_READY:
                raise TimeoutError(self.log.read_text()[-2000:])
            await asyncio.sleep(0.01)
        return time.monotonic() - began

    def arm(self, hook: Hook, nth: int, number: signal.Signals = signal.SIGKILL) -> None:
        """Have it die, or stop, when it reaches `hook` for the `nth` time from now."""
        assert self._orders is not None
        self._orders.send((hook, nth, number))

    async def death(self, seconds: float) -> bool:
        """Wait for it to die; say whether it did, and by our hand."""
        assert self.process is not None
        until = time.monotonic() + seconds
        while self.process.is_alive() and time.monotonic() < until:  # noqa: ASYNC110 - a process
            await asyncio.sleep(0.005)
        return self.process.exitcode == -signal.SIGKILL

    async def stopped(self, seconds: float) -> None:
        """Wait until it has been paused. Raises `TimeoutError`."""
        async with asyncio.timeout(seconds):
            while not self._is_stopped():  # noqa: ASYNC110 - a process
                await asyncio.sleep(0.01)

    def lives(self) -> bool:
        """Say whether it is there and not paused."""
        return self.process is not None and self.process.is_alive() and not self._is_stopped()

    def _is_stopped(self) -> bool:
        assert self.process is not None
        stat = Path(f"/proc/{self.process.pid}/stat").read_text()
        return stat.rpartition(")")[2].split()[0] == "T"

    def kill(self) -> None:
        if self.process is not None and self.process.pid is not None:
            self.process.kill()
            self.process.join()

    def send(self, number: signal.Signals) -> None:
        assert self.process is not None
        assert self.process.pid is not None
        os.kill(self.process.pid, number)


async def _listens(url: str) -> bool:
    """Say whether somebody listens: an api does so when its start is complete, and not before."""
    parts = urlsplit(url)
    try:
        _, writer = await asyncio.open_connection(parts.hostname, parts.port)
    except OSError:
        return False
    writer.close()
    return True


async def run_verb(verb: Verb, env: Env, log_file: Path, fatal: Fatal) -> int:
    """Run a verb in a process of its own to its end, or its death; return its exit code."""
    process = FORKS.Process(target=carry_out, args=(verb, dict(env), log_file, fatal))
    process.start()
    # Not joined in a thread: whoever starts another process asks after all there are, and of two
    # who ask at once one is told 255.
    while process.is_alive():  # noqa: ASYNC110 - a process
        await asyncio.sleep(0.005)
    assert process.exitcode is not None
    return process.exitcode


async def purge(house: House) -> None:
    """Do what `relais purge` does."""
    await sweep_of(house).purge()


async def rotate(house: House) -> None:
    """Do what `relais keys rotate` does."""
    await rotation_of(house).run()


def carry_out(verb: Verb, env: Env, log_file: Path, fatal: Fatal) -> None:
    """Be the process of a verb."""
    _be(env, log_file)

    async def run() -> None:
        house = furnish(Settings(), hooks=fatal)
        await verb(house)
        await house.aclose()

    asyncio.run(run())


def serve(env: Env, log_file: Path, orders: Connection, *, workers: bool = True) -> None:
    """Be an api process, as `relais serve` is."""
    _be(env, log_file)
    fatal, settings = Fatal(), Settings()
    app = create_app(furnish(settings, hooks=fatal), workers=workers)
    asyncio.run(_obeying(orders, fatal, uvicorn.Server(config(app, settings)).serve()))


def serve_only(env: Env, log_file: Path, orders: Connection) -> None:
    """Be an api process without workers."""
    serve(env, log_file, orders, workers=False)


def work_only(env: Env, log_file: Path, orders: Connection) -> None:
    """Be a process of workers, as `relais worker` is."""
    _be(env, log_file)
    fatal = Fatal()
    asyncio.run(_obeying(orders, fatal, work(furnish(Settings(), hooks=fatal))))


async def _obeying(orders: Connection, fatal: Fatal, life: Coroutine[Any, Any, None]) -> None:
    asyncio.get_running_loop().add_reader(orders.fileno(), _obey, orders, fatal)
    await life


def _obey(orders: Connection, fatal: Fatal) -> None:
    try:
        fatal.arm(*orders.recv())
    except EOFError:
        # The test is gone, and with it whoever would end this process.
        os._exit(1)


def _be(env: Env, log_file: Path) -> None:
    become(env, log_file, log_file)
    log.set_up()
