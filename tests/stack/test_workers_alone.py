"""`relais worker` beside `relais serve --no-workers`, as a technician starts them.

Not for: workers that are paused or die (`tests/proof`).
"""

import asyncio
import sys
from pathlib import Path

from tests.stack.fixtures import QUICK
from tests.stack.programs import Program
from tests.stack.service import SERVE, Service, running
from tests.standins.echo_bot import EchoBot, echo
from tests.transcripts.children import Child, on_the_web, with_a_phone

TEXT = "est-ce que quelqu'un est là ?"
NUMBER = "+33639980001"


async def test_what_the_api_takes_in_the_workers_answer(tmp_path: Path) -> None:
    database, serve = f"sqlite:///{tmp_path}/relais.db", (*SERVE, "--no-workers")
    with EchoBot() as bot, running(bot.url, database, tmp_path, serve, **QUICK) as service:
        async with on_the_web(service) as page, with_a_phone(service, NUMBER) as phone:
            for child in (page, phone):
                await child.write(TEXT)
            workers = workers_of(service)
            assert bot.asked == []
            workers.start()
            try:
                for child in (page, phone):
                    await answered(service, child)
            finally:
                workers.stop()


def workers_of(service: Service) -> Program:
    command = [sys.executable, "-m", "api.cli", "worker"]
    return Program(command, service.env, ready=service.url, log=service.data / "worker.log")


async def answered(service: Service, child: Child) -> None:
    await service.records.settle(await child.conversation(), reached=False)
    async with asyncio.timeout(10):
        while not any(echo(TEXT) in text for text in await child.screen()):  # noqa: ASYNC110
            await asyncio.sleep(0.05)
