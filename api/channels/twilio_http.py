"""The transport under Twilio's SDK: asynchronous, bounded in time, and silent.

For: being handed to `twilio.rest.Client`. Not for: what an answer means.

The SDK's own clients are not used, each for a reason that touches a child: both log the address of
a request at INFO, and listing puts a phone number there; both keep the last request, text and all,
in memory; the asynchronous one passes aiohttp no timeout, which aiohttp takes for "for ever".
"""

import logging
from collections.abc import Mapping
from typing import Self

import aiohttp
from aiohttp.connector import Connection
from twilio.http import AsyncHttpClient  # type: ignore[import-untyped]
from twilio.http.response import Response  # type: ignore[import-untyped]

from api.hooks import Hook, Hooks

_SILENT = logging.getLogger("relais.twilio.silent")
_SILENT.disabled = True

# Longer than a handshake with retransmitted packets, shorter than a child's patience.
_CONNECT_SECONDS = 5.0


class SilentHttp(AsyncHttpClient):  # type: ignore[misc]
    """One pooled session, opened on first use since that needs a running loop."""

    def __init__(self, timeout: float, hooks: Hooks) -> None:
        super().__init__(_SILENT, is_async=True, timeout=timeout)
        self._timeout = aiohttp.ClientTimeout(
            total=timeout,
            sock_connect=min(timeout, _CONNECT_SECONDS),
        )
        self._session: aiohttp.ClientSession | None = None
        self._answer = _answers_to(hooks)

    async def request(  # noqa: PLR0917 - the signature is the SDK's
        self,
        method: str,
        uri: str,
        params: Mapping[str, str | int] | None = None,
        data: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,  # noqa: ARG002, ASYNC109 - the session has one
        allow_redirects: bool = False,  # noqa: FBT001, FBT002
    ) -> Response:
        """Send one request and read its answer. Raises aiohttp's errors as they are."""
        sent_headers = dict(headers or {})
        if auth is not None:
            sent_headers["Authorization"] = aiohttp.encode_basic_auth(*auth)
        async with self._opened().request(
            method,
            uri,
            params=params,
            data=data,
            headers=sent_headers,
            allow_redirects=allow_redirects,
        ) as answer:
            return Response(answer.status, await answer.text(encoding="utf-8"), answer.headers)

    async def aclose(self) -> None:
        if self._session is not None:
            await self._session.close()
            self._session = None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=self._timeout,
                cookie_jar=aiohttp.DummyCookieJar(),
                response_class=self._answer,
            )
        return self._session


def _answers_to(hooks: Hooks) -> type[aiohttp.ClientResponse]:
    """Return a response that says, before it is read, that a message has been handed over."""

    class Answer(aiohttp.ClientResponse):
        async def start(self, connection: Connection) -> Self:
            if self.method == "POST":
                await hooks.at(Hook.out_request_written)
            await super().start(connection)
            return self

    return Answer
