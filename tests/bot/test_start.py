"""What keeps the bot or the action server from starting, each in one sentence."""

import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot import serve, serve_actions
from bot.answer import prepare
from bot.turn import TurnChannel


def test_the_bot_does_not_start_without_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["serve"])
    monkeypatch.setenv("RELAIS_BOT_SECRET", "")

    with pytest.raises(SystemExit, match="RELAIS_BOT_SECRET is not set"):
        serve.main()


def test_the_bot_does_not_start_without_a_model(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "argv", ["serve", "--model", str(tmp_path / "none.tar.gz")])
    monkeypatch.setenv("RELAIS_BOT_SECRET", "s")

    with pytest.raises(SystemExit, match="Train one with: make train"):
        serve.main()


@pytest.mark.parametrize(
    "url", ["http://0.0.0.0:5055/webhook", "http://10.0.0.5:5055/webhook", "x"]
)
def test_the_action_server_serves_loopback_only(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setattr(sys, "argv", ["serve_actions"])
    monkeypatch.setenv("RELAIS_ACTIONS_URL", url)

    with pytest.raises(SystemExit, match="must be a loopback address"):
        serve_actions.main()


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
