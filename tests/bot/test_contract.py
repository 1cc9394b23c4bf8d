"""The bot's side of the samples in tests/contract/turn; the api tests the same files."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.bot.services import ROOT, Bot

SAMPLES = sorted((ROOT / "tests/contract/turn").glob("*.json"))
# What differs from model to model.
OPAQUE = {"state", "bot_version", "confidence"}


def certain(value: Any) -> Any:  # noqa: ANN401 - any JSON
    """Replace what may differ by the name of its type."""
    if isinstance(value, list):
        return [certain(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: type(item).__name__ if name in OPAQUE else certain(item)
        for name, item in value.items()
    }


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_bot_answers_as_the_sample_says(bot: Bot, path: Path) -> None:
    sample = json.loads(path.read_text(encoding="utf-8"))
    response = bot.post(sample["request"])

    assert response.status_code == sample["status"]
    assert certain(response.json()) == certain(sample["response"])


def test_there_are_samples() -> None:
    assert {path.stem for path in SAMPLES} >= {"turn", "event", "understand", "failure"}
