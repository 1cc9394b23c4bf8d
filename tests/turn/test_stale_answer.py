"""An answer that does not know what has happened meanwhile is dropped; an odd one is replaced."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace

import httpx
import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversation.thread import Thread
from api.database import Database
from api.dialogue.shapes import TurnAnswer
from api.dialogue.voice import Voice
from api.dialogue.work import Work
from api.due import DueTurns
from api.house import House
from tests.standins.clock import HandClock
from tests.standins.scripted_bot import ScriptedBot, saying
from tests.talk import Page, answer_due


class Mumbling(Voice):
    """A voice that breaks on whatever the bot answers."""

    async def speak(self, thread: Thread, work: Work, answer: TurnAnswer) -> None:
        raise KeyError


@pytest.fixture
async def waiting(client: httpx.AsyncClient, house: House, bot: ScriptedBot) -> Page:
    """Give a page whose child waits for a person."""
    page = Page(client)
    await page.open()
    await answer_due(house)
    bot.answer = saying("Je demande.", handoff={"reason": "asked"})
    await page.write("un humain stp")
    await answer_due(house)
    return page


async def during_a_turn(
    house: House, bot: ScriptedBot, happen: Callable[[], Awaitable[object]]
) -> None:
    """Let `happen` happen while the bot is thinking."""
    bot.gate.clear()
    due = DueTurns(house.turn)
    [lease] = await due.claim(most=1)
    turn = asyncio.create_task(due.do(lease))
    await asyncio.sleep(0.05)
    await happen()
    bot.gate.set()
    await turn


@pytest.mark.parametrize("cry", ["je veux mourir", "jvais le faire mtn, adieu"])
async def test_no_step_after_a_danger_that_the_turn_did_not_know(
    waiting: Page, house: House, bot: ScriptedBot, clock: HandClock, cry: str
) -> None:
    bot.answer = saying("Ne paie pas.", steps=["dont_pay"], changes={"crisis": False})
    await waiting.write("ok")
    clock.move(seconds=2)
    await during_a_turn(house, bot, lambda: waiting.write(cry))
    assert ("bot", "Ne paie pas.") not in await waiting.texts()
    clock.move(seconds=4)
    await answer_due(house)
    assert bot.asked[-1].known.crisis


async def test_an_answer_that_cannot_be_written_is_replaced_by_the_script(
    waiting: Page, house: House, clock: HandClock
) -> None:
    voice = Mumbling(house.script, house.handoff)
    mumbling = replace(house, turn=replace(house.turn, voice=voice))
    await waiting.write("ok")
    clock.move(seconds=2)
    assert await answer_due(mumbling) == 1
    assert "Ne paie pas" in (await waiting.texts())[-1][1]


async def test_what_the_bot_could_not_read_is_read_later(
    waiting: Page, house: House, bot: ScriptedBot, clock: HandClock
) -> None:
    bot.failing = "unreachable"
    await waiting.write("jvais le faire mtn, adieu")
    await answer_due(house)
    bot.failing = None
    bot.reading = [{"intent": "greet", "confidence": 1, "facts": {"paid": [{"value": "yes"}]}}]
    clock.move(seconds=16)
    await answer_due(house)
    await waiting.write("slt")
    clock.move(seconds=4)
    await answer_due(house)
    assert "paid" in bot.asked[-1].known.facts


async def test_a_turn_whose_commit_nobody_heard_of_is_not_answered_again(
    waiting: Page, house: House, clock: HandClock
) -> None:
    await waiting.write("ok")
    clock.move(seconds=2)
    turn = replace(house.turn, database=Unheard(house.database))  # type: ignore[arg-type]
    [lease] = await DueTurns(house.turn).claim(most=1)
    before = len(await waiting.texts())
    await turn.answer(lease)
    assert len(await waiting.texts()) == before + 1


class Unheard:
    """A database that loses the news of its first commit."""

    def __init__(self, database: Database) -> None:
        self._database, self._lost = database, False
        self.read = database.read

    @asynccontextmanager
    async def write(self) -> AsyncIterator[AsyncSession]:
        async with self._database.write() as session:
            yield session
        if not self._lost:
            self._lost = True
            raise ConnectionError
