"""The noise does what it says, to as many words as it says, and the same each time."""

import pytest

from evaluation.noise import KINDS, noisy

SENTENCE = "elle a posté la vidéo dans le groupe pour que tout le monde voie ça demain matin"
MANY = [f"{SENTENCE} numéro {number}" for number in range(200)]


def changed(before: str, after: str) -> int:
    """Count the words that are no longer there; two glued ones count as one."""
    return sum(one != other for one, other in zip(before.split(), after.split(), strict=True))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_changed_at_zero(kind: str) -> None:
    assert noisy(SENTENCE, 0, kinds=(kind,)) == SENTENCE


def test_accents_are_dropped_and_nothing_else() -> None:
    assert noisy("déjà été là", 1, kinds=("accents",)) == "deja ete la"


def test_neighbours_are_swapped_and_the_first_letter_stays() -> None:
    for seed in range(20):
        word = noisy("messages", 1, seed, ("swapped",))
        assert word != "messages"
        assert sorted(word) == sorted("messages")
        assert word[0] == "m"


def test_short_words_are_not_swapped() -> None:
    assert noisy("non pas ça", 1, kinds=("swapped",)) == "non pas ça"


def test_spaces_go_missing() -> None:
    assert noisy("il me menace", 1, kinds=("glued",)) == "ilmemenace"


def test_words_are_abbreviated_as_in_an_sms() -> None:
    assert noisy("pour quoi Maintenant", 1, kinds=("abbreviated",)) == "pr koi mnt"


def test_a_word_that_cannot_be_changed_is_passed_over() -> None:
    assert noisy("xyz xyz été", 1 / 3, kinds=("accents",)) in {"xyz xyz été", "xyz xyz ete"}
    assert {noisy("xyz été", 1, seed, ("accents",)) for seed in range(9)} == {"xyz ete"}


@pytest.mark.parametrize("share", [0.1, 0.3])
def test_it_changes_the_share_that_it_is_told(share: float) -> None:
    kinds = ("accents", "swapped", "abbreviated")
    words = sum(len(text.split()) for text in MANY)
    found = sum(changed(text, noisy(text, share, kinds=kinds)) for text in MANY)
    assert found / words == pytest.approx(share, abs=0.02)


def test_every_kind_takes_part() -> None:
    seen = {noisy("hier posté pour moi", 0.25, seed) for seed in range(200)}
    assert {
        "hier poste pour moi",
        "hier posté pr moi",
        "hierposté pour moi",
        "hire posté pour moi",
    } <= seen


def test_it_is_the_same_each_time_and_another_with_another_seed() -> None:
    assert noisy(SENTENCE, 0.3, 1) == noisy(SENTENCE, 0.3, 1)
    assert len({noisy(SENTENCE, 0.3, seed) for seed in range(10)}) > 5
