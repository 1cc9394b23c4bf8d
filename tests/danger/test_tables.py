"""Every invented message of the tables, one test each, and that the tables stay an honest size."""

import pytest

from api.danger.signals import Phrases, signals, worst
from tests.danger.tables import NEGATIVES, POSITIVES

KINDS = {"suicide", "selfharm", "physical", "home", "runaway", "other_child"}


@pytest.mark.parametrize("message", [message for _, message in NEGATIVES])
def test_no_danger_is_seen(message: str, phrases: Phrases) -> None:
    assert signals(message, phrases) == ()


@pytest.mark.parametrize(("expected", "message"), POSITIVES)
def test_the_worst_danger_is_seen(expected: str, message: str, phrases: Phrases) -> None:
    seen = worst(signals(message, phrases))
    assert seen is not None
    assert f"{seen.kind} {seen.level} {seen.subject}" == expected


def test_tables_are_large_and_without_twins() -> None:
    messages = [message for _, message in POSITIVES + NEGATIVES]
    assert len(POSITIVES) >= 250
    assert len(NEGATIVES) >= 150
    assert len(messages) == len(set(messages))


def test_every_kind_has_messages_for_the_child_or_another_at_r2_and_r3() -> None:
    seen = {tuple(heading.split()[:2]) for heading, _ in POSITIVES}
    missing = {(f"danger_{kind}", level) for kind in KINDS for level in ("R2", "R3")} - seen
    assert missing <= {("danger_other_child", "R3")}
