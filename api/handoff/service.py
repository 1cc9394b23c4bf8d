"""Moving a conversation between the program and people, and raising or lowering its danger.

Every move goes through the table in `holder.py`, counts the holder's version up (so that a reply
computed before it fails its commit) and leaves a visible trace. Works in the caller's transaction,
under the conversation's lock. Not for: permissions (the desk) and words (the script).
"""

from api.channels.messages import Author, Channel, Delivery
from api.conversation import ledger, repository
from api.conversation.holder import Holder, Move, MoveRefusedError, Reason, after
from api.conversation.models import Message
from api.conversation.service import danger_of, danger_open
from api.conversation.steps import StepState
from api.conversation.thread import Body, Thread, Written
from api.danger.signals import Level, Signal, raised
from api.desk.models import Staff
from api.dialogue.script import Script
from api.errors import ConflictError
from api.handoff.absence import is_absent


class HolderConflictError(ConflictError):
    """Somebody else holds the conversation, or its state does not allow the move."""


class Handoff:
    """The moves. `script` holds the reviewed lines that announce a change of voice."""

    def __init__(self, script: Script) -> None:
        self._script = script

    def see_danger(self, thread: Thread, signal: Signal, *, seen_by: str) -> bool:
        """Raise the conversation's danger, never lower it; say whether this is new."""
        row = thread.row
        current = danger_of(row)
        danger = raised(current, [signal])
        if danger is None or danger == current:
            return False
        row.danger_kind, row.danger_level = danger.kind, danger.level.value
        row.danger_subject, row.danger_seen_by = danger.subject, seen_by
        row.danger_words = thread.seal("danger_words", signal.words)
        if danger_open(row):
            row.crisis = True
            self.ask(thread, Reason.danger)
        thread.changed()
        return True

    def ask(self, thread: Thread, reason: Reason) -> None:
        """Ask for a person; while one is already there, nothing changes.

        Nor once it is closed: what a late reading still finds stands on the card.
        """
        row = thread.row
        if row.holder is Holder.closed:
            return
        if reason not in row.reasons:
            row.reasons = [*row.reasons, reason.value]
            thread.changed()
        if self._move(thread, Move.person_asked):
            row.waiting_since = thread.now

    async def claim(self, thread: Thread, staff: Staff) -> None:
        """Have `staff` take the conversation, from a colleague only where that one is absent.

        Raises `HolderConflictError`: a colleague has it.
        """
        if thread.row.staff_id == staff.id:
            return
        taken_over = await is_absent(thread)
        self._move_or_refuse(thread, Move.taken_over if taken_over else Move.claimed)
        thread.row.staff_id = staff.id
        thread.row.event = None
        await self._drop_unsaid(thread)
        self._announce(thread, self._script.joined(staff.name))

    async def hand_back(self, thread: Thread, staff: Staff) -> None:
        """Put the conversation back into the queue. Raises `HolderConflictError`."""
        self.must_hold(thread, staff)
        self._move_or_refuse(thread, Move.handed_back)
        thread.row.staff_id = None
        thread.row.waiting_since = thread.now
        thread.row.reasons = [*dict.fromkeys([*thread.row.reasons, Reason.returned])]
        self._announce(thread, self._script.left_to_queue(staff.name))

    async def return_to_bot(self, thread: Thread, staff: Staff) -> None:
        """Give it to the bot. Raises `HolderConflictError`, also while a danger is open."""
        self.must_hold(thread, staff)
        self._move_or_refuse(thread, Move.returned)
        self._nobody_waits(thread)
        self._announce(thread, self._script.left_to_program(staff.name))

    async def close(self, thread: Thread, staff: Staff, outcome: str | None) -> None:
        """End the conversation. Raises `HolderConflictError`, also while a danger is open."""
        self.must_hold(thread, staff)
        self._move_or_refuse(thread, Move.closed)
        self._nobody_waits(thread)
        thread.row.outcome = outcome
        self._end(thread)
        self._announce(thread, self._script.closed(staff.name))

    def decline(self, thread: Thread) -> None:
        """Take the child's "non c bon": nobody is asked for any more, unless R2 or R3 is open."""
        try:
            if self._move(thread, Move.declined):
                self._nobody_waits(thread)
        except MoveRefusedError:
            return

    def expire(self, thread: Thread) -> None:
        """Close a conversation in which nobody has written for a long time."""
        self._move(thread, Move.expired)
        self._nobody_waits(thread)
        self._end(thread)

    @staticmethod
    async def drop(thread: Thread, message: Message) -> None:
        """Take a message of the program back before it has left; its steps are open again."""
        thread.mark(message, Delivery.dropped)
        steps = dict.fromkeys(message.steps, StepState.pending)
        await ledger.advance(thread, steps, by="claim")

    def set_danger(self, thread: Thread, level: Level | None, kind: str | None) -> None:
        """Set the danger as a person judges it: the only way it is lowered."""
        row = thread.row
        row.danger_level = level.value if level else None
        row.danger_kind = (kind or row.danger_kind) if level else None
        row.danger_subject = (row.danger_subject or "self") if level else None
        row.danger_seen_by = "staff" if level else None
        if level is None:
            row.danger_words = None
        row.crisis = row.crisis and danger_open(row)
        row.reasons = [reason for reason in row.reasons if reason != Reason.danger]
        if danger_open(row):
            row.crisis = True
            self.ask(thread, Reason.danger)
        elif row.holder is Holder.waiting and not row.reasons:
            # The danger was all that a person was asked for, and a person has looked at it.
            self.decline(thread)
        thread.changed()

    @staticmethod
    def must_hold(thread: Thread, staff: Staff) -> None:
        """Raise `HolderConflictError` unless `staff` holds the conversation."""
        if thread.row.staff_id != staff.id:
            raise HolderConflictError

    def _move(self, thread: Thread, move: Move) -> bool:
        row = thread.row
        target = after(row.holder, move, danger_open=danger_open(row))
        # A colleague in a counsellor's place is a change too: only asking again is none.
        if target is row.holder and move is Move.person_asked:
            return False
        row.holder = target
        row.holder_version += 1
        thread.changed()
        return True

    def _move_or_refuse(self, thread: Thread, move: Move) -> None:
        try:
            self._move(thread, move)
        except MoveRefusedError:
            raise HolderConflictError from None

    @staticmethod
    def _nobody_waits(thread: Thread) -> None:
        thread.row.staff_id = None
        thread.row.waiting_since = None
        thread.row.reasons = []

    @staticmethod
    def _end(thread: Thread) -> None:
        thread.row.closed_at = thread.now
        thread.row.turn_due_at = None
        thread.row.event = None

    def _announce(self, thread: Thread, line: str) -> None:
        thread.append(Written(Author.system, Body(line)))

    async def _drop_unsaid(self, thread: Thread) -> None:
        """Take back what the program wrote and nobody has seen: one voice at a time."""
        unsaid = (Delivery.sent,) if thread.row.channel is Channel.web else (Delivery.pending,)
        for message in await repository.undelivered(thread.session, thread.row.id, unsaid):
            # One that the provider was asked to take may be there, and stays what it is.
            if message.author is Author.bot and message.delivery_asked_at is None:
                await self.drop(thread, message)
