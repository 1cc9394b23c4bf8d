"""Killed when the provider has been asked and before it was heard: how what it took shows.

By its list, by its callback, or for half a minute by neither. Not for: other deaths.
"""

from typing import Literal

from api.channels.messages import Channel
from tests.proof.crash.cell import SECONDS_TO_DIE, Course, while_they_write
from tests.proof.crash.judge import Verdict, judged

Shows = Literal["list", "callback", "nothing"]
# Of eight seeds one waits out the half minute.
_SEEDS: tuple[Shows, ...] = ("list", "callback", "list", "callback", "nothing") + ("list",) * 3
_ALWAYS = 1_000_000
_SECONDS_TO_ASK_AGAIN = 40.0


def shows(seed: int) -> Shows:
    return _SEEDS[seed % len(_SEEDS)]


async def unheard(course: Course) -> Verdict:
    """Play and judge a cell of `out.request_written`."""
    how = shows(course.cell.seed) if course.cell.channel is Channel.sms else "list"
    if how == "list":
        await while_they_write(course)
        return await judged(course)
    control = course.scene.control
    (child,) = await course.come(1)
    course.scene.api.arm(course.cell.hook, 1)
    await control.fault("list_messages", "error", status=503, times=_ALWAYS)
    callbacks = ("sent", "delivered") if how == "callback" else ()
    await control.plan(callbacks=callbacks, delay=SECONDS_OF_A_CALLBACK)
    await child.write(course.word())
    await course.dead()
    await course.scene.revive()
    verdict = (
        await judged(course)
        if how == "callback"
        else await judged(course, doubles=1, seconds=_SECONDS_TO_ASK_AGAIN)
    )
    await control.mend()
    return verdict


# Later than a start takes, so that somebody is there to hear it.
SECONDS_OF_A_CALLBACK = SECONDS_TO_DIE / 10
