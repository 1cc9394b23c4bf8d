"""The two processes that answer: the bot (Rasa with our channel) and the action server.

Both keep their ports over every restart, as they do in a helpline. Not for: the api.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from scripts.model import QUIET
from tests import loopback
from tests.ports import free_port
from tests.stack.model import BOT_PYTHON, trained
from tests.stack.programs import ROOT, Program, own_folders

SECRET = "the-secret-of-the-stack-tests"

Body = dict[str, Any]


@dataclass
class Dialogue:
    """A running bot and its actions. `url` is what the api calls."""

    actions: Program
    bot: Program
    url: str
    logs: tuple[Path, ...] = field(default=())

    def ask(self, body: Body) -> Body:
        """Take one turn that must succeed, over the bot's own HTTP contract."""
        headers = {"X-Relais-Secret": SECRET}
        answer = loopback.post(f"{self.url}/webhooks/turn", json=body, headers=headers, timeout=10)
        assert answer.status_code == httpx.codes.OK, answer.text
        content: Body = answer.json()
        return content

    @contextmanager
    def acting(self, package: str) -> Iterator[None]:
        """Run the actions of another package in the place of ours; ours again at the end."""
        ours = self.actions.command
        self._act([*ours, "--actions", package])
        try:
            yield
        finally:
            self._act(ours)

    def _act(self, command: list[str]) -> None:
        self.actions.stop()
        self.actions.command = command
        self.actions.start()
        self.actions.wait_until_ready()

    def move_to(self, project: Path) -> None:
        """Stop both; start the same two programs from another version of the project."""
        self.bot.stop()
        self.actions.stop()
        self.actions.cwd = self.bot.cwd = project
        self.bot.command = bot_command(project)
        self.actions.start()
        self.bot.start()
        self.actions.wait_until_ready()
        self.bot.wait_until_ready()


@contextmanager
def running(logs: Path, project: Path = ROOT, *, log_level: str = "DEBUG") -> Iterator[Dialogue]:
    """Start both, and stop them at the end."""
    actions_url, port = f"http://127.0.0.1:{free_port()}", free_port()
    env = (
        QUIET
        | own_folders(logs)
        | {
            "RELAIS_ACTIONS_URL": f"{actions_url}/webhook",
            "RELAIS_BOT_PORT": str(port),
            "RELAIS_BOT_SECRET": SECRET,
            # What these two write at their most talkative is what the silence of logs is about.
            "RELAIS_LOG_LEVEL": log_level,
        }
    )
    url = f"http://127.0.0.1:{port}"
    actions = Program(
        [str(BOT_PYTHON), "-m", "bot.serve_actions"],
        env,
        ready=f"{actions_url}/health",
        log=logs / "actions.log",
        cwd=project,
    )
    bot = Program(
        bot_command(project), env, ready=f"{url}/webhooks/turn", log=logs / "bot.log", cwd=project
    )
    with actions, bot:
        yield Dialogue(actions, bot, url, (actions.log, bot.log))


def bot_command(project: Path) -> list[str]:
    return [str(BOT_PYTHON), "-m", "bot.serve", "--model", str(trained(project))]
