"""The two children: one with the page open, one with a phone.

What they see is what really reached them: the page's live stream, the phone's screen behind the
stand-in for Twilio. Not for: what the desk or the database says of it.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Protocol
from uuid import UUID

import httpx

from api.channels.messages import Channel
from tests.loopback import open_client
from tests.stack.service import Service
from tests.standins.twilio_control import TwilioControl
from tests.talk import Page, live_events

_NUMBERED = re.compile(r"^(\d+)\. (.+)$", re.MULTILINE)
_SECONDS = 10.0


class Child(Protocol):
    """What a transcript needs of a child."""

    channel: Channel

    async def write(self, text: str, *, picture: str | None = None) -> None: ...

    async def tap(self, label: str) -> None:
        """Choose one of the choices offered last."""
        ...

    async def come_back(self) -> None:
        """Open the conversation again by its code."""
        ...

    async def screen(self) -> list[str]:
        """Return every text that has reached it, in order."""
        ...

    async def conversation(self) -> UUID: ...

    def private(self) -> list[str]:
        """Return what belongs in no log beside its words: numbers, tokens, codes."""
        ...


class ChildOnTheWeb:
    """Talks over the page's HTTP API, reads by its live stream and confirms what it has shown."""

    channel = Channel.web

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.page = Page(client)
        self.messages: dict[int, dict[str, Any]] = {}
        self._id = UUID(int=0)
        self._kept: list[str] = []
        self._stream: asyncio.Task[None] | None = None

    async def open(self) -> None:
        opened = (await self.page.client.post("/api/chat/conversations")).raise_for_status().json()
        self.page.token, self.page.code = opened["token"], opened["resume_code"]
        self._id = UUID(opened["id"])
        self._watch_live()

    async def write(self, text: str, *, picture: str | None = None) -> None:
        assert picture is None, "there is no upload on the page"
        (await self.page.write(text)).raise_for_status()

    async def tap(self, label: str) -> None:
        (await self.page.tap(self.offered().index(label) + 1)).raise_for_status()

    async def come_back(self) -> None:
        """Close the page; open another one with the code alone, which shows all of it again."""
        shown, code = await self.screen(), self.page.code
        await self.leave()
        answer = await self.page.client.post("/api/chat/resume", json={"code": code.lower()})
        self.page.token = answer.raise_for_status().json()["token"]
        self.messages = {}
        self._watch_live()
        async with asyncio.timeout(_SECONDS):
            while await self.screen() != shown:  # noqa: ASYNC110 - the stream is another task
                await asyncio.sleep(0.02)

    async def screen(self) -> list[str]:
        shown = [self.messages[seq] for seq in sorted(self.messages)]
        return [message["text"] for message in shown if message["author"] != "minor"]

    def offered(self) -> list[str]:
        """Return the labels of the choices offered last."""
        offers = [self.messages[seq]["choices"] for seq in sorted(self.messages, reverse=True)]
        return [choice["label"] for choice in next((offer for offer in offers if offer), [])]

    async def conversation(self) -> UUID:
        return self._id

    def private(self) -> list[str]:
        return self._kept

    async def erase(self) -> httpx.Response:
        return await self.page.client.delete("/api/chat/conversation", headers=self.page.headers)

    async def leave(self) -> None:
        if self._stream is not None:
            self._stream.cancel()
            with suppress(asyncio.CancelledError):
                await self._stream

    def _watch_live(self) -> None:
        self._kept += [self.page.token, self.page.code]
        self._stream = asyncio.create_task(self._watch())

    async def _watch(self) -> None:
        """Read the live stream as long as it lasts; a page shows what comes and says so."""
        stream = self.page.client.stream(
            "GET", "/api/chat/events", headers=self.page.headers, timeout=None
        )
        with suppress(httpx.HTTPError):
            async with stream as response:
                async for name, data in live_events(response):
                    if name == "message":
                        await self._show(data)

    async def _show(self, message: dict[str, Any]) -> None:
        if message["delivery"] == "dropped":
            self.messages.pop(message["seq"], None)
            return
        self.messages[message["seq"]] = message
        if message["author"] != "minor" and message["delivery"] == "sent":
            await self.page.seen(message["seq"])


class ChildWithAPhone:
    """Writes by SMS through the stand-in; reads what it has delivered."""

    channel = Channel.sms

    def __init__(self, service: Service, control: TwilioControl, number: str) -> None:
        self._service, self.control, self.number = service, control, number
        self._id: UUID | None = None
        self.last_sid = ""

    async def write(self, text: str, *, picture: str | None = None) -> None:
        media = [picture] if picture else []
        sent = await self.control.phone_sends(self.number, text, media=media)
        assert sent["answer"] == httpx.codes.OK
        self.last_sid = sent["sid"]
        self._id = self._id or self._service.records.newest(Channel.sms)

    async def tap(self, label: str) -> None:
        """Send the number of the choice: a phone has no buttons."""
        offers = [_NUMBERED.findall(text) for text in reversed(await self.screen())]
        offered = next(offer for offer in offers if offer)
        await self.write(next(number for number, words in offered if words == label))

    async def come_back(self) -> None:
        raise AssertionError("a phone needs no code")

    async def screen(self) -> list[str]:
        phones = (await self.control.ledger())["phones"]
        return [sms["text"] for sms in phones.get(self.number, {"received": []})["received"]]

    async def conversation(self) -> UUID:
        assert self._id is not None, "the phone has not written yet"
        return self._id

    def private(self) -> list[str]:
        return [self.number, self.number.removeprefix("+")]


@asynccontextmanager
async def on_the_web(service: Service) -> AsyncIterator[ChildOnTheWeb]:
    """Open the page, and close it at the end."""
    async with open_client(service.url, timeout=10) as client:
        child = ChildOnTheWeb(client)
        await child.open()
        try:
            yield child
        finally:
            await child.leave()


@asynccontextmanager
async def with_a_phone(service: Service, number: str) -> AsyncIterator[ChildWithAPhone]:
    control = TwilioControl(service.twilio.url)
    try:
        yield ChildWithAPhone(service, control, number)
    finally:
        await control.aclose()
