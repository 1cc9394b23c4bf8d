"""What a linear model looks at in a text: letters and words as they read, and words as they sound.

Not for: learning anything of them (`meaning.py`).
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer

from bot.understanding import spelling


class Forms(NamedTuple):
    """Many texts, each in the two forms in which it is looked at."""

    read: list[str]
    sounds: list[str]


def forms(texts: Sequence[str]) -> Forms:
    read = [spelling.read(text) for text in texts]
    return Forms(read, [spelling.sounds(one) for one in read])


class Features:
    """Three views of a text, side by side: one row for each text."""

    def __init__(self) -> None:
        self._views = [("read", _letters()), ("read", _words()), ("sounds", _words())]

    def fit(self, texts: Sequence[str]) -> csr_matrix:
        """Learn which letters and words there are, and how rare; give the rows of the texts."""
        seen = forms(texts)
        return hstack(
            [view.fit_transform(getattr(seen, form)) for form, view in self._views]
        ).tocsr()

    def of(self, texts: Sequence[str]) -> csr_matrix:
        seen = forms(texts)
        rows = hstack([view.transform(getattr(seen, form)) for form, view in self._views])
        # Of the weights' own precision: a wider one would have all of them copied for each message.
        return rows.tocsr().astype(np.float32)

    def save(self, folder: Path) -> None:
        """Write words and numbers, and nothing that would run when it is read."""
        for number, (_, view) in enumerate(self._views):
            terms = "\n".join(view.get_feature_names_out())
            (folder / f"terms{number}.txt").write_text(terms, encoding="utf-8")
            np.save(folder / f"rarity{number}.npy", view.idf_.astype(np.float32))

    @classmethod
    def load(cls, folder: Path) -> "Features":
        loaded = cls()
        for number, (_, view) in enumerate(loaded._views):
            terms = (folder / f"terms{number}.txt").read_text(encoding="utf-8").split("\n")
            view.vocabulary = {term: place for place, term in enumerate(terms)}
            view.idf_ = np.load(folder / f"rarity{number}.npy", allow_pickle=False)
        return loaded


def _letters() -> TfidfVectorizer:
    return _tf_idf(analyzer="char_wb", ngram_range=(2, 5), min_df=2)


def _words() -> TfidfVectorizer:
    return _tf_idf(analyzer="word", ngram_range=(1, 2), token_pattern=r"(?u)\S+")  # noqa: S106


def _tf_idf(**options: Any) -> TfidfVectorizer:  # noqa: ANN401 - of scikit-learn
    return TfidfVectorizer(sublinear_tf=True, strip_accents="unicode", dtype=np.float32, **options)
