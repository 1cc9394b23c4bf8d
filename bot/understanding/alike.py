"""Which of two lists of texts say nearly the same: by the trigrams of their letters.

For the training data, in which a copy teaches nothing, and for what it is judged by, in which a
copy proves nothing. Not for: meaning.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from bot.understanding import spelling

_AT_ONCE = 1000


def alike(one: Sequence[str], other: Sequence[str], over: float) -> Iterator[tuple[int, int]]:
    """Give the places of pairs whose share of common trigrams (Jaccard) is over `over`."""
    trigrams = CountVectorizer(
        analyzer="char_wb", ngram_range=(3, 3), binary=True, dtype=np.float32
    )
    plain = [spelling.without_accents(text.lower()) for text in (*one, *other)]
    all_of_them = trigrams.fit_transform(plain)
    left, right = all_of_them[: len(one)], all_of_them[len(one) :]
    sizes = np.asarray(right.sum(axis=1)).ravel()
    for first in range(0, len(one), _AT_ONCE):
        some = left[first : first + _AT_ONCE]
        common = (some @ right.T).toarray()
        together = np.asarray(some.sum(axis=1)) + sizes - common
        for row, column in zip(*np.nonzero(common > over * together), strict=True):
            yield first + int(row), int(column)
