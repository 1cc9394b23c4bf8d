"""One program of Relais as a process: started, waited for, frozen, killed, started again.

Each is a session of its own and leaves nothing behind; where the machine has `setpriv`, not even
when the tests themselves are killed. Not for: knowing what the programs are.
"""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Self

import httpx

from tests import loopback

ROOT = Path(__file__).parents[2]
_SECONDS_TO_READY = 90.0
_SECONDS_TO_STOP = 10.0


class DidNotStartError(Exception):
    """A program ended before it was ready, or stayed silent; the message is its own last words."""


class Program:
    """A program that answers at `ready` once it works. All its lives write to one log."""

    def __init__(
        self,
        command: list[str],
        env: Mapping[str, str],
        *,
        ready: str,
        log: Path,
        cwd: Path = ROOT,
    ) -> None:
        self.command, self.cwd = command, cwd
        self.log, self._env, self.ready = log, env, ready
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        self.wait_until_ready()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        """Start, again if need be, and do not wait."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [*_dying_with_us(), *self.command],
                cwd=self.cwd,
                env={**clean_environment(), **self._env},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        """Wait for a good answer. Raises `DidNotStartError`."""
        until = time.monotonic() + _SECONDS_TO_READY
        while time.monotonic() < until and self._alive():
            if answers(self.ready):
                return
            time.sleep(0.05)
        self.stop()
        raise DidNotStartError(self.log.read_text(encoding="utf-8", errors="replace")[-2000:])

    @property
    def pid(self) -> int:
        """Give the number of the process, which must run."""
        if self._process is None:
            raise ProcessLookupError
        return self._process.pid

    def kill(self) -> None:
        """End it as a power cut would."""
        self.send(signal.SIGKILL)
        if self._process is not None:
            self._process.wait()

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the program and to all it has started."""
        if self._process is not None and self._alive():
            os.killpg(self._process.pid, number)

    def stop(self) -> None:
        """End it as a technician would, and by force if it does not listen."""
        self.send(signal.SIGCONT)
        self.send(signal.SIGTERM)
        try:
            if self._process is not None:
                self._process.wait(_SECONDS_TO_STOP)
        except subprocess.TimeoutExpired:
            self.kill()

    def _alive(self) -> bool:
        return self._process is not None and self._process.poll() is None


def answers(url: str) -> bool:
    """Say whether there is a good answer at `url` now."""
    try:
        return loopback.get(url, timeout=2).is_success
    except httpx.HTTPError:
        return False


def clean_environment() -> dict[str, str]:
    """Return our environment without the settings of a Relais that somebody runs from here."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("RELAIS_")}
    return kept | {"PYTHONUNBUFFERED": "1"}


def own_folders(folder: Path) -> dict[str, str]:
    """Return an environment in which temporary files and those of the user land in `folder`."""
    places = {"TMPDIR": folder / "tmp", "HOME": folder / "home"}
    for place in places.values():
        place.mkdir(exist_ok=True)
    return {name: str(place) for name, place in places.items()}


def _dying_with_us() -> list[str]:
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL"] if setpriv else []
