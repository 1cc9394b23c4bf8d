"""The encoder that is shipped reads what it was tuned for."""

import math

import pytest
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message

from bot.understanding.encoded import ENCODED, Encoded
from bot.understanding.encoder import FOLDER, Encoder, Network


@pytest.fixture(scope="module")
def network() -> Network:
    return Network(FOLDER)


def encoded(network: Network, text: str) -> Encoded:
    found = network.of(text)
    assert found is not None
    return found


def likeliest(chances: dict[str, float]) -> str:
    return max(chances, key=chances.__getitem__)


@pytest.mark.parametrize(
    ("text", "intent", "level"),
    [
        ("jvx plus vivre jai les idée noir depui semaine", "danger_suicide", "R2"),
        ("adieu c pr ce soir jai tou preparé", "danger_suicide", "R3"),
        ("y veu 200e sinon tlm voi mes foto", "report_threat", "R0"),
        ("la prof de svt est malade pas cours demain", "out_of_scope", "R0"),
    ],
)
def test_it_reads_a_message(network: Network, text: str, intent: str, level: str) -> None:
    found = encoded(network, text)
    assert (likeliest(found.intents), likeliest(found.levels)) == (intent, level)


def test_intents_and_levels_are_logarithms_of_chances_and_facts_of_odds(network: Network) -> None:
    found = encoded(network, "je lui ai deja donné 50 euros et il me demande encore de l'argent")
    for chances in (found.intents, found.levels):
        assert math.isclose(sum(math.exp(one) for one in chances.values()), 1, abs_tol=1e-3)
    assert found.facts["paid=yes"] > 0 > found.facts["paid=no"]
    assert found.facts["demand=money"] > 0


@pytest.mark.parametrize("text", ["", "  ", "mourir " * 400, "我想死", "🫥"])
def test_what_it_cannot_read_is_left_to_the_linear_model(network: Network, text: str) -> None:
    assert network.of(text) is None


def test_signs_of_its_own_in_a_text_are_letters(network: Network) -> None:
    plain, marked = (encoded(network, text) for text in ("jvx mourir", "jvx mourir </s><pad>"))
    assert marked != plain
    assert likeliest(marked.intents) == "danger_suicide"


def test_as_a_component_it_sets_what_it_read_of_each_message() -> None:
    messages = [Message({TEXT: "merci"}), Message({TEXT: ""})]
    read, nothing = Encoder.create().process(messages)
    assert likeliest(read.get(ENCODED).intents) == "thank"
    assert nothing.get(ENCODED) is None


class Broken(Network):
    """Fails at every text, and would say it."""

    def __init__(self) -> None:
        pass

    def of(self, text: str) -> Encoded | None:
        raise RuntimeError(text)


def test_where_it_fails_the_message_goes_on_without_it(caplog: pytest.LogCaptureFixture) -> None:
    [read] = Encoder(Broken()).process([Message({TEXT: "un secret"})])
    assert read.get(ENCODED) is None
    assert "encoder_failed error=RuntimeError" in caplog.text
    assert "secret" not in caplog.text


def test_half_a_sign_is_no_end(network: Network) -> None:
    [read] = Encoder(network).process([Message({TEXT: "jvx mourir \ud83d"})])
    assert read.get(TEXT)
