"""The loop around due work: what it holds it renews, and one failure stops nothing."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

from api import lease
from api.clock import Clock, SystemClock
from api.live.bus import MemoryBus
from api.worker import Loop
from tests.standins.clock import HandClock


class OnePiece:
    """One piece of work that takes until `done` is set. The first renewal fails."""

    def __init__(self) -> None:
        self.taken = False
        self.renewed: list[Sequence[str]] = []
        self.done = asyncio.Event()
        self.under_way = False

    async def next_at(self) -> datetime | None:
        return None if self.taken else datetime.min.replace(tzinfo=UTC)

    async def claim(self, *, most: int) -> Sequence[str]:
        self.taken = True
        return ["piece"]

    async def renew(self, pieces: Sequence[str]) -> None:
        self.renewed.append(pieces)
        if len(self.renewed) == 1:
            raise OSError

    async def do(self, piece: str) -> None:
        self.under_way = True
        try:
            await self.done.wait()
        finally:
            # As a connection goes back: not at once.
            await asyncio.sleep(0)
            self.under_way = False


@asynccontextmanager
async def running(due: OnePiece, clock: Clock, poll: float = 0.01) -> AsyncIterator[None]:
    loop = Loop(due, bus=MemoryBus(), clock=clock, most=1, poll=poll)
    task = asyncio.create_task(loop.run())
    yield
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_what_hangs_is_not_renewed_for_ever() -> None:
    clock, due = HandClock(), OnePiece()
    async with running(due, clock):
        await asyncio.sleep(lease.RENEWED_EVERY.total_seconds() * 1.5)
        renewed = len(due.renewed)
        assert renewed > 0
        clock.move(seconds=lease.LONGEST.total_seconds())
        await asyncio.sleep(lease.RENEWED_EVERY.total_seconds() * 2)
        assert len(due.renewed) == renewed


async def test_what_is_being_done_is_renewed_in_time_and_what_is_done_is_not() -> None:
    due = OnePiece()
    async with running(due, SystemClock()):
        await asyncio.sleep(lease.LASTS.total_seconds() * 0.9)
        renewed = len(due.renewed)
        assert renewed > 1
        due.done.set()
        await asyncio.sleep(lease.RENEWED_EVERY.total_seconds() * 2)
        assert len(due.renewed) == renewed


async def test_nothing_is_under_way_when_it_has_ended() -> None:
    due = OnePiece()
    async with running(due, SystemClock()):
        async with asyncio.timeout(5):
            while not due.under_way:  # noqa: ASYNC110 - the loop is another task
                await asyncio.sleep(0.01)
    assert not due.under_way


class DueSoon(OnePiece):
    """One piece that falls due in a moment, of which no hint comes."""

    def __init__(self, at: datetime) -> None:
        super().__init__()
        self.at = at

    async def next_at(self) -> datetime | None:
        return None if self.taken else self.at


async def test_what_falls_due_is_not_kept_waiting_for_the_next_look() -> None:
    due = DueSoon(SystemClock().now() + timedelta(seconds=1))
    async with running(due, SystemClock(), poll=600):
        await asyncio.sleep(0.05)
        assert not due.taken
        async with asyncio.timeout(5):
            while not due.taken:  # noqa: ASYNC110 - the loop is another task
                await asyncio.sleep(0.01)
