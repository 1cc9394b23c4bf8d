"""The loop around due work: what it holds it renews, and one failure stops nothing."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from api import lease
from api.clock import SystemClock
from api.live.bus import MemoryBus
from api.worker import Loop


class OnePiece:
    """One piece of work that takes until `done` is set. The first renewal fails."""

    def __init__(self) -> None:
        self.taken = False
        self.renewed: list[Sequence[str]] = []
        self.done = asyncio.Event()

    async def next_at(self) -> datetime | None:
        return None if self.taken else SystemClock().now()

    async def claim(self, *, most: int) -> Sequence[str]:
        self.taken = True
        return ["piece"]

    async def renew(self, pieces: Sequence[str]) -> None:
        self.renewed.append(pieces)
        if len(self.renewed) == 1:
            raise OSError

    async def do(self, piece: str) -> None:
        await self.done.wait()


async def test_what_is_being_done_is_renewed_in_time_and_what_is_done_is_not() -> None:
    due = OnePiece()
    loop = Loop(due, bus=MemoryBus(), clock=SystemClock(), most=1, poll=0.01)
    running = asyncio.create_task(loop.run())
    await asyncio.sleep(lease.LASTS.total_seconds() * 0.9)
    assert due.renewed == [["piece"]] * 3
    due.done.set()
    await asyncio.sleep(lease.RENEWED_EVERY.total_seconds() * 1.5)
    assert due.renewed == [["piece"]] * 3
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running
