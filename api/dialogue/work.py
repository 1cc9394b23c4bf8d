"""One turn's work: which messages it answers, which it only reads, and what the bot is asked.

Gathered without the row's lock, so that a slow bot keeps nobody waiting; `Work.holds` tells
afterwards whether it may still be concluded. Not for: calling the bot or writing its answer.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, Self
from uuid import UUID, uuid5

from api.channels.messages import Awaits
from api.conversation import repository
from api.conversation.holder import answers_itself
from api.conversation.models import Conversation, Message
from api.conversation.thread import Thread
from api.danger.seen import firm
from api.danger.signals import Signal, weight, worst
from api.dialogue.asking import Surroundings, known
from api.dialogue.replies import forced, tapped_danger
from api.dialogue.shapes import TurnRequest
from api.vault.sealing import SealBrokenError

Eyes = Callable[[str], Sequence[Signal]]
Stand = tuple[int, str | None, str | None, bool, str | None]
# One turn is read in one go; who writes more than this at once is answered in several.
MOST_AT_ONCE = 10


@dataclass(frozen=True)
class Lease:
    """The right of one worker to conclude one conversation's turn: the newest token only."""

    conversation_id: UUID
    token: int


@dataclass(frozen=True)
class Work:
    """What one turn deals with. `request` is None where the bot is asked nothing.

    `unreadable`: what it answers does not open, so the script does and a person is asked for.
    `hint`: a worse danger than `signal`, in words that the model may exclude.
    """

    lease: Lease
    stand: Stand
    since: datetime
    texts: tuple[str, ...] = field(repr=False)
    signal: Signal | None
    hint: Signal | None
    event: str | None
    request: TurnRequest | None
    unreadable: bool
    readings: tuple[str, ...] = field(repr=False)
    answered: frozenset[UUID]
    read: frozenset[UUID]

    def holds(self, row: Conversation) -> bool:
        """Say whether the lease is mine, and nothing happened that the answer does not know.

        A person took the conversation, or a danger was seen or lowered: the answer comes too late.
        """
        return self.mine(row) and stand_of(row) == self.stand

    @property
    def text(self) -> str:
        """All that is answered, as one."""
        return _joined(self.texts)

    def mine(self, row: Conversation) -> bool:
        """Say whether the turn is still to be concluded, and by me.

        One that was concluded is nobody's, also where the news of its commit was lost.
        """
        return row.turn_until is not None and row.turn_token == self.lease.token

    def with_danger(self, signal: Signal) -> Self:
        """Give the same work, with a danger that has been made sure of."""
        request = self.request
        if request is not None:
            request = request.model_copy(update={"force": forced(signal, None)})
        return replace(self, signal=signal, hint=None, request=request)


def stand_of(row: Conversation) -> Stand:
    """Return what an answer must have known: holder, danger, crisis, event."""
    return row.holder_version, row.danger_kind, row.danger_level, row.crisis, row.event


@dataclass(frozen=True)
class Heard:
    """What a turn answers: messages, or an event that no message starts."""

    messages: tuple[Message, ...]
    texts: tuple[str, ...] = field(repr=False)
    signal: Signal | None
    hint: Signal | None
    event: str | None
    unreadable: bool = False

    @property
    def text(self) -> str:
        return _joined(self.texts)

    @property
    def tapped(self) -> str | None:
        return self.messages[0].intent if self.messages else None


async def work_of(
    thread: Thread, lease: Lease, surroundings: Surroundings, danger_in: Eyes
) -> Work:
    """Gather the work of a leased conversation."""
    row = thread.row
    awaiting = await repository.awaiting(thread.session, row.id)
    heard = _heard(thread, awaiting, danger_in)
    to_read = [m for m in awaiting if m.awaits is Awaits.reading or not answers_itself(row.holder)]
    to_read = to_read[:MOST_AT_ONCE]
    request = None
    if (heard.messages or heard.event) and not heard.unreadable:
        request = await _request(thread, surroundings, heard)
    return Work(
        lease=lease,
        stand=stand_of(row),
        since=row.unanswered_since or thread.now,
        texts=heard.texts,
        signal=heard.signal,
        hint=heard.hint,
        event=heard.event,
        request=request,
        unreadable=heard.unreadable,
        readings=tuple(text for text in _texts(thread, to_read) if text is not None),
        answered=frozenset(message.id for message in heard.messages),
        read=frozenset(message.id for message in to_read),
    )


def _heard(thread: Thread, awaiting: Sequence[Message], danger_in: Eyes) -> Heard:
    if not answers_itself(thread.row.holder):
        return Heard((), (), None, None, None)
    messages = _one_turn(awaiting)
    texts = _texts(thread, messages)
    readable = tuple(text for text in texts if text is not None)
    text = _joined(readable)
    tapped = tapped_danger(messages[0].intent, text) if messages else None
    event = None if messages else thread.row.event
    # Each message by itself too: together, one might lower or hide what another says.
    found = [signal for part in {text, *readable} for signal in danger_in(part)]
    signal = worst(firm(found)) or tapped
    hint = worst(found)
    if hint and (not hint.hint or (signal and weight(signal) >= weight(hint))):
        hint = None
    return Heard(messages, readable, signal, hint, event, unreadable=None in texts)


def _joined(texts: Sequence[str]) -> str:
    return "\n".join(texts)


def _texts(thread: Thread, messages: Sequence[Message]) -> list[str | None]:
    bodies = [thread.readable(message) for message in messages]
    return [None if body is None else body.text for body in bodies]


def _one_turn(awaiting: Sequence[Message]) -> tuple[Message, ...]:
    # A tap answers one question; what was written before or after it is another turn.
    turn: list[Message] = []
    for message in awaiting:
        if message.awaits is not Awaits.answer:
            continue
        if message.intent is not None:
            return tuple(turn) or (message,)
        turn.append(message)
    return tuple(turn[:MOST_AT_ONCE])


async def _request(thread: Thread, surroundings: Surroundings, heard: Heard) -> TurnRequest:
    row = thread.row
    mode: Literal["turn", "event"] = "event" if heard.event else "turn"
    # The same messages make the same turn, so that a retried turn is the same to the bot.
    ids = ",".join(str(message.id) for message in heard.messages)
    return TurnRequest(
        turn=str(uuid5(row.id, ids or f"{heard.event}:{row.revision}")),
        mode=mode,
        channel=row.channel,
        text=heard.text,
        event=heard.event,
        now=surroundings.local(thread.now),
        state=_state(thread),
        bot_version=row.bot_version,
        force=forced(heard.signal, heard.tapped),
        known=await known(thread),
        situation=await surroundings.situation(thread),
    )


def _state(thread: Thread) -> str | None:
    try:
        return thread.unseal("state", thread.row.state)
    except SealBrokenError:
        # The dialogue's own memory may be lost: the turn then runs from what is known.
        return None
