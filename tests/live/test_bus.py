"""The bus: a hint to whom it concerns, never a wait, and nothing kept for those who left."""

import asyncio
from uuid import UUID

import pytest

from api.live.bus import MOST_HINTS, Changed, MemoryBus, Typing

HERE, THERE = UUID(int=1), UUID(int=2)


@pytest.fixture
def bus() -> MemoryBus:
    return MemoryBus()


async def test_nobody_hears_of_another_conversation(bus: MemoryBus) -> None:
    async with bus.listen(HERE) as listener:
        bus.changed([THERE])
        bus.publish(Typing(THERE, "counsellor"))
        assert await listener.hints(0.01) == []


async def test_a_listener_that_lags_holds_nobody_up(bus: MemoryBus) -> None:
    async with bus.listen(HERE) as listener:
        for _ in range(MOST_HINTS + 1):
            bus.changed([HERE])
        assert len(await listener.hints(1)) == MOST_HINTS


async def test_one_who_left_is_forgotten(bus: MemoryBus) -> None:
    async with bus.listen(HERE), bus.listen():
        pass
    assert (dict(bus._by_conversation), bus._everything) == ({}, set())
    bus.changed([HERE])


async def test_a_hint_before_anybody_listens_is_lost(bus: MemoryBus) -> None:
    bus.changed([HERE])
    async with bus.listen(HERE) as listener:
        assert await listener.hints(0.01) == []


async def test_everybody_concerned_hears_in_order(bus: MemoryBus) -> None:
    typing = Typing(HERE, "counsellor")
    async with bus.listen(HERE) as one, bus.listen(HERE) as other, bus.listen() as everything:
        bus.changed([HERE])
        bus.publish(typing)
        bus.changed([THERE])
        assert await one.hints(1) == await other.hints(1) == [Changed(HERE), typing]
        assert await everything.hints(1) == [Changed(HERE), typing, Changed(THERE)]


async def test_one_who_waits_is_woken(bus: MemoryBus) -> None:
    async with bus.listen(HERE) as listener:
        asyncio.get_running_loop().call_later(0.02, bus.changed, [HERE])
        assert await listener.hints(5) == [Changed(HERE)]


@pytest.mark.parametrize("steps", range(6))
async def test_who_is_cancelled_as_a_hint_comes_ends(bus: MemoryBus, steps: int) -> None:
    async with bus.listen() as listener:
        waiting = asyncio.create_task(listener.hints(5))
        await asyncio.sleep(0.01)
        bus.changed([HERE])
        for _ in range(steps):
            await asyncio.sleep(0)
        if waiting.cancel():
            with pytest.raises(asyncio.CancelledError):
                await waiting
