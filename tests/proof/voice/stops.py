"""Hooks at which a piece of work is held until it is let go, so that other things happen meanwhile.

Only points outside of transactions: inside one, whatever else happens would have to wait for it.
Not for: dying (`tests/proof/hooks.py`); a held piece may be abandoned, which is a worker's death.
"""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from contextvars import ContextVar, copy_context
from dataclasses import dataclass, field

from api.hooks import Hook

TURN = (Hook.turn_claimed, Hook.turn_bot_answered)
OUT = (Hook.out_claimed, Hook.out_before_request, Hook.out_request_written, Hook.out_response_read)


@dataclass
class Held:
    """One piece of work. `at`: where it stops; None: nowhere (any more)."""

    at: Hook | None
    reached: asyncio.Event = field(default_factory=asyncio.Event)
    free: asyncio.Event = field(default_factory=asyncio.Event)
    task: asyncio.Task[None] | None = None

    async def begin(self, work: Coroutine[object, object, None]) -> bool:
        """Work until the stop or the end; say whether it was stopped."""
        context = copy_context()
        context.run(_HELD.set, self)
        self.task = asyncio.create_task(work, context=context)
        reached = asyncio.create_task(self.reached.wait())
        await asyncio.wait({self.task, reached}, return_when=asyncio.FIRST_COMPLETED)
        reached.cancel()
        if self.task.done():
            self.task.result()
        return not self.task.done()

    async def go_on(self) -> None:
        """Let it end."""
        self.free.set()
        assert self.task is not None
        await self.task

    async def abandon(self) -> None:
        """Let it end nowhere: its worker has died."""
        assert self.task is not None
        self.task.cancel()
        with suppress(asyncio.CancelledError):
            await self.task


class Stops:
    """The hooks of a house whose work can be held."""

    async def at(self, hook: Hook) -> None:
        """Wait here, if the work that has come here is to be held here."""
        held = _HELD.get()
        if held is None or held.at is not hook:
            return
        held.at = None
        held.reached.set()
        await held.free.wait()


_HELD: ContextVar[Held | None] = ContextVar("held", default=None)
