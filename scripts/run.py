"""`make run`: everything ready, the database up to date, then api, bot and actions kept running.

Demo mode (a desk with a known login, loopback only) unless RELAIS_PUBLIC_URL says that this is the
real thing. Not for: how programs are kept running (`scripts/supervisor.py`).
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import Callable

import httpx

from api.settings import Settings
from scripts import environments, front_end, model, preflight
from scripts.preflight import LOOPBACK
from scripts.say import CannotGoOnError, line, seconds
from scripts.supervisor import DiedBeforeReadyError, Patience, Program, Supervisor

_SECONDS_TO_READY = 120
_API_PYTHON = str(environments.API / "bin/python")
_BOT_PYTHON = str(environments.BOT / "bin/python")


def main() -> None:
    began = time.monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        preflight.choose_demo(os.environ)
        preflight.choose_secret(os.environ)
        settings = preflight.read_settings()
        preflight.refuse_busy_port(settings)
        preflight.refuse_unwritable(settings.data_dir)
        environments.bot()
        front_end.build()
        model.train()
        preflight.bring_up_to_date(settings)
        asyncio.run(_run(settings, began))
    except (CannotGoOnError, DiedBeforeReadyError) as reason:
        line(f"Relais: {reason}")
        sys.exit(1)
    except KeyboardInterrupt:
        line("Relais: stopped.")


async def _run(settings: Settings, began: float) -> None:
    bot_port, actions_port = preflight.free_port(5005), preflight.free_port(5055)
    supervisor = Supervisor(programs(bot_port, actions_port), line, Patience())
    urls = (f"{_local(settings)}/readyz", f"http://{LOOPBACK}:{actions_port}/health")

    async def ready() -> None:
        await all_answer(urls)
        _say_ready(settings, time.monotonic() - began)

    running = asyncio.create_task(supervisor.run(ready))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, running.cancel)
    orphaned = asyncio.create_task(stop_when_orphaned(running))
    try:
        await running
    except asyncio.CancelledError:
        line("Relais: stopped.")
    finally:
        orphaned.cancel()


def programs(bot_port: int, actions_port: int) -> tuple[Program, ...]:
    """Return what runs. What is not said here comes from our own environment, as settings do."""
    shared = {
        "RELAIS_BOT_PORT": str(bot_port),
        "RELAIS_BOT_URL": f"http://{LOOPBACK}:{bot_port}",
        "RELAIS_ACTIONS_URL": f"http://{LOOPBACK}:{actions_port}/webhook",
        "PYTHONUNBUFFERED": "1",
    }
    rasa = {**shared, **model.QUIET}
    return (
        Program("actions", (_BOT_PYTHON, "-m", "bot.serve_actions"), rasa),
        Program("bot", (_BOT_PYTHON, "-m", "bot.serve"), rasa),
        Program("api", (_API_PYTHON, "-m", "api.cli", "serve"), shared),
    )


async def all_answer(urls: tuple[str, ...], within_seconds: int = _SECONDS_TO_READY) -> None:
    """Wait until every address answers well. Raises `CannotGoOnError` when they take too long."""
    deadline = time.monotonic() + within_seconds
    async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                answers = [await client.get(url) for url in urls]
                if all(answer.is_success for answer in answers):
                    return
            await asyncio.sleep(0.25)
    raise CannotGoOnError(f"not ready after {within_seconds} s; what was printed above says why.")


async def stop_when_orphaned(
    running: "asyncio.Task[None]",
    parent: Callable[[], int] = os.getppid,
    every_seconds: float = 1,
) -> None:
    """Stop when what started us is gone: a `make` killed outright passes no signal on."""
    first = parent()
    while parent() == first:  # noqa: ASYNC110 - nobody tells us
        await asyncio.sleep(every_seconds)
    running.cancel()


def _say_ready(settings: Settings, took: float) -> None:
    line(f"\nRelais is ready ({seconds(took)}).")
    line(f"  Chat:  {settings.origin}/")
    line(f"  Desk:  {settings.origin}/desk{_demo_login(settings)}")
    line("  Stop:  Ctrl-C\n")


def _demo_login(settings: Settings) -> str:
    if not settings.demo:
        return ""
    login = json.loads((settings.data_dir / "demo.json").read_text(encoding="utf-8"))
    return f"  (demo login: {login['email']} / {login['password']})"


def _local(settings: Settings) -> str:
    host = LOOPBACK if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    return f"http://{host}:{settings.port}"


if __name__ == "__main__":
    main()
