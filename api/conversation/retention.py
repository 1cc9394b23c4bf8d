"""What time does to conversations: silence ends a wait, and everything is erased when it expires.

Not for: erasure at the child's own wish (`service.py`, which this uses).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete

from api.audit.models import Action
from api.clock import Clock
from api.conversation import repository
from api.conversation.holder import Holder
from api.conversation.models import ErasedCard, Receipt
from api.conversation.service import Conversations
from api.database import Database, forget
from api.desk.models import StaffSession
from api.errors import NotFoundError
from api.handoff.service import Handoff
from api.helpline import Helpline
from api.hooks import Hook, Hooks
from api.vault.sealing import KeyNotHeldError


@dataclass(frozen=True)
class Sweep:
    """One pass over what has gone silent or has expired. Each conversation is a transaction."""

    database: Database
    conversations: Conversations
    handoff: Handoff
    helpline: Helpline
    clock: Clock
    hooks: Hooks

    async def run(self) -> None:
        # Erasing first: it is owed to every child, and opens nothing that could fail to open.
        await self.purge()
        await self.end_silent()

    async def end_silent(self) -> int:
        """Close conversations in which nobody has written for the helpline's time of silence."""
        async with self.database.read() as session:
            silent = await repository.silent_since(session, self.clock.now(), self._silence)
        return await self.close(silent)

    async def close(self, silent: Sequence[UUID]) -> int:
        """Close those that are still there, open and silent. Returns how many."""
        return sum([await self._closed(conversation_id) for conversation_id in silent])

    async def _closed(self, conversation_id: UUID) -> bool:
        try:
            async with self.database.write() as session:
                thread = await self.conversations.lock(session, conversation_id)
                spoken = thread.row.last_at > thread.now - self._silence
                if spoken or thread.row.holder is Holder.closed:
                    return False
                self.handoff.expire(thread)
        except (NotFoundError, KeyNotHeldError):
            return False
        return True

    async def purge(self) -> int:
        """Erase what has expired. Returns how many conversations."""
        async with self.database.read() as session:
            expired = await repository.expired(session, self.clock.now())
        erased = 0
        for conversation_id in expired:
            async with self.database.write() as session:
                erased += await self.conversations.erase(session, conversation_id, by=Action.purge)
            await self.hooks.at(Hook.purge_mid)
        async with self.database.write() as session:
            now = self.clock.now()
            for table in (Receipt, ErasedCard, StaffSession):
                await session.execute(delete(table).where(table.expires_at <= now))
            # A round that died after a commit has left the bytes of what it erased in the log.
            forget(session)
        return erased

    @property
    def _silence(self) -> timedelta:
        return timedelta(hours=self.helpline.silence.waiting_ends_after_hours)
