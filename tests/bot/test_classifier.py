"""The classifier learns, says how sure it is, and is the same after a restart."""

from pathlib import Path

import numpy as np
import pytest

from bot.understanding.classifier import Classifier

SAID = {
    "pay": ["je dois payer ?", "faut payer combien", "si je paye il arrete", "je paie ou pas"],
    "die": ["je veux mourir", "envie de mourir", "jveux plus vivre", "mourir c'est mieux"],
    "thank": ["merci", "merci beaucoup", "mrc pour tout", "un grand merci a toi"],
}
TEXTS = [text for texts in SAID.values() for text in texts]
LABELS = [label for label, texts in SAID.items() for _ in texts]


@pytest.fixture(scope="module")
def learned() -> Classifier:
    classifier = Classifier()
    classifier.fit(TEXTS, LABELS)
    return classifier


def test_it_has_learned(learned: Classifier) -> None:
    likely = learned.probabilities(["g envi de mouriiir", "mersi bcp", "fo payé ou pa"])
    assert [learned.labels[best] for best in likely.argmax(axis=1)] == ["die", "thank", "pay"]


def test_it_is_sure_of_what_it_knows_and_of_nothing_else(learned: Classifier) -> None:
    likely = learned.probabilities(["je veux mourir", "xyz", ""])
    assert np.allclose(likely.sum(axis=1), 1)
    known, unknown, empty = likely.max(axis=1)
    assert known > max(unknown, empty)


def test_it_is_the_same_after_a_restart(learned: Classifier, tmp_path: Path) -> None:
    learned.save(tmp_path)
    again = Classifier.load(tmp_path)
    assert again.labels == learned.labels
    texts = [*TEXTS, "autre chose", ""]
    assert np.allclose(again.probabilities(texts), learned.probabilities(texts), atol=0.01)


def test_the_same_data_gives_the_same_model(learned: Classifier) -> None:
    again = Classifier()
    again.fit(TEXTS, LABELS)
    assert np.array_equal(again.probabilities(TEXTS), learned.probabilities(TEXTS))
