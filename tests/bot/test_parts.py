"""The parts of a message: its clauses, stretches of a run-on, and where they stand."""

import pytest

from bot.understanding.parts import MOST_SHOWN, Part, parts, shown


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


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("il veut 50e", 11),
        ("mot " * 500, MOST_SHOWN - 1),
        ("mots\n" * 500, MOST_SHOWN - 1),
        ("mot" + " " * 2000, 3),
        ("a" * 2000, MOST_SHOWN),
        ("", 0),
    ],
)
def test_what_is_shown_of_a_part_ends_with_a_word(text: str, length: int) -> None:
    assert shown(text, Part(0, len(text))) == Part(0, length)


def test_what_is_shown_stays_within_its_part() -> None:
    assert shown("bonjour, il veut 50e, merci", Part(9, 16)) == Part(9, 16)
