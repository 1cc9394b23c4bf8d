"""The child's stream as the server writes it, event by event.

Not for: assertions.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import Any, cast

from fastapi.sse import ServerSentEvent

from api.channels.webchat_out import events, own_conversation
from api.house import House
from tests.talk import Page


class Stream:
    """An open stream."""

    def __init__(self, told: AsyncGenerator[ServerSentEvent]) -> None:
        self._told = told

    async def next(self) -> ServerSentEvent:
        return await asyncio.wait_for(anext(self._told), 5)

    async def messages(self, number: int) -> list[dict[str, Any]]:
        """Return the next messages; a `status` between them is left out."""
        found: list[dict[str, Any]] = []
        while len(found) < number:
            event = await self.next()
            if event.event == "message":
                assert event.id == str(event.data["revision"])
                found.append(event.data)
        return found


@asynccontextmanager
async def streaming(house: House, page: Page, last: str = "0") -> AsyncGenerator[Stream]:
    """Open the stream of a page, after the revision that it has seen last."""
    settings = house.settings.model_copy(update={"stream_poll_seconds": 0.05})
    conversation = await own_conversation(house, page.token)
    told = events(replace(house, settings=settings), page.token, conversation, last)
    stream = cast("AsyncGenerator[ServerSentEvent]", told)
    try:
        yield Stream(stream)
    finally:
        await stream.aclose()
