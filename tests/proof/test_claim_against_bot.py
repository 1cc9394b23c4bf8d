"""A counsellor claims while the bot computes, and while its words are on their way out.

True races over the real store, with a moment drawn at random for each side; how they ended is
counted, so that none passes that did not race. After the claim none of the bot's words appears that
had not left before; the steps of what was dropped are open again.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable
from dataclasses import dataclass, field
from random import uniform
from uuid import UUID

import httpx
import pytest

from api.channels.messages import Author, Channel, Delivery, Outgoing
from api.channels.webchat_out import Page as Stream
from api.conversation.holder import Holder
from api.conversation.models import Message
from api.due import DueTurns
from api.house import House
from tests.desk.serving import Colleague, hire
from tests.proof.conftest import Proved
from tests.proof.voice.seen import Talk, look
from tests.standins.clock import HandClock
from tests.standins.recording_sender import RecordingSender
from tests.standins.scripted_bot import ScriptedBot, saying
from tests.talk import Page, Phone, deliver_due

STEPS = ["dont_pay", "dont_send", "keep_evidence"]
PARTS = saying("Ne paie pas.", "N'envoie rien.", "Garde les preuves.", steps=STEPS)
# Seconds. A claim takes some ten milliseconds, three messages on their way about a hundred.
SLOWEST = 0.02
LEAVING = 0.1
# When the claim comes at the latest, and when the first message begins to leave: before all three,
# and while they do.
RACES = ((0.0, 2 * SLOWEST), (LEAVING, SLOWEST))


class SlowSender(RecordingSender):
    """Takes a moment over each request, and knows which messages it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[UUID] = []

    async def send(self, outgoing: Outgoing, *, author: Author) -> str:
        self.asked.append(UUID(outgoing.reference))
        await a_moment(SLOWEST)
        return await super().send(outgoing, author=author)


@dataclass
class Child:
    """A child on either channel, in a conversation of its own."""

    client: httpx.AsyncClient
    channel: Channel
    number: int
    page: Page = field(init=False)

    async def writes(self, text: str) -> None:
        if self.channel is Channel.sms:
            await Phone(self.client, f"+3363998{self.number:04}").write(text)
            return
        self.page = Page(self.client)
        await self.page.open()
        await self.page.write(text)

    async def reads_of_program(self) -> list[int]:
        """Return the numbers of the program's messages that the page has."""
        if self.channel is Channel.sms:
            return []
        thread = await self.page.thread()
        return [message["seq"] for message in thread["messages"] if message["author"] == "bot"]

    async def is_told(self, house: House) -> list[int]:
        """Return the numbers of the program's messages whose words the live stream gives."""
        news = await Stream(house, self.page.token, 0).news()
        told = [event.data for event in news if event.event == "message"]
        return sorted(one["seq"] for one in told if one["author"] == "bot" and one["text"])

    async def shows_all(self) -> None:
        """Have the page show one after the other, and say so."""
        for seq in await self.reads_of_program():
            await a_moment(SLOWEST)
            await self.page.seen(seq)


@dataclass
class Left:
    """A claim, and how many messages had been asked of the provider when it was answered."""

    camille: Colleague
    conversation: UUID
    sender: SlowSender
    before_the_answer: int = 0

    async def claim(self) -> None:
        assert (await self.camille.post(f"{self.conversation}/claim")).is_success
        self.before_the_answer = len(self.sender.asked)


@pytest.fixture
def sender() -> SlowSender:
    return SlowSender()


@pytest.fixture
async def camille(house: House) -> AsyncIterator[Colleague]:
    colleague = await hire(house, "Camille")
    async with colleague.client:
        yield colleague


@pytest.fixture
def times(*, full: bool) -> int:
    return 200 if full else 8


async def a_moment(longest: float) -> None:
    await asyncio.sleep(uniform(0, longest))  # noqa: S311 - a moment, no secret


async def at_some_moment(deed: Awaitable[object], longest: float = SLOWEST) -> None:
    await a_moment(longest)
    await deed


async def answers(bot: ScriptedBot) -> None:
    bot.gate.set()


async def spoken_to(house: House, child: Child) -> UUID:
    """Have the bot say its three parts; return the conversation."""
    await child.writes("slt")
    due = DueTurns(house.turn)
    [lease] = await due.claim(most=1)
    await due.do(lease)
    return lease.conversation_id


async def of(house: House, conversation: UUID) -> Talk:
    return (await look(house.database))[conversation]


def program(talk: Talk) -> list[Message]:
    return [message for message in talk.messages if message.author is Author.bot]


