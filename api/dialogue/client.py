"""The bot over HTTP: one turn in, one turn out, within its deadline.

Every way in which the bot can fail becomes one error, `BotFailedError`; what follows from it is the
turn's business. Nothing of a text stands in it.
"""

import asyncio
from typing import Protocol, TypeVar

import httpx
from pydantic import BaseModel, ValidationError

from api.dialogue.shapes import TurnAnswer, TurnRequest, Understood, UnderstoodAnswer

LARGEST_ANSWER = 64 * 1024
SECRET_HEADER = "X-Relais-Secret"  # noqa: S105 - the header's name

T = TypeVar("T", bound=BaseModel)


class BotFailedError(Exception):
    """The bot gave no answer that can be used. `why` is one of our own words."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Bot(Protocol):
    """What the turn needs of a bot."""

    async def turn(self, request: TurnRequest) -> TurnAnswer:
        """Answer one turn. Raises `BotFailedError`."""
        ...

    async def understand(self, texts: list[str]) -> list[Understood]:
        """Read texts without answering them. Raises `BotFailedError`."""
        ...

    async def ready(self) -> bool:
        """Say whether the bot would answer now."""
        ...

    async def aclose(self) -> None:
        """Let go of the connections."""
        ...


class HttpBot:
    """The bot's own process on loopback."""

    def __init__(self, url: str, secret: str, deadline_seconds: float) -> None:
        headers = {SECRET_HEADER: secret}
        # Without the environment: a proxy named there would be given every child's words.
        self._client = httpx.AsyncClient(
            base_url=url, headers=headers, timeout=deadline_seconds, trust_env=False
        )
        self._deadline = deadline_seconds

    async def turn(self, request: TurnRequest) -> TurnAnswer:
        answer = await self._ask(TurnAnswer, request.model_dump(mode="json"))
        if answer.turn != request.turn:
            raise BotFailedError("another_turn")
        if not answer.replies and answer.handoff is None and request.mode == "turn":
            raise BotFailedError("no_replies")
        return answer

    async def understand(self, texts: list[str]) -> list[Understood]:
        answer = await self._ask(UnderstoodAnswer, {"mode": "understand", "texts": texts})
        if len(answer.understood) != len(texts):
            raise BotFailedError("another_turn")
        return answer.understood

    async def ready(self) -> bool:
        try:
            response = await self._client.get("/webhooks/turn", timeout=1.0)
        except httpx.HTTPError:
            return False
        return response.status_code == httpx.codes.OK

    async def aclose(self) -> None:
        await self._client.aclose()

    async def _ask(self, shape: type[T], content: object) -> T:
        try:
            # Over the whole exchange: a bot that trickles bytes is late all the same.
            async with asyncio.timeout(self._deadline):
                return _read(shape, await self._post(content))
        except TimeoutError:
            raise BotFailedError("too_late") from None
        except httpx.HTTPError:
            raise BotFailedError("unreachable") from None

    async def _post(self, content: object) -> bytes:
        async with self._client.stream("POST", "/webhooks/turn", json=content) as response:
            if response.status_code != httpx.codes.OK:
                raise BotFailedError(f"status_{response.status_code}")
            body = b""
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > LARGEST_ANSWER:
                    raise BotFailedError("too_large")
            return body


def _read(shape: type[T], body: bytes) -> T:
    try:
        return shape.model_validate_json(body)
    except ValidationError:
        pass
    # Raised out here: the validation error quotes its input, and must not be this one's context.
    raise BotFailedError("garbage")
