"""The counsellor of a transcript: signed in at the desk with a cookie, over its HTTP API.

Not for: the page of the desk.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.loopback import open_client
from tests.stack.service import Service

Json = dict[str, Any]

_MOVES: dict[str, tuple[str, Json | None]] = {
    "claims": ("claim", None),
    "releases": ("release", None),
    "returns": ("return-to-bot", None),
    "closes": ("close", {}),
    "lowers the danger": ("danger", {"level": None}),
    "erases": ("erase", None),
}


class Counsellor:
    """Whoever is signed in with this client."""

    def __init__(self, client: httpx.AsyncClient, name: str) -> None:
        self._client, self.name = client, name

    async def do(self, move: str, conversation: UUID) -> None:
        """Make a move of a transcript."""
        verb, body = _MOVES[move]
        (await self._post(conversation, verb, body)).raise_for_status()

    async def write(self, text: str, conversation: UUID) -> None:
        body = {"client_id": str(uuid4()), "text": text}
        (await self._post(conversation, "messages", body)).raise_for_status()

    async def note(self, text: str, conversation: UUID) -> None:
        (await self._post(conversation, "notes", {"text": text})).raise_for_status()

    async def card(self, conversation: UUID) -> Json:
        """Open a conversation: `conversation`, `messages`, `notes`."""
        answer = await self._client.get(f"/api/desk/conversations/{conversation}")
        card: Json = answer.raise_for_status().json()
        return card

    async def waiting(self) -> list[Json]:
        """List who waits, whom to help next first."""
        answer = await self._client.get("/api/desk/conversations?status=waiting")
        cards: list[Json] = answer.raise_for_status().json()["conversations"]
        return cards

    async def erased(self) -> list[Json]:
        """List what is left of those that were erased in danger."""
        answer = await self._client.get("/api/desk/conversations")
        cards: list[Json] = answer.raise_for_status().json()["erased"]
        return cards

    async def _post(self, conversation: UUID, verb: str, body: Json | None) -> httpx.Response:
        path = f"/api/desk/conversations/{conversation}/{verb}"
        return (
            await self._client.post(path, json=body)
            if body is not None
            else (await self._client.post(path))
        )


@asynccontextmanager
async def signed_in(service: Service) -> AsyncIterator[Counsellor]:
    """Sign in with the demo's login; whoever is signed in already stays so."""
    address, cookies = service.url, service.cookies
    async with open_client(address, cookies=cookies, timeout=10) as client:
        if not cookies:
            login = {name: service.login[name] for name in ("email", "password")}
            (await client.post("/api/desk/session", json=login)).raise_for_status()
            cookies.update(client.cookies)
        who = (await client.get("/api/desk/session")).raise_for_status().json()
        yield Counsellor(client, who["name"])
