"""What time does to conversations: silence ends a wait, and everything is erased when it expires.

Not for: erasure at the child's own wish (`service.py`, which this uses).
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete

from api.audit.models import Action
from api.clock import Clock
from api.conversation import repository
from api.conversation.models import ErasedCard, Receipt
from api.conversation.service import Conversations
from api.database import Database
from api.desk.models import StaffSession
from api.handoff.service import Handoff
from api.helpline import Helpline


@dataclass(frozen=True)
class Sweep:
    """One pass over what has gone silent or has expired. Each conversation is a transaction."""

    database: Database
    conversations: Conversations
    handoff: Handoff
    helpline: Helpline
    clock: Clock

    async def run(self) -> None:
        await self.end_silent()
        await self.purge()

    async def end_silent(self) -> int:
        """Close conversations in which nobody has written for the helpline's time of silence."""
        silence = timedelta(hours=self.helpline.silence.waiting_ends_after_hours)
        async with self.database.read() as session:
            silent = await repository.silent_since(session, self.clock.now(), silence)
        for conversation_id in silent:
            async with self.database.write() as session:
                thread = await self.conversations.lock(session, conversation_id)
                if thread.row.last_at <= thread.now - silence:
                    self.handoff.expire(thread)
        return len(silent)

    async def purge(self) -> int:
        """Erase what has expired. Returns how many conversations."""
        async with self.database.read() as session:
            expired = await repository.expired(session, self.clock.now())
        for conversation_id in expired:
            async with self.database.write() as session:
                await self.conversations.erase(session, conversation_id, by=Action.purge)
        async with self.database.write() as session:
            now = self.clock.now()
            for table in (Receipt, ErasedCard, StaffSession):
                await session.execute(delete(table).where(table.expires_at <= now))
        return len(expired)
