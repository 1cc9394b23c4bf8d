"""Handing one message to the provider and recording how that ended.

Claimed under a lease and fenced by a token; sent outside of any transaction; a send that nobody
answered is looked up before anything is sent again. Not for: what the provider's codes mean.
"""

import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api.channels.messages import Author, Delivery, Outgoing, moves_on
from api.channels.sender import Accepted, Sender, SendError, SendUnansweredError
from api.clock import Clock
from api.conversation import ledger
from api.conversation import repository as conversations_repository
from api.conversation.holder import Holder, Reason
from api.conversation.models import Message
from api.conversation.service import Conversations
from api.conversation.steps import StepState
from api.conversation.thread import Body, Thread
from api.database import Database
from api.delivery import repository
from api.delivery.retries import of_use, wait_after
from api.dialogue.events import RETURNED
from api.dialogue.script import Script
from api.handoff.service import Handoff
from api.helpline import Helpline
from api.hooks import Hook, Hooks
from api.vault.sealing import SealBrokenError, Vault

log = logging.getLogger(__name__)

LEASE = timedelta(seconds=45)
LOOKED_UP_AFTER = timedelta(seconds=5)


@dataclass(frozen=True)
class Parcel:
    """A message in the hands of one delivery worker; to nobody where it or the number is lost."""

    message_id: UUID
    conversation_id: UUID
    token: int
    attempts: int
    unanswered: bool
    author: Author
    outgoing: Outgoing = field(repr=False)


