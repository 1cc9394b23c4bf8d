"""What keeps the programs running: it brings back the dead, and leaves none behind."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from scripts.supervisor import DiedBeforeReadyError, Patience, Program, Supervisor
from tests.house.files import ROOT

QUICK = Patience(first_pause=0.05, longest_pause=0.2, steady=60, to_stop=0.5)
# Writes its id, then a line, then waits.
STAYS = "echo $$ >> {pids}; echo here; exec sleep 60"
IGNORES = "trap '' TERM; echo $$ >> {pids}; echo here; while :; do sleep 0.1; done"
HAS_A_CHILD = "sleep 60 & echo $! >> {pids}; echo $$ >> {pids}; echo here; wait"

Watch = Callable[[list[str]], Awaitable[None]]


def shell(name: str, script: str, folder: Path) -> Program:
    return Program(name, ("sh", "-c", script.format(pids=folder / name)))


def pids(folder: Path, name: str) -> list[int]:
    file = folder / name
    return [int(line) for line in file.read_text().split()] if file.exists() else []


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return False
    return state != "Z"


async def never() -> None:
    await asyncio.Event().wait()


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():  # noqa: ASYNC110 - processes notify nobody
            await asyncio.sleep(0.01)


async def supervised(programs: tuple[Program, ...], watch: Watch) -> list[str]:
    """Run the programs until `watch` has seen enough; return what was said."""
    said: list[str] = []

    async def ready() -> None:
        await until(lambda: sum("here" in line for line in said) >= len(programs))

    running = asyncio.create_task(Supervisor(programs, said.append, QUICK).run(ready))
    try:
        await watch(said)
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    return said


async def test_a_program_that_ends_as_it_starts_stops_all(tmp_path: Path) -> None:
    programs = (shell("bot", STAYS, tmp_path), Program("api", ("sh", "-c", "echo no port; exit 3")))
    said: list[str] = []
    with pytest.raises(DiedBeforeReadyError, match=r"api ended as it started \(exit code 3\)"):
        await Supervisor(programs, said.append, QUICK).run(never)
    assert "api | no port" in said
    assert not any(alive(pid) for pid in pids(tmp_path, "bot"))


async def test_one_that_dies_starts_again_and_the_others_stay(tmp_path: Path) -> None:
    async def kill_bot(said: list[str]) -> None:
        await until(lambda: sum("here" in line for line in said) == 2)
        os.kill(pids(tmp_path, "bot")[0], signal.SIGKILL)
        await until(lambda: len(pids(tmp_path, "bot")) == 2)

    programs = (shell("api", STAYS, tmp_path), shell("bot", STAYS, tmp_path))
    said = await supervised(programs, kill_bot)
    assert "bot ended (SIGKILL); it starts again in 0.05 s." in said
    assert len(pids(tmp_path, "api")) == 1


async def test_the_pause_grows_up_to_its_limit(tmp_path: Path) -> None:
    async def watch(said: list[str]) -> None:
        await until(lambda: sum("again" in line for line in said) >= 4)

    said = await supervised((shell("bot", "echo here; sleep 0.1", tmp_path),), watch)
    pauses = [line.split()[-2] for line in said if "again" in line]
    assert pauses[:4] == ["0.05", "0.1", "0.2", "0.2"]


@pytest.mark.parametrize("script", [STAYS, IGNORES, HAS_A_CHILD])
async def test_stopping_leaves_nothing_running(script: str, tmp_path: Path) -> None:
    async def watch(said: list[str]) -> None:
        await until(lambda: any("here" in line for line in said))

    await supervised((shell("bot", script, tmp_path),), watch)
    started = pids(tmp_path, "bot")
    assert started
    await until(lambda: not any(alive(pid) for pid in started))


async def test_a_line_without_end_is_dropped(tmp_path: Path) -> None:
    async def watch(said: list[str]) -> None:
        await until(lambda: any("here" in line for line in said))

    endless = "head -c 3000000 /dev/zero | tr '\\0' x; echo; echo here; exec sleep 60"
    said = await supervised((shell("bot", endless, tmp_path),), watch)
    assert max(len(line) for line in said) < 2_000_000


def test_a_killed_supervisor_takes_them_along(tmp_path: Path) -> None:
    code = f"""
import asyncio
from scripts.supervisor import Patience, Program, Supervisor
program = Program("bot", ("sh", "-c", {STAYS.format(pids=tmp_path / "bot")!r}))
asyncio.run(Supervisor((program,), print, Patience()).run(asyncio.Event().wait))
"""
    supervisor = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT)
    deadline = time.monotonic() + 10
    while not pids(tmp_path, "bot") and time.monotonic() < deadline:
        time.sleep(0.02)
    supervisor.kill()
    supervisor.wait()
    while any(alive(pid) for pid in pids(tmp_path, "bot")) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert [alive(pid) for pid in pids(tmp_path, "bot")] == [False]
