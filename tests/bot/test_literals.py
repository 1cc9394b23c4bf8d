"""Amounts, ultimatums, platforms and ways to pay, as children write them; all of it invented."""

import time
from collections.abc import Callable, Iterator

import pytest

from bot.understanding import literals, plain
from bot.understanding.found import Found

Finder = Callable[[str], Iterator[Found]]
ALL: tuple[Finder, ...] = (
    literals.amounts,
    literals.deadlines,
    literals.platforms,
    literals.methods,
)


def told(finder: Finder, text: str) -> list[str]:
    return [found.value for found in finder(plain.read(text))]


@pytest.mark.parametrize(
    "text",
    [
        "jsuis en 4e B",
        "une fille de 6e",
        "il a 14 ans et moi 13 et demi",
        "appelle le 3018",
        "on a cours a 18h",
        "06 39 98 00 00",
        "c la 11e fois",
        "pas un euro",
        "tes conseils a deux balles",
        "g 15 é jsuis en seconde",
        "il demande 3 photos",
        "il a 400 abonnés",
    ],
)
def test_a_number_that_is_no_money_is_no_amount(text: str) -> None:
    assert told(literals.amounts, text) == []


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("deux cents euros", "200 EUR"),
        ("quatre-vingt-dix balles", "90 EUR"),
        ("mille deux cents euros", "1200 EUR"),
        ("2 cent balles", "200 EUR"),
        ("1k euros", "1000 EUR"),
        ("1 500 €", "1500 EUR"),
        ("99,99€", "99.99 EUR"),
        ("€50", "50 EUR"),
        ("200 e", "200 EUR"),
        ("150 boules", "150 EUR"),
        ("80 eruos", "80 EUR"),
        ("y ve 200e", "200 EUR"),
        ("il demande 5e par semaine", "5 EUR"),
        ("il en veut 400 sinon il poste", "400 EUR"),
        ("jai payé 150 en pcs", "150 EUR"),
        ("une paysafecard de 50", "50 EUR"),
        ("faut que les 200 soient la", "200 EUR"),
        ("0,01 btc", "0.01 BTC"),
        ("300 $", "300 USD"),
    ],
)
def test_money_is_an_amount(text: str, amount: str) -> None:
    assert told(literals.amounts, text) == [amount]


@pytest.mark.parametrize(
    "text",
    [
        "jsuis réveillé depuis 18h",
        "hier à 20h il m'a appelé",
        "il a écrit à 3h",
        "est-ce que demain vous êtes là ?",
        "je reviens dans 5 min",
        "appelez moi avant 19h",
        "j'ai un contrôle lundi",
        "ya 2h il a tout posté",
        "il a posté ce midi",
        "attends 2 min",
        "dans une heure tout sera fini pour moi",
        "demain jserai plus là",
        "j'habite au 15",
        "j'ai eu 12 le 15",
        "jusqu'au 15 % de batterie",
        "ils répondent sous 48h",
        "toutes les 5 min il m'écrit",
    ],
)
def test_a_time_is_not_always_an_ultimatum(text: str) -> None:
    assert told(literals.deadlines, text) == []


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("18h", "18:00"),
        ("1h pas plus", "PT1H"),
        ("il reste 20 min", "PT20M"),
        ("y me rest 2h", "PT2H"),
        ("2h pr payer sinon il balance", "PT2H"),
        ("ds 1h il poste", "PT1H"),
        ("avant 2h sinon il envoie tout", "02:00"),
        ("il me laisse 24h", "PT24H"),
        ("quarante-huit heures pour payer sinon il publie", "PT48H"),
        ("il me reste un quart d'heure", "PT15M"),
        ("il me laisse trois jours", "P3D"),
        ("i mlaisse juska 18h", "18:00"),
        ("si 2m1 a 8h jai pas payé il balance", "demain 08:00"),
        ("dem1 mat1 il poste", "demain matin"),
        ("avan samdi midi sinon c parti", "samedi 12:00"),
        ("ultimatum : dimanche soir", "dimanche soir"),
        ("d'ici lundi", "lundi"),
        ("il a dit ce soir 9h sinon il envoie", "ce soir 21:00"),
        ("il balance ce soir", "ce soir"),
        ("avant minuit", "00:00"),
        ("il dit que demain 18h il montre tout", "demain 18:00"),
        ("je dois payer avant la fin de la récré", "la fin de la recre"),
        ("il me laisse jusqu'au 15", "le 15"),
        ("il veut 200e avant le 15", "le 15"),
        ("jdois payer avant le 15 sinon il poste", "le 15"),
    ],
)
def test_what_is_set_as_a_limit_is_an_ultimatum(text: str, deadline: str) -> None:
    assert told(literals.deadlines, text) == [deadline]


