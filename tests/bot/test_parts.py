"""The parts of a message: its clauses, stretches of a run-on, and where they stand."""

import pytest

from bot.understanding.parts import parts


def said(text: str) -> list[str]:
    return [text[part.start : part.end] for part in parts(text)]


@pytest.mark.parametrize("text", ["", "merci", "je veux mourir", "ok , ok", "😭😭😭", ",,, !!"])
def test_what_is_one_clause_has_no_parts(text: str) -> None:
    assert said(text) == []


def test_clauses_stand_alone_and_with_the_next_one() -> None:
    assert said("j'ai payé 50e, il en veut encore mais jlai bloqué") == [
        "j'ai payé 50e",
        "il en veut encore",
        "jlai bloqué",
        "j'ai payé 50e, il en veut encore",
        "il en veut encore mais jlai bloqué",
    ]


def test_a_run_on_is_looked_at_in_stretches_that_overlap() -> None:
    words = [f"mot{number}" for number in range(23)]
    stretches = [stretch.split() for stretch in said(" ".join(words))]
    assert [stretch[0] for stretch in stretches] == ["mot0", "mot5", "mot10", "mot15"]
    assert stretches[-1][-1] == "mot22"
    assert {word for stretch in stretches for word in stretch} == set(words)
