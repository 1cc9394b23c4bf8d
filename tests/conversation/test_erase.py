"""Erased is erased: no row, no key, no way back; receipts and the audit stay, without a word."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import select

from api.audit.models import Action, AuditRow
from api.channels.messages import Channel
from api.conversation.models import Conversation, ErasedCard
from api.danger.signals import Level
from api.due import DueTurns
from api.errors import NotFoundError
from api.house import House
from tests.conversation.rows import counts, everything
from tests.standins.scripted_bot import ScriptedBot, saying
from tests.talk import PHONE, Page, Phone, answer_due, deliver_due

WORDS = "mot que personne d'autre n'écrit"
DAYS = timedelta(days=1)


@pytest.fixture
async def page(client: httpx.AsyncClient, house: House, bot: ScriptedBot) -> Page:
    """Give a page that has written, told a fact and got a step."""
    bot.answer = saying(
        "Ne paie pas.",
        steps=["dont_pay"],
        understood={
            "intent": "report_payment",
            "confidence": 0.9,
            "facts": {"paid": [{"value": "yes", "words": WORDS}]},
        },
    )
    page = Page(client)
    await page.open()
    await page.write(WORDS)
    await answer_due(house)
    return page


async def erase(client: httpx.AsyncClient, page: Page) -> httpx.Response:
    return await client.delete("/api/chat/conversation", headers=page.headers)


async def one_row(house: House) -> Conversation:
    async with house.database.read() as session:
        return (await session.scalars(select(Conversation))).one()


async def test_without_its_token_nothing_is_erased(client: httpx.AsyncClient, page: Page) -> None:
    assert (await client.delete("/api/chat/conversation")).status_code == 401
    assert (await erase(client, Page(client, "another"))).status_code == 401
    assert ("minor", WORDS) in await page.texts()


async def test_token_and_code_are_dead_afterwards(
    client: httpx.AsyncClient, house: House, page: Page
) -> None:
    assert (await erase(client, page)).status_code == 204
    for call in (
        erase(client, page),
        page.write("t la ?"),
        page.seen(1),
        client.get("/api/chat/messages", headers=page.headers),
    ):
        assert (await call).status_code == 401
    with pytest.raises(NotFoundError):
        async with house.database.write() as session:
            await house.conversations.resume(session, page.code)


async def test_no_row_of_it_is_left_but_the_audit_s(
    client: httpx.AsyncClient, house: House, page: Page
) -> None:
    before = await counts(house)
    assert {"contact", "chat_token", "conversation", "message", "step", "fact"} <= before.keys()
    await erase(client, page)
    assert await counts(house) == {"audit": 1}
    assert WORDS not in " ".join(map(str, await everything(house)))


async def test_another_child_s_conversation_is_untouched(
    client: httpx.AsyncClient, house: House, page: Page
) -> None:
    other = Page(client)
    await other.open()
    await other.write("slt")
    await erase(client, page)
    assert ("minor", "slt") in await other.texts()


async def test_an_earlier_conversation_of_the_same_child_goes_too(
    client: httpx.AsyncClient, house: House, page: Page
) -> None:
    async with house.database.write() as session:
        row = (await session.scalars(select(Conversation))).one()
        house.handoff.expire(await house.conversations.lock(session, row.id))
    await page.write("re")
    assert (await counts(house))["conversation"] == 2
    await erase(client, page)
    assert await counts(house) == {"audit": 2}


async def test_receipts_stay_so_that_a_late_webhook_brings_nothing_back(
    client: httpx.AsyncClient, house: House
) -> None:
    phone, sid = Phone(client), "SM" + "1" * 32
    await phone.write(WORDS, sid=sid)
    await answer_due(house)
    await deliver_due(house)
    row = await one_row(house)
    async with house.database.write() as session:
        await house.conversations.erase(session, row.id, by=Action.erase)
    assert (await phone.write(WORDS, sid=sid)).status_code == 200
    assert await counts(house) == {"audit": 1, "receipt": 2}
    assert PHONE not in " ".join(map(str, await everything(house)))


@pytest.mark.parametrize("asked_already", [False, True])
async def test_a_turn_under_way_writes_nothing_any_more(
    client: httpx.AsyncClient, house: House, page: Page, bot: ScriptedBot, *, asked_already: bool
) -> None:
    await page.write("je veux mourir")
    bot.asked.clear()
    bot.gate.clear()
    due = DueTurns(house.turn)
    [lease] = await due.claim(most=1)
    turn = asyncio.create_task(due.do(lease)) if asked_already else None
    while turn and not bot.asked:  # noqa: ASYNC110 - the bot tells by a list
        await asyncio.sleep(0.01)
    await erase(client, page)
    bot.gate.set()
    await (turn or due.do(lease))
    assert await counts(house) == {"audit": 1, "erased_card": 1}


@pytest.mark.parametrize(("level", "cards"), [("R1", 0), ("R2", 1), ("R3", 1)])
async def test_the_desk_keeps_a_wordless_card_of_an_open_danger(
    client: httpx.AsyncClient, house: House, page: Page, level: str, cards: int
) -> None:
    row = await one_row(house)
    async with house.database.write() as session:
        thread = await house.conversations.lock(session, row.id)
        house.handoff.set_danger(thread, Level(level), "danger_suicide")
    await erase(client, page)
    async with house.database.read() as session:
        kept = (await session.scalars(select(ErasedCard))).all()
    assert len(kept) == cards
    for card in kept:
        assert (card.channel, card.danger_kind, card.danger_level) == (
            Channel.web,
            "danger_suicide",
            level,
        )
        assert card.expires_at - card.erased_at == DAYS * house.helpline.retention.erased_card_days


async def test_the_audit_says_that_it_was_erased_and_by_what(
    client: httpx.AsyncClient, house: House, page: Page
) -> None:
    row = await one_row(house)
    await erase(client, page)
    async with house.database.read() as session:
        kept = (await session.scalars(select(AuditRow))).one()
    assert (kept.action, kept.conversation_id, kept.detail) == (Action.erase, row.id, {})


async def test_its_key_stands_nowhere_any_more(
    client: httpx.AsyncClient, house: House, page: Page
) -> None:
    row = await one_row(house)
    assert row.wrapped_key in await everything(house)
    await erase(client, page)
    assert row.wrapped_key not in await everything(house)
