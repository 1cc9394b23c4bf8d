"""The desk in front of a test: the app, colleagues with their browsers, a child who waits.

Not for: assertions.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

import httpx
from fastapi import FastAPI

from api.channels.messages import Author, Channel
from api.conversation.holder import Reason
from api.conversation.thread import Body, Thread, Written
from api.danger.signals import Level, Signal
from api.desk import sessions
from api.desk.models import Role, Staff
from api.house import House
from api.main import create_app

PHONE = "+33639981234"


@lru_cache(maxsize=1)
def serve(house: House) -> FastAPI:
    """Serve the house as it is served, without its workers; to all browsers of a test alike."""
    return create_app(house, workers=False)


def browser(house: House) -> httpx.AsyncClient:
    """Open a browser of its own, with nobody signed in."""
    transport = httpx.ASGITransport(app=serve(house))
    return httpx.AsyncClient(transport=transport, base_url=house.settings.origin)


@dataclass
class Colleague:
    """Somebody at the desk, signed in."""

    id: UUID
    name: str
    client: httpx.AsyncClient

    async def get(self, path: str = "") -> httpx.Response:
        return await self.client.get(f"/api/desk/conversations{path}")

    async def post(self, path: str, **content: Any) -> httpx.Response:  # noqa: ANN401
        body = content or None
        return await self.client.post(f"/api/desk/conversations/{path}", json=body)

    async def say(self, conversation: UUID, text: str, client_id: str = "") -> httpx.Response:
        content = {"client_id": client_id or str(uuid4()), "text": text}
        return await self.post(f"{conversation}/messages", **content)


async def hire(house: House, name: str, role: Role = Role.counsellor) -> Colleague:
    """Make an account without the slow hash of a password, and sign it in."""
    client, now = browser(house), house.clock.now()
    async with house.database.write() as session:
        staff = Staff(
            id=uuid4(),
            email=f"{name.lower()}@relais.test",
            name=name,
            role=role,
            password_hash="none",
            created_at=now,
        )
        session.add(staff)
        await session.flush()
        lasts = sessions.lasting(house.settings)
        token = sessions.begin(session, house.vault, staff, now, lasts)
    client.cookies.set(sessions.cookie_name(house.settings), token)
    return Colleague(staff.id, name, client)


async def child(
    house: House, *words: str, channel: Channel = Channel.web, number: str = PHONE
) -> UUID:
    """Open a conversation in which a child has written `words`."""
    async with house.database.write() as session:
        if channel is Channel.web:
            admission = await house.conversations.admit(session)
            thread = await house.conversations.lock(session, admission.conversation_id)
        else:
            thread = await house.conversations.of_phone(session, number)
        for text in words:
            thread.append(Written(Author.minor, Body(text)))
            house.conversations.heard(thread)
        return thread.row.id


async def change(house: House, conversation: UUID, deed: Callable[[Thread], object]) -> None:
    """Do something to a conversation under its lock."""
    async with house.database.write() as session:
        deed(await house.conversations.lock(session, conversation))


async def asks(house: House, conversation: UUID, reason: Reason = Reason.asked) -> None:
    """Have a person asked for."""
    await change(house, conversation, lambda thread: house.handoff.ask(thread, reason))


async def in_danger(
    house: House, conversation: UUID, level: Level, kind: str = "danger_suicide"
) -> None:
    """Have a danger seen by the reviewed phrases."""
    signal = Signal(kind, level, "self", words="jveux mourir", phrase="test")
    await change(
        house,
        conversation,
        lambda thread: house.handoff.see_danger(thread, signal, seen_by="phrases"),
    )


async def row_of(house: House, conversation: UUID) -> Any:  # noqa: ANN401
    """Read the row as it stands."""
    async with house.database.write() as session:
        return (await house.conversations.lock(session, conversation)).row