@pytest.mark.parametrize(
    ("finder", "text"),
    [
        (literals.platforms, "tg sale bot"),
        (literals.platforms, "mes parents regardent la télé"),
        (literals.platforms, "le lait de coco"),
        (literals.platforms, "whats the law"),
        (literals.platforms, "mon adresse mail"),
        (literals.platforms, "il veut une carte steam"),
        (literals.methods, "ma carte de cantine"),
        (literals.methods, "c'est vrément privé"),
    ],
)
def test_a_word_that_names_something_else_is_no_name(finder: Finder, text: str) -> None:
    assert told(finder, text) == []


@pytest.mark.parametrize(
    ("finder", "text", "name", "words"),
    [
        (literals.platforms, "mon compte linsta", "instagram", "insta"),
        (literals.platforms, "sur snapp", "snapchat", "snapp"),
        (literals.platforms, "ya un compte ficha tg", "telegram", "tg"),
        (literals.platforms, "sur tt", "tiktok", "tt"),
        (literals.platforms, "sur telegrm", "telegram", "telegrm"),
        (literals.platforms, "jai recu un mail chelou", "email", "mail"),
        (literals.platforms, "c'est fait par onlyfans", "onlyfans", "onlyfans"),
        (literals.methods, "en trasncash", "transcash", "trasncash"),
        (literals.methods, "un coupon néo surf", "neosurf", "néo surf"),
        (literals.methods, "des coupons", "coupon", "coupons"),
        (literals.methods, "une carte google play", "gift_card", "carte google play"),
        (literals.methods, "un viremen", "transfer", "viremen"),
    ],
)
def test_a_name_is_found_in_its_own_words(finder: Finder, text: str, name: str, words: str) -> None:
    (found,) = finder(plain.read(text))

    assert (found.value, text[found.start : found.end]) == (name, words)


@pytest.mark.parametrize(
    "words",
    ["20h ", "demain ", "deux cents ", "50 e ", "sur tg ", "carte ", "a a ", "ou je ", "1 "],
)
def test_a_very_long_message_is_read_in_good_time(words: str) -> None:
    text = plain.read(words * 500)[:2_000]
    began = time.process_time()
    for finder in ALL:
        list(finder(text))

    assert time.process_time() - began < 1.0


@pytest.mark.parametrize(
    "words",
    ["😭", ".", "!", " ", "g ", "jsk  ", "jsk' "],
)
def test_no_run_of_signs_is_split_in_every_way(words: str) -> None:
    tail = " xx 20h"
    text = plain.read((words * 2_000)[: 2_000 - len(tail)] + tail)
    began = time.process_time()
    list(literals.deadlines(text))

    assert time.process_time() - began < 1.0


@pytest.mark.parametrize("words", ["cent ", "mille ", "9 000", "dix mille ", "cent mille "])
def test_no_number_is_too_large(words: str) -> None:
    text = plain.read(words * 400 + "euros sinon il poste, il reste " + words * 200 + "semaines")

    values = [found.value for finder in ALL for found in finder(text)]

    assert all(len(value) <= len("10000000 EUR") for value in values)


@pytest.mark.parametrize("cue", ["reste " + "c'est " * 12, "il a dit" + " qu'" * 17])
def test_no_cue_is_split_in_every_way(cue: str) -> None:
    text = plain.read(f"{cue}xx 20h. " * 20)
    began = time.process_time()
    list(literals.deadlines(text))

    assert time.process_time() - began < 1.0


@pytest.mark.parametrize("before", ["😭😭 ", "g ", "... euh, il me reste "])
def test_signs_before_it_leave_the_time_alone(before: str) -> None:
    assert told(literals.deadlines, f"{before}20h") == ["20:00"]
