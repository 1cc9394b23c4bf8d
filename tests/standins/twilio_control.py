"""The test's side of the stand-in: make phones write, script troubles, read the ledger.

For: routes under `/_control/`, and a client for them that works in a thread as over a process.
Nothing here exists at Twilio.
"""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import quote

import httpx
from fastapi import FastAPI
from pydantic import BaseModel

from tests.loopback import open_client
from tests.standins.twilio_faults import Fault, Faults
from tests.standins.twilio_ledger import Ledger, Media, Message, new_sid, now
from tests.standins.twilio_webhooks import Line, Plan, Webhooks


class FromPhone(BaseModel):
    """One SMS from a phone. `sid` lets the same one come again; `token` signs it with another."""

    text: str
    media: list[str] = []
    sid: str | None = None
    token: str | None = None


class Where(BaseModel):
    """Where to post. `routes` leads public addresses to this machine."""

    webhook: str | None = None
    routes: dict[str, str] = {}


class Control:
    """What the routes do."""

    def __init__(self, account: str, token: str, line: Line, ledger: Ledger, url: str) -> None:
        self._account, self._token, self._line = account, token, line
        self._ledger, self._url = ledger, url

    def add_to(self, app: FastAPI, faults: Faults, webhooks: Webhooks) -> None:
        """Add the control routes."""

        @app.get("/_control/ledger")
        async def ledger() -> dict[str, Any]:
            return self._ledger.shown()

        @app.put("/_control/line", status_code=204)
        async def line(where: Where) -> None:
            self._line.webhook = where.webhook or self._line.webhook
            self._line.routes |= where.routes

        @app.post("/_control/faults", status_code=204)
        async def fault(added: Fault) -> None:
            faults.add(added)

        @app.delete("/_control/faults", status_code=204)
        async def mend() -> None:
            faults.clear()
            webhooks.plans = []

        @app.delete("/_control", status_code=204)
        async def anew() -> None:
            await webhooks.stop()
            faults.clear()
            self._ledger.clear()
            self._line.webhook, self._line.routes = None, {}

        @app.put("/_control/plans", status_code=204)
        async def plan(plans: list[Plan]) -> None:
            webhooks.plans = plans

        @app.post("/_control/phones/{number}/messages")
        async def from_phone(number: str, written: FromPhone) -> dict[str, str | int]:
            message = self._received(number, written)
            params = self._inbound_params(message)
            token = written.token or self._token
            url = self._line.webhook or ""
            answer = await webhooks.post("inbound", message.sid, url, params, token)
            return {"sid": message.sid, "answer": answer}

    def _received(self, number: str, written: FromPhone) -> Message:
        if written.sid is not None and written.sid in self._ledger.messages:
            return self._ledger.messages[written.sid]
        message = Message(
            sid=written.sid or new_sid("MM" if written.media else "SM"),
            direction="inbound",
            sender=number,
            to=self._line.number,
            body=written.text,
            status="received",
            media=[Media(content_type) for content_type in written.media],
            sent_at=now(),
        )
        self._ledger.messages[message.sid] = message
        self._ledger.heard(number, written.text)
        return message

    def _inbound_params(self, message: Message) -> dict[str, str]:
        picture = f"{self._url}/2010-04-01/Accounts/{self._account}/Messages/{message.sid}/Media"
        media = {
            name: value
            for place, one in enumerate(message.media)
            for name, value in (
                (f"MediaUrl{place}", f"{picture}/{one.sid}"),
                (f"MediaContentType{place}", one.content_type),
            )
        }
        return media | {
            "AccountSid": self._account,
            "ApiVersion": "2010-04-01",
            "Body": message.body,
            "From": message.sender or "",
            "FromCity": "",
            "FromCountry": "FR",
            "MessageSid": message.sid,
            "NumMedia": str(len(message.media)),
            "NumSegments": "1",
            "SmsMessageSid": message.sid,
            "SmsSid": message.sid,
            "SmsStatus": "received",
            "To": message.to,
            "ToCity": "",
            "ToCountry": "FR",
        }


class TwilioControl:
    """The control API from a test's side."""

    def __init__(self, url: str) -> None:
        self._all = f"{url}/_control"
        self._client = open_client(f"{url}/_control/", timeout=60)

    async def ledger(self) -> dict[str, Any]:
        """Return everything the stand-in saw."""
        shown: dict[str, Any] = (await self._client.get("ledger")).raise_for_status().json()
        return shown

    async def line(
        self, webhook: str | None = None, routes: Mapping[str, str] | None = None
    ) -> None:
        """Say where inbound messages go, and which local address a public one leads to."""
        await self._call("PUT", "line", {"webhook": webhook, "routes": dict(routes or {})})

    async def fault(self, operation: str, kind: str, **details: Any) -> None:  # noqa: ANN401
        """Script one trouble: see `Fault`."""
        await self._call("POST", "faults", {"operation": operation, "kind": kind, **details})

    async def mend(self) -> None:
        """Have no trouble and no plan any more."""
        await self._call("DELETE", "faults", None)

    async def anew(self, webhook: str) -> None:
        """Forget everything; from now on inbound messages go to `webhook`."""
        (await self._client.delete(self._all)).raise_for_status()
        await self.line(webhook)

    async def plan(self, **details: Any) -> None:  # noqa: ANN401
        """Say how the messages to come fare: see `Plan`."""
        await self._call("PUT", "plans", [details])

    async def phone_sends(self, number: str, text: str, **details: Any) -> dict[str, Any]:  # noqa: ANN401
        """Let a phone write; returns the sid and what our webhook answered (0: nothing)."""
        path = f"phones/{quote(number, safe='')}/messages"
        sent: dict[str, Any] = (await self._call("POST", path, {"text": text, **details})).json()
        return sent

    async def until(
        self,
        met: Callable[[dict[str, Any]], bool],
        seconds: float = 5.0,
    ) -> dict[str, Any]:
        """Wait for the ledger to be so, and return it. Raises `TimeoutError`."""
        async with asyncio.timeout(seconds):
            while not met(ledger := await self.ledger()):  # noqa: ASYNC110 - may be far
                await asyncio.sleep(0.01)
        return ledger

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _call(self, method: str, path: str, body: object) -> httpx.Response:
        return (await self._client.request(method, path, json=body)).raise_for_status()
