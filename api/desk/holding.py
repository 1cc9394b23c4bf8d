"""Who holds a conversation now, told to a colleague who was refused.

Not for: deciding it (`api/handoff/service.py`).
"""

from typing import Any

from api.conversation.holder import Holder
from api.conversation.thread import Thread
from api.desk.errors import ClosedError, NotHeldError, TakenError
from api.desk.names import names_of
from api.errors import ConflictError


async def refused(thread: Thread) -> ConflictError:
    """Return why a move is not possible as things stand, with who holds the conversation now."""
    row = thread.row
    if row.holder is Holder.closed:
        return ClosedError(**await holding(thread))
    if row.staff_id is not None:
        return TakenError(**await holding(thread))
    return NotHeldError(**await holding(thread))


async def holding(thread: Thread) -> dict[str, Any]:
    """Return who holds the conversation now, as an answer shows it."""
    row = thread.row
    if row.staff_id is None:
        return {"holder": row.holder, "assignee": None}
    names = await names_of(thread.session, [row.staff_id])
    assignee = {"id": str(row.staff_id), "name": names[row.staff_id]}
    return {"holder": row.holder, "assignee": assignee}
