"""Every sealed value of a small house, and how the api opens each.

Enumerated from the tables: a column of bytes that is neither here nor known as a hash is reported.
Not for: altering anything.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import LargeBinary, select
from sqlalchemy.ext.asyncio import AsyncSession

from api.conversation import ledger
from api.conversation.models import Conversation, Fact, Message
from api.conversation.thread import Thread
from api.database import Base
from api.desk.cards import note_place
from api.desk.models import Note, Role, Staff
from api.desk.staff import add_staff
from api.house import House
from api.turn import Said
from api.vault.sealing import Place, owner

# Keyed hashes: compared, never opened.
HASHES = {
    "contact.lookup",
    "chat_token.hash",
    "message.provider_hash",
    "receipt.hash",
    "staff_session.hash",
}
Opened = Callable[[House, Thread, Any], object]


def _of_row(column: str) -> Opened:
    return lambda _house, thread, row: thread.unseal(column, getattr(row, column))


OPENED: dict[str, tuple[type[Base], Opened]] = {
    "conversation.wrapped_key": (
        Conversation,
        lambda house, _, row: house.vault.data_key(row.id, row.key_version, row.wrapped_key),
    ),
    "conversation.address": (Conversation, _of_row("address")),
    "conversation.danger_words": (Conversation, _of_row("danger_words")),
    "conversation.state": (Conversation, _of_row("state")),
    "message.body": (Message, lambda _, thread, row: thread.read(row)),
    "fact.body": (
        Fact,
        lambda _, thread, row: thread.key.unseal(Place("fact", "body", row.name), row.body),
    ),
    "note.body": (Note, lambda _, thread, row: thread.key.unseal(note_place(row.id), row.body)),
    "staff.totp": (
        Staff,
        lambda house, _, row: house.vault.unwrap(
            owner("staff", row.id), row.totp_key_version, row.totp
        ),
    ),
}


def unknown() -> set[str]:
    """Return the columns of bytes of which nobody has said whether they are sealed."""
    columns = {
        str(column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, LargeBinary)
    }
    return columns ^ (set(OPENED) | HASHES)


@dataclass(frozen=True)
class Cell:
    """One sealed value in its place."""

    name: str
    row: Any = field(repr=False)
    thread: Thread = field(repr=False)

    @property
    def column(self) -> str:
        return self.name.partition(".")[2]

    @property
    def value(self) -> bytes:
        value: bytes = getattr(self.row, self.column)
        return value

    def put(self, value: bytes) -> None:
        setattr(self.row, self.column, value)

    def open(self, house: House) -> object:
        """Open it as the api does. Raises `SealBrokenError` or `KeyNotHeldError`."""
        return OPENED[self.name][1](house, self.thread, self.row)


async def furnish_with_words(house: House) -> None:
    """Open two conversations with two of everything, and make two accounts."""
    for name in ("Nour", "Malik"):
        email = f"{name}@ligne.example"
        await add_staff(house.database, house.vault, house.clock, email, name, Role.counsellor)
    async with house.database.write() as session:
        writer = (await session.scalars(select(Staff.id))).first()
        for number in ("+33639980101", "+33639980102"):
            thread = await house.conversations.of_phone(session, number)
            for text in ("jveux mourir", "t la ?"):
                await house.turn.take_in(thread, Said(text))
            told = {name: [{"value": "no", "words": "non"}] for name in ("paid", "demand")}
            await ledger.tell(thread, told, by="model")
            thread.row.state = thread.seal("state", "what was asked last")
            for _ in range(2):
                note = Note(conversation_id=thread.row.id, staff_id=writer, created_at=thread.now)
                session.add(note)
                note.body = b""
                await session.flush()
                note.body = thread.key.seal(note_place(note.id), "note")


async def cells(house: House, session: AsyncSession) -> Sequence[Cell]:
    """Read every sealed value there is."""
    rows = (await session.scalars(select(Conversation))).all()
    threads = {row.id: house.conversations.thread(session, row) for row in rows}
    found = []
    for name, (table, _) in OPENED.items():
        rows_of: Sequence[Any] = (await session.scalars(select(table))).all()
        for row in rows_of:
            id_ = getattr(row, "conversation_id", row.id if table is Conversation else None)
            # What is of no conversation is opened without a thread: any will do.
            cell = Cell(name, row, threads[id_] if id_ else next(iter(threads.values())))
            if cell.value is not None:
                found.append(cell)
    return found
