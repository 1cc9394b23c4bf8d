"""A body larger than anything that is sent here is refused, whatever its length is said to be."""

from collections.abc import AsyncIterator

import httpx
import pytest

from api.channels.sms_in import INBOUND
from api.limits import MOST_BYTES

TOO_LONG = {"error": "C'est trop long."}
JSON = {"Content-Type": "application/json"}


class Body:
    """Comes in pieces and counts how many were asked for."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.given = 0

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while self.given < self.size:
            self.given += 1024
            yield b" " * 1024


@pytest.mark.parametrize("path", ["/api/chat/messages", "/api/desk/session", INBOUND, "/nowhere"])
async def test_a_large_body_is_refused_before_it_is_read(
    client: httpx.AsyncClient, path: str
) -> None:
    body = Body(MOST_BYTES * 100)
    headers = JSON | {"Content-Length": str(MOST_BYTES + 1)}
    answer = await client.post(path, content=body, headers=headers)
    assert (answer.status_code, answer.json()) == (413, TOO_LONG)
    assert body.given == 0
    assert "Content-Security-Policy" in answer.headers


@pytest.mark.parametrize("path", ["/api/desk/session", "/api/chat/resume", INBOUND])
@pytest.mark.parametrize("length", [None, "10", "0", "-1", "many", "1" * 5000])
async def test_a_large_body_without_its_true_length_is_not_read_to_its_end(
    client: httpx.AsyncClient, path: str, length: str | None
) -> None:
    body = Body(MOST_BYTES * 100)
    headers = JSON | ({"Content-Length": length} if length else {})
    answer = await client.post(path, content=body, headers=headers)
    assert (answer.status_code, answer.json()) == (413, TOO_LONG)
    assert body.given <= MOST_BYTES + 1024


async def test_the_largest_body_passes(client: httpx.AsyncClient) -> None:
    body = b'{"code": "ABCDEFGH"}'.ljust(MOST_BYTES)
    assert (await client.post("/api/chat/resume", content=body, headers=JSON)).status_code == 404
