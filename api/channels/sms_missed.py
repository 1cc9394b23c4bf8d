"""What no webhook brought: the provider's own list is read, and what is missing is taken in.

A webhook is posted once, and is lost when it meets a restart or a fault of ours: then a child waits
for an answer that nobody owes it, or a step that it has read counts as never arrived. Receipts
decide what is new, so nothing erased comes back.
Not for: what taking in means (`sms_in.py`), nor for pictures, which are never asked for.
"""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from api.channels.sender import Inbox, Received
from api.channels.sms_in import take_in_sms
from api.conversation import repository
from api.house import House

log = logging.getLogger(__name__)

# What a process that was away may have missed; far inside the life of a receipt.
FIRST_REACH = timedelta(hours=24)
# A list can lag behind the webhooks, and the provider's clock behind ours.
OVERLAP = timedelta(hours=1)
# Older than this it goes to a person: an answer at once would come out of nowhere.
LATE = timedelta(minutes=10)


@dataclass
class Missed:
    """A sweep over the provider's list. `since` moves on only when everything listed is in."""

    house: House
    inbox: Inbox
    since: datetime | None = None

    async def run(self) -> None:
        """Take in what no webhook brought, messages first. Raises `InboxUnansweredError`."""
        began = self.house.clock.now()
        since = self.since or began - FIRST_REACH
        received = await self.inbox.received(since)
        all_taken = all([await self._taken(one) for one in await self._missing(received)])
        if self.house.deliveries is not None:
            await self.house.deliveries.catch_up(await self.inbox.taken(since))
        if all_taken:
            self.since = began - OVERLAP

    async def _missing(self, received: Sequence[Received]) -> list[Received]:
        by_hash = {self._receipt(one): one for one in received}
        async with self.house.database.read() as session:
            known = await repository.known_receipts(session, by_hash)
        return [one for hash_, one in by_hash.items() if hash_ not in known]

    async def _taken(self, one: Received) -> bool:
        late = self.house.clock.now() - one.at > LATE
        try:
            await take_in_sms(self.house, one.sms, late=late)
        except Exception as error:  # noqa: BLE001 - one child's trouble must not keep others waiting
            log.error("missed_sms_refused error=%s", type(error).__name__)  # noqa: TRY400
            return False
        return True

    def _receipt(self, one: Received) -> bytes:
        return self.house.vault.lookup("provider", one.sms.provider_id)
