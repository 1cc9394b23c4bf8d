"""Erasing at the desk, for a child who asks for it; who may not is in `test_refusals.py`."""

from sqlalchemy import select

from api.audit.models import Action, AuditRow
from api.channels.messages import Channel
from api.conversation.models import Contact, Conversation, Message
from api.danger.signals import Level
from api.house import House
from tests.desk.serving import Colleague, asks, child, in_danger, row_of
from tests.standins.clock import HandClock


async def test_not_from_the_program(house: House, camille: Colleague) -> None:
    conversation = await child(house, "salut")
    answer = await camille.post(f"{conversation}/erase")
    assert answer.status_code == 409
    assert answer.json()["error"] == "Il faut d'abord prendre la conversation."
    assert (await row_of(house, conversation)).id == conversation


async def test_everything_of_the_contact_goes(
    house: House, camille: Colleague, clock: HandClock
) -> None:
    first = await child(house, "salut", channel=Channel.sms)
    await camille.post(f"{first}/claim")
    await camille.post(f"{first}/close", outcome=None)
    clock.move(minutes=5)
    second = await child(house, "efface tout", channel=Channel.sms)
    other = await child(house, "salut")
    await camille.post(f"{second}/claim")
    assert (await camille.post(f"{second}/erase")).status_code == 204
    async with house.database.read() as session:
        assert (await session.scalars(select(Conversation.id))).all() == [other]
        assert len((await session.scalars(select(Contact))).all()) == 1
        assert {m.conversation_id for m in await session.scalars(select(Message))} == {other}
        rows = await session.scalars(select(AuditRow).where(AuditRow.action == Action.erase))
        by = [(row.conversation_id, row.detail) for row in rows if row.staff_id == camille.id]
    assert by == [(second, {"conversations": 2})]
    assert (await camille.get(f"/{second}")).status_code == 404
    assert (await camille.post(f"{second}/erase")).status_code == 404


async def test_a_danger_leaves_its_card(house: House, camille: Colleague) -> None:
    conversation = await child(house, "jveux mourir")
    await asks(house, conversation)
    await in_danger(house, conversation, Level.R2)
    assert (await camille.post(f"{conversation}/erase")).status_code == 204
    answer = (await camille.get()).json()
    assert answer["conversations"] == []
    assert [(card["kind"], card["level"]) for card in answer["erased"]] == [
        ("danger_suicide", "R2")
    ]
