"""What the api knows for certain overrides the model; the facts of the message are kept."""

import pytest

from tests.bot.asking import forced, turn
from tests.bot.services import Bot


def test_a_danger_the_model_does_not_know_fails_so_that_the_script_answers(bot: Bot) -> None:
    response = bot.post(forced("danger_unheard_of", level="R3"))

    assert response.json() == {"error": "danger_unknown_to_the_model"}


def test_a_forced_danger_answers_whatever_the_words_are(bot: Bot) -> None:
    answered = bot.answer(forced("danger_suicide", "bonjour", level="R3"))

    assert answered["understood"]["danger"] == {
        "kind": "danger_suicide",
        "level": "R3",
        "subject": "self",
    }
    assert [reply["text"] for reply in answered["replies"]] == ["Appelle le 3114."]


def test_a_forced_danger_keeps_the_facts(bot: Bot) -> None:
    answered = bot.answer(forced("danger_suicide", "jlui ai deja donné 50e en pcs", level="R2"))

    facts = answered["understood"]["facts"]
    assert facts["paid"] == [{"value": "yes", "words": "jlui ai deja donné 50e"}]
    assert facts["amount"] == [{"value": "50 EUR", "words": "50e"}]
    assert facts["payment_method"] == [{"value": "pcs", "words": "pcs"}]


def test_a_danger_of_somebody_else_keeps_its_subject(bot: Bot) -> None:
    body = turn(force={"intent": "danger_suicide", "level": "R2", "subject": "other"})

    assert bot.answer(body)["understood"]["danger"]["subject"] == "other"


@pytest.mark.parametrize(
    ("text", "subject"), [("je veux mourir", "self"), ("ma pote veut mourir", "other")]
)
def test_a_danger_only_the_model_sees_is_r2(bot: Bot, text: str, subject: str) -> None:
    danger = bot.answer(turn(text))["understood"]["danger"]

    assert danger == {"kind": "danger_suicide", "level": "R2", "subject": subject}


def test_a_tap_means_its_intent(bot: Bot) -> None:
    understood = bot.answer(forced("done", "c'est fait"))["understood"]

    assert (understood["intent"], understood["confidence"]) == ("done", 1.0)


def test_a_tap_on_a_choice_of_an_older_bot_counts_by_its_words(bot: Bot) -> None:
    understood = bot.answer(forced("intent_of_last_year", "bonjour"))["understood"]

    assert understood["intent"] == "greet"
