"""What is right of what was understood: intents, facts, calibration.

Pure. Not for: dangers (`dangers.py`), what is answered (`answers.py`), or what is good enough
(`bars.py`).
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from operator import itemgetter

from evaluation.counts import Found
from evaluation.heldout import Labelled
from evaluation.shapes import NOT_UNDERSTOOD, Told, Understood

# Whose value is words of the message, which only the words can be compared of.
LITERAL = frozenset({"deadline", "amount", "platform", "payment_method"})
BINS = 15
# A value is as short as complete; whether "avant" belongs to it is no matter.
_SMALL_WORDS = re.compile(
    r"a|aux?|avant|dans|d|de|des|du|en|et|ici|jusque?|l|la|le|les|par|pour|sur|une?"
)

Pair = tuple[str, str]


def is_right(message: Labelled, said: Understood) -> bool:
    """Whether the intent is the label, or one that a labeller found equally right."""
    return said["intent"] in message.intents


def pairs(messages: Sequence[Labelled], said: Sequence[Understood]) -> list[Pair]:
    """Give label and answer of each; a second label that was hit counts as the label."""
    return [
        (one.intents[0], answer["intent"]) if not is_right(one, answer) else (answer["intent"],) * 2
        for one, answer in zip(messages, said, strict=True)
    ]


def macro_f1(answered: Iterable[Pair]) -> float:
    """Give the mean F1 of all intents that are a label of some message."""
    found = by_intent(answered)
    labels = [one for one in found.values() if one.right or one.missed]
    return sum(one.f1 for one in labels) / len(labels)


def by_intent(answered: Iterable[Pair]) -> dict[str, Found]:
    found: dict[str, Found] = defaultdict(Found)
    for label, said in answered:
        if label == said:
            found[label] += Found(right=1)
        else:
            found[label] += Found(missed=1)
            found[said] += Found(wrong=1)
    return dict(found)


def confusions(answered: Iterable[Pair]) -> list[tuple[str, str, int]]:
    """Give label, answer and how often, the most frequent first."""
    counted = Counter((label, said) for label, said in answered if label != said)
    return [(*pair, times) for pair, times in counted.most_common()]


def facts(messages: Sequence[Labelled], said: Sequence[Understood]) -> dict[str, Found]:
    """Count each fact; closed values must be the same, words must say the same."""
    found: dict[str, Found] = defaultdict(Found)
    for one, answer in zip(messages, said, strict=True):
        for name in one.facts.keys() | answer["facts"].keys():
            truth = {_normal(name, value) for value in one.facts.get(name, ())}
            found[name] += Found.between(truth, set(_told(name, answer["facts"].get(name, []))))
    return dict(found)


def calibration_error(messages: Sequence[Labelled], said: Sequence[Understood]) -> float:
    """Give the mean distance of confidence and truth, in bins of as many messages each.

    What was not understood is left out: its confidence is of no intent.
    """
    sure = [
        (answer["confidence"], is_right(one, answer))
        for one, answer in zip(messages, said, strict=True)
        if answer["intent"] != NOT_UNDERSTOOD
    ]
    # By confidence alone: among equals, right and wrong stay mixed as they came.
    sure.sort(key=itemgetter(0))
    error, bins = 0.0, min(BINS, len(sure))
    for number in range(bins):
        part = sure[number * len(sure) // bins : (number + 1) * len(sure) // bins]
        error += abs(sum(confidence - right for confidence, right in part))
    return error / len(sure) if sure else 0.0


def total(found: Mapping[str, Found]) -> Found:
    return sum(found.values(), Found())


def plain(text: str) -> str:
    """Give a text in lower case, without accents."""
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(sign for sign in decomposed if unicodedata.category(sign) != "Mn")


def _told(name: str, told: Sequence[Told]) -> Iterable[str]:
    for one in told:
        # That it is oneself is what everybody takes for granted: nobody labels it.
        if (name, one["value"]) != ("subject", "self"):
            yield _normal(name, one["words"] if name in LITERAL else one["value"])


def _normal(name: str, value: str) -> str:
    if name not in LITERAL:
        return value
    # "200e" is "200 e".
    words = re.findall(r"\d+|[^\W\d_]+|[€$£+]", plain(value))
    return " ".join(word for word in words if not _SMALL_WORDS.fullmatch(word)) or " ".join(words)
