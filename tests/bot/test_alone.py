"""One text that cannot be understood fails no other text of the same call."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from rasa.core.channels.channel import UserMessage

from bot.answer import understand


class Choking:
    """Stands in for Rasa's processor: it fails over some texts, and knows what all others mean."""

    model_metadata = SimpleNamespace(predict_schema=SimpleNamespace(nodes={}))

    def __init__(self, *texts: str) -> None:
        self._texts = texts

    async def parse_message(self, message: UserMessage) -> dict[str, Any]:
        if message.text in self._texts:
            raise OverflowError
        return {"text": message.text, "intent": {"name": "greet", "confidence": 1}, "entities": []}


def agent_that_fails_over(*texts: str) -> Any:  # noqa: ANN401 - it stands in for an agent
    return SimpleNamespace(processor=Choking(*texts), model_id="a model")


def test_a_text_that_fails_is_not_understood_and_the_others_are() -> None:
    answered = asyncio.run(understand(agent_that_fails_over("zut"), ["salut", "zut", "coucou"]))

    assert [one["intent"] for one in answered["understood"]] == ["greet", "nlu_fallback", "greet"]


def test_an_agent_that_understands_nothing_at_all_fails() -> None:
    with pytest.raises(OverflowError):
        asyncio.run(understand(agent_that_fails_over("zut", ""), ["zut"]))
