"""Killed when the provider has been asked and before it was heard: how what it took shows.

By its list, by its callback, or for half a minute by neither; or the request never came through.
Not for: other deaths.
"""

import asyncio
from typing import Literal

from api.channels.messages import Channel
from api.hooks import Hook
from tests.proof.crash.cell import Cell, Course, while_they_write
from tests.proof.crash.children import Child
from tests.proof.crash.judge import Verdict, judged

Shows = Literal["list", "callback", "nothing", "lost"]
# One of eight seeds waits out the half minute.
_DARK: Shows = "nothing"
_SEEDS: tuple[Shows, ...] = ("list", "callback", "lost", "list", "list", "callback", "lost", _DARK)
# So many seeds hold all of the others.
KINDS = 1 + max(_SEEDS.index(how) for how in _SEEDS if how != _DARK)
_ALWAYS = 1_000_000
# Later than a start takes, so that somebody is there to hear it.
_SECONDS_OF_A_CALLBACK = 1.5
_SECONDS_IN_VAIN, _SECONDS_TO_KNOW = 36.0, 42.0


def shows(cell: Cell) -> Shows:
    """Return how what was taken unheard shows; on a page the list is its thread."""
    return _SEEDS[cell.seed % len(_SEEDS)] if cell.channel is Channel.sms else "list"


def in_the_dark(cell: Cell) -> bool:
    """Say whether nothing shows for half a minute, in which nobody can know."""
    return cell.hook is Hook.out_request_written and shows(cell) == _DARK


async def unheard(course: Course) -> Verdict:
    """Play and judge a cell of `out.request_written`."""
    how = shows(course.cell)
    if how == "list":
        await while_they_write(course)
        return await judged(course)
    control = course.scene.control
    (child,) = await course.come(1)
    course.scene.api.arm(course.cell.hook, 1)
    if how == "lost":
        return await _lost(course, child)
    await control.fault("list_messages", "error", status=503, times=_ALWAYS)
    callbacks = ("sent", "delivered") if how == "callback" else ()
    await control.plan(callbacks=callbacks, delay=_SECONDS_OF_A_CALLBACK)
    await child.write(course.word())
    await course.dead()
    await course.scene.revive()
    if how == "callback":
        verdict = await judged(course)
        await control.mend()
        return verdict
    mending = asyncio.create_task(_mend(course))
    verdict = await judged(course, doubles=1, seconds=_SECONDS_TO_KNOW)
    await mending
    return verdict


async def _lost(course: Course, child: Child) -> Verdict:
    """Let the request be lost on the way: the list does not have it, and it is sent once."""
    await course.scene.control.fault("create_message", "hang")
    await child.write(course.word())
    await course.dead()
    await course.scene.revive()
    return await judged(course)


async def _mend(course: Course) -> None:
    """Let the list answer again, when it has been asked in vain for longer than we wait for it."""
    await asyncio.sleep(_SECONDS_IN_VAIN)
    await course.scene.control.mend()
