"""Answers one call with a loaded Rasa agent: a turn, an event, or only the understanding.

Not for: HTTP (see `turn.py`). Nothing is kept between two calls.
"""

import asyncio
import hashlib
import uuid
from typing import Any

import structlog
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from bot import state
from bot.failures import TurnFailedError, counted, note
from bot.replies import Replies
from bot.shapes import MalformedError, Turn
from bot.situation import slots_of
from bot.soundness import failure_in
from bot.trackers import held
from bot.understood import (
    Parse,
    forced,
    parse,
    parse_of_event,
    parse_of_nothing,
    understood,
)

log = structlog.get_logger()

# Under the api's deadline of 4 s, so that it hears of a failure rather than of nothing.
_SECONDS = 3.5


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
        answers.append(understood(await _parse_alone(agent, text), None, None))
        # Parsing holds the loop; a child in another conversation does not wait for the whole list.
        await asyncio.sleep(0)
    return {"understood": answers, "bot_version": bot_version(agent)}


async def _parse_alone(agent: Agent, text: str) -> Parse:
    """Parse one text of many: one that cannot be is not understood, and fails no other.

    Raises what an agent raises that can parse nothing at all: then these are to be read later.
    """
    try:
        return await parse(agent, text)
    except Exception as error:
        await parse(agent, "")
        log.error("understanding.text_failed", exc_info=error)  # noqa: TRY400 - see log.py
        return parse_of_nothing(text)


async def take_turn(agent: Agent, turn: Turn) -> dict[str, Any]:
    """Run one turn; the same turn again gives the same answer.

    Raises `MalformedError` or `TurnFailedError`.
    """
    with counted() as noted:
        try:
            async with asyncio.timeout(_SECONDS):
                return await _spoken(agent, turn, noted)
        except (MalformedError, TurnFailedError):
            raise
        except TimeoutError as error:
            raise TurnFailedError("too_late") from error
        except Exception as error:
            raise TurnFailedError("agent_failed") from error


async def _spoken(agent: Agent, turn: Turn, noted: list[str]) -> dict[str, Any]:
    version, parsed = bot_version(agent), await _parse(agent, turn)
    meaning = understood(parsed, turn.force, turn.now)
    tracker = state.start(uuid.uuid4().hex, turn.state, version, agent.domain)
    slots = {**slots_of(turn), "understood": meaning}
    _tell(tracker, slots, agent.domain)
    before, replies = len(tracker.events), Replies(turn.channel)
    with held(tracker):
        await agent.handle_message(_message(turn, parsed, replies, tracker.sender_id))
    if failure := failure_in(list(tracker.events)[before:], agent.domain, noted):
        raise TurnFailedError(failure)
    return {
        "turn": turn.id,
        "replies": replies.said,
        "understood": meaning,
        "changes": _changes(tracker, turn.known),
        "handoff": tracker.get_slot("handoff"),
        "state": state.pack(tracker, version, slots),
        "bot_version": version,
    }


def _tell(tracker: DialogueStateTracker, slots: dict[str, Any], domain: Domain) -> None:
    # A helpline may list lines that no response speaks of.
    told = [SlotSet(name, value) for name, value in slots.items() if name in tracker.slots]
    tracker.update_with_events(told, domain)


async def _parse(agent: Agent, turn: Turn) -> Parse:
    if turn.event is None:
        return forced(await parse(agent, turn.text), turn.force, agent.domain.intents)
    if turn.event not in agent.domain.intents:
        raise MalformedError("event")
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


def _changes(tracker: DialogueStateTracker, known: dict[str, Any]) -> dict[str, Any]:
    unchanged: dict[str, Any] = {
        "steps": {},
        "crisis": bool(known.get("crisis")),
        "task": known.get("task"),
    }
    return {**unchanged, **(tracker.get_slot("changes") or {})}
