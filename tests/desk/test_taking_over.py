"""Taking a conversation over from a colleague: refused while that one is there for the child."""

import asyncio
from uuid import UUID

import pytest
from sqlalchemy import select, update

from api.audit.models import Action, AuditRow
from api.channels.messages import Author, Channel
from api.conversation.thread import Body, Written
from api.desk.models import Staff
from api.house import House
from tests.desk.serving import Colleague, change, child, hire, row_of
from tests.standins.clock import HandClock


@pytest.fixture
async def held(house: House, camille: Colleague) -> UUID:
    conversation = await child(house, "salut", channel=Channel.sms)
    await camille.post(f"{conversation}/claim")
    await camille.say(conversation, "Je suis là.")
    return conversation


async def told(house: House, conversation: UUID) -> list[tuple[UUID | None, dict[str, object]]]:
    async with house.database.read() as session:
        query = (
            select(AuditRow)
            .where(AuditRow.conversation_id == conversation, AuditRow.action == Action.claim)
            .order_by(AuditRow.at)
        )
        return [(row.staff_id, row.detail) for row in await session.scalars(query)]


async def write(house: House, conversation: UUID) -> None:
    words = Written(Author.minor, Body("tu es là ?"))
    await change(house, conversation, lambda thread: thread.append(words))


async def test_refused_while_the_holder_answers(
    house: House, camille: Colleague, malik: Colleague, clock: HandClock, held: UUID
) -> None:
    clock.move(minutes=30)
    assert (await malik.post(f"{held}/claim")).status_code == 409
    await write(house, held)
    clock.move(minutes=9, seconds=59)
    assert (await malik.post(f"{held}/claim")).status_code == 409
    await camille.say(held, "Oui.")
    clock.move(minutes=30)
    assert (await malik.post(f"{held}/claim")).status_code == 409
    assert (await row_of(house, held)).staff_id == camille.id


async def test_refused_just_after_a_claim(
    house: House, camille: Colleague, malik: Colleague, clock: HandClock
) -> None:
    conversation = await child(house, "salut")
    clock.move(minutes=30)
    await camille.post(f"{conversation}/claim")
    clock.move(minutes=9)
    assert (await malik.post(f"{conversation}/claim")).status_code == 409
    clock.move(minutes=1)
    assert (await malik.post(f"{conversation}/claim")).status_code == 200


async def test_a_word_left_unanswered(
    house: House, camille: Colleague, malik: Colleague, clock: HandClock, held: UUID
) -> None:
    await write(house, held)
    clock.move(minutes=10)
    version = (await row_of(house, held)).holder_version
    answer = (await malik.post(f"{held}/claim")).json()
    assert answer["conversation"]["assignee"]["name"] == "Malik"
    assert answer["messages"][-1]["text"] == house.script.joined("Malik")
    assert (await row_of(house, held)).holder_version == version + 1
    assert await told(house, held) == [
        (camille.id, {}),
        (malik.id, {"from": str(camille.id)}),
    ]
    assert (await camille.say(held, "Pardon.")).status_code == 409
    said = (await malik.say(held, "Bonjour.")).json()["messages"][-1]["text"]
    assert said.startswith("Malik, une personne")


async def test_holder_who_signed_out(camille: Colleague, malik: Colleague, held: UUID) -> None:
    assert (await camille.client.delete("/api/desk/session")).status_code == 204
    assert (await malik.post(f"{held}/claim")).status_code == 200


async def test_holder_whose_account_ended(
    house: House, camille: Colleague, malik: Colleague, held: UUID
) -> None:
    async with house.database.write() as session:
        await session.execute(update(Staff).where(Staff.id == camille.id).values(active=False))
    assert (await malik.post(f"{held}/claim")).status_code == 200


async def test_two_colleagues_at_once(
    house: House, malik: Colleague, clock: HandClock, held: UUID
) -> None:
    zoe = await hire(house, "Zoe")
    await write(house, held)
    clock.move(minutes=10)
    answers = await asyncio.gather(malik.post(f"{held}/claim"), zoe.post(f"{held}/claim"))
    await zoe.client.aclose()
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    won = next(answer.json() for answer in answers if answer.status_code == 200)
    lost = next(answer.json() for answer in answers if answer.status_code == 409)
    assert lost["assignee"] == won["conversation"]["assignee"]
    assert len(await told(house, held)) == 2
