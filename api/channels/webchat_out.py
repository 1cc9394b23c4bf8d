"""The child's page reads: its thread, how things stand, who answers now, and all of it live.

The stream is a hint turned into rows: what it sends was read from the database after the commit.
Not for: writing (`webchat_in.py`).
"""

from collections.abc import AsyncIterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Header, Query
from fastapi.sse import EventSourceResponse, ServerSentEvent

from api.channels.messages import Author, Delivery
from api.channels.webchat_in import Token
from api.channels.webchat_shapes import (
    OfferedChoice,
    PageDesk,
    PageHelpline,
    PageLine,
    PageMessage,
    PageThread,
    Standing,
    Waiting,
)
from api.conversation import ledger, repository
from api.conversation.holder import Holder
from api.conversation.models import Message
from api.conversation.thread import Body, Thread
from api.desk.names import names_of
from api.dialogue.asking import ahead_of
from api.errors import UnauthorizedError
from api.hooks import Hook
from api.house import House, HouseDep
from api.live.bus import Hint, Typing
from api.vault.sealing import KeyNotHeldError

SEEN_EVERY = timedelta(seconds=30)
# What the columns of both databases hold for certain.
MOST_DIGITS = 9
MOST = 10**MOST_DIGITS - 1

router = APIRouter(prefix="/api/chat")


@router.get("/messages")
async def read(
    house: HouseDep, token: Token, after: Annotated[int, Query(ge=0, le=MOST)] = 0
) -> PageThread:
    """Return the messages numbered after `after`, and how things stand."""
    async with house.database.read() as session:
        thread = await house.conversations.of_token(session, token, writes=False)
        messages = await repository.messages_since(session, thread.row.id, seq=after)
        kept = [message for message in messages if message.delivery is not Delivery.dropped]
        standing = await _standing(house, thread)
        return PageThread(messages=await _shown(thread, kept), **standing.model_dump())


@router.get("/helpline")
async def helpline(house: HouseDep) -> PageHelpline:
    """Say whose line this is and which numbers answer now."""
    now = house.clock.now()
    lines = [
        PageLine(
            id=id_,
            number=line.number,
            label=line.label,
            open=house.helpline.is_open(line, now),
            kind=line.kind,
        )
        for id_, line in house.helpline.lines.items()
    ]
    desk = house.surroundings.opening(house.helpline.desk, now)
    return PageHelpline(
        name=house.helpline.name,
        lines=lines,
        exit_url=house.helpline.exit_url,
        desk=PageDesk(open=desk.open, opens_at=desk.opens_at),
    )


async def own_conversation(house: HouseDep, token: Token) -> UUID:
    """Return the conversation of the token. Raises before a stream begins, so that it is a 401."""
    async with house.database.read() as session:
        thread = await house.conversations.of_token(session, token, writes=False)
        return thread.row.id


@router.get("/events", response_class=EventSourceResponse)
async def events(
    house: HouseDep,
    token: Token,
    conversation_id: Annotated[UUID, Depends(own_conversation)],
    last_event_id: Annotated[str, Header()] = "0",
) -> AsyncIterable[ServerSentEvent]:
    """Stream every message with a newer revision, then live."""
    page = Page(house, token, _revision(last_event_id))
    async with house.bus.listen(conversation_id) as listener:
        while True:
            try:
                news = await page.news()
            except UnauthorizedError:
                yield ServerSentEvent(event="erased", data={})
                return
            except KeyNotHeldError:
                # The page keeps what it shows; the next look may see more.
                news = []
            if any(map(_speaks, news)):
                await house.hooks.at(Hook.out_claimed)
            for event in news:
                if _speaks(event):
                    await house.hooks.at(Hook.out_before_request)
                yield event
                if _speaks(event):
                    await house.hooks.at(Hook.out_request_written)
            for hint in await listener.hints(house.settings.stream_poll_seconds):
                if typing := _typing(hint):
                    yield typing


