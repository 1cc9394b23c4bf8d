"""Rasa carries on after what fails inside it; the channel must not."""

import json
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from rasa.core.agent import Agent

from bot import answer
from bot.answer import take_turn
from bot.endpoint import ActionEndpoint
from bot.failures import TurnFailedError
from bot.shapes import Turn
from bot.turn import answered
from tests.bot.asking import forced, turn
from tests.bot.conftest import Run
from tests.bot.services import Bot
from tests.ports import free_port


@pytest.mark.parametrize(
    ("intent", "kind"),
    [
        ("raise_error", "action_failed"),
        ("odd_result", "action_failed"),
        ("loop", "prediction_limit"),
        ("no_rule", "no_rule"),
        ("say_unknown", "words_missing"),
        ("say_gap", "words_with_a_gap"),
        ("say_either", "words_not_certain"),
        ("set_unknown_slot", "name_unknown"),
        ("follow_unknown", "name_unknown"),
        ("offer_unknown", "choice_without_words"),
    ],
)
def test_a_failed_turn_has_no_replies_and_no_state(bot: Bot, intent: str, kind: str) -> None:
    response = bot.post(forced(intent))

    assert (response.status_code, response.json()) == (502, {"error": kind})


def test_an_action_that_hangs_fails_before_the_api_gives_up(bot: Bot) -> None:
    response = bot.post(forced("hang"))

    assert response.status_code == 502
    assert response.elapsed.total_seconds() < 3.9


@pytest.fixture
def lonely(agent: Agent) -> Iterator[Agent]:
    """Take the action server away from the agent."""
    kept = agent.processor.action_endpoint
    agent.processor.action_endpoint = ActionEndpoint(f"http://127.0.0.1:{free_port()}/webhook")
    yield agent
    agent.processor.action_endpoint = kept


def test_a_turn_fails_while_the_action_server_is_down(lonely: Agent, run: Run) -> None:
    with pytest.raises(TurnFailedError, match="action_failed"):
        run(take_turn(lonely, Turn.read(turn())))


def test_a_turn_without_actions_works_while_the_action_server_is_down(
    lonely: Agent, run: Run
) -> None:
    taken = run(take_turn(lonely, Turn.read(forced("danger_suicide"))))

    assert taken["replies"][0]["text"] == "Appelle le 3114."


def test_an_exception_of_the_agent_fails_the_turn(
    agent: Agent, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agent, "lock_store", None)

    with pytest.raises(TurnFailedError, match="agent_failed"):
        run(take_turn(agent, Turn.read(turn())))


def test_an_understanding_that_fails_is_a_502_too(
    agent: Agent, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(agent.processor, "graph_runner", None)
    app = SimpleNamespace(ctx=SimpleNamespace(agent=agent))
    body = json.dumps({"mode": "understand", "texts": ["bonjour"]}).encode()
    response = run(answered(SimpleNamespace(app=app, body=body)))

    assert (response.status, json.loads(response.body)) == (502, {"error": "agent_failed"})


def test_a_turn_has_a_limit_of_its_own(
    agent: Agent, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer, "_SECONDS", 0.2)

    with pytest.raises(TurnFailedError, match="too_late"):
        run(take_turn(agent, Turn.read(forced("hang"))))


def test_a_validation_that_rejects_is_no_failure(bot: Bot) -> None:
    begun = bot.answer(forced("begin_form"))
    refused = bot.answer(forced("deny", state=begun["state"]))

    assert [reply["text"] for reply in refused["replies"]] == ["Bonjour.", "Tu as une capture ?"]


def test_after_a_failure_the_next_turn_runs_from_the_state_before(bot: Bot) -> None:
    first = bot.answer(turn())
    bot.post(forced("raise_error", state=first["state"]))

    assert "étape 2" in bot.answer(turn(state=first["state"]))["replies"][0]["text"]
