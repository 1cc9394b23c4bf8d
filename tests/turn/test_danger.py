"""Danger in a message: seen before the model, whoever holds; never lowered by what comes next."""

import httpx
import pytest

from api.conversation import repository
from api.house import House
from tests.standins.clock import HandClock
from tests.standins.scripted_bot import ScriptedBot, saying
from tests.talk import Page, Phone, answer_due


@pytest.fixture
async def page(client: httpx.AsyncClient, house: House) -> Page:
    page = Page(client)
    await page.open()
    await answer_due(house)
    return page


async def test_a_new_r3_is_answered_in_the_same_transaction(page: Page, bot: ScriptedBot) -> None:
    asked = len(bot.asked)
    await page.write("jvais le faire mtn, adieu")
    *_, (author, text) = await page.texts()
    assert author == "bot"
    assert "15" in text
    assert len(bot.asked) == asked


async def test_r2_is_forced_and_waits_for_no_burst(
    page: Page, house: House, bot: ScriptedBot
) -> None:
    await page.write("slt")
    await answer_due(house)
    await page.write("jve mourir")
    assert await answer_due(house) == 1
    request = bot.asked[-1]
    assert request.force is not None
    assert (request.force.intent, request.force.level) == ("danger_suicide", "R2")
    assert request.known.crisis
    assert (await page.thread())["status"] == "waiting"


async def test_what_is_in_progress_is_seen_across_messages(page: Page, house: House) -> None:
    await page.write("jve mourir")
    await answer_due(house)
    await page.write("jvais le faire ce soir")
    *_, (author, text) = await page.texts()
    assert (author, "15" in text) == ("bot", True)


async def test_the_model_sees_danger_that_the_phrases_do_not(
    page: Page, house: House, bot: ScriptedBot
) -> None:
    bot.answer = saying(
        "Merci de me le dire.",
        understood={
            "intent": "danger_home",
            "confidence": 0.8,
            "danger": {"kind": "danger_home", "level": "R2", "subject": "self"},
        },
    )
    await page.write("blabla")
    await answer_due(house)
    assert (await page.thread())["status"] == "waiting"


async def test_the_next_message_lowers_nothing(page: Page, house: House, bot: ScriptedBot) -> None:
    await page.write("je veux mourir")
    await answer_due(house)
    await page.write("non c bon laisse")
    bot.answer = saying("D'accord.", handoff={"reason": "declined"})
    await answer_due(house)
    assert bot.asked[-1].known.danger is not None
    assert (await page.thread())["status"] == "waiting"


async def test_the_child_may_decline_where_there_is_no_danger(
    page: Page, house: House, bot: ScriptedBot, clock: HandClock
) -> None:
    bot.answer = saying("Je demande.", handoff={"reason": "asked"})
    await page.write("un humain stp")
    await answer_due(house)
    assert (await page.thread())["status"] == "waiting"
    bot.answer = saying("D'accord.", handoff={"reason": "declined"})
    await page.write("non c bon")
    clock.move(seconds=4)
    await answer_due(house)
    assert (await page.thread())["status"] == "with_bot"


async def test_crisis_ends_by_the_dialogue_but_never_in_an_r3(
    page: Page, house: House, bot: ScriptedBot
) -> None:
    bot.answer = saying("D'accord.", changes={"crisis": False})
    await page.write("je veux mourir")
    await answer_due(house)
    await page.write("adieu je le fais maintenant")
    await page.write("non ca va")
    await answer_due(house)
    async with house.database.read() as session:
        [row] = await repository.waiting(session)
        assert (row.danger_level, row.crisis) == ("R3", True)


async def test_danger_by_sms_reaches_the_desk_and_the_phone(
    client: httpx.AsyncClient, house: House
) -> None:
    assert (await Phone(client).write("je veux mourir maintenant")).status_code == 200
    async with house.database.read() as session:
        [row] = await repository.waiting(session)
        assert row.reasons == ["danger"]
        thread = house.conversations.thread(session, row)
        assert "mourir" in (thread.unseal("danger_words", row.danger_words) or "")
