"""One voice: every event in any order over the real store; and every event in every state."""

import asyncio
from collections.abc import Iterator
from itertools import product
from typing import cast

import pytest
from hypothesis import HealthCheck, seed
from hypothesis import settings as sizes
from hypothesis.stateful import run_state_machine_as_test

from api.conversation.holder import EDGES, KEEPS_A_PERSON, Holder, Move, MoveRefusedError, after
from api.main import furnish
from api.settings import Settings
from tests.proof.conftest import Proved
from tests.proof.voice.machine import OneVoice, Tally
from tests.proof.voice.provider import Provider
from tests.proof.voice.stops import Stops
from tests.proof.voice.walk import CASES, states, walk
from tests.proof.voice.world import World
from tests.standins.clock import HandClock
from tests.standins.scripted_bot import ScriptedBot

MANY_STEPS = 10_000
# Prime to the number of events, so that a small run has each of them in some state.
SPARSE = 15


@pytest.fixture
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture
def world(
    runner: asyncio.Runner, settings: Settings, clock: HandClock, bot: ScriptedBot
) -> Iterator[World]:
    stops = Stops()
    out = Provider(stops, clock)
    house = furnish(settings, clock=clock, bot=bot, sender=out, hooks=stops)
    world = runner.run(World.begun(house, clock, bot, out))
    yield world
    runner.run(world.ended())


@pytest.mark.parametrize("danger_open", [False, True])
@pytest.mark.parametrize("holder", Holder)
def test_the_table_has_a_way_out(holder: Holder, *, danger_open: bool) -> None:
    """Pure: whoever holds, somebody else can come to hold; only a closed one is the end."""
    reached = set()
    for move in Move:
        try:
            reached.add(after(holder, move, danger_open=danger_open))
        except MoveRefusedError:
            assert (holder, move) not in EDGES or (danger_open and move in KEEPS_A_PERSON)
    assert bool(reached - {holder}) == (holder is not Holder.closed)
    assert not (danger_open and Holder.with_bot in reached - {holder})


def test_every_event_in_every_state(
    runner: asyncio.Runner, world: World, *, full: bool, proved: Proved
) -> None:
    cases = list(product(states(), CASES))
    for state, case in cases if full else cases[::SPARSE]:
        runner.run(walk(world, state, case))
    proved("one-voice", f"{len(CASES)} events in each of {len(list(states()))} states")


def test_any_order(
    runner: asyncio.Runner, world: World, *, full: bool, chance: int, proved: Proved
) -> None:
    tally = Tally()
    # It only ever calls it.
    machine = cast("type[OneVoice]", lambda: OneVoice(runner, world, tally))
    run_state_machine_as_test(
        seed(chance)(machine) if full else machine,
        settings=sizes(
            max_examples=350 if full else 8,
            stateful_step_count=50,
            derandomize=not full,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert tally.steps >= (MANY_STEPS if full else 150)
    if full:
        assert not tally.missing
    database = world.house.settings.database_url.partition(":")[0]
    figure = f"{tally.steps:,} steps on {database}, {tally.refused:,} more refused (409)"
    proved("rule-machine", f"{figure}, every edge of the table, seed {chance}")
