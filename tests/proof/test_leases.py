"""Two workers, one of them paused past its lease and woken: it writes nothing.

Inside of two api processes, and as two processes of workers beside an api that has none.

Not for: processes that die (`tests/proof/crash`).
"""

import asyncio
import random
import shutil
import signal
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest

from api import lease
from api.channels.messages import Channel
from api.hooks import Hook
from tests.proof.conftest import Proved
from tests.proof.crash.children import Child
from tests.proof.crash.scene import Scene, opened
from tests.standins.echo_bot import echo

# Where a worker holds no lock but a lease, or has just given it back (`after_commit`, `marked`):
# another one takes over while it sleeps.
FENCED = (
    Hook.turn_claimed,
    Hook.turn_bot_answered,
    Hook.turn_after_commit,
    Hook.out_claimed,
    Hook.out_before_request,
    Hook.out_request_written,
    Hook.out_response_read,
    Hook.out_marked,
)
A_FEW = (Hook.turn_bot_answered, Hook.out_before_request, Hook.out_request_written)
IN_A_TRANSACTION = Hook.turn_before_commit
TEXT = "est-ce que quelqu'un est là ?"
SECONDS_TO_TAKE_OVER = 15.0


@pytest.fixture(params=["sqlite", "postgresql"])
async def scene(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    workers_alone: bool,  # noqa: FBT001 - a parameter
) -> AsyncIterator[Scene]:
    async with AsyncExitStack() as stack:
        url = f"sqlite:///{tmp_path}/relais.db"
        if request.param == "sqlite":
            shutil.copy(request.getfixturevalue("migrated"), tmp_path / "relais.db")
        else:
            server, template = request.getfixturevalue("cluster")
            url = stack.enter_context(server.fresh(template))
        scene = opened(url, tmp_path, workers_alone=workers_alone)
        yield await stack.enter_async_context(scene)


@pytest.mark.parametrize("workers_alone", [False, True], ids=["in apis", "alone"])
async def test_a_worker_paused_past_its_lease_writes_nothing(
    scene: Scene,
    proved: Proved,
    workers_alone: bool,  # noqa: FBT001 - a parameter
    *,
    full: bool,
) -> None:
    few = A_FEW[:1] if workers_alone else A_FEW
    for hook in FENCED if full else few:
        async with paused(scene, hook) as child:
            await answered_by_another(scene, child)
            before = scene.records.rows()
            scene.worker.send(signal.SIGCONT)
            await asyncio.sleep(1)
            assert scene.worker.lives(), hook
            assert scene.records.rows() == before, hook
            assert await times_answered(child) == 1, hook
    where = "two processes of workers" if workers_alone else "workers inside of two apis"
    pauses = f"{len(FENCED)} pauses, each past the lease"
    proved("leases", f"{where}: {pauses}: 0 rows written, 0 messages sent")


@pytest.mark.parametrize("workers_alone", [False])
async def test_a_worker_paused_inside_its_transaction_answers_once(scene: Scene) -> None:
    async with paused(scene, IN_A_TRANSACTION) as child:
        await asyncio.sleep(2 * lease.LASTS.total_seconds())
        if "sqlite" in scene.worker.env["RELAIS_DATABASE_URL"]:
            # It holds the whole file: nobody can take over, and nothing has been lost.
            scene.worker.send(signal.SIGCONT)
        await answered_by_another(scene, child)
        scene.worker.send(signal.SIGCONT)
        await asyncio.sleep(1)
        assert await times_answered(child) == 1


@asynccontextmanager
async def paused(scene: Scene, hook: Hook) -> AsyncIterator[Child]:
    """Pause the worker at `hook` while it answers a child; another is there from then on."""
    await scene.control.anew(scene.inbound)
    # Late enough for the other one to be there and hear it: what the paused one hears, it writes.
    await scene.control.plan(callbacks=["delivered"], delay=3.0)
    beside = scene.beside()
    async with AsyncExitStack() as stack:
        child = await paused_at(scene, hook, stack)
        if beside.url is not None:
            # What balances the load sends nothing more to one that does not answer.
            await scene.control.line(routes={scene.url: beside.url})
        await beside.start()
        stack.callback(beside.kill)
        yield child
    await scene.control.line(routes={scene.url: scene.url})


async def paused_at(scene: Scene, hook: Hook, stack: AsyncExitStack) -> Child:
    """Have a child write and the worker pause; at its end the stack waits for what was written."""
    while True:
        child = await scene.child(Channel.sms, random.Random(1), stack)  # noqa: S311
        scene.worker.arm(hook, 1, signal.SIGSTOP)
        writing = asyncio.create_task(child.write(TEXT))
        await scene.worker.stopped(10)
        if hook is IN_A_TRANSACTION or scene.records.writable():
            stack.push_async_callback(asyncio.wait, [writing])
            return child
        # Another of its tasks was writing just then, and it holds the whole file.
        scene.worker.send(signal.SIGCONT)
        await writing


async def answered_by_another(scene: Scene, child: Child) -> None:
    async with asyncio.timeout(SECONDS_TO_TAKE_OVER):
        while await times_answered(child) == 0:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)
    for conversation in scene.records.conversations():
        await scene.records.settle(conversation)


async def times_answered(child: Child) -> int:
    return sum(echo(TEXT) in text for text in await child.screen())
