"""A model that understands too little is not released: the bars, on what nobody tuned on.

What hangs on how busy the machine is (`timed`) is held to by `make eval` alone. What is printed of
a failure are figures, never a message.
"""

import pytest

from evaluation import costs
from evaluation.bars import BARS, Bar
from evaluation.heldout import judges
from evaluation.measures import Measures, understanding
from evaluation.system import asked
from tests.stack.dialogue import Dialogue
from tests.stack.model import trained
from tests.stack.silence import Silence


@pytest.fixture(scope="module")
def measured(dialogue: Dialogue, silence: Silence) -> Measures:
    judged_by = judges()
    silence.heard(*(one.text for one in judged_by.messages if one.in_danger))
    with asked(dialogue) as understood_of:
        understood = understanding(judged_by, understood_of)
    return understood.joined(costs.room(trained(), dialogue.bot.pid))


@pytest.mark.parametrize("bar", [bar for bar in BARS if not bar.timed], ids=lambda bar: bar.key)
def test_it_is_good_enough(measured: Measures, bar: Bar) -> None:
    figure = measured.figures[bar.key]
    assert bar.keeps(figure), f"{bar.what}: {bar.shown(figure)}, not {bar.must(bar.least)}"


@pytest.mark.parametrize("bar", BARS, ids=lambda bar: bar.key)
def test_a_mark_below_the_bar_is_there_only_until_the_bar_is_reached(bar: Bar) -> None:
    assert bar.held is None or not bar.holds(bar.held)
