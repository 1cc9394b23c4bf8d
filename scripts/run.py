"""`make run`: everything ready, the database up to date, then api, bot and actions kept running.

Demo mode (a desk with a known login, loopback only) unless RELAIS_PUBLIC_URL says that this is the
real thing. Not for: how programs are kept running (`scripts/supervisor.py`).
"""

import asyncio
import contextlib
import json
import os
import secrets
import signal
import socket
import sys
import time
from pathlib import Path

import httpx
from pydantic import ValidationError

from api.settings import Settings
from scripts import environments, front_end, model
from scripts.say import CannotGoOnError, line, seconds, step
from scripts.supervisor import DiedBeforeReadyError, Patience, Program, Supervisor

_LOOPBACK = "127.0.0.1"
_SECONDS_TO_READY = 120
_API_PYTHON = str(environments.API / "bin/python")
_BOT_PYTHON = str(environments.BOT / "bin/python")


def main() -> None:
    began = time.monotonic()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        settings = _settings()
        _refuse_busy_port(settings)
        _refuse_unwritable(settings.data_dir)
        environments.bot()
        front_end.build()
        model.train()
        step("Bringing the database up to date", [_API_PYTHON, "-m", "api.cli", "migrate"])
        asyncio.run(_run(settings, began))
    except (CannotGoOnError, DiedBeforeReadyError) as reason:
        line(f"Relais: {reason}")
        sys.exit(1)
    except KeyboardInterrupt:
        line("Relais: stopped.")


async def _run(settings: Settings, began: float) -> None:
    bot_port, actions_port = _free_port(5005), _free_port(5055)
    supervisor = Supervisor(_programs(bot_port, actions_port), line, Patience())
    urls = (f"{_local(settings)}/readyz", f"http://{_LOOPBACK}:{actions_port}/health")

    async def ready() -> None:
        await _all_answer(urls)
        _say_ready(settings, time.monotonic() - began)

    running = asyncio.create_task(supervisor.run(ready))
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, running.cancel)
    orphaned = asyncio.create_task(_stop_when_orphaned(running))
    try:
        await running
    except asyncio.CancelledError:
        line("Relais: stopped.")
    finally:
        orphaned.cancel()


def _programs(bot_port: int, actions_port: int) -> tuple[Program, ...]:
    shared = {
        "RELAIS_BOT_PORT": str(bot_port),
        "RELAIS_BOT_URL": f"http://{_LOOPBACK}:{bot_port}",
        "RELAIS_ACTIONS_URL": f"http://{_LOOPBACK}:{actions_port}/webhook",
        # Of this run alone, unless the helpline has set one.
        "RELAIS_BOT_SECRET": os.environ.get("RELAIS_BOT_SECRET") or secrets.token_urlsafe(32),
        "PYTHONUNBUFFERED": "1",
    }
    rasa = {**shared, **model.QUIET}
    return (
        Program("actions", (_BOT_PYTHON, "-m", "bot.serve_actions"), rasa),
        Program("bot", (_BOT_PYTHON, "-m", "bot.serve"), rasa),
        Program("api", (_API_PYTHON, "-m", "api.cli", "serve"), shared),
    )


async def _all_answer(urls: tuple[str, ...]) -> None:
    deadline = time.monotonic() + _SECONDS_TO_READY
    async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
        while time.monotonic() < deadline:
            with contextlib.suppress(httpx.HTTPError):
                answers = [await client.get(url) for url in urls]
                if all(answer.is_success for answer in answers):
                    return
            await asyncio.sleep(0.25)
    raise CannotGoOnError(
        f"not ready after {_SECONDS_TO_READY} s; what was printed above says why."
    )


async def _stop_when_orphaned(running: "asyncio.Task[None]") -> None:
    """Stop when what started us is gone: `make` killed outright passes no signal on."""
    parent = os.getppid()
    while os.getppid() == parent:  # noqa: ASYNC110 - nobody tells us
        await asyncio.sleep(1)
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


def _settings() -> Settings:
    if not os.environ.get("RELAIS_DEMO"):
        os.environ["RELAIS_DEMO"] = "0" if os.environ.get("RELAIS_PUBLIC_URL") else "1"
    try:
        return Settings()
    except ValidationError as error:
        wrong = error.errors(include_input=False)[0]
        name = "_".join(("RELAIS", *(str(part).upper() for part in wrong["loc"])))
        raise CannotGoOnError(f"{name}: {wrong['msg']}.") from None


def _refuse_busy_port(settings: Settings) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.host, settings.port))
        except OSError as error:
            raise CannotGoOnError(
                f"port {settings.port} cannot be used ({error.strerror}): stop what holds it, or "
                "choose another with RELAIS_PORT."
            ) from None


def _refuse_unwritable(folder: Path) -> None:
    trial = folder / f".trial-{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        trial.touch()
        trial.unlink()
    except OSError as error:
        raise CannotGoOnError(
            f"{folder}/ cannot be written ({error.strerror}): database and keys live there."
        ) from None


def _free_port(wished: int) -> int:
    for port in (wished, 0):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((_LOOPBACK, port))
            return int(probe.getsockname()[1])
    raise CannotGoOnError("no port is free on the loopback address.")


def _local(settings: Settings) -> str:
    host = _LOOPBACK if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    return f"http://{host}:{settings.port}"


if __name__ == "__main__":
    main()
