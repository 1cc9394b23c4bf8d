"""The least HTTP/1.1 that a measuring client needs: JSON over one kept connection, and a stream.

A full client costs about as much as what is measured, on the same cores. Not for: anything but
loopback and well-behaved servers.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping
from typing import Any
from urllib.parse import urlsplit

_LAST_GOOD = 299


class RefusedError(Exception):
    """The server answered with an error: what is measured must not go on as if it had worked."""


class Wire:
    """One kept connection, one request at a time."""

    def __init__(self, url: str) -> None:
        self._address = urlsplit(url)
        self._ends: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def connect(self) -> None:
        """Connect, again where the server has hung up on an idle connection."""
        if self._ends is None or self._ends[0].at_eof():
            self.close()
            place = self._address.hostname, self._address.port
            self._ends = await asyncio.open_connection(*place)

    async def post(
        self, path: str, content: object = None, headers: Mapping[str, str] | None = None
    ) -> Any:  # noqa: ANN401 - whatever the JSON holds
        """Send JSON and return the JSON of the answer. Raises `RefusedError`."""
        await self._send("POST", path, json.dumps(content or {}).encode(), headers or {})
        fields = await self._head(path)
        body = await self._reader().readexactly(int(fields.get("content-length", "0")))
        return json.loads(body) if body else None

    async def events(self, path: str, headers: Mapping[str, str]) -> AsyncIterator[tuple[str, Any]]:
        """Open a stream of server-sent events; give the name and the data of each."""
        await self._send("GET", path, b"", headers)
        await self._head(path)
        name = "message"
        # The frames of chunked encoding lie between the lines and look like none of these.
        async for line in self._reader():
            field, _, value = line.decode().strip().partition(": ")
            if field == "event":
                name = value
            elif field == "data":
                yield name, json.loads(value)
                name = "message"

    def close(self) -> None:
        if self._ends is not None:
            self._ends[1].close()

    def _reader(self) -> asyncio.StreamReader:
        assert self._ends is not None  # noqa: S101 - `_send` has connected
        return self._ends[0]

    async def _send(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> None:
        fields = {"Host": "127.0.0.1", "Content-Type": "application/json"}
        fields |= {"Content-Length": str(len(body)), **headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
        await self.connect()
        assert self._ends is not None  # noqa: S101 - connected above
        writer = self._ends[1]
        writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + body)
        await writer.drain()

    async def _head(self, path: str) -> dict[str, str]:
        status, *lines = (await self._reader().readuntil(b"\r\n\r\n")).decode().split("\r\n")
        if int(status.split()[1]) > _LAST_GOOD:
            raise RefusedError(f"{path}: {status}")
        pairs = (line.partition(":") for line in lines if line)
        return {name.strip().lower(): value.strip() for name, _, value in pairs}
