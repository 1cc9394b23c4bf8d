"""What the proofs share: their size, and where what they measured is kept for docs/proof.md."""

from collections.abc import Callable
from pathlib import Path
from secrets import randbelow

import pytest

from scripts.proof import keep

Proved = Callable[[str, str], None]


@pytest.fixture(scope="session")
def full(request: pytest.FixtureRequest) -> bool:
    """Say whether this run is at the size that docs/proof.md states."""
    return bool(request.config.getoption("--full"))


@pytest.fixture(scope="session")
def chance(request: pytest.FixtureRequest) -> int:
    """Give the seed of what is drawn at full size: another each time, or the one of a finding."""
    given: int | None = request.config.getoption("--chance")
    return randbelow(2**32) if given is None else given


@pytest.fixture
def proved(request: pytest.FixtureRequest, full: bool) -> Proved:  # noqa: FBT001 - a fixture
    """Keep `(row, figure)` of a full run: `scripts/proof.py` knows the rows and their commands.

    Several tests may keep a figure of one row; each is a line of it, under the test's own id.
    """

    def kept(row: str, figure: str) -> None:
        if full:
            keep(row, Path(request.node.nodeid).name.replace("/", "."), figure)

    return kept
