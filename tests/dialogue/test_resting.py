"""A bot that keeps failing is left alone, and found again when it is back."""

import pytest

from api.dialogue.client import BotFailedError
from api.dialogue.resting import RestingBot
from tests.standins.clock import HandClock
from tests.standins.scripted_bot import ScriptedBot


async def test_after_three_failures_it_is_asked_once_in_a_while(
    bot: ScriptedBot, clock: HandClock
) -> None:
    resting = RestingBot(bot, clock)
    bot.failing = "too_late"
    whys = []
    for seconds in (0, 0, 0, 0, 6, 0):
        clock.move(seconds=seconds)
        with pytest.raises(BotFailedError) as failure:
            await resting.understand(["slt"])
        whys.append(failure.value.why)
    assert whys == ["too_late", "too_late", "too_late", "resting", "too_late", "resting"]


async def test_one_that_says_it_is_ready_is_asked_at_once(
    bot: ScriptedBot, clock: HandClock
) -> None:
    resting = RestingBot(bot, clock)
    bot.failing = "unreachable"
    for _ in range(3):
        with pytest.raises(BotFailedError):
            await resting.understand(["slt"])
    bot.failing = None
    assert await resting.ready()
    assert len(await resting.understand(["slt"])) == 1
