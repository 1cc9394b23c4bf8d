"""A bot that says what the test tells it to, or fails as the test tells it to.

It speaks the contract's shapes inside the process. Not for: the contract over HTTP
(`tests/standins/faulty_bot.py`) or real understanding (`tests/bot`).
"""

import asyncio
from collections.abc import Callable
from typing import Any

from api.dialogue.client import BotFailedError
from api.dialogue.shapes import TurnAnswer, TurnRequest, Understood

Answer = Callable[[TurnRequest], dict[str, Any]]


def saying(*texts: str, **parts: Any) -> Answer:  # noqa: ANN401
    """Return an answer of these texts. `steps`: the step of each text; the rest is the answer's."""
    steps = parts.pop("steps", [None] * len(texts))

    def answer(request: TurnRequest) -> dict[str, Any]:
        replies = [
            {"text": text, "step": step, "choices": parts.get("choices", [])}
            for text, step in zip(texts, steps, strict=True)
        ]
        return {
            "turn": request.turn,
            "replies": replies,
            "understood": {"intent": "greet", "confidence": 0.9},
            "changes": {"crisis": request.known.crisis},
            "state": "state",
            "bot_version": "1",
            **{name: part for name, part in parts.items() if name != "choices"},
        }

    return answer


class ScriptedBot:
    """Answers each turn with `answer`, keeps what was asked, and fails while `failing` is set."""

    def __init__(self) -> None:
        self.answer: Answer = saying("D'accord.")
        self.failing: str | None = None
        self.asked: list[TurnRequest] = []
        self.reading: list[dict[str, Any]] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def turn(self, request: TurnRequest) -> TurnAnswer:
        self.asked.append(request)
        await self.gate.wait()
        if self.failing:
            raise BotFailedError(self.failing)
        return TurnAnswer.model_validate(self.answer(request))

    async def understand(self, texts: list[str]) -> list[Understood]:
        if self.failing:
            raise BotFailedError(self.failing)
        read = self.reading or [{"intent": "greet", "confidence": 0.9}] * len(texts)
        return [Understood.model_validate(one) for one in read]

    async def aclose(self) -> None:
        self.failing = "closed"

    async def ready(self) -> bool:
        return self.failing is None
