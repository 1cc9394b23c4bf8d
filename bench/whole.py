"""The whole way: a child's page, the api, the bot, the actions, as processes of their own.

A lane is one page after the other: it writes when the last answer has reached its live stream, and
confirms what it has shown, as the real page does. Not for: stock Rasa (`stock.py`).
"""

import asyncio
import time
from contextlib import suppress
from typing import Any, Self
from uuid import uuid4

from bench.rounds import FIRST, Answered, Cue, FailedTurnError
from bench.wire import Wire

# Longer than any answer should take.
SECONDS = 20.0
GREETING = 3


class Child:
    """One open page: a conversation of its own, its live stream, and a connection to write by."""

    def __init__(self, wire: Wire, stream: Wire, token: str) -> None:
        self._wire, self._stream = wire, stream
        self._headers = {"Authorization": f"Bearer {token}"}
        self._said: asyncio.Queue[tuple[float, dict[str, Any]]] = asyncio.Queue()
        self._reading = asyncio.create_task(self._read())
        self._confirming: asyncio.Task[Any] | None = None
        # The bot failed and the script answered: nothing that these children say asks for a person.
        self._given_up = False

    @classmethod
    async def opens(cls, url: str) -> Self:
        """Open a page and wait for its greeting."""
        wire = Wire(url)
        opened = await wire.post("/api/chat/conversations")
        child = cls(wire, Wire(url), opened["token"])
        await child.hears(GREETING, after=0)
        await child.says(FIRST)
        return child

    async def says(self, cue: Cue) -> Answered:
        """Write, and wait until the answer is here. Raises `FailedTurnError`, `TimeoutError`."""
        content = {"client_id": str(uuid4()), "text": cue.text}
        await self._confirmed()
        await self._wire.connect()
        began = time.monotonic()
        taken = await self._wire.post("/api/chat/messages", content, self._headers)
        at, texts = await self.hears(cue.answers, after=taken["seq"])
        if self._given_up:
            raise FailedTurnError(cue.text)
        return Answered(began, at, tuple(texts))

    async def hears(self, answers: int, *, after: int) -> tuple[float, list[str]]:
        """Wait for the program's `answers` messages after number `after`."""
        texts: list[str] = []
        async with asyncio.timeout(SECONDS):
            while len(texts) < answers:
                at, message = await self._said.get()
                if message["seq"] > after:
                    texts.append(message["text"])
                    last = at, message["seq"]
        self._confirming = asyncio.create_task(
            self._wire.post("/api/chat/seen", {"seq": last[1]}, self._headers)
        )
        return last[0], texts

    async def leaves(self) -> None:
        await self._confirmed()
        self._reading.cancel()
        with suppress(asyncio.CancelledError):
            await self._reading
        self._wire.close()
        self._stream.close()

    async def _confirmed(self) -> None:
        if self._confirming is not None:
            await self._confirming
            self._confirming = None

    async def _read(self) -> None:
        async for name, data in self._stream.events("/api/chat/events", self._headers):
            self._given_up |= name == "status" and data["status"] != "with_bot"
            fresh = name == "message" and data["author"] == "bot" and data["delivery"] == "sent"
            if fresh:
                self._said.put_nowait((time.monotonic(), data))
