"""What signals refuse, what they keep of the child's words, and how levels combine."""

import time
from dataclasses import replace

import pytest

from api.danger.seen import firm
from api.danger.signals import Danger, Level, Phrases, Signal, Subject, raised, signals, worst


@pytest.mark.parametrize(
    "text", ["", " ", "\n\n", "…!?", "👍", "\u200b\u200d", "'''", "12 345", "*$€@"]
)
def test_nothing_is_seen_in_nothing(text: str, phrases: Phrases) -> None:
    assert signals(text, phrases) == ()


def test_worst_and_raised_of_nothing_are_nothing() -> None:
    assert worst(()) is None
    assert raised(None, ()) is None


def test_words_never_show_in_a_representation(phrases: Phrases) -> None:
    (seen, *_) = signals("jve mourir", phrases)
    assert "mourir" not in repr(seen)


def test_a_signal_cannot_be_changed(phrases: Phrases) -> None:
    (seen, *_) = signals("jve mourir", phrases)
    with pytest.raises(AttributeError):
        seen.level = Level.R1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("slt 😭 jve   mouriiiir stp", "jve   mouriiiir"),
        ("JE N'AI PLUS ENVIE DE VIVRE.", "PLUS ENVIE DE VIVRE"),
        ("ok\nje\u200bveux\nmourir\nvoila", "je\u200bveux\nmourir"),
        ("ｊｅ　ｖｅｕｘ　ｍｏｕｒｉｒ !", "ｊｅ　ｖｅｕｘ　ｍｏｕｒｉｒ"),
        ("je veux m0urir", "je veux m0urir"),
        ("#jeveuxmourir", "jeveuxmourir"),
        ("…adieuuu…", "adieuuu"),
    ],
)
def test_words_are_the_childs_own_characters(text: str, words: str, phrases: Phrases) -> None:
    assert words in {seen.words for seen in signals(text, phrases)}


def test_every_danger_of_a_message_is_found(phrases: Phrases) -> None:
    found = signals("mon pere me frappe et je veux mourir et il a mon adresse", phrases)
    assert {"danger_home", "danger_suicide", "danger_physical"} <= {seen.kind for seen in found}
    assert found[0].kind == "danger_suicide"


@pytest.mark.parametrize(
    ("calm", "grave"),
    [
        ("je veux pas mourir", "je veux mourir"),
        ("je veux mourir", "je veux mourir ce soir"),
        ("il me laisse jusqu'a ce soir je veux mourir", "je veux mourir ce soir"),
        ("j'ai fugué l'année dernière", "j'ai fugué"),
        ("je vais le tuer", "je vais le tuer ce soir"),
        ("je veux pas mourir", "je veux pas mourir mais j'y pense"),
        ("mon père va me tuer", "mon père va me frapper"),
    ],
)
def test_words_around_change_the_level(calm: str, grave: str, phrases: Phrases) -> None:
    low, high = worst(signals(calm, phrases)), worst(signals(grave, phrases))
    assert low is not None
    assert high is not None
    assert low.level < high.level


def test_an_idiom_elsewhere_hides_no_danger(phrases: Phrases) -> None:
    for idiom in ("mort de rire", "mon tel est mort", "on tue le temps", "c'est mort pour ce soir"):
        seen = worst(signals(f"{idiom} mais en vrai je veux mourir", phrases))
        assert seen is not None
        assert seen.level >= Level.R2


@pytest.mark.parametrize("tail", ["mdr", "lol", "😂😂", "ptdr jrigole", "jsuis mort de rire"])
def test_laughter_after_it_hides_no_wish_to_die(tail: str, phrases: Phrases) -> None:
    for wish in ("je voudrais etre mort", "je veux mourir", "jvais me tuer"):
        seen = worst(signals(f"{wish} {tail}", phrases))
        assert seen is not None
        assert seen.level >= Level.R2


def signal(kind: str, level: str, subject: str = "self") -> Signal:
    whose: Subject = "other" if subject == "other" else "self"
    return Signal(f"danger_{kind}", Level(level), whose, "", "x")


@pytest.mark.parametrize(
    ("stands", "new", "kept"),
    [
        (("home", "R3"), ("suicide", "R2"), ("home", "R3")),
        (("home", "R2"), ("home", "R1"), ("home", "R2")),
        (("home", "R2"), ("physical", "R2"), ("home", "R2")),
        (("home", "R2"), ("suicide", "R2"), ("suicide", "R2")),
        (("suicide", "R2"), ("home", "R2"), ("suicide", "R2")),
        (("suicide", "R2"), ("runaway", "R3"), ("runaway", "R3")),
        (("suicide", "R2", "other"), ("suicide", "R2", "self"), ("suicide", "R2", "self")),
        (("physical", "R2", "self"), ("suicide", "R2", "other"), ("physical", "R2", "self")),
    ],
)
def test_a_danger_is_raised_and_never_lowered(
    stands: tuple[str, ...], new: tuple[str, ...], kept: tuple[str, ...]
) -> None:
    want = signal(*kept)
    assert raised(signal(*stands), [signal(*new)]) == Danger(want.kind, want.level, want.subject)
    assert raised(signal(*stands), []) == raised(None, [signal(*stands)])


@pytest.mark.parametrize(
    "unit", ["je veux mourir ", "je je je ", "jb", "ma mere va ", "a ", "xyzt", "j'", "il "]
)
def test_time_grows_with_length_and_no_faster(unit: str, phrases: Phrases) -> None:
    def seconds(length: int) -> float:
        text = (unit * length)[:length]
        runs = []
        for _ in range(3):
            begun = time.process_time()
            signals(text, phrases)
            runs.append(time.process_time() - begun)
        return min(runs)

    assert seconds(2_000) <= 20 * seconds(200) + 0.02
    assert seconds(2_000) < 1


def test_an_unnamed_danger_gives_way_to_one_that_is_named(phrases: Phrases) -> None:
    unnamed = Danger("danger_unknown", Level.R2, "self")
    home = raised(unnamed, signals("mon pere me frappe", phrases))
    assert home == Danger("danger_home", Level.R2, "self")
    assert raised(unnamed, signals("je vais le tuer", phrases)) == unnamed


@pytest.mark.parametrize(
    "text", ["il m'a ecrit que j'avais qu'a me suicider", "je suicide", "que je devrais me suicide"]
)
def test_a_hint_explains_no_firm_phrase_away(text: str, phrases: Phrases) -> None:
    plain = replace(phrases, phrases=tuple(one for one in phrases.phrases if not one.hint))
    without = worst(signals(text, plain))
    kept = worst(firm(signals(text, phrases)))
    assert without
    assert kept
    assert kept.level == without.level
