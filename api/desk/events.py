"""The desk's live stream: which conversation has changed, in which a child is writing. No text.

A hint makes it quick, a look at the revisions makes it true: also for what another process changed.
Not for: the content, which the page reads anew and which is audited there.
"""

from collections.abc import AsyncIterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.channels.messages import Author
from api.database import Database
from api.desk import repository, sessions
from api.desk.permissions import PREFIX, Reader
from api.desk.sessions import SignedIn
from api.house import House, HouseDep
from api.live.bus import Changed, Hint, Typing

router = APIRouter(prefix=PREFIX)


@router.get("/events", response_class=EventSourceResponse)
async def events(house: HouseDep, who: Reader) -> AsyncIterable[ServerSentEvent]:
    """Stream `resync` first, then `changed` and `typing`, for as long as the session lasts."""
    async with house.bus.listen() as listener:
        watch = Watch(house.database)
        # Before `resync`: what changes while the page reads everything anew is told afterwards.
        await watch.changed([])
        yield ServerSentEvent(event="resync", data={})
        while True:
            hints = await listener.hints(house.settings.stream_poll_seconds)
            if not await _still_signed_in(house, who):
                return
            for id_, revision in (await watch.changed(hints)).items():
                yield _event("changed", {"conversation": id_, "revision": revision})
            for id_ in _writing(hints):
                yield _event("typing", {"conversation": id_})


@dataclass
class Watch:
    """The revisions that one stream has told of."""

    database: Database
    _told: dict[UUID, int] = field(default_factory=dict)

    async def changed(self, hints: list[Hint]) -> dict[UUID, int]:
        """Return `{conversation: revision}` of what is new since the last call.

        A conversation that was closed or erased is told of once more; the closed are not watched,
        but a hint on one is passed on.
        """
        async with self.database.read() as session:
            now = await repository.open_revisions(session)
            hinted = {hint.conversation_id for hint in hints if isinstance(hint, Changed)}
            others = (hinted | self._told.keys()) - now.keys()
            left = await repository.revisions_of(session, others) if others else {}
        # An erased conversation has no revision any more; whoever has the last one must look again.
        gone = {id_: left.get(id_, self._told.get(id_, 0) + 1) for id_ in others}
        news = {id_: revision for id_, revision in now.items() if self._told.get(id_) != revision}
        self._told = now
        return news | gone


def _writing(hints: list[Hint]) -> set[UUID]:
    return {
        hint.conversation_id
        for hint in hints
        if isinstance(hint, Typing) and hint.author == Author.minor
    }


def _event(name: str, data: dict[str, Any]) -> ServerSentEvent:
    return ServerSentEvent(event=name, data=data)


async def _still_signed_in(house: House, who: SignedIn) -> bool:
    async with house.database.read() as session:
        found = await sessions.find(session, who.session, house.clock.now())
    return found is not None
