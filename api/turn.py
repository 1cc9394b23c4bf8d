"""The life of one inbound message: taken in, seen for danger, answered by whoever holds.

Read this first. A message is a row of its thread before anything else happens; the answer and all
that follows from it is one transaction, which writes nothing when a person has taken the
conversation in the meantime. Not for: channels, HTTP, or leasing turns (`api/worker.py`).
"""

import asyncio
import logging
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from api.channels.messages import Author, Awaits
from api.clock import Clock
from api.conversation import repository
from api.conversation.holder import Reason, answers_itself
from api.conversation.models import Message
from api.conversation.service import Conversations, danger_of
from api.conversation.thread import Body, Thread, Written
from api.danger.seen import PHRASES, firm, standing
from api.danger.signals import Level, Phrases, Signal, signals, worst
from api.database import Database
from api.dialogue.asking import Surroundings
from api.dialogue.client import Bot, BotFailedError
from api.dialogue.replies import tapped_danger
from api.dialogue.rhythm import Rhythm
from api.dialogue.shapes import TurnAnswer, Understood
from api.dialogue.voice import Voice
from api.dialogue.work import Lease, Work, work_of
from api.errors import NotFoundError
from api.hooks import Hook, Hooks

log = logging.getLogger(__name__)

# How far back a text is looked for before it is said again.
RECENT = 20
READ_AGAIN_AFTER = timedelta(seconds=15)
# A model that takes longer is not waited for before a danger is answered.
WEIGHED_WITHIN_SECONDS = 1.0


@dataclass(frozen=True)
class Said:
    """What a minor wrote, whatever the channel. `intent` is that of a tapped choice.

    `late`: it came long after it was sent. A person is asked for and the bot only reads it.
    """

    text: str = field(repr=False)
    intent: str | None = None
    client_id: str | None = None
    media_types: tuple[str, ...] = ()
    late: bool = False


