"""A long conversation costs no more than a short one: the 150th turn against the 10th.

With ten messages of full length among them. The bot is scripted, so what is measured is the api:
its statements, counted, and the time of its own processor. A young and an old conversation take
turns, and the quickest of several counts, so that whatever else the machine does decides nothing.
"""

from time import process_time
from typing import Any

import httpx
import pytest
from sqlalchemy import event

from api.channels.webchat_shapes import LONGEST_TEXT
from api.house import House
from tests.standins.clock import HandClock
from tests.standins.scripted_bot import ScriptedBot, saying
from tests.talk import Page, answer_due

# Turns around the 10th and around the 150th; all that are long come in between.
EARLY, LATE = range(5, 20), range(141, 156)
LONG = range(20, 120, 10)
MOST = 1.3
# What else the machine does can only make a turn slower: it may be measured again.
GOES = 3


class Meter:
    """Measures single turns of one conversation."""

    def __init__(self, house: House, page: Page, clock: HandClock) -> None:
        self._house, self._page, self._clock = house, page, clock
        self._statements = 0
        engine = house.database.engine.sync_engine
        event.listen(engine, "before_cursor_execute", self._count)

    async def turn(self, number: int) -> tuple[int, float]:
        """Write, be answered and acknowledge; return statements and seconds."""
        self._clock.move(seconds=30)
        text = "a" * LONGEST_TEXT if number in LONG else f"message {number}"
        before, began = self._statements, process_time()
        seq = (await self._page.write(text)).json()["seq"]
        self._clock.move(seconds=4)
        assert await answer_due(self._house) == 1
        await self._page.thread(after=seq)
        await self._page.seen(seq + 1)
        return self._statements - before, process_time() - began

    def _count(self, *_: object) -> None:
        self._statements += 1


@pytest.fixture
def answering(bot: ScriptedBot) -> ScriptedBot:
    """Answer every turn with a step, a choice and a fact."""
    choices = [{"label": "C'est fait", "text": "c'est fait", "intent": "done"}]
    facts = {"paid": [{"value": "no", "words": "pas payé"}]}
    understood: dict[str, Any] = {"intent": "inform", "confidence": 0.9, "facts": facts}
    bot.answer = saying("Ne paie pas.", steps=["dont_pay"], choices=choices, understood=understood)
    return bot


async def conversation(
    client: httpx.AsyncClient, house: House, clock: HandClock, *, turns: int
) -> Meter:
    page = Page(client)
    await page.open()
    await answer_due(house)
    meter = Meter(house, page, clock)
    for number in range(1, turns + 1):
        await meter.turn(number)
    return meter


@pytest.mark.usefixtures("answering")
async def test_the_150th_turn_costs_what_the_10th_did(
    client: httpx.AsyncClient, house: House, clock: HandClock
) -> None:
    old = await conversation(client, house, clock, turns=LATE[0] - 1)
    measured: list[tuple[tuple[int, float], tuple[int, float]]] = []
    for _ in range(GOES):
        young = await conversation(client, house, clock, turns=EARLY[0] - 1)
        measured += [
            (await young.turn(early), await old.turn(late))
            for early, late in zip(EARLY, LATE, strict=True)
        ]
        assert len({statements for pair in measured for statements, _ in pair}) == 1
        quickest_early = min(seconds for (_, seconds), _ in measured)
        quickest_late = min(seconds for _, (_, seconds) in measured)
        if quickest_late <= MOST * quickest_early:
            return
    pytest.fail(f"the 150th turn took {quickest_late / quickest_early} times as long")
