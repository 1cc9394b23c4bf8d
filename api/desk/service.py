"""What counsellors read and do: each in one transaction, with its row in the audit.

Not for: who holds a conversation and what is announced (`api/handoff`), nor for permissions.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.ext.asyncio import AsyncSession

from api.audit.models import Action
from api.audit.service import is_recorded, record
from api.channels.messages import Author, Channel
from api.channels.sms_text import as_sms
from api.conversation import repository as conversations_repository
from api.conversation.holder import Holder, answers_itself
from api.conversation.models import Conversation
from api.conversation.service import danger_open
from api.conversation.thread import Body, Thread, Written
from api.danger.signals import Level
from api.desk import cards, repository
from api.desk.errors import (
    ConversationGoneError,
    DangerKindMissingError,
    DangerOpenError,
    LostError,
    RepeatedIdError,
    SmsLengthError,
    TextLengthError,
)
from api.desk.holding import holding, refused
from api.desk.models import Note, Staff
from api.desk.order import urgency
from api.desk.schemas import CardList, Judgement, NewReply, OpenCard
from api.desk.sessions import SignedIn
from api.dialogue.events import CRISIS_OVER, RETURNED
from api.handoff.repository import unanswered as unanswered_of
from api.handoff.service import HolderConflictError
from api.hooks import Hook
from api.house import House
from api.live.bus import Typing

LONGEST_TEXT = 2000
# Twilio refuses a longer body, and the child would get nothing.
LONGEST_SMS = 1600
PAGE_IS_OPEN = timedelta(seconds=60)

Deed = Callable[[Thread, Staff], Awaitable[None]]


@dataclass(frozen=True)
class Desk:
    """The desk of one signed-in colleague."""

    house: House
    who: SignedIn

    async def listed(self, status: Holder | None, channel: Channel | None) -> CardList:
        """Return the list, whom to help next first; of the closed, the latest first."""
        async with self.house.database.read() as session:
            rows = await repository.listed(session, status, channel)
            if status is not Holder.closed:
                rows = await _most_urgent_first(session, rows)
            shown = CardList(
                conversations=await cards.cards(session, self.house.conversations, rows),
                erased=cards.erased(await repository.erased(session, channel)),
            )
            told = sum(bool(card.facts or card.danger) for card in shown.conversations)
            seen = not told or await self._has_just_seen(session, Action.list)
        if not seen:
            async with self.house.database.write() as session:
                self._record(session, Action.list, None, {"conversations": told})
        return shown

    async def open(self, conversation_id: UUID) -> OpenCard:
        """Return a conversation with its messages; that it was read stands in the audit."""
        async with self.house.database.write() as session:
            row = await conversations_repository.get(session, conversation_id)
            if row is None:
                raise ConversationGoneError
            if not await self._has_just_seen(session, Action.open, conversation_id):
                self._record(session, Action.open, conversation_id)
            return await cards.open_card(self.house.conversations.thread(session, row))

    async def claim(self, conversation_id: UUID) -> OpenCard:
        """Take the conversation: from now on a person answers. Of a colleague the audit tells."""
        detail: dict[str, Any] = {}

        async def deed(thread: Thread, staff: Staff) -> None:
            before = thread.row.staff_id
            await self.house.handoff.claim(thread, staff)
            if before not in (None, staff.id):
                detail["from"] = str(before)
            await self.house.hooks.at(Hook.claim_before_commit)

        return await self._do(Action.claim, conversation_id, deed, detail=detail)

    async def release(self, conversation_id: UUID) -> OpenCard:
        """Put the conversation back into the queue."""
        return await self._do(Action.release, conversation_id, self.house.handoff.hand_back)

    async def return_to_bot(self, conversation_id: UUID) -> OpenCard:
        """Give the conversation to the program, which says so where the child would read it now."""

        async def deed(thread: Thread, staff: Staff) -> None:
            await self._must_be_safe(thread, staff)
            await self.house.handoff.return_to_bot(thread, staff)
            self._let_program_say(thread, RETURNED)

        return await self._do(Action.return_to_bot, conversation_id, deed)

    async def close(self, conversation_id: UUID, outcome: str | None) -> OpenCard:
        """End the conversation."""

        async def deed(thread: Thread, staff: Staff) -> None:
            await self._must_be_safe(thread, staff)
            await self.house.handoff.close(thread, staff, outcome)

        return await self._do(Action.close, conversation_id, deed)

    async def judge_danger(self, conversation_id: UUID, judgement: Judgement) -> OpenCard:
        """Set, raise or lower the danger as a person sees it; the audit keeps both levels."""
        level = Level(judgement.level) if judgement.level else None
        detail: dict[str, Any] = {"to": judgement.level}

        async def deed(thread: Thread, _staff: Staff) -> None:
            row = thread.row
            if row.holder is Holder.closed:
                raise HolderConflictError
            if level is not None and judgement.kind is None and row.danger_kind is None:
                raise DangerKindMissingError
            detail["from"] = row.danger_level
            in_crisis = row.crisis
            self.house.handoff.set_danger(thread, level, judgement.kind)
            if in_crisis and not row.crisis and answers_itself(row.holder):
                self._let_program_say(thread, CRISIS_OVER)

        return await self._do(Action.set_danger, conversation_id, deed, detail=detail)

    async def reply(self, conversation_id: UUID, new: NewReply) -> OpenCard:
        """Write to the child. The same `client_id` again writes nothing and answers the same."""
        text, client_id = _fitting(new.text), str(new.client_id)

        async def deed(thread: Thread, staff: Staff) -> None:
            known = await conversations_repository.by_client_id(
                thread.session, conversation_id, client_id
            )
            if known is not None and known.staff_id != staff.id:
                raise RepeatedIdError
            if known is not None:
                return
            self.house.handoff.must_hold(thread, staff)
            body = Body(await self._in_own_name(thread, staff) + text)
            if thread.row.channel is Channel.sms and len(as_sms(body.text, ())) > LONGEST_SMS:
                raise SmsLengthError
            thread.append(Written(Author.counsellor, body, staff_id=staff.id, client_id=client_id))

        return await self._do(Action.reply, conversation_id, deed)

    async def note(self, conversation_id: UUID, text: str) -> OpenCard:
        """Keep a note that no child ever reads."""
        kept = _fitting(text)

        async def deed(thread: Thread, staff: Staff) -> None:
            note = Note(
                id=uuid4(),
                conversation_id=conversation_id,
                staff_id=staff.id,
                created_at=thread.now,
            )
            note.body = thread.key.seal(cards.note_place(note.id), kept)
            thread.session.add(note)
            thread.changed()

        return await self._do(Action.note, conversation_id, deed)

    async def typing(self, conversation_id: UUID) -> None:
        """Let the child see that a person is writing; only whoever holds the conversation may."""
        async with self.house.database.read() as session:
            row = await conversations_repository.get(session, conversation_id)
            if row is None:
                raise ConversationGoneError
            if row.staff_id != self.who.staff_id:
                raise await refused(self.house.conversations.thread(session, row))
        self.house.bus.publish(Typing(conversation_id, Author.counsellor))

    async def _do(
        self,
        action: Action,
        conversation_id: UUID,
        deed: Deed,
        *,
        detail: dict[str, Any] | None = None,
    ) -> OpenCard:
        async with self.house.database.write() as session:
            row = await conversations_repository.lock(session, conversation_id)
            staff = await session.get_one(Staff, self.who.staff_id)
            if row is None:
                raise ConversationGoneError
            thread = self.house.conversations.thread(session, row)
            if not thread.key.opens:
                raise LostError
            try:
                await deed(thread, staff)
            except HolderConflictError:
                raise await refused(thread) from None
            self._record(session, action, conversation_id, detail)
            return await cards.open_card(thread)

    async def _must_be_safe(self, thread: Thread, staff: Staff) -> None:
        self.house.handoff.must_hold(thread, staff)
        if danger_open(thread.row):
            raise DangerOpenError(**await holding(thread))

    def _let_program_say(self, thread: Thread, event: str) -> None:
        if self._reads_now(thread):
            thread.row.event = event
            thread.row.turn_due_at = thread.now

    async def _has_just_seen(
        self, session: AsyncSession, action: Action, conversation_id: UUID | None = None
    ) -> bool:
        return await is_recorded(
            session,
            action,
            at=self.house.clock.now(),
            staff_id=self.who.staff_id,
            conversation_id=conversation_id,
        )

    def _record(
        self,
        session: AsyncSession,
        action: Action,
        conversation_id: UUID | None,
        detail: dict[str, Any] | None = None,
    ) -> None:
        record(
            session,
            action,
            at=self.house.clock.now(),
            staff_id=self.who.staff_id,
            conversation_id=conversation_id,
            detail=detail,
        )

    async def _in_own_name(self, thread: Thread, staff: Staff) -> str:
        # A page shows who speaks; on a phone the first line of a person has to say it.
        if thread.row.channel is Channel.web:
            return ""
        if await repository.has_spoken(thread.session, thread.row.id, staff.id):
            return ""
        return self.house.script.first_line(staff.name)

    def _reads_now(self, thread: Thread) -> bool:
        """Say whether the child has the page open, or has just written by SMS.

        A phone that rings late shows to whoever lies beside it (design of the turn, events).
        """
        row = thread.row
        minutes = timedelta(minutes=self.house.helpline.silence.no_sms_after_minutes)
        seen_at, within = (
            (row.page_seen_at, PAGE_IS_OPEN)
            if row.channel is Channel.web
            else (row.last_minor_at, minutes)
        )
        return seen_at is not None and thread.now - seen_at <= within


async def _most_urgent_first(
    session: AsyncSession, rows: Sequence[Conversation]
) -> list[Conversation]:
    held = [row.id for row in rows if row.holder is Holder.with_counsellor]
    unanswered = await unanswered_of(session, held)
    return sorted(
        rows,
        key=lambda row: urgency(
            row.holder,
            row.danger_level,
            unanswered.get(row.id) or row.waiting_since or row.last_at,
            str(row.id),
            unanswered=row.id in unanswered or row.holder is Holder.waiting,
        ),
    )


def _fitting(text: str) -> str:
    if not text.strip() or len(text) > LONGEST_TEXT:
        raise TextLengthError
    return text
