"""Talking to a house in a test: as a page, as a phone, and doing the work that has fallen due.

Not for: assertions.
"""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import httpx
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]

from api.channels.sms_in import INBOUND, STATUS
from api.due import DueDeliveries, DueTurns
from api.house import House

PHONE = "+33639981234"


@dataclass
class Page:
    """The child's page."""

    client: httpx.AsyncClient
    token: str = field(default="", repr=False)
    code: str = ""

    async def open(self) -> None:
        answer = (await self.client.post("/api/chat/conversations")).json()
        self.token, self.code = answer["token"], answer["resume_code"]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    async def write(self, text: str, client_id: str | None = None) -> httpx.Response:
        content = {"client_id": client_id or str(uuid4()), "text": text}
        return await self.client.post("/api/chat/messages", json=content, headers=self.headers)

    async def tap(self, number: int) -> httpx.Response:
        content = {"client_id": str(uuid4()), "choice": number}
        return await self.client.post("/api/chat/messages", json=content, headers=self.headers)

    async def seen(self, seq: int) -> httpx.Response:
        return await self.client.post("/api/chat/seen", json={"seq": seq}, headers=self.headers)

    async def thread(self, after: int = 0) -> dict[str, Any]:
        answer = await self.client.get(f"/api/chat/messages?after={after}", headers=self.headers)
        content: dict[str, Any] = answer.json()
        return content

    async def texts(self) -> list[tuple[str, str]]:
        """Return `(author, text)` of the whole thread."""
        return [(m["author"], m["text"]) for m in (await self.thread())["messages"]]


@dataclass
class Phone:
    """A phone behind a Twilio whose signature is right."""

    client: httpx.AsyncClient
    number: str = PHONE
    token: str = "token"

    async def write(self, text: str, *, sid: str | None = None, **more: str) -> httpx.Response:
        form = {
            "MessageSid": sid or f"SM{uuid4().hex}",
            "From": self.number,
            "To": "+33639980000",
            "Body": text,
            "NumMedia": "0",
            **more,
        }
        return await self._post(INBOUND, form)

    async def report(self, message_id: str, sid: str, status: str) -> httpx.Response:
        form = {"MessageSid": sid, "MessageStatus": status}
        return await self._post(f"{STATUS}?message={message_id}", form)

    async def _post(self, path: str, form: dict[str, str]) -> httpx.Response:
        url = f"{self.client.base_url}".rstrip("/") + path
        signature = RequestValidator(self.token).compute_signature(url, form)
        headers = {"X-Twilio-Signature": signature}
        return await self.client.post(path, data=form, headers=headers)


async def live_events(response: httpx.Response) -> AsyncIterator[tuple[str, Any]]:
    """Split a live stream into (event, data)."""
    name, data = "", ""
    async for line in response.aiter_lines():
        if line.startswith("event:"):
            name = line.removeprefix("event:").strip()
        elif line.startswith("data:"):
            data += line.removeprefix("data:").strip()
        elif not line and data:
            yield name, json.loads(data)
            name, data = "", ""


async def answer_due(house: House) -> int:
    """Do every turn that is due; return how many."""
    due, done = DueTurns(house.turn), 0
    while pieces := await due.claim(most=10):
        for piece in pieces:
            await due.do(piece)
            done += 1
    return done


async def deliver_due(house: House) -> int:
    """Hand over every message that is due; return how many."""
    assert house.deliveries is not None
    due, done = DueDeliveries(house.deliveries), 0
    while pieces := await due.claim(most=10):
        for piece in pieces:
            await due.do(piece)
            done += 1
    return done
