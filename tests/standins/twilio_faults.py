"""What may go wrong between Relais and Twilio, on demand.

Not for: deciding when; the tests script that over the control API.
"""

import asyncio
import socket
import struct
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import Request
from fastapi.responses import Response
from uvicorn.protocols.http.h11_impl import H11Protocol


class TwilioError(Exception):
    """A refusal in Twilio's shape."""

    def __init__(self, status: int, code: int, message: str) -> None:
        super().__init__(message)
        self.status, self.code, self.message = status, code, message


@dataclass
class Fault:
    """One kind of trouble for the next `times` requests of one operation.

    `before` happens before the request is taken, `after` when it is done and only the answer is
    missing. `cut` resets the connection, `hang` never answers, `garbage` answers what is no JSON.
    """

    operation: str
    kind: Literal["delay", "error", "hang", "cut", "garbage"]
    when: Literal["before", "after"] = "before"
    seconds: float = 0.0
    status: int = 500
    code: int = 20500
    times: int = 1


class Wires:
    """The open connections, so that one can be cut in the middle of a request."""

    def __init__(self) -> None:
        self._open: dict[tuple[str, int], asyncio.Transport] = {}

    def protocol(self) -> type[H11Protocol]:
        """Return an HTTP protocol for uvicorn that makes its connections known here."""
        known = self._open

        class Cuttable(H11Protocol):
            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                # In a thread of a test, the address with its number would stand in that test's log.
                self.access_log = False
                if self.client is not None:
                    known[self.client] = transport

            def connection_lost(self, exc: Exception | None) -> None:
                if self.client is not None:
                    known.pop(self.client, None)
                super().connection_lost(exc)

        return Cuttable

    def cut(self, request: Request) -> None:
        """Reset the connection of this request: no answer, not even an end."""
        client = request.scope["client"]
        transport = self._open[(client[0], client[1])]
        wire: socket.socket = transport.get_extra_info("socket")
        # A linger of zero seconds makes the kernel send RST and not FIN.
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()


class Faults:
    """The script of troubles, first in first out for each operation."""

    def __init__(self, wires: Wires) -> None:
        self._wires = wires
        self._script: list[Fault] = []

    def add(self, fault: Fault) -> None:
        self._script.append(fault)

    def clear(self) -> None:
        self._script.clear()

    def take(self, operation: str) -> Fault | None:
        """Return the trouble that this request is to have, counted down."""
        for fault in self._script:
            if fault.operation == operation:
                fault.times -= 1
                if fault.times <= 0:
                    self._script.remove(fault)
                return fault
        return None

    async def suffer(
        self,
        fault: Fault | None,
        when: Literal["before", "after"],
        request: Request,
    ) -> Response | None:
        """Carry the trouble out. A response is to be given instead of the real one."""
        if fault is None or fault.when != when:
            return None
        match fault.kind:
            case "delay":
                await asyncio.sleep(fault.seconds)
                return None
            case "error":
                raise TwilioError(fault.status, fault.code, "Scripted by the test")
            case "garbage":
                return Response("<html>", status_code=fault.status, media_type="text/html")
            case "cut":
                self._wires.cut(request)
            case "hang":
                await _until_gone(request)
        return Response(status_code=204)  # nobody is there to read it


async def _until_gone(request: Request) -> None:
    event: dict[str, Any] = {}
    while event.get("type") != "http.disconnect":
        event = dict(await request.receive())
