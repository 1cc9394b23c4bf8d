"""The reviewed phrases, loaded once: compiling them is the slow part."""

import pytest

from api.danger.phrases import load
from api.danger.signals import Phrases


@pytest.fixture(scope="session")
def phrases() -> Phrases:
    return load()
