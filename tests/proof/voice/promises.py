"""What holds whatever happens: between two looks at the database, and of what left the house.

Each promise raises an AssertionError that names it. Not for: making anything happen.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from api.channels.messages import Author, Awaits, Channel, Delivery
from api.conversation.holder import EDGES, KEEPS_A_PERSON, Holder, Move, answers_itself
from api.conversation.models import Message
from api.conversation.service import danger_open
from tests.proof.voice.seen import Seen, Talk

ON_ITS_WAY = frozenset({Delivery.pending, Delivery.sent, Delivery.delivered})
LEVELS = (None, "R1", "R2", "R3")
Pair = tuple[Talk | None, Talk]


@dataclass(frozen=True)
class May:
    """What an event may do at most. Everything else is a broken promise."""

    moves: frozenset[Move] = frozenset()
    lowers: bool = False
    erases: bool = False


@dataclass(frozen=True)
class Happened:
    """One event: the database before and after, what may have changed, what was asked to be sent.

    `asked`: messages requested at the provider during it; `ever`: those of earlier events. `told`:
    messages that the page's live stream gave.
    """

    before: Seen
    after: Seen
    may: May
    asked: Sequence[UUID] = ()
    ever: frozenset[UUID] = field(default=frozenset())
    refused: bool = False
    told: Sequence[Mapping[str, Any]] = ()

    def pairs(self) -> Iterator[Pair]:
        for id_, talk in self.after.items():
            yield self.before.get(id_), talk


def check(happened: Happened) -> None:
    """Raise `AssertionError` for the first promise that is broken."""
    assert happened.may.erases or happened.before.keys() <= happened.after.keys(), "erased"
    _sent_by_the_right_voice(happened)
    _told_as_it_stood(happened)
    _one_conversation(happened.after)
    for before, after in happened.pairs():
        _one_holder(after)
        _a_person_in_danger(after)
        _only_edges(before, after, happened.may)
        _numbered(before, after, happened.after)
        _one_voice(before, after)
        _nothing_unsaid(after, happened.ever)
        _steps_were_said(after, happened.after)
        _nobody_is_forgotten(before, after)
        _no_word_is_answered_twice(before, after)
        if happened.refused:
            assert before is not None
            assert _standing(before) == _standing(after), "what is refused changes nothing"


def _one_conversation(seen: Seen) -> None:
    open_ = [talk.row.contact_id for talk in seen.values() if talk.row.holder is not Holder.closed]
    assert len(open_) == len(set(open_)), "at most one open conversation"


def _one_holder(talk: Talk) -> None:
    held = talk.row.holder is Holder.with_counsellor
    assert (talk.row.staff_id is not None) == held, "one holder"


def _a_person_in_danger(talk: Talk) -> None:
    row = talk.row
    if row.holder is Holder.waiting:
        assert row.reasons, "who waits is asked for with a reason"
        assert row.waiting_since is not None
    if danger_open(row):
        assert row.holder is not Holder.with_bot, "no R2 or R3 without a person"


def _only_edges(before: Talk | None, after: Talk, may: May) -> None:
    start, version = (before.row.holder, before.row.holder_version) if before else (None, 0)
    moves = may.moves - KEEPS_A_PERSON if danger_open(after.row) else may.moves
    places = {start or Holder.with_bot}
    for _ in range(after.row.holder_version - version):
        places = {EDGES[p, move] for p in places for move in moves if (p, move) in EDGES}
    assert after.row.holder in places, f"no way from {start} to {after.row.holder}"
    assert after.row.holder_version >= version, "the version only rises"
    if before is None:
        return
    if before.row.staff_id != after.row.staff_id:
        assert after.row.holder_version > version, "every move counts"
    lowered = LEVELS.index(after.row.danger_level) < LEVELS.index(before.row.danger_level)
    assert may.lowers or not lowered, "only a person lowers a danger"


def _numbered(before: Talk | None, after: Talk, seen: Seen) -> None:
    row = after.row
    previous = seen.get(row.previous_id) if row.previous_id else None
    numbers = [message.seq for message in after.messages]
    first = row.seq - len(numbers) + 1
    assert numbers == list(range(first, row.seq + 1)), "seq has no gap"
    assert previous is None or first == previous.row.seq + 1, "nor between two conversations"
    assert all(message.revision <= row.revision for message in after.messages)
    if before is None:
        return
    assert row.revision >= before.row.revision, "the revision never falls"
    if _visible(before) != _visible(after):
        assert row.revision > before.row.revision, "every visible change counts"


def _visible(talk: Talk) -> object:
    deliveries = [message.delivery for message in talk.messages]
    row = talk.row
    return row.holder_version, row.seq, row.danger_level, deliveries, dict(talk.steps)


def _standing(talk: Talk) -> object:
    return _visible(talk), talk.row.revision, talk.row.reasons, talk.row.turn_due_at


def _new(before: Talk | None, after: Talk) -> list[Message]:
    known = {message.id for message in before.messages} if before else set()
    return [message for message in after.messages if message.id not in known]


def _one_voice(before: Talk | None, after: Talk) -> None:
    for message in _new(before, after):
        if before is not None:
            assert before.row.holder is not Holder.closed, "nothing is added to a closed one"
        if message.author is Author.bot:
            assert before is None or answers_itself(before.row.holder), "the bot is silent"
            assert answers_itself(after.row.holder), "the bot does not speak at a claim"
        if message.author is Author.counsellor:
            assert before is not None
            assert message.staff_id == before.row.staff_id, "only who holds writes"


def _sent_by_the_right_voice(happened: Happened) -> None:
    """Hold what leaves to who may speak then.

    From a closed conversation only what a counsellor wrote before its end still leaves: the child
    is not cut off in the middle of a person's words. From an erased one nothing ever leaves.
    """
    wrote = {m.id: (m, talk) for talk in happened.before.values() for m in talk.messages}
    for id_ in happened.asked:
        assert id_ in wrote, "nothing erased is sent"
        message, talk = wrote[id_]
        if message.author is Author.counsellor:
            _in_order(message, talk, happened.ever.union(happened.asked))
        if message.author is not Author.counsellor:
            assert answers_itself(talk.row.holder), "the bot's words leave only while it answers"
        elif talk.row.holder is Holder.closed:
            ended = talk.row.closed_at
            assert ended is not None
            assert message.created_at <= ended, "closed, only words from before still leave"


def _told_as_it_stood(happened: Happened) -> None:
    """Hold the live stream to the rows: a dropped message is named, so that the page removes it."""
    stood = {m.seq: m for talk in happened.before.values() for m in talk.messages}
    for told in happened.told:
        delivery = stood[told["seq"]].delivery or Delivery.delivered
        assert told["delivery"] == delivery, "the stream says of each what became of it"
        assert delivery is not Delivery.dropped or not told["text"], "dropped words are not told"


def _in_order(message: Message, talk: Talk, asked: frozenset[UUID]) -> None:
    """Hold a person's words to their order; only one that may have left already is passed."""
    for other in talk.messages:
        earlier = other.author is Author.counsellor and other.seq < message.seq
        if earlier and other.delivery is Delivery.pending:
            assert other.id in asked, "a person's words leave in their order"


