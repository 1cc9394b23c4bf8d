"""One cell of the matrix: children write, the process dies at the hook, and it goes on.

What a cell does follows from its seed alone. Not for: what is expected of it (`judge.py`).
"""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from uuid import UUID

from api.channels.messages import Channel
from api.hooks import Hook
from tests.proof.crash.children import Child
from tests.proof.crash.scene import Scene

SECONDS_TO_DIE = 15.0
MOST_MESSAGES = 12
# Danger waits for no bot: the script answers it in the transaction that keeps it.
DANGER = "c'est pour ce soir, je vais me tuer"


@dataclass(frozen=True)
class Cell:
    """A death. Its seed decides all that is left to chance."""

    database: str
    channel: Channel
    hook: Hook
    seed: int

    def __str__(self) -> str:
        return f"{self.database}-{self.channel}-{self.hook}-{self.seed}"


@dataclass
class Course:
    """How a cell has gone so far, as those outside Relais know it."""

    scene: Scene
    cell: Cell
    rng: random.Random
    stack: AsyncExitStack
    before: set[UUID]
    children: list[Child] = field(default_factory=list)
    # What the program must not answer, what a counsellor said, and what was to be erased.
    to_a_person: list[str] = field(default_factory=list)
    by_a_person: list[str] = field(default_factory=list)
    erased: set[UUID] = field(default_factory=set)
    died_at: float | None = None
    words: int = 0

    def word(self) -> str:
        """Return a message that nobody has written yet."""
        self.words += 1
        return f"mot {self.cell.seed} {self.words} {self.rng.getrandbits(32):08x}"

    def mine(self) -> set[UUID]:
        """Return the conversations of this cell that are still there."""
        return self.scene.records.conversations() - self.before

    async def come(self, count: int) -> list[Child]:
        """Let children come in."""
        new = [
            await self.scene.child(self.cell.channel, self.rng, self.stack) for _ in range(count)
        ]
        self.children += new
        return new

    async def quiet(self, *, conversations: int, seconds: float = 15.0) -> set[UUID]:
        """Wait until so many have begun and nothing is under way. Raises `TimeoutError`.

        A webhook whose connection broke is not there yet: the list brings it a second later.
        """
        async with asyncio.timeout(seconds):
            while True:
                begun = self.mine()
                if len(begun) == conversations and not self.scene.records.under_way():
                    return begun
                await asyncio.sleep(0.05)

    async def dead(self) -> None:
        """Wait for the death. Raises `TimeoutError`: the hook was never reached."""
        if not await self.scene.api.death(SECONDS_TO_DIE):
            raise TimeoutError(f"{self.cell} was not reached")
        self.died_at = time.monotonic()


async def while_they_write(course: Course) -> None:
    """Kill the api while children write; one more writes while nobody is there."""
    rng = course.rng
    await course.come(rng.randint(1, 3))
    if rng.random() < 1 / 3:
        await asyncio.gather(*(child.write(course.word()) for child in course.children))
    course.scene.api.arm(course.cell.hook, rng.randint(1, 3))
    over = asyncio.Event()
    writing = [asyncio.create_task(_writes(course, child, over)) for child in course.children]
    await course.dead()
    over.set()
    if rng.random() < 1 / 2:
        late = rng.choice(course.children)
        writing.append(asyncio.create_task(late.write(course.word())))
    await course.scene.revive()
    await asyncio.gather(*writing)


async def _writes(course: Course, child: Child, over: asyncio.Event) -> None:
    if course.rng.random() < 1 / 4:
        await child.write(f"{DANGER} {course.word()}")
    for _ in range(MOST_MESSAGES):
        await child.write(course.word())
        if over.is_set():
            return
        await asyncio.sleep(course.rng.uniform(0, 0.15))


Act = Callable[[Course], Awaitable[None]]
