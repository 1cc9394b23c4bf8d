"""The same message a hundred times at once, over two processes: kept once, answered once.

Twilio repeats a webhook that it believes lost, and a page repeats what it has no answer to; a proxy
may lead each try to another process. Not for: a process that dies in between (`crash`).
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from api.channels.messages import Author, Channel
from api.conversation.models import Contact, Conversation, Message
from tests.loopback import open_client
from tests.proof.conftest import Proved
from tests.stack.fixtures import QUICK, OpenService
from tests.stack.service import Service
from tests.standins.echo_bot import EchoBot, echo
from tests.standins.twilio_control import TwilioControl
from tests.standins.twilio_webhooks import sign
from tests.talk import Page

AT_ONCE = 100
ONCE = "one row, one turn, one reply"
_PATIENCE = httpx.Timeout(60)
# A connection each: nobody queues, and none is used again that the server has just let go of.
_EACH_ITS_OWN = httpx.Limits(max_connections=None, max_keepalive_connections=0)


@dataclass
class Pair:
    """Two processes behind one address, and everybody who knows what they have done."""

    first: Service
    doors: tuple[httpx.AsyncClient, ...]
    bot: EchoBot
    twilio: TwilioControl

    async def all_at_once(self, path: str, **request: Any) -> list[httpx.Response]:  # noqa: ANN401
        """Send one request a hundred times, to both in turn."""
        doors = islice(cycle(self.doors), AT_ONCE)
        return await asyncio.gather(*(door.post(path, **request) for door in doors))

    def asked(self, text: str) -> int:
        return sum(body["text"] == text for body in self.bot.asked)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def both(
    request: pytest.FixtureRequest, open_service: OpenService
) -> Iterator[tuple[Service, Service, EchoBot]]:
    with EchoBot() as bot:
        first = open_service(bot.url, request.param, **QUICK)
        with first.beside() as second:
            yield first, second, bot
        first.program.stop()


@pytest.fixture
async def pair(both: tuple[Service, Service, EchoBot]) -> AsyncIterator[Pair]:
    first, second, bot = both
    control = TwilioControl(first.twilio.url)
    async with _door(first) as one, _door(second) as other:
        yield Pair(first, (one, other), bot, control)
    await control.aclose()


async def test_by_sms(pair: Pair, full: bool, proved: Proved) -> None:  # noqa: FBT001
    rounds = 20 if full else 3
    for number in range(rounds):
        phone, text = f"+3363998{6000 + number}", f"il menace de tout envoyer {number}"
        before = kept(pair)
        answers = await from_twilio(pair, phone, text)
        assert {answer.status_code for answer in answers} == {httpx.codes.OK}
        conversation = pair.first.records.newest(Channel.sms)
        assert conversation is not None
        await answered_once(pair, conversation, text)
        await pair.first.records.settle(conversation)
        # The child's message and its answer, wherever they might have been put.
        assert kept(pair) == [before[0] + 1, before[1] + 1, before[2] + 2]
        created = (await pair.twilio.ledger())["creates"]
        to_phone = [create["form"]["Body"] for create in created if create["form"]["To"] == phone]
        assert sum(echo(text) in body for body in to_phone) == 1
    proved("same-sid", f"{rounds} × {AT_ONCE} times the same MessageSid: {ONCE}")


async def test_on_the_web(pair: Pair, full: bool, proved: Proved) -> None:  # noqa: FBT001
    rounds = 20 if full else 3
    for number in range(rounds):
        page, text = Page(pair.doors[0]), f"il demande encore {number}"
        await page.open()
        content = {"client_id": str(uuid4()), "text": text}
        answers = await pair.all_at_once("/api/chat/messages", json=content, headers=page.headers)
        assert {answer.status_code for answer in answers} == {httpx.codes.ACCEPTED}
        assert len({answer.text for answer in answers}) == 1
        conversation = pair.first.records.newest(Channel.web)
        assert conversation is not None
        await answered_once(pair, conversation, text)
        said = [words for author, words in await page.texts() if author == "bot"]
        assert said.count(echo(text)) == 1
    proved("same-sid", f"{rounds} × {AT_ONCE} times the same client_id: {ONCE}")


def kept(pair: Pair) -> list[int]:
    """Count contacts, conversations and messages."""
    return [pair.first.records.count(table) for table in (Contact, Conversation, Message)]


async def from_twilio(pair: Pair, phone: str, text: str) -> list[httpx.Response]:
    """Post what a phone writes, each time with the very same id and signature."""
    twilio = pair.first.twilio
    sid = f"SM{uuid4().hex}"
    form = {"MessageSid": sid, "From": phone, "To": twilio.number, "Body": text, "NumMedia": "0"}
    headers = {"X-Twilio-Signature": sign(twilio.token, pair.first.inbound, form)}
    path = pair.first.inbound.removeprefix(pair.first.url)
    return await pair.all_at_once(path, data=form, headers=headers)


async def answered_once(pair: Pair, conversation: UUID, text: str) -> None:
    """Hold that one message of the child stands there, and that the bot was asked once for it."""
    # No page is open that could say that it has shown something.
    await pair.first.records.settle(conversation, seconds=20, reached=False)
    assert pair.first.records.by_author(conversation)[Author.minor] == 1
    assert pair.asked(text) == 1


@asynccontextmanager
async def _door(service: Service) -> AsyncIterator[httpx.AsyncClient]:
    async with open_client(service.url, timeout=_PATIENCE, limits=_EACH_ITS_OWN) as client:
        yield client
