"""Many turns in flight: each gets its own answer, and nothing of a turn outlives it."""

import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests
from rasa.core.agent import Agent
from rasa.shared.core.trackers import DialogueStateTracker

from bot.answer import take_turn
from bot.failures import counted, note
from bot.shapes import Turn
from bot.trackers import TurnTrackers, held
from tests.bot.asking import SECRET, Body, forced, situation, turn
from tests.bot.conftest import Run
from tests.bot.services import Bot

IN_FLIGHT = 12


def conversation(bot: Bot, number: int) -> list[str]:
    """Take four turns of one conversation, the third of which fails; give what was said."""
    said, state, name = [], None, f"Ligne {number}"
    for at in range(4):
        if at == 2:
            failed = bot.post(forced("raise_error", state=state, situation=situation(name)))
            assert failed.status_code == 502
            continue
        body = turn(f"j'ai payé {number + 10} euros", state=state, situation=situation(name))
        answered = bot.answer({**body, "turn": f"{number}-{at}"})
        assert answered["turn"] == f"{number}-{at}"
        assert answered["understood"]["facts"]["amount"][0]["value"] == f"{number + 10} EUR"
        said.append(answered["replies"][-1]["text"])
        state = answered["state"]
    return said


def test_turns_in_flight_are_not_mixed_up(bot: Bot) -> None:
    numbers = range(48)
    with ThreadPoolExecutor(IN_FLIGHT) as pool:
        said = list(pool.map(lambda number: conversation(bot, number), numbers))

    assert said == [[f"Ligne {n} : étape {at}." for at in (1, 2, 3)] for n in numbers]


def test_one_that_hangs_holds_up_nobody(bot: Bot) -> None:
    hanging = threading.Thread(target=lambda: bot.post(forced("hang")))
    hanging.start()
    times = [bot.post(turn()).elapsed.total_seconds() for _ in range(5)]

    assert hanging.is_alive()
    hanging.join()
    assert max(times) < 2


def test_cut_connections_leave_the_bot_working(bot: Bot) -> None:
    headers = {"X-Relais-Secret": SECRET}
    for _ in range(10):
        with pytest.raises(requests.Timeout):
            requests.post(bot.url, json=forced("hang"), headers=headers, timeout=0.2)

    assert bot.answer(turn())["replies"]


def test_a_cut_turn_leaves_no_tracker(agent: Agent, run: Run) -> None:
    async def cut() -> list[object]:
        going = asyncio.create_task(take_turn(agent, Turn.read(forced("hang"))))
        await asyncio.sleep(0.3)
        going.cancel()
        with pytest.raises(asyncio.CancelledError):
            await going
        return list(await agent.tracker_store.keys())

    assert run(cut()) == []


def test_a_tracker_is_found_in_its_own_turn_only(run: Run) -> None:
    store, tracker = TurnTrackers(None), DialogueStateTracker("one", [])
    with held(tracker):
        assert run(store.retrieve("one")) is tracker
        assert run(store.retrieve("another")) is None

    assert run(store.retrieve("one")) is None


def test_failures_are_counted_for_their_own_turn_only() -> None:
    note("outside of any turn")
    with counted() as first:
        note("one")
        with counted() as second:
            note("two")

    assert (first, second) == (["one"], ["two"])


def test_a_burst_of_bodies_with_the_same_turn_is_the_same_turn(bot: Bot) -> None:
    body: Body = turn("j'ai pas payé")
    with ThreadPoolExecutor(IN_FLIGHT) as pool:
        answers = list(pool.map(bot.answer, [body] * 24))

    assert all(answer == answers[0] for answer in answers)
