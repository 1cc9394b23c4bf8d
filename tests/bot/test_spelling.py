"""How children write is read as it would be spelled, and as it sounds; correct text stays."""

import pytest

from bot.understanding.spelling import read, sounds

CORRECT = [
    "je ne sais pas quoi faire , il me menace",
    "ce qu'il a fait est grave et je me sens mal",
    "le jeune jour de jeudi il joue avec jean",
    "ma sœur dort , le juge jure de dire la vérité",
    "c'était hier , j'ai peur de mes parents",
]


@pytest.mark.parametrize("text", CORRECT)
def test_what_is_spelled_is_left_alone(text: str) -> None:
    assert read(text) == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("jlui ai envoyé", "je lui ai envoyé"),
        ("jveux", "je veux"),
        ("jcrois kil", "je crois qu'il"),
        ("g peur mtn", "j'ai peur maintenant"),
        ("J’AI PEUR", "j'ai peur"),
        ("stpppp aideeeez", "s'il te plaît aidez"),
        ("cpas moi", "c'est pas moi"),
        ("y veut 200e", "il veut 200 e"),
        ("tlm va voir", "tout le monde va voir"),
        ("qqn", "quelqu'un"),
        ("😭", "je pleure"),
        ("👍👍", "oui d'accord oui d'accord"),
        ("bloké", "bloqué"),
        ("jsp", "je ne sais pas"),
        ("2main", "demain"),
        ("", ""),
        ("   ", ""),
    ],
)
def test_sms_is_read(written: str, meant: str) -> None:
    assert read(written) == meant


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("envoyé", "envoyer"),
        ("envoyé", "anvoyai"),
        ("photo", "foto"),
        ("beaucoup", "bocou"),
        ("quoi", "koi"),
        ("pleure", "pleur"),
        ("maintenant", "mintenan"),
    ],
)
def test_what_sounds_alike_looks_alike(one: str, other: str) -> None:
    assert sounds(one) == sounds(other)


def test_what_sounds_otherwise_does_not() -> None:
    words = ["payer", "parler", "publier", "partir", "police", "parents", "peur", "prof"]
    assert len({sounds(word) for word in words}) == len(words)


def test_no_text_is_too_odd() -> None:
    odd = "ﷺ" * 50 + "\x00\u200b" + "a" * 2000 + "é" * 2000 + "'" * 100 + "🇫🇷"
    assert isinstance(sounds(read(odd)), str)
