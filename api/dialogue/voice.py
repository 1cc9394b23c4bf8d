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
from api.danger.signals import Danger as StandingDanger
from api.danger.signals import Level, Signal, Subject
from api.dialogue.events import OPENED
from api.dialogue.replies import crisis_after, step_changes
from api.dialogue.script import Line, Script
from api.dialogue.shapes import Danger, Reply, TurnAnswer, Understood
from api.dialogue.work import Work
from api.handoff.service import Handoff
from api.handoff.triggers import reasons

DECLINED = "declined"
UNKNOWN = StandingDanger("danger_unknown", Level.R2, "self")


@dataclass(frozen=True)
class Voice:
    """The program's voice: the bot's where it answered, else the script's."""

    script: Script
    handoff: Handoff

    async def speak(self, thread: Thread, work: Work, answer: TurnAnswer) -> None:
        """Write the bot's replies and everything that its turn changed."""
        row = thread.row
        await self.take_facts(thread, answer.understood, work.text)
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
            self.handoff.see_danger(thread, signal, seen_by="phrases")
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

    async def take_facts(self, thread: Thread, understood: Understood, text: str) -> None:
        """Keep what the model read: facts, and a danger that the phrases did not see."""
        told = {
            name: [value.model_dump() for value in values]
            for name, values in understood.facts.items()
        }
        await ledger.tell(thread, told, by=ledger.BY_MODEL)
        if understood.danger is not None:
            signal = _signal(understood.danger, text)
            self.handoff.see_danger(thread, signal, seen_by=ledger.BY_MODEL)

    def _hand_over(self, thread: Thread, work: Work, answer: TurnAnswer) -> None:
        if answer.handoff is None:
            return
        if answer.handoff.reason == DECLINED:
            self.handoff.decline(thread)
            return
        if answer.handoff.reason == Reason.danger and not danger_open(thread.row):
            # "Oui" to the direct question, "non" to "tu es en sécurité ?": no words name it.
            kind = thread.row.danger_kind or UNKNOWN.kind
            danger = Danger(kind=kind, level="R2", subject=_subject(thread))
            self.handoff.see_danger(thread, _signal(danger, work.text), seen_by=ledger.BY_MODEL)
        level = thread.row.danger_level if danger_open(thread.row) else None
        for reason in reasons(level=level, bot_asks=answer.handoff.reason, bot_failed=False):
            self.handoff.ask(thread, reason)


def _reply(thread: Thread, reply: Reply, event: str | None) -> None:
    choices = tuple(Choice(choice.label, choice.text, choice.intent) for choice in reply.choices)
    steps = (reply.step,) if reply.step else ()
    thread.append(Written(Author.bot, Body(reply.text, choices), steps=steps, event=event))


def _subject(thread: Thread) -> Subject:
    return "other" if thread.row.danger_subject == "other" else "self"


def _signal(danger: Danger, text: str) -> Signal:
    # The model points at no words; the counsellor sees the message that it read.
    return Signal(
        kind=danger.kind,
        level=Level(danger.level),
        subject=danger.subject,
        words=text,
        phrase=ledger.BY_MODEL,
    )
