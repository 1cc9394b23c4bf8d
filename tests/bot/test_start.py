"""What keeps the bot or the action server from starting, each in one sentence."""

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.answer import prepare
from bot.turn import TurnChannel
from tests.bot.services import ROOT


def start(module: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Start a process that must refuse to."""
    return subprocess.run(
        [sys.executable, "-m", *module.split()],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_bot_does_not_start_without_a_secret() -> None:
    refused = start("bot.serve", RELAIS_BOT_SECRET="")

    assert refused.returncode == 1
    assert refused.stderr.strip().endswith(
        "RELAIS_BOT_SECRET is not set: the api and the bot share it."
    )


def test_the_bot_does_not_start_without_a_model(tmp_path: Path) -> None:
    refused = start(f"bot.serve --model {tmp_path}/none.tar.gz", RELAIS_BOT_SECRET="s")

    assert refused.returncode == 1
    assert refused.stderr.strip().endswith("Train one with: make train")


@pytest.mark.parametrize(
    "url", ["http://0.0.0.0:5055/webhook", "http://10.0.0.5:5055/webhook", "x"]
)
def test_the_action_server_serves_loopback_only(url: str) -> None:
    refused = start("bot.serve_actions", RELAIS_ACTIONS_URL=url)

    assert refused.returncode == 1
    assert "must be a loopback address" in refused.stderr


def test_the_channel_needs_a_secret() -> None:
    with pytest.raises(ValueError, match="secret"):
        TurnChannel.from_credentials({"secret": ""})


def test_a_domain_whose_sessions_expire_is_refused() -> None:
    sessions = SimpleNamespace(are_sessions_enabled=lambda: True)
    agent = SimpleNamespace(is_ready=lambda: True, domain=SimpleNamespace(session_config=sessions))

    with pytest.raises(RuntimeError, match="session_expiration_time: 0"):
        prepare(agent)


def test_an_agent_without_a_model_is_refused() -> None:
    with pytest.raises(RuntimeError, match="no model"):
        prepare(SimpleNamespace(is_ready=lambda: False))
