"""A danger comes before all else: also before the doubt of a message that is not understood."""

from typing import Any

from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.dangers import Dangers
from bot.understanding.reader import DANGER

FEAR = {"name": "express_fear", "confidence": 0.18}
DOUBT = {"name": "nlu_fallback", "confidence": 0.2}


def read(danger: dict[str, Any] | None) -> Message:
    ranking = [DOUBT, FEAR, {"name": "danger_home", "confidence": 0.1}]
    message = Message(
        {TEXT: "", INTENT: DOUBT, INTENT_RANKING_KEY: ranking, DANGER: danger},
    )
    return Dangers.create().process([message])[0]


def test_a_danger_is_the_intent() -> None:
    message = read({"kind": "danger_home", "level": "R2", "confidence": 0.3})
    names = [one["name"] for one in message.get(INTENT_RANKING_KEY)]
    assert message.get(INTENT) == {"name": "danger_home", "confidence": 0.3}
    assert names == ["danger_home", "nlu_fallback", "express_fear"]


def test_without_one_the_doubt_stays() -> None:
    message = read(None)
    assert message.get(INTENT) == DOUBT
    assert message.get(INTENT_RANKING_KEY)[0] == DOUBT
