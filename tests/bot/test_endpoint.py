"""The way to the action server: which errors count, and one connection for many calls."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from rasa.utils.endpoints import ClientResponseError

from bot.endpoint import ActionEndpoint
from bot.failures import counted
from tests.bot.conftest import Run
from tests.ports import free_port

Answer = Callable[[web.Request], Awaitable[web.Response]]
BODY = {"next_action": "action_walk"}


@asynccontextmanager
async def served(answer: Answer) -> AsyncIterator[ActionEndpoint]:
    """Serve an action server that answers so."""
    app, port = web.Application(), free_port()
    app.router.add_post("/webhook", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    endpoint = ActionEndpoint(f"http://127.0.0.1:{port}/webhook")
    try:
        yield endpoint
    finally:
        await endpoint.close()
        await runner.cleanup()


async def noted_after(answer: Answer) -> list[str]:
    async with served(answer) as endpoint:
        with counted() as noted, pytest.raises(Exception):  # noqa: B017, PT011 - what it notes matters
            await endpoint.request(json=BODY)
    return noted


def answering(status: int, content: object) -> Answer:
    async def answer(_: web.Request) -> web.Response:
        return web.json_response(content, status=status)

    return answer


@pytest.mark.parametrize(
    ("status", "content"),
    [
        (500, {"error": "x"}),
        (404, {"error": "no such action", "action_name": "action_walk"}),
        (400, {"error": "Invalid body request"}),
        (400, "no object"),
        (200, None),
        (200, {"events": "none", "responses": []}),
        (200, {"events": [{"event": "slot"}], "responses": []}),
        (200, {"events": [{"event": "nonsense"}], "responses": []}),
        (200, {"events": [{"name": "dialogue"}], "responses": []}),
        (200, {"events": [], "responses": ["text"]}),
        (200, {"responses": []}),
    ],
)
def test_what_is_no_answer_of_an_action_is_noted(run: Run, status: int, content: object) -> None:
    assert run(noted_after(answering(status, content))) == ["action_failed"]


def test_a_rejection_is_raised_and_not_noted(run: Run) -> None:
    async def rejected() -> list[str]:
        content = {"error": "no", "action_name": "validate_form"}
        async with served(answering(400, content)) as endpoint:
            with counted() as noted, pytest.raises(ClientResponseError):
                await endpoint.request(json=BODY)
            return noted

    assert run(rejected()) == []


def test_many_calls_use_one_connection(run: Run) -> None:
    async def connections() -> set[object]:
        seen = set()

        async def answer(request: web.Request) -> web.Response:
            seen.add(request.transport)
            return web.json_response({"events": [], "responses": []})

        async with served(answer) as endpoint:
            for _ in range(5):
                await endpoint.request(json=BODY)
        return seen

    assert len(run(connections())) == 1


def test_an_action_server_that_is_down_is_not_up(run: Run) -> None:
    async def up() -> bool:
        endpoint = ActionEndpoint(f"http://127.0.0.1:{free_port()}/webhook")
        try:
            return await endpoint.is_up()
        finally:
            await endpoint.close()

    assert run(up()) is False
