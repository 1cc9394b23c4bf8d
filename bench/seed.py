"""Fills a tracker store of stock Rasa: conversations that have been opened, with their slots.

Our actions read slots that our own channel fills; stock Rasa's REST channel fills none. So each
conversation stands in the store beforehand, as far as our channel would have it after the greeting.
Runs in the bot's environment: `python -m bench.seed STORE MODEL < conversations.json`. Not for:
anything that is timed.
"""

import asyncio
import json
import sys
from typing import Any

from rasa.core.agent import Agent
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import ActionExecuted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot.shapes import Turn
from bot.situation import slots_of


async def seed(store_path: str, model: str, told: dict[str, Any]) -> None:
    """Store one opened conversation for each of `told["senders"]`."""
    domain = Agent.load(model).domain
    store = SQLTrackerStore(domain, db=store_path)
    slots = {**slots_of(Turn.read(told["turn"])), "dialogue": told["dialogue"]}
    names = {slot.name for slot in domain.slots}
    events = [ActionExecuted("action_listen")]
    events += [SlotSet(name, value) for name, value in slots.items() if name in names]
    for sender in told["senders"]:
        tracker = DialogueStateTracker.from_events(
            sender, events, slots=domain.slots, domain=domain
        )
        await store.save(tracker)


if __name__ == "__main__":
    asyncio.run(seed(sys.argv[1], sys.argv[2], json.load(sys.stdin)))
