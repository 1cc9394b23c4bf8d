"""The ledger and the facts: no late delivery undoes the child's word, no model a person's."""

from uuid import UUID

import pytest

from api.conversation import ledger, repository
from api.conversation.models import Fact
from api.conversation.steps import MISSION, STEPS, StepState, advanced
from api.house import House
from tests.standins.clock import HandClock

P, S, D, DONE, NO, CANNOT = StepState
# What each state becomes by learning pending, sent, delivered, done, refused, cannot.
AFTER = {
    P: (P, S, D, DONE, NO, CANNOT),
    S: (P, S, D, DONE, NO, CANNOT),
    D: (D, D, D, DONE, NO, CANNOT),
    DONE: (DONE, DONE, DONE, DONE, NO, CANNOT),
    NO: (NO, NO, NO, DONE, NO, CANNOT),
    CANNOT: (CANNOT, CANNOT, CANNOT, DONE, NO, CANNOT),
}


@pytest.fixture
async def conversation(house: House) -> UUID:
    async with house.database.write() as session:
        return (await house.conversations.admit(session)).conversation_id


async def advance(house: House, conversation: UUID, by: str = "bot", **steps: StepState) -> None:
    async with house.database.write() as session:
        thread = await house.conversations.lock(session, conversation)
        await ledger.advance(thread, steps, by=by)


async def tell(house: House, conversation: UUID, by: str, **facts: str) -> None:
    told = {name: [{"value": value, "words": "…"}] for name, value in facts.items()}
    async with house.database.write() as session:
        thread = await house.conversations.lock(session, conversation)
        await ledger.tell(thread, told, by=by)


async def known(house: House, conversation: UUID) -> dict[str, list[tuple[str, str]]]:
    """Return `{fact: [(value, by)]}`."""
    async with house.database.read() as session:
        row = await repository.get(session, conversation)
        assert row is not None
        thread = house.conversations.thread(session, row)
        facts = await repository.facts_of(session, conversation)
        clear = ledger.facts_in_clear(thread.key, facts)
    return {name: [(v["value"], v["by"]) for v in values] for name, values in clear.items()}


@pytest.mark.parametrize("current", StepState)
def test_a_step_moves_as_the_table_says(current: StepState) -> None:
    assert tuple(advanced(current, new) for new in StepState) == AFTER[current]


def test_the_mission_stands_in_the_order_of_the_walk() -> None:
    assert tuple(step for step in STEPS if step in MISSION) == MISSION


async def test_a_step_of_another_version_harms_nothing(house: House, conversation: UUID) -> None:
    await advance(house, conversation, sing_a_song=S, dont_pay=S)
    async with house.database.read() as session:
        assert set(await repository.steps_of(session, conversation)) == {"dont_pay"}


async def test_a_step_taken_back_before_it_left_is_pending_again(
    house: House, conversation: UUID
) -> None:
    await advance(house, conversation, dont_pay=S, dont_send=D)
    await advance(house, conversation, by="claim", dont_pay=P, dont_send=P)
    async with house.database.read() as session:
        steps = await repository.steps_of(session, conversation)
    assert ledger.states(steps) == {"dont_pay": P, "dont_send": D}


async def test_a_delivery_after_the_child_s_word_is_noted_and_undoes_nothing(
    house: House, conversation: UUID, clock: HandClock
) -> None:
    await advance(house, conversation, by="minor", dont_pay=DONE)
    clock.move(seconds=5)
    await advance(house, conversation, by="delivery", dont_pay=D)
    async with house.database.read() as session:
        step = (await repository.steps_of(session, conversation))["dont_pay"]
    assert (step.state, step.by, step.delivered_at) == (DONE, "minor", clock.now())
    assert step.changed_at < clock.now()


async def test_the_model_changes_nothing_that_a_person_set(
    house: House, conversation: UUID
) -> None:
    await tell(house, conversation, "staff", paid="no", demand="money")
    await tell(house, conversation, "model", paid="yes", demand="images", author="peer")
    assert await known(house, conversation) == {
        "author": [("peer", "model")],
        "demand": [("money", "staff")],
        "paid": [("no", "staff")],
    }


async def test_a_person_replaces_what_the_model_read(house: House, conversation: UUID) -> None:
    await tell(house, conversation, "model", demand="money")
    await tell(house, conversation, "staff", demand="images")
    assert await known(house, conversation) == {"demand": [("images", "staff")]}


async def test_some_facts_hold_two_values_and_the_others_the_last(
    house: House, conversation: UUID
) -> None:
    for demand, paid in (("money", "no"), ("images", "yes"), ("money", "yes")):
        await tell(house, conversation, "model", demand=demand, paid=paid)
    facts = await known(house, conversation)
    assert facts == {
        "demand": [("money", "model"), ("images", "model")],
        "paid": [("yes", "model")],
    }


async def test_no_value_changes_nothing(house: House, conversation: UUID) -> None:
    await tell(house, conversation, "model", paid="no")
    async with house.database.write() as session:
        thread = await house.conversations.lock(session, conversation)
        await ledger.tell(thread, {"paid": [], "author": []}, by="model")
    assert await known(house, conversation) == {"paid": [("no", "model")]}


async def test_a_fact_moved_to_another_name_does_not_open(house: House, conversation: UUID) -> None:
    await tell(house, conversation, "model", paid="no", author="peer")
    async with house.database.read() as session:
        row = await repository.get(session, conversation)
        assert row is not None
        key = house.conversations.thread(session, row).key
        facts = await repository.facts_of(session, conversation)
    moved = Fact(name="author", body=facts["paid"].body)
    assert ledger.facts_in_clear(key, {"author": moved}) == {}
