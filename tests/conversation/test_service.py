"""Finding and opening conversations: one open at most, found by number, token or code alone."""

import asyncio
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from api.channels.messages import Author
from api.conversation import repository
from api.conversation.holder import Holder
from api.conversation.models import Contact, Conversation
from api.conversation.service import CODE_ALPHABET, CODE_LENGTH, Admission
from api.conversation.thread import Body, Written
from api.errors import NotFoundError, UnauthorizedError
from api.house import House
from tests.conversation.rows import counts
from tests.standins.clock import HandClock
from tests.talk import PHONE


@pytest.fixture
async def admission(house: House) -> Admission:
    async with house.database.write() as session:
        return await house.conversations.admit(session)


async def phone_writes(house: House, number: str = PHONE) -> UUID:
    async with house.database.write() as session:
        thread = await house.conversations.of_phone(session, number)
        thread.append(Written(Author.minor, Body("slt")))
        return thread.row.id


async def close(house: House, conversation: UUID) -> None:
    async with house.database.write() as session:
        thread = await house.conversations.lock(session, conversation)
        house.handoff.expire(thread)


async def row_of(house: House, conversation: UUID) -> Conversation:
    async with house.database.read() as session:
        row = await repository.get(session, conversation)
        assert row is not None
        return row


@pytest.mark.parametrize("token", ["", "x", "0" * 43])
async def test_an_unknown_token_opens_nothing(
    house: House, admission: Admission, token: str
) -> None:
    for writes in (False, True):
        with pytest.raises(UnauthorizedError):
            async with house.database.write() as session:
                await house.conversations.of_token(session, token, writes=writes)
    assert (await counts(house))["conversation"] == 1


@pytest.mark.parametrize("code", ["", "ABCDEFGH", "é-0 1"])
async def test_an_unknown_code_opens_nothing(house: House, admission: Admission, code: str) -> None:
    with pytest.raises(NotFoundError):
        async with house.database.write() as session:
            await house.conversations.resume(session, code)
    assert (await counts(house))["chat_token"] == 1


async def test_a_phone_number_is_no_code_and_a_code_no_token(
    house: House, admission: Admission
) -> None:
    await phone_writes(house, "+33639980101")
    async with house.database.write() as session:
        with pytest.raises(NotFoundError):
            await house.conversations.resume(session, "+33639980101")
        with pytest.raises(UnauthorizedError):
            await house.conversations.of_token(session, admission.resume_code, writes=False)


async def test_a_conversation_that_is_gone_cannot_be_locked(house: House) -> None:
    with pytest.raises(NotFoundError):
        async with house.database.write() as session:
            await house.conversations.lock(session, uuid4())


async def test_an_admission_shows_neither_token_nor_code(admission: Admission) -> None:
    assert admission.token not in repr(admission)
    assert admission.resume_code not in repr(admission)


async def test_a_code_has_no_letter_that_is_read_as_another(admission: Admission) -> None:
    assert len(admission.resume_code) == CODE_LENGTH
    assert not set("01IL5O") & set(CODE_ALPHABET)
    assert set(admission.resume_code) <= set(CODE_ALPHABET)


@pytest.mark.parametrize("spell", [str, str.lower, "-".join, " . ".join, "  {}\n".format])
async def test_a_code_works_however_it_is_spelled(
    house: House, admission: Admission, spell: type[str]
) -> None:
    async with house.database.write() as session:
        again = await house.conversations.resume(session, spell(admission.resume_code))
    assert again.conversation_id == admission.conversation_id
    assert again.token != admission.token
    async with house.database.read() as session:
        for token in (admission.token, again.token):
            thread = await house.conversations.of_token(session, token, writes=False)
            assert thread.row.id == admission.conversation_id


async def test_two_first_messages_at_once_open_one_conversation(house: House) -> None:
    ids = await asyncio.gather(*(phone_writes(house) for _ in range(4)))
    assert len(set(ids)) == 1
    found = await counts(house)
    assert (found["contact"], found["conversation"], found["message"]) == (1, 1, 4)


async def test_another_number_is_another_contact(house: House) -> None:
    assert await phone_writes(house) != await phone_writes(house, "+33639980102")


async def test_a_number_is_kept_only_sealed_and_is_found_by_its_hash(house: House) -> None:
    row = await row_of(house, await phone_writes(house))
    async with house.database.read() as session:
        thread = house.conversations.thread(session, row)
        assert thread.unseal("address", row.address) == PHONE
        contact = await session.scalar(select(Contact))
        assert contact is not None
        assert contact.lookup == house.vault.lookup("phone", PHONE)


async def test_a_message_to_a_closed_one_opens_the_next_which_counts_on(
    house: House, clock: HandClock
) -> None:
    first = await phone_writes(house)
    await close(house, first)
    clock.move(hours=1)
    second = await phone_writes(house)
    old, new = await row_of(house, first), await row_of(house, second)
    assert (new.previous_id, new.holder, new.seq) == (first, Holder.with_bot, old.seq + 1)
    assert new.revision > old.revision
    assert new.wrapped_key != old.wrapped_key
    assert await phone_writes(house) == second


@pytest.mark.parametrize("seconds", [0, -60])
async def test_the_next_follows_the_last_one_also_where_the_clock_was_set_back(
    house: House, clock: HandClock, seconds: float
) -> None:
    previous = None
    for _ in range(4):
        conversation = await phone_writes(house)
        assert (await row_of(house, conversation)).previous_id == previous
        await close(house, conversation)
        previous = conversation
        clock.move(seconds=seconds)


async def test_two_messages_to_a_closed_one_at_once_open_one_next(
    house: House, admission: Admission
) -> None:
    await close(house, admission.conversation_id)

    async def write() -> UUID:
        async with house.database.write() as session:
            token = admission.token
            return (await house.conversations.of_token(session, token, writes=True)).row.id

    assert len(set(await asyncio.gather(write(), write(), write()))) == 1
    assert (await counts(house))["conversation"] == 2


async def test_reading_a_closed_one_opens_nothing(house: House, admission: Admission) -> None:
    await close(house, admission.conversation_id)
    async with house.database.write() as session:
        thread = await house.conversations.of_token(session, admission.token, writes=False)
    assert thread.row.id == admission.conversation_id
    assert (await counts(house))["conversation"] == 1


async def test_what_a_child_writes_prolongs_the_life_of_its_conversation(
    house: House, clock: HandClock
) -> None:
    id_ = await phone_writes(house)
    clock.move(days=20)
    async with house.database.write() as session:
        house.conversations.heard(await house.conversations.lock(session, id_))
    row = await row_of(house, id_)
    assert (row.expires_at - clock.now()).days == house.helpline.retention.conversation_days
