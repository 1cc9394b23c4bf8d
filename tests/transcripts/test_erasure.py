"""A conversation is erased: no row, no key, and nothing of it comes back.

Not for: what outlives it by rule (receipts, audit), which `tests/conversation` holds.
"""

import asyncio
from uuid import UUID

import httpx
import pytest

from api.channels.messages import Channel
from api.conversation.models import Conversation, Message
from tests.stack.fixtures import ServiceOn
from tests.stack.records import Records
from tests.stack.service import Service
from tests.stack.silence import Silence
from tests.standins.twilio_control import TwilioControl
from tests.transcripts.children import ChildOnTheWeb, ChildWithAPhone
from tests.transcripts.stage import Stage, opened

NOTHING = {"conversation": 0, "message": 0, "step": 0, "fact": 0}
NOWHERE = "http://127.0.0.1:1/"
ANOTHER_PHONE, MISSED = "+33639982000", "est-ce que quelqu'un peut m'aider ?"


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def service(request: pytest.FixtureRequest, service_on: ServiceOn) -> Service:
    """Give the api on each database. It reads Twilio's list every second."""
    return service_on(request.param)


async def test_erased_by_the_child(service: Service, silence: Silence) -> None:
    async with opened(service, Channel.web, silence) as stage:
        await stage.act("il me demande de l'argent sur snap, j'ai déjà payé 50 euros")
        cards = await stage.counsellor.erased()
        id_, key = await lived(stage)
        assert isinstance(stage.child, ChildOnTheWeb)
        assert (await stage.child.erase()).status_code == httpx.codes.NO_CONTENT
        is_gone(service.records, id_, key)
        assert await still_opens(stage.child) == [401, 404]
        assert await stage.counsellor.erased() == cards


async def test_erased_in_danger_leaves_a_card_without_a_word(
    service: Service, silence: Silence
) -> None:
    async with opened(service, Channel.web, silence) as stage:
        await stage.act("je veux mourir")
        id_, key = await lived(stage)
        assert isinstance(stage.child, ChildOnTheWeb)
        assert (await stage.child.erase()).status_code == httpx.codes.NO_CONTENT
        is_gone(service.records, id_, key)
        card = (await stage.counsellor.erased())[0]
        assert (card["kind"], card["level"]) == ("danger_suicide", "R2")
        assert set(card) == {"id", "channel", "kind", "level", "opened_at", "erased_at"}


async def test_expired_and_offered_again(service: Service, silence: Silence) -> None:
    async with opened(service, Channel.sms, silence) as stage:
        await stage.act("on me fait du chantage depuis hier soir")
        id_, key = await lived(stage)
        service.records.let_expire(id_)
        assert service.relais("purge") == "1 conversation(s) erased.\n"
        is_gone(service.records, id_, key)
        held = [service.records.count(table) for table in (Conversation, Message)]

        assert isinstance(stage.child, ChildWithAPhone)
        control, phone = stage.child.control, stage.child
        again = await control.phone_sends(phone.number, "", sid=phone.last_sid)
        assert again["answer"] == httpx.codes.OK
        assert [service.records.count(table) for table in (Conversation, Message)] == held

        # The list is read: what no webhook brought is found there, beside what was erased.
        await missed(control, service.inbound)
        silence.heard(ANOTHER_PHONE, MISSED)
        await until_there_are(service.records, held[0] + 1)
        is_gone(service.records, id_, key)


async def lived(stage: Stage) -> tuple[UUID, bytes]:
    """Return a conversation with messages, and its sealed key, which is there."""
    id_ = await stage.settled()
    assert len(await stage.said()) > 0
    key = stage.service.records.sealed_under(id_)
    assert key is not None
    assert stage.service.records.holds(key)
    return id_, key


def is_gone(records: Records, id_: UUID, key: bytes) -> None:
    assert records.left_of(id_) == NOTHING
    assert not records.holds(key)
    assert not records.files_hold(key)


async def missed(control: TwilioControl, inbound: str) -> None:
    """Let a phone write while no webhook can be posted."""
    await control.line(webhook=NOWHERE)
    assert (await control.phone_sends(ANOTHER_PHONE, MISSED))["answer"] == 0
    await control.line(webhook=inbound)


async def still_opens(child: ChildOnTheWeb) -> list[int]:
    """Return what the token and the code of a page are answered."""
    client = child.page.client
    thread = await client.get("/api/chat/messages", headers=child.page.headers)
    code = await client.post("/api/chat/resume", json={"code": child.page.code})
    return [thread.status_code, code.status_code]


async def until_there_are(records: Records, conversations: int) -> None:
    async with asyncio.timeout(10):
        while records.count(Conversation) < conversations:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.05)
    assert records.count(Conversation) == conversations
