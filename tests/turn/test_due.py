"""When a turn is due: what must not wait is put off by nothing that follows it."""

import asyncio

import httpx
import pytest

from api import lease
from api.due import DueTurns
from api.house import House
from tests.standins.clock import HandClock
from tests.standins.scripted_bot import ScriptedBot
from tests.talk import Page, Phone, answer_due


@pytest.fixture
async def page(client: httpx.AsyncClient, house: House) -> Page:
    page = Page(client)
    await page.open()
    await answer_due(house)
    await page.write("slt")
    await answer_due(house)
    return page


async def test_a_danger_is_not_put_off_by_the_words_that_follow(page: Page, house: House) -> None:
    await page.write("je veux mourir")
    await page.write("jen peux plus")
    assert await answer_due(house) == 1


async def test_a_first_sms_is_not_put_off_by_the_next(
    client: httpx.AsyncClient, house: House
) -> None:
    await Phone(client).write("slt")
    await Phone(client).write("ya qqn")
    assert await answer_due(house) == 1


async def test_a_renewed_turn_is_kept_and_one_that_passed_on_is_not(
    page: Page, house: House, clock: HandClock, bot: ScriptedBot
) -> None:
    await page.write("je veux mourir")
    due, asked = DueTurns(house.turn), len(bot.asked)
    [mine] = await due.claim(most=1)
    clock.move(seconds=1.5)
    await due.renew([mine])
    clock.move(seconds=1.5)
    assert await due.claim(most=1) == []
    clock.move(seconds=1.5)
    [another] = await due.claim(most=1)
    clock.move(seconds=1.5)
    await due.renew([mine])
    await due.do(mine)
    assert len(bot.asked) == asked + 1
    assert len(await page.texts()) == 4
    await due.do(another)
    assert len(await page.texts()) == 5


async def test_what_is_leased_is_next_when_its_lease_runs_out(
    page: Page, house: House, clock: HandClock
) -> None:
    await page.write("je veux mourir")
    due = DueTurns(house.turn)
    assert await due.next_at() == clock.now()
    await due.claim(most=1)
    assert await due.next_at() == clock.now() + lease.LASTS


async def test_a_danger_written_during_a_turn_is_answered_at_once_after_it(
    page: Page, house: House, bot: ScriptedBot, clock: HandClock
) -> None:
    await page.write("ok")
    clock.move(seconds=2)
    bot.gate.clear()
    due = DueTurns(house.turn)
    [lease] = await due.claim(most=1)
    turn = asyncio.create_task(due.do(lease))
    await page.write("je veux mourir")
    bot.gate.set()
    await turn
    assert await answer_due(house) == 1
    assert bot.asked[-1].force is not None
