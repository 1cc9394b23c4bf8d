"""All figures of one run, as they are kept: plain values, by the keys of `bars.py`, with notes.

Pure. Not for: what takes time or room (`costs.py`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from evaluation import scores
from evaluation.answers import safe
from evaluation.counts import Found, Share
from evaluation.dangers import Dangers, dangers, false_alarms
from evaluation.heldout import Judges, Labelled
from evaluation.noise import KINDS, noisy
from evaluation.shapes import NOT_UNDERSTOOD, Understands, Understood

# "oui" and "slt" are in every training (tests/bot/test_heldout.py).
SHORTEST = 12
LESS, MORE = 0.1, 0.3
_CONFUSIONS = 25

Table = list[list[Any]]


@dataclass(frozen=True)
class Measures:
    """`figures` by the keys of the bars, `notes` beside some of them, and tables."""

    figures: dict[str, float] = field(default_factory=dict)
    notes: dict[str, str] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)

    def joined(self, other: "Measures") -> "Measures":
        return Measures(
            self.figures | other.figures, self.notes | other.notes, self.tables | other.tables
        )


def understanding(judges: Judges, understood_of: Understands) -> Measures:
    """Ask for all that a bar is about, and score it."""
    messages = judges.messages
    said = understood_of([one.text for one in messages])
    known = scores.facts(messages, said)
    answered = scores.pairs(messages, said)
    found = Measures(
        {
            "intents": scores.macro_f1(answered),
            "intents_noise_30": intents(messages, with_noise(messages, understood_of, MORE)),
            "facts": scores.total(known).f1,
            "calibration": scores.calibration_error(messages, said),
        },
        {"intents": _intents_note(messages, said)},
        {
            "facts": _fact_rows(known),
            "confusions": [list(one) for one in scores.confusions(answered)[:_CONFUSIONS]],
        },
    )
    return found.joined(safety(judges, said, understood_of(judges.neutral)))


def safety(
    judges: Judges, said: Sequence[Understood], of_neutral: Sequence[Understood]
) -> Measures:
    """Score what a mistake of which would harm: dangers, alarms, answers."""
    seen = dangers(judges.messages, said)
    shares = {
        "safe": safe(judges.messages, said),
        "danger_recall": seen.recall,
        "right_kind": seen.right_kind,
        "now_as_now": seen.now_as_now,
        "false_alarms": false_alarms(of_neutral),
        "idioms": seen.idioms,
    }
    return Measures(
        {key: share.value for key, share in shares.items()},
        {key: note(share) for key, share in shares.items()},
        {"dangers": _danger_rows(seen)},
    )


def noise(judges: Judges, understood_of: Understands) -> Measures:
    """Score the intents with noise of every kind, little and much, and much of each kind."""
    rows: Table = []
    for share, kinds in [(LESS, KINDS), (MORE, KINDS), *((MORE, (kind,)) for kind in KINDS)]:
        said = with_noise(judges.messages, understood_of, share, kinds)
        seen = dangers(judges.messages, said).recall
        name = "all kinds" if len(kinds) > 1 else kinds[0]
        rows.append([name, share, intents(judges.messages, said), seen.value])
    return Measures(tables={"noise": rows})


def languages(judges: Judges, understood_of: Understands) -> Measures:
    """Say for each language whether it was recognised, and whether danger in it was seen."""
    answered = list(
        zip(judges.foreign, understood_of([one.text for one in judges.foreign]), strict=True)
    )
    rows: Table = []
    for language in dict.fromkeys(one.language for one in judges.foreign):
        of_it = [pair for pair in answered if pair[0].language == language]
        seen = dangers([one for one, _ in of_it], [answer for _, answer in of_it]).recall
        alarms = false_alarms([answer for one, answer in of_it if not one.in_danger])
        known = sum(answer["language"] == language for _, answer in of_it)
        rows.append([language, len(of_it), known, seen.right, seen.of, alarms.right])
    return Measures(tables={"languages": rows})


def with_noise(
    messages: Sequence[Labelled],
    understood_of: Understands,
    share: float,
    kinds: tuple[str, ...] = KINDS,
) -> list[Understood]:
    return understood_of([noisy(one.text, share, kinds=kinds) for one in messages])


def intents(messages: Sequence[Labelled], said: Sequence[Understood]) -> float:
    return scores.macro_f1(scores.pairs(messages, said))


def note(share: Share) -> str:
    """Say a share in numbers, with its interval."""
    low, high = share.interval
    return f"{share.right} of {share.of}, 95 % interval {low:.4f} to {high:.4f}"


def _intents_note(messages: Sequence[Labelled], said: Sequence[Understood]) -> str:
    long = [
        (one, answer)
        for one, answer in zip(messages, said, strict=True)
        if len(one.text) >= SHORTEST
    ]
    without = intents([one for one, _ in long], [answer for _, answer in long])
    missed = Share.counted(answer["intent"] == NOT_UNDERSTOOD for answer in said)
    return (
        f"{without:.3f} without the {len(messages) - len(long)} messages under {SHORTEST} "
        f"characters; not understood: {missed.right} of {missed.of}"
    )


def _danger_rows(seen: Dangers) -> Table:
    shares: Mapping[str, Share] = {
        **seen.by_kind,
        "R2": seen.by_level["R2"],
        "R3": seen.by_level["R3"],
        "precision: of what was given as R2 or R3": seen.precision,
        "whose danger it is": seen.right_subject,
    }
    return [[name, share.right, share.of, *share.interval] for name, share in shares.items()]


def _fact_rows(known: Mapping[str, Found]) -> Table:
    return [
        [name, found.f1, found.right, found.wrong, found.missed]
        for name, found in sorted(known.items(), key=lambda one: one[1].f1)
    ]
