"""Numbered choices, segments, and an answer that is never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.channels.messages import Choice
from api.channels.sms_text import as_sms, is_gsm7, resolve_choice, segments

DONE = Choice("C'est fait", "c'est fait", "done")
CANNOT = Choice("Je ne peux pas", "je ne peux pas", "cannot")
HUMAN = Choice("Parler à quelqu'un", "je veux parler à quelqu'un", "ask_human")
PARENTS = Choice("Et mes parents ?", "et mes parents ?", "ask_parents")
OFFERED = (DONE, CANNOT, HUMAN, PARENTS)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "!",
        "0",
        "5",
        "01",
        "-1",
        "1 ?",
        "1 2",
        "1 et 2",
        "1/2",
        "½",
        "15",
        "17",
        "3018",
        "1 photo",
        "j'ai 1",
        "c'est fait ?",
        "c'est pas fait",
        "c'est fait 👎",
        "c'est fait mais j'ai payé",
        "pas 1",
        "je veux mourir",
    ],
)
def test_what_is_not_plainly_a_choice_is_not_guessed(text: str) -> None:
    assert resolve_choice(text, OFFERED) is None


def test_nothing_resolves_when_nothing_was_offered() -> None:
    assert resolve_choice("1", ()) is None


def test_words_that_two_choices_share_resolve_to_neither() -> None:
    twin = Choice("C'EST FAIT", "oui", "affirm")
    assert resolve_choice("c'est fait", (DONE, twin)) is None


def test_a_number_that_is_another_choice_s_label_resolves_to_neither() -> None:
    offered = (Choice("2", "2", "two"), Choice("autre", "autre", "other"))
    assert resolve_choice("2", offered) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("1", DONE),
        ("1.", DONE),
        ("le 1", DONE),
        ("1)", DONE),
        (" (2) ", CANNOT),
        ("Le numéro 3 !", HUMAN),
        ("n°2", CANNOT),
        ("choix 4", PARENTS),
        ("1️⃣", DONE),
        ("C’EST FAIT", DONE),
        ("cest fait.", DONE),
        ("  c´est   fait", DONE),
        ("parler a quelquun", HUMAN),
        ("Je veux parler à quelqu'un", HUMAN),
        ("et mes parents", PARENTS),
        ("Et mes parents?", PARENTS),
    ],
)
def test_a_number_or_the_same_words_resolve(text: str, meant: Choice) -> None:
    assert resolve_choice(text, OFFERED) == meant


@given(st.text(alphabet="abcdefé '?!0123456789", max_size=12))
def test_whatever_else_is_in_the_text_keeps_it_from_resolving(more: str) -> None:
    assert resolve_choice(f"je ne sais pas {more}", OFFERED) is None


def test_choices_become_numbered_lines() -> None:
    assert as_sms("Ne paie pas.", (DONE, CANNOT)) == (
        "Ne paie pas.\n1. C'est fait\n2. Je ne peux pas"
    )


def test_a_text_without_choices_is_left_alone() -> None:
    assert as_sms("Ne paie pas.", ()) == "Ne paie pas."


@given(st.integers(min_value=1, max_value=len(OFFERED)))
def test_each_line_s_number_brings_its_choice_back(number: int) -> None:
    line = as_sms("?", OFFERED).splitlines()[number]
    assert resolve_choice(line.split()[0], OFFERED) == OFFERED[number - 1]


@pytest.mark.parametrize("letter", "êçâîôûëïœ«»’…🙂")
def test_french_letters_outside_gsm7(letter: str) -> None:
    assert not is_gsm7(letter)


@pytest.mark.parametrize("letter", "éèàùÉÇ'\"?€\n")
def test_french_letters_inside_gsm7(letter: str) -> None:
    assert is_gsm7(letter)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 1),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("€" * 80, 1),
        ("€" * 81, 2),
        # A two-unit letter at the end of a part moves over whole: 152 + 1 unit free.
        ("a" * 152 + "€" * 77, 3),
        ("ç" * 70, 1),
        ("ç" * 71, 2),
        ("ç" * 134, 2),
        ("ç" * 135, 3),
        ("🙂" * 35, 1),
        ("🙂" * 36, 2),
        ("🙂" * 67, 3),
    ],
)
def test_segments_are_counted_as_an_operator_does(text: str, count: int) -> None:
    assert segments(text) == count
