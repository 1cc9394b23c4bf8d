"""Every word a child reads: the house rules of facts.md 6.3 and 7.4, checked text by text."""

import re
import string

import pytest

from tests.actions import house

TEXTS = list(house.texts())
BUTTONS = [
    (name, button)
    for name, variants in house.responses().items()
    for variant in variants
    for button in variant.get("buttons", [])
]
# The alphabet of an SMS of 160 characters; one letter outside it halves the message.
GSM = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
TWO_SEGMENTS = 306
LONGEST = {
    "line_3018": "3018",
    "line_3114": "3114",
    "line_119": "119",
    "line_17": "17",
    "line_15": "15",
    "line_112": "112",
    "line_114": "114",
    "line_3018_opens": "mercredi à 9h30",
    "line_3018_hours": "de 9h à 23h, 7 jours sur 7",
    "desk_opens": "mercredi à 10h30",
    "line_3018_opens_en": "on Wednesday at 9:30",
    "desk_opens_en": "on Wednesday at 10:30",
    "ahead": "120",
}
FORBIDDEN = re.compile(
    r"porno|p[ée]dopo|sextape|revenge|b[êe]tise|deepfake|pourquoi|tu n'aurais pas|calme-toi"
    r"|ne t'inqui[èe]te pas|c'est pas grave|promets|promis|r[ée]ussi|rat[ée]|l[âa]che\b|courageu"
    r"|\bsecret|je comprends ce que|pour toi toujours|\bnotre\b|\bnous\b|\bnos\b|sûre?\b"
    r"|à cent pour cent|pour cent|%|statisti|\bsuicide|médicament|\bpont\b|lame|corde|couteau",
    re.IGNORECASE,
)
DOUBLE_GENDER = re.compile(r"\(e\)|·|\w\(ne\)")


def spoken(text: str) -> str:
    return string.Template(re.sub(r"{(\w+)}", r"${\1}", text)).substitute(LONGEST)


@pytest.mark.parametrize(("name", "text", "channel"), TEXTS)
def test_no_number_and_no_hour_is_typed(name: str, text: str, channel: str | None) -> None:
    bare = re.sub(r"{\w+}", "", text)
    assert not re.search(r"\d", bare), name


@pytest.mark.parametrize(("name", "text", "channel"), TEXTS)
def test_no_forbidden_word(name: str, text: str, channel: str | None) -> None:
    assert not FORBIDDEN.search(text), name
    assert not DOUBLE_GENDER.search(text), name


@pytest.mark.parametrize(("name", "text", "channel"), TEXTS)
def test_straight_apostrophes_and_no_typographic_sign(
    name: str, text: str, channel: str | None
) -> None:
    assert not set("’‘“”«»…\u00a0\u202f\u2013\u2014") & set(text), name
    assert "\n" not in text, name


@pytest.mark.parametrize("name", house.responses())
def test_by_sms_it_fits_two_segments_of_the_sms_alphabet(name: str) -> None:
    variants = house.responses()[name]
    text = next((v for v in variants if v.get("channel") == "sms"), variants[0])["text"]
    assert not set(spoken(text)) - GSM, name
    assert len(spoken(text)) <= TWO_SEGMENTS, name


@pytest.mark.parametrize("name", house.responses())
def test_no_two_variants_fit_at_once(name: str) -> None:
    channels = [variant.get("channel") for variant in house.responses()[name]]
    assert len(channels) == len(set(channels))
    assert None in channels
    assert not any("condition" in variant for variant in house.responses()[name])


@pytest.mark.parametrize(("name", "text", "channel"), TEXTS)
def test_short_sentences_and_few(name: str, text: str, channel: str | None) -> None:
    sentences = [part for part in re.split(r"[.?!]\s", text) if part]
    assert len(sentences) <= 7, name
    assert max(len(sentence.split()) for sentence in sentences) <= 26, name


@pytest.mark.parametrize("name", [name for name in house.responses() if name.endswith("_other")])
def test_who_writes_for_another_is_not_taken_for_the_victim(name: str) -> None:
    words = house.responses()[name][0]["text"]
    assert not re.search(r"ta faute|ta photo|tes preuves|on t'a|tes parents", words)


@pytest.mark.parametrize(("name", "button"), BUTTONS)
def test_a_choice_means_an_intent_and_fits_a_button(name: str, button: dict[str, str]) -> None:
    assert button["payload"].removeprefix("/") in house.declared_intents(), name
    assert len(button["title"]) <= 32, name
    assert not set(button["title"]) - GSM, name
    assert not FORBIDDEN.search(button["title"]), name
    assert not re.search(r"\d", button["title"]), name


@pytest.mark.parametrize("name", house.responses())
def test_a_person_is_one_choice_away(name: str) -> None:
    for variant in house.responses()[name]:
        intents = [button["payload"] for button in variant.get("buttons", [])]
        already_asked = name == "utter_waiting_offer"
        assert not intents or already_asked or "/ask_human" in intents
