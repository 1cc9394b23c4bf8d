"""The two kinds of work that fall due in the database: turns and deliveries.

Not for: the loops around them (`worker.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from api import lease
from api.conversation import repository
from api.delivery import repository as delivery_repository
from api.delivery.parcel import Parcel
from api.delivery.service import Deliveries
from api.dialogue.work import Lease
from api.turn import Turn


@dataclass(frozen=True)
class DueTurns:
    """Conversations whose turn has come. The token fences a worker whose lease ran out."""

    turn: Turn

    async def next_at(self) -> datetime | None:
        async with self.turn.database.read() as session:
            return await repository.next_turn_at(session)

    async def claim(self, *, most: int) -> Sequence[Lease]:
        async with self.turn.database.write() as session:
            now = self.turn.clock.now()
            leases = []
            for row in await repository.due_turns(session, now, most=most):
                row.turn_token += 1
                row.turn_until = now + lease.LASTS
                leases.append(Lease(row.id, row.turn_token))
            return leases

    async def renew(self, pieces: Sequence[Lease]) -> None:
        tokens = {piece.conversation_id: piece.token for piece in pieces}
        async with self.turn.database.write() as session:
            until = self.turn.clock.now() + lease.LASTS
            for row in await repository.leased(session, tokens):
                row.turn_until = until

    async def do(self, piece: Lease) -> None:
        await self.turn.answer(piece)


@dataclass(frozen=True)
class DueDeliveries:
    """Messages to hand to the provider."""

    deliveries: Deliveries

    async def next_at(self) -> datetime | None:
        async with self.deliveries.database.read() as session:
            return await delivery_repository.next_at(session)

    async def claim(self, *, most: int) -> Sequence[Parcel]:
        return await self.deliveries.claim(most=most)

    async def renew(self, pieces: Sequence[Parcel]) -> None:
        tokens = {piece.message_id: piece.token for piece in pieces}
        async with self.deliveries.database.write() as session:
            until = self.deliveries.clock.now() + lease.LASTS
            for message in await delivery_repository.leased(session, tokens):
                message.delivery_until = until

    async def do(self, piece: Parcel) -> None:
        await self.deliveries.deliver(piece)
