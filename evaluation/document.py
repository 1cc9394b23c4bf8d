"""docs/understanding.md, written from the figures that were kept.

Pure. Not for: measuring. It shows labels and numbers; the messages stay where nobody tunes on them.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from evaluation.bars import BARS, Bar
from evaluation.measures import Measures

DOCUMENT = Path("docs/understanding.md")
COMMAND = "make eval"
NOT_MEASURED = "not measured"
_HEAD = """# Understanding

How well the whole system understands, phrases and model together, on messages of writers none of
whose lines it has learned. Written by `{command}`, which prints every figure here; measured
{at}. The machine: {machine}, shared with others. `make test`
holds each figure to its bar, or, where that is not reached yet, to what has been reached.

"""
_HOW = """
## How it is measured

- `tests/understanding/heldout.yml` holds the messages, `tests/understanding/neutral.yml` the
  everyday ones; `tests/bot/test_heldout.py` refuses a training line that is nearly one of them
  (more than half of the trigrams in common). Messages under 12 characters are let through.
- An intent is right when it is the label or one that a labeller found equally right. Macro-F1 is
  the mean over all intents, each weighing the same.
- A fact is right when its value is; an amount, a deadline, a platform and a payment method when
  their words are. That the victim is the writer is no fact.
- Danger is seen when R2 or R3 is given, whatever the kind. Kind and R3 are shares of all messages
  of that danger: one that was missed is also of the wrong kind.
- A safe answer is the right one, one of `evaluation/answers.yml`, or "not understood", which asks
  back and then calls a person. In danger only its own numbers count, at no lower level; an alarm
  for nothing is unsafe.
- Idioms and denials are R1, and messages without danger that name death or killing.
- `tests/understanding/languages.yml` is labelled by its writer alone, and no bar hangs on it.
- Calibration leaves out what was not understood: that confidence is of no intent.
- A message alone is timed over HTTP, phrases included. The model is the file that is loaded.
- Noise is seeded: accents dropped, neighbours swapped, spaces missing, SMS abbreviations.

What understands, and what else was compared, stands in the decisions
[13](decisions/0013-a-linear-classifier-over-how-it-sounds.md) and
[14](decisions/0014-an-encoder-tuned-beforehand.md). The encoder is tuned before (`make encoder`):
the time of a training is that of all else, and the room on disk is that of both.
"""
_AGREEMENT: Mapping[str, str] = {
    "intent": "the same intent",
    "intent_with_second": "the same intent, counting second labels",
    "with_writer": "the same intent as the writer meant, the mean of both",
    "danger_level": "the same level of danger, or none",
    "danger_kind": "the same kind of danger",
    "facts": "facts, F1 of one against the other",
}


@dataclass(frozen=True)
class Kept(Measures):
    """Figures of one run, when and of what they were taken, and how far labellers agreed."""

    agreement: Mapping[str, float] | None = None
    at: str = ""


def document(kept: Kept, machine: str) -> str:
    """Return the whole document."""
    head = _HEAD.format(command=COMMAND, at=kept.at or "never yet", machine=machine)
    return head + table(kept) + "\n" + "".join(_sections(kept)) + _HOW


def table(kept: Kept) -> str:
    """Return the table of the bars."""
    rows = [_bar_row(bar, kept) for bar in BARS]
    return _table(("What", "Bar", "Aim", "Measured", "", ""), rows)


def _bar_row(bar: Bar, kept: Kept) -> tuple[str, ...]:
    figure = kept.figures.get(bar.key)
    if figure is None:
        said = (NOT_MEASURED, "", "")
    else:
        verdict = "aim" if bar.reached(figure) else "bar" if bar.holds(figure) else "**below**"
        said = (bar.shown(figure), verdict, kept.notes.get(bar.key, ""))
    return (bar.what, bar.must(bar.bar), bar.must(bar.aim), *said)


def _sections(kept: Kept) -> Iterable[str]:
    if kept.agreement:
        yield _labellers(kept.agreement)
    for key, (title, head, shown) in _TABLES.items():
        if key in kept.tables:
            yield _section(title, head, map(shown, kept.tables[key]))
    if "curve" in kept.tables:
        yield _curve(kept.tables["curve"])


def _share_row(row: list[Any]) -> list[Any]:
    name, right, of, low, high = row
    return [name, right, of, f"{right / of if of else 1:.3f}", f"{low:.3f} to {high:.3f}"]


def _fact_row(row: list[Any]) -> list[Any]:
    name, f1, *counts = row
    return [name, f"{f1:.3f}", *counts]


def _noise_row(row: list[Any]) -> list[Any]:
    name, share, f1, seen = row
    return [name, f"{share:.0%}", f"{f1:.3f}", f"{seen:.3f}"]


_TABLES: Mapping[str, tuple[str, tuple[str, ...], Callable[[list[Any]], list[Any]]]] = {
    "dangers": (
        "Danger, by kind and level",
        ("", "Right", "Of", "Share", "95 % interval"),
        _share_row,
    ),
    "facts": (
        "Facts, the weakest first",
        ("Fact", "F1", "Right", "Wrong", "Missed"),
        _fact_row,
    ),
    "noise": (
        "Noise",
        ("Noise", "Of the words", "Intents, macro-F1", "Danger seen"),
        _noise_row,
    ),
    "languages": (
        "Other languages (fr: French with words of others in it)",
        ("Language", "Messages", "Recognised", "Danger seen", "Of", "False alarms"),
        list,
    ),
    "confusions": (
        "Where it fails: intents taken for others",
        ("Meant", "Understood", "Times"),
        list,
    ),
}


def _labellers(agreement: Mapping[str, float]) -> str:
    rows = [(words, f"{agreement[key]:.4f}") for key, words in _AGREEMENT.items()]
    title = f"How far two blind labellers agreed, on {agreement['messages']:.0f} messages"
    return _section(title, ("", "Share"), rows)


def _curve(curve: list[list[Any]]) -> str:
    gained = ["", *(f"{after[2] - before[2]:+.3f}" for before, after in pairwise(curve))]
    return _section(
        "Learning curve: the linear model alone, with at most so many lines an intent",
        ("Lines an intent", "Lines", "Intents, macro-F1", "Gained"),
        (
            (size, lines, f"{f1:.3f}", gain)
            for (size, lines, f1), gain in zip(curve, gained, strict=True)
        ),
    )


def _section(title: str, head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    return f"\n## {title}\n\n{_table(head, rows)}\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *rows]
    return "\n".join(f"| {' | '.join(map(str, cells))} |" for cells in lines)
