"""The list: whom to help next, why, and what is known of it."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from api.audit.models import Action
from api.channels.messages import Author, Channel, Delivery
from api.conversation import ledger
from api.conversation.holder import Reason
from api.conversation.models import Conversation
from api.conversation.steps import StepState
from api.conversation.thread import Body, Thread, Written
from api.danger.signals import Level
from api.house import House
from tests.desk.serving import Colleague, asks, change, child, in_danger
from tests.standins.clock import HandClock


async def listed(colleague: Colleague, query: str = "") -> list[dict[str, Any]]:
    answer = await colleague.get(query)
    assert answer.status_code == 200
    found: list[dict[str, Any]] = answer.json()["conversations"]
    return found


def ids(found: list[dict[str, Any]]) -> list[UUID]:
    return [UUID(card["id"]) for card in found]


async def test_unknown_filters_are_refused(camille: Colleague) -> None:
    for query in ("?status=lost", "?channel=fax"):
        assert (await camille.get(query)).status_code == 422


async def test_danger_first_then_whoever_waits_longest(
    house: House, camille: Colleague, clock: HandClock
) -> None:
    with_bot = await child(house, "salut")
    early, late, r2, r3, r1 = [await child(house, "salut") for _ in range(5)]
    for conversation in (early, late):
        clock.move(minutes=1)
        await asks(house, conversation)
    for conversation, level in ((r2, Level.R2), (r3, Level.R3), (r1, Level.R1)):
        clock.move(minutes=1)
        await in_danger(house, conversation, level)
    await asks(house, r1)
    held = await child(house, "salut")
    await camille.post(f"{held}/claim")
    assert ids(await listed(camille)) == [r3, r2, r1, early, late, with_bot, held]


async def test_unanswered_danger_first_whoever_holds(
    house: House, camille: Colleague, clock: HandClock
) -> None:
    waiting, held_r2, held_r3, calm = [await child(house, "salut") for _ in range(4)]
    for conversation, level in ((held_r2, Level.R2), (held_r3, Level.R3), (waiting, Level.R2)):
        clock.move(minutes=1)
        await in_danger(house, conversation, level)
    for conversation in (held_r2, held_r3, calm):
        await camille.post(f"{conversation}/claim")
        await camille.say(conversation, "Je suis là.")
    assert ids(await listed(camille)) == [waiting, held_r3, held_r2, calm]
    for conversation in (held_r2, held_r3, calm):
        clock.move(minutes=1)
        await change(house, conversation, asks_again)
    assert ids(await listed(camille)) == [held_r3, waiting, held_r2, calm]


def asks_again(thread: Thread) -> None:
    thread.append(Written(Author.minor, Body("tu es là ?")))


async def test_filters(house: House, camille: Colleague) -> None:
    web = await child(house, "salut")
    sms = await child(house, "salut", channel=Channel.sms)
    closed = await child(house, "salut")
    await asks(house, sms)
    await camille.post(f"{closed}/claim")
    await camille.post(f"{closed}/close", outcome="oriented")
    assert ids(await listed(camille, "?status=waiting")) == [sms]
    assert ids(await listed(camille, "?channel=web")) == [web]
    assert ids(await listed(camille, "?status=closed")) == [closed]
    assert ids(await listed(camille, "?status=with_counsellor")) == []


async def test_card(house: House, camille: Colleague, clock: HandClock) -> None:
    conversation = await child(house, "il veut 50 euros")
    async with house.database.write() as session:
        thread = await house.conversations.lock(session, conversation)
        await ledger.tell(thread, {"paid": [{"value": "no", "words": "j'ai pas payé"}]}, by="model")
        await ledger.advance(thread, {"dont_pay": StepState.sent}, by="bot")
    await in_danger(house, conversation, Level.R2)
    await asks(house, conversation, Reason.not_understood)
    [card] = await listed(camille)
    now = clock.now().isoformat().replace("+00:00", "Z")
    fact = {"value": "no", "words": "j'ai pas payé", "by": "model", "at": clock.now().isoformat()}
    assert card == {
        "id": str(conversation),
        "channel": "web",
        "status": "waiting",
        "reasons": ["danger", "not_understood"],
        "danger": {
            "kind": "danger_suicide",
            "level": "R2",
            "subject": "self",
            "words": "jveux mourir",
            "seen_by": "phrases",
        },
        "facts": {"paid": [fact]},
        "steps": {"dont_pay": "sent"},
        "waiting_since": now,
        "last_at": now,
        "assignee": None,
        "muted": False,
        "why": [
            "Danger : idées de suicide (niveau R2), vu par les mots",
            "N'a pas été compris deux fois",
        ],
    }


async def test_one_seal_that_does_not_open_hides_no_other(house: House, camille: Colleague) -> None:
    broken, whole = await child(house, "salut"), await child(house, "salut")

    def spoil(thread: Thread) -> None:
        thread.row.wrapped_key = b"spoilt"

    await change(house, broken, spoil)
    assert set(ids(await listed(camille))) == {broken, whole}


@pytest.mark.parametrize(
    ("code", "then", "muted"), [(21610, None, True), (30003, None, False), (21610, "sent", False)]
)
async def test_muted_after_a_stop(
    house: House, camille: Colleague, code: int, then: str | None, *, muted: bool
) -> None:
    conversation = await child(house, "salut", channel=Channel.sms)

    def refuse(thread: Thread) -> None:
        message = thread.append(Written(Author.bot, Body("Ne paie pas.")))
        thread.mark(message, Delivery.failed)
        message.error_code = code
        if then is not None:
            later = thread.append(Written(Author.bot, Body("Garde les messages.")))
            thread.mark(later, Delivery(then))

    await change(house, conversation, refuse)
    [card] = await listed(camille)
    assert card["muted"] is muted


async def test_erased_in_danger_leaves_a_card(house: House, camille: Colleague) -> None:
    conversation, other = await child(house, "salut"), await child(house, "salut")
    await in_danger(house, conversation, Level.R3)
    async with house.database.write() as session:
        for each in (conversation, other):
            await house.conversations.erase(session, each, by=Action.erase)
    answer = (await camille.get()).json()
    assert answer["conversations"] == []
    [card] = answer["erased"]
    assert (card["kind"], card["level"], card["channel"]) == ("danger_suicide", "R3", "web")
    assert set(card) == {"id", "channel", "kind", "level", "opened_at", "erased_at"}


async def test_costs_the_same_whatever_its_length(house: House, camille: Colleague) -> None:
    asked: list[str] = []

    def count(_c: object, _cur: object, statement: str, *_rest: object) -> None:
        asked.append(statement)

    event.listen(house.database.engine.sync_engine, "before_cursor_execute", count)
    await child(house, "salut")
    costs = []
    for more in (0, 4):
        for _ in range(more):
            await child(house, "salut")
        asked.clear()
        assert len(await listed(camille)) == 1 + more
        costs.append(sum(Conversation.__tablename__ in statement for statement in asked))
    assert costs[0] == costs[1]
