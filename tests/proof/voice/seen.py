"""What the database says at one moment: every conversation with its messages and its ledger.

Not for: judging it (`promises.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from api.conversation.models import Conversation, Message, Step
from api.database import Database


@dataclass(frozen=True)
class Talk:
    """One conversation as it stands."""

    row: Conversation
    messages: Sequence[Message]
    steps: Mapping[str, str]


Seen = Mapping[UUID, Talk]


async def look(database: Database) -> Seen:
    """Read everything in one transaction."""
    async with database.read() as session:
        rows = (await session.scalars(select(Conversation))).all()
        messages = (await session.scalars(select(Message).order_by(Message.seq))).all()
        steps = (await session.scalars(select(Step))).all()
    return {
        row.id: Talk(
            row,
            [message for message in messages if message.conversation_id == row.id],
            {step.name: step.state for step in steps if step.conversation_id == row.id},
        )
        for row in rows
    }
