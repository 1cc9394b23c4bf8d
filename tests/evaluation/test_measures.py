"""One run gives every figure that has a bar, and the document shows all of them."""

from collections.abc import Sequence
from dataclasses import asdict

import pytest

from evaluation.bars import BARS, Bar
from evaluation.document import NOT_MEASURED, Kept, document, table
from evaluation.heldout import Judges
from evaluation.measures import Measures, languages, noise, understanding
from evaluation.shapes import Understood
from tests.evaluation.sample import answer, message

JUDGES = Judges(
    (
        message("greet", text="slt"),
        message("danger_suicide", text="je veux mourir ce soir", level="R3"),
        message("ask_parents", text="mon père va me tuer s'il le sait", level="R1"),
        message("report_payment", text="j'ai déjà payé 50e", facts={"amount": ("50e",)}),
    ),
    {
        "messages": 4,
        **dict.fromkeys(("intent", "intent_with_second", "with_writer"), 0.99),
        **dict.fromkeys(("danger_level", "danger_kind", "facts"), 0.98),
    },
    ("tu viens au ciné ?", "trop bien ton pull"),
    (
        message("danger_suicide", text="quiero morir", level="R2", language="es"),
        message("greet", text="hola", language="es"),
        message("greet", text="hello", language="en"),
    ),
)


def knows(texts: Sequence[str]) -> list[Understood]:
    """Understand JUDGES as they are labelled, and everything else as something else."""
    right = {
        "slt": answer("greet"),
        "je veux mourir ce soir": answer("danger_suicide", level="R3"),
        "mon père va me tuer s'il le sait": answer("ask_parents"),
        "j'ai déjà payé 50e": answer("report_payment", facts={"amount": [("50 EUR", "50e")]}),
    }
    return [right.get(text, answer("out_of_scope")) for text in texts]


def alarmed(texts: Sequence[str]) -> list[Understood]:
    return [answer("danger_home", level="R2")] * len(texts)


def kept(measured: Measures) -> Kept:
    return Kept(**asdict(measured), agreement=JUDGES.agreement, at="2026-11-28, abc")


@pytest.fixture
def whole() -> Kept:
    costs = Measures(dict.fromkeys(("p50", "p95", "training", "model", "memory"), 5.0))
    curve = Measures(tables={"curve": [["15", 700, 0.5], ["all", 9000, 0.75]]})
    understood = understanding(JUDGES, knows).joined(noise(JUDGES, knows))
    return kept(understood.joined(languages(JUDGES, knows)).joined(costs).joined(curve))


def test_who_knows_all_reaches_every_aim(whole: Kept) -> None:
    missed = [bar.key for bar in BARS if not bar.reached(whole.figures[bar.key])]
    assert set(missed) <= {"intents_noise_30"}


def test_who_sees_danger_everywhere_falls_below_the_bars() -> None:
    figures = understanding(JUDGES, alarmed).figures
    below = {bar.key for bar in BARS if bar.key in figures and not bar.holds(figures[bar.key])}
    assert {"intents", "safe", "right_kind", "now_as_now", "false_alarms", "idioms"} <= below
    assert figures["danger_recall"] == 1


def test_each_language_is_counted_apart() -> None:
    rows = languages(JUDGES, alarmed).tables["languages"]
    assert rows == [["es", 2, 0, 1, 1, 1], ["en", 1, 0, 0, 0, 1]]


@pytest.mark.parametrize("bar", BARS, ids=lambda bar: bar.key)
def test_bar_and_aim_lie_on_the_right_sides(bar: Bar) -> None:
    assert bar.holds(bar.bar)
    assert not bar.holds(bar.bar * 1.01 if bar.at_most else bar.bar * 0.99)
    assert bar.aim is None or bar.holds(bar.aim)


def test_the_document_shows_every_figure_and_no_message(whole: Kept) -> None:
    written = document(whole, "2 cores")
    assert NOT_MEASURED not in written
    assert all(f"| {bar.what} | {bar.must(bar.bar)} |" in written for bar in BARS)
    assert "2026-11-28, abc" in written
    assert "1 of 1, 95 % interval" in written
    assert "+0.250" in written
    assert "| es | 2 | 0 | 0 | 1 | 0 |" in written
    for one in JUDGES.messages[1:]:
        assert one.text not in written


def test_what_was_not_measured_is_said() -> None:
    assert table(Kept()).count(NOT_MEASURED) == len(BARS)


def test_what_lies_below_its_bar_stands_out() -> None:
    assert table(kept(understanding(JUDGES, alarmed))).count("**below**") >= 6
