"""A bot that keeps failing is left alone for a moment, so that the script answers at once.

Without it every child would wait the whole deadline of a bot that hangs, one after the other.
Not for: counting the failures of one turn (`api/turn.py`).
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar

from api.clock import Clock
from api.dialogue.client import Bot, BotFailedError
from api.dialogue.shapes import TurnAnswer, TurnRequest, Understood

FAILURES = 3
REST = timedelta(seconds=5)

A = TypeVar("A")
T = TypeVar("T")


class RestingBot:
    """Asks `bot`; after three failures in a row it is asked once every five seconds."""

    def __init__(self, bot: Bot, clock: Clock) -> None:
        self._bot = bot
        self._clock = clock
        self._failures = 0
        self._rests_until: datetime | None = None

    async def turn(self, request: TurnRequest) -> TurnAnswer:
        return await self._counted(self._bot.turn, request)

    async def understand(self, texts: list[str]) -> list[Understood]:
        return await self._counted(self._bot.understand, texts)

    async def ready(self) -> bool:
        """Say whether the bot would answer now; one that would is asked again at once."""
        ready = await self._bot.ready()
        if ready:
            self._answered()
        return ready

    async def aclose(self) -> None:
        await self._bot.aclose()

    async def _counted(self, ask: Callable[[A], Awaitable[T]], content: A) -> T:
        now = self._clock.now()
        if self._rests_until is not None:
            if now < self._rests_until:
                raise BotFailedError("resting")
            # One is let through to see; the others go on without.
            self._rests_until = now + REST
        try:
            answer = await ask(content)
        except BotFailedError:
            self._failures += 1
            if self._failures >= FAILURES:
                self._rests_until = self._clock.now() + REST
            raise
        self._answered()
        return answer

    def _answered(self) -> None:
        self._failures = 0
        self._rests_until = None
