"""What no longer opens: the child is answered all the same, nothing else stops, a person comes."""

import httpx
import pytest
from sqlalchemy import select, update

from api.audit.models import Action, AuditRow
from api.channels.messages import Author, Delivery
from api.conversation import ledger
from api.conversation.holder import Holder, Reason
from api.conversation.models import Conversation, Fact, Message
from api.conversation.steps import StepState
from api.danger.signals import Level
from api.house import House
from tests.desk.serving import hire
from tests.standins.clock import HandClock
from tests.standins.recording_sender import RecordingSender
from tests.standins.scripted_bot import ScriptedBot, saying
from tests.talk import PHONE, Page, Phone, answer_due, deliver_due

CHOICES = [{"label": "C'est fait", "text": "c'est fait", "intent": "done"}]


@pytest.fixture
async def page(client: httpx.AsyncClient, house: House, bot: ScriptedBot) -> Page:
    """Give a page on which a step with a choice was said."""
    bot.answer = saying("Ne paie pas.", steps=["dont_pay"], choices=CHOICES)
    page = Page(client)
    await page.open()
    await answer_due(house)
    return page


async def break_messages(house: House, author: Author) -> None:
    async with house.database.write() as session:
        await session.execute(
            update(Message).where(Message.author == author).values(body=bytes(60))
        )


async def lose_key(house: House) -> None:
    async with house.database.write() as session:
        await session.execute(update(Conversation).values(wrapped_key=bytes(60)))


async def conversations(house: House) -> list[Conversation]:
    async with house.database.read() as session:
        return list(await session.scalars(select(Conversation).order_by(Conversation.seq)))


async def deliveries(house: House) -> list[Delivery]:
    async with house.database.read() as session:
        query = select(Message.delivery).where(Message.author == Author.bot)
        return [state for state in await session.scalars(query) if state]


async def test_a_message_that_does_not_open_is_answered_by_the_script(
    page: Page, house: House, bot: ScriptedBot, clock: HandClock
) -> None:
    await page.write("il me menace")
    asked = len(bot.asked)
    await break_messages(house, Author.minor)
    clock.move(seconds=4)
    assert await answer_due(house) == 1
    thread = await page.thread()
    assert len(bot.asked) == asked
    assert [m["author"] for m in thread["messages"]] == ["bot", "bot"]
    assert "3018" in thread["messages"][-1]["text"]
    assert thread["status"] == "waiting"
    assert await answer_due(house) == 0


async def test_one_broken_message_does_not_silence_those_after_it(
    page: Page, house: House, bot: ScriptedBot, clock: HandClock
) -> None:
    await page.write("slt")
    await break_messages(house, Author.minor)
    await page.write("il veut du fric")
    clock.move(seconds=4)
    await answer_due(house)
    await page.write("t la ?")
    clock.move(seconds=4)
    await answer_due(house)
    assert bot.asked[-1].text == "t la ?"
    assert [author for author, _ in await page.texts()] == ["bot", "minor", "bot", "minor", "bot"]


async def test_what_was_offered_in_a_broken_message_is_not_guessed(
    page: Page, house: House
) -> None:
    await break_messages(house, Author.bot)
    tapped = await page.tap(1)
    assert (tapped.status_code, tapped.json()["error"]) == (
        422,
        "Ce choix n'est plus proposé. Écris avec tes mots.",
    )
    assert (await page.write("c'est fait")).status_code == 202
    assert await page.texts() == [("minor", "c'est fait")]


async def test_a_step_that_was_never_on_the_page_has_not_reached_the_child(
    page: Page, house: House
) -> None:
    await break_messages(house, Author.bot)
    assert (await page.seen(9)).status_code == 204
    assert (await page.thread())["steps"] == {"dont_pay": "sent"}


async def test_a_broken_fact_is_as_good_as_not_told(
    page: Page, house: House, bot: ScriptedBot, clock: HandClock
) -> None:
    [row] = await conversations(house)
    async with house.database.write() as session:
        thread = await house.conversations.lock(session, row.id)
        told = {name: [{"value": "no", "words": "non"}] for name in ("paid", "demand")}
        await ledger.tell(thread, told, by="model")
        fact = await session.get_one(Fact, (row.id, "demand"))
        fact.body = bytes(60)
    heard = {"intent": "greet", "confidence": 0.9, "facts": {"demand": [{"value": "money"}]}}
    bot.answer = saying("D'accord.", understood=heard)
    await page.write("slt")
    clock.move(seconds=4)
    await answer_due(house)
    assert set(bot.asked[-1].known.facts) == {"paid"}
    assert (await page.texts())[-1] == ("bot", "D'accord.")


