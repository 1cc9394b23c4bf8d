"""What the bot is told at the beginning of a turn: what is known, and how things stand.

Not for: the bot's answer (`replies.py`) or calling it (`client.py`).
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from api.conversation import ledger, repository
from api.conversation.thread import Thread
from api.dialogue.shapes import Danger, Known, Line, Opening, Situation
from api.handoff.queue import ahead, place
from api.helpline import Helpline, Hours


@dataclass(frozen=True)
class Surroundings:
    """The helpline as it is at a moment."""

    helpline: Helpline

    def local(self, now: datetime) -> datetime:
        return now.astimezone(ZoneInfo(self.helpline.time_zone))

    def opening(self, hours: Hours, now: datetime) -> Opening:
        opens_at = self.helpline.opens_at(hours, now)
        return Opening(
            open=self.helpline.is_open(hours, now),
            opens_at=self.local(opens_at) if opens_at else None,
            hours=hours.hours_words,
        )

    async def situation(self, thread: Thread) -> Situation:
        """Return who holds, who is ahead, and who answers now."""
        now = thread.now
        lines = {
            id_: Line(number=line.number, **self.opening(line, now).model_dump())
            for id_, line in self.helpline.lines.items()
        }
        return Situation(
            holder=thread.row.holder,
            ahead=await ahead_of(thread),
            desk=self.opening(self.helpline.desk, now),
            lines=lines,
            helpline={"name": self.helpline.name},
        )


async def known(thread: Thread) -> Known:
    """Return what the api knows of a conversation."""
    row = thread.row
    facts = await repository.facts_of(thread.session, row.id)
    steps = await repository.steps_of(thread.session, row.id)
    danger = (
        Danger.model_validate(
            {"kind": row.danger_kind, "level": row.danger_level, "subject": row.danger_subject}
        )
        if row.danger_level
        else None
    )
    return Known(
        facts=ledger.facts_in_clear(thread.key, facts),
        steps=ledger.states(steps),
        danger=danger,
        crisis=row.crisis,
        task=row.task,
        language=row.language,
        guarded=row.guarded,
    )


async def ahead_of(thread: Thread) -> int:
    """Count the children who are helped before this one; 0 for one who does not wait."""
    row = thread.row
    if row.waiting_since is None:
        return 0
    others = await repository.waiting(thread.session)
    places = [
        place(other.danger_level, other.waiting_since, str(other.id))
        for other in others
        if other.waiting_since is not None
    ]
    return ahead(place(row.danger_level, row.waiting_since, str(row.id)), places)
