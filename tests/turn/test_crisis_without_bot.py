"""In a danger the script says numbers and no step, whatever this message's own words are."""

import httpx
import pytest

from api.conversation import repository
from api.conversation.models import Conversation
from api.house import House
from tests.standins.clock import HandClock
from tests.standins.scripted_bot import ScriptedBot, saying
from tests.talk import Page, answer_due

TAPS = [{"label": "Quelqu'un est près de moi", "text": "près de moi", "intent": "danger_physical"}]


@pytest.fixture
async def page(client: httpx.AsyncClient, house: House) -> Page:
    page = Page(client)
    await page.open()
    await answer_due(house)
    return page


async def only(house: House) -> Conversation:
    async with house.database.read() as session:
        [row] = await repository.waiting(session)
        return row


async def last_of_program(page: Page) -> str:
    return [text for author, text in await page.texts() if author == "bot"][-1]


NUMBERS = {"je veux mourir": "3114", "il me suit": "17"}


@pytest.mark.parametrize("cry", NUMBERS)
async def test_the_next_words_get_no_step(
    page: Page, house: House, bot: ScriptedBot, clock: HandClock, cry: str
) -> None:
    await page.write(cry)
    await answer_due(house)
    bot.failing = "unreachable"
    for words in ("oui", "jai peur"):
        await page.write(words)
        clock.move(seconds=4)
        await answer_due(house)
        assert NUMBERS[cry] in await last_of_program(page)
    assert "dont_pay" not in (await page.thread())["steps"]


async def test_a_tapped_danger_is_seen_without_the_bot(
    page: Page, house: House, bot: ScriptedBot, clock: HandClock
) -> None:
    bot.answer = saying("Qu'est-ce qui se passe ?", choices=TAPS)
    await page.write("slt")
    await answer_due(house)
    bot.failing = "unreachable"
    await page.tap(1)
    clock.move(seconds=4)
    await answer_due(house)
    row = await only(house)
    assert (row.danger_kind, row.danger_level) == ("danger_physical", "R2")
    assert "112" in await last_of_program(page)


async def test_the_danger_of_a_burst_is_kept(
    page: Page, house: House, bot: ScriptedBot, clock: HandClock
) -> None:
    bot.failing = "unreachable"
    await page.write("jve mourir")
    await page.write("ce soir")
    clock.move(seconds=4)
    await answer_due(house)
    assert (await only(house)).danger_level == "R3"


async def test_a_second_r3_of_another_kind_is_answered_at_once(page: Page) -> None:
    await page.write("jvais le faire mtn, adieu")
    await page.write("il est en bas de chez moi")
    assert "17" in await last_of_program(page)


async def test_a_danger_that_the_bot_alone_was_told_reaches_the_desk(
    page: Page, house: House, bot: ScriptedBot
) -> None:
    bot.answer = saying("Merci.", handoff={"reason": "danger"}, changes={"crisis": True})
    await page.write("non")
    await answer_due(house)
    row = await only(house)
    assert (row.danger_kind, row.danger_level, row.crisis) == ("danger_unknown", "R2", True)
