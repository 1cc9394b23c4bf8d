"""Colleagues at the desk."""

from collections.abc import AsyncIterator

import httpx
import pytest

from api.house import House
from tests.desk.serving import Colleague, browser, hire


@pytest.fixture
async def stranger(house: House) -> AsyncIterator[httpx.AsyncClient]:
    """Open a browser in which nobody is signed in."""
    async with browser(house) as client:
        yield client


@pytest.fixture
async def camille(house: House) -> AsyncIterator[Colleague]:
    colleague = await hire(house, "Camille")
    async with colleague.client:
        yield colleague


@pytest.fixture
async def malik(house: House) -> AsyncIterator[Colleague]:
    colleague = await hire(house, "Malik")
    async with colleague.client:
        yield colleague
