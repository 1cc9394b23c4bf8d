"""What a counsellor would accept as an answer, and what never."""

from pathlib import Path

import pytest

from api import yaml_file
from evaluation.answers import accepted, is_safe
from evaluation.heldout import Labelled
from evaluation.shapes import Understood
from tests.evaluation.sample import answer, message

ROOT = Path(__file__).parents[2]
INTENTS = set((ROOT / "tests/actions/intents.txt").read_text(encoding="utf-8").split())
ENTRIES = yaml_file.read(ROOT / "evaluation/answers.yml")["accepted"]
HOME = message("danger_home", level="R2")
NOW = message("danger_suicide", level="R3")


@pytest.mark.parametrize(
    ("judged", "said"),
    [
        pytest.param(HOME, answer("nlu_fallback"), id="danger not understood"),
        pytest.param(HOME, answer("ask_human"), id="danger taken for a call for a person"),
        pytest.param(HOME, answer("danger_physical", level="R2"), id="other numbers"),
        pytest.param(NOW, answer("danger_suicide", level="R2"), id="a level below"),
        pytest.param(
            message("greet"), answer("danger_home", level="R2"), id="an alarm for nothing"
        ),
        pytest.param(message("ask_pay"), answer("ask_reply"), id="an answer to something else"),
        pytest.param(message("cannot"), answer("deny"), id="one way only"),
    ],
)
def test_never(judged: Labelled, said: Understood) -> None:
    assert not is_safe(judged, said)


@pytest.mark.parametrize(
    ("judged", "said"),
    [
        pytest.param(HOME, answer("danger_home", level="R3"), id="a level above"),
        pytest.param(NOW, answer("danger_selfharm", level="R3"), id="the same numbers"),
        pytest.param(message("ask_pay"), answer("nlu_fallback"), id="a question back"),
        pytest.param(message("ask_pay", "ask_reply"), answer("ask_reply"), id="the second label"),
        pytest.param(message("ask_refund"), answer("report_payment"), id="the same answer"),
        pytest.param(
            message("ask_parents", "danger_home"), answer("danger_home", level="R2"), id="as right"
        ),
    ],
)
def test_accepted(judged: Labelled, said: Understood) -> None:
    assert is_safe(judged, said)


def test_the_table_names_intents_once_and_says_why() -> None:
    assert set(accepted()) | set().union(*accepted().values()) <= INTENTS
    assert len({entry["means"] for entry in ENTRIES}) == len(ENTRIES)
    assert all(entry["means"] not in entry["also"] and entry["because"] for entry in ENTRIES)


def test_danger_and_the_rest_never_answer_each_other() -> None:
    for means, also in accepted().items():
        assert {one.startswith("danger_") for one in also} == {means.startswith("danger_")}
