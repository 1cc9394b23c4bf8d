"""Danger at the desk: raised, lowered and named by a person, and nobody is left alone by it."""

from uuid import UUID

import httpx
from sqlalchemy import select

from api.audit.models import Action, AuditRow
from api.danger.signals import Level
from api.dialogue.asking import known
from api.house import House
from tests.desk.serving import Colleague, child, in_danger, row_of
from tests.standins.scripted_bot import ScriptedBot, saying
from tests.talk import Page, answer_due


async def detail(house: House, conversation: UUID) -> dict[str, object]:
    async with house.database.read() as session:
        query = select(AuditRow).where(
            AuditRow.action == Action.set_danger, AuditRow.conversation_id == conversation
        )
        return (await session.scalars(query)).one().detail


async def test_level_or_kind_that_is_none(house: House, camille: Colleague) -> None:
    conversation = await child(house, "salut")
    for content in ({"level": "R4"}, {"level": "R1", "kind": "flood"}, {"kind": "danger_home"}):
        answer = await camille.post(f"{conversation}/danger", **content)
        assert answer.status_code == 422, content


async def test_level_without_a_kind(house: House, camille: Colleague) -> None:
    conversation = await child(house, "salut")
    answer = await camille.post(f"{conversation}/danger", level="R2")
    assert answer.status_code == 422
    assert answer.json() == {"error": "Il faut dire de quel danger il s'agit."}


async def test_set_where_none_was_seen(house: House, camille: Colleague) -> None:
    conversation = await child(house, "salut")
    answer = await camille.post(f"{conversation}/danger", level="R2", kind="danger_home")
    card = answer.json()["conversation"]
    assert (card["status"], card["reasons"], card["crisis"]) == ("waiting", ["danger"], True)
    assert card["danger"] == {
        "kind": "danger_home",
        "level": "R2",
        "subject": "self",
        "words": None,
        "seen_by": "staff",
    }
    assert card["why"] == ["Danger : danger à la maison (niveau R2), noté par l'équipe"]
    assert await detail(house, conversation) == {"from": None, "to": "R2"}
    async with house.database.write() as session:
        told = await known(await house.conversations.lock(session, conversation))
    assert told.danger is not None
    assert told.danger.model_dump() == {"kind": "danger_home", "level": "R2", "subject": "self"}


async def test_lowered(house: House, camille: Colleague) -> None:
    conversation = await child(house, "jveux mourir")
    await in_danger(house, conversation, Level.R3)
    await camille.post(f"{conversation}/claim")
    card = (await camille.post(f"{conversation}/danger", level="R1")).json()["conversation"]
    assert (card["danger"]["level"], card["danger"]["kind"]) == ("R1", "danger_suicide")
    assert (card["reasons"], card["crisis"]) == ([], False)
    assert (await camille.post(f"{conversation}/return-to-bot")).status_code == 200
    assert await detail(house, conversation) == {"from": "R3", "to": "R1"}


async def test_seen_by_the_model_in_words_that_it_points_at(
    house: House, camille: Colleague, bot: ScriptedBot, client: httpx.AsyncClient
) -> None:
    danger = {"kind": "danger_home", "level": "R2", "subject": "self", "words": "ça barde"}
    understood = {"intent": "danger_home", "confidence": 0.8, "danger": danger}
    bot.answer = saying("Merci de me le dire.", understood=understood)
    page = Page(client)
    await page.open()
    await page.write("le soir ça barde, et demain j'ai maths")
    await answer_due(house)
    [card] = (await camille.get()).json()["conversations"]
    assert card["danger"] == {**danger, "seen_by": "model"}
    assert card["why"] == ["Danger : danger à la maison (niveau R2), vu par le modèle"]


async def test_lifted_leaves_no_word_of_it(house: House, camille: Colleague) -> None:
    conversation = await child(house, "mort de rire")
    await in_danger(house, conversation, Level.R2)
    card = (await camille.post(f"{conversation}/danger", level=None)).json()["conversation"]
    assert card["danger"] is None
    row = await row_of(house, conversation)
    assert (row.danger_words, row.danger_kind, row.danger_subject) == (None, None, None)
