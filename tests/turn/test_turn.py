"""The life of a message, on both databases: taken in, answered, and never by two voices."""

import asyncio
from uuid import uuid4

import httpx

from api.due import DueTurns
from api.house import House
from tests.standins.clock import HandClock
from tests.standins.scripted_bot import ScriptedBot, saying
from tests.talk import Page, answer_due

STEP_CHOICES = [
    {"label": "C'est fait", "text": "c'est fait", "intent": "done"},
    {"label": "Parler à quelqu'un", "text": "parler à quelqu'un", "intent": "ask_human"},
]


async def opened(client: httpx.AsyncClient, house: House) -> Page:
    page = Page(client)
    await page.open()
    await answer_due(house)
    return page


async def test_a_page_without_a_token_is_refused(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/chat/messages")
    assert answer.status_code == 401
    assert answer.json() == {"error": "Cette conversation n'est plus ouverte ici."}


async def test_an_empty_or_endless_text_is_refused_in_french(
    client: httpx.AsyncClient, house: House
) -> None:
    page = await opened(client, house)
    for text in ("", "   ", "a" * 2001):
        answer = await page.write(text)
        assert answer.status_code == 422
        assert "entre 1 et 2000" in answer.json()["error"]


async def test_the_greeting_is_the_first_message(
    client: httpx.AsyncClient, house: House, bot: ScriptedBot
) -> None:
    bot.answer = saying("Salut.")
    page = await opened(client, house)
    assert await page.texts() == [("bot", "Salut.")]
    assert bot.asked[0].event == "opened"


async def test_the_same_client_id_is_stored_once(client: httpx.AsyncClient, house: House) -> None:
    page = await opened(client, house)
    id_ = str(uuid4())
    first, second = await page.write("slt", id_), await page.write("slt", id_)
    assert first.json() == second.json()
    assert [author for author, _ in await page.texts()].count("minor") == 1


async def test_a_burst_is_answered_once_and_only_after_its_last_message(
    client: httpx.AsyncClient, house: House, bot: ScriptedBot, clock: HandClock
) -> None:
    page = await opened(client, house)
    await page.write("slt")
    await answer_due(house)
    await page.write("jsuis dans la merde")
    clock.move(seconds=1)
    await page.write("grv")
    clock.move(seconds=1)
    assert await answer_due(house) == 0
    clock.move(seconds=0.6)
    assert await answer_due(house) == 1
    assert bot.asked[-1].text == "jsuis dans la merde\ngrv"


async def test_a_tap_forces_its_intent_and_waits_for_nothing(
    client: httpx.AsyncClient, house: House, bot: ScriptedBot
) -> None:
    bot.answer = saying("Ne paie pas.", steps=["dont_pay"], choices=STEP_CHOICES)
    page = await opened(client, house)
    await page.tap(1)
    assert await answer_due(house) == 1
    assert bot.asked[-1].force is not None
    assert (bot.asked[-1].text, bot.asked[-1].force.intent) == ("c'est fait", "done")


async def test_a_choice_that_was_not_offered_is_refused(
    client: httpx.AsyncClient, house: House
) -> None:
    page = await opened(client, house)
    assert (await page.tap(3)).status_code == 422


async def test_a_reply_computed_before_a_takeover_is_dropped(
    client: httpx.AsyncClient, house: House, bot: ScriptedBot
) -> None:
    page = await opened(client, house)
    await page.write("slt")
    bot.gate.clear()
    due = DueTurns(house.turn)
    [lease] = await due.claim(most=1)
    turn = asyncio.create_task(due.do(lease))
    await asyncio.sleep(0)
    await asyncio.sleep(0.05)
    async with house.database.write() as session:
        thread = await house.conversations.lock(session, lease.conversation_id)
        thread.row.holder_version += 1
    bot.gate.set()
    bot.answer = saying("Trop tard.")
    await turn
    assert ("bot", "Trop tard.") not in await page.texts()


async def test_a_worker_whose_lease_ran_out_writes_nothing(
    client: httpx.AsyncClient, house: House, clock: HandClock
) -> None:
    page = await opened(client, house)
    await page.write("slt")
    due = DueTurns(house.turn)
    [stale] = await due.claim(most=1)
    clock.move(minutes=1)
    [fresh] = await due.claim(most=1)
    await due.do(stale)
    assert [author for author, _ in await page.texts()].count("bot") == 1
    await due.do(fresh)
    assert [author for author, _ in await page.texts()].count("bot") == 2


async def test_the_same_message_sent_twice_at_once_is_stored_once(
    client: httpx.AsyncClient, house: House
) -> None:
    page = await opened(client, house)
    id_ = str(uuid4())
    answers = await asyncio.gather(*(page.write("slt", id_) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {202}
    assert [author for author, _ in await page.texts()].count("minor") == 1
