"""Finding, opening and erasing conversations.

Not for: what happens inside one (`thread.py`, `ledger.py`) or who holds it (`api/handoff`).
"""

import logging
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from api.audit.models import Action
from api.audit.service import record
from api.channels.messages import Channel
from api.clock import Clock
from api.conversation import repository
from api.conversation.holder import Holder
from api.conversation.models import ChatToken, Contact, Conversation, ErasedCard
from api.conversation.succession import carried, end_lost
from api.conversation.thread import Thread
from api.danger.signals import Danger, Level, Subject
from api.database import forget, touch
from api.errors import NotFoundError, UnauthorizedError
from api.helpline import Helpline
from api.vault.sealing import DataKey, KeyNotHeldError, SealBrokenError, Vault

log = logging.getLogger(__name__)

TOKEN_BYTES = 32
# No letter or digit that is read or heard as another one; 8 of 30 make 39 bits.
CODE_ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ2346789"
CODE_LENGTH = 8


@dataclass(frozen=True)
class Admission:
    """What a page needs to go on: shown once, kept nowhere but as hashes."""

    conversation_id: UUID
    token: str = field(repr=False)
    resume_code: str = field(repr=False)


class Conversations:
    """Opens threads. Every method works inside the caller's transaction."""

    def __init__(self, vault: Vault, clock: Clock, helpline: Helpline) -> None:
        self._vault = vault
        self._clock = clock
        self._helpline = helpline

    async def lock(self, session: AsyncSession, conversation_id: UUID) -> Thread:
        """Open a thread under its row's lock. Raises `NotFoundError` when it is gone."""
        row = await repository.lock(session, conversation_id)
        if row is None:
            raise NotFoundError
        return self.thread(session, row)

    def thread(self, session: AsyncSession, row: Conversation) -> Thread:
        """Open the thread of a row already read; without the lock it is for reading only.

        Where its key does not open, neither does anything in it: see `succeed`. Raises
        `KeyNotHeldError`: whether it opens cannot be said now.
        """
        try:
            key = self._vault.data_key(row.id, row.key_version, row.wrapped_key)
        except SealBrokenError:
            log.error("key_does_not_open conversation=%s", row.id)  # noqa: TRY400
            key = DataKey(row.id, None)
        return Thread(session, row, key, self._clock.now())

    def listed(self, session: AsyncSession, row: Conversation) -> Thread:
        """Open a thread for a list: one whose key is not held keeps no other from being seen."""
        try:
            return self.thread(session, row)
        except KeyNotHeldError:
            return Thread(session, row, DataKey(row.id, None), self._clock.now())

    async def succeed(self, session: AsyncSession, conversation_id: UUID) -> Thread | None:
        """Open the next conversation in the place of one whose key does not open; None if it does.

        The old one is closed as it is: it opens again should its key be found.
        """
        found = await repository.get(session, conversation_id)
        if found is None:
            return None
        await repository.lock_contact(session, found.contact_id)
        row = await repository.lock(session, conversation_id)
        if row is None or row.holder is Holder.closed or self.thread(session, row).key.opens:
            return None
        return await self._next(session, await session.get_one(Contact, row.contact_id), row)

    async def of_phone(self, session: AsyncSession, number: str) -> Thread:
        """Open the current thread of a phone number (E.164), a new one where none is open."""
        contact = Contact(
            id=uuid4(),
            channel=Channel.sms,
            lookup=self._vault.lookup("phone", number),
            created_at=self._clock.now(),
        )
        contact = await repository.ensure_contact(session, contact)
        thread = await self._current(session, contact)
        if _address(thread) is None:
            thread.row.address = thread.seal("address", number)
        return thread

    async def of_token(self, session: AsyncSession, token: str, *, writes: bool) -> Thread:
        """Open the thread of a page's token: where it writes, a new one after a closed one."""
        hash_ = self._vault.lookup("token", token)
        contact = await repository.contact_of_token(session, hash_, lock=writes)
        if contact is None:
            raise UnauthorizedError
        if writes:
            return await self._current(session, contact)
        row = await repository.latest_of(session, contact.id)
        if row is None:
            raise UnauthorizedError
        return self.thread(session, row)

    async def admit(self, session: AsyncSession) -> Admission:
        """Open a conversation on the web for somebody new."""
        code = "".join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))
        contact = Contact(
            id=uuid4(),
            channel=Channel.web,
            lookup=self._vault.lookup("code", code),
            created_at=self._clock.now(),
        )
        session.add(contact)
        await session.flush()
        thread = await self._current(session, contact)
        return Admission(thread.row.id, self._new_token(session, contact), code)

    async def resume(self, session: AsyncSession, code: str) -> Admission:
        """Admit whoever holds the code. Raises `NotFoundError`; tries are slowed by the caller."""
        spelled = "".join(character for character in code.upper() if character in CODE_ALPHABET)
        lookup = self._vault.lookup("code", spelled)
        contact = await repository.contact_by_lookup(session, lookup)
        row = contact and await repository.latest_of(session, contact.id)
        if contact is None or row is None:
            raise NotFoundError
        return Admission(row.id, self._new_token(session, contact), spelled)

    def heard(self, thread: Thread) -> None:
        """Note that the child has written: its conversation lives on from now."""
        thread.row.last_minor_at = thread.now
        thread.row.expires_at = self._expiry(thread.now)

    async def erase(self, session: AsyncSession, conversation_id: UUID, *, by: Action) -> bool:
        """Destroy key and rows of a conversation. Receipts, the audit and a danger card stay.

        Says whether it did: a purge leaves one in which the child has just written again.
        """
        row = await repository.get(session, conversation_id)
        if row is None:
            return False
        await repository.lock_contact(session, row.contact_id)
        row = await repository.lock(session, conversation_id)
        if row is None or (by is Action.purge and row.expires_at > self._clock.now()):
            return False
        # The card tells the desk that a child went; at the end of its time nobody did.
        if by is Action.erase and row.holder is not Holder.closed and danger_open(row):
            session.add(self._card(row))
        record(session, by, at=self._clock.now(), conversation_id=row.id)
        contact_id = row.contact_id
        await session.delete(row)
        await session.flush()
        if await repository.latest_of(session, contact_id) is None:
            await session.execute(delete(Contact).where(Contact.id == contact_id))
        forget(session)
        touch(session, conversation_id)
        return True

    async def _current(self, session: AsyncSession, contact: Contact) -> Thread:
        latest = await repository.latest_of(session, contact.id)
        if latest is not None and latest.holder is not Holder.closed:
            # Under the lock it may have been closed or erased since it was found.
            latest = await repository.lock(session, latest.id)
            if latest is not None and latest.holder is not Holder.closed:
                thread = self.thread(session, latest)
                return thread if thread.key.opens else await self._next(session, contact, latest)
        return self._open(session, contact, latest)

    async def _next(self, session: AsyncSession, contact: Contact, lost: Conversation) -> Thread:
        now = self._clock.now()
        begins = end_lost(lost, now, danger_open=danger_open(lost))
        record(session, Action.lost, at=now, conversation_id=lost.id)
        touch(session, lost.id)
        # The old one is closed first: a contact has one open conversation.
        await session.flush()
        thread = self._open(session, contact, lost)
        for name, value in begins.items():
            setattr(thread.row, name, value)
        await session.flush()
        session.add_all(carried(await repository.steps_of(session, lost.id), thread.row.id))
        return thread

    def _open(
        self, session: AsyncSession, contact: Contact, previous: Conversation | None
    ) -> Thread:
        now, id_ = self._clock.now(), uuid4()
        key, wrapped = self._vault.new_data_key(id_)
        row = Conversation(
            id=id_,
            contact_id=contact.id,
            channel=contact.channel,
            key_version=wrapped.version,
            wrapped_key=wrapped.closed,
            opened_at=now,
            last_at=now,
            expires_at=self._expiry(now),
            # A page that stays open over a closed conversation goes on counting.
            previous_id=previous.id if previous else None,
            seq=previous.seq if previous else 0,
            revision=previous.revision if previous else 0,
            holder=Holder.with_bot,
            holder_version=0,
            reasons=[],
            crisis=False,
            language="fr",
            guarded=False,
            turn_token=0,
            script_count=0,
        )
        session.add(row)
        return Thread(session, row, key, now)

    def _expiry(self, now: datetime) -> datetime:
        return now + timedelta(days=self._helpline.retention.conversation_days)

    def _new_token(self, session: AsyncSession, contact: Contact) -> str:
        token = secrets.token_urlsafe(TOKEN_BYTES)
        hash_ = self._vault.lookup("token", token)
        session.add(ChatToken(hash=hash_, contact_id=contact.id, created_at=self._clock.now()))
        return token

    def _card(self, row: Conversation) -> ErasedCard:
        now = self._clock.now()
        return ErasedCard(
            id=uuid4(),
            channel=row.channel,
            danger_kind=row.danger_kind,
            danger_level=row.danger_level,
            opened_at=row.opened_at,
            erased_at=now,
            expires_at=now + timedelta(days=self._helpline.retention.erased_card_days),
        )


def _address(thread: Thread) -> str | None:
    # A number that does not open is sealed again: without it no answer finds the child.
    try:
        return thread.unseal("address", thread.row.address)
    except SealBrokenError:
        return None


def danger_of(row: Conversation) -> Danger | None:
    """Return the danger that a conversation keeps."""
    if row.danger_kind is None or row.danger_level is None:
        return None
    subject: Subject = "other" if row.danger_subject == "other" else "self"
    return Danger(row.danger_kind, Level(row.danger_level), subject)


def danger_open(row: Conversation) -> bool:
    """Say whether a danger of level R2 or R3 stands: no person has lowered it yet."""
    return row.danger_level in (Level.R2, Level.R3)
