"""What the transcripts are played on."""

import pytest

from tests.stack.fixtures import ServiceOn
from tests.stack.service import Service


@pytest.fixture
def service(service_on: ServiceOn) -> Service:
    """Give the api on SQLite."""
    return service_on("sqlite")
