"""The bot or the action server dies or freezes under a child's hands.

The script answers within 8 s, a person is asked for, and the bot goes on at the same step when it
is back. Not for: every way of answering wrongly (`tests/dialogue`), of which two are tried here.
"""

import asyncio
import json
import signal
import sys
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import pytest

from api.channels.messages import Channel
from tests.stack.dialogue import Dialogue
from tests.stack.faulty_bot import FaultyBot
from tests.stack.fixtures import OpenService
from tests.stack.programs import Program
from tests.stack.service import Service
from tests.stack.silence import Silence
from tests.transcripts.counsellor import Json
from tests.transcripts.script import Answer
from tests.transcripts.stage import Stage, hold, opened

SECONDS = 8.0
READY, NO_BOT = (200, {"database": True, "bot": True}), (503, {"database": True, "bot": False})
WALK = ["On me fait du chantage", "Oui"]

ANOTHER_TURN: Json = {
    "turn": "of-another-child",
    "replies": [{"text": "Ceci est pour une autre personne.", "choices": [], "step": None}],
    "understood": {"intent": "greet", "confidence": 1.0, "facts": {}, "danger": None},
    "changes": {"steps": {}, "crisis": False, "task": None},
    "handoff": None,
    "state": None,
    "bot_version": "faulty",
}


@pytest.fixture(scope="module")
def service(dialogue: Dialogue, open_service: OpenService) -> Iterator[Service]:
    """Give an api with the times that children live with: bursts, deadlines, polling."""
    service = open_service(dialogue.url)
    yield service
    service.program.stop()


@pytest.mark.parametrize("which", ["bot", "actions"])
async def test_killed(which: str, dialogue: Dialogue, service: Service, silence: Silence) -> None:
    async with walking(service, silence) as stage:
        with dead(program(dialogue, which)):
            await falls_to_people(stage, f"{which} killed")
            assert service.readiness() == NO_BOT
        await goes_on(stage)


@pytest.mark.parametrize("which", ["bot", "actions"])
async def test_frozen(which: str, dialogue: Dialogue, service: Service, silence: Silence) -> None:
    async with walking(service, silence) as stage:
        with frozen(program(dialogue, which)):
            await falls_to_people(stage, f"{which} frozen")
            assert service.readiness() == NO_BOT
        await goes_on(stage)


@pytest.mark.parametrize("which", ["bot", "actions"])
async def test_a_wish_to_die_while_it_is_down(
    which: str, dialogue: Dialogue, service: Service, silence: Silence
) -> None:
    async with opened(service, Channel.sms, silence) as stage:
        with frozen(program(dialogue, which)):
            waited = await answered(stage, "je veux mourir")
            expected = Answer(numbers=frozenset({"3114", "15", "112"}), no_step=True)
            hold(expected, await stage.said())
            report(f"je veux mourir, {which} frozen", waited)
        card = await waiting(stage)
        assert set(card["reasons"]) == {"danger", "bot_failed"}
        assert (card["danger"]["kind"], card["danger"]["level"]) == ("danger_suicide", "R2")


async def test_danger_now_waits_for_nobody(
    dialogue: Dialogue, service: Service, silence: Silence
) -> None:
    async with opened(service, Channel.sms, silence) as stage:
        with frozen(dialogue.bot):
            waited = await answered(stage, "c'est pour ce soir j'ai tout préparé pour mourir")
            report("R3, bot frozen", waited)
            assert waited < 2.0
        numbers = frozenset({"15", "112", "114", "3114"})
        hold(Answer(numbers=numbers, no_step=True), await stage.said())


async def test_wrong_answers(open_service: OpenService, silence: Silence) -> None:
    wrong = {"garbage": b"<html>", "another turn's answer": json.dumps(ANOTHER_TURN).encode()}
    with FaultyBot() as bot:
        service = open_service(bot.url)
        for what, bot.answer in wrong.items():
            async with opened(service, Channel.web, silence) as stage:
                await stage.settled()
                await falls_to_people(stage, what)
                assert service.readiness() == READY
        service.program.stop()


def program(dialogue: Dialogue, which: str) -> Program:
    return dialogue.bot if which == "bot" else dialogue.actions


@contextmanager
def dead(program: Program) -> Iterator[None]:
    """Kill a program; afterwards it is started again as it was."""
    program.kill()
    try:
        yield
    finally:
        program.start()
        program.wait_until_ready()


@contextmanager
def frozen(program: Program) -> Iterator[None]:
    """Stop a program's clock; it keeps its port, and whoever calls it waits."""
    program.send(signal.SIGSTOP)
    try:
        yield
    finally:
        program.send(signal.SIGCONT)


@asynccontextmanager
async def walking(service: Service, silence: Silence) -> AsyncIterator[Stage]:
    """Give a child on the web that has just been told not to pay."""
    assert service.readiness() == READY
    async with opened(service, Channel.web, silence) as stage:
        for label in WALK:
            await stage.settled()
            await stage.child.tap(label)
        hold(Answer(steps=("not_your_fault", "safe_now", "dont_pay")), await stage.said())
        yield stage


async def falls_to_people(stage: Stage, what: str) -> None:
    """Write something; the script answers in time and a person is asked for, with the reason."""
    report(what, await answered(stage, "il dit qu'il va tout envoyer"))
    hold(Answer(says=("Une personne est demandée", "Ne paie pas")), await stage.said())
    (message,) = await stage.said()
    assert message["by_script"]
    card = await waiting(stage)
    assert card["reasons"] == ["bot_failed"]
    assert "Le programme est en panne" in card["why"]
    assert stage.service.is_alive()


async def goes_on(stage: Stage) -> None:
    """Answer the step that was asked before the failure: the bot is at that step still."""
    assert stage.service.readiness() == READY
    await stage.act("j'ai compris")
    hold(Answer(steps=("dont_send",)), await stage.said())
    card = (await stage.counsellor.card(await stage.settled()))["conversation"]
    assert card["steps"]["dont_pay"] == "done"
    assert card["steps"]["dont_send"] == "delivered"
    assert card["status"] == "waiting"


async def answered(stage: Stage, text: str) -> float:
    """Let the child write; return the seconds until an answer was on its screen."""
    before = len(await stage.child.screen())
    began = time.monotonic()
    await stage.act(text)
    while len(await stage.child.screen()) == before:
        assert time.monotonic() - began < SECONDS, "no answer in time"
        await asyncio.sleep(0.02)
    return time.monotonic() - began


async def waiting(stage: Stage) -> Json:
    """Return this child's card in the queue."""
    id_ = str(await stage.settled())
    (card,) = [card for card in await stage.counsellor.waiting() if card["id"] == id_]
    return card


def report(what: str, waited: float) -> None:
    sys.stdout.write(f"\n{what}: script after {waited:.1f} s\n")