@dataclass(frozen=True)
class Turn:
    """Takes messages in, and answers them."""

    database: Database
    conversations: Conversations
    surroundings: Surroundings
    voice: Voice
    bot: Bot
    phrases: Phrases
    rhythm: Rhythm
    clock: Clock
    hooks: Hooks

    async def take_in(self, thread: Thread, said: Said) -> Message:
        """Add a message to its thread, in the caller's transaction, and let its turn come.

        Danger is seen here, before any model and whoever holds.
        """
        first = thread.row.last_minor_at is None
        found = self._sees(thread, said.text)
        signal = worst(firm(found)) or tapped_danger(said.intent, said.text)
        message = thread.append(
            Written(
                Author.minor,
                Body(said.text),
                client_id=said.client_id,
                intent=said.intent,
                media_types=said.media_types,
                awaits=_awaits(thread, said),
            )
        )
        self.conversations.heard(thread)
        if said.late:
            self.voice.handoff.ask(thread, Reason.late)
        if signal:
            self.voice.handoff.see_danger(thread, signal, seen_by=PHRASES)
            await self._answer_at_once(thread, message, signal)
        if said.media_types and not said.late and answers_itself(thread.row.holder):
            await self.voice.say(thread, self.voice.script.picture())
        if message.awaits:
            at_once = first or said.intent is not None or bool(found)
            self._schedule(thread, at_once=at_once)
        return message

    async def answer(self, lease: Lease) -> None:
        """Do the work of a leased turn: ask the bot, then conclude in one transaction."""
        await self.hooks.at(Hook.turn_claimed)
        work = await self._gather(lease)
        if work is None:
            await self._answer_in_next(lease)
            return
        try:
            work = await self._weighed(work)
            answer, understood = await asyncio.gather(self._ask(work), self._read(work))
            await self.hooks.at(Hook.turn_bot_answered)
            await self._conclude(work, answer, understood)
        except Exception as error:  # noqa: BLE001 - whatever it was, the child gets an answer
            log.error("answer_unusable error=%s", type(error).__name__)  # noqa: TRY400
            await self._conclude(work, None, None)
        await self.hooks.at(Hook.turn_after_commit)

    def _sees(self, thread: Thread, text: str) -> tuple[Signal, ...]:
        # What stands already is known to them: "ce soir" after "je veux mourir" is no detail.
        return signals(text, self.phrases, danger_of(thread.row))

    async def _weighed(self, work: Work) -> Work:
        """Ask the model whether it excludes the danger of a hint, before the bot answers.

        Each message by itself: beside others a danger seems less likely than it is.
        """
        if work.hint is None:
            return work
        share = None
        # Whatever it fails at: a hint that nobody has excluded stands.
        with suppress(Exception):
            async with asyncio.timeout(WEIGHED_WITHIN_SECONDS):
                read = await self.bot.understand(list(work.texts))
            shares = [one.danger_share for one in read]
            share = None if None in shares else max(filter(None, shares), default=0.0)
        return work.with_danger(work.hint) if standing([work.hint], share) else work

    async def _answer_at_once(self, thread: Thread, message: Message, signal: Signal) -> None:
        # An R3 waits for no bot and no burst until its text has been said; the bot then reads it.
        if signal.level is not Level.R3 or not answers_itself(thread.row.holder):
            return
        line = self.voice.script.danger(signal)
        recent = await repository.recent_of_program(thread.session, thread.row.id, most=RECENT)
        if line.text not in {body.text for said in recent if (body := thread.readable(said))}:
            await self.voice.say(thread, line)
            message.awaits = Awaits.reading

    async def _gather(self, lease: Lease) -> Work | None:
        async with self.database.read() as session:
            row = await repository.get(session, lease.conversation_id)
            if row is None:
                return None
            thread = self.conversations.thread(session, row)
            if not thread.key.opens:
                return None
            return await work_of(
                thread, lease, self.surroundings, lambda text: self._sees(thread, text)
            )

    async def _answer_in_next(self, lease: Lease) -> None:
        """Answer a child whose conversation was lost: in the next one, by the script."""
        async with self.database.write() as session:
            thread = await self.conversations.succeed(session, lease.conversation_id)
            if thread is not None:
                await self.voice.stand_in(thread, None)

    async def _ask(self, work: Work) -> TurnAnswer | None:
        if work.request is None:
            return None
        try:
            return await self.bot.turn(work.request)
        except BotFailedError:
            # A danger is not kept waiting for a second try: the script has its text.
            if work.signal or not self.rhythm.asks_again(self.clock.now(), work.since):
                return None
        try:
            return await self.bot.turn(work.request)
        except BotFailedError:
            return None

    async def _read(self, work: Work) -> list[Understood] | None:
        if not work.readings:
            return []
        try:
            return await self.bot.understand(list(work.readings))
        except BotFailedError:
            return None

    async def _conclude(
        self, work: Work, answer: TurnAnswer | None, understood: list[Understood] | None
    ) -> None:
        async with self.database.write() as session:
            try:
                thread = await self.conversations.lock(session, work.lease.conversation_id)
            except NotFoundError:
                return
            if work.holds(thread.row):
                await self._write(thread, work, answer, understood)
            if work.mine(thread.row):
                await self._free(thread)
            await self.hooks.at(Hook.turn_before_commit)

    async def _write(
        self,
        thread: Thread,
        work: Work,
        answer: TurnAnswer | None,
        understood: list[Understood] | None,
    ) -> None:
        if understood is None:
            self._keep_unread(thread, work.readings)
        for text, read in zip(work.readings, understood or (), strict=False):
            found = standing(self._sees(thread, text), read.danger_share)
            await self.voice.take_facts(thread, read, text, worst(found))
        if answer is not None:
            await self.voice.speak(thread, work, answer)
        elif work.request is not None or work.unreadable:
            await self.voice.fall_back(thread, work)
        # What the bot could not read is read later: it may hold a danger that no phrase sees.
        done = work.answered if understood is None else work.answered | work.read
        for message in await repository.awaiting(thread.session, thread.row.id):
            if message.id in done:
                message.awaits = None
        thread.row.event = None

    def _keep_unread(self, thread: Thread, texts: Iterable[str]) -> None:
        """Keep what phrases see in texts that the bot could not read: nothing excludes a hint."""
        signal = worst(signal for text in texts for signal in self._sees(thread, text))
        if signal is not None:
            self.voice.handoff.see_danger(thread, signal, seen_by=PHRASES)

    async def _free(self, thread: Thread) -> None:
        row = thread.row
        await thread.session.flush()
        row.turn_until = row.turn_due_at = row.unanswered_since = None
        left = await repository.awaiting(thread.session, row.id)
        unanswered = [m for m in left if m.awaits is Awaits.answer and answers_itself(row.holder)]
        if unanswered:
            row.unanswered_since = unanswered[0].created_at
            at_once = any(m.intent or self._is_pressing(thread, m) for m in unanswered)
            self._schedule(thread, at_once=at_once)
        elif left:
            row.turn_due_at = thread.now + READ_AGAIN_AFTER
        elif row.event is not None:
            row.turn_due_at = thread.now

    def _is_pressing(self, thread: Thread, message: Message) -> bool:
        body = thread.readable(message)
        return body is None or bool(self._sees(thread, body.text))

    def _schedule(self, thread: Thread, *, at_once: bool) -> None:
        row = thread.row
        row.unanswered_since = row.unanswered_since or thread.now
        # What is due stays due: a danger or a tap is not put off by the words that follow it.
        if row.turn_due_at is None or row.turn_due_at > thread.now:
            row.turn_due_at = self.rhythm.due(thread.now, row.unanswered_since, at_once=at_once)


def _awaits(thread: Thread, said: Said) -> Awaits | None:
    if not said.text.strip():
        return None
    answered = answers_itself(thread.row.holder) and not said.late
    return Awaits.answer if answered else Awaits.reading
