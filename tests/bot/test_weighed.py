"""What a model makes of a message and what patterns find in it are one list of facts."""

from bot.understanding.decisions import TOLD, TOLD_BESIDE_A_PATTERN, Told
from bot.understanding.facts import entities
from bot.understanding.parts import Part

WHOLE = Part(0, 200)
SURE, DOUBTED, DENIED = TOLD + 0.3, TOLD_BESIDE_A_PATTERN + 0.1, TOLD_BESIDE_A_PATTERN - 0.3


def told(text: str, *by_the_model: tuple[str, str, float]) -> dict[str, list[str]]:
    """Give each fact with its values, of what the model says and the patterns find."""
    model = [Told((fact, value), score, WHOLE) for fact, value, score in by_the_model]
    found: dict[str, list[str]] = {}
    for entity in entities(text, model):
        found.setdefault(entity["entity"], []).append(entity["value"])
    return found


def test_the_model_needs_no_pattern() -> None:
    assert told("il a eu ce qu'il voulait", ("paid", "yes", SURE)) == {"paid": ["yes"]}


def test_what_the_model_doubts_a_pattern_confirms() -> None:
    assert told("il a eu ce qu'il voulait", ("paid", "yes", DOUBTED)) == {}
    assert told("g payer", ("paid", "yes", DOUBTED)) == {"paid": ["yes"]}


def test_what_the_model_denies_no_pattern_says() -> None:
    assert told("g payer", ("paid", "yes", DENIED)) == {}


def test_a_pattern_gives_its_own_words() -> None:
    text = "bonjour, g payer hier et il continue"
    [paid] = entities(text, [Told(("paid", "yes"), SURE, WHOLE)])
    assert text[paid["start"] : paid["end"]] == "g payer"


def test_of_two_values_the_surer_one_stands_but_two_things_may_be_demanded() -> None:
    assert told("", ("paid", "no", SURE), ("paid", "yes", SURE + 0.1)) == {"paid": ["yes"]}
    demands = told("", ("demand", "money", SURE), ("demand", "images", SURE))
    assert demands == {"demand": ["money", "images"]}


def test_figures_and_names_are_found_whatever_the_model_says() -> None:
    assert told("50e en pcs sur snap") == {
        "amount": ["50 EUR"],
        "platform": ["snapchat"],
        "payment_method": ["pcs"],
    }


def test_what_no_line_is_labelled_with_a_pattern_finds_alone() -> None:
    assert told("c'est moi la victime") == {"subject": ["self"]}
