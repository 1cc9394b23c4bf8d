"""The bot is down, slow or wrong: the script answers, a person is asked for, nothing is lost."""

import httpx
import pytest

from api.house import House
from tests.standins.clock import HandClock
from tests.standins.scripted_bot import ScriptedBot, saying
from tests.talk import Page, answer_due

MISSION = ("dont_pay", "dont_send", "keep_evidence", "contact_3018")


@pytest.fixture
async def page(client: httpx.AsyncClient, house: House) -> Page:
    page = Page(client)
    await page.open()
    await answer_due(house)
    return page


async def said(page: Page) -> list[str]:
    """Return what the program said after the greeting."""
    return [text for author, text in await page.texts() if author == "bot"][1:]


async def test_the_greeting_comes_without_a_bot(
    client: httpx.AsyncClient, house: House, bot: ScriptedBot
) -> None:
    bot.failing = "unreachable"
    page = Page(client)
    await page.open()
    await answer_due(house)
    thread = await page.thread()
    assert "un programme" in thread["messages"][0]["text"]
    assert thread["status"] == "with_bot"


async def test_the_generic_text_comes_once_then_a_short_line_then_silence(
    page: Page, house: House, bot: ScriptedBot, clock: HandClock
) -> None:
    bot.failing = "too_late"
    for text in ("slt", "allo", "t la ?"):
        await page.write(text)
        clock.move(seconds=4)
        await answer_due(house)
    generic, short = await said(page)
    assert "Ne paie pas" in generic
    assert "3018" in generic
    assert "bien arrivé" in short
    clock.move(minutes=6)
    await page.write("allo ??")
    clock.move(seconds=4)
    await answer_due(house)
    assert len(await said(page)) == 3


async def test_a_person_is_asked_for_and_the_steps_said_count(
    page: Page, house: House, bot: ScriptedBot
) -> None:
    bot.failing = "status_502"
    await page.write("slt")
    await answer_due(house)
    thread = await page.thread()
    assert thread["status"] == "waiting"
    assert dict.fromkeys(MISSION, "sent").items() <= thread["steps"].items()


async def test_the_bot_is_asked_again_only_while_the_script_can_still_be_in_time(
    page: Page, house: House, bot: ScriptedBot, clock: HandClock
) -> None:
    bot.failing = "unreachable"
    bot.asked.clear()
    await page.write("slt")
    await answer_due(house)
    assert len(bot.asked) == 2
    await page.write("allo")
    clock.move(seconds=5)
    await answer_due(house)
    assert len(bot.asked) == 3


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("je veux mourir", ("3114", "15")),
        ("il est en bas de chez moi", ("17", "112", "114")),
        ("mon père me frappe", ("119",)),
    ],
)
async def test_danger_is_answered_without_a_bot(
    page: Page, house: House, bot: ScriptedBot, text: str, numbers: tuple[str, ...]
) -> None:
    bot.failing = "unreachable"
    await page.write(text)
    await answer_due(house)
    [answer] = await said(page)
    assert all(number in answer for number in numbers)
    assert "paie" not in answer
    assert (await page.thread())["status"] == "waiting"


async def test_the_bot_goes_on_when_it_is_back(
    page: Page, house: House, bot: ScriptedBot, clock: HandClock
) -> None:
    bot.answer = saying("Ne paie pas.", steps=["dont_pay"])
    await page.write("slt")
    await answer_due(house)
    bot.failing = "unreachable"
    await page.write("ok")
    clock.move(seconds=4)
    await answer_due(house)
    bot.failing = None
    await page.write("t la ?")
    clock.move(seconds=4)
    await answer_due(house)
    assert bot.asked[-1].state == "state"
    assert bot.asked[-1].known.steps["dont_pay"] == "sent"
