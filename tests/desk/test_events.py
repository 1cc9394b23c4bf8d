"""The live stream: what has changed, nothing of what was said, and its end with the session."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast

import pytest
from fastapi.sse import ServerSentEvent

from api.audit.models import Action
from api.database import Database
from api.desk import sessions
from api.desk.events import Watch, events
from api.house import House
from api.live.bus import Changed, Typing
from tests.desk.serving import Colleague, asks, browser, child, row_of
from tests.standins.clock import NIGHT


class LeapingClock:
    """Tells the time once, and from then on a day later."""

    def __init__(self) -> None:
        self._times = [NIGHT]

    def now(self) -> datetime:
        return self._times.pop() if self._times else NIGHT + timedelta(days=1)


class Stream:
    """A stream as the server writes it."""

    def __init__(self, told: AsyncIterator[ServerSentEvent]) -> None:
        self._told = told

    async def next(self) -> tuple[str | None, Any]:
        event = await asyncio.wait_for(anext(self._told), 5)
        return event.event, event.data


@pytest.fixture
async def stream(house: House, camille: Colleague) -> Stream:
    settings = house.settings.model_copy(update={"stream_poll_seconds": 0.05})
    token = camille.client.cookies[sessions.cookie_name(settings)]
    async with house.database.read() as session:
        hash_ = sessions.hash_of(house.vault, token)
        who = await sessions.find(session, hash_, house.clock.now())
    assert who is not None
    told = events(replace(house, settings=settings), who)
    return Stream(cast("AsyncIterator[ServerSentEvent]", told))


async def test_ends_with_the_session(stream: Stream, camille: Colleague) -> None:
    assert await stream.next() == ("resync", {})
    await camille.client.delete("/api/desk/session")
    with pytest.raises(StopAsyncIteration):
        await stream.next()


async def test_over_http(house: House, camille: Colleague) -> None:
    settings = house.settings.model_copy(update={"stream_poll_seconds": 0.05})
    leaping = replace(house, settings=settings, clock=LeapingClock())
    async with browser(leaping) as client:
        client.cookies.update(dict(camille.client.cookies))
        answer = await client.get("/api/desk/events")
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert answer.text == "event: resync\ndata: {}\n\n"


async def test_says_what_changed_and_not_what_was_said(house: House, stream: Stream) -> None:
    conversation = await child(house, "j'ai peur")
    assert await stream.next() == ("resync", {})
    await asks(house, conversation)
    revision = (await row_of(house, conversation)).revision
    told = {"conversation": conversation, "revision": revision}
    assert await stream.next() == ("changed", told)


async def test_only_a_childs_typing(house: House, stream: Stream) -> None:
    conversation, other = await child(house, "salut"), await child(house, "salut")
    assert await stream.next() == ("resync", {})
    house.bus.publish(Typing(conversation, "counsellor"))
    house.bus.publish(Typing(other, "minor"))
    assert await stream.next() == ("typing", {"conversation": other})
    await asks(house, other)
    assert (await stream.next())[0] == "changed"


async def test_change_by_another_process_is_seen(house: House) -> None:
    conversation = await child(house, "salut")
    elsewhere = replace(house, database=Database(house.settings.database, lambda _: None))
    watch = Watch(house.database)
    assert set(await watch.changed([])) == {conversation}
    assert await watch.changed([]) == {}
    await asks(elsewhere, conversation)
    await elsewhere.database.close()
    assert set(await watch.changed([])) == {conversation}
    assert await watch.changed([]) == {}


async def test_end_of_a_conversation_is_told_once(house: House, camille: Colleague) -> None:
    closed, erased = await child(house, "salut"), await child(house, "salut")
    watch = Watch(house.database)
    before = await watch.changed([])
    await camille.post(f"{closed}/claim")
    await camille.post(f"{closed}/close", outcome=None)
    async with house.database.write() as session:
        await house.conversations.erase(session, erased, by=Action.erase)
    told = await watch.changed([])
    assert set(told) == {closed, erased}
    assert all(told[each] > before[each] for each in told)
    assert await watch.changed([]) == {}


async def test_note_in_a_closed_conversation(house: House, camille: Colleague) -> None:
    closed = await child(house, "salut")
    await camille.post(f"{closed}/claim")
    await camille.post(f"{closed}/close", outcome=None)
    watch = Watch(house.database)
    assert await watch.changed([]) == {}
    await camille.post(f"{closed}/notes", text="À revoir")
    revision = (await row_of(house, closed)).revision
    assert await watch.changed([Changed(closed)]) == {closed: revision}
