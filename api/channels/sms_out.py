"""SMS out: one message handed to Twilio, and every way that can end.

For: `send`, `lookup`, `received` and the translation of each failure. Not for: retries, order, or
what a status callback changes, which belong to `api/delivery`; nor for taking anything in.

Twilio has no key that makes a create idempotent. So a failure is a `SendError` only where it is
certain that nothing was taken; in every other case the caller looks the message up first.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import urlencode

import aiohttp
from twilio.base.exceptions import (  # type: ignore[import-untyped]
    TwilioException,
    TwilioRestException,
    TwilioServiceException,
)
from twilio.rest import Client  # type: ignore[import-untyped]

from api.channels.messages import Author, Outgoing
from api.channels.sender import (
    Accepted,
    InboxUnansweredError,
    Received,
    SendError,
    SendUnansweredError,
)
from api.channels.sms_text import as_sms
from api.channels.twilio_http import SilentHttp
from api.channels.twilio_inbound import MalformedWebhookError, delivery_of, parse_inbound
from api.hooks import NOWHERE, Hooks

# What a program says is stale within minutes: the child has read on or written again. A person's
# words are waited for. Past this Twilio gives up and says so (ValidityPeriod, in seconds).
_VALID_SECONDS = {Author.bot: 300, Author.system: 300, Author.counsellor: 900}

# Nothing is wrong with the message: too many requests, the sender's queue is full, too fast.
_RETRYABLE_CODES = frozenset({20429, 21611, 14107})

# The account's trouble, not the message's: a token in rotation is repaired within minutes.
_RETRYABLE_STATUSES = frozenset(
    {HTTPStatus.UNAUTHORIZED, HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS},
)

_NOT_REACHED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)
_NOT_UNDERSTOOD = (ValueError, TypeError, AttributeError)

# More than one number can be sent in the minutes that a lookup is about.
_LOOKED_AT = 200
_LISTED_AT_ONCE = 1000
_CLOCK_SLACK = timedelta(seconds=30)

# The SDK reads TWILIO_REGION and TWILIO_EDGE and rewrites the host it sends to. An empty mapping
# would make it fall back to the real environment.
_NO_ENVIRONMENT = {"RELAIS": "1"}


One = TypeVar("One", Accepted, Received)


class TwilioSender:
    """Implements `Sender` and `Inbox` with Twilio's SDK."""

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        sender_number: str,
        status_callback: str,
        api_url: str | None = None,
        *,
        timeout: float = 10.0,
        hooks: Hooks = NOWHERE,
    ) -> None:
        self._http = SilentHttp(timeout, hooks)
        client = Client(
            account_sid,
            auth_token,
            http_client=self._http,
            environment=_NO_ENVIRONMENT,
        )
        if api_url is not None:
            client.api.base_url = api_url
        self._messages = client.api.account.messages
        self._sender_number = sender_number
        self._status_callback = status_callback

    async def send(self, outgoing: Outgoing, *, author: Author) -> str:
        """Create the message and return its sid. Raises `SendError`, `SendUnansweredError`.

        A cancelled send is an unanswered one too: nobody read the answer.
        """
        try:
            message = await self._messages.create_async(
                to=outgoing.to,
                from_=self._sender_number,
                body=as_sms(outgoing.text, outgoing.choices),
                status_callback=self._status_address(outgoing),
                validity_period=_VALID_SECONDS[author],
            )
        except (TwilioException, aiohttp.ClientError, OSError, *_NOT_UNDERSTOOD) as error:
            failure = _failure(error)
        else:
            if isinstance(message.sid, str) and message.sid:
                return message.sid
            failure = SendUnansweredError()
        # Raised out here, so that the SDK's error, which can quote the number, is not its context.
        raise failure

    async def lookup(self, outgoing: Outgoing, since: datetime) -> tuple[Accepted, ...]:
        """Find by recipient and equal text, as `Sender.lookup` says.

        Not filtered by DateSent: a message still in Twilio's queue has none and would be missed,
        and then sent twice.
        """
        try:
            listed = await self._messages.list_async(
                to=outgoing.to,
                from_=self._sender_number,
                limit=_LOOKED_AT,
            )
            return _same(listed, outgoing, since - _CLOCK_SLACK)
        except (TwilioException, aiohttp.ClientError, OSError, *_NOT_UNDERSTOOD):
            pass
        raise SendUnansweredError

    async def received(self, since: datetime) -> tuple[Received, ...]:
        """List what phones have sent to our number, as `Inbox.received` says.

        The resource counts pictures and does not hold them: none is asked for.
        """
        return await self._listed(since, _received, to=self._sender_number)

    async def taken(self, since: datetime) -> tuple[Accepted, ...]:
        """List what we have sent, and how far each has come, as `Inbox.taken` says."""
        return await self._listed(since, _oldest_first, from_=self._sender_number)

    async def _listed(
        self, since: datetime, read: Callable[[Iterable[Any]], tuple[One, ...]], **whose: str
    ) -> tuple[One, ...]:
        try:
            listed = await self._messages.list_async(
                date_sent_after=since.astimezone(UTC), page_size=_LISTED_AT_ONCE, **whose
            )
            return read(listed)
        except (TwilioException, aiohttp.ClientError, OSError, *_NOT_UNDERSTOOD):
            pass
        raise InboxUnansweredError

    def _status_address(self, outgoing: Outgoing) -> str:
        # With our own id in it a status finds its message even before the create was answered.
        reference = f"?{urlencode({'message': outgoing.reference})}" if outgoing.reference else ""
        return self._status_callback + reference

    async def aclose(self) -> None:
        await self._http.aclose()


