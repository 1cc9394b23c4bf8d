"""What a person at the terminal reads while Relais gets ready, and how a step that fails ends.

A long step says what it does, that it is still at it, and how long it took. What the tool behind it
prints goes to a log file: one clear sentence helps more than a page of somebody else's output.
Not for: logs of a running Relais.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LOGS = Path(".uv/logs")
# On a terminal the time ticks in place; in a log (CI, systemd) a line now and then is enough.
_TICK_SECONDS = 0.5
_HEARTBEAT_SECONDS = 20.0
# Our own commands refuse in a sentence or two; these are passed on as they are.
_FEW_LINES = 5
_NETWORK = (
    "dns error",
    "name resolution",
    "name or service not known",
    "failed to establish a new connection",
    "network is unreachable",
    "connection refused",
    "error sending request",
    "enotfound",
    "eai_again",
    "econnrefused",
    "enetunreach",
    "no matching distribution found",
)


class CannotGoOnError(Exception):
    """Relais cannot get ready; the message is the one sentence that says why and what to do."""


def line(text: str) -> None:
    print(text, flush=True)


def seconds(span: float) -> str:
    """Write a duration for people: `7 s`, `1 min 20 s`."""
    whole = round(span)
    return f"{whole} s" if whole < 60 else f"{whole // 60} min {whole % 60:02d} s"  # noqa: PLR2004


def step(
    what: str,
    command: Sequence[object],
    *,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    else_say: str = "",
) -> None:
    """Run a command as one long step; raises `CannotGoOnError` when it fails."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{'-'.join(re.findall('[a-z]+', what.lower())[:5])}.log"
    began = time.monotonic()
    with log.open("wb") as out:
        process = subprocess.Popen(
            [str(part) for part in command],
            cwd=cwd,
            env={**os.environ, **(env or {})},
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        _wait(process, what, began)
    if process.returncode:
        raise CannotGoOnError(_why(what, log, else_say))
    log.unlink()
    line(f"{_back()}  {what}: {_since(began)}")


def _wait(process: subprocess.Popen[bytes], what: str, began: float) -> None:
    live = sys.stdout.isatty()
    try:
        if not live:
            line(f"  {what} …")
        while True:
            if live:
                print(f"{_back()}  {what} … {_since(began)}", end="", flush=True)
            try:
                process.wait(_TICK_SECONDS if live else _HEARTBEAT_SECONDS)
            except subprocess.TimeoutExpired:
                if not live:
                    line(f"  {what} … {_since(began)}")
            else:
                return
    except BaseException:
        # Ctrl-C or SIGTERM: what was started in its own session ends with us.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise


def _since(began: float) -> str:
    return seconds(time.monotonic() - began)


def _back() -> str:
    return "\r\x1b[K" if sys.stdout.isatty() else ""


def _why(what: str, log: Path, else_say: str) -> str:
    said = log.read_text(encoding="utf-8", errors="replace").strip()
    if any(sign in said.lower() for sign in _NETWORK):
        return (
            f"{what} needs the network and cannot reach it: check the connection, or name your "
            f"mirror in PIP_INDEX_URL, UV_DEFAULT_INDEX and npm_config_registry ({log})."
        )
    if said and len(said.splitlines()) <= _FEW_LINES:
        return said
    return else_say or f"{what} failed; its own words are in {log}."
