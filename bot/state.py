"""Packs what the dialogue must remember between two turns, and drops what no longer fits.

Not for: facts, ledger, danger, crisis or task; the api keeps these and gives them with each turn.
So a lost state is never a lost child: the turn runs from what is known.

What is packed: the slots that outlive a turn (`dialogue`, and a form's own) and the events of the
last four turns, without any text of the child or of the bot. Its size is the same at the tenth and
at the hundred-and-fiftieth turn.
"""

import base64
import gzip
import json
import zlib
from collections.abc import Container
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


def pack(tracker: DialogueStateTracker, bot_version: str, passing: Container[str]) -> str:
    """Give the state to keep: the same turn gives the same bytes.

    `passing` names the slots that the channel writes anew in every turn.
    """
    slots = [slot for slot in tracker.slots.values() if slot.name not in passing]
    body = {
        "bot_version": bot_version,
        "slots": {slot.name: slot.value for slot in slots if slot.value != slot.initial_value},
        "loop": tracker.active_loop_name,
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
        events = [SlotSet(name, value) for name, value in body["slots"].items()]
        events += [Event.from_parameters(event) for event in _with_loop(body)]
        return events if all(_is_known(event, domain) for event in events) else []
    except (ValueError, KeyError, TypeError, AttributeError, zlib.error):
        return []


def _inflated(packed: str) -> bytes:
    reader = zlib.decompressobj(wbits=31)
    raw = reader.decompress(base64.b64decode(packed, validate=True), _MAX_BYTES)
    if not reader.eof:
        raise ValueError("state: too long or cut off")
    return raw


def _with_loop(body: dict[str, Any]) -> list[dict[str, Any]]:
    """Give the events, begun with the form that was active before the first of them."""
    events: list[dict[str, Any]] = body["events"]
    if body["loop"] is None or any(event["event"] == "active_loop" for event in events):
        return events
    return [{"event": "active_loop", "name": body["loop"]}, *events]


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
    if not starts:
        return []
    begin = starts[-_TURNS:][0]
    # The slots of a turn are told before its message.
    while isinstance(events[begin - 1], SlotSet):
        begin -= 1
    return events[begin:]


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
