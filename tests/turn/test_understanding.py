"""What a list shows of a message is what a conversation would keep of it, whoever holds it."""

from typing import Any

import httpx
import pytest

from api.danger.phrases import load
from api.dialogue.shapes import Understood
from api.house import House
from api.understanding.meaning import meaning
from tests.desk.serving import Colleague, hire
from tests.standins.scripted_bot import ScriptedBot, saying
from tests.talk import Page, answer_due

Json = dict[str, Any]


def read(level: str, words: str | None, kind: str = "danger_home") -> Json:
    """Return a danger as the model reads it; an older one points at no words."""
    pointed = {} if words is None else {"words": words}
    return {"kind": kind, "level": level, "subject": "self", **pointed}


def stands(kind: str, level: str, words: str, seen_by: str) -> Json:
    return {"kind": kind, "level": level, "subject": "self", "words": words, "seen_by": seen_by}


@pytest.fixture
async def page(house: House, client: httpx.AsyncClient) -> Page:
    """Open a conversation, which the bot has greeted."""
    page = Page(client)
    await page.open()
    await answer_due(house)
    return page


@pytest.fixture
async def camille(house: House) -> Colleague:
    return await hire(house, "Camille")


async def only_card(colleague: Colleague) -> Json:
    [card] = (await colleague.get()).json()["conversations"]
    found: Json = card
    return found


async def take(colleague: Colleague) -> None:
    await colleague.post(f"{(await only_card(colleague))['id']}/claim")


SUICIDE, HOME, DIES = "danger_suicide", "danger_home", "je veux mourir"
TOGETHER = [
    ("slt", None, None),
    (f"bon {DIES}", None, stands(SUICIDE, "R2", DIES, "phrases")),
    (f"bon {DIES}", read("R1", "bon"), stands(SUICIDE, "R2", DIES, "phrases")),
    (f"bon {DIES}", read("R2", "bon"), stands(SUICIDE, "R2", DIES, "both")),
    (f"bon {DIES}", read("R3", "bon"), stands(HOME, "R3", "bon", "model")),
    ("le soir ça barde", read("R2", "ça barde"), stands(HOME, "R2", "ça barde", "model")),
    ("le soir ça barde", read("R2", None), stands(HOME, "R2", "le soir ça barde", "model")),
]


@pytest.mark.parametrize(("text", "by_model", "danger"), TOGETHER)
def test_both_layers_are_understood_together(
    text: str, by_model: Json | None, danger: Json | None
) -> None:
    model = {"intent": "greet", "confidence": 0.5, "language": "fr", "danger": by_model}
    facts = {"amount": [{"value": "50 EUR", "words": "50e"}]}
    said = meaning(text, Understood.model_validate({**model, "facts": facts}), load())
    # A danger that stands is the intent, as in a turn; that of reviewed phrases is certain.
    intent = {"intent": danger["kind"]} if danger else {}
    if danger and danger["seen_by"] != "model":
        intent["confidence"] = 1.0
    assert said == {**model, "facts": facts, **intent, "danger": danger}


def test_distress_leaves_the_intent_to_the_model() -> None:
    model = Understood(intent="ask_parents", confidence=0.5)
    said = meaning("jsuis mort si mes parents voient", model, load())
    assert (said["intent"], said["confidence"]) == ("ask_parents", 0.5)
    assert (said["danger"]["level"], said["danger"]["seen_by"]) == ("R1", "phrases")


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize(("text", "by_model", "danger"), TOGETHER)
async def test_a_conversation_keeps_what_the_list_shows(
    text: str,
    by_model: Json | None,
    danger: Json | None,
    *,
    held: bool,
    house: House,
    page: Page,
    camille: Colleague,
    bot: ScriptedBot,
) -> None:
    if held:
        await take(camille)
    understood = {"intent": "greet", "confidence": 0.5, "danger": by_model}
    bot.answer, bot.reading = saying("D'accord.", understood=understood), [understood]
    await page.write(text)
    await answer_due(house)
    card = await only_card(camille)
    # The desk names who saw it first: the phrases, before the model was asked.
    kept = danger and {**danger, "seen_by": danger["seen_by"].replace("both", "phrases")}
    assert card["danger"] == kept


