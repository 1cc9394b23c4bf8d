"""Packs what the dialogue must remember between two turns, and drops what no longer fits.

Not for: facts, ledger, danger, crisis or task; the api keeps these and gives them with each turn.
So a lost state is never a lost child: the turn runs from what is known.

What is packed: the `dialogue` slot and the events of the last four turns, without any text of the
child or of the bot. Its size is the same at the tenth and at the hundred-and-fiftieth turn.
"""

import base64
import gzip
import json
import zlib
from typing import Any

from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    Event,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker

MEMORY = "dialogue"
_TURNS = 4
_MAX_BYTES = 64 * 1024
_OF_ONE_MOMENT = ("timestamp", "metadata", "policy", "confidence", "action_text")


def start(
    sender_id: str, packed: str | None, bot_version: str, domain: Domain
) -> DialogueStateTracker:
    """Give the tracker to begin the turn with: from the state where it loads, else a new one."""
    events = [ActionExecuted(ACTION_LISTEN_NAME)]
    events += [] if packed is None else _unpack(packed, bot_version, domain)
    return DialogueStateTracker.from_events(sender_id, events, slots=domain.slots, domain=domain)


def pack(tracker: DialogueStateTracker, bot_version: str) -> str:
    """Give the state to keep. The same turn gives the same bytes."""
    body = {
        "bot_version": bot_version,
        MEMORY: tracker.get_slot(MEMORY),
        "events": [_trimmed(event) for event in _last_turns(tracker) if _counts(event, tracker)],
    }
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def _unpack(packed: str, bot_version: str, domain: Domain) -> list[Event]:
    # Whatever is wrong with it, the answer is the same: go on without. The state has been sealed
    # by the api all along, so this is about versions and accidents, not about an attacker.
    try:
        body = json.loads(_inflated(packed))
        if body["bot_version"] != bot_version:
            return []
        events = [Event.from_parameters(event) for event in body["events"]]
        return [SlotSet(MEMORY, body[MEMORY]), *events] if _all_known(events, domain) else []
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error):
        return []


def _inflated(packed: str) -> bytes:
    reader = zlib.decompressobj(wbits=31)
    raw = reader.decompress(base64.b64decode(packed, validate=True), _MAX_BYTES)
    if not reader.eof:
        raise ValueError("state: too long or cut off")
    return raw


def _all_known(events: list[Event | None], domain: Domain) -> bool:
    return all(_is_known(event, domain) for event in events)


def _is_known(event: Event | None, domain: Domain) -> bool:
    if isinstance(event, ActionExecuted):
        return event.action_name in domain.action_names_or_texts
    if isinstance(event, SlotSet):
        return event.key in {slot.name for slot in domain.slots}
    if isinstance(event, UserUttered):
        return event.intent_name in domain.intents
    if isinstance(event, ActiveLoop):
        return event.name is None or event.name in domain.form_names
    return event is not None


def _last_turns(tracker: DialogueStateTracker) -> list[Event]:
    events = list(tracker.events)
    starts = [at for at, event in enumerate(events) if isinstance(event, UserUttered)]
    return events[starts[-_TURNS:][0] :] if starts else []


def _counts(event: Event, tracker: DialogueStateTracker) -> bool:
    """Whether a later prediction can depend on the event."""
    if isinstance(event, SlotSet):
        return bool(tracker.slots[event.key].influence_conversation)
    return not isinstance(event, BotUttered)


def _trimmed(event: Event) -> dict[str, Any]:
    if isinstance(event, UserUttered):
        intent = {"name": event.intent_name, "confidence": event.intent.get("confidence")}
        entities = [{"entity": entity["entity"], "value": ""} for entity in event.entities]
        return {"event": "user", "parse_data": {"intent": intent, "entities": entities}}
    whole = event.as_dict()
    return {name: value for name, value in whole.items() if name not in _OF_ONE_MOMENT}
