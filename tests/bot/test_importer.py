"""What stands in braces at the end of a training line is no part of what a child says."""

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.importer import DANGER, FACTS, WRITER, labelled


def line(text: str) -> Message:
    return labelled(Message(data={TEXT: text, INTENT: "report_payment"}))


def test_labels_are_taken_out() -> None:
    message = line(
        'donné 50e, il en veut {a1 paid=yes amount=50e deadline="demain soir" demand=money}'
    )
    assert message.get(TEXT) == "donné 50e, il en veut"
    assert message.get(INTENT) == "report_payment"
    assert message.get(WRITER) == "a1"
    assert message.get(FACTS) == {
        "paid": ["yes"],
        "amount": ["50e"],
        "deadline": ["demain soir"],
        "demand": ["money"],
    }
    assert message.get(DANGER) is None


def test_two_values_of_a_fact_and_a_danger() -> None:
    message = line("il veut les deux {b2 danger=R2 demand=money demand=images}")
    assert message.get(FACTS) == {"demand": ["money", "images"]}
    assert message.get(DANGER) == "R2"


@pytest.mark.parametrize("text", ["sans rien", "un {", "{a1}", "avec {a1} au milieu"])
def test_a_line_without_labels_stays(text: str) -> None:
    assert line(text).get(TEXT) == text