@pytest.mark.parametrize("held", [False, True])
async def test_a_danger_is_kept_that_the_phrases_see_only_with_what_stands_by_then(
    *, held: bool, house: House, page: Page, camille: Colleague, bot: ScriptedBot
) -> None:
    if held:
        await take(camille)
    calm, tonight = {"intent": "greet", "confidence": 0.5}, read("R3", "ce soir", SUICIDE)
    bot.answer = saying("Appelle.", understood={**calm, "danger": tonight})
    bot.reading = [{**calm, "danger": tonight}, calm]
    await page.write("ce soir")
    await page.write(DIES)
    await answer_due(house)
    card = await only_card(camille)
    assert (card["danger"]["kind"], card["danger"]["level"]) == (SUICIDE, "R3")


IN_FRONT = "il arrive"
READ_AS = {"intent": "greet", "confidence": 0.5}
HINTS = [
    pytest.param(0.01, None, id="the model excludes it"),
    pytest.param(0.3, "R3", id="it may be"),
    pytest.param(None, "R3", id="an older bot does not say"),
]


@pytest.mark.parametrize("held", [False, True])
@pytest.mark.parametrize(("share", "level"), HINTS)
async def test_a_hint_stands_unless_the_model_excludes_a_danger(
    share: float | None,
    level: str | None,
    *,
    held: bool,
    house: House,
    page: Page,
    camille: Colleague,
    bot: ScriptedBot,
) -> None:
    if held:
        await take(camille)
    bot.reading = [{**READ_AS, "danger_share": share}]
    await page.write(IN_FRONT)
    await answer_due(house)
    card = await only_card(camille)
    assert (card["danger"] and card["danger"]["level"]) == level
    said = meaning(IN_FRONT, Understood.model_validate(bot.reading[0]), load())
    assert (said["danger"] and said["danger"]["level"]) == level
    if not held:
        force = bot.asked[-1].force
        assert (force and force.level) == level


@pytest.mark.parametrize("held", [False, True])
async def test_a_hint_stands_where_the_bot_fails(
    *, held: bool, house: House, page: Page, camille: Colleague, bot: ScriptedBot
) -> None:
    if held:
        await take(camille)
    bot.failing = "unreachable"
    await page.write(IN_FRONT)
    await answer_due(house)
    card = await only_card(camille)
    assert (card["danger"]["level"], card["danger"]["seen_by"]) == ("R3", "phrases")
    if not held:
        (author, text) = (await page.texts())[-1]
        assert author == "bot"
        assert "17" in text


async def test_a_hint_stands_where_one_of_its_messages_may_be_a_danger(
    house: House, page: Page, camille: Colleague, bot: ScriptedBot
) -> None:
    bot.reading = [{**READ_AS, "danger_share": share} for share in (0.0, 0.9)]
    await page.write("il veut 200e")
    await page.write(IN_FRONT)
    await answer_due(house)
    card = await only_card(camille)
    assert (card["danger"]["level"], card["danger"]["seen_by"]) == ("R3", "phrases")


async def test_nothing_is_excluded_once_a_danger_stands(
    house: House, page: Page, camille: Colleague, bot: ScriptedBot
) -> None:
    bot.reading = [{**READ_AS, "danger_share": 0.0}]
    await page.write(DIES)
    await answer_due(house)
    await page.write("merci a vous adieu")
    card = await only_card(camille)
    assert (card["danger"]["kind"], card["danger"]["level"]) == (SUICIDE, "R3")


async def test_a_hint_stands_whatever_weighing_it_fails_at(
    house: House, page: Page, camille: Colleague, bot: ScriptedBot
) -> None:
    bot.reading = [{"intent": None}]
    await page.write(IN_FRONT)
    await answer_due(house)
    card = await only_card(camille)
    assert card["danger"]["level"] == "R3"
