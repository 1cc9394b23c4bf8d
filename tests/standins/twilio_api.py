"""Twilio's Messages API over HTTP: login, the contract held against both sides, scripted faults.

Not for: what a message is, see `twilio_messages`.
"""

import secrets
from base64 import b64encode
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response

from tests.standins.twilio_contract import Contract
from tests.standins.twilio_faults import Faults, TwilioError
from tests.standins.twilio_ledger import Create, Ledger
from tests.standins.twilio_messages import Messages

Pairs = list[tuple[str, str]]
Answer = dict[str, Any] | None

# The code that a wrong parameter is refused with; for the others, "unknown parameters".
_CODES = {
    "form.To": 21211,
    "form.From": 21212,
    "form.StatusCallback": 21609,
    "form.ValidityPeriod": 21624,
}


class TwilioApi:
    """The routes of one account."""

    def __init__(self, account: str, token: str, ledger: Ledger, faults: Faults) -> None:
        self._account = account
        self._login = "Basic " + b64encode(f"{account}:{token}".encode()).decode()
        self._ledger, self._faults = ledger, faults
        self._contract = Contract()

    def add_to(self, app: FastAPI, messages: Messages) -> None:
        """Add a route for each operation of the contract, and the refusals in Twilio's shape."""
        for operation, carry_out in self._operations(messages).items():
            app.add_api_route(
                self._contract.path(operation),
                self._endpoint(operation, carry_out),
                methods=[self._contract.method(operation)],
            )
        app.add_api_route(
            self._contract.path("read_media").removesuffix(".json"),
            self._picture,
            methods=["GET"],
        )
        app.add_exception_handler(TwilioError, self._refused)

    def _operations(self, messages: Messages) -> dict[str, Callable[[Request, Pairs], Answer]]:
        def sid(request: Request, name: str = "Sid") -> str:
            return str(request.path_params[name])

        return {
            "create_message": lambda request, form: self._create(messages, request, form),
            "list_messages": lambda request, _: messages.list(
                request.url.path, dict(request.query_params)
            ),
            "read_message": lambda request, _: messages.read(sid(request)),
            "update_message": lambda request, form: messages.update(sid(request), dict(form)),
            "delete_message": lambda request, _: messages.delete(sid(request)),
            "list_media": lambda request, _: messages.list_media(
                sid(request, "MessageSid"), request.url.path, dict(request.query_params)
            ),
            "read_media": lambda request, _: messages.read_media(
                sid(request, "MessageSid"), sid(request)
            ),
            "delete_media": lambda request, _: messages.delete_media(
                sid(request, "MessageSid"), sid(request)
            ),
        }

    def _create(self, messages: Messages, request: Request, form: Pairs) -> Answer:
        return messages.create(dict(form), request.state.create)

    def _endpoint(
        self,
        operation: str,
        carry_out: Callable[[Request, Pairs], Answer],
    ) -> Callable[[Request], Any]:
        async def endpoint(request: Request) -> Response:
            form = parse_qsl((await request.body()).decode(), keep_blank_values=True)
            if operation == "create_message":
                request.state.create = Create(dict(form))
                self._ledger.creates.append(request.state.create)
            fault = self._faults.take(operation)
            if instead := await self._faults.suffer(fault, "before", request):
                return instead
            self._check_login(request)
            self._check_request(operation, request, form)
            answer = carry_out(request, form)
            if instead := await self._faults.suffer(fault, "after", request):
                return instead
            return self._answered(operation, self._contract.status(operation), answer)

        return endpoint

    def _check_login(self, request: Request) -> None:
        given = request.headers.get("authorization", "")
        if not secrets.compare_digest(given.encode(), self._login.encode()):
            raise TwilioError(401, 20003, "Authenticate")
        if request.path_params["AccountSid"] != self._account:
            raise TwilioError(404, 20404, "The requested resource was not found")

    def _check_request(self, operation: str, request: Request, form: Pairs) -> None:
        query = request.query_params.multi_items()
        wrong = self._contract.request_faults(operation, request.path_params, query, form)
        if not wrong:
            return
        self._ledger.violations += [f"{operation} {fault}" for fault in wrong]
        code = _CODES.get(wrong[0].split(":")[0], 20001)
        raise TwilioError(400, code, f"Invalid parameter: {wrong[0]}")

    def _answered(self, operation: str, status: int, body: Answer) -> Response:
        wrong = self._contract.answer_faults(operation, status, body)
        self._ledger.violations += [f"{operation} {fault}" for fault in wrong]
        return Response(status_code=status) if body is None else JSONResponse(body, status)

    async def _refused(self, _: Request, error: Exception) -> Response:
        if not isinstance(error, TwilioError):
            raise error
        body = {
            "code": error.code,
            "message": error.message,
            "more_info": f"https://www.twilio.com/docs/errors/{error.code}",
            "status": error.status,
        }
        return self._answered("error", error.status, body)

    async def _picture(self, request: Request) -> Response:
        """Note that somebody opened a picture, which Relais must never do. There are no bytes."""
        self._ledger.media_opened.append(request.path_params["Sid"])
        return Response(status_code=204)
