"""Where Rasa looks for the conversation: the tracker of the turn that is running, and no other.

Not for: keeping anything. The api stores the state; when the turn's context ends, by an answer, an
error or a cut connection, the tracker is gone.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.trackers import DialogueStateTracker

_held: ContextVar[DialogueStateTracker | None] = ContextVar("tracker_of_the_turn", default=None)


@contextmanager
def held(tracker: DialogueStateTracker) -> Iterator[DialogueStateTracker]:
    """Let Rasa find this tracker, in this turn only."""
    token = _held.set(tracker)
    try:
        yield tracker
    finally:
        _held.reset(token)


class TurnTrackers(TrackerStore):
    """A tracker store without a store."""

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Do nothing: Rasa has worked on the held tracker itself."""

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        tracker = _held.get()
        return tracker if tracker is not None and tracker.sender_id == sender_id else None

    async def retrieve_full_tracker(self, sender_id: str) -> DialogueStateTracker | None:
        return await self.retrieve(sender_id)

    async def keys(self) -> Iterable[Any]:
        return ()
