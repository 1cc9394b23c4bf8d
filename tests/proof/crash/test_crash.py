"""The crash matrix: 0 lost, 0 stored twice, 0 answered twice, 0 sent twice; recovery in 5 s."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from api.channels.messages import Channel
from tests.proof.conftest import Proved
from tests.proof.crash.judge import Verdict
from tests.proof.crash.matrix import cells, played
from tests.proof.crash.scene import Scene, opened
from tests.proof.crash.unheard import in_the_dark

SEEDS, SEEDS_IN_CI, SEEDS_IN_FULL = 1, 5, 25
# A death is mostly waiting for a lease to run out: several scenes share a core. In small more of
# them, for nobody looks at how long they take there.
LANES, LANES_IN_FULL = 5, 3
# What a child may wait for in full; in small, other tests are at work beside these.
SECONDS_TO_RECOVER, SECONDS_BESIDE_OTHERS = 5.0, 20.0
SECONDS_TO_START = 0.7


@pytest.fixture
async def scenes(
    database: str, tmp_path: Path, request: pytest.FixtureRequest, *, full: bool
) -> AsyncIterator[list[Scene]]:
    async with AsyncExitStack() as stack:
        up = []
        for lane in range(LANES_IN_FULL if full else LANES):
            folder = tmp_path / f"lane{lane}"
            folder.mkdir()
            url = f"sqlite:///{folder}/relais.db"
            if database == "sqlite":
                shutil.copy(request.getfixturevalue("migrated"), folder / "relais.db")
            else:
                server, template = request.getfixturevalue("cluster")
                url = stack.enter_context(server.fresh(template))
            up.append(await stack.enter_async_context(opened(url, folder)))
        yield up


@pytest.mark.parametrize("channel", list(Channel))
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
async def test_nothing_is_lost_and_nothing_comes_twice(
    database: str, channel: Channel, scenes: list[Scene], proved: Proved, *, full: bool
) -> None:
    for scene in scenes:
        scene.seconds_to_recover = SECONDS_TO_RECOVER if full else SECONDS_BESIDE_OTHERS
    chosen = cells(database, channel, SEEDS_IN_FULL if full else seeds_in_small())
    lanes = [played(scene, chosen[lane :: len(scenes)]) for lane, scene in enumerate(scenes)]
    verdicts = [verdict for lane in await asyncio.gather(*lanes) for verdict in lane]
    assert {str(v.cell): v.complaints for v in verdicts if v.complaints} == {}
    starts = sorted(start for scene in scenes for start in scene.starts)
    median = starts[len(starts) // 2]
    assert median < SECONDS_TO_START or not full
    proved("crash", _figure(f"{database}, {channel}", verdicts, median))


def seeds_in_small() -> int:
    return SEEDS_IN_CI if os.environ.get("CI") == "true" else SEEDS


def _figure(where: str, verdicts: list[Verdict], start: float) -> str:
    dark = [verdict for verdict in verdicts if in_the_dark(verdict.cell)]
    others = [verdict for verdict in verdicts if not in_the_dark(verdict.cell)]
    said = (
        f"{where}: {len(verdicts)} deaths: 0 lost, 0 stored twice, 0 answered twice; "
        f"{doubles(others)} sent twice; slowest recovery {slowest(others):.1f} s; "
        f"an api process, forked warm, starts in {start:.2f} s (median)"
    )
    if dark:
        said += (
            f"; of them {len(dark)} with neither list nor callback for half a minute: "
            f"{doubles(dark)} sent twice, slowest recovery {slowest(dark):.1f} s"
        )
    return said


def doubles(verdicts: list[Verdict]) -> int:
    return sum(verdict.doubles for verdict in verdicts)


def slowest(verdicts: list[Verdict]) -> float:
    return max(verdict.recovery for verdict in verdicts)
