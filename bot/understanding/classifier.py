"""A linear classifier over what was written, what it reads as and how it sounds.

Says for each label how likely it is. Not for: Rasa (`intents.py`).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.understanding import spelling

Scores = NDArray[np.float32]

_PENALTY = 0.3
_FOLDS = 3
_SHARPEST = 20.0
_SEED = 7


class Forms(NamedTuple):
    """Many texts, each in the three forms in which it is looked at."""

    read: list[str]
    sounds: list[str]


def forms(texts: Sequence[str]) -> Forms:
    read = [spelling.read(text) for text in texts]
    return Forms(read, [spelling.sounds(one) for one in read])


class Classifier:
    """Learns labels of texts, and says how likely each is for another text."""

    def __init__(self) -> None:
        self.labels: list[str] = []
        self._views = [
            ("read", _letters()),
            ("read", _words()),
            ("sounds", _words()),
        ]
        self._weights: Scores = np.zeros((0, 0), dtype=np.float32)
        self._bias: Scores = np.zeros(0, dtype=np.float32)
        self._sharpness = 1.0

    def fit(self, texts: Sequence[str], labels: Sequence[str]) -> None:
        """Learn three labels or more. Deterministic: the same data gives the same model."""
        seen = forms(texts)
        features = hstack(
            [view.fit_transform(getattr(seen, form)) for form, view in self._views]
        ).tocsr()
        self._sharpness = _sharpness(features, np.array(labels))
        svm = _svm().fit(features, labels)
        self.labels = [str(label) for label in svm.classes_]
        self._weights = svm.coef_.T.astype(np.float32)
        self._bias = svm.intercept_.astype(np.float32)

    def probabilities(self, texts: Sequence[str]) -> Scores:
        """Give one row for each text and one column for each of `labels`; each row sums to one."""
        seen = forms(texts)
        features = hstack([view.transform(getattr(seen, form)) for form, view in self._views])
        # Of the weights' own precision: a wider one would have all of them copied for each message.
        narrow = features.tocsr().astype(np.float32)
        return _softmax((narrow @ self._weights + self._bias) * self._sharpness)

    def save(self, folder: Path) -> None:
        """Write numbers and words, and nothing that would run when it is read."""
        for number, (_, view) in enumerate(self._views):
            terms = "\n".join(view.get_feature_names_out())
            (folder / f"terms{number}.txt").write_text(terms, encoding="utf-8")
        np.savez(
            folder / "linear.npz",
            labels=np.array(self.labels),
            weights=self._weights.astype(np.float16),
            bias=self._bias,
            sharpness=self._sharpness,
            **{f"rarity{number}": view.idf_ for number, (_, view) in enumerate(self._views)},
        )

    @classmethod
    def load(cls, folder: Path) -> "Classifier":
        """Load what `save` wrote."""
        loaded = cls()
        with np.load(folder / "linear.npz", allow_pickle=False) as arrays:
            for number, (_, view) in enumerate(loaded._views):
                terms = (folder / f"terms{number}.txt").read_text(encoding="utf-8").split("\n")
                view.vocabulary = {term: place for place, term in enumerate(terms)}
                view.idf_ = arrays[f"rarity{number}"]
            loaded.labels = [str(label) for label in arrays["labels"]]
            loaded._weights = arrays["weights"].astype(np.float32)
            loaded._bias = arrays["bias"]
            loaded._sharpness = float(arrays["sharpness"])
        return loaded


def _letters() -> TfidfVectorizer:
    return _tf_idf(analyzer="char_wb", ngram_range=(2, 5), min_df=2)


def _words() -> TfidfVectorizer:
    return _tf_idf(analyzer="word", ngram_range=(1, 2), token_pattern=r"(?u)\S+")  # noqa: S106


def _tf_idf(**options: Any) -> TfidfVectorizer:  # noqa: ANN401 - of scikit-learn
    return TfidfVectorizer(sublinear_tf=True, strip_accents="unicode", dtype=np.float32, **options)


def _svm() -> LinearSVC:
    return LinearSVC(C=_PENALTY, random_state=_SEED)


def _sharpness(features: csr_matrix, labels: NDArray[np.str_]) -> float:
    """Find by what to multiply scores so that they are probabilities, on lines not learned from."""
    scores, truth = [], []
    for learned, other in StratifiedKFold(_FOLDS, shuffle=True, random_state=_SEED).split(
        features, labels
    ):
        svm = _svm().fit(features[learned], labels[learned])
        scores.append(svm.decision_function(features[other]))
        truth.append(np.searchsorted(svm.classes_, labels[other]))
    all_scores, all_truth = np.vstack(scores), np.concatenate(truth)

    def loss(sharpness: float) -> float:
        likely = _softmax(all_scores * sharpness)[np.arange(len(all_truth)), all_truth]
        return float(-np.log(np.maximum(likely, 1e-9)).mean())

    return float(minimize_scalar(loss, bounds=(0.1, _SHARPEST), method="bounded").x)


def _softmax(scores: Scores) -> Scores:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    rows: Scores = powers / powers.sum(axis=1, keepdims=True)
    return rows
