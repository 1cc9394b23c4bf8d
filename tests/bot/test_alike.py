"""Texts that say nearly the same are found, whatever their length and whichever comes first."""

from bot.understanding.alike import alike, alike_within

STEMS = [
    "il veut 200 euros avant ce soir",
    "jvais le dire a ma mere demain",
    "ok merci",
    "elle a tout montré à la classe et depuis personne me parle",
]
# More than are compared at once.
TEXTS = [
    f"{text} {'oui' * more}"
    for more in range(25)
    for stem in STEMS
    for text in (stem, stem.upper(), f"{stem} !", f"{stem} stp", stem[3:], stem + stem[::-1])
]
OVER = (0.3, 0.5, 0.7, 0.9)


def trigrams(text: str) -> set[str]:
    plain = text.lower().replace("é", "e").replace("à", "a")
    words = [f" {word} " for word in plain.split()]
    return {word[at : at + 3] for word in words for at in range(max(1, len(word) - 2))}


def share(one: set[str], other: set[str]) -> float:
    common = len(one & other)
    return common / (len(one) + len(other) - common)


def test_the_pairs_are_those_that_counting_finds() -> None:
    seen = [trigrams(text) for text in TEXTS]
    shares = [[share(one, other) for other in seen] for one in seen[:200]]
    for over in OVER:
        counted = {
            (one, other)
            for one, row in enumerate(shares)
            for other, shared in enumerate(row)
            if shared > over
        }
        assert set(alike(TEXTS[:200], TEXTS, over)) == counted
        assert {one == other for one, other in counted} == {True, False}


def test_within_one_list_each_pair_is_given_once() -> None:
    for over in OVER:
        found = list(alike_within(TEXTS, over))
        assert sorted(found) == sorted(
            (one, other) for one, other in alike(TEXTS, TEXTS, over) if one < other
        )
