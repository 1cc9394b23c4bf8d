"""Everything the endpoints work with, put together once in `main` and handed to them.

Not for: making any of it.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from api.channels.sender import Inbox
from api.channels.tries import Tries
from api.clock import Clock
from api.conversation.service import Conversations
from api.database import Database
from api.delivery.service import Deliveries
from api.dialogue.asking import Surroundings
from api.dialogue.client import Bot
from api.dialogue.script import Script
from api.handoff.service import Handoff
from api.helpline import Helpline
from api.hooks import Hooks
from api.live.bus import MemoryBus
from api.settings import Settings
from api.turn import Turn
from api.vault.sealing import Vault


@dataclass(frozen=True, eq=False)
class House:
    """The parts of one process. `deliveries` and `inbox` are None where no number is connected."""

    settings: Settings
    clock: Clock
    database: Database
    vault: Vault
    helpline: Helpline
    conversations: Conversations
    turn: Turn
    deliveries: Deliveries | None
    inbox: Inbox | None
    bus: MemoryBus
    bot: Bot
    tries: Tries

    @property
    def hooks(self) -> Hooks:
        """What is told that a point has been reached at which this process may die."""
        return self.turn.hooks

    @property
    def handoff(self) -> Handoff:
        """The moves between the program and people."""
        return self.turn.voice.handoff

    @property
    def script(self) -> Script:
        """The reviewed lines of the api itself."""
        return self.turn.voice.script

    @property
    def surroundings(self) -> Surroundings:
        """The helpline as it is at a moment, as the turn sees it."""
        return self.turn.surroundings

    async def aclose(self) -> None:
        """Let go of the database, the bot and the provider."""
        if self.deliveries is not None:
            await self.deliveries.sender.aclose()
        await self.bot.aclose()
        await self.database.close()


def house(request: Request) -> House:
    """Return the house of the app that serves this request."""
    found: House = request.app.state.house
    return found


HouseDep = Annotated[House, Depends(house)]
