"""The loops that do due work: turns, deliveries, and the hourly sweep.

Inside the api process, or on their own as `relais worker`. Each looks at the database by itself,
and sooner when a hint says that something changed. Not for: the work itself.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Generic, Protocol, TypeVar

from api import lease
from api.clock import Clock
from api.live.bus import MemoryBus

log = logging.getLogger(__name__)

T = TypeVar("T")


class Due(Protocol[T]):
    """One kind of work that falls due in the database."""

    async def next_at(self) -> datetime | None:
        """Return when the next piece is due; None when there is none."""
        ...

    async def claim(self, *, most: int) -> Sequence[T]:
        """Take due pieces under a lease."""
        ...

    async def renew(self, pieces: Sequence[T]) -> None:
        """Keep the leases of pieces that are being done."""
        ...

    async def do(self, piece: T) -> None:
        """Do a claimed piece."""
        ...


class Loop(Generic[T]):
    """Does one kind of due work, at most `most` pieces at once."""

    def __init__(
        self, due: Due[T], *, bus: MemoryBus, clock: Clock, most: int, poll: float
    ) -> None:
        self._due = due
        self._bus = bus
        self._clock = clock
        self._most = most
        self._poll = self._pause = poll
        self._running: dict[asyncio.Task[None], tuple[T, datetime]] = {}

    async def run(self) -> None:
        """Work until cancelled; what is under way then is given up and left to its lease."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(every(lease.RENEWED_EVERY.total_seconds(), self._renew))
                group.create_task(self._take())
        finally:
            await self._give_up()

    async def _take(self) -> None:
        async with self._bus.listen() as listener:
            while True:
                await safely(self._start)
                await listener.hints(self._pause)

    async def _renew(self) -> None:
        hangs = self._clock.now() - lease.LONGEST
        if pieces := [piece for piece, began in self._running.values() if began > hangs]:
            await self._due.renew(pieces)

    async def _start(self) -> None:
        self._pause = self._poll
        room = self._most - len(self._running)
        next_at, now = await self._due.next_at(), self._clock.now()
        if room <= 0 or next_at is None:
            return
        if next_at > now:
            # What is due sooner than the next look is not kept waiting for it.
            self._pause = min(self._poll, (next_at - now).total_seconds())
            return
        for piece in await self._due.claim(most=room):
            task = asyncio.create_task(self._do(piece))
            self._running[task] = piece, self._clock.now()
            task.add_done_callback(self._running.pop)

    async def _give_up(self) -> None:
        """Let go of what it holds: whoever ends this loop closes the database next."""
        under_way = list(self._running)
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)

    async def _do(self, piece: T) -> None:
        await safely(lambda: self._due.do(piece))


async def every(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    """Do `work` now and then every `seconds`, until cancelled."""
    while True:
        await safely(work)
        await asyncio.sleep(seconds)


async def safely(work: Callable[[], Awaitable[None]]) -> None:
    """Do `work`; a loop outlives a database that is away for a while."""
    try:
        await work()
    except Exception as error:  # noqa: BLE001 - whatever it was, the next round tries again
        # Only the type: an error may quote the row it stumbled on.
        log.error("work_failed error=%s", type(error).__name__)  # noqa: TRY400
