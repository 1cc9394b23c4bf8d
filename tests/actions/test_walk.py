"""The pure walk, over every ledger it can meet."""

import itertools

import pytest

from actions import walk
from tests.actions import house

STATES = ("pending", "sent", "delivered", "done", "refused", "cannot")
LEDGERS = [
    dict(zip([step.name for step in walk.ORDER], states, strict=True))
    for states in itertools.product(("pending", "delivered", "done", "cannot"), repeat=6)
]
ESSENTIAL = [step.name for step in walk.ORDER if step.essential]


@pytest.mark.parametrize("ledger", LEDGERS[::37])
def test_no_step_in_danger(ledger: dict[str, str]) -> None:
    assert walk.next_steps(ledger, {}, in_danger=True) == ()


def test_no_settled_step_is_ever_chosen() -> None:
    for ledger in LEDGERS:
        chosen = walk.next_steps(ledger, {}, in_danger=False)
        assert not [step for step in chosen if ledger[step.name] in walk.SETTLED]


def test_at_most_one_step_waits_for_an_answer_and_it_is_the_last() -> None:
    for ledger in LEDGERS:
        chosen = walk.next_steps(ledger, {}, in_danger=False)
        assert [step.waits for step in chosen] in ([], [False], [True], [False, True])


def test_the_first_open_step_of_the_order_is_chosen() -> None:
    for ledger in LEDGERS:
        chosen = [step.name for step in walk.next_steps(ledger, {}, in_danger=False)]
        open_steps = [step.name for step in walk.ORDER if walk.is_open(step, ledger, {})]
        assert chosen == open_steps[: len(chosen)]


def test_a_step_dropped_before_it_was_sent_is_said_again() -> None:
    ledger = {"not_your_fault": "delivered", "safe_now": "done", "dont_pay": "pending"}
    assert [step.name for step in walk.next_steps(ledger, {"dont_pay": 2}, in_danger=False)] == [
        "dont_pay"
    ]


@pytest.mark.parametrize(("said", "chosen"), [({}, "dont_pay"), ({"dont_pay": 2}, "dont_send")])
def test_an_unanswered_step_is_recalled_once_and_then_left(
    said: dict[str, int], chosen: str
) -> None:
    ledger = {"not_your_fault": "delivered", "safe_now": "done", "dont_pay": "delivered"}
    assert walk.next_steps(ledger, said, in_danger=False)[0].name == chosen


@pytest.mark.parametrize("answer", ["done", "refused", "cannot", None])
def test_every_walk_gives_the_four_steps_in_order(answer: str | None) -> None:
    ledger: dict[str, str] = {}
    said: dict[str, int] = {}
    given: list[str] = []
    while steps := walk.next_steps(ledger, said, in_danger=False):
        for step in steps:
            given.append(step.name)
            said[step.name] = walk.times_said(step.name, ledger, said) + 1
            ledger[step.name] = answer or "delivered"
    firsts = list(dict.fromkeys(given))
    assert [name for name in firsts if name in ESSENTIAL] == [
        "dont_pay",
        "dont_send",
        "keep_evidence",
        "contact_3018",
    ]
    assert firsts[:2] == ["not_your_fault", "safe_now"]
    assert max(given.count(name) for name in given) <= walk.SAID_AT_MOST


@pytest.mark.parametrize("step", walk.ORDER, ids=lambda step: step.name)
def test_every_wording_exists(step: walk.Step) -> None:
    values = [{b.fact: frozenset({b.value})} for b in step.branches]
    for facts, again, other, line_open in itertools.product(
        [{}, *values], (True, False), (True, False), (True, False)
    ):
        if again and not step.waits:
            continue
        name = walk.wording(step, facts, again=again, for_other=other, line_open=line_open)
        assert name in house.responses()


def test_a_closed_line_is_never_worded_as_open() -> None:
    step = walk.STEPS["contact_3018"]
    for again, other in itertools.product((True, False), repeat=2):
        name = walk.wording(step, {}, again=again, for_other=other, line_open=False)
        assert name.endswith("_closed")


def test_what_happened_changes_the_wording() -> None:
    paid = {"paid": frozenset({"yes"})}
    words = walk.wording(walk.STEPS["dont_pay"], paid, again=False, for_other=False, line_open=True)
    assert words == "utter_dont_pay_paid"
