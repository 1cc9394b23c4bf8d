"""The child's stream: how things stand, then every change in order, without a gap, to its end."""

import asyncio

import httpx
import pytest
import uvicorn
from sqlalchemy import select

from api.channels.messages import Delivery
from api.conversation.models import Message
from api.house import House
from api.live.bus import Typing
from api.main import create_app
from tests.live.streams import streaming
from tests.loopback import open_client
from tests.standins.scripted_bot import ScriptedBot, saying
from tests.talk import Page, answer_due


@pytest.fixture
async def page(client: httpx.AsyncClient, house: House, bot: ScriptedBot) -> Page:
    """Give a page with three messages: the greeting, the child's and the answer."""
    bot.answer = saying("Salut.")
    page = Page(client)
    await page.open()
    await answer_due(house)
    bot.answer = saying("Ne paie pas.", steps=["dont_pay"])
    await page.write("slt")
    await answer_due(house)
    return page


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nobody"}])
async def test_without_a_token_there_is_no_stream(
    client: httpx.AsyncClient, page: Page, headers: dict[str, str]
) -> None:
    answer = await client.get("/api/chat/events", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"] == "Cette conversation n'est plus ouverte ici."


async def test_first_of_all_it_says_how_things_stand(page: Page, house: House) -> None:
    async with streaming(house, page) as stream:
        status = await stream.next()
    assert (status.event, status.id) == ("status", None)
    assert (status.data["status"], status.data["steps"]) == ("with_bot", {"dont_pay": "sent"})


async def test_a_page_that_was_away_gets_what_is_newer_and_nothing_twice(
    page: Page, house: House
) -> None:
    async with streaming(house, page) as stream:
        everything = await stream.messages(3)
    assert [message["text"] for message in everything] == ["Salut.", "slt", "Ne paie pas."]
    for known, last in enumerate(everything, start=1):
        await page.write(f"{known}")
        async with streaming(house, page, str(last["revision"])) as stream:
            newer = await stream.messages(3)
        assert [m["text"] for m in newer[: 3 - known]] == ["Salut.", "slt", "Ne paie pas."][known:]


@pytest.mark.parametrize("last", ["", "x", "-1", "9" * 12, "9" * 5000, "1.5", "٣"])
async def test_an_id_that_none_of_ours_is_breaks_nothing(
    page: Page, house: House, last: str
) -> None:
    async with streaming(house, page, last) as stream:
        assert (await stream.next()).event == "status"


async def test_what_changes_comes_again_under_a_newer_revision(page: Page, house: House) -> None:
    async with streaming(house, page) as stream:
        *_, shown = await stream.messages(3)
        assert shown["delivery"] == "sent"
        await page.seen(shown["seq"])
        changed = await stream.messages(2)
    assert {message["delivery"] for message in changed} == {"delivered"}
    assert changed[-1]["seq"] == shown["seq"]
    assert changed[-1]["revision"] > shown["revision"]


async def test_what_was_taken_back_is_named_and_not_told(page: Page, house: House) -> None:
    async with house.database.write() as session:
        message = (await session.scalars(select(Message).where(Message.seq == 3))).one()
        thread = await house.conversations.lock(session, message.conversation_id)
        thread.mark(message, Delivery.dropped)
    async with streaming(house, page) as stream:
        *_, dropped = await stream.messages(3)
    assert (dropped["seq"], dropped["delivery"], dropped["text"]) == (3, "dropped", "")
    assert len(await page.texts()) == 2


async def test_a_change_arrives_live_and_also_when_its_hint_was_lost(
    page: Page, house: House
) -> None:
    async with streaming(house, page) as stream:
        await stream.messages(3)
        await page.write("t la ?")
        assert (await stream.messages(1))[0]["text"] == "t la ?"
        house.bus._by_conversation.clear()
        await page.write("allo")
        assert (await stream.messages(1))[0]["text"] == "allo"


async def test_a_counsellor_s_typing_has_no_id_and_one_s_own_is_not_shown(
    page: Page, house: House
) -> None:
    async with streaming(house, page) as stream:
        await stream.messages(3)
        waiting = asyncio.create_task(stream.next())
        await asyncio.sleep(0.02)
        [id_] = house.bus._by_conversation
        house.bus.publish(Typing(id_, "minor"))
        house.bus.publish(Typing(id_, "counsellor"))
        typing = await waiting
    assert (typing.event, typing.data, typing.id) == ("typing", {"author": "counsellor"}, None)


async def test_erasing_ends_the_stream(page: Page, house: House) -> None:
    async with streaming(house, page) as stream:
        await stream.messages(3)
        await page.client.delete("/api/chat/conversation", headers=page.headers)
        assert (await stream.next()).event == "erased"
        with pytest.raises(StopAsyncIteration):
            await stream.next()


async def test_over_the_wire_it_is_a_stream_of_events_that_no_cache_keeps(
    page: Page, house: House
) -> None:
    config = uvicorn.Config(create_app(house, workers=False), port=0, log_config=None)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    async with (
        open_client(f"http://127.0.0.1:{port}") as client,
        client.stream("GET", "/api/chat/events", headers=page.headers) as answer,
    ):
        assert answer.headers["Content-Type"].startswith("text/event-stream")
        assert answer.headers["Cache-Control"] == "no-store"
        lines = answer.aiter_lines()
        assert await anext(lines) == "event: status"
    server.should_exit = True
    await serving
