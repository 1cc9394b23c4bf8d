"""Erasing at the desk, for a child who asks for it: all conversations of the contact.

Not for: what is destroyed and what is kept (`api/conversation/service.py`).
"""

from uuid import UUID

from api.audit.models import Action
from api.audit.service import record
from api.conversation import repository
from api.conversation.holder import Holder
from api.conversation.thread import Thread
from api.desk.errors import ConversationGoneError
from api.desk.holding import refused
from api.desk.sessions import SignedIn
from api.house import House


async def erase(house: House, who: SignedIn, conversation_id: UUID) -> None:
    """Erase everything of the contact. `who` holds the conversation, or it waits for somebody.

    Raises `ConversationGoneError`, and a conflict where a colleague, the program or nobody has it.
    """
    async with house.database.write() as session:
        found = await repository.get(session, conversation_id)
        if found is None:
            raise ConversationGoneError
        contact_id = found.contact_id
        await repository.lock_contact(session, contact_id)
        row = await repository.lock(session, conversation_id)
        if row is None:
            raise ConversationGoneError
        thread = house.conversations.thread(session, row)
        if not _may_erase(thread, who):
            raise await refused(thread)
        ids = [each.id for each in await repository.all_of(session, contact_id)]
        for id_ in ids:
            await house.conversations.erase(session, id_, by=Action.erase)
        record(
            session,
            Action.erase,
            at=house.clock.now(),
            staff_id=who.staff_id,
            conversation_id=conversation_id,
            detail={"conversations": len(ids)},
        )


def _may_erase(thread: Thread, who: SignedIn) -> bool:
    return thread.row.holder is Holder.waiting or thread.row.staff_id == who.staff_id
