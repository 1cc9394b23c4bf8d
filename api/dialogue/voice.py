"""What the program says in a thread, and what its turn changes there.

Works in the caller's transaction, under the conversation's lock. Not for: deciding when a turn is
due or whether it may still be concluded.
"""

from dataclasses import dataclass

from api.channels.messages import Author, Choice
from api.conversation import ledger
from api.conversation.holder import Reason
from api.conversation.service import danger_of, danger_open
from api.conversation.steps import StepState
from api.conversation.thread import Body, Thread, Written
from api.danger.seen import MODEL, PHRASES, seen
from api.danger.signals import Danger, Level, Signal, Subject
from api.dialogue.events import OPENED
from api.dialogue.replies import crisis_after, signal_of, step_changes
from api.dialogue.script import Line, Script
from api.dialogue.shapes import Reply, TurnAnswer, Understood
from api.dialogue.work import Work
from api.handoff.service import Handoff
from api.handoff.triggers import reasons

DECLINED = "declined"
UNKNOWN = Danger("danger_unknown", Level.R2, "self")


@dataclass(frozen=True)
class Voice:
    """The program's voice: the bot's where it answered, else the script's."""

    script: Script
    handoff: Handoff

    async def speak(self, thread: Thread, work: Work, answer: TurnAnswer) -> None:
        """Write the bot's replies and everything that its turn changed."""
        row = thread.row
        if work.signal is not None:
            # First, since the answer repeats it: the phrases saw it, and a hint only they.
            self.handoff.see_danger(thread, work.signal, seen_by=PHRASES)
        await self.take_facts(thread, answer.understood, work.text, work.signal)
        for reply in answer.replies:
            _reply(thread, reply, work.event)
        sent = {reply.step: StepState.sent for reply in answer.replies if reply.step}
        await ledger.advance(thread, step_changes(answer.changes), by="minor")
        await ledger.advance(thread, sent, by="bot")
        level = row.danger_level
        row.crisis = crisis_after(crisis=row.crisis, level=level, said=answer.changes.crisis)
        row.task = answer.changes.task
        row.state = thread.seal("state", answer.state)
        row.bot_version = answer.bot_version
        row.script_count = 0
        self._hand_over(thread, work, answer)

    async def fall_back(self, thread: Thread, work: Work) -> None:
        """Say what the script has for a turn in which the bot failed, and ask for a person."""
        if work.event is not None:
            if work.event == OPENED:
                await self.say(thread, self.script.greeting())
            return
        await self.stand_in(thread, work.signal)

    async def stand_in(self, thread: Thread, signal: Signal | None) -> None:
        """Answer for the bot, whatever it failed at; `signal` is the danger just seen."""
        for reason in reasons(level=None, bot_asks=None, bot_failed=True):
            self.handoff.ask(thread, reason)
        if signal is not None:
            self.handoff.see_danger(thread, signal, seen_by=PHRASES)
        line = self._instead_of_bot(thread, signal)
        if line is not None:
            await self.say(thread, line)
            thread.row.script_count += 1
            thread.row.script_said_at = thread.now

    def _instead_of_bot(self, thread: Thread, signal: Signal | None) -> Line | None:
        # In a danger or a crisis: no step, and its numbers every time (facts.md 6.3).
        row = thread.row
        if signal is not None:
            return self.script.danger(signal)
        if not (row.crisis or danger_open(row)):
            return self.script.instead_of_bot(row.script_count, row.script_said_at, thread.now)
        return self.script.danger(danger_of(row) or UNKNOWN)

    async def say(self, thread: Thread, line: Line) -> None:
        """Write a line of the script. Its steps count in the ledger like the bot's."""
        thread.append(Written(Author.bot, Body(line.text), steps=line.steps, by_script=True))
        await ledger.advance(thread, dict.fromkeys(line.steps, StepState.sent), by="script")

    async def take_facts(
        self, thread: Thread, understood: Understood, text: str, by_phrases: Signal | None
    ) -> None:
        """Keep what the model read: facts, and the danger that it and the phrases see.

        `by_phrases` is the danger that they see in this text, with what stands by now: it may be
        more than they saw when the text came. Seeing a danger again only ever raises it.
        """
        told = {
            name: [value.model_dump() for value in values]
            for name, values in understood.facts.items()
        }
        await ledger.tell(thread, told, by=ledger.BY_MODEL)
        by_model = signal_of(understood.danger, text) if understood.danger else None
        danger = seen(by_phrases, by_model)
        if danger is not None:
            self.handoff.see_danger(thread, danger.signal, seen_by=danger.by)

    def _hand_over(self, thread: Thread, work: Work, answer: TurnAnswer) -> None:
        if answer.handoff is None:
            return
        if answer.handoff.reason == DECLINED:
            self.handoff.decline(thread)
            return
        if answer.handoff.reason == Reason.danger and not danger_open(thread.row):
            # "Oui" to the direct question, "non" to "tu es en sécurité ?": no words name it.
            kind = thread.row.danger_kind or UNKNOWN.kind
            signal = Signal(kind, Level.R2, _subject(thread), work.text, MODEL)
            self.handoff.see_danger(thread, signal, seen_by=MODEL)
        level = thread.row.danger_level if danger_open(thread.row) else None
        for reason in reasons(level=level, bot_asks=answer.handoff.reason, bot_failed=False):
            self.handoff.ask(thread, reason)


def _reply(thread: Thread, reply: Reply, event: str | None) -> None:
    choices = tuple(Choice(choice.label, choice.text, choice.intent) for choice in reply.choices)
    steps = (reply.step,) if reply.step else ()
    thread.append(Written(Author.bot, Body(reply.text, choices), steps=steps, event=event))


def _subject(thread: Thread) -> Subject:
    return "other" if thread.row.danger_subject == "other" else "self"
