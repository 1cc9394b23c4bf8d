"""Handing one message to the provider and recording how that ended.

Claimed under a lease and fenced by a token; sent outside of any transaction; a send that nobody
answered is looked up before anything is sent again. Between the note that the provider is asked and
the request there is an instant: a claim that falls into it takes nothing back, for nobody can tell
from the row whether the request has begun. It may begin up to `lease.LASTS` after the note.

Not for: what the provider's codes mean.
"""

import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from api import lease
from api.channels.messages import Author, Delivery, moves_on
from api.channels.sender import Accepted, Sender, SendError, SendUnansweredError
from api.clock import Clock
from api.conversation import ledger
from api.conversation import repository as conversations_repository
from api.conversation.holder import Holder, Reason, answers_itself
from api.conversation.models import Message
from api.conversation.service import Conversations
from api.conversation.steps import StepState
from api.conversation.thread import Thread
from api.database import Database
from api.delivery import repository
from api.delivery.parcel import Parcel, packed
from api.delivery.retries import of_use, wait_after
from api.dialogue.script import Script
from api.errors import NotFoundError
from api.handoff.service import Handoff
from api.helpline import Helpline
from api.hooks import Hook, Hooks
from api.vault.sealing import KeyNotHeldError, Vault

# A request on its way is at the provider, and in its list, within this.
ARRIVES_WITHIN = timedelta(seconds=2.5)
# As long as the list does not answer, a callback is waited for; then a message that reaches a child
# twice is the smaller harm.
UNKNOWN_FOR = timedelta(seconds=30)
LOOKED_UP_EVERY = timedelta(seconds=1)


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
                message.delivery_token += 1
                message.delivery_until = now + lease.LASTS
                row = await conversations_repository.get(session, message.conversation_id)
                assert row is not None  # noqa: S101 - the message's foreign key
                with suppress(KeyNotHeldError):  # else it is left to its lease
                    thread = self.conversations.thread(session, row)
                    parcels.append(await packed(thread, message, self.script))
            return parcels

    async def deliver(self, parcel: Parcel) -> None:
        """Send a claimed message and record the outcome."""
        await self.hooks.at(Hook.out_claimed)
        if not parcel.outgoing.to:
            await self._refused(parcel, SendError(0, retryable=False))
            return
        try:
            provider_id = await self._look_up(parcel) or await self._send(parcel)
        except SendError as error:
            await self._refused(parcel, error)
        except SendUnansweredError:
            await self._unanswered(parcel)
        else:
            if provider_id is not None:
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

    async def catch_up(self, taken: Sequence[Accepted]) -> None:
        """Take in what the provider says of our messages and no callback has told."""
        by_hash = {self.vault.lookup("provider", one.provider_id): one for one in taken}
        async with self.database.read() as session:
            unreported = await repository.unreported(session, by_hash)
        for hash_, message_id in unreported.items():
            one = by_hash[hash_]
            if one.status in (None, Delivery.sent):
                continue
            try:
                await self.report(message_id, one.provider_id, one.status, one.error_code)
            except NotFoundError:
                # Erased since it was listed; the others are still to be told.
                continue

    async def _look_up(self, parcel: Parcel) -> str | None:
        """Return the id of what was taken unheard; None where it may be sent (again).

        Raises `SendUnansweredError` as long as it may still turn up.
        """
        if parcel.asked_at is None:
            return None
        since = self.clock.now() - parcel.asked_at
        try:
            found = await self.sender.lookup(parcel.outgoing, parcel.created_at)
        except SendUnansweredError:
            if since < UNKNOWN_FOR:
                raise
            return None
        provider_id = await self._unclaimed(parcel, found)
        if provider_id is None and since < ARRIVES_WITHIN:
            raise SendUnansweredError
        return provider_id

    async def _send(self, parcel: Parcel) -> str | None:
        """Send it and return the provider's id; None where it is not to be sent any more."""
        await self.hooks.at(Hook.out_before_request)
        until = await self._may_go(parcel)
        # A worker that was paused just here has lost the message to another one.
        if until is None or self.clock.now() >= until:
            return None
        return await self.sender.send(parcel.outgoing, author=parcel.author)

    async def _unclaimed(self, parcel: Parcel, found: Sequence[Accepted]) -> str | None:
        # The same words may have been sent twice on purpose: each id belongs to one message.
        async with self.database.read() as session:
            for accepted in found:
                hash_ = self.vault.lookup("provider", accepted.provider_id)
                if not await repository.is_of_another(session, hash_, parcel.message_id):
                    return accepted.provider_id
        return None

    async def _may_go(self, parcel: Parcel) -> datetime | None:
        """Note that the provider is being asked, and return until when that may begin.

        The look-up took its time: a callback may have come meanwhile, or a person.
        """
        async with self.database.write() as session:
            thread, message = await self._mine(session, parcel)
            if thread is None or message is None:
                return None
            if message.author is Author.bot and not answers_itself(thread.row.holder):
                await self.handoff.drop(thread, message)
                return None
            if self._is_too_late(thread, message):
                await self._move(thread, message, Delivery.failed, None)
                return None
            message.attempts += 1
            message.delivery_asked_at = thread.now
            message.delivery_until = until = thread.now + lease.LASTS
            return until

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
            message.delivery_asked_at = None
            wait = wait_after(message.attempts, random.random())  # noqa: S311 - spreads the load
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
            if not of_use(message.author, thread.now - message.created_at):
                await self._move(thread, message, Delivery.failed, None)
                return
            if message.delivery_asked_at != parcel.asked_at:
                # It was asked for just now: until it was given up it may have been on its way.
                message.delivery_asked_at = thread.now
            message.delivery_until = None
            message.delivery_due_at = thread.now + LOOKED_UP_EVERY

    async def _mine(
        self, session: AsyncSession, parcel: Parcel
    ) -> tuple[Thread | None, Message | None]:
        row = await conversations_repository.lock(session, parcel.conversation_id)
        if row is None:
            return None, None
        message = await repository.lock(session, parcel.message_id)
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
        message.delivery_until = message.delivery_due_at = message.delivery_asked_at = None
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


def _lasts(until: datetime | None, now: datetime) -> bool:
    return until is None or until > now
