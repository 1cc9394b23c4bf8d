"""Where a turn's time goes: the api with a clock at the points where the proofs pull its plug.

`python -m bench.stages FILE` serves like `relais serve` and writes what it noted at its end. Not
for: the comparison, whose api has no clock in it.
"""

import asyncio
import json
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

import uvicorn

from api import log
from api.dialogue.client import Bot, HttpBot
from api.dialogue.shapes import TurnAnswer, TurnRequest, Understood
from api.hooks import Hook
from api.main import create_app, furnish
from api.server import config
from api.settings import Settings

Marks = Mapping[str, Sequence[float]]
ASKED, ANSWERED = "bot.asked", "bot.answered"
# Every message passes each of these once, so the mean moments tell the mean stages.
STAGES = (
    (Hook.in_after_commit, "taken in: danger seen, sealed, committed"),
    (Hook.turn_claimed, "until a worker has claimed it"),
    (ASKED, "gathered: unsealed, what is known"),
    (ANSWERED, "bot: parse, rules, two actions"),
    (Hook.turn_before_commit, "concluded: sealed, ledger"),
    (Hook.turn_after_commit, "committed"),
)
OUT = "delivered: read, unsealed, on the page"


@dataclass
class Clock:
    """Hooks that note when they were passed. Also a bot: the way to the real one, timed."""

    bot: Bot
    file: Path
    marks: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    async def at(self, hook: Hook | str) -> None:
        self.marks[hook].append(time.monotonic())

    async def turn(self, request: TurnRequest) -> TurnAnswer:
        await self.at(ASKED)
        answer = await self.bot.turn(request)
        await self.at(ANSWERED)
        return answer

    async def understand(self, texts: list[str]) -> list[Understood]:
        return await self.bot.understand(texts)

    async def ready(self) -> bool:
        return await self.bot.ready()

    async def aclose(self) -> None:
        """Write the marks: the house closes its bot when it has been told to end."""
        await self.bot.aclose()
        await asyncio.to_thread(self.file.write_text, json.dumps(self.marks), encoding="utf-8")


def moments(
    marks: Marks, written: Sequence[float], heard: Sequence[float]
) -> list[tuple[str, float]]:
    """Return the mean moment of each stage's end, for the messages written and heard here.

    Raises `ValueError` where a message did not pass every point once.
    """
    found = [("", fmean(written))]
    for point, name in STAGES:
        within = [at for at in marks[point] if written[0] <= at <= heard[-1]]
        if len(within) != len(written):
            raise ValueError(f"{point}: passed {len(within)} times by {len(written)} messages")
        found.append((name, fmean(within)))
    return [*found, (OUT, fmean(heard))]


def serve(file: Path) -> None:
    """Serve until told to end; the marks are in `file` then."""
    log.set_up()
    settings = Settings()
    clock = Clock(
        HttpBot(
            settings.bot_url, settings.bot_secret.get_secret_value(), settings.bot_deadline_seconds
        ),
        file,
    )
    house = furnish(settings, bot=clock, hooks=clock)
    uvicorn.Server(config(create_app(house), settings)).run()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
