"""What a model makes of a text, in numbers: its intent, its danger, its facts and its language.

Linear over `features.py`, all of it learned from the same lines. Not for: Rasa (`reader.py`), and
not for deciding what is told (`decisions.py`).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.model_selection import GroupKFold
from sklearn.svm import LinearSVC

from bot.understanding.features import Features

Scores = NDArray[np.float32]
Fact = tuple[str, str]

# What a message is beside its intent: how dangerous, and in which language.
LEVEL, LANGUAGE = "level", "language"
CALM, FRENCH = "R0", "fr"

_INTENT = "intent"
# How far the lines are followed: a fact is told in the same words by many, an intent is not.
_PENALTY, _PENALTY_OF_A_FACT = 0.3, 1.0
# One in so many writers says how sure the others make it.
_FOLDS = 3
_SHARPEST = 20.0
_SEED = 7


@dataclass(frozen=True)
class Line:
    """A text to learn from. `facts` are those with a fixed list of values."""

    text: str
    intent: str
    facts: frozenset[Fact] = frozenset()
    level: str = CALM
    language: str = FRENCH
    writer: str = ""


@dataclass
class Head:
    """Scores of each of `labels`: above zero is more likely than not, if they were equally many."""

    labels: list[str] = field(default_factory=list)
    weights: Scores = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    bias: Scores = field(default_factory=lambda: np.zeros(0, dtype=np.float32))

    def scores(self, features: csr_matrix) -> Scores:
        scored: Scores = features @ self.weights + self.bias
        return scored


class Meaning:
    """Learns from lines; then says of texts how likely each intent, fact, level, language is."""

    def __init__(self) -> None:
        self.features = Features()
        self.heads: dict[str, Head] = {}
        self.sharpness = 1.0

    @property
    def intents(self) -> list[str]:
        return self.heads[_INTENT].labels

    @property
    def facts(self) -> list[Fact]:
        """The facts that were learned: names with values, in the order of their scores."""
        return [_fact(label) for label in self.heads["facts"].labels]

    def fit(self, lines: Sequence[Line]) -> None:
        """Learn three intents or more. Deterministic: the same lines give the same model."""
        rows = self.features.fit([line.text for line in lines])
        intents = np.array([line.intent for line in lines])
        heads = {
            "facts": delayed(_learned_together)(rows, [line.facts for line in lines]),
            _INTENT: delayed(_learned)(rows, intents),
            LEVEL: delayed(_learned)(rows, np.array([line.level for line in lines])),
            LANGUAGE: delayed(_learned)(rows, np.array([line.language for line in lines])),
        }
        sharpness = delayed(_sharpness)(rows, intents, [line.writer for line in lines])
        # In processes: all threads of one would draw from the same chance. With mmap_mode "c" each
        # has rows that it may write to, which it needs.
        at_once = Parallel(n_jobs=-1, mmap_mode="c")
        *learned, self.sharpness = at_once([*heads.values(), sharpness])
        self.heads = dict(zip(heads, learned, strict=True))

    def likely(self, features: csr_matrix) -> Scores:
        """Give how likely each intent is: a row for each text, which sums to one."""
        return softmax(self.heads[_INTENT].scores(features) * self.sharpness)

    def scores(self, head: str, features: csr_matrix) -> Scores:
        return self.heads[head].scores(features)

    def save(self, folder: Path) -> None:
        """Write numbers and words, and nothing that would run when it is read."""
        self.features.save(folder)
        arrays = {"sharpness": np.array(self.sharpness)}
        for name, head in self.heads.items():
            arrays |= {
                f"{name}.labels": np.array(head.labels),
                f"{name}.weights": head.weights.astype(np.float16),
                f"{name}.bias": head.bias,
            }
        # Pressed once here: what packs the model would take four times as long.
        np.savez_compressed(folder / "heads.npz", **arrays)

    @classmethod
    def load(cls, folder: Path) -> "Meaning":
        """Load what `save` wrote."""
        loaded = cls()
        loaded.features = Features.load(folder)
        with np.load(folder / "heads.npz", allow_pickle=False) as arrays:
            loaded.sharpness = float(arrays["sharpness"])
            for name in {key.partition(".")[0] for key in arrays.files} - {"sharpness"}:
                labels = [str(label) for label in arrays[f"{name}.labels"]]
                weights = arrays[f"{name}.weights"].astype(np.float32)
                loaded.heads[name] = Head(labels, weights, arrays[f"{name}.bias"])
        return loaded


def softmax(scores: Scores) -> Scores:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    rows: Scores = powers / powers.sum(axis=1, keepdims=True)
    return rows


def _learned(rows: csr_matrix, labels: NDArray[np.str_]) -> Head:
    """Learn which one label a text has."""
    found = sorted({str(label) for label in labels})
    if len(found) < 3:  # noqa: PLR2004 - of two, or of one, there is a single score or none
        return _side_by_side(rows, found, [labels == label for label in found])
    svm = _svm().fit(rows, labels)
    return Head(found, svm.coef_.T.astype(np.float32), svm.intercept_.astype(np.float32))


def _learned_together(rows: csr_matrix, told: Sequence[frozenset[Fact]]) -> Head:
    """Learn which of many labels a text has, any number of them."""
    labels = sorted({fact for facts in told for fact in facts})
    has = [np.array([fact in facts for facts in told]) for fact in labels]
    return _side_by_side(rows, ["=".join(fact) for fact in labels], has)


def _side_by_side(rows: csr_matrix, labels: list[str], has: list[NDArray[np.bool_]]) -> Head:
    weights = np.zeros((rows.shape[1], len(labels)), dtype=np.float32)
    bias = np.full(len(labels), 1.0, dtype=np.float32)
    for place, one in enumerate(has):
        # What all texts have needs no learning.
        if not one.all():
            svm = _svm(_PENALTY_OF_A_FACT).fit(rows, one)
            weights[:, place], bias[place] = svm.coef_[0], svm.intercept_[0]
    return Head(labels, weights, bias)


def _svm(penalty: float = _PENALTY) -> LinearSVC:
    return LinearSVC(C=penalty, random_state=_SEED)


def _fact(label: str) -> Fact:
    name, _, value = label.partition("=")
    return name, value


def _sharpness(rows: csr_matrix, intents: NDArray[np.str_], writers: Sequence[str]) -> float:
    """Find by what to multiply scores so that they are probabilities, on writers not learned from.

    A writer's own lines are alike: on them scores would seem surer than they are for a stranger.
    """
    folds = GroupKFold(_FOLDS).split(rows, intents, groups=list(writers))
    learned, other = next(iter(folds))
    svm = _svm().fit(rows[learned], intents[learned])
    judged = other[np.isin(intents[other], svm.classes_)]
    scores = svm.decision_function(rows[judged])
    truth = np.searchsorted(svm.classes_, intents[judged])

    def loss(sharpness: float) -> float:
        likely = softmax(scores * sharpness)[np.arange(len(truth)), truth]
        return float(-np.log(np.maximum(likely, 1e-9)).mean())

    return float(minimize_scalar(loss, bounds=(0.1, _SHARPEST), method="bounded").x)
