"""Whether the counsellor who holds a conversation is still there for the child.

A browser left open or a session that ended must not lock a child in with nobody. Not for: taking
the conversation over (`service.py`).
"""

from datetime import timedelta

from api.conversation.thread import Thread
from api.handoff import repository

PATIENCE = timedelta(minutes=10)


async def is_absent(thread: Thread) -> bool:
    """Say whether a colleague may take it: the holder is signed out, or does not answer.

    Under the conversation's lock. Not to answer is to leave a word of the child for `PATIENCE`;
    the time counts from the claim where the word is older than that.
    """
    row, session = thread.row, thread.session
    if row.staff_id is None:
        return False
    if not await repository.is_signed_in(session, row.staff_id, thread.now):
        return True
    unanswered = await repository.unanswered(session, [row.id])
    if row.id not in unanswered:
        return False
    taken_at = await repository.voice_changed_at(session, row.id)
    since = max(unanswered[row.id], taken_at or unanswered[row.id])
    return thread.now - since >= PATIENCE
