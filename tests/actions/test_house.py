"""The dialogue's files hold together: names once, every intent with a rule and examples."""

import re
from collections import Counter

import pytest

from actions import answers, crisis
from tests.actions import house
from tests.actions.stage import ACTIONS

INTENTS = house.INTENTS.read_text(encoding="utf-8").split()
EVENTS = [name for name in house.declared_intents() if name.startswith("event_")]
DANGER = list(crisis.FAMILIES)


def test_the_intents_are_the_fixed_ones() -> None:
    assert sorted(house.declared_intents()) == sorted(INTENTS + EVENTS)


def test_every_intent_has_a_rule() -> None:
    assert set(house.rules()) == {*INTENTS, *EVENTS, "nlu_fallback"}


def test_every_rule_but_a_danger_closes_with_the_walk() -> None:
    for intent, actions in house.rules().items():
        assert (actions[-1] == "action_walk") is (intent not in DANGER), intent


def test_every_action_of_a_rule_exists_and_is_declared() -> None:
    declared = {
        a for path in house.files("bot/domain") for a in house.read(path).get("actions", [])
    }
    used = {action for actions in house.rules().values() for action in actions}
    assert used == declared == set(ACTIONS)


@pytest.mark.parametrize("intent", INTENTS)
def test_enough_really_different_examples(intent: str) -> None:
    plain = {re.sub(r"\W", "", line).lower() or line for line in house.examples()[intent]}
    assert len(plain) >= (40 if intent in DANGER else 20)


def test_no_example_stands_under_two_intents() -> None:
    lines = Counter(
        re.sub(r"\s+", " ", line).lower()
        for examples in house.examples().values()
        for line in set(examples)
    )
    assert [line for line, times in lines.items() if times > 1] == []


def test_no_event_can_be_written_by_a_child() -> None:
    assert not set(EVENTS) & set(house.examples())


def test_no_name_stands_in_two_files() -> None:
    names = Counter(
        (kind, name)
        for path in house.files("bot/domain")
        for kind in ("responses", "slots", "intents", "actions", "entities")
        for name in map(str, house.read(path).get(kind) or [])
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_every_choice_is_also_understood_as_typed_words() -> None:
    typed = {line.lower() for lines in house.examples().values() for line in lines}
    essential = ("c'est fait", "j'ai compris", "je peux pas", "parler à quelqu'un", "oui", "non")
    assert set(essential) <= typed


@pytest.mark.parametrize("intent", [name for name in INTENTS if answers.is_answerable(name)])
def test_every_answer_exists_in_all_its_wordings(intent: str) -> None:
    for for_other in (True, False):
        for line_open in (True, False):
            name = answers.response_to(intent, for_other=for_other, line_open=line_open)
            assert name in house.responses()


def test_the_same_topics_run_through_domain_examples_and_rules() -> None:
    topics = {path.stem for path in house.files("data/rules")}
    assert {path.stem for path in house.files("data/nlu")} <= topics
    assert topics <= {path.stem for path in house.files("bot/domain")}


@pytest.mark.parametrize(
    "path", house.files("bot/domain", "data/rules"), ids=lambda path: path.name
)
def test_a_topic_file_stays_readable(path: "house.Path") -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 250
