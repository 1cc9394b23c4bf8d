"""How spelling is read: what is left alone, what becomes plain French, and where it stood."""

import pytest

from api.danger.reading import Spelling, read
from api.danger.signals import Phrases


@pytest.mark.parametrize("text", ["", "   ", "\n", "😭", "…", "\u200b", "''", "_-_"])
def test_nothing_is_read_in_nothing(text: str, phrases: Phrases) -> None:
    assert read(text, phrases.spelling).spans == ()


@pytest.mark.parametrize(("left", "right"), [("20h", "20 h"), ("su", "suicide"), ("sert", "sait")])
def test_what_is_not_the_same_stays_apart(left: str, right: str, phrases: Phrases) -> None:
    assert read(left, phrases.spelling).line != read(right, phrases.spelling).line


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("jve", "je veux"),
        ("J'VEUX", "je veux"),
        ("g plu envi", "j'ai plus envie"),
        ("jsuiiiis", "je suis"),
        ("chui", "je suis"),
        ("c fini", "c'est fini"),
        ("kil é", "qu'il est"),
        ("mourrir", "mourir"),
        ("muorir", "mourir"),
        ("mour ir", "mourir"),
        ("su1cide", "suicide"),
        ("m o u r i r", "mourir"),
        ("ｍｏｕｒｉｒ", "mourir"),
        ("je\u200bveux", "je veux"),
        ("jeveuxmourir", "je veux mourir"),
        ("je je veux", "je veux"),
        ("je veux vraiment trop mourir", "je veux mourir"),
        ("tué tuée tuez", "tuer"),
        ("sœur", "soeur"),
    ],
)
def test_spelling_is_read_as_plain_french(written: str, plain: str, phrases: Phrases) -> None:
    assert read(written, phrases.spelling).line == read(plain, phrases.spelling).line


def test_each_word_knows_where_it_stood() -> None:
    reading = read("  Ça va,  toi ?", Spelling({}))
    assert [("  Ça va,  toi ?")[start:end] for start, end in reading.spans] == ["Ça", "va", "toi"]
    assert reading.span(0, 2) == (2, 13)
    assert reading.word_at(reading.line.index("toi")) == 2


def test_a_very_long_word_is_read_at_once(phrases: Phrases) -> None:
    assert len(read("jb" * 1_000, phrases.spelling).spans) == 1
