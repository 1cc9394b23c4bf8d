"""One conversation at the desk: opened, taken, given back, ended; each is in the audit."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from api.audit.models import AuditRow
from api.channels.messages import Author, Channel, Choice
from api.conversation.thread import Body, Thread, Written
from api.danger.signals import Level
from api.house import House
from tests.desk.serving import Colleague, asks, change, child, in_danger, row_of
from tests.standins.clock import HandClock


async def audit(house: House, conversation: UUID) -> list[tuple[str, UUID | None]]:
    async with house.database.read() as session:
        rows = await session.scalars(
            select(AuditRow).where(AuditRow.conversation_id == conversation)
        )
        return sorted((row.action.value, row.staff_id) for row in rows)


async def test_two_claims_at_once(house: House, camille: Colleague, malik: Colleague) -> None:
    conversation = await child(house, "salut")
    await asks(house, conversation)
    answers = await asyncio.gather(
        camille.post(f"{conversation}/claim"), malik.post(f"{conversation}/claim")
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    won = next(answer.json() for answer in answers if answer.status_code == 200)
    lost = next(answer.json() for answer in answers if answer.status_code == 409)
    assert lost["assignee"] == won["conversation"]["assignee"]
    assert [action for action, _ in await audit(house, conversation)] == ["claim"]


async def test_opening_is_audited(house: House, camille: Colleague) -> None:
    conversation = await child(house, "salut", "il veut du fric")

    def bot(thread: Thread) -> None:
        offer = Choice("C'est fait", "c'est fait", "done")
        thread.append(
            Written(Author.bot, Body("Ne paie pas.", (offer,)), steps=("dont_pay",), by_script=True)
        )

    await change(house, conversation, bot)
    answer = (await camille.get(f"/{conversation}")).json()
    assert await audit(house, conversation) == [("open", camille.id)]
    said = [(message["author"], message["text"]) for message in answer["messages"]]
    assert said == [("minor", "salut"), ("minor", "il veut du fric"), ("bot", "Ne paie pas.")]
    last = answer["messages"][-1]
    assert last["choices"] == [{"label": "C'est fait"}]
    assert (last["steps"], last["by_script"], last["delivery"]) == (["dont_pay"], True, "sent")
    assert answer["conversation"]["previous"] == 0
    assert answer["conversation"]["crisis"] is False
    assert answer["conversation"]["revision"] == 3


async def test_claim(house: House, camille: Colleague) -> None:
    conversation = await child(house, "salut")
    await asks(house, conversation)
    answer = (await camille.post(f"{conversation}/claim")).json()
    card = answer["conversation"]
    assert card["status"] == "with_counsellor"
    assert card["assignee"] == {"id": str(camille.id), "name": "Camille"}
    assert answer["messages"][-1]["author"] == "system"
    assert answer["messages"][-1]["text"].startswith("Camille est là.")
    again = (await camille.post(f"{conversation}/claim")).json()
    assert again["messages"] == answer["messages"]


async def test_release(house: House, camille: Colleague, malik: Colleague) -> None:
    conversation = await child(house, "salut")
    await camille.post(f"{conversation}/claim")
    card = (await camille.post(f"{conversation}/release")).json()["conversation"]
    assert (card["status"], card["assignee"]) == ("waiting", None)
    assert card["why"] == ["Rendue à la file"]
    assert (await malik.post(f"{conversation}/claim")).status_code == 200


async def test_close(house: House, camille: Colleague) -> None:
    conversation = await child(house, "salut")
    await camille.post(f"{conversation}/claim")
    unfit = await camille.post(f"{conversation}/close", outcome="Elle s'appelle Zoé")
    assert unfit.status_code == 422
    answer = await camille.post(f"{conversation}/close", outcome="oriented")
    assert answer.json()["conversation"]["status"] == "closed"
    assert (await row_of(house, conversation)).outcome == "oriented"
    assert await audit(house, conversation) == [("claim", camille.id), ("close", camille.id)]


async def test_next_conversation_of_the_same_contact(
    house: House, camille: Colleague, clock: HandClock
) -> None:
    first = await child(house, "salut", channel=Channel.sms)
    await camille.post(f"{first}/claim")
    await camille.post(f"{first}/close", outcome=None)
    clock.move(minutes=5)
    second = await child(house, "re", channel=Channel.sms)
    assert second != first
    assert (await camille.get(f"/{second}")).json()["conversation"]["previous"] == 1


async def test_not_left_alone_in_danger(house: House, camille: Colleague) -> None:
    conversation = await child(house, "jveux mourir")
    await in_danger(house, conversation, Level.R2)
    await camille.post(f"{conversation}/claim")
    for deed, content in (("return-to-bot", {}), ("close", {"outcome": "helped"})):
        answer = await camille.post(f"{conversation}/{deed}", **content)
        assert answer.status_code == 409
        assert answer.json()["error"].startswith("Un danger est ouvert : il faut l'abaisser")
        assert answer.json()["holder"] == "with_counsellor"
    await camille.post(f"{conversation}/danger", level="R1")
    assert (await camille.post(f"{conversation}/close", outcome="helped")).status_code == 200


async def test_return_is_said_on_an_open_page_only(
    house: House, camille: Colleague, clock: HandClock
) -> None:
    for seconds, event in ((None, None), (61, None), (60, "returned")):
        conversation = await child(house, "salut")

        def page(thread: Thread, seconds: int | None = seconds) -> None:
            if seconds is not None:
                thread.row.page_seen_at = thread.now - timedelta(seconds=seconds)

        await change(house, conversation, page)
        await camille.post(f"{conversation}/claim")
        card = (await camille.post(f"{conversation}/return-to-bot")).json()["conversation"]
        assert (card["status"], card["assignee"], card["reasons"]) == ("with_bot", None, [])
        row = await row_of(house, conversation)
        assert row.event == event
        assert row.turn_due_at == (clock.now() if event else None)


@pytest.mark.parametrize(("minutes", "event"), [(15, "returned"), (16, None)])
async def test_return_is_said_by_sms_soon_after_the_last_word(
    house: House, camille: Colleague, clock: HandClock, minutes: int, event: str | None
) -> None:
    conversation = await child(house, "salut", channel=Channel.sms)
    await camille.post(f"{conversation}/claim")
    clock.move(minutes=minutes)
    answer: dict[str, Any] = (await camille.post(f"{conversation}/return-to-bot")).json()
    assert answer["conversation"]["status"] == "with_bot"
    assert (await row_of(house, conversation)).event == event
