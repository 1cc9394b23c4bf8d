"""The matrix: which cells there are, and playing them on a scene, one death after the other.

Not for: starting scenes (`scene.py`), or the limits that a test holds (`test_crash.py`).
"""

import random
from collections.abc import Iterable
from contextlib import AsyncExitStack

from api.channels.messages import Channel
from api.hooks import Hook
from tests.proof.crash.cell import Act, Cell, Course, while_they_write
from tests.proof.crash.judge import Verdict, judged
from tests.proof.crash.other_deaths import in_a_claim, in_a_purge, in_a_rotation
from tests.proof.crash.scene import Scene
from tests.proof.crash.unheard import KINDS, unheard

_ACTS: dict[Hook, Act] = {
    Hook.claim_before_commit: in_a_claim,
    Hook.purge_mid: in_a_purge,
    Hook.rotate_mid: in_a_rotation,
}


def cells(database: str, channel: Channel, seeds: int) -> list[Cell]:
    """Name the cells of one database and channel: so many of a hook, each unheard kind once."""
    unheard_by_phone = (Hook.out_request_written, Channel.sms)
    return [
        Cell(database, channel, hook, seed)
        for hook in Hook
        for seed in range(max(seeds, KINDS) if (hook, channel) == unheard_by_phone else seeds)
    ]


async def played(scene: Scene, chosen: Iterable[Cell]) -> list[Verdict]:
    """Play cells one after the other: each death leaves behind what the next one finds."""
    return [await _played(scene, cell) for cell in chosen]


async def _played(scene: Scene, cell: Cell) -> Verdict:
    await scene.control.anew(scene.inbound)
    async with AsyncExitStack() as stack:
        before = scene.records.conversations()
        course = Course(scene, cell, random.Random(str(cell)), stack, before)  # noqa: S311
        if cell.hook is Hook.out_request_written:
            return await unheard(course)
        await _ACTS.get(cell.hook, while_they_write)(course)
        return await judged(course)
