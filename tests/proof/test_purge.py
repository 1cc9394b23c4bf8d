"""`relais purge` killed between two conversations and run again: all that is owed, nothing else."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from api.audit.models import Action, AuditRow
from api.channels.messages import Inbound
from api.channels.sms_in import take_in_sms
from api.clock import SystemClock
from api.conversation import ledger, repository
from api.conversation.holder import Holder
from api.conversation.models import Contact, Conversation, ErasedCard, Fact, Message, Step
from api.conversation.service import danger_open
from api.conversation.steps import StepState
from api.desk.cards import note_place
from api.desk.models import Note
from api.hooks import Hook
from api.house import House
from api.main import furnish, sweep_of
from api.settings import Settings
from tests.desk.serving import hire
from tests.proof import verbs
from tests.proof.conftest import Proved
from tests.proof.crash.mortal import purge
from tests.proof.traffic import Traffic, texts
from tests.proof.voice.stops import Held, Stops
from tests.stack.records import Records
from tests.stack.service import command
from tests.standins.recording_sender import RecordingSender
from tests.standins.scripted_bot import ScriptedBot

# By every clock: a process cannot be given one.
PAST, LATER = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
PARTS: tuple[type[Message | Fact | Step | Note], ...] = (Message, Fact, Step, Note)
WORDS = "jveux mourir ce soir"


@pytest.fixture
def records(settings: Settings) -> Iterator[Records]:
    with Records(settings.database_url) as records:
        yield records


async def told(house: House, staff: UUID, number: int, expires_at: datetime) -> UUID:
    """Open a conversation in which there is one of everything."""
    phone = f"+33639984{number:03}"
    await take_in_sms(house, Inbound(f"SM{number}", phone, WORDS))
    async with house.database.write() as session:
        thread = await house.conversations.of_phone(session, phone)
        await ledger.tell(thread, {"paid": [{"value": "no", "words": "non"}]}, by="model")
        await ledger.advance(thread, {"dont_pay": StepState.sent}, by="bot")
        note = Note(conversation_id=thread.row.id, staff_id=staff, created_at=thread.now)
        note.body = thread.key.seal(note_place(thread.row.id), "note")
        session.add(note)
        thread.row.expires_at = expires_at
        assert danger_open(thread.row)
        return thread.row.id


async def everything_of(house: House, ids: list[UUID]) -> list[Any]:
    """Return every value of every row of these conversations."""
    async with house.database.read() as session:
        found = [
            (await session.execute(select(table.__table__).where(column.in_(ids)))).all()
            for table, column in [
                (Conversation, Conversation.id),
                *((part, part.conversation_id) for part in PARTS),
            ]
        ]
    return [sorted(map(str, rows)) for rows in found]


@pytest.fixture
async def traffic(settings: Settings) -> AsyncIterator[Traffic]:
    """Let children write and somebody read, in a process whose clock is that of `relais purge`."""
    bot, sender = ScriptedBot(), RecordingSender()
    house = furnish(settings, clock=SystemClock(), bot=bot, sender=sender)
    yield Traffic((house,))
    await house.database.close()


async def test_killed_under_load_and_run_again(
    settings: Settings,
    house: House,
    records: Records,
    traffic: Traffic,
    proved: Proved,
    *,
    full: bool,
) -> None:
    number = 60 if full else 6
    staff = (await hire(house, "Nour")).id
    expired = [await told(house, staff, n, PAST) for n in range(number)]
    alive = [await told(house, staff, 500 + n, LATER) for n in range(3)]
    before, pieces = await everything_of(house, alive), await sealed(house, expired)
    kills = [1, *[number // 8] * 7] if full else [2]
    flow = asyncio.create_task(traffic.flow())
    gone = 0
    for nth in kills:
        await verbs.killed(settings, purge, Hook.purge_mid, nth)
        gone += nth
        left = [id_ for id_ in expired if records.left_of(id_)["conversation"]]
        assert len(left) == number - gone
        assert [records.left_of(id_)["message"] >= 2 for id_ in left] == [True] * len(left)
        await nothing_is_left_of(house, [id_ for id_ in expired if id_ not in left])
    assert await sweep_of(house).purge() == number - gone
    traffic.over = True
    await flow
    await nothing_is_left_of(house, expired)
    assert await everything_of(house, alive) == before
    kept = Counter(await texts(house))
    assert {text: kept[text] for text in traffic.written} == dict.fromkeys(traffic.written, 1)
    await receipts_and_audit_say_what_they_should(house, expired, alive)
    # What is erased while others write stays in the log of writes until it is emptied.
    await sweep_of(house).purge()
    await house.database.close()
    assert not [piece for piece in pieces if records.holds(piece) or records.files_hold(piece)]
    database = settings.database_url.partition(":")[0]
    looked_at = "rows and files" if database == "sqlite" else "rows"
    proved(
        "purge",
        f"{database}: {number} expired, purge killed {len(kills)} times and run again, while"
        f" {len(traffic.written)} messages were written and {traffic.read} read: of {len(pieces)}"
        f" sealed values 0 left in {looked_at}, 0 messages lost, what lives unchanged",
    )


async def test_the_command_itself(settings: Settings, house: House, records: Records) -> None:
    staff = (await hire(house, "Nour")).id
    expired = [await told(house, staff, n, PAST) for n in range(3)]
    alive = [await told(house, staff, 500, LATER)]
    before, pieces = await everything_of(house, alive), await sealed(house, expired)
    said = command(verbs.environment(settings), "purge")
    assert said == "3 conversation(s) erased.\n"
    await nothing_is_left_of(house, expired)
    assert await everything_of(house, alive) == before
    assert not [piece for piece in pieces if records.holds(piece) or records.files_hold(piece)]


async def test_a_child_that_writes_while_others_are_erased_is_not_erased(
    settings: Settings, house: House, records: Records
) -> None:
    staff = (await hire(house, "Nour")).id
    expired = [await told(house, staff, n, PAST) for n in range(2)]
    beside = furnish(
        settings, clock=house.clock, bot=ScriptedBot(), sender=RecordingSender(), hooks=Stops()
    )
    held = Held(Hook.purge_mid)
    assert await held.begin(sweep_of(beside).run())
    [left] = [id_ for id_ in expired if records.left_of(id_)["conversation"]]
    for number in range(2):
        await take_in_sms(house, Inbound(f"SM9{number}", f"+33639984{number:03}", WORDS))
    await held.go_on()
    await beside.database.close()
    async with house.database.read() as session:
        rows = (await session.scalars(select(Conversation))).all()
        purged = await session.scalars(
            select(AuditRow.conversation_id).where(AuditRow.action == Action.purge)
        )
        assert [*purged] == [id_ for id_ in expired if id_ != left]
    assert left in {row.id for row in rows}
    assert [(row.holder, danger_open(row)) for row in rows] == [(Holder.waiting, True)] * 2


async def test_what_died_before_the_log_was_emptied_goes_with_the_next_round(
    settings: Settings, house: House, records: Records
) -> None:
    staff = (await hire(house, "Nour")).id
    id_ = await told(house, staff, 1, PAST)
    pieces = await sealed(house, [id_])
    async with house.database.write() as session:
        row = await repository.lock(session, id_)
        await session.delete(row)
    await sweep_of(house).purge()
    assert not [piece for piece in pieces if records.holds(piece) or records.files_hold(piece)]


async def sealed(house: House, ids: list[UUID]) -> list[bytes]:
    """Return all keys and sealed values of these conversations."""
    async with house.database.read() as session:
        rows = (await session.scalars(select(Conversation).where(Conversation.id.in_(ids)))).all()
        pieces = [piece for row in rows for piece in (row.wrapped_key, row.address) if piece]
        for part in (Message, Fact, Note):
            pieces += await session.scalars(select(part.body).where(part.conversation_id.in_(ids)))
    return pieces


async def nothing_is_left_of(house: House, ids: list[UUID]) -> None:
    assert await everything_of(house, ids) == [[]] * (1 + len(PARTS))


async def receipts_and_audit_say_what_they_should(
    house: House, expired: list[UUID], alive: list[UUID]
) -> None:
    async with house.database.read() as session:
        erased = select(AuditRow.conversation_id).where(AuditRow.action == Action.purge)
        assert sorted(map(str, await session.scalars(erased))) == sorted(map(str, expired))
        numbers = [*range(len(expired)), *range(500, 500 + len(alive))]
        hashes = {house.vault.lookup("provider", f"SM{number}") for number in numbers}
        assert await repository.known_receipts(session, hashes) == hashes
        talked = set(await session.scalars(select(Conversation.contact_id)))
        assert set(await session.scalars(select(Contact.id))) == talked
        assert (await session.scalars(select(ErasedCard))).all() == []
