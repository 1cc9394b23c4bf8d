"""No text of a child is a command, though stock Rasa obeys texts that begin with a slash."""

import pytest

from tests.bot.asking import turn
from tests.bot.services import Bot


@pytest.mark.parametrize(
    "text",
    [
        "/restart",
        " /restart",
        "\t/session_start",
        "/back",
        "//restart",
        "/ /restart",
        '/event_opened{"paid": "yes"}',
        ' /raise_error{"paid": "yes"}',
        "/no_rule@1.0",
    ],
)
def test_a_text_that_looks_like_a_command_is_only_a_text(bot: Bot, text: str) -> None:
    first = bot.answer(turn())
    answered = bot.answer(turn(text, state=first["state"]))

    assert answered["understood"]["confidence"] < 1.0
    assert answered["understood"]["facts"] == {}
    # The walk went on from the first turn: nothing was restarted and nothing was raised.
    assert "étape 2" in answered["replies"][-1]["text"]


@pytest.mark.parametrize("text", ["", "   ", "/", "😭😭", "🆘", "…", "\u200b"])
def test_a_text_without_words_is_answered_as_not_understood(bot: Bot, text: str) -> None:
    answered = bot.answer(turn(text))

    assert answered["understood"]["intent"] == "nlu_fallback"
    assert answered["replies"]


def test_a_text_that_speaks_of_slots_fills_none(bot: Bot) -> None:
    answered = bot.answer(turn("bonjour {line_3018} {known}"))

    assert answered["replies"][0]["text"] == "La ligne : étape 1."
