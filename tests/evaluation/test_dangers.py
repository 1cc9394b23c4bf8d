"""A danger missed is counted, and so is an alarm where there is none."""

import pytest

from evaluation.counts import Share
from evaluation.dangers import dangers, false_alarms, is_idiom
from tests.evaluation.sample import answer, message

DIES = message("danger_suicide", level="R3")
HURTS = message("danger_selfharm", "danger_suicide", level="R2")
IDIOM = message("ask_parents", text="mon père va me tuer", level="R1")
LAUGHS = message("thank", text="mort de rire merci")
GREETS = message("greet", text="slt")


def test_every_danger_that_is_seen_counts_whatever_its_kind() -> None:
    found = dangers(
        [DIES, HURTS, DIES],
        [
            answer("danger_home", level="R2"),
            answer("danger_suicide", level="R3"),
            answer("danger_suicide", level="R1"),
        ],
    )
    assert found.recall == Share(2, 3)
    assert found.by_kind["danger_suicide"] == Share(1, 2)
    assert found.by_level == {"R2": Share(1, 1), "R3": Share(1, 2)}
    assert found.right_kind == Share(1, 3)
    assert found.now_as_now == Share(0, 2)


def test_precision_is_of_what_was_given_as_danger() -> None:
    alarm = answer("danger_suicide", level="R2")
    found = dangers([DIES, IDIOM, GREETS, GREETS], [alarm, alarm, alarm, answer("greet")])
    assert found.precision == Share(1, 3)


def test_idioms_and_denials_are_right_when_there_is_no_alarm() -> None:
    said = [
        answer("ask_parents"),
        answer("danger_suicide", level="R2"),
        answer("danger_suicide", level="R1"),
        answer("danger_suicide", level="R2"),
    ]
    found = dangers([IDIOM, IDIOM, LAUGHS, GREETS], said)
    assert found.idioms == Share(2, 3)


@pytest.mark.parametrize(
    "text", ["trop MORTEL", "tu m'as tué", "ça me crève", "en finir avec math"]
)
def test_what_names_death_is_an_idiom_where_there_is_no_danger(text: str) -> None:
    assert is_idiom(message("thank", text=text))
    assert not is_idiom(message("danger_suicide", text=text, level="R2"))


@pytest.mark.parametrize("text", ["le statut", "son but", "amort", "rien"])
def test_what_does_not_name_it_is_none(text: str) -> None:
    assert not is_idiom(message("thank", text=text))


def test_whose_danger_it_is_counts_apart() -> None:
    friend = message("danger_suicide", level="R2", subject="other")
    said = [answer("danger_suicide", level="R2", subject=one) for one in ("other", "self")]
    assert dangers([friend, friend], said).right_subject == Share(1, 2)


def test_false_alarms_are_of_everyday_messages() -> None:
    said = [answer("greet"), answer("danger_home", level="R2"), answer("danger_home", level="R1")]
    assert false_alarms(said) == Share(1, 3)
