"""The model learns, says how sure it is, and is the same after a restart."""

from pathlib import Path

import numpy as np
import pytest

from bot.understanding import decisions
from bot.understanding.decisions import Read
from bot.understanding.meaning import LEVEL, Line, Meaning
from bot.understanding.parts import parts

MONEY, PAID = ("demand", "money"), ("paid", "yes")
SAID = {
    "pay": ["je dois payer ?", "faut payer combien", "si je paye il arrete", "je paie ou pas"],
    "thank": ["merci", "merci beaucoup", "mrc pour tout", "un grand merci a toi"],
    "danger_suicide": ["je veux mourir", "envie de mourir", "plus envie de vivre", "mourir, oui"],
    "tell": ["jlui ai donné 50 euros", "il veut de l'argent", "il veut du fric", "g deja payé"],
}
ENGLISH = ["i want to die", "thank you so much", "he wants money", "do i have to pay him"]
FACTS = {
    "il veut de l'argent": {MONEY},
    "il veut du fric": {MONEY},
    "jlui ai donné 50 euros": {PAID},
    "g deja payé": {PAID},
}
LINES = [
    Line(
        text,
        intent,
        frozenset(FACTS.get(text, ())),
        "R2" if intent.startswith("danger") else "R0",
        writer=str(number),
    )
    for intent, texts in SAID.items()
    for number, text in enumerate(texts)
] + [
    Line(text, intent, level="R2" if intent.startswith("danger") else "R0", language="en")
    for text, intent in zip(ENGLISH, ["danger_suicide", "thank", "tell", "pay"], strict=True)
]
LINES.append(Line("jvais mourir ce soir", "danger_suicide", level="R3", writer="4"))


@pytest.fixture(scope="module")
def learned() -> Meaning:
    meaning = Meaning()
    meaning.fit(LINES)
    return meaning


def best(meaning: Meaning, text: str) -> tuple[str, Read]:
    found = decisions.read(meaning, text)
    return meaning.intents[found.likely.argmax()], found


@pytest.mark.parametrize(
    ("text", "intent"),
    [("mersi bcp", "thank"), ("fo payé ou pa", "pay"), ("g envi de mouriiir", "danger_suicide")],
)
def test_it_has_learned(learned: Meaning, text: str, intent: str) -> None:
    assert best(learned, text)[0] == intent


def test_it_is_sure_of_what_it_knows_and_of_nothing_else(learned: Meaning) -> None:
    likely = learned.likely(learned.features.of(["merci beaucoup", "xyz", ""]))
    assert np.allclose(likely.sum(axis=1), 1)
    known, unknown, empty = likely.max(axis=1)
    assert known > max(unknown, empty)


def test_a_danger_has_a_level_and_words(learned: Meaning) -> None:
    text = "merci pour tout, la réponse est bien, mais moi je veux mourir"
    danger = best(learned, text)[1].danger
    assert danger is not None
    assert (danger.kind, danger.level) == ("danger_suicide", "R2")
    assert "je veux mourir" in text[danger.words.start : danger.words.end]
    assert best(learned, "merci beaucoup")[1].danger is None


def test_a_danger_is_imminent_where_it_says_so(learned: Meaning) -> None:
    danger = best(learned, "jvais mourir ce soir")[1].danger
    assert danger is not None
    assert danger.level == "R3"


def test_a_fact_is_found_by_the_part_that_tells_it(learned: Meaning) -> None:
    text = "bonjour, ma soeur est là et on regarde un film, il veut de l'argent, merci"
    told = {one.fact: one for one in best(learned, text)[1].facts if one.score > decisions.TOLD}
    assert told.keys() == {MONEY}
    assert "argent" in text[told[MONEY].words.start : told[MONEY].words.end]


def test_the_words_of_a_fact_are_a_part_where_there_are_parts(learned: Meaning) -> None:
    text = "il veut encore, de l'argent oui, ou du fric"
    told = {one.fact: one.words for one in best(learned, text)[1].facts}
    assert told.keys() == {MONEY}
    assert told[MONEY] in parts(text)


def test_it_knows_another_language(learned: Meaning) -> None:
    assert best(learned, "i want to thank you so much")[1].language == "en"
    assert best(learned, "merci beaucoup")[1].language == "fr"


def test_it_is_the_same_after_a_restart(learned: Meaning, tmp_path: Path) -> None:
    learned.save(tmp_path)
    again = Meaning.load(tmp_path)
    assert (again.intents, again.facts) == (learned.intents, learned.facts)
    texts = [*(line.text for line in LINES), "autre chose", ""]
    before, after = learned.features.of(texts), again.features.of(texts)
    assert np.allclose(again.likely(after), learned.likely(before), atol=0.01)
    for head in (LEVEL, "facts", "language"):
        assert np.allclose(again.scores(head, after), learned.scores(head, before), atol=0.01)


def test_the_same_data_gives_the_same_model(learned: Meaning) -> None:
    again = Meaning()
    again.fit(LINES)
    rows = learned.features.of([line.text for line in LINES])
    assert np.array_equal(again.likely(rows), learned.likely(rows))
