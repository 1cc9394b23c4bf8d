"""The api as a process of its own, on a database of its own, with a stand-in for Twilio behind it.

Not for: the bot, whose address is handed in; and not for fakes inside the api, of which there are
none here.
"""

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import yaml

from tests import loopback
from tests.forks import relais
from tests.ports import free_port
from tests.stack.dialogue import SECRET
from tests.stack.programs import ROOT, Program, answers, own_folders
from tests.stack.records import Records
from tests.standins.twilio import TwilioStandin

SERVE = ("api.cli", "serve")


@dataclass(frozen=True)
class Service:
    """A running api."""

    program: Program
    url: str
    twilio: TwilioStandin
    records: Records
    data: Path
    env: Mapping[str, str] = field(repr=False)
    # Of the counsellor who is signed in: a password is checked slowly, on purpose.
    cookies: httpx.Cookies = field(default_factory=httpx.Cookies, repr=False)

    @property
    def inbound(self) -> str:
        """Where Twilio posts what phones write."""
        return f"{self.url}/api/sms/twilio/inbound"

    @property
    def login(self) -> dict[str, str]:
        """What `demo.json` says: address, e-mail and password of the demo's counsellor."""
        read: dict[str, str] = json.loads((self.data / "demo.json").read_text(encoding="utf-8"))
        return read

    @contextmanager
    def beside(self) -> Iterator["Service"]:
        """Run another api on the same database, keys and Twilio, at an address of its own.

        What Twilio signs stays the address of the first, as behind a proxy.
        """
        port = free_port()
        url, env = f"http://127.0.0.1:{port}", {**self.env, "RELAIS_PORT": str(port)}
        with serving(env, url, self.data / f"api-{port}.log") as program:
            yield replace(self, program=program, url=url, env=env)

    def readiness(self) -> tuple[int, dict[str, bool]]:
        """Return what `/readyz` says now."""
        answer = loopback.get(f"{self.url}/readyz", timeout=5)
        return answer.status_code, answer.json()

    def is_alive(self) -> bool:
        return answers(f"{self.url}/healthz")

    def relais(self, *words: str) -> str:
        """Run `relais …` beside the service, as a technician would; return what it printed."""
        return command(self.env, *words)


@contextmanager
def running(
    bot_url: str,
    database_url: str,
    folder: Path,
    serve: tuple[str, ...] = SERVE,
    /,
    **settings: str,
) -> Iterator[Service]:
    """Migrate, start, and stop at the end. `settings` are `RELAIS_*` without the prefix.

    `serve` is the module that serves, with its arguments.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with TwilioStandin(webhook=f"{url}/api/sms/twilio/inbound") as twilio:
        env = settings_of(folder, port, twilio) | own_folders(folder)
        env |= {
            # What it writes at its most talkative is what the silence of logs is about.
            "RELAIS_LOG_LEVEL": "DEBUG",
            "RELAIS_BOT_URL": bot_url,
            "RELAIS_DATABASE_URL": database_url,
            **{f"RELAIS_{name.upper()}": value for name, value in settings.items()},
        }
        command(env, "migrate")
        with (
            serving(env, url, folder / "api.log", serve) as program,
            Records(database_url) as records,
        ):
            yield Service(program, url, twilio, records, folder, env)


def serving(env: Mapping[str, str], url: str, log: Path, serve: tuple[str, ...] = SERVE) -> Program:
    return Program([sys.executable, "-m", *serve], env, ready=f"{url}/healthz", log=log)


def command(env: Mapping[str, str], *words: str) -> str:
    """Run the command line of Relais to its end."""
    done = relais(*words, env=env)
    assert done.returncode == 0, done.stderr
    printed: str = done.stdout
    return printed


def helpline_at_all_hours(folder: Path) -> Path:
    """Write a helpline.yml whose desk and lines are always open: transcripts know no clock."""
    content: dict[str, Any] = yaml.safe_load((ROOT / "helpline.yml").read_text(encoding="utf-8"))
    for place in (content["desk"], *content["lines"].values()):
        place["always_open"] = True
    path = folder / "helpline.yml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def settings_of(folder: Path, port: int, twilio: TwilioStandin) -> dict[str, str]:
    """Return the environment of an api in front of `twilio`, but for its bot and database."""
    return {
        "RELAIS_DEMO": "1",
        "RELAIS_PORT": str(port),
        "RELAIS_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "RELAIS_DATA_DIR": str(folder),
        "RELAIS_KEY_FILE": str(folder / "relais.keys"),
        "RELAIS_WEB_DIR": str(folder),
        "RELAIS_HELPLINE_FILE": str(helpline_at_all_hours(folder)),
        "RELAIS_BOT_SECRET": SECRET,
        "RELAIS_TWILIO_ACCOUNT_SID": twilio.account,
        "RELAIS_TWILIO_AUTH_TOKEN": twilio.token,
        "RELAIS_TWILIO_FROM": twilio.number,
        "RELAIS_TWILIO_API_URL": twilio.url,
    }
