"""A message as a delivery worker holds it: opened, and addressed.

Not for: sending it (`service.py`).
"""

import logging
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from api.channels.messages import Author, Outgoing
from api.conversation.models import Message
from api.conversation.thread import Body, Thread
from api.delivery import repository
from api.dialogue.events import RETURNED
from api.dialogue.script import Script
from api.vault.sealing import SealBrokenError

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Parcel:
    """A message in the hands of one delivery worker; to nobody where it or the number is lost."""

    message_id: UUID
    conversation_id: UUID
    token: int
    created_at: datetime
    asked_at: datetime | None
    author: Author
    outgoing: Outgoing = field(repr=False)


async def packed(thread: Thread, message: Message, script: Script) -> Parcel:
    """Open a message and its address."""
    try:
        body, to = thread.read(message), thread.unseal("address", thread.row.address) or ""
    except SealBrokenError:
        # One message that cannot be opened must not keep everybody else's back.
        log.error("delivery_seal_broken message=%s", message.id)  # noqa: TRY400
        body, to = Body(""), ""
    text = body.text
    if await _is_new_voice(thread, message):
        text = script.program_again() + text
    return Parcel(
        message_id=message.id,
        conversation_id=message.conversation_id,
        token=message.delivery_token,
        created_at=message.created_at,
        asked_at=message.delivery_asked_at,
        author=message.author,
        outgoing=Outgoing(to, text, body.choices, reference=str(message.id)),
    )


async def _is_new_voice(thread: Thread, message: Message) -> bool:
    # On SMS nothing else says that the person has gone, but the words for just that.
    if message.author is not Author.bot or message.event == RETURNED:
        return False
    return await repository.follows_a_person(thread.session, message)
