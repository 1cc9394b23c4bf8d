"""What the proofs share: their size, and where what they measured is kept for docs/proof.md."""

from collections.abc import Callable
from pathlib import Path

import pytest

from scripts.proof import keep

Proved = Callable[[str, str], None]


@pytest.fixture(scope="session")
def full(request: pytest.FixtureRequest) -> bool:
    """Say whether this run is at the size that docs/proof.md states."""
    return bool(request.config.getoption("--full"))


@pytest.fixture
def proved(request: pytest.FixtureRequest, full: bool) -> Proved:  # noqa: FBT001 - a fixture
    """Keep `(row, figure)` of a full run: `scripts/proof.py` knows the rows and their commands.

    Several tests may keep a figure of one row; each is a line of it, under the test's own id.
    """

    def kept(row: str, figure: str) -> None:
        if full:
            keep(row, Path(request.node.nodeid).name.replace("/", "."), figure)

    return kept