@dataclass(frozen=True)
class Deliveries:
    """Delivery over one `Sender`."""

    database: Database
    conversations: Conversations
    vault: Vault
    helpline: Helpline
    sender: Sender
    handoff: Handoff
    script: Script
    clock: Clock
    hooks: Hooks

    async def claim(self, *, most: int) -> list[Parcel]:
        """Take due messages under a lease."""
        async with self.database.write() as session:
            now = self.clock.now()
            parcels = []
            for message in await repository.due(session, now, most=most):
                # A lease that ran out: its worker has told nobody how the attempt ended.
                message.delivery_unanswered |= message.delivery_until is not None
                message.delivery_token += 1
                message.delivery_until = now + LEASE
                message.attempts += 1
                parcels.append(await self._parcel(session, message))
            return parcels

    async def deliver(self, parcel: Parcel) -> None:
        """Send a claimed message and record the outcome."""
        await self.hooks.at(Hook.out_claimed)
        if not parcel.outgoing.to:
            await self._refused(parcel, SendError(0, retryable=False))
            return
        try:
            provider_id = await self._look_up(parcel) if parcel.unanswered else None
            if provider_id is None:
                await self.hooks.at(Hook.out_before_request)
                # The look-up took its time: a callback may have come meanwhile.
                if not await self._may_go(parcel):
                    return
                provider_id = await self.sender.send(parcel.outgoing, author=parcel.author)
        except SendError as error:
            await self._refused(parcel, error)
        except SendUnansweredError:
            await self._unanswered(parcel)
        else:
            await self.hooks.at(Hook.out_response_read)
            await self._accepted(parcel, provider_id)
            await self.hooks.at(Hook.out_marked)

    async def report(
        self, message_id: UUID, provider_id: str, status: Delivery | None, code: int | None
    ) -> None:
        """Take in a status callback. One for a message that is gone changes nothing."""
        async with self.database.write() as session:
            known = await repository.by_id(session, message_id)
            if known is None:
                return
            thread = await self.conversations.lock(session, known.conversation_id)
            await session.refresh(known)
            known.provider_hash = self.vault.lookup("provider", provider_id)
            # Whatever the word is: who speaks of a message has taken it.
            await self._move(thread, known, status or Delivery.sent, code)
            await self.hooks.at(Hook.callback_before_commit)

    async def _look_up(self, parcel: Parcel) -> str | None:
        since = self.clock.now() - timedelta(hours=1)
        found = await self.sender.lookup(parcel.outgoing, since)
        return await self._unclaimed(parcel, found)

    async def _unclaimed(self, parcel: Parcel, found: Sequence[Accepted]) -> str | None:
        # The same words may have been sent twice on purpose: each id belongs to one message.
        async with self.database.read() as session:
            for accepted in found:
                hash_ = self.vault.lookup("provider", accepted.provider_id)
                if not await repository.is_of_another(session, hash_, parcel.message_id):
                    return accepted.provider_id
        return None

    async def _may_go(self, parcel: Parcel) -> bool:
        async with self.database.write() as session:
            thread, message = await self._mine(session, parcel)
            if thread is None or message is None:
                return False
            if self._is_too_late(thread, message):
                await self._move(thread, message, Delivery.failed, None)
                return False
            return True

    def _is_too_late(self, thread: Thread, message: Message) -> bool:
        if not of_use(message.author, thread.now - message.created_at):
            return True
        # A person judges by themselves whether to write to somebody who has fallen silent.
        return message.author is not Author.counsellor and self._fell_silent(thread)

    def _fell_silent(self, thread: Thread) -> bool:
        row = thread.row
        if row.write_back and _lasts(row.write_back_until, thread.now):
            return False
        minutes = self.helpline.silence.no_sms_after_minutes
        return thread.now - (row.last_minor_at or row.opened_at) > timedelta(minutes=minutes)

    async def _accepted(self, parcel: Parcel, provider_id: str) -> None:
        async with self.database.write() as session:
            thread, message = await self._mine(session, parcel)
            if thread is None or message is None:
                return
            hash_ = self.vault.lookup("provider", provider_id)
            message.provider_hash = hash_
            expires_at = thread.now + timedelta(days=self.helpline.retention.receipts_days)
            await conversations_repository.receipt_is_new(session, hash_, expires_at=expires_at)
            await self._move(thread, message, Delivery.sent, None)

    async def _refused(self, parcel: Parcel, error: SendError) -> None:
        async with self.database.write() as session:
            thread, message = await self._mine(session, parcel)
            if thread is None or message is None:
                return
            wait = _wait(parcel)
            age = thread.now - message.created_at
            if error.retryable and of_use(message.author, age + wait):
                message.delivery_until = None
                message.delivery_due_at = thread.now + wait
            else:
                await self._move(thread, message, Delivery.failed, error.code)

    async def _unanswered(self, parcel: Parcel) -> None:
        async with self.database.write() as session:
            thread, message = await self._mine(session, parcel)
            if thread is None or message is None:
                return
            if parcel.unanswered and not of_use(message.author, thread.now - message.created_at):
                await self._move(thread, message, Delivery.failed, None)
                return
            message.delivery_unanswered = True
            message.delivery_until = None
            message.delivery_due_at = thread.now + max(LOOKED_UP_AFTER, _wait(parcel))

    async def _mine(
        self, session: AsyncSession, parcel: Parcel
    ) -> tuple[Thread | None, Message | None]:
        row = await conversations_repository.lock(session, parcel.conversation_id)
        if row is None:
            return None, None
        message = await repository.by_id(session, parcel.message_id)
        if message is None or message.delivery_token != parcel.token:
            return None, None
        if message.delivery is not Delivery.pending:
            return None, None
        return self.conversations.thread(session, row), message

    async def _move(
        self, thread: Thread, message: Message, status: Delivery, code: int | None
    ) -> None:
        if message.delivery is None or not moves_on(message.delivery, status):
            return
        thread.mark(message, status)
        message.error_code = code
        message.delivery_until = message.delivery_due_at = None
        if status is Delivery.delivered:
            await ledger.reached(thread, [message])
        if status is Delivery.failed:
            await self._lost(thread, message)

    async def _lost(self, thread: Thread, message: Message) -> None:
        """Offer its steps again, and ask for a person unless one is there to see it."""
        steps = dict.fromkeys(message.steps, StepState.pending)
        await ledger.advance(thread, steps, by="delivery")
        if thread.row.holder is not Holder.with_counsellor:
            self.handoff.ask(thread, Reason.bot_failed)

    async def _is_new_voice(self, session: AsyncSession, message: Message) -> bool:
        # On SMS nothing else says that the person has gone, but the words for just that.
        if message.author is not Author.bot or message.event == RETURNED:
            return False
        return await repository.follows_a_person(session, message)

    async def _parcel(self, session: AsyncSession, message: Message) -> Parcel:
        row = await conversations_repository.get(session, message.conversation_id)
        assert row is not None  # noqa: S101 - the message's foreign key
        thread = self.conversations.thread(session, row)
        try:
            body, to = thread.read(message), thread.unseal("address", row.address) or ""
        except SealBrokenError:
            # One message that cannot be opened must not keep everybody else's back.
            log.error("delivery_seal_broken message=%s", message.id)  # noqa: TRY400
            body, to = Body(""), ""
        text = body.text
        if await self._is_new_voice(session, message):
            text = self.script.program_again() + text
        return Parcel(
            message_id=message.id,
            conversation_id=message.conversation_id,
            token=message.delivery_token,
            attempts=message.attempts,
            unanswered=message.delivery_unanswered,
            author=message.author,
            outgoing=Outgoing(to, text, body.choices, reference=str(message.id)),
        )


def _wait(parcel: Parcel) -> timedelta:
    return wait_after(parcel.attempts, random.random())  # noqa: S311 - only spreads the load


def _lasts(until: datetime | None, now: datetime) -> bool:
    return until is None or until > now
