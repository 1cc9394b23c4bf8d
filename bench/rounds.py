"""Lanes and rounds: who writes what, how many at once, and how long each answer took.

Not for: whom they write to, or for what the figures mean (`figures.py`).
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Cue:
    """What a child writes, and how many messages answer it."""

    text: str
    answers: int


# A walk as a child may go it: every step of the way, questions, thanks. No danger and no call for a
# person: these would not be the same work on both sides.
FIRST = Cue("il menace de balancer mes photos si jlui donne pas 200e", 3)
WALK = (
    Cue("oui", 1),
    Cue("c'est fait", 1),
    Cue("ok j'ai compris", 1),
    Cue("c'est fait", 2),
    Cue("je vais le faire", 2),
    Cue("est ce qu'il va publier les photos ?", 1),
    Cue("comment je bloque son compte", 1),
    Cue("est-ce que je dois payer ?", 1),
    Cue("merci bcp", 1),
)
# Words that no offered choice has: these wait for the end of the burst. The first answer counts.
QUESTIONS = (
    Cue("est ce qu'il va publier les photos ?", 1),
    Cue("comment je bloque son compte", 1),
)


@dataclass(frozen=True)
class Answered:
    """One turn: the moments (monotonic, in seconds) of the question and of its answer."""

    written: float
    heard: float
    texts: tuple[str, ...]

    @property
    def seconds(self) -> float:
        return self.heard - self.written


# How many of a crowd come at the same moment.
OPENING = 8


class Talks(Protocol):
    """One open conversation."""

    async def says(self, cue: Cue) -> Answered: ...

    async def leaves(self) -> None: ...


class FailedTurnError(Exception):
    """The bot's answer was missing: a side that fails quickly must not look quick."""


@dataclass(frozen=True)
class Round:
    """What one round of one side gave, and how many seconds it took in all."""

    answers: tuple[Answered, ...]
    took: float

    @property
    def per_second(self) -> float:
        return len(self.answers) / self.took

    @property
    def turns(self) -> list[float]:
        """Seconds of each turn."""
        return [answer.seconds for answer in self.answers]


async def one_round(opens: Callable[[], Awaitable[Talks]], lanes: int, walks: int) -> Round:
    """Have `lanes` children at once go `walks` walks each; all are open before the clock starts."""
    ready = [[await opens() for _ in range(walks)] for _ in range(lanes)]
    began = time.monotonic()
    done = await asyncio.gather(*(_lane(children) for children in ready))
    took = time.monotonic() - began
    for child in (child for children in ready for child in children):
        await child.leaves()
    return Round(tuple(answer for lane in done for answer in lane), took)


async def crowd(opens: Callable[[], Awaitable[Talks]], children: int, every: float) -> Round:
    """Have many children open at once, of whom each asks two questions, `every` seconds apart."""
    ready: list[Talks] = []
    while len(ready) < children:
        ready += await asyncio.gather(*(opens() for _ in range(OPENING)))
    chance, began = random.Random(1), time.monotonic()  # noqa: S311 - when somebody happens to write
    waits = [chance.uniform(0, every) for _ in ready]
    done = await asyncio.gather(*map(_now_and_then, ready, waits, [every] * children))
    took = time.monotonic() - began
    for child in ready:
        await child.leaves()
    return Round(tuple(answer for lane in done for answer in lane), took)


async def _lane(children: list[Talks]) -> list[Answered]:
    answers: list[Answered] = []
    for child in children:
        for cue in WALK:
            answer = await child.says(cue)
            if len(answer.texts) != cue.answers:
                raise FailedTurnError(cue.text)
            answers.append(answer)
    return answers


async def _now_and_then(child: Talks, wait: float, every: float) -> list[Answered]:
    answers = []
    for cue in QUESTIONS:
        await asyncio.sleep(wait)
        # Where it is too much, the script answers and then nobody: it is told how often.
        with suppress(TimeoutError, FailedTurnError):
            answers.append(await child.says(cue))
        wait = every
    return answers
