"""A conversation as the desk shows it: rows in, shapes out, what is sealed opened on the way.

Only for who has the permission `read`. Not for: changing anything, or recording that it was read.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.channels.messages import Author
from api.conversation import ledger
from api.conversation import repository as conversations_repository
from api.conversation.models import Conversation, ErasedCard, Fact, Message, Step
from api.conversation.service import Conversations
from api.conversation.thread import Body, Thread
from api.desk import repository
from api.desk.models import Note
from api.desk.names import names_of
from api.desk.schemas import (
    Assignee,
    Card,
    CardChoice,
    CardDanger,
    CardMessage,
    CardNote,
    Erased,
    OpenCard,
    WholeCard,
)
from api.handoff.why import Alarm, why
from api.vault.sealing import Place, SealBrokenError

UNREADABLE = "[Ce message ne peut plus être lu.]"
UNREADABLE_NOTE = "[Cette note ne peut plus être lue.]"


@dataclass(frozen=True)
class Shelf:
    """What the cards of many conversations need, read at once."""

    names: Mapping[UUID | None, str]
    facts: Mapping[UUID, Mapping[str, Fact]]
    steps: Mapping[UUID, Mapping[str, Step]]
    muted: frozenset[UUID]


async def shelf_of(session: AsyncSession, rows: Sequence[Conversation]) -> Shelf:
    """Read what the cards of `rows` need."""
    ids = [row.id for row in rows]
    return Shelf(
        names=await names_of(session, {row.staff_id for row in rows if row.staff_id}),
        facts=await repository.facts_of(session, ids),
        steps=await repository.steps_of(session, ids),
        muted=await repository.muted(session, ids),
    )


async def cards(
    session: AsyncSession, conversations: Conversations, rows: Sequence[Conversation]
) -> list[Card]:
    """Return the cards of `rows`, in their order."""
    shelf = await shelf_of(session, rows)
    return [Card(**_parts(conversations.listed(session, row), shelf)) for row in rows]


async def open_card(thread: Thread) -> OpenCard:
    """Return a conversation with all its messages and notes, also those that do not open."""
    row, session = thread.row, thread.session
    await session.flush()
    shelf = await shelf_of(session, [row])
    messages = await conversations_repository.messages_since(session, row.id)
    notes = await repository.notes_of(session, row.id)
    writers = {message.staff_id for message in messages} | {note.staff_id for note in notes}
    names = await names_of(session, {writer for writer in writers if writer})
    whole = WholeCard(
        **_parts(thread, shelf),
        crisis=row.crisis,
        revision=row.revision,
        previous=await repository.previous_of(session, row),
    )
    return OpenCard(
        conversation=whole,
        messages=[_message(thread, message, names) for message in messages],
        notes=[_note(thread, note, names) for note in notes],
    )


def note_place(note_id: UUID) -> Place:
    """Return where the text of a note is sealed to."""
    return Place("note", "body", str(note_id))


def erased(found: Iterable[ErasedCard]) -> list[Erased]:
    return [
        Erased(
            id=card.id,
            channel=card.channel,
            kind=card.danger_kind,
            level=card.danger_level,
            opened_at=card.opened_at,
            erased_at=card.erased_at,
        )
        for card in found
    ]


def _parts(thread: Thread, shelf: Shelf) -> dict[str, Any]:
    row = thread.row
    alarm = _alarm(row)
    assignee = Assignee(id=row.staff_id, name=shelf.names[row.staff_id]) if row.staff_id else None
    return {
        "id": row.id,
        "channel": row.channel,
        "status": row.holder,
        "reasons": row.reasons,
        "danger": alarm and CardDanger(**vars(alarm), words=_danger_words(thread)),
        "facts": ledger.facts_in_clear(thread.key, shelf.facts.get(row.id, {})),
        "steps": ledger.states(shelf.steps.get(row.id, {})),
        "waiting_since": row.waiting_since,
        "last_at": row.last_at,
        "assignee": assignee,
        "muted": row.id in shelf.muted,
        "why": why(row.reasons, alarm),
    }


def _danger_words(thread: Thread) -> str | None:
    try:
        return thread.unseal("danger_words", thread.row.danger_words)
    except SealBrokenError:
        return None


def _alarm(row: Conversation) -> Alarm | None:
    if row.danger_kind is None or row.danger_level is None:
        return None
    return Alarm(
        kind=row.danger_kind,
        level=row.danger_level,
        subject=row.danger_subject or "self",
        seen_by=row.danger_seen_by or "",
    )


def _message(thread: Thread, message: Message, names: Mapping[UUID | None, str]) -> CardMessage:
    body = thread.readable(message) or Body(UNREADABLE)
    return CardMessage(
        seq=message.seq,
        id=message.id,
        revision=message.revision,
        author=message.author,
        name=names.get(message.staff_id) if message.author is Author.counsellor else None,
        text=body.text,
        choices=[CardChoice(label=choice.label) for choice in body.choices] or None,
        steps=message.steps,
        delivery=message.delivery,
        error_code=message.error_code,
        media_types=message.media_types,
        by_script=message.by_script,
        created_at=message.created_at,
    )


def _note(thread: Thread, note: Note, names: Mapping[UUID | None, str]) -> CardNote:
    return CardNote(
        id=note.id,
        name=names[note.staff_id],
        text=_note_text(thread, note),
        created_at=note.created_at,
    )


def _note_text(thread: Thread, note: Note) -> str:
    try:
        return thread.key.unseal(note_place(note.id), note.body)
    except SealBrokenError:
        return UNREADABLE_NOTE