def raced(left: Counter[int], times: int) -> str:
    """Check that claims came before all three parts and between them; say how often which."""
    between = left[1] + left[2]
    assert left[len(STEPS)] >= times / 2, left
    assert between >= times / 10, left
    return f"{left[len(STEPS)]} with all three left, {between} with one or two, {left[0]} too late"


def held_by_nobody_else(talk: Talk) -> None:
    """Check that a person holds, and that the ledger says of each step what became of its words."""
    assert talk.row.holder is Holder.with_counsellor
    for message in program(talk):
        dropped = message.delivery is Delivery.dropped
        states = ("pending",) if dropped else ("sent", "delivered")
        assert all(talk.steps[name] in states for name in message.steps)


@pytest.mark.parametrize("channel", Channel)
async def test_while_it_computes(
    *,
    client: httpx.AsyncClient,
    house: House,
    bot: ScriptedBot,
    clock: HandClock,
    sender: SlowSender,
    camille: Colleague,
    channel: Channel,
    times: int,
    proved: Proved,
) -> None:
    bot.answer, written = PARTS, 0
    for number in range(times):
        clock.move(seconds=1)
        child = Child(client, channel, number)
        await child.writes("slt")
        due = DueTurns(house.turn)
        [lease] = await due.claim(most=1)
        bot.gate.clear()
        turn = asyncio.create_task(due.do(lease))
        claim = camille.post(f"{lease.conversation_id}/claim")
        # Either side has the better chance half of the time.
        sooner, later = (SLOWEST, 4 * SLOWEST)[:: 1 if number % 2 else -1]
        await asyncio.gather(at_some_moment(claim, sooner), at_some_moment(answers(bot), later))
        await turn
        talk = await of(house, lease.conversation_id)
        held_by_nobody_else(talk)
        assert {message.delivery for message in program(talk)} <= {Delivery.dropped}
        assert await deliver_due(house) == 0
        assert await child.reads_of_program() == []
        written += bool(program(talk))
    assert sender.asked == []
    assert times / 10 <= written <= times * 9 / 10
    proved("claim-against-bot", f"{times} while it computes: {written} dropped, none appeared")


async def test_while_its_sms_leave(
    *,
    client: httpx.AsyncClient,
    house: House,
    bot: ScriptedBot,
    clock: HandClock,
    sender: SlowSender,
    camille: Colleague,
    times: int,
    proved: Proved,
) -> None:
    bot.answer, rounds = PARTS, Counter[int]()
    for number, (claimed, begun) in enumerate(RACES * times):
        clock.move(seconds=1)
        sender.asked.clear()
        conversation = await spoken_to(house, Child(client, Channel.sms, number))
        left = Left(camille, conversation, sender)
        leaving = at_some_moment(deliver_due(house), begun)
        await asyncio.gather(leaving, at_some_moment(left.claim(), claimed))
        await deliver_due(house)
        talk = await of(house, conversation)
        held_by_nobody_else(talk)
        gone = {m.id for m in program(talk) if m.delivery is Delivery.dropped}
        assert sender.asked == [m.id for m in program(talk) if m.id not in gone]
        assert len(sender.asked) == left.before_the_answer
        rounds[len(gone)] += 1
    how = raced(rounds, times)
    proved("claim-against-bot", f"{rounds.total()} as SMS leave: {how}; the others dropped")


async def test_while_the_page_shows_them(
    *,
    client: httpx.AsyncClient,
    house: House,
    bot: ScriptedBot,
    clock: HandClock,
    camille: Colleague,
    times: int,
    proved: Proved,
) -> None:
    bot.answer, rounds = PARTS, Counter[int]()
    for number, (claimed, begun) in enumerate(RACES * times):
        clock.move(seconds=1)
        child = Child(client, Channel.web, number)
        conversation = await spoken_to(house, child)
        claim = camille.post(f"{conversation}/claim")
        showing = at_some_moment(child.shows_all(), begun)
        await asyncio.gather(showing, at_some_moment(claim, claimed))
        talk = await of(house, conversation)
        held_by_nobody_else(talk)
        shown = [m.seq for m in program(talk) if m.delivery is Delivery.delivered]
        assert await child.reads_of_program() == shown
        assert await child.is_told(house) == shown
        gone = [m for m in program(talk) if m.delivery is Delivery.dropped]
        assert len(shown) + len(gone) == len(STEPS)
        rounds[len(gone)] += 1
    how = raced(rounds, times)
    proved("claim-against-bot", f"{rounds.total()} on the page: {how}; the others dropped")
