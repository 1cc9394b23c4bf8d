"""The Python environments: uv, Python 3.11, the api's, the bot's, and the developers' tools on top.

Two environments, because Rasa pins libraries that the api cannot live with (docs/decisions/0001); a
third only where the encoder is tuned (docs/decisions/0014).
Every package comes by hash from a lock. Not for: choosing versions; `make lock` does that.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from scripts import stamps
from scripts.say import CannotGoOnError, step

API = Path(".venv")
BOT = Path("bot/.venv")
TUNING = Path("tuning/.venv")
RUNTIME_LOCK = Path("requirements.lock")
DEV_LOCK = Path("requirements-dev.lock")
BOT_LOCK = Path("bot/requirements.lock")
TUNING_LOCK = Path("tuning/requirements.lock")
UV_LOCK = Path("scripts/uv-requirements.lock")
_OWN_UV = Path(".uv/bin/uv")
# The first with every option that is used here.
_OLDEST_UV = (0, 9)
_NO_DOWNLOADS = {"UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1"}


def uv() -> Path:
    """Return a uv that is recent enough: the machine's, or one brought into `.uv/` from PyPI."""
    on_path = shutil.which("uv")
    for found in (_OWN_UV, Path(on_path) if on_path else None):
        if found is not None and found.exists() and _version(found) >= _OLDEST_UV:
            return found.absolute()
    step(
        "Making a venv for uv",
        [sys.executable, "-m", "venv", ".uv"],
        else_say="This Python cannot make a venv: on Debian, apt-get install python3-venv.",
    )
    step(
        "Installing uv, which installs the rest",
        [".uv/bin/python", "-m", "pip", "install", "-q", "--require-hashes", "-r", UV_LOCK],
    )
    return _OWN_UV.absolute()


def api() -> None:
    """Bring the api's environment to its lock; what else is in it goes."""
    wanted = stamps.digest([RUNTIME_LOCK])
    if not stamps.holds(API / "relais-runtime", wanted):
        _sync(API, RUNTIME_LOCK, "Installing the packages of the api")
        stamps.write(API / "relais-runtime", wanted)


def dev() -> None:
    """Put the developers' tools on top of the api's environment, and take nothing away."""
    api()
    wanted = stamps.digest([RUNTIME_LOCK, DEV_LOCK])
    if not stamps.holds(API / "relais-dev", wanted):
        command = [uv(), "pip", "install", "--require-hashes", "-r", DEV_LOCK]
        step(
            "Installing the tools of the developers",
            [*command, "--python", API / "bin/python"],
            env=_NO_DOWNLOADS,
        )
        stamps.write(API / "relais-dev", wanted)


def bot() -> None:
    """Bring the bot's environment to its lock."""
    wanted = stamps.digest([BOT_LOCK])
    if not stamps.holds(BOT / "relais-runtime", wanted):
        _sync(
            BOT, BOT_LOCK, "Installing the packages of the bot (Rasa and TensorFlow, about 1.5 GB)"
        )
        stamps.write(BOT / "relais-runtime", wanted)


def tuning() -> None:
    """Bring the environment that tunes the encoder to its lock; nothing else needs it."""
    wanted = stamps.digest([TUNING_LOCK])
    if not stamps.holds(TUNING / "relais-runtime", wanted):
        _sync(TUNING, TUNING_LOCK, "Installing what tunes the encoder (PyTorch, about 5 GB)")
        stamps.write(TUNING / "relais-runtime", wanted)


def _sync(environment: Path, lock: Path, what: str) -> None:
    if not (environment / "bin/python").exists():
        command = [uv(), "venv", "-q", "--clear", "--python", python(uv()), environment]
        step(f"Making {environment}", command, env=_NO_DOWNLOADS)
    command = [uv(), "pip", "sync", "--require-hashes", lock]
    step(what, [*command, "--python", environment / "bin/python"], env=_NO_DOWNLOADS)


def python(uv: Path) -> str:
    """Find a Python 3.11: Rasa runs on no later one, and one interpreter serves both."""
    found = subprocess.run(
        [str(uv), "python", "find", "--no-project", "--system", "3.11"],
        env={**os.environ, **_NO_DOWNLOADS},
        capture_output=True,
        text=True,
        check=False,
    )
    if found.returncode:
        raise CannotGoOnError(
            "Relais needs Python 3.11 and finds none here: on Debian 12, apt-get install "
            f"python3.11-venv; elsewhere, {uv} python install 3.11 brings one."
        )
    return found.stdout.strip()


def _version(program: Path) -> tuple[int, ...]:
    said = subprocess.run([str(program), "--version"], capture_output=True, text=True, check=False)
    return tuple(int(part) for part in re.findall(r"\d+", said.stdout)[:2])
