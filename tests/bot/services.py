"""Real processes of the bot for the tests: started, waited for, stopped."""

import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

import requests

from tests.bot.asking import SECRET, Body

ROOT = Path(__file__).parents[2]
_PATIENCE_SECONDS = 60


class Running:
    """A module run as a process, until it answers at `ready`; what it writes goes to `log`."""

    def __init__(self, module: list[str], ready: str, log: Path) -> None:
        self._module, self._ready, self.log = module, ready, log

    def __enter__(self) -> Self:
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", *self._module],
                cwd=ROOT,
                env={**os.environ, "RELAIS_LOG_LEVEL": "DEBUG"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait()
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)

    def _wait(self) -> None:
        until = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < until and self.process.poll() is None:
            try:
                if requests.get(self._ready, timeout=2).ok:
                    return
            except requests.ConnectionError:
                time.sleep(0.1)
        raise RuntimeError(self.log.read_text(encoding="utf-8")[-2000:])


class Bot:
    """The bot as the api sees it."""

    def __init__(self, url: str) -> None:
        self.url = url

    def post(self, body: object, secret: str = SECRET) -> requests.Response:
        headers = {"X-Relais-Secret": secret}
        return requests.post(self.url, json=body, headers=headers, timeout=10)

    def answer(self, body: Body) -> Body:
        """Take a turn that must succeed."""
        response = self.post(body)
        assert response.status_code == 200, response.text
        answer: Body = response.json()
        return answer