def _same(listed: Iterable[Any], outgoing: Outgoing, since: datetime) -> tuple[Accepted, ...]:
    body = as_sms(outgoing.text, outgoing.choices).strip()
    return _oldest_first(
        message
        for message in listed
        if (message.body or "").strip() == body and message.date_created >= since
    )


def _oldest_first(listed: Iterable[Any]) -> tuple[Accepted, ...]:
    found = [
        Accepted(
            provider_id=message.sid,
            status=delivery_of(message.status),
            error_code=message.error_code,
            created_at=message.date_created.astimezone(UTC),
        )
        for message in listed
    ]
    return tuple(sorted(found, key=lambda accepted: accepted.created_at))


def _received(listed: Iterable[Any]) -> tuple[Received, ...]:
    inbound = [message for message in listed if message.direction == "inbound"]
    # Listed newest first, in whole seconds: turned round, those of one second keep their order.
    inbound.reverse()
    found = [received for message in inbound if (received := _as_posted(message)) is not None]
    return tuple(sorted(found, key=lambda received: received.at))


def _as_posted(message: Any) -> Received | None:  # noqa: ANN401 - the SDK has no types
    """Read a listed message as its webhook would be; None for what no child can have sent."""
    form = {
        "MessageSid": message.sid,
        "From": message.from_ or "",
        "Body": message.body or "",
        "NumMedia": message.num_media or "0",
    }
    try:
        sms = parse_inbound(form)
    except MalformedWebhookError:
        return None
    return Received(sms, (message.date_sent or message.date_created).astimezone(UTC))


def _failure(error: Exception) -> SendError | SendUnansweredError:
    """Tell a certain refusal from everything else."""
    if isinstance(error, _NOT_REACHED):
        return SendError(0, retryable=True)
    if isinstance(error, TwilioRestException | TwilioServiceException):
        return _refusal(error.status, error.code)
    return SendUnansweredError()


def _refusal(status: int, code: int | None) -> SendError | SendUnansweredError:
    """Only a 4xx says that nothing was taken: behind a 5xx the message may well exist."""
    if not HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return SendUnansweredError()
    known = int(code or status)
    return SendError(known, retryable=status in _RETRYABLE_STATUSES or known in _RETRYABLE_CODES)
