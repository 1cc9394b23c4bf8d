"""What one turn answers: replies with choices and steps, what was understood, what has changed."""

import pytest

from tests.bot.asking import forced, situation, turn
from tests.bot.services import Bot


def test_a_reply_has_text_choices_and_step(bot: Bot) -> None:
    assert bot.answer(turn())["replies"] == [
        {
            "text": "La ligne : étape 1.",
            "choices": [
                {"label": "C'est fait", "text": "c'est fait", "intent": "done"},
                {
                    "label": "Parler à quelqu'un",
                    "text": "parler à quelqu'un",
                    "intent": "ask_human",
                },
            ],
            "step": "dont_pay",
        }
    ]


def test_an_action_offers_some_of_a_responses_choices_in_its_order(bot: Bot) -> None:
    choices = bot.answer(forced("offer"))["replies"][0]["choices"]

    assert [choice["label"] for choice in choices] == ["C'est fait", "Dire bonjour"]


def test_a_response_with_an_sms_variant_speaks_it_by_sms_only(bot: Bot) -> None:
    by_sms, on_the_web = (bot.answer(turn(channel=channel)) for channel in ("sms", "web"))

    assert by_sms["replies"][0]["text"] == "La ligne par SMS : étape 1."
    assert on_the_web["replies"][0]["text"] == "La ligne : étape 1."


def test_a_response_without_an_sms_variant_is_spoken_on_both(bot: Bot) -> None:
    for channel in ("sms", "web"):
        answered = bot.answer(forced("danger_suicide", channel=channel))
        assert answered["replies"][0]["text"] == "Appelle le 3114."


def test_several_replies_keep_their_order(bot: Bot) -> None:
    texts = [reply["text"] for reply in bot.answer(turn("non"))["replies"]]

    assert texts == ["Bonjour.", "La ligne : étape 1."]


def test_the_facts_of_a_message_come_with_the_childs_words(bot: Bot) -> None:
    answered = bot.answer(turn("bonjour, J'ai PAS payé et il menace de tout balancer à 20h"))

    assert answered["understood"]["facts"] == {
        "paid": [{"value": "no", "words": "J'ai PAS payé"}],
        "deadline": [{"value": "2026-11-24T20:00+01:00", "words": "20h"}],
    }


def test_changes_say_what_an_action_changed(bot: Bot) -> None:
    known = {"facts": {}, "crisis": True, "task": "evidence"}
    changes = bot.answer(turn(known=known))["changes"]

    assert changes == {"steps": {"dont_pay": "done"}, "crisis": True, "task": "evidence"}


def test_changes_of_the_turn_before_are_not_told_again(bot: Bot) -> None:
    state = bot.answer(turn())["state"]
    changes = bot.answer(forced("danger_suicide", state=state))["changes"]

    assert changes == {"steps": {}, "crisis": False, "task": None}


def test_a_handoff_is_asked_for_once(bot: Bot) -> None:
    asked = bot.answer(forced("ask_human"))

    assert asked["handoff"] == {"reason": "asked", "urgency": "normal"}
    assert bot.answer(turn(state=asked["state"]))["handoff"] is None


def test_an_event_speaks_without_a_message(bot: Bot) -> None:
    answered = bot.answer(turn("these words are not read", mode="event", event="opened"))

    assert [reply["text"] for reply in answered["replies"]] == ["Bonjour."]
    assert answered["understood"] == {
        "intent": "event_opened",
        "confidence": 1.0,
        "danger_share": None,
        "facts": {},
        "danger": None,
        "readings": [],
        "language": "fr",
    }


def test_an_event_keeps_the_dialogue_going(bot: Bot) -> None:
    state = bot.answer(turn())["state"]
    after = bot.answer(turn(mode="event", event="opened", state=state))

    assert "étape 2" in bot.answer(turn(state=after["state"]))["replies"][0]["text"]


def test_understand_reads_each_text_and_answers_none(bot: Bot) -> None:
    texts = ["je veux mourir", "/restart", "", "jai deja payé 200 balles"]
    answered = bot.answer({"mode": "understand", "texts": texts})

    assert set(answered) == {"understood", "bot_version"}
    intents = [understood["intent"] for understood in answered["understood"]]
    assert (intents[0], len(intents)) == ("danger_suicide", 4)
    assert answered["understood"][0]["danger"]["level"] == "R2"
    assert answered["understood"][3]["facts"]["amount"][0]["value"] == "200 EUR"


def test_understand_leaves_a_deadline_as_it_was_said(bot: Bot) -> None:
    answered = bot.answer({"mode": "understand", "texts": ["il me laisse 2h"]})

    assert answered["understood"][0]["facts"]["deadline"][0]["value"] == "PT2H"


@pytest.mark.parametrize("name", ["La ligne", "Le 3018 {line_3114}"])
def test_what_the_api_gives_is_spoken_as_it_is(bot: Bot, name: str) -> None:
    answered = bot.answer(turn(situation=situation(name)))

    assert answered["replies"][0]["text"] == f"{name} : étape 1."
