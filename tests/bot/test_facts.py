"""What a child tells, found in the words children use; every message here is invented."""

import time
from datetime import datetime

import pytest

from bot.understanding import plain
from bot.understanding.deadline import resolved
from bot.understanding.facts import entities, find


def told(text: str) -> dict[str, list[str]]:
    return {fact: [found.value for found in values] for fact, values in find(text).items()}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "aidez moi",
        "si je paye il arrete ?",
        "est ce que je dois repondre",
        "je veux pas payer",
        "j'ai failli payer",
        "jsuis en 4e",
        "il m'a bloqué",
        "il veut pas d'argent",
        "j'ai 14 ans",
        "je l'ai connu y a 3 semaines",
        "tg",
        "jpp",
        "il va tout envoyer a mes potes",
    ],
)
def test_what_is_not_told_is_no_fact(text: str) -> None:
    assert told(text) == {}


@pytest.mark.parametrize(
    ("text", "fact", "values"),
    [
        ("j'ai pas payé", "paid", ["no"]),
        ("jai toujours pas payer", "paid", ["no"]),
        ("J’ai déjà payé", "paid", ["yes"]),
        ("g payer", "paid", ["yes"]),
        ("jlui ai filé 30 balles", "paid", ["yes"]),
        ("j'ai fait un virement", "paid", ["yes"]),
        ("j'ai rien renvoyé", "sent_more", ["no"]),
        ("je lui en ai renvoyé une", "sent_more", ["yes"]),
        ("j'ai envoyé une autre photo", "sent_more", ["yes"]),
        ("il a rien posté", "published", ["no"]),
        ("elle a tout balancé", "published", ["yes"]),
        ("mes photos tournent au lycee", "published", ["yes"]),
        ("tout le monde l'a vue", "published", ["yes"]),
        ("il veut du fric ou une autre photo", "demand", ["money", "images"]),
        ("il me demande 200€", "demand", ["money"]),
        ("il veut me voir", "demand", ["meeting"]),
        ("c'est une fausse photo", "image_origin", ["fake"]),
        ("c un montage", "image_origin", ["fake"]),
        ("j'ai jamais envoyé de photo", "image_origin", ["none"]),
        ("je lui ai envoyé des nudes", "image_origin", ["own"]),
        ("c'est un mec de ma classe", "author", ["peer"]),
        ("mon ex me menace", "author", ["peer"]),
        ("un inconnu sur insta", "author", ["stranger"]),
        ("c'est mon coach", "author", ["known_adult"]),
        ("c'est mon oncle", "author", ["family"]),
        ("j'ai tout supprimé", "evidence", ["lost"]),
        ("j'ai fait des screens", "evidence", ["kept"]),
        ("jl'ai pas bloqué", "blocked", ["no"]),
        ("jlai bloké", "blocked", ["yes"]),
        ("j'en ai parlé à personne", "told_someone", ["no"]),
        ("mes parents savent pas", "told_someone", ["no"]),
        ("j'ai tout dit a ma soeur", "told_someone", ["yes"]),
        ("c pour ma meilleure pote", "subject", ["other"]),
        ("on a parlé sur snap puis sur tg", "platform", ["snapchat", "telegram"]),
        ("en pcs ou en transcash", "payment_method", ["pcs", "transcash"]),
        ("50e et apres 1 000 €", "amount", ["50 EUR", "1000 EUR"]),
        ("40 dollars", "amount", ["40 USD"]),
        ("il me laisse jusqu'a 18h30", "deadline", ["18:30"]),
        ("il balance tout a 20h", "deadline", ["20:00"]),
        ("j'ai 24h pour payer", "deadline", ["PT24H"]),
        ("il publie ce soir", "deadline", ["ce soir"]),
    ],
)
def test_what_is_told_is_found(text: str, fact: str, values: list[str]) -> None:
    assert told(text).get(fact) == values


def test_one_message_tells_many_facts() -> None:
    text = "jlui ai deja donné 50e en pcs et il en veut encore sinon il balance tout a 20h jpp"

    assert told(text) == {
        "paid": ["yes"],
        "demand": ["money"],
        "payment_method": ["pcs"],
        "amount": ["50 EUR"],
        "deadline": ["20:00"],
    }


def test_an_entity_points_at_the_childs_own_words() -> None:
    text = "Œuf, là… J’ai PAS payé !"
    (entity,) = entities(text)

    assert (entity["entity"], entity["value"]) == ("paid", "no")
    assert text[entity["start"] : entity["end"]] == "J’ai PAS payé"


@pytest.mark.parametrize("text", ["é" * 50, "İstanbul ß ﬁ 😭\u200d", "ça\u00a0va\tlà"])
def test_reading_plainly_keeps_every_place(text: str) -> None:
    assert len(plain.read(text)) == len(text)


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("20:00", "2026-11-24T20:00+01:00"),
        ("01:30", "2026-11-25T01:30+01:00"),
        ("PT2H", "2026-11-24T04:10+01:00"),
        ("PT30M", "2026-11-24T02:40+01:00"),
        ("ce soir", "ce soir"),
    ],
)
def test_a_deadline_is_resolved_when_its_words_allow_it(value: str, moment: str) -> None:
    assert resolved(value, datetime.fromisoformat("2026-11-24T02:10:00+01:00")) == moment


@pytest.mark.parametrize("words", ["j'ai ", "veut ", "1 000 ", "poste ", "50 ", "a ", "jusqu'a "])
def test_a_very_long_message_is_read_in_good_time(words: str) -> None:
    began = time.process_time()
    find(words * 4_000)

    assert time.process_time() - began < 1.0
