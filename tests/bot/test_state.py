"""The state may be lost, old, broken or of another bot: the turn runs from what is known."""

import base64
import gzip
import json
import statistics
import time
from collections.abc import Callable
from typing import Any

import pytest
from rasa.core.agent import Agent

from bot.answer import take_turn
from bot.shapes import Turn
from tests.bot.asking import forced, turn
from tests.bot.conftest import Run
from tests.bot.services import Bot


def opened(state: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(state)))
    return content


def packed(content: object) -> str:
    return base64.b64encode(gzip.compress(json.dumps(content).encode())).decode()


BROKEN = {
    "none": None,
    "empty": "",
    "not base64": "é!",
    "not gzip": base64.b64encode(b"hello").decode(),
    "not json": base64.b64encode(gzip.compress(b"{")).decode(),
    "not a dict": packed([1, 2]),
    "too long": base64.b64encode(gzip.compress(b" " * 10_000_000)).decode(),
    "a number": 7,
}


@pytest.mark.parametrize("state", BROKEN.values(), ids=BROKEN.keys())
def test_a_state_that_does_not_load_is_dropped(bot: Bot, state: object) -> None:
    assert "étape 1" in bot.answer(turn(state=state))["replies"][0]["text"]


def cut(state: str) -> str:
    return state[: len(state) // 2]


def of_another_bot(state: str) -> str:
    return packed({**opened(state), "bot_version": "another"})


def with_event(state: str, event: dict[str, Any]) -> str:
    content = opened(state)
    return packed({**content, "events": [event, *content["events"]]})


def test_a_state_that_names_a_slot_that_is_gone_is_dropped(bot: Bot) -> None:
    content = opened(bot.answer(turn())["state"])
    state = packed({**content, "slots": {**content["slots"], "slot_that_is_gone": 1}})

    assert "étape 1" in bot.answer(turn(state=state))["replies"][0]["text"]


GONE = [
    {"event": "action", "name": "action_that_is_gone"},
    {"event": "slot", "name": "slot_that_is_gone", "value": 1},
    {"event": "active_loop", "name": "form_that_is_gone"},
    {"event": "user", "parse_data": {"intent": {"name": "intent_that_is_gone"}, "entities": []}},
    {"event": "event_that_is_gone"},
    {"event": "action"},
]


@pytest.mark.parametrize("spoil", [cut, of_another_bot])
def test_a_cut_or_foreign_state_is_dropped(bot: Bot, spoil: Callable[[str], str]) -> None:
    state = bot.answer(turn())["state"]

    assert "étape 1" in bot.answer(turn(state=spoil(state)))["replies"][0]["text"]


@pytest.mark.parametrize("event", GONE, ids=lambda event: event["event"])
def test_a_state_that_names_what_is_gone_is_dropped(bot: Bot, event: dict[str, Any]) -> None:
    state = with_event(bot.answer(turn())["state"], event)

    assert "étape 1" in bot.answer(turn(state=state))["replies"][0]["text"]


def test_the_state_carries_the_dialogue_on(bot: Bot) -> None:
    state = bot.answer(turn())["state"]

    assert "étape 2" in bot.answer(turn(state=state))["replies"][0]["text"]


def test_a_form_goes_on_from_the_state(bot: Bot) -> None:
    state = bot.answer(forced("begin_form"))["state"]
    for _ in range(6):
        state = bot.answer(forced("deny", state=state))["state"]
    answered = bot.answer(forced("done", state=state))

    assert opened(state)["loop"] == "evidence_form"
    assert opened(answered["state"])["loop"] is None
    assert opened(answered["state"])["slots"] == {"evidence_kept": True}


def test_a_retried_turn_gives_the_same_turn(bot: Bot) -> None:
    state = bot.answer(turn())["state"]
    body = turn("j'ai pas payé, il me laisse 2h", state=state)

    assert bot.answer(body) == bot.answer(body)


def test_no_word_of_the_child_and_no_fact_is_in_the_state(bot: Bot) -> None:
    known = {"facts": {"paid": [{"value": "yes", "words": "mots connus"}]}, "crisis": False}
    state = bot.answer(turn("bonjour zinzolin, j'ai payé 50 euros", known=known))["state"]

    content = json.dumps(opened(state), ensure_ascii=False)
    assert not [word for word in ("zinzolin", "mots connus", "50", "La ligne") if word in content]


def test_the_150th_turn_costs_what_the_10th_did(agent: Agent, run: Run) -> None:
    state, sizes, costs = None, [], []
    for number in range(155):
        text = "bonjour " * 250 if number % 15 == 3 else "bonjour"
        body = turn(text, state=state)
        began = time.process_time()
        answered = run(take_turn(agent, Turn.read(body)))
        costs.append(time.process_time() - began)
        state = answered["state"]
        sizes.append(len(state))

    assert "étape 155" in answered["replies"][0]["text"]
    assert sizes[150] <= sizes[10] + 8
    assert statistics.median(costs[140:]) <= 1.3 * statistics.median(costs[4:20])
