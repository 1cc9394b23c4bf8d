"""Children who write by SMS without a pause, and somebody who reads all of it again.

Each house stands for a process: an engine, a vault and a look at the key file of its own. Not for:
answers; no worker runs.
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from sqlalchemy import select

from api.channels.messages import Inbound
from api.channels.sms_in import take_in_sms
from api.conversation.models import Conversation, Message
from api.house import House

KNOWN = [f"+336399801{number:02}" for number in range(20)]


@dataclass
class Traffic:
    """What was written, and how long the slowest write took (seconds)."""

    houses: tuple[House, ...]
    written: list[str] = field(default_factory=list)
    read: int = 0
    slowest: float = 0.0
    over: bool = False
    _numbers: Iterator[int] = field(default_factory=count)

    async def write(self, house: House, number: str) -> None:
        """Have one SMS taken in; it counts as written once it is committed."""
        text = f"message {next(self._numbers)}"
        began = time.monotonic()
        await take_in_sms(house, Inbound(f"SM{text}", number, text))
        self.slowest = max(self.slowest, time.monotonic() - began)
        self.written.append(text)

    async def flow(self) -> None:
        """Go on until `over`: known numbers, new numbers and a reader in every house."""
        async with asyncio.TaskGroup() as group:
            for index, house in enumerate(self.houses):
                group.create_task(self._known(house))
                group.create_task(self._new(house, index))
                group.create_task(self._reader(house))

    async def _known(self, house: House) -> None:
        for turn in count():
            if self.over:
                return
            await self.write(house, KNOWN[turn % len(KNOWN)])
            await asyncio.sleep(0.05)

    async def _new(self, house: House, index: int) -> None:
        for turn in count():
            if self.over:
                return
            await self.write(house, f"+3363998{index}{turn:03}0")
            await asyncio.sleep(0.3)

    async def _reader(self, house: House) -> None:
        while not self.over:
            # A few at a time: who opens everything at once holds up all others of this process.
            self.read += len(await texts(house, newest=20))
            await asyncio.sleep(0.1)


async def texts(house: House, *, newest: int | None = None) -> list[str]:
    """Open everything there is, or the newest. Raises `SealBrokenError` where one does not open."""
    query = select(Message, Conversation).join(Conversation).order_by(Message.seq.desc())
    async with house.database.read() as session:
        found = (await session.execute(query.limit(newest))).all()
        return [house.conversations.thread(session, row).read(m).text for m, row in found]
