"""What one message was understood to mean: intent, facts, danger, language, from Rasa's parse.

Not for: deciding what to answer, and not for the reviewed danger phrases (the api's, which arrive
here as `force`).
"""

from datetime import datetime
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage

from bot.failures import TurnFailedError
from bot.readings import NOT_UNDERSTOOD, readings, threshold_of
from bot.shapes import Force
from bot.understanding.deadline import resolved
from bot.understanding.parts import MOST_SHOWN

Parse = dict[str, Any]

# The level of a danger of which no layer says more.
_LOWEST = "R2"
# Of a list of prices or hours so many are given; an answer has its limit (`turn.py`).
MOST_VALUES = 20
_FRENCH = "fr"


async def parse(agent: Agent, text: str) -> Parse:
    """Parse a child's text. No text is a command: Rasa would obey "/restart" or "/intent{…}"."""
    spoken = text.strip().lstrip("/ \t\r\n")
    parsed: Parse = await agent.processor.parse_message(UserMessage(text=spoken))
    return {**parsed, "readings": readings(parsed, threshold_of(agent))}


def parse_of_event(name: str) -> Parse:
    """Give the parse of a turn that no message starts."""
    return {"text": "", "intent": {"name": name, "confidence": 1.0}, "entities": []}


def parse_of_nothing(text: str) -> Parse:
    """Give the parse of a text that could not be parsed."""
    return {"text": text, "intent": {"name": None, "confidence": 0.0}, "entities": []}


def forced(parsed: Parse, force: Force | None, intents: list[str]) -> Parse:
    """Override the intent and keep the facts.

    A tap on a choice of an older version may mean an intent that is gone: then its words count.
    A danger must not be lost that way: the turn fails, and the api's script answers.
    """
    if force is None or _is_worse(parsed.get("danger"), force):
        return parsed
    if force.intent not in intents:
        if force.level is not None:
            raise TurnFailedError("danger_unknown_to_the_model")
        return parsed
    certain = {"name": force.intent, "confidence": 1.0}
    return {**parsed, "intent": certain, "intent_ranking": [certain], "readings": []}


def _is_worse(seen: dict[str, Any] | None, force: Force) -> bool:
    """Whether the model has seen more than the phrases that force a danger (the api's `seen`)."""
    return seen is not None and force.level is not None and seen["level"] > force.level


def understood(parsed: Parse, force: Force | None, now: datetime | None) -> dict[str, Any]:
    """Give what the contract names; `readings` is what it may mean when it is not understood."""
    intent = parsed["intent"]["name"] or NOT_UNDERSTOOD
    facts = _facts(parsed, now)
    return {
        "intent": intent,
        "confidence": round(float(parsed["intent"]["confidence"] or 0.0), 4),
        "facts": facts,
        "danger": _danger(parsed, force, facts),
        "danger_share": parsed.get("danger_share"),
        "readings": parsed.get("readings", []),
        "language": parsed.get("language") or _FRENCH,
    }


def _facts(parsed: Parse, now: datetime | None) -> dict[str, list[dict[str, str]]]:
    facts: dict[str, list[dict[str, str]]] = {}
    for entity in parsed["entities"]:
        name, value = entity["entity"], str(entity["value"])
        words = parsed["text"][entity.get("start", 0) : entity.get("end", 0)] or value
        if name == "deadline" and now is not None:
            value = resolved(value, now)
        told = facts.setdefault(name, [])
        if len(told) < MOST_VALUES and all(fact["value"] != value for fact in told):
            told.append({"value": value, "words": words})
    return facts


def _danger(
    parsed: Parse, force: Force | None, facts: dict[str, list[dict[str, str]]]
) -> dict[str, str] | None:
    """Give the danger that is the intent: of what phrases and model say, the higher level."""
    kind = parsed["intent"]["name"] or ""
    if not kind.startswith("danger_"):
        return None
    seen = parsed.get("danger") or {}
    level, subject = (force.level, force.subject) if force else (None, None)
    told = "other" if {"other"} == {fact["value"] for fact in facts.get("subject", [])} else "self"
    danger = {
        "kind": kind,
        "level": max(level or _LOWEST, seen.get("level") or _LOWEST),
        "subject": subject or told,
    }
    words = parsed["text"][seen["start"] : seen["end"]] if seen else ""
    # Words that are too many point at nothing: who answers has the message itself.
    return danger | ({"words": words} if 0 < len(words) <= MOST_SHOWN else {})
