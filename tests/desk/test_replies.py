"""What a counsellor writes: to the child, for colleagues, and that somebody is writing."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from api.channels.messages import Channel, Delivery
from api.conversation import repository
from api.desk.models import Note
from api.house import House
from api.live.bus import Typing
from tests.desk.serving import Colleague, child

FIRST_LINE = "Camille, une personne de l'équipe : "


def by_camille(card: dict[str, Any]) -> list[str]:
    return [each["text"] for each in card["messages"] if each["author"] == "counsellor"]


@pytest.fixture
async def by_phone(house: House, camille: Colleague) -> UUID:
    conversation = await child(house, "salut", channel=Channel.sms)
    await camille.post(f"{conversation}/claim")
    return conversation


async def test_client_id_that_is_none(camille: Colleague, by_phone: UUID) -> None:
    assert (await camille.say(by_phone, "Bonjour", client_id="1")).status_code == 422


async def test_client_id_of_somebody_else(
    camille: Colleague, malik: Colleague, by_phone: UUID
) -> None:
    client_id = str(uuid4())
    await camille.say(by_phone, "Je suis là.", client_id)
    await camille.post(f"{by_phone}/release")
    await malik.post(f"{by_phone}/claim")
    assert (await malik.say(by_phone, "Bonjour", client_id)).status_code == 409


async def test_same_client_id_again(camille: Colleague, by_phone: UUID) -> None:
    client_id = str(uuid4())
    first = await camille.say(by_phone, "Je suis là.", client_id)
    assert (await camille.say(by_phone, "Je suis là.", client_id)).json() == first.json()
    await camille.post(f"{by_phone}/release")
    late = await camille.say(by_phone, "Je suis là.", client_id)
    assert late.status_code == 200
    assert len(by_camille(late.json())) == 1


async def test_reply_on_the_page(house: House, camille: Colleague) -> None:
    conversation = await child(house, "salut")
    await camille.post(f"{conversation}/claim")
    card = (await camille.say(conversation, "Je suis là.")).json()
    last = card["messages"][-1]
    assert (last["author"], last["name"], last["text"]) == ("counsellor", "Camille", "Je suis là.")
    assert last["delivery"] == "sent"
    longest = await camille.say(conversation, "é" * 2000)
    assert longest.status_code == 200


async def test_too_long_for_a_phone(camille: Colleague, by_phone: UUID) -> None:
    room = 1600 - len(FIRST_LINE)
    refused = await camille.say(by_phone, "e" * (room + 1))
    assert refused.status_code == 422
    assert refused.json()["error"].startswith("Par SMS, un message a au plus 1 600 signes")
    [said] = by_camille((await camille.say(by_phone, "e" * room)).json())
    assert len(said) == 1600
    assert (await camille.say(by_phone, "e" * 1600)).status_code == 200
    assert (await camille.say(by_phone, "e" * 1601)).status_code == 422


async def test_first_line_by_sms_says_who_speaks(
    camille: Colleague, malik: Colleague, by_phone: UUID
) -> None:
    await camille.say(by_phone, "Je suis là.")
    card = (await camille.say(by_phone, "Tu peux tout dire.")).json()
    assert by_camille(card) == [f"{FIRST_LINE}Je suis là.", "Tu peux tout dire."]
    assert card["messages"][-1]["delivery"] == "pending"
    await camille.post(f"{by_phone}/release")
    await malik.post(f"{by_phone}/claim")
    card = (await malik.say(by_phone, "Bonjour.")).json()
    assert by_camille(card)[-1] == "Malik, une personne de l'équipe : Bonjour."
    await malik.post(f"{by_phone}/release")
    await camille.post(f"{by_phone}/claim")
    card = (await camille.say(by_phone, "De retour.")).json()
    assert by_camille(card)[-1] == f"{FIRST_LINE}De retour."


async def test_first_line_that_failed_is_said_again(
    house: House, camille: Colleague, by_phone: UUID
) -> None:
    await camille.say(by_phone, "Je suis là.")
    async with house.database.write() as session:
        thread = await house.conversations.lock(session, by_phone)
        [sent] = await repository.undelivered(session, by_phone, [Delivery.pending])
        thread.mark(sent, Delivery.failed)
    card = (await camille.say(by_phone, "Tu me lis ?")).json()
    assert by_camille(card)[-1] == f"{FIRST_LINE}Tu me lis ?"


async def test_note_is_sealed_and_never_the_childs(
    house: House, camille: Colleague, malik: Colleague
) -> None:
    conversation = await child(house, "salut")
    await camille.post(f"{conversation}/claim")
    card = (await malik.post(f"{conversation}/notes", text="Rappeler à 20h")).json()
    [note] = card["notes"]
    assert (note["name"], note["text"]) == ("Malik", "Rappeler à 20h")
    assert "Rappeler" not in str(card["messages"])
    async with house.database.read() as session:
        kept = (await session.scalars(select(Note))).one()
    assert b"Rappeler" not in kept.body


async def test_typing_is_told_to_the_childs_page(house: House, camille: Colleague) -> None:
    conversation = await child(house, "salut")
    await camille.post(f"{conversation}/claim")
    async with house.bus.listen(conversation) as listener:
        assert (await camille.post(f"{conversation}/typing")).status_code == 204
        assert await listener.hints(1) == [Typing(conversation, "counsellor")]
