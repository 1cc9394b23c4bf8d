"""What the bench makes of its rounds. Not for: the rounds."""

import pytest

from bench.figures import HEAD, Figures, Row, percentile, shares
from bench.rounds import FIRST, WALK, Answered, Round
from bench.stages import STAGES, moments


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(number) for number in range(100, 0, -1)]
    assert (percentile(values, 0.5), percentile(values, 0.95)) == (50.0, 95.0)
    assert percentile([3.0], 0.95) == 3.0


def test_the_figures_of_a_round() -> None:
    answers = tuple(Answered(0.0, seconds, ("oui",)) for seconds in (0.1, 0.2, 0.3, 0.4))
    assert Figures.of(Round(answers, took=2.0)) == Figures(2.0, 200.0, 400.0)


def test_a_ratio_is_the_median_of_pairs() -> None:
    ours = [Figures(10, 10, 10), Figures(1, 100, 100), Figures(12, 10, 10)]
    stock = [Figures(10, 10, 20), Figures(1, 100, 100), Figures(8, 20, 40)]
    row = Row.of("8 in flight", ours, stock)
    assert row.ratio == Figures(1.0, 1.0, 0.5)
    assert row.ours == Figures(10, 10, 10)


@pytest.mark.parametrize(
    ("per_second", "p95", "enough"),
    [(0.79, 1.0, False), (1.0, 1.31, False), (0.8, 1.3, True)],
)
def test_what_is_enough(per_second: float, p95: float, *, enough: bool) -> None:
    figures = Figures(1, 1, 1)
    assert Row("8 in flight", figures, figures, Figures(per_second, 1, p95)).enough is enough


def test_a_row_stands_under_its_head() -> None:
    row = Row.of("8 in flight", [Figures(20, 300, 900)], [Figures(10, 600, 1000)])
    places = [at for at, sign in enumerate(str(row)) if sign == "|"]
    for line in HEAD.splitlines():
        assert [at for at, sign in enumerate(line) if sign == "|"] == places
    assert "2.00 times the turns/s" in row.figure


def test_shares_add_up() -> None:
    assert shares([("", 1.0), ("in", 1.25), ("out", 2.0)]) == [
        f"  {'in':<44} {250.0:8.1f} ms   25%",
        f"  {'out':<44} {750.0:8.1f} ms   75%",
    ]


def test_a_message_that_skipped_a_stage_is_no_figure() -> None:
    marks = {point: [1.5, 2.5] for point, _ in STAGES}
    assert [at for _, at in moments(marks, [1.0, 2.0], [2.0, 3.0])][-1] == 2.5
    marks[STAGES[0][0]] = [1.5]
    with pytest.raises(ValueError, match="passed 1 times by 2 messages"):
        moments(marks, [1.0, 2.0], [2.0, 3.0])


def test_the_walk_says_how_many_answers_it_gets() -> None:
    assert all(cue.answers > 0 for cue in (FIRST, *WALK))
