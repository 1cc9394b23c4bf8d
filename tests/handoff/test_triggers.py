"""When a person is asked for, and how the desk says why."""

from typing import get_args

import pytest

from api.conversation.holder import Reason
from api.desk.schemas import Kind
from api.handoff.triggers import reasons
from api.handoff.why import KINDS, SENTENCES, Alarm, why


@pytest.mark.parametrize("level", [None, "R1"])
def test_nothing_asks(level: str | None) -> None:
    assert reasons(level=level, bot_asks=None, bot_failed=False) == ()


@pytest.mark.parametrize("level", ["R2", "R3"])
def test_danger_always_asks(level: str) -> None:
    assert reasons(level=level, bot_asks=None, bot_failed=False) == (Reason.danger,)


def test_reasons_hold_together_and_once() -> None:
    both = reasons(level="R2", bot_asks="danger", bot_failed=True)
    assert both == (Reason.danger, Reason.bot_failed)
    assert reasons(level=None, bot_asks="not_understood", bot_failed=False) == (
        Reason.not_understood,
    )


def test_unknown_reason_of_the_bot_still_asks() -> None:
    assert reasons(level=None, bot_asks="a_new_word", bot_failed=False) == (Reason.asked,)


def test_every_reason_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Reason)
    assert why(["danger"], None) == ["Un danger a été signalé"]
    assert why(["asked", "bot_failed", "not_understood", "returned"], None) == [
        "Une personne a été demandée",
        "Le programme est en panne",
        "N'a pas été compris deux fois",
        "Rendue à la file",
    ]


def test_danger_is_said_first_and_once() -> None:
    alarm = Alarm("danger_suicide", "R2", "self", "phrases")
    assert why(["asked", "danger"], alarm) == [
        "Danger : idées de suicide (niveau R2), vu par les mots",
        "Une personne a été demandée",
    ]


def test_danger_for_somebody_else_and_of_a_new_kind() -> None:
    assert set(KINDS) == set(get_args(Kind))
    assert why([], Alarm("danger_home", "R3", "other", "model")) == [
        "Danger : danger à la maison, pour quelqu'un d'autre (niveau R3), vu par le modèle"
    ]
    [sentence] = why(["danger"], Alarm("danger_unknown", "R2", "self", "model"))
    assert sentence == "Danger : danger signalé, sans précision (niveau R2), vu par le modèle"
    [sentence] = why([], Alarm("danger_new", "R3", "self", "staff"))
    assert sentence == "Danger : à regarder tout de suite (niveau R3), noté par l'équipe"
