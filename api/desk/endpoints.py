"""The desk over HTTP: the list, one conversation, and what is done with it.

Not for: signing in (`session_endpoints.py`) or the live stream (`events.py`).
"""

from uuid import UUID

from fastapi import APIRouter

from api.channels.messages import Channel
from api.conversation.holder import Holder
from api.desk.erasing import erase
from api.desk.permissions import PREFIX, Answerer, Eraser, Judge, Keeper, Noter, Reader
from api.desk.schemas import CardList, Ending, Judgement, NewNote, NewReply, OpenCard
from api.desk.service import Desk
from api.house import HouseDep

router = APIRouter(prefix=f"{PREFIX}/conversations")


@router.get("")
async def listed(
    house: HouseDep, who: Reader, status: Holder | None = None, channel: Channel | None = None
) -> CardList:
    """List the conversations, whom to help next first; without `status` all but the closed."""
    return await Desk(house, who).listed(status, channel)


@router.get("/{id_}")
async def opened(house: HouseDep, who: Reader, id_: UUID) -> OpenCard:
    """Return a conversation with its messages and notes. That it was read is recorded."""
    return await Desk(house, who).open(id_)


@router.post("/{id_}/claim")
async def claim(house: HouseDep, who: Keeper, id_: UUID) -> OpenCard:
    """Take it. 409 with who holds it where a colleague was first and is there."""
    return await Desk(house, who).claim(id_)


@router.post("/{id_}/release")
async def release(house: HouseDep, who: Keeper, id_: UUID) -> OpenCard:
    """Put it back into the queue."""
    return await Desk(house, who).release(id_)


@router.post("/{id_}/return-to-bot")
async def return_to_bot(house: HouseDep, who: Keeper, id_: UUID) -> OpenCard:
    """Give it to the program. 409 while R2 or R3 is open."""
    return await Desk(house, who).return_to_bot(id_)


@router.post("/{id_}/close")
async def close(house: HouseDep, who: Keeper, id_: UUID, ending: Ending) -> OpenCard:
    """End it. 409 while R2 or R3 is open."""
    return await Desk(house, who).close(id_, ending.outcome)


@router.post("/{id_}/danger")
async def judge_danger(house: HouseDep, who: Judge, id_: UUID, judgement: Judgement) -> OpenCard:
    """Set the danger as a person sees it: the only way it is lowered."""
    return await Desk(house, who).judge_danger(id_, judgement)


@router.post("/{id_}/messages")
async def reply(house: HouseDep, who: Answerer, id_: UUID, new: NewReply) -> OpenCard:
    """Write to the child."""
    return await Desk(house, who).reply(id_, new)


@router.post("/{id_}/notes")
async def note(house: HouseDep, who: Noter, id_: UUID, new: NewNote) -> OpenCard:
    """Keep a note for colleagues."""
    return await Desk(house, who).note(id_, new.text)


@router.post("/{id_}/typing", status_code=204)
async def typing(house: HouseDep, who: Answerer, id_: UUID) -> None:
    """Let the child see that a person is writing."""
    await Desk(house, who).typing(id_)


@router.post("/{id_}/erase", status_code=204)
async def erased(house: HouseDep, who: Eraser, id_: UUID) -> None:
    """Erase it, and all others of the same contact, because the child has asked for it."""
    await erase(house, who, id_)
