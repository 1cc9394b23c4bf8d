"""Which choices were offered last: what a tap, a number or the same words refer to.

Not for: comparing words (`sms_text.py`).
"""

from api.channels.messages import Choice
from api.conversation import repository
from api.conversation.thread import Thread

LOOKED_BACK = 20


async def last_offer(thread: Thread) -> tuple[Choice, ...]:
    """Return the choices of the program's newest message that had any.

    One that does not open may have had some: what was offered before it is not meant any more.
    """
    newest = await repository.recent_of_program(thread.session, thread.row.id, most=LOOKED_BACK)
    for message in newest:
        body = thread.readable(message)
        if body is None or body.choices:
            return body.choices if body else ()
    return ()
