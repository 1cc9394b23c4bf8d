"""Keeps a few programs running: starts them, brings back one that died, stops all of them.

Each program is a session of its own, so that Ctrl-C at the terminal reaches only the supervisor and
none outlives it: on Linux the kernel itself ends them should the supervisor be killed. Not for:
knowing what the programs are (`scripts/run.py`).
"""

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

Say = Callable[[str], None]
_PR_SET_PDEATHSIG = 1
_LINE_LIMIT = 1 << 20


@dataclass(frozen=True)
class Program:
    """What is to be kept running. `env` comes on top of our own environment."""

    name: str
    command: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict, repr=False)


@dataclass(frozen=True)
class Patience:
    """Waiting times in seconds. A program that lived `steady` starts over with the first pause."""

    first_pause: float = 1.0
    longest_pause: float = 30.0
    steady: float = 60.0
    to_stop: float = 8.0


class DiedBeforeReadyError(Exception):
    """A program ended before all was ready once: starting it again would hide why."""


class Supervisor:
    """Runs programs until cancelled. What they print reaches `say`, each line headed by a name."""

    def __init__(self, programs: tuple[Program, ...], say: Say, patience: Patience) -> None:
        self._programs = programs
        self._say = say
        self._patience = patience
        self._running: dict[str, Process] = {}
        self._ready = False
        self._width = max(len(program.name) for program in programs)

    async def run(self, ready: Callable[[], Awaitable[None]]) -> None:
        """Keep all programs running. `ready` ends once they all answer.

        Raises `DiedBeforeReadyError`, or what `ready` raises. Nothing is left running either way.
        """
        try:
            async with asyncio.TaskGroup() as group:
                for program in self._programs:
                    group.create_task(self._keep(program))
                await ready()
                self._ready = True
        except BaseExceptionGroup as several:
            raise several.exceptions[0] from None
        finally:
            await self._stop_all()

    async def _keep(self, program: Program) -> None:
        pause = self._patience.first_pause
        while True:
            began = asyncio.get_running_loop().time()
            ended = await self._once(program)
            if not self._ready:
                raise DiedBeforeReadyError(f"{program.name} ended as it started ({ended}).")
            if asyncio.get_running_loop().time() - began >= self._patience.steady:
                pause = self._patience.first_pause
            self._say(f"{program.name} ended ({ended}); it starts again in {pause:g} s.")
            await asyncio.sleep(pause)
            pause = min(2 * pause, self._patience.longest_pause)

    async def _once(self, program: Program) -> str:
        process = await _start(program)
        self._running[program.name] = process
        self._say(f"{program.name} starts (process {process.pid}).")
        relay = asyncio.create_task(self._relay(program.name, process.stdout))
        code = await process.wait()
        # Its children go too: they would hold its port, and its output open.
        _signal_group(process, signal.SIGKILL)
        del self._running[program.name]
        await relay
        return signal.Signals(-code).name if code < 0 else f"exit code {code}"

    async def _relay(self, name: str, printed: asyncio.StreamReader | None) -> None:
        while printed and not printed.at_eof():
            try:
                line = await printed.readline()
            except ValueError:
                continue  # longer than any line of a log; asyncio has dropped it
            if line:
                self._say(f"{name:{self._width}} | {line.decode(errors='replace').rstrip()}")

    async def _stop_all(self) -> None:
        running = list(self._running.values())
        for process in running:
            _signal_group(process, signal.SIGTERM)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(self._patience.to_stop):
                await asyncio.gather(*(process.wait() for process in running))
        for process in running:
            _signal_group(process, signal.SIGKILL)
        await asyncio.gather(*(process.wait() for process in running))


async def _start(program: Program) -> Process:
    return await asyncio.create_subprocess_exec(
        *program.command,
        env={**os.environ, **program.env},
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        limit=_LINE_LIMIT,
        start_new_session=True,
        preexec_fn=_end_with_us,
    )


def _signal_group(leader: Process, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader.pid, number)


def _end_with_us() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
