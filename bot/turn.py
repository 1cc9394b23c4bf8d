"""The channel: one turn in, one turn out, over loopback HTTP. Read this first.

Not for: a public address. Only the api calls it, with a shared secret. What a turn does stands in
`answer.py`; the shapes are those of `tests/contract/turn`.
"""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Any, Self

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot.answer import bot_version, take_turn, understand
from bot.failures import TurnFailedError
from bot.shapes import MalformedError, Turn, read_texts

log = structlog.get_logger()

_SECRET_HEADER = "X-Relais-Secret"  # noqa: S105 - the header's name
MAX_ANSWER_BYTES = 64 * 1024


class TurnChannel(InputChannel):
    """Serves `/webhooks/turn`. `secret` is what the api sends in `X-Relais-Secret`."""

    def __init__(self, secret: str) -> None:
        if not secret:
            raise ValueError("the channel needs a secret")
        self._secret = secret.encode()

    @classmethod
    def name(cls) -> str:
        return "turn"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> Self:
        return cls((credentials or {}).get("secret", ""))

    def blueprint(self, _: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Give the routes: GET says that the bot is ready, POST answers one call."""
        routes = Blueprint("turn")

        @routes.get("/")
        async def readiness(request: Request) -> HTTPResponse:
            # Open to all; but to a wrong secret this bot is not ready: its turns would be refused.
            if _SECRET_HEADER in request.headers and not self._knows(request):
                return json_response({"error": "forbidden"}, 403)
            return await ready(request)

        @routes.post("/")
        async def call(request: Request) -> HTTPResponse:
            if not self._knows(request):
                return json_response({"error": "forbidden"}, 403)
            return await answered(request)

        return routes

    def _knows(self, request: Request) -> bool:
        given = request.headers.get(_SECRET_HEADER, "")
        return hmac.compare_digest(given.encode(), self._secret)


async def ready(request: Request) -> HTTPResponse:
    """Say whether a turn would be answered now: the model is loaded and the actions are there."""
    agent = request.app.ctx.agent
    if not await agent.action_endpoint.is_up():
        return json_response({"status": "no_actions"}, 503)
    return json_response({"status": "ok", "bot_version": bot_version(agent)})


async def answered(request: Request) -> HTTPResponse:
    """Answer one call; whatever fails inside is a 502 and never Sanic's own error page."""
    try:
        answer = await _answer(request.app.ctx.agent, _body(request))
    except MalformedError as error:
        log.warning("turn.malformed")
        return json_response({"error": "malformed", "part": str(error)}, error.status)
    except TurnFailedError as error:
        # The kind is a word of ours; no reply and no state leave a turn that failed.
        log.error("turn.failed", kind=error.kind, exc_info=error.__cause__)  # noqa: TRY400 - see log.py
        return json_response({"error": error.kind}, error.status)
    except Exception as error:
        log.error("turn.failed.agent_failed", exc_info=error)  # noqa: TRY400 - see log.py
        return json_response({"error": "agent_failed"}, 502)
    return json_response(answer)


async def _answer(agent: Agent, body: dict[str, Any]) -> dict[str, Any]:
    mode = body.get("mode")
    if mode == "understand":
        return await understand(agent, read_texts(body))
    if mode not in ("turn", "event"):
        raise MalformedError("mode")
    answer = await take_turn(agent, Turn.read(body))
    if len(json.dumps(answer)) > MAX_ANSWER_BYTES:
        raise TurnFailedError("answer_too_long")
    return answer


def _body(request: Request) -> dict[str, Any]:
    try:
        body = json.loads(request.body)
    except ValueError as error:
        raise MalformedError("body") from error
    if not isinstance(body, dict):
        raise MalformedError("body")
    return body
