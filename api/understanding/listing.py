"""Takes a list of messages through the whole system, in order, without holding all of it.

Several calls of the bot are under way at once. An answer leaves as soon as those before it have,
so a program may also write a line and wait for what becomes of it. Not for: the shape of a line
(`lines.py`), or what it means (`meaning.py`).
"""

import asyncio
import os
import select
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from api.danger.signals import Phrases
from api.dialogue.client import Bot, BotFailedError
from api.dialogue.shapes import Understood
from api.understanding.lines import Line, UnreadableLineError, cut, read, written
from api.understanding.meaning import meaning

# The bot takes up to 200 texts a call, but its answer must stay under the client's 64 kB, and a
# child whose turn comes meanwhile waits for one text of each call that is under way.
MOST_TEXTS = 16
MOST_BYTES = 16 * 1024
AT_ONCE = 4
CHUNK = 64 * 1024
# The client's word for an answer that is over its limit.
TOO_LARGE = "too_large"
LOOKS_UP_AFTER_SECONDS = 0.2

Write = Callable[[bytes], None]
Answers = asyncio.Queue[asyncio.Task[list[bytes]] | None]


@dataclass
class Listing:
    """One list: where its answers go, and how many of its lines could not be read."""

    bot: Bot
    phrases: Phrases
    write: Write = field(repr=False)
    unreadable: int = 0

    async def run(self, source: int) -> int:
        """Answer every line of the file descriptor `source`; return how many were unreadable.

        Raises `BotFailedError`; what was answered until then has been written.
        """
        answers, places = Answers(), asyncio.Semaphore(AT_ONCE)
        reading = asyncio.create_task(self._read(source, answers, places))
        try:
            while (answered := await answers.get()) is not None:
                self.write(b"\n".join(await answered))
                places.release()
            await reading
        finally:
            await _drop(reading, answers)
        return self.unreadable

    async def _read(self, source: int, answers: Answers, places: asyncio.Semaphore) -> None:
        try:
            async for lines in arriving(source):
                for batch in batches(lines):
                    await places.acquire()
                    answers.put_nowait(asyncio.create_task(self._answered(batch)))
        finally:
            answers.put_nowait(None)

    async def _answered(self, batch: list[bytes]) -> list[bytes]:
        lines = [_read_or_not(line) for line in batch]
        texts = [line.text for line in lines if isinstance(line, Line)]
        understood = iter(await self._understood(texts))
        answers = []
        for line in lines:
            if isinstance(line, Line):
                answer: dict[str, Any] = meaning(line.text, next(understood), self.phrases)
            else:
                answer = {"error": line.sentence}
                self.unreadable += 1
            answers.append(written(answer, line.id))
        return answers

    async def _understood(self, texts: list[str]) -> list[Understood]:
        """Ask the bot; where all of it would be too large an answer, in two halves."""
        if not texts:
            return []
        try:
            return await self.bot.understand(texts)
        except BotFailedError as error:
            if error.why != TOO_LARGE or len(texts) == 1:
                raise
        half = len(texts) // 2
        return await self._understood(texts[:half]) + await self._understood(texts[half:])


async def arriving(source: int) -> AsyncIterator[list[bytes]]:
    """Give the lines of a file descriptor as they come: from a pipe, without waiting for more."""
    rest = b""
    while chunk := await _arrived(source):
        lines, rest = cut(rest, chunk)
        if lines:
            yield lines
    if rest:
        yield [rest]


def batches(lines: list[bytes]) -> Iterator[list[bytes]]:
    """Cut lines into calls of the bot, none of them too large for its answer."""
    batch: list[bytes] = []
    for line in lines:
        if batch and (len(batch) == MOST_TEXTS or sum(map(len, batch), len(line)) > MOST_BYTES):
            yield batch
            batch = []
        batch.append(line)
    if batch:
        yield batch


async def _arrived(source: int) -> bytes:
    # Waited for in short looks: a thread that reads a silent pipe could not be stopped.
    while not await asyncio.to_thread(_is_readable, source):
        pass
    return os.read(source, CHUNK)


def _is_readable(source: int) -> bool:
    return bool(select.select([source], [], [], LOOKS_UP_AFTER_SECONDS)[0])


async def _drop(reading: "asyncio.Task[None]", answers: Answers) -> None:
    reading.cancel()
    # It leaves its last word in any case, and after that nothing is added.
    await asyncio.gather(reading, return_exceptions=True)
    while (answered := answers.get_nowait() if answers.qsize() else None) is not None:
        answered.cancel()
        await asyncio.gather(answered, return_exceptions=True)


def _read_or_not(line: bytes) -> Line | UnreadableLineError:
    try:
        return read(line)
    except UnreadableLineError as error:
        return error