async def test_a_child_whose_conversation_is_lost_reads_on_in_the_next(
    page: Page, house: House, clock: HandClock
) -> None:
    await page.write("jveux mourir")
    await answer_due(house)
    await lose_key(house)
    assert await page.texts() == []
    assert (await page.write("t la ?")).status_code == 202
    clock.move(seconds=4)
    await answer_due(house)
    assert [author for author, _ in await page.texts()] == ["minor", "bot"]
    lost, following = await conversations(house)
    assert (lost.holder, lost.wrapped_key) == (Holder.closed, bytes(60))
    assert (following.holder, following.previous_id) == (Holder.waiting, lost.id)
    assert (following.danger_level, following.crisis) == (Level.R2, True)
    assert set(following.reasons) == {Reason.danger, Reason.bot_failed}
    assert (lost.holder_version, following.holder_version) == (2, 1)
    assert lost.revision < following.revision
    async with house.database.read() as session:
        [row] = await session.scalars(select(AuditRow))
    assert (row.action, row.conversation_id) == (Action.lost, lost.id)


async def test_what_the_child_was_told_and_has_done_goes_on_into_the_next(
    page: Page, house: House, clock: HandClock
) -> None:
    [row] = await conversations(house)
    async with house.database.write() as session:
        thread = await house.conversations.lock(session, row.id)
        told = {"block": StepState.delivered, "keep_evidence": StepState.done}
        await ledger.advance(thread, told, by="bot")
    await lose_key(house)
    await page.write("t la ?")
    # What was on its way was on a page that shows it no more.
    assert (await page.thread())["steps"] == {
        "dont_pay": "pending",
        "keep_evidence": "done",
        "block": "delivered",
    }


async def test_after_a_person_the_program_says_by_sms_that_it_is_one(
    client: httpx.AsyncClient, house: House, sender: RecordingSender, clock: HandClock
) -> None:
    nour = await hire(house, "Nour")
    await Phone(client).write("slt")
    await answer_due(house)
    [row] = await conversations(house)
    await nour.post(f"{row.id}/claim")
    await nour.say(row.id, "Je suis là.")
    await deliver_due(house)
    await lose_key(house)
    await Phone(client).write("t la ?")
    clock.move(seconds=4)
    await answer_due(house)
    await deliver_due(house)
    said = [message.text for message, _ in sender.sent]
    assert [text.startswith("Le programme te répond de nouveau.") for text in said] == [False, True]


async def test_an_answer_that_is_owed_comes_also_when_the_key_is_lost_meanwhile(
    page: Page, house: House, clock: HandClock
) -> None:
    await page.write("il me menace")
    await lose_key(house)
    clock.move(seconds=4)
    assert await answer_due(house) == 1
    [(author, text)] = await page.texts()
    assert (author, "Ne paie pas" in text) == ("bot", True)
    assert (await page.thread())["status"] == "waiting"
    assert await answer_due(house) == 0


async def test_a_child_can_erase_what_nobody_can_open(page: Page, house: House) -> None:
    await lose_key(house)
    gone = await page.client.delete("/api/chat/conversation", headers=page.headers)
    assert gone.status_code == 204
    assert await conversations(house) == []


@pytest.mark.parametrize("lost", ["key", "address"])
async def test_a_phone_is_answered_whatever_is_lost(
    client: httpx.AsyncClient, house: House, sender: RecordingSender, clock: HandClock, lost: str
) -> None:
    await Phone(client).write("slt")
    await answer_due(house)
    async with house.database.write() as session:
        column = {"key": "wrapped_key", "address": "address"}[lost]
        await session.execute(update(Conversation).values({column: bytes(60)}))
    assert (await Phone(client).write("t la ?")).status_code == 200
    clock.move(seconds=4)
    await answer_due(house)
    await deliver_due(house)
    assert sender.sent
    assert {message.to for message, _ in sender.sent} == {PHONE}


async def test_an_sms_that_does_not_open_is_given_up_and_a_person_is_asked_for(
    client: httpx.AsyncClient, house: House, bot: ScriptedBot, sender: RecordingSender
) -> None:
    bot.answer = saying("Ne paie pas.", steps=["dont_pay"])
    await Phone(client).write("slt")
    await answer_due(house)
    await break_messages(house, Author.bot)
    await Phone(client, number="+33639981235").write("allo")
    await answer_due(house)
    await deliver_due(house)
    assert [message.to for message, _ in sender.sent] == ["+33639981235"]
    assert sorted(await deliveries(house)) == [Delivery.failed, Delivery.sent]
    waiting = [row for row in await conversations(house) if row.holder is Holder.waiting]
    assert [row.reasons for row in waiting] == [[Reason.bot_failed]]
