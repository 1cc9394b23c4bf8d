"""Deaths that no writing child brings about: in a claim, and in the middle of a verb.

Not for: all others (`cell.py`).
"""

import asyncio
import signal
from pathlib import Path
from uuid import UUID, uuid4

import httpx

from api.hooks import Hook
from api.vault import keys
from tests.proof.crash.cell import Course
from tests.proof.crash.mortal import Verb, purge, rotate, run_verb
from tests.proof.hooks import Fatal


async def in_a_claim(course: Course) -> None:
    """Kill the api while a counsellor takes over; the claim is made again, and a person answers."""
    scene = course.scene
    await course.come(1)
    await course.children[0].write(course.word())
    (conversation,) = await course.quiet(conversations=1)
    scene.api.arm(Hook.claim_before_commit, 1)
    claim = asyncio.create_task(scene.desk.post(_path(conversation, "claim")))
    await course.dead()
    await asyncio.gather(claim, return_exceptions=True)
    await scene.revive()
    card = await scene.card(conversation)
    assert card is not None
    assert card["conversation"]["status"] == "with_bot"
    (await scene.desk.post(_path(conversation, "claim"))).raise_for_status()
    course.to_a_person.append(course.word())
    await course.children[0].write(course.to_a_person[-1])
    await _reply(course, conversation)


async def _reply(course: Course, conversation: UUID) -> None:
    """Answer as a person does, twice by the same id: a counsellor's page tries again too."""
    said = {"client_id": str(uuid4()), "text": f"Je suis là. {course.word()}"}
    course.by_a_person.append(said["text"])
    for _ in range(2):
        answer = await course.scene.desk.post(_path(conversation, "messages"), json=said)
        assert answer.status_code == httpx.codes.OK


async def in_a_purge(course: Course) -> None:
    """Kill `relais purge` between two conversations, and run it again."""
    old = await course.come(course.rng.randint(2, 4))
    for child in old:
        await child.write(course.word())
    course.erased = await course.quiet(conversations=len(old))
    course.children.clear()
    await course.scene.control.anew(course.scene.inbound)
    for conversation in course.erased:
        course.scene.records.let_expire(conversation)
    await _killed_and_run_again(course, purge, Hook.purge_mid, most=len(old))


async def in_a_rotation(course: Course) -> None:
    """Kill `relais keys rotate` between two conversations, and run it again: one key is left."""
    new = await course.come(course.rng.randint(2, 4))
    for child in new:
        await child.write(course.word())
    await course.quiet(conversations=len(new))
    await _killed_and_run_again(course, rotate, Hook.rotate_mid, most=3)
    held = keys.load(Path(course.scene.api.env["RELAIS_KEY_FILE"]))
    assert list(held.wrapping) == [held.current]
    assert course.scene.records.key_versions() == {held.current}


async def _killed_and_run_again(course: Course, verb: Verb, hook: Hook, *, most: int) -> None:
    """Kill a verb when it has come to `hook`, while somebody writes; then let it end.

    The api lives on, so there is nothing to recover from but what the verb has left.
    """
    (living,) = await course.come(1)
    env, log = course.scene.api.env, course.scene.api.log
    writing = asyncio.create_task(living.write(course.word()))
    died = await run_verb(verb, env, log, Fatal(hook, course.rng.randint(1, most)))
    assert died == -signal.SIGKILL, f"{course.cell}: it ended with {died}"
    await living.write(course.word())
    assert await run_verb(verb, env, log, Fatal()) == 0
    await writing


def _path(conversation: UUID, verb: str) -> str:
    return f"/api/desk/conversations/{conversation}/{verb}"
