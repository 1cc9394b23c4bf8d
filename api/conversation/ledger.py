"""The ledger and the facts of one conversation: what was said to the child, what the child told.

What a person set wins over the model. Not for: choosing a step or reading a text.
"""

import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.conversation import repository
from api.conversation.models import Fact, Message, Step
from api.conversation.steps import STEPS, StepState, advanced
from api.conversation.thread import Thread
from api.vault.sealing import DataKey, Place, SealBrokenError

log = logging.getLogger(__name__)

# Facts that may hold two values at once (understanding.md).
MANY_VALUED = frozenset({"demand", "platform", "payment_method", "amount"})
BY_MODEL = "model"

FactValues = dict[str, list[dict[str, Any]]]


async def advance(thread: Thread, changes: Mapping[str, StepState], *, by: str) -> None:
    """Move steps of the ledger. Unknown names are ignored: another version's step harms nothing."""
    ledger = await repository.steps_of(thread.session, thread.row.id)
    for name, new in changes.items():
        if name not in STEPS:
            continue
        step = ledger.get(name) or _pending(thread, name, by)
        state = advanced(StepState(step.state), new)
        if new is StepState.delivered and step.delivered_at is None:
            step.delivered_at = thread.now
        if state != step.state:
            step.state, step.by, step.changed_at = state, by, thread.now
        thread.session.add(step)
    await thread.session.flush()


async def reached(thread: Thread, messages: Iterable[Message]) -> None:
    """Record that the steps of `messages` have reached the child."""
    names = {name: StepState.delivered for message in messages for name in message.steps}
    if names:
        await advance(thread, names, by="delivery")


async def tell(thread: Thread, told: Mapping[str, Sequence[Mapping[str, str]]], *, by: str) -> None:
    """Merge facts: `{name: [{"value", "words"}]}`. The model never changes what a person set."""
    known = await repository.facts_of(thread.session, thread.row.id)
    for name, values in told.items():
        fact = known.get(name)
        if not values or (by == BY_MODEL and fact is not None and fact.by != BY_MODEL):
            continue
        fresh = [{**value, "by": by, "at": thread.now.isoformat()} for value in values]
        kept = _load(thread.key, fact) if fact and by == BY_MODEL and name in MANY_VALUED else []
        body = _seal(thread.key, name, _merged(kept, fresh))
        if fact is None:
            fact = Fact(conversation_id=thread.row.id, name=name)
            thread.session.add(fact)
        fact.body, fact.by, fact.changed_at = body, by, thread.now
    await thread.session.flush()


def facts_in_clear(key: DataKey, facts: Mapping[str, Fact]) -> FactValues:
    """Open the facts: `{name: [{"value", "words", "by", "at"}]}`.

    One that does not open is as good as not told: the child may be asked again.
    """
    opened = {name: _load(key, fact) for name, fact in sorted(facts.items())}
    return {name: values for name, values in opened.items() if values}


def states(ledger: Mapping[str, Step]) -> dict[str, str]:
    """Return `{step: state}` in the order of the walk."""
    return {name: ledger[name].state for name in STEPS if name in ledger}


def _pending(thread: Thread, name: str, by: str) -> Step:
    return Step(
        conversation_id=thread.row.id,
        name=name,
        state=StepState.pending,
        by=by,
        changed_at=thread.now,
    )


def _merged(kept: list[dict[str, Any]], fresh: list[dict[str, Any]]) -> list[dict[str, Any]]:
    values = {value["value"]: value for value in kept}
    values.update({value["value"]: value for value in fresh})
    return list(values.values())


def _seal(key: DataKey, name: str, values: list[dict[str, Any]]) -> bytes:
    return key.seal(Place("fact", "body", name), json.dumps(values, ensure_ascii=False))


def _load(key: DataKey, fact: Fact) -> list[dict[str, Any]]:
    try:
        text = key.unseal(Place("fact", "body", fact.name), fact.body)
    except SealBrokenError:
        log.error("fact_seal_broken conversation=%s", fact.conversation_id)  # noqa: TRY400
        return []
    values: list[dict[str, Any]] = json.loads(text)
    return values
