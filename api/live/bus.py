"""Hints between the parts of one process: which conversation changed, who is typing.

A hint may be lost (another process, a crash): whoever waits also looks by itself from time to time.
Not for: carrying content.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from uuid import UUID

MOST_HINTS = 1000


@dataclass(frozen=True)
class Changed:
    """A conversation has a newer revision, or is gone."""

    conversation_id: UUID


@dataclass(frozen=True)
class Typing:
    """Somebody is writing: `minor` or `counsellor`. Expires by itself."""

    conversation_id: UUID
    author: str


Hint = Changed | Typing


class MemoryBus:
    """A bus inside one process. Publishing never waits; a listener that lags loses hints."""

    def __init__(self) -> None:
        self._everything: set[asyncio.Queue[Hint]] = set()
        self._by_conversation: dict[UUID, set[asyncio.Queue[Hint]]] = defaultdict(set)

    def changed(self, conversation_ids: Iterable[UUID]) -> None:
        for conversation_id in conversation_ids:
            self.publish(Changed(conversation_id))

    def publish(self, hint: Hint) -> None:
        for queue in (*self._everything, *self._by_conversation.get(hint.conversation_id, ())):
            if not queue.full():
                queue.put_nowait(hint)

    @asynccontextmanager
    async def listen(self, conversation_id: UUID | None = None) -> AsyncIterator["Listener"]:
        """Listen to one conversation, or to all of them."""
        queue: asyncio.Queue[Hint] = asyncio.Queue(MOST_HINTS)
        listeners = self._listeners(conversation_id)
        listeners.add(queue)
        try:
            yield Listener(queue)
        finally:
            listeners.discard(queue)
            if conversation_id is not None and not listeners:
                self._by_conversation.pop(conversation_id, None)

    def _listeners(self, conversation_id: UUID | None) -> set[asyncio.Queue[Hint]]:
        if conversation_id is None:
            return self._everything
        return self._by_conversation[conversation_id]


class Listener:
    """One who listens."""

    def __init__(self, queue: asyncio.Queue[Hint]) -> None:
        self._queue = queue

    async def hints(self, seconds: float) -> list[Hint]:
        """Wait at most `seconds` for a hint; return all that came, or none."""
        try:
            # Not `wait_for`: before Python 3.12 it swallows a cancellation that meets a hint, and
            # the loop that was to end goes on.
            async with asyncio.timeout(seconds):
                first = await self._queue.get()
        except TimeoutError:
            return []
        hints = [first]
        while not self._queue.empty():
            hints.append(self._queue.get_nowait())
        return hints
