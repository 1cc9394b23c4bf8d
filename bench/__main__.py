"""`make bench`: a turn through all of Relais beside a turn of bare stock Rasa, as one table.

Both are real processes with the same model and the same actions, on the same machine, in turns, so
that whatever else it does meets both. Not for: judging one run by its absolute figures.
"""

import asyncio
import json
import os
import sys
import tempfile
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from pathlib import Path

from bench import stages, stock
from bench.figures import HEAD, Figures, Row, percentile, shares
from bench.rounds import QUESTIONS, Round, Talks, crowd, one_round
from bench.whole import Child
from scripts.proof import keep
from scripts.say import line
from tests import postgres
from tests.stack import dialogue, service

# In flight, how many walks each lane goes in a round, and how many rounds.
PLAN = ((1, 2, 5), (8, 2, 5), (32, 1, 3))
MUST_SHOW = 8
CHILDREN, EVERY_SECONDS, BURST_SECONDS = 200, 40.0, 1.5
NOTES = """
ours   a child's page writes; the api keeps it sealed, asks the bot (Rasa, our channel) and its
       actions, keeps the answer sealed, and the page has all of it by its live stream. The page
       also confirms each answer as seen. RELAIS_BURST_SECONDS=0.
stock  rasa run with its REST channel and its SQL tracker store, rasa_sdk with the same actions,
       nothing of ours around them. Its conversations stand in the store beforehand with the slots
       that our channel would fill. The same messages get as many answers on both sides.
       One model, one machine, rounds in turns: figures are medians, ratios medians of pairs.
"""

Opens = Callable[[], Awaitable[Talks]]


def main() -> int:
    line(f"{os.cpu_count()} cores. It takes some minutes, more where others are at work.\n{NOTES}")
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        rows = asyncio.run(_compare(*_sides(Path(folder), running)))
    line("")
    for measure in (_stages, _crowd):
        with tempfile.TemporaryDirectory() as folder:
            figure = measure(Path(folder))
            line(figure)
    must_show = next(row for row in rows if row.name == _name(MUST_SHOW))
    line(f"\n{must_show.figure}: {'enough' if must_show.enough else 'NOT ENOUGH'}")
    if not must_show.enough:
        return 1
    for number, row in enumerate(rows):
        keep("bench", str(number), row.figure)
    keep("bench", "crowd", figure.strip())
    return 0


def _sides(folder: Path, running: ExitStack) -> tuple[Opens, Opens | None, Opens]:
    """Start everything; give what opens a conversation: ours, ours on PostgreSQL, stock."""
    bot = running.enter_context(dialogue.running(folder, log_level="INFO"))

    def ours(name: str, database_url: str) -> Opens:
        (folder / name).mkdir()
        api = service.running(
            bot.url, database_url, folder / name, burst_seconds="0", log_level="INFO"
        )
        url = running.enter_context(api).url
        return lambda: Child.opens(url)

    sqlite = ours("sqlite", f"sqlite:///{folder}/relais.db")
    postgresql = None
    if postgres.available():
        server = running.enter_context(postgres.running())
        postgresql = ours("postgresql", running.enter_context(server.fresh()))
    needed = sum(lanes * walks * rounds for lanes, walks, rounds in PLAN)
    bare = stock.running(folder, folder / "sqlite/helpline.yml", conversations=needed)
    return sqlite, postgresql, running.enter_context(bare).opens


async def _compare(sqlite: Opens, postgresql: Opens | None, bare: Opens) -> list[Row]:
    line(HEAD)
    rows: list[Row] = []
    for lanes, walks, rounds in PLAN:
        sides = {_name(lanes): sqlite, "": bare}
        if postgresql and lanes == MUST_SHOW:
            sides[f"{_name(lanes)}, PostgreSQL"] = postgresql
        figures: dict[str, list[Figures]] = {name: [] for name in sides}
        for _ in range(rounds):
            for name, opens in sides.items():
                figures[name].append(Figures.of(await one_round(opens, lanes, walks)))
        stocks = figures.pop("")
        for name, ours in figures.items():
            rows.append(Row.of(name, ours, stocks))
            line(str(rows[-1]))
    return rows


def _name(lanes: int) -> str:
    return f"{lanes} in flight"


def _stages(folder: Path) -> str:
    """Say what each stage takes of a turn, at as many in flight as must be shown."""
    marks = folder / "marks.json"
    done = _alone(folder, ("bench.stages", str(marks)), "0", lambda o: one_round(o, MUST_SHOW, 2))
    written = sorted(answer.written for answer in done.answers)
    heard = sorted(answer.heard for answer in done.answers)
    found = stages.moments(json.loads(marks.read_text(encoding="utf-8")), written, heard)
    return "\n".join([f"One turn of ours, {_name(MUST_SHOW)}, on average:", *shares(found)])


def _crowd(folder: Path) -> str:
    """Say how long an answer takes beyond the burst while many pages are open."""
    done = _alone(
        folder,
        ("api.cli", "serve"),
        str(BURST_SECONDS),
        lambda opens: crowd(opens, CHILDREN, EVERY_SECONDS),
    )
    unanswered = CHILDREN * len(QUESTIONS) - len(done.answers)
    beyond = [1000 * (seconds - BURST_SECONDS) for seconds in done.turns]
    return (
        f"\n{CHILDREN} open conversations, burst window of {BURST_SECONDS} s, "
        f"{done.per_second:.1f} messages/s: p50 {percentile(beyond, 0.5):.0f} ms and p95 "
        f"{percentile(beyond, 0.95):.0f} ms beyond the burst, {unanswered} without an answer"
    )


def _alone(
    folder: Path, serve: tuple[str, ...], burst: str, go: Callable[[Opens], Awaitable[Round]]
) -> Round:
    """Measure ours alone, on a fresh database."""
    with (
        dialogue.running(folder, log_level="INFO") as bot,
        service.running(
            bot.url,
            f"sqlite:///{folder}/relais.db",
            folder,
            serve,
            burst_seconds=burst,
            log_level="INFO",
        ) as api,
    ):

        async def measured() -> Round:
            return await go(lambda: Child.opens(api.url))

        return asyncio.run(measured())


if __name__ == "__main__":
    sys.exit(main())