def _nothing_unsaid(talk: Talk, ever: frozenset[UUID]) -> None:
    """Only what was asked of the provider before a claim may still be under way after it."""
    if talk.row.holder is not Holder.with_counsellor:
        return
    for message in talk.messages:
        if message.author is Author.bot and talk.row.channel is Channel.web:
            assert message.delivery is not Delivery.sent, "the page shows no word that it missed"
        elif message.author is Author.bot and message.delivery is Delivery.pending:
            assert message.id in ever, "what was not asked for yet is dropped"


def _steps_were_said(talk: Talk, seen: Seen) -> None:
    carried = {name for m in talk.messages if m.delivery in ON_ITS_WAY for name in m.steps}
    lost = seen.get(talk.row.previous_id) if talk.row.previous_id else None
    if lost and lost.row.outcome == Move.lost:
        # Its ledger goes on; nothing is said again because its words can no longer be opened.
        carried |= {name for name, state in lost.steps.items() if state == "delivered"}
    said = {name for name, state in talk.steps.items() if state in ("sent", "delivered")}
    assert said <= carried, "a step is sent only if a message carries it"


def _nobody_is_forgotten(before: Talk | None, after: Talk) -> None:
    awaited = {m.id: m.awaits for m in before.messages} if before else {}
    for message in after.messages:
        if message.awaits is not None and after.row.holder is not Holder.closed:
            assert after.row.turn_due_at is not None, "what awaits a turn has one"
        answered = awaited.get(message.id) is Awaits.answer and message.awaits is None
        if answered and before is not None and answers_itself(before.row.holder):
            said = any(m.author is Author.bot for m in _new(before, after))
            assert said or after.row.reasons, "a word of a child is answered or a person asked for"


def _no_word_is_answered_twice(before: Talk | None, after: Talk) -> None:
    """Hold a turn to what it was for: words that awaited one, or what had happened."""
    new = _new(before, after)
    if before is None or Author.bot not in {m.author for m in new}:
        return
    awaited = {message.id for message in before.messages if message.awaits is not None}
    settled = any(m.id in awaited and m.awaits is None for m in after.messages)
    came = any(message.author is Author.minor for message in new)
    assert settled or came or before.row.event is not None, "no word is answered twice"
