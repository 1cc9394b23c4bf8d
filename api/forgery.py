"""Refuses what another site could have a browser send here in somebody's name.

One middleware over the whole api, so that no route can forget it. Not for: who may do what
(`api/desk/permissions.py`), nor Twilio's signature (`api/channels/sms_in.py`).
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
OWN_SITES = frozenset({"same-origin", "none"})
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# Twilio posts forms, each of them signed.
SIGNED_FORMS = "/api/sms/twilio/"

FOREIGN = "Cette demande vient d'un autre site."
NOT_JSON = "Cette demande n'est pas au bon format."


class ForgeryGuard:
    """Lets an unsafe request pass only from our own pages, and only as JSON.

    A form of another site can send neither JSON nor a false `Origin`. In the demo, whoever opens
    the page by another of the loopback's names is at home too.
    """

    def __init__(self, app: ASGIApp, *, origin: str, demo: bool) -> None:
        self._app = app
        self._origin = origin
        self._demo = demo

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] not in SAFE_METHODS:
            refusal = self._refusal(scope["path"], Headers(scope=scope))
            if refusal is not None:
                await refusal(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _refusal(self, path: str, headers: Headers) -> JSONResponse | None:
        sites = frozenset(headers.getlist("sec-fetch-site"))
        if not sites <= OWN_SITES or self._foreign(headers.getlist("origin"), headers.get("host")):
            return JSONResponse({"error": FOREIGN}, 403)
        if not path.startswith(SIGNED_FORMS) and not _is_json_or_empty(headers):
            return JSONResponse({"error": NOT_JSON}, 415)
        return None

    def _foreign(self, origins: Iterable[str], host: str | None) -> bool:
        own = {self._origin}
        # Only names of the loopback: a foreign one that is made to lead here agrees with its Host.
        if self._demo and host is not None and urlsplit(f"//{host}").hostname in LOOPBACK:
            own.add(f"http://{host}")
        return not own.issuperset(origins)


def _is_json_or_empty(headers: Headers) -> bool:
    content_type = headers.get("content-type")
    if content_type is not None:
        return content_type.partition(";")[0].strip().lower() == "application/json"
    return headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers
