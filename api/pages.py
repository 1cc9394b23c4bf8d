"""The two pages and their assets, under headers that let them load nothing from anywhere else.

Not for: what the pages ask the api.
"""

from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse
from starlette.datastructures import MutableHeaders
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; font-src 'self'; manifest-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CSP,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
NOT_KEPT = "no-store"
A_YEAR = "public, max-age=31536000, immutable"


class Guarded:
    """Sets the headers on every answer. What the api answers is kept in no cache."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(HEADERS)
                # What is not there yet may be there after the next start: only a found asset stays.
                found = message["status"] in {200, 304} and scope["path"].startswith("/assets/")
                headers["Cache-Control"] = A_YEAR if found else NOT_KEPT
            await send(message)

        await self._app(scope, receive, guarded if scope["type"] == "http" else send)


def serve_pages(app: FastAPI, built: Path) -> None:
    """Serve what `npm run build` made."""

    @app.get("/", include_in_schema=False)
    async def chat() -> FileResponse:
        return FileResponse(built / "chat" / "index.html")

    @app.get("/desk", include_in_schema=False)
    async def desk() -> FileResponse:
        return FileResponse(built / "desk" / "index.html")

    app.mount("/assets", StaticFiles(directory=built / "assets", check_dir=False))
