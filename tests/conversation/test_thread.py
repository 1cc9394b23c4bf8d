"""The thread: messages in one order, sealed to their place, each change counted."""

import asyncio
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import select

from api.channels.messages import Author, Channel, Choice, Delivery
from api.conversation import repository
from api.conversation.models import Message
from api.conversation.thread import Body, Thread, Written, first_delivery
from api.house import House
from api.vault.sealing import SealBrokenError
from tests.conversation.rows import everything
from tests.talk import PHONE, Page, Phone, answer_due

WORDS = "mot jamais écrit ailleurs"


@pytest.fixture
async def conversation(house: House) -> UUID:
    async with house.database.write() as session:
        return (await house.conversations.admit(session)).conversation_id


async def append(house: House, conversation: UUID, text: str) -> Message:
    async with house.database.write() as session:
        thread = await house.conversations.lock(session, conversation)
        return thread.append(Written(Author.minor, Body(text)))


async def messages(house: House, conversation: UUID) -> list[Message]:
    async with house.database.read() as session:
        return list(await repository.messages_since(session, conversation))


async def thread_of(house: House, conversation: UUID) -> Thread:
    async with house.database.read() as session:
        row = await repository.get(session, conversation)
        assert row is not None
        return house.conversations.thread(session, row)


async def test_a_text_moved_to_another_message_does_not_open(
    house: House, conversation: UUID
) -> None:
    first = await append(house, conversation, "un")
    second = await append(house, conversation, "deux")
    thread = await thread_of(house, conversation)
    first.body = second.body
    with pytest.raises(SealBrokenError):
        thread.read(first)


async def test_a_value_of_the_row_moved_to_another_column_does_not_open(
    house: House, conversation: UUID
) -> None:
    thread = await thread_of(house, conversation)
    sealed = thread.seal("address", PHONE)
    assert thread.unseal("address", sealed) == PHONE
    with pytest.raises(SealBrokenError):
        thread.unseal("state", sealed)


async def test_no_word_and_no_number_stands_readable_anywhere(
    house: House, client: httpx.AsyncClient
) -> None:
    page = Page(client)
    await page.open()
    await page.write(WORDS)
    await Phone(client).write(WORDS)
    await answer_due(house)
    stored = " ".join(map(str, await everything(house)))
    assert not [word for word in (WORDS, PHONE, page.token, page.code) if word in stored]


async def test_nothing_of_a_message_shows_in_its_shape(house: House, conversation: UUID) -> None:
    choices = (Choice("Oui", WORDS, "affirm"),)
    written = Written(Author.minor, Body(WORDS, choices))
    assert WORDS not in repr(written)


async def test_simultaneous_messages_get_numbers_of_their_own(
    house: House, conversation: UUID
) -> None:
    await asyncio.gather(*(append(house, conversation, str(n)) for n in range(8)))
    kept = await messages(house, conversation)
    assert [message.seq for message in kept] == list(range(1, 9))
    assert len({message.revision for message in kept}) == 8


async def test_simultaneous_posts_of_one_page_get_numbers_of_their_own(
    house: House, client: httpx.AsyncClient
) -> None:
    page = Page(client)
    await page.open()
    answers = await asyncio.gather(*(page.write(f"{n}") for n in range(6)))
    assert sorted(answer.json()["seq"] for answer in answers) == list(range(1, 7))


async def test_the_same_message_posted_twice_at_once_is_stored_once(
    house: House, client: httpx.AsyncClient
) -> None:
    page, id_ = Page(client), str(uuid4())
    await page.open()
    answers = await asyncio.gather(*(page.write("slt", id_) for _ in range(3)))
    assert {(answer.status_code, answer.json()["seq"]) for answer in answers} == {(202, 1)}
    assert len(await page.texts()) == 1


async def test_every_visible_change_counts_and_no_number_changes(
    house: House, conversation: UUID
) -> None:
    await append(house, conversation, "un")
    await append(house, conversation, "deux")
    async with house.database.write() as session:
        thread = await house.conversations.lock(session, conversation)
        first = await session.scalar(select(Message).where(Message.seq == 1))
        assert first is not None
        before = thread.row.revision
        thread.mark(first, Delivery.delivered)
    kept = await messages(house, conversation)
    assert [message.seq for message in kept] == [1, 2]
    assert kept[0].revision == before + 1


async def test_what_a_transaction_touched_is_announced_only_after_its_commit(
    house: House, conversation: UUID
) -> None:
    async with house.bus.listen(conversation) as listener:
        async with house.database.write() as session:
            thread = await house.conversations.lock(session, conversation)
            thread.append(Written(Author.minor, Body("slt")))
            assert await listener.hints(0.01) == []
        assert len(await listener.hints(1)) == 1


async def test_a_message_says_what_it_said(house: House, conversation: UUID) -> None:
    choice = Choice("C'est fait", "c'est fait", "done")
    body = Body("Garde les preuves. 💙", (choice,))
    async with house.database.write() as session:
        thread = await house.conversations.lock(session, conversation)
        message = thread.append(Written(Author.bot, body))
        assert thread.read(message) == body


@pytest.mark.parametrize(
    ("channel", "author", "delivery"),
    [
        (Channel.web, Author.minor, None),
        (Channel.sms, Author.minor, None),
        (Channel.web, Author.bot, Delivery.sent),
        (Channel.web, Author.counsellor, Delivery.sent),
        (Channel.web, Author.system, Delivery.sent),
        (Channel.sms, Author.bot, Delivery.pending),
        (Channel.sms, Author.counsellor, Delivery.pending),
        (Channel.sms, Author.system, None),
    ],
)
def test_delivery_starts_as_the_channel_has_it(
    channel: Channel, author: Author, delivery: Delivery | None
) -> None:
    assert first_delivery(channel, author) is delivery
