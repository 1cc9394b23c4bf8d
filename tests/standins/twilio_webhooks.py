"""What the stand-in posts to Relais: inbound messages and status callbacks, signed.

The signature is computed here by hand from its description, not with the SDK, so that it checks
the SDK's reading of it and ours. Not for: deciding what happens to a message without a plan.
"""

import asyncio
import base64
import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx

from tests.loopback import open_client
from tests.standins.twilio_ledger import Ledger, Message, Post

# A webhook has 15 s; a failure to connect, and nothing else, is tried once more.
_PATIENCE = httpx.Timeout(15.0)
_ATTEMPTS = 2
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


@dataclass
class Plan:
    """How the next messages fare: the callbacks in this very order, then what is true in the end.

    Doubled, backwards or none at all is a matter of the list; `delay` seconds before each.
    """

    callbacks: tuple[str, ...] = ("queued", "sent", "delivered")
    outcome: str = "delivered"
    error_code: int | None = None
    delay: float = 0.02
    to: str | None = None
    times: int | None = None


@dataclass
class Line:
    """The number that Relais writes from, and where what is sent to it goes.

    `routes` leads a public address, which is what is signed, to where it listens on this machine.
    """

    number: str
    webhook: str | None = None
    routes: dict[str, str] = field(default_factory=dict)

    def reach(self, url: str) -> str:
        """Return where to post for this public address."""
        for public, local in self.routes.items():
            if url.startswith(public):
                return local + url.removeprefix(public)
        return url


def sign(token: str, url: str, params: Mapping[str, str]) -> str:
    """Sign as `X-Twilio-Signature` is described."""
    text = url + "".join(name + params[name] for name in sorted(params))
    digest = hmac.new(token.encode(), text.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()


class Webhooks:
    """Posts, and lives the lives of outgoing messages."""

    def __init__(self, account: str, token: str, line: Line, ledger: Ledger) -> None:
        self._account, self._token = account, token
        self._line, self._ledger = line, ledger
        self._client = open_client(timeout=_PATIENCE)
        self._lives: set[asyncio.Task[None]] = set()
        self.plans: list[Plan] = []

    def begin_life(self, message: Message) -> None:
        """Let a created message go its way."""
        life = asyncio.create_task(self._live(message, self._plan(message.to)))
        self._lives.add(life)
        life.add_done_callback(self._lives.discard)

    async def stop(self) -> None:
        """End every life and forget the plans."""
        self.plans = []
        for life in list(self._lives):
            life.cancel()
        await asyncio.gather(*self._lives, return_exceptions=True)

    async def aclose(self) -> None:
        await self.stop()
        await self._client.aclose()

    async def post(self, kind: str, sid: str, url: str, params: dict[str, str], token: str) -> int:
        """Post once, once more if nobody could be connected to; return the answer's status or 0."""
        for attempt in range(1, _ATTEMPTS + 1):
            entry = Post(kind, sid, url, params, attempt)
            self._ledger.posts.append(entry)
            try:
                await self._post(entry, token)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                continue
            except httpx.HTTPError:
                return 0
            return entry.answer or 0
        return 0

    async def _post(self, entry: Post, token: str) -> None:
        target = self._line.reach(entry.url)
        if urlsplit(target).hostname not in _LOOPBACK:
            raise httpx.ConnectError("The stand-in speaks to this machine only")
        answer = await self._client.post(
            target,
            data=entry.params,
            headers={"X-Twilio-Signature": sign(token, entry.url, entry.params)},
        )
        entry.answer, entry.body = answer.status_code, answer.text
        entry.content_type = answer.headers.get("content-type")

    def _plan(self, to: str) -> Plan:
        for plan in self.plans:
            if plan.to not in {None, to} or plan.times == 0:
                continue
            if plan.times is not None:
                plan.times -= 1
            return plan
        return Plan()

    async def _live(self, message: Message, plan: Plan) -> None:
        for status in plan.callbacks:
            await asyncio.sleep(plan.delay)
            self._ledger.advance(message, status, plan.error_code)
            await self._call_back(message, status, plan.error_code)
        await asyncio.sleep(plan.delay)
        self._ledger.advance(message, plan.outcome, plan.error_code)

    async def _call_back(self, message: Message, status: str, error_code: int | None) -> None:
        if message.callback is None:
            return
        params = {
            "AccountSid": self._account,
            "ApiVersion": "2010-04-01",
            "From": message.sender or "",
            "MessageSid": message.sid,
            "MessageStatus": status,
            "SmsSid": message.sid,
            "SmsStatus": status,
            "To": message.to,
        }
        if status in {"failed", "undelivered"} and error_code is not None:
            params["ErrorCode"] = str(error_code)
        await self.post("status", message.sid, message.callback, params, self._token)