def _speaks(event: ServerSentEvent) -> bool:
    """Say whether the event is a message to the child, and not one of its own."""
    return event.event == "message" and event.data["author"] != Author.minor


def _revision(last_event_id: str) -> int:
    """Read the id; one that none of ours can be, such as a number of 5,000 digits, is 0."""
    ours = last_event_id.isdecimal() and len(last_event_id) <= MOST_DIGITS
    return int(last_event_id) if ours else 0


@dataclass
class Page:
    """One open stream: what it has sent, so that it sends only what is newer."""

    house: House
    token: str
    revision: int
    standing: Standing | None = None

    async def news(self) -> list[ServerSentEvent]:
        """Return what has changed since. Raises `UnauthorizedError` when all was erased."""
        async with self.house.database.read() as session:
            thread = await self.house.conversations.of_token(session, self.token, writes=False)
            standing = await _standing(self.house, thread)
            messages = await repository.messages_since(
                session, thread.row.id, revision=self.revision
            )
            shown = await _shown(thread, messages)
            seen_at = thread.row.page_seen_at
        if seen_at is None or thread.now - seen_at >= SEEN_EVERY:
            await self._seen(thread)
        news = [] if standing == self.standing else [_event("status", standing)]
        self.standing = standing
        # In the order of their changes: an id that the page confirms leaves no older change behind.
        news += [
            _event("message", message, id_=str(message.revision))
            for message in sorted(shown, key=lambda message: message.revision)
        ]
        self.revision = max([self.revision, *(message.revision for message in messages)])
        return news

    async def _seen(self, thread: Thread) -> None:
        async with self.house.database.write() as session:
            row = await repository.lock(session, thread.row.id)
            if row is not None:
                row.page_seen_at = thread.now


async def _standing(house: House, thread: Thread) -> Standing:
    row = thread.row
    steps = await repository.steps_of(thread.session, row.id)
    waiting = None
    if row.holder is Holder.waiting:
        opens_at = house.helpline.opens_at(house.helpline.desk, thread.now)
        waiting = Waiting(ahead=await ahead_of(thread), opens_at=opens_at)
    names = await names_of(thread.session, [row.staff_id] if row.staff_id else [])
    return Standing(
        status=row.holder,
        steps=ledger.states(steps),
        waiting=waiting,
        counsellor=names.get(row.staff_id) if row.staff_id else None,
    )


async def _shown(thread: Thread, messages: Sequence[Message]) -> list[PageMessage]:
    staff = {message.staff_id for message in messages if message.staff_id}
    names = await names_of(thread.session, staff)
    shown = [_message(thread, message, names.get(message.staff_id)) for message in messages]
    return [message for message in shown if message is not None]


def _message(thread: Thread, message: Message, name: str | None) -> PageMessage | None:
    # What was taken back before it was seen is named so that the page removes it, and not told.
    dropped = message.delivery is Delivery.dropped
    body = Body("") if dropped else thread.readable(message)
    if body is None:
        # The desk sees that it is there; a child is not shown what nobody can read.
        return None
    offered = [OfferedChoice(label=choice.label) for choice in body.choices]
    return PageMessage(
        seq=message.seq,
        revision=message.revision,
        author=message.author,
        name=name if message.author is Author.counsellor else None,
        text=body.text,
        choices=offered or None,
        step=message.steps[0] if len(message.steps) == 1 else None,
        delivery=message.delivery or Delivery.delivered,
        created_at=message.created_at,
        client_id=message.client_id if message.author is Author.minor else None,
    )


def _event(name: str, data: Any, *, id_: str | None = None) -> ServerSentEvent:  # noqa: ANN401
    return ServerSentEvent(event=name, data=data.model_dump(mode="json"), id=id_)


def _typing(hint: Hint) -> ServerSentEvent | None:
    if isinstance(hint, Typing) and hint.author != Author.minor:
        return ServerSentEvent(event="typing", data={"author": hint.author})
    return None
