"""Which texts say nearly the same: by the trigrams of their letters.

For the training data, in which a copy teaches nothing, and for what it is judged by, in which a
copy proves nothing. Not for: meaning.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import CountVectorizer

from bot.understanding import spelling

_AT_ONCE = 500
Pair = tuple[int, int]


def alike(one: Sequence[str], other: Sequence[str], over: float) -> Iterator[Pair]:
    """Give the places of pairs whose share of common trigrams (Jaccard) is over `over`."""
    seen = _trigrams([*one, *other])
    left, right = seen[: len(one)], seen[len(one) :]
    by_left, by_right = _by_size(left), _by_size(right)
    for row, column in _near(left[by_left], right[by_right], over):
        yield int(by_left[row]), int(by_right[column])


def alike_within(texts: Sequence[str], over: float) -> Iterator[Pair]:
    """Give each such pair of one list, once, the earlier place first."""
    seen = _trigrams(texts)
    by_size = _by_size(seen)
    for row, column in _near(seen[by_size], seen[by_size], over, within=True):
        earlier, later = sorted((int(by_size[row]), int(by_size[column])))
        yield earlier, later


def _near(
    left: csr_matrix, right: csr_matrix, over: float, *, within: bool = False
) -> Iterator[Pair]:
    """Compare rows of both, sorted by size: those of too different a size need no look."""
    sizes, others = _sizes(left), _sizes(right)
    for first in range(0, len(sizes), _AT_ONCE):
        size = sizes[first : first + _AT_ONCE]
        low = int(np.searchsorted(others, size[0] * over, side="right"))
        high = int(np.searchsorted(others, size[-1] / over))
        low = max(low, first) if within else low
        common = (left[first : first + _AT_ONCE] @ right[low:high].T).toarray()
        together = size[:, None] + others[low:high] - common
        for row, column in zip(*np.nonzero(common > over * together), strict=True):
            pair = first + int(row), low + int(column)
            if not within or pair[0] < pair[1]:
                yield pair


def _trigrams(texts: Sequence[str]) -> csr_matrix:
    counted = CountVectorizer(analyzer="char_wb", ngram_range=(3, 3), binary=True, dtype=np.float32)
    return counted.fit_transform([spelling.without_accents(text.lower()) for text in texts])


def _sizes(rows: csr_matrix) -> NDArray[np.float32]:
    return np.asarray(rows.sum(axis=1), dtype=np.float32).ravel()


def _by_size(rows: csr_matrix) -> NDArray[np.intp]:
    return np.argsort(_sizes(rows), kind="stable")
