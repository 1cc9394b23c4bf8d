"""What holds for any text: never an error, words from the text, no lower for how it is written."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from api.danger.phrases import load
from api.danger.signals import Level, signals, worst
from tests.danger.tables import NEGATIVES, POSITIVES

PHRASES = load()
MESSAGES = st.sampled_from([message for _, message in POSITIVES])
POLITE = st.sampled_from(
    ["bonjour", "slt", "stp", "svp", "merci d'avance", "coucou", "excusez moi", "bonsoir madame"]
)
SCRAPS = st.lists(
    st.one_of(
        st.sampled_from(
            ["je", "veux", "mourir", "il", "pas", "mort", "de", "rire", "ce soir", "'"]
        ),
        st.text(),
    )
)


def level(text: str) -> Level:
    seen = worst(signals(text, PHRASES))
    assert seen is not None
    return seen.level


@given(st.one_of(st.text(max_size=300), SCRAPS.map(" ".join), SCRAPS.map("".join)))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_words_are_in_it(text: str) -> None:
    for seen in signals(text, PHRASES):
        assert seen.words
        assert seen.words in text


@given(MESSAGES, POLITE, POLITE)
@settings(max_examples=200, deadline=None)
def test_polite_words_never_lower(message: str, before: str, after: str) -> None:
    assert level(f"{before} {message}") >= level(message)
    assert level(f"{message} {after}") >= level(message)


@given(MESSAGES)
@settings(max_examples=200, deadline=None)
def test_capitals_and_accents_change_nothing(message: str) -> None:
    bare = "".join(
        c for c in unicodedata.normalize("NFD", message) if unicodedata.category(c) != "Mn"
    )
    assert level(message.upper()) == level(message)
    assert level(bare) == level(message)


@given(MESSAGES, st.data())
@settings(max_examples=300, deadline=None)
def test_longer_letters_and_invisible_ones_change_nothing(
    message: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(message)))
    assert level(message[:at] + "\u200b" + message[at:]) == level(message)
    word = data.draw(st.sampled_from(re.findall(r"[^\W\d_]{5,}", message) or [""]))
    letter = data.draw(st.sampled_from(word or "?"))
    longer = message.replace(word, word.replace(letter, letter * 4, 1), 1) if word else message
    assert level(longer) == level(message)


@pytest.mark.parametrize("message", [message for _, message in NEGATIVES])
def test_shouting_makes_no_danger(message: str) -> None:
    assert signals(message.upper(), PHRASES) == ()
