"""`make chat`: a conversation with the running Relais in the terminal, over the child's HTTP API.

For whoever writes its texts or runs it. Not for: children; their page is web/chat.
"""

import asyncio
import json
import sys
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any
from uuid import uuid4

import httpx

from api.settings import Settings

LEAVE = "/quitter"
HOW = f"Écris, ou tape le numéro d'une réponse proposée. {LEAVE} pour partir.\n"
NOBODY = "Relais ne répond pas à {}. Lance-le d'abord avec: make run"
ERASED = "(Cette conversation n'existe plus.)"
NAMES = {"bot": "Relais", "system": "Relais", "counsellor": "Une personne"}
# When the words come from a file, the last answer is still to be read.
LAST_ANSWER_SECONDS = 8.0
BACK_AFTER_SECONDS = 1.0
PATIENCE = httpx.Timeout(10, read=None)  # a stream says nothing for as long as nothing happens

Show = Callable[[str], None]


class Terminal:
    """One conversation: what is typed goes out, what is said is shown once."""

    def __init__(self, client: httpx.AsyncClient, show: Show) -> None:
        self._client = client
        self._show = show
        self._revision = "0"
        self._shown = 0
        self._offered = 0

    async def open(self) -> None:
        """Open a conversation. Raises `httpx.HTTPError` when nobody answers."""
        opened = await self._client.post("/api/chat/conversations")
        opened.raise_for_status()
        self._client.headers["Authorization"] = f"Bearer {opened.json()['token']}"

    async def say(self, typed: str) -> None:
        """Send a line: a number that was offered is a choice, everything else is a text."""
        body: dict[str, Any] = {"client_id": str(uuid4())}
        if typed.isdecimal() and 1 <= int(typed) <= self._offered:
            body["choice"] = int(typed)
        else:
            body["text"] = typed
        answer = await self._client.post("/api/chat/messages", json=body)
        if answer.is_error:
            self._show(f"({answer.json()['error']})")

    async def follow(self) -> None:
        """Show what is said until the conversation is erased; come back when cut off."""
        while True:
            try:
                async for name, data in self._events():
                    if name == "erased":
                        self._show(ERASED)
                        return
                    if name == "message":
                        await self._message(data)
            except httpx.HTTPStatusError:
                self._show(ERASED)
                return
            except httpx.TransportError:
                await asyncio.sleep(BACK_AFTER_SECONDS)

    async def _events(self) -> AsyncIterator[tuple[str, dict[str, Any]]]:
        headers = {"Last-Event-ID": self._revision}
        async with self._client.stream("GET", "/api/chat/events", headers=headers) as stream:
            stream.raise_for_status()
            event: dict[str, str] = {}
            async for line in stream.aiter_lines():
                if line:
                    field, _, value = line.partition(":")
                    event[field] = value.removeprefix(" ")
                    continue
                self._revision = event.get("id", self._revision)
                if "data" in event:
                    yield event.get("event", "message"), json.loads(event["data"])
                event = {}

    async def _message(self, message: dict[str, Any]) -> None:
        # A message comes again with each change of its delivery.
        if message["seq"] <= self._shown or not message["text"]:
            return
        self._shown = message["seq"]
        if message["author"] == "minor":
            return
        labels = [choice["label"] for choice in message["choices"] or ()]
        self._offered = len(labels)
        self._show(f"{message['name'] or NAMES[message['author']]} : {message['text']}")
        for number, label in enumerate(labels, start=1):
            self._show(f"   {number}. {label}")
        # A step counts as delivered only once it has been shown.
        await self._client.post("/api/chat/seen", json={"seq": message["seq"]})


async def converse(address: str, typed: AsyncIterator[str]) -> int:
    """Hold a conversation with the Relais at `address`; return the exit code."""
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, trust_env=False) as client:
        terminal = Terminal(client, print)
        try:
            await terminal.open()
        except httpx.HTTPError:
            print(NOBODY.format(address), file=sys.stderr)  # noqa: T201
            return 1
        print(HOW)  # noqa: T201
        following = asyncio.create_task(terminal.follow())
        async for line in typed:
            if line == LEAVE or following.done():
                break
            if line:
                await terminal.say(line)
        else:
            await asyncio.wait([following], timeout=LAST_ANSWER_SECONDS)
        following.cancel()
    return 0


async def keyboard() -> AsyncIterator[str]:
    """Give each line as it is typed, without holding up what is shown meanwhile."""
    lines: asyncio.Queue[str] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        loop.call_soon_threadsafe(lines.put_nowait, "")

    # A daemon: Ctrl-C must not wait for a line that is never typed.
    threading.Thread(target=read, daemon=True).start()
    while line := await lines.get():
        yield line.strip()


def main() -> None:
    settings = Settings()
    try:
        sys.exit(asyncio.run(converse(f"http://{settings.host}:{settings.port}", keyboard())))
    except KeyboardInterrupt:
        sys.exit(0)


if __name__ == "__main__":
    main()
