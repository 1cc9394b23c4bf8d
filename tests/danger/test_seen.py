"""Two layers over one message: either is enough, and neither lowers what the other saw."""

from dataclasses import replace
from itertools import product

import pytest

from api.danger.seen import EXCLUDED_BELOW, Seen, firm, seen, standing
from api.danger.signals import Level, Signal

PAIRS = list(product(Level, Level))


def signal(kind: str, level: Level, layer: str) -> Signal:
    return Signal(kind, level, "self", words=f"words of {layer}", phrase=layer)


@pytest.mark.parametrize(("phrases", "model"), PAIRS)
def test_neither_lowers_the_other(phrases: Level, model: Level) -> None:
    both = seen(signal("danger_home", phrases, "p"), signal("danger_suicide", model, "m"))
    assert both is not None
    assert both.signal.level == max(phrases, model)


def test_only_a_hint_is_excluded_and_only_by_a_model_that_was_asked() -> None:
    plain = signal("danger_suicide", Level.R2, "plain")
    hint = replace(signal("danger_physical", Level.R3, "hint"), hint=True)
    assert firm([hint, plain]) == (plain,)
    assert standing([hint, plain], EXCLUDED_BELOW - 0.01) == (plain,)
    assert standing([hint, plain], EXCLUDED_BELOW) == (hint, plain)
    assert standing([hint, plain], None) == (hint, plain)


def test_nothing_is_seen_where_neither_sees() -> None:
    assert seen(None, None) is None


@pytest.mark.parametrize("level", Level)
def test_either_is_enough(level: Level) -> None:
    one = signal("danger_home", level, "one")
    assert seen(one, None) == Seen(one, "phrases")
    assert seen(None, one) == Seen(one, "model")


@pytest.mark.parametrize("level", Level)
def test_at_the_same_level_the_reviewed_phrases_name_it(level: Level) -> None:
    phrases = signal("danger_home", level, "phrases")
    assert seen(phrases, signal("danger_suicide", level, "model")) == Seen(phrases, "both")


@pytest.mark.parametrize(("phrases", "model"), [pair for pair in PAIRS if pair[0] != pair[1]])
def test_only_who_gave_the_level_is_named(phrases: Level, model: Level) -> None:
    by_phrases, by_model = signal("a", phrases, "phrases"), signal("a", model, "model")
    higher = Seen(by_phrases, "phrases") if phrases > model else Seen(by_model, "model")
    assert seen(by_phrases, by_model) == higher
