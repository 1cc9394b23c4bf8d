"""The children of the matrix. Each keeps its own account of what it wrote and what it has read.

A page tries again until it is told that its message is kept, and reads its stream again when it
breaks; a phone does neither. Not for: judging (`judge.py`).
"""

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Protocol
from uuid import uuid4

import httpx

from tests.loopback import open_client
from tests.standins.twilio_control import TwilioControl
from tests.standins.twilio_ledger import new_sid
from tests.talk import Page, live_events

_AGAIN_AFTER = 0.03
# A second later the same message comes in once more: a doubled webhook, an impatient page.
_DOUBLED = 0.3

Message = dict[str, Any]


class Child(Protocol):
    """What a cell needs of a child. `wrote` is what it meant to say, in order."""

    wrote: list[str]

    async def write(self, text: str) -> None:
        """Write; on return it is on its way, and on a page kept."""
        ...

    async def screen(self) -> list[str]:
        """Return what it has read of anybody else, in order; by SMS doubles and all."""
        ...


class PhoneChild:
    """Writes by SMS; what it reads is what the stand-in has delivered to its phone."""

    def __init__(self, control: TwilioControl, number: str, rng: random.Random) -> None:
        self._control, self._rng = control, rng
        self.number = number
        self.wrote: list[str] = []

    async def write(self, text: str) -> None:
        self.wrote.append(text)
        sid = new_sid("SM")
        times = 2 if self._rng.random() < _DOUBLED else 1
        for _ in range(times):
            await self._control.phone_sends(self.number, text, sid=sid)

    async def screen(self) -> list[str]:
        phones = (await self._control.ledger())["phones"]
        return [sms["text"] for sms in phones.get(self.number, {"received": []})["received"]]


class PageChild:
    """Writes on the page and reads its live stream, through as many deaths as it takes."""

    def __init__(self, client: httpx.AsyncClient, rng: random.Random) -> None:
        self._page, self._rng = Page(client), rng
        self._shown: dict[int, Message] = {}
        self._revision = self._seen = 0
        self.wrote: list[str] = []

    async def open(self) -> None:
        while True:
            with suppress(httpx.HTTPError):
                answer = await self._page.client.post("/api/chat/conversations")
                if answer.status_code == httpx.codes.CREATED:
                    self._page.token = answer.json()["token"]
                    return
            await asyncio.sleep(_AGAIN_AFTER)

    async def write(self, text: str) -> None:
        self.wrote.append(text)
        client_id = str(uuid4())
        await self._until_kept(text, client_id)
        if self._rng.random() < _DOUBLED:
            await self._until_kept(text, client_id)

    async def screen(self) -> list[str]:
        shown = [self._shown[seq] for seq in sorted(self._shown)]
        return [message["text"] for message in shown if message["author"] != "minor"]

    async def read(self) -> None:
        """Read the stream, again and again, until cancelled."""
        while True:
            with suppress(httpx.HTTPError):
                await self._read_one_stream()
            await asyncio.sleep(_AGAIN_AFTER)

    async def _until_kept(self, text: str, client_id: str) -> None:
        while True:
            with suppress(httpx.HTTPError):
                answer = await self._page.write(text, client_id)
                if answer.status_code == httpx.codes.ACCEPTED:
                    return
            await asyncio.sleep(_AGAIN_AFTER)

    async def _read_one_stream(self) -> None:
        headers = {**self._page.headers, "Last-Event-ID": str(self._revision)}
        stream = self._page.client.stream("GET", "/api/chat/events", headers=headers, timeout=None)
        async with stream as response:
            async for name, message in live_events(response):
                if name == "message":
                    await self._show(message)

    async def _show(self, message: Message) -> None:
        self._revision = max(self._revision, message["revision"])
        if message["delivery"] == "dropped":
            self._shown.pop(message["seq"], None)
            return
        self._shown[message["seq"]] = message
        if message["author"] != "minor":
            self._seen = max(self._seen, message["seq"])

    async def confirm(self) -> None:
        """Say what has been shown, until it is heard, as long as the page is open."""
        told = 0
        while True:
            if self._seen > told:
                seq = self._seen
                with suppress(httpx.HTTPError):
                    (await self._page.seen(seq)).raise_for_status()
                    told = seq
            await asyncio.sleep(_AGAIN_AFTER)


@asynccontextmanager
async def page(url: str, rng: random.Random) -> AsyncIterator[PageChild]:
    """Open a page, and close it at the end."""
    async with open_client(url, timeout=10) as client:
        child = PageChild(client, rng)
        await child.open()
        living = [asyncio.create_task(child.read()), asyncio.create_task(child.confirm())]
        try:
            yield child
        finally:
            for life in living:
                life.cancel()
            await asyncio.gather(*living, return_exceptions=True)
