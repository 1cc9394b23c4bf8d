"""Words that are nothing alone, and a danger in progress when one of life stands (facts.md 6.1)."""

import pytest

from api.danger.signals import Danger, Level, Phrases, signals, worst

STANDING = Danger("danger_suicide", Level.R2, "self")
IN_PROGRESS = [
    "je l'ai fait",
    "jlai fait",
    "jvais le faire",
    "je suis sur le point",
    "c'est maintenant",
    "ce soir",
    "oui ce soir",
    "c pour cette nuit",
    "mtn",
]
NOT_IN_PROGRESS = [
    "c'est fait",
    "ok",
    "pas maintenant",
    "je vais pas le faire",
    "jdis pas que jvais le faire",
    "je l'ai fait la semaine dernière",
    "je paie ce soir",
    "il publie ce soir",
    "jusqu'à ce soir",
]


@pytest.mark.parametrize("text", NOT_IN_PROGRESS)
def test_other_words_do_not_lift_what_stands(text: str, phrases: Phrases) -> None:
    assert signals(text, phrases, STANDING) == ()


@pytest.mark.parametrize("text", IN_PROGRESS)
@pytest.mark.parametrize(
    "standing",
    [
        None,
        Danger("danger_suicide", Level.R1, "self"),
        Danger("danger_physical", Level.R2, "self"),
        Danger("danger_unknown", Level.R2, "self"),
    ],
)
def test_alone_or_beside_another_danger_they_are_nothing(
    text: str, standing: Danger | None, phrases: Phrases
) -> None:
    assert signals(text, phrases, standing) == ()


@pytest.mark.parametrize("text", IN_PROGRESS)
@pytest.mark.parametrize("kind", ["danger_suicide", "danger_selfharm"])
@pytest.mark.parametrize("subject", ["self", "other"])
def test_they_lift_a_danger_of_life_that_stands(
    text: str, kind: str, subject: str, phrases: Phrases
) -> None:
    standing = Danger(kind, Level.R2, "other" if subject == "other" else "self")
    seen = worst(signals(text, phrases, standing))
    assert seen is not None
    assert (seen.kind, seen.level, seen.subject) == (kind, Level.R3, subject)
    assert seen.words
    assert seen.words in text


def test_a_danger_of_its_own_is_found_beside_them(phrases: Phrases) -> None:
    found = signals("je l'ai fait et il est en bas de chez moi", phrases, STANDING)
    assert {seen.kind for seen in found} == {"danger_suicide", "danger_physical"}
