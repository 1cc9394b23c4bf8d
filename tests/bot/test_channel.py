"""Who may call, what is refused, and that the bot says when it is ready."""

from types import SimpleNamespace

import pytest
import requests
from rasa.core.agent import Agent

from bot.endpoint import ActionEndpoint
from bot.turn import ready
from tests.bot.asking import SECRET, Body, situation, turn
from tests.bot.conftest import Run
from tests.bot.services import Bot
from tests.ports import free_port


@pytest.mark.parametrize("secret", ["", "another", "a-secret-of-the-test"])
def test_another_secret_is_refused(bot: Bot, secret: str) -> None:
    response = bot.post(turn(), secret=secret)

    assert (response.status_code, response.json()) == (403, {"error": "forbidden"})


def test_no_secret_at_all_is_refused(bot: Bot) -> None:
    assert requests.post(bot.url, json=turn(), timeout=5).status_code == 403


@pytest.mark.parametrize(
    ("part", "body"),
    [
        ("body", "bonjour"),
        ("mode", turn(mode="shout")),
        ("turn", turn(turn="")),
        ("channel", turn(channel="pigeon")),
        ("text", turn(text=None)),
        ("now", turn(now="tout à l'heure")),
        ("now: without time zone", turn(now="2026-11-24T02:10:00")),
        ("known", turn(known=None)),
        ("situation", turn(situation={})),
        ("situation", turn(situation={**situation(), "lines": {"3018": {}}})),
        ("force", turn(force="danger_suicide")),
        ("intent", turn(force={"level": "R3"})),
        ("event", turn(mode="event", event="birthday")),
        ("texts", {"mode": "understand", "texts": "bonjour"}),
        ("texts: too many", {"mode": "understand", "texts": ["non"] * 201}),
    ],
)
def test_a_malformed_request_names_the_part(bot: Bot, part: str, body: Body) -> None:
    response = bot.post(body)

    assert (response.status_code, response.json()["part"]) == (400, part)


def test_what_is_no_json_is_malformed(bot: Bot) -> None:
    headers = {"X-Relais-Secret": "a-secret-of-the-tests"}
    response = requests.post(bot.url, data=b"{", headers=headers, timeout=5)

    assert response.status_code == 400


def test_an_oversize_request_is_refused_unread(bot: Bot) -> None:
    assert bot.post(turn("a" * 300_000)).status_code == 413


def test_a_burst_of_ten_long_messages_is_answered(bot: Bot) -> None:
    assert bot.answer(turn("il me menace " * 1_600))["replies"]


def test_rasas_own_http_api_is_off(bot: Bot) -> None:
    base = bot.url.removesuffix("/webhooks/turn")

    for path in ("/conversations/x/tracker", "/model/parse", "/webhooks/rest/webhook", "/domain"):
        assert requests.get(base + path, timeout=5).status_code == 404


def test_the_bot_is_not_ready_without_its_actions(
    agent: Agent, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    nowhere = ActionEndpoint(f"http://127.0.0.1:{free_port()}/webhook")
    monkeypatch.setattr(agent, "action_endpoint", nowhere)
    app = SimpleNamespace(ctx=SimpleNamespace(agent=agent))
    response = run(ready(SimpleNamespace(app=app)))
    run(nowhere.close())

    assert (response.status, response.body) == (503, b'{"status":"no_actions"}')


def test_to_a_caller_with_a_wrong_secret_the_bot_is_not_ready(bot: Bot) -> None:
    def status(secret: str) -> int:
        headers = {"X-Relais-Secret": secret}
        return requests.get(bot.url, headers=headers, timeout=5).status_code

    assert (status("wrong"), status(""), status(SECRET)) == (403, 403, 200)


def test_ready_says_which_bot_answers(bot: Bot) -> None:
    ready = requests.get(bot.url, timeout=5).json()

    assert ready == {"status": "ok", "bot_version": bot.answer(turn())["bot_version"]}
