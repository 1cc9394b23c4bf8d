"""Answers one call with a loaded Rasa agent: a turn, an event, or only the understanding.

Not for: HTTP (see `turn.py`). Nothing is kept between two calls.
"""

import asyncio
import hashlib
import uuid
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.constants import ACTION_LISTEN_NAME, DEFAULT_ACTION_NAMES
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, FollowupAction, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot import state
from bot.failures import TurnFailed, counted, note
from bot.replies import Replies
from bot.shapes import Malformed, Turn
from bot.situation import slots_of
from bot.trackers import held
from bot.understood import Parse, forced, parse, parse_of_event, understood

# Under the api's deadline of 4 s, so that it hears of a failure rather than of nothing.
_SECONDS = 3.5
# Rasa's own ways out of a dialogue that no rule answers: for us each is a turn without an answer.
_LOST = {
    "action_default_fallback",
    "action_restart",
    "action_session_start",
    "action_back",
    "action_unlikely_intent",
    "action_revert_fallback_events",
}


def prepare(agent: Agent) -> Agent:
    """Check that the agent can answer turns, and make it say when it stops predicting."""
    if not agent.is_ready():
        raise RuntimeError("the agent has no model")
    if agent.domain.session_config.are_sessions_enabled():
        # Rasa would open a new session by itself and forget what was asked.
        raise RuntimeError("the domain must say session_expiration_time: 0")
    agent.processor.on_circuit_break = lambda *_: note("prediction_limit")
    return agent


def bot_version(agent: Agent) -> str:
    """Name the model that answers: any instance with the same file says the same."""
    return hashlib.sha256(agent.model_id.encode()).hexdigest()[:12]


async def understand(agent: Agent, texts: list[str]) -> dict[str, Any]:
    """Say what each text means, and nothing else."""
    answers = []
    for text in texts:
        answers.append(understood(await parse(agent, text), None, None))
        # Parsing holds the loop; a child in another conversation does not wait for the whole list.
        await asyncio.sleep(0)
    return {"understood": answers, "bot_version": bot_version(agent)}


async def take_turn(agent: Agent, turn: Turn) -> dict[str, Any]:
    """Run one turn; raises `Malformed` or `TurnFailed`. The same turn again gives the same answer."""
    slots = slots_of(turn)
    with counted() as failures:
        try:
            async with asyncio.timeout(_SECONDS):
                answer = await _spoken(agent, turn, slots)
        except (Malformed, TurnFailed):
            raise
        except TimeoutError as error:
            raise TurnFailed("too_late") from error
        except Exception as error:
            raise TurnFailed("agent_failed") from error
    if failures:
        raise TurnFailed(failures[0])
    return answer


async def _spoken(agent: Agent, turn: Turn, slots: dict[str, Any]) -> dict[str, Any]:
    version, parsed = bot_version(agent), await _parse(agent, turn)
    meaning = understood(parsed, turn.force, turn.now)
    tracker = state.start(uuid.uuid4().hex, turn.state, version, agent.domain)
    tracker.update_with_events(
        [
            SlotSet(name, value)
            for name, value in {**slots, "understood": meaning}.items()
            if name in tracker.slots
        ],
        agent.domain,
    )
    told = len(tracker.events)
    replies = Replies(turn.channel)
    with held(tracker):
        await agent.handle_message(_message(turn, parsed, replies, tracker.sender_id))
    _check(list(tracker.events)[told:], agent.domain)
    return {
        "turn": turn.id,
        "replies": replies.said,
        "understood": meaning,
        "changes": _changes(tracker, turn.known),
        "handoff": tracker.get_slot("handoff"),
        "state": state.pack(tracker, version),
        "bot_version": version,
    }


async def _parse(agent: Agent, turn: Turn) -> Parse:
    if turn.event is None:
        return forced(await parse(agent, turn.text), turn.force, agent.domain.intents)
    if turn.event not in agent.domain.intents:
        raise Malformed("event")
    return parse_of_event(turn.event)


def _message(turn: Turn, parsed: Parse, replies: Replies, sender_id: str) -> UserMessage:
    return UserMessage(
        text=turn.text,
        output_channel=replies,
        sender_id=sender_id,
        parse_data=parsed,
        input_channel=turn.channel,
        message_id=turn.id,
    )


def _check(events: list[Event], domain: Domain) -> None:
    """Note what Rasa only writes into its log: a turn without an end, an unknown name."""
    done = [event.action_name for event in events if isinstance(event, ActionExecuted)]
    if not done or done[-1] != ACTION_LISTEN_NAME:
        note("turn_without_an_end")
    if _LOST.intersection(done):
        note("no_rule")
    slots = {slot.name for slot in domain.slots}
    if any(isinstance(event, SlotSet) and event.key not in slots for event in events):
        note("slot_unknown")
    actions = {*domain.action_names_or_texts, *DEFAULT_ACTION_NAMES}
    if any(
        isinstance(event, FollowupAction) and event.action_name not in actions for event in events
    ):
        note("action_unknown")


def _changes(tracker: DialogueStateTracker, known: dict[str, Any]) -> dict[str, Any]:
    unchanged = {"steps": {}, "crisis": bool(known.get("crisis")), "task": known.get("task")}
    return {**unchanged, **(tracker.get_slot("changes") or {})}
