"""The child's page writes: a conversation, a message, what was seen, the end of it all.

No upload and no multipart anywhere; no cookie. Not for: what the page reads (`webchat_out.py`).
"""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from sqlalchemy.ext.asyncio import AsyncSession

from api.audit.models import Action
from api.channels.messages import Author, Channel, Choice, Delivery
from api.channels.offers import last_offer
from api.channels.sms_text import resolve_choice
from api.channels.webchat_shapes import Admitted, NewMessage, ResumeCode, Seen, Taken
from api.conversation import ledger, repository
from api.conversation.service import Admission
from api.conversation.thread import Thread
from api.dialogue.events import OPENED
from api.errors import NotFoundError, RelaisError, UnauthorizedError
from api.hooks import Hook
from api.house import House, HouseDep
from api.live.bus import Typing
from api.turn import Said

SLOWED_SECONDS = 1.0
SLOWEST_SECONDS = 2.0

router = APIRouter(prefix="/api/chat")
bearer = HTTPBearer(auto_error=False)


class UnknownChoiceError(RelaisError):
    """The number of a choice that was not offered last."""

    status = 422
    sentence = "Ce choix n'est plus proposé. Écris avec tes mots."


class UnknownCodeError(NotFoundError):
    """No conversation has this code, or it was erased."""

    sentence = "Ce code ne marche pas. Vérifie-le, ou commence une nouvelle conversation."


def token_of(
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(bearer)],
) -> str:
    """Return the page's token. Raises `UnauthorizedError` when there is none."""
    if credentials is None:
        raise UnauthorizedError
    return credentials.credentials


Token = Annotated[str, Depends(token_of)]


@router.post("/conversations", status_code=201)
async def open_conversation(house: HouseDep) -> Admitted:
    """Open a conversation; the greeting follows as its first message."""
    async with house.database.write() as session:
        admission = await house.conversations.admit(session)
        thread = await house.conversations.lock(session, admission.conversation_id)
        thread.row.event = OPENED
        thread.row.turn_due_at = thread.now
        thread.changed()
    return _admitted(admission)


@router.post("/messages", status_code=202)
async def write(house: HouseDep, token: Token, new: NewMessage) -> Taken:
    """Keep a message. The same `client_id` again gives the same answer and stores nothing."""
    async with house.database.write() as session:
        # Before the lock, so that what is known opens no new conversation; and again under it,
        # where the same message sent twice at once has become known.
        thread = await house.conversations.of_token(session, token, writes=False)
        message = await repository.by_client_id(session, thread.row.id, str(new.client_id))
        if message is None:
            thread = await house.conversations.of_token(session, token, writes=True)
            message = await repository.by_client_id(session, thread.row.id, str(new.client_id))
        if message is None:
            message = await house.turn.take_in(thread, await _said(thread, new))
        await house.hooks.at(Hook.in_before_commit)
    await house.hooks.at(Hook.in_after_commit)
    return Taken(seq=message.seq)


@router.post("/seen", status_code=204)
async def seen(house: HouseDep, token: Token, up_to: Seen) -> None:
    """Mark what the page has shown as delivered; its steps have reached the child."""
    await house.hooks.at(Hook.out_response_read)
    async with house.database.write() as session:
        thread = await _locked(house, session, token)
        shown = [
            message
            for message in await repository.undelivered(session, thread.row.id, [Delivery.sent])
            if message.seq <= up_to.seq
            and thread.row.channel is Channel.web
            # One that does not open was not on the page.
            and thread.readable(message) is not None
        ]
        for message in shown:
            thread.mark(message, Delivery.delivered)
        await ledger.reached(thread, shown)
        await house.hooks.at(Hook.callback_before_commit)
    await house.hooks.at(Hook.out_marked)


@router.post("/typing", status_code=204)
async def typing(house: HouseDep, token: Token) -> None:
    """Let the desk see that the child is writing."""
    async with house.database.read() as session:
        thread = await house.conversations.of_token(session, token, writes=False)
    house.bus.publish(Typing(thread.row.id, Author.minor))


@router.post("/resume")
async def resume(house: HouseDep, code: ResumeCode) -> Admitted:
    """Admit another page by the code. Wrong codes are slowed; a right one always works."""
    # Counted before anything is awaited: many at once are as many.
    many = house.tries.too_many(house.clock.now())
    try:
        async with house.database.write() as session:
            return _admitted(await house.conversations.resume(session, code.code))
    except NotFoundError:
        await asyncio.sleep(SLOWEST_SECONDS if many else SLOWED_SECONDS)
        raise UnknownCodeError from None


@router.delete("/conversation", status_code=204)
async def erase(house: HouseDep, token: Token) -> None:
    """Erase all that this child wrote; every token and code of it is dead."""
    async with house.database.write() as session:
        thread = await house.conversations.of_token(session, token, writes=False)
        for row in await repository.all_of(session, thread.row.contact_id):
            await house.conversations.erase(session, row.id, by=Action.erase)


async def _locked(house: House, session: AsyncSession, token: str) -> Thread:
    thread = await house.conversations.of_token(session, token, writes=False)
    return await house.conversations.lock(session, thread.row.id)


async def _said(thread: Thread, new: NewMessage) -> Said:
    offered = await last_offer(thread)
    choice: Choice | None
    if new.choice is not None:
        if new.choice > len(offered):
            raise UnknownChoiceError
        choice = offered[new.choice - 1]
        return Said(choice.text, intent=choice.intent, client_id=str(new.client_id))
    text = new.text or ""
    choice = resolve_choice(text, offered)
    return Said(text, intent=choice.intent if choice else None, client_id=str(new.client_id))


def _admitted(admission: Admission) -> Admitted:
    return Admitted(
        id=admission.conversation_id,
        token=admission.token,
        resume_code=admission.resume_code,
    )
