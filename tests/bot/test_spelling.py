"""How children write is read as it would be spelled, and as it sounds; correct text stays."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.understanding import spelling
from bot.understanding.spelling import read, sounds

ROOT = Path(__file__).parents[2]
CORRECT = [
    "je ne sais pas quoi faire , il me menace",
    "ce qu'il a fait est grave et je me sens mal",
    "le jeune jour de jeudi il joue avec jean",
    "ma sœur dort , le juge jure de dire la vérité",
    "c'était hier , j'ai peur de mes parents",
    "il y a une photo , ça y est , on y va , ils y sont",
    "il faut que j'y aille à 18h30 , il me faut de l'aide",
    "j'ai pas pu bloquer facebook ni tiktok ce week-end",
    "un tel sac , ta sœur est dans un parking",
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
        ("y veut", "il veut"),
        ("i menace", "il menace"),
        ("jarrive pas", "je arrive pas"),
        ("j´ai payé", "j'ai payé"),
        ("j'e\u0301tais là", "j'étais là"),
        ("🏃🏽‍♀️ vite", "partir ♀ vite"),
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


def test_no_word_is_kept_in_memory() -> None:
    sounds(read("un mot"))
    kept = {name: one.cache_info().currsize for name, one in _caches()}

    sounds(read("zorglubine a peur de krazucle"))

    assert {name: one.cache_info().currsize for name, one in _caches()} == kept


def _caches() -> list[tuple[str, Any]]:
    return [(name, one) for name, one in vars(spelling).items() if hasattr(one, "cache_info")]


def test_what_is_read_is_read_the_same_again() -> None:
    table = yaml.safe_load((ROOT / "bot/understanding/spelling.yml").read_text(encoding="utf-8"))
    meant = [*table["words"], *table["signs"]]
    assert {words: read(words) for words in meant if read(words) != words} == {}
