"""What no longer opens, at the desk: it is shown as such, and hides nothing else."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from api.conversation.models import Conversation, Message
from api.danger.signals import Level
from api.desk.cards import UNREADABLE, UNREADABLE_NOTE
from api.desk.errors import WrongCredentialsError
from api.desk.models import Note, Role, Staff
from api.desk.signing_in import Credentials, sign_in
from api.desk.staff import add_staff
from api.house import House
from tests.desk.serving import Colleague, asks, child, in_danger

SPOILT = bytes(60)
Sealed = type[Message | Note | Conversation | Staff]


async def spoil(house: House, table: Sealed, column: str) -> None:
    async with house.database.write() as session:
        await session.execute(update(table).values({column: SPOILT}))


async def test_a_second_factor_that_does_not_open_lets_nobody_in(house: House) -> None:
    database, email = house.database, "nour@ligne.example"
    new = await add_staff(database, house.vault, house.clock, email, "Nour", Role.counsellor)
    await spoil(house, Staff, "totp")
    earnest = replace(house, settings=house.settings.model_copy(update={"demo": False}))
    with pytest.raises(WrongCredentialsError):
        await sign_in(earnest, Credentials(email, new.password, "123456"))


async def test_in_a_lost_conversation_nothing_is_written(house: House, camille: Colleague) -> None:
    id_ = await child(house, "slt")
    await asks(house, id_)
    await camille.post(f"{id_}/claim")
    await spoil(house, Conversation, "wrapped_key")
    for answer in (await camille.say(id_, "Bonjour"), await camille.post(f"{id_}/release")):
        assert answer.status_code == 409
        assert answer.json()["error"].startswith("Cette conversation ne s'ouvre plus.")
    [message, _] = (await camille.get(f"/{id_}")).json()["messages"]
    assert message["text"] == UNREADABLE


async def test_a_lost_conversation_can_be_erased(house: House, camille: Colleague) -> None:
    id_ = await child(house, "slt")
    await asks(house, id_)
    await spoil(house, Conversation, "wrapped_key")
    answer = await camille.post(f"{id_}/erase")
    assert answer.status_code == 204
    assert (await camille.get()).json()["conversations"] == []


async def test_one_broken_message_is_shown_as_such_and_the_others_are_read(
    house: House, camille: Colleague
) -> None:
    id_ = await child(house, "slt")
    await in_danger(house, id_, Level.R2)
    await camille.post(f"{id_}/claim")
    await camille.post(f"{id_}/notes", text="appelle son école")
    for table, column in ((Message, "body"), (Note, "body"), (Conversation, "danger_words")):
        await spoil(house, table, column)
    answer = await camille.say(id_, "Je suis là.")
    card = answer.json()
    assert answer.status_code == 200
    assert [m["text"] for m in card["messages"]] == [UNREADABLE, UNREADABLE, "Je suis là."]
    assert [note["text"] for note in card["notes"]] == [UNREADABLE_NOTE]
    assert card["conversation"]["danger"]["words"] is None
    assert (await camille.get()).json()["conversations"][0]["danger"]["level"] == "R2"
