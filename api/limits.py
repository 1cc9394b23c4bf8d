"""Refuses a request whose body is larger than anything that is ever sent here.

One middleware over the whole api, before anything is parsed or its signature checked. Not for: how
often somebody may ask, nor how long a message may be (`webchat_shapes.py`).
"""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.refusals import SENTENCES

MOST_BYTES = 64 * 1024
TOO_LARGE = 413


class BodyLimit:
    """Counts what comes in: a `Content-Length` may be absent, or lie."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif _announced(Headers(scope=scope)) > MOST_BYTES:
            await JSONResponse({"error": SENTENCES[TOO_LARGE]}, TOO_LARGE)(scope, receive, send)
        else:
            await self._app(scope, _counted(receive), send)


def _announced(headers: Headers) -> int:
    length = headers.get("content-length", "")
    # Not int() of any length: thousands of digits are work by themselves.
    return int(length[:20]) if length.isascii() and length.isdigit() else 0


def _counted(receive: Receive) -> Receive:
    received = 0

    async def counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > MOST_BYTES:
            raise HTTPException(TOO_LARGE)
        return message

    return counted
