"""What was seen of danger: missed, of the wrong kind, too low, or where there is none.

Pure. Not for: how a danger is seen.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evaluation.counts import Share
from evaluation.heldout import Labelled
from evaluation.scores import plain
from evaluation.shapes import Understood

KINDS = (
    "danger_suicide",
    "danger_selfharm",
    "danger_physical",
    "danger_home",
    "danger_runaway",
    "danger_other_child",
)
# What a message holds that names death, or killing, whatever it means.
_WORDS = re.compile(
    r"\b(?:mort|mour|meur|crev|tue|suicid|but(?:er|e|ent)\b|en finir|flingu|massacr|assassin"
    r"|enterr|egorg)"
)


@dataclass(frozen=True)
class Dangers:
    """Shares of the messages that are in danger (R2 or R3), where nothing else is said."""

    recall: Share
    by_kind: Mapping[str, Share]
    by_level: Mapping[str, Share]
    right_kind: Share
    now_as_now: Share  # of R3: given as R3
    right_subject: Share
    precision: Share  # of what was given as R2 or R3
    idioms: Share  # of idioms and denials: given as R1 or as no danger


def level(said: Understood) -> str:
    return said["danger"]["level"] if said["danger"] else ""


def is_alarm(said: Understood) -> bool:
    """Whether a danger of R2 or R3 was seen."""
    return level(said) in {"R2", "R3"}


def kinds(message: Labelled) -> set[str]:
    """Give the kinds of danger that are right for a message."""
    return {one for one in message.intents if one.startswith("danger_")}


def is_idiom(message: Labelled) -> bool:
    """Whether it names death, or danger, and is in none: R1, or a word of the list."""
    if message.danger is not None:
        return message.danger.level == "R1"
    return _WORDS.search(plain(message.text)) is not None


def false_alarms(said: Sequence[Understood]) -> Share:
    """Count the alarms for messages that are all without danger."""
    return Share.counted(map(is_alarm, said))


def dangers(messages: Sequence[Labelled], said: Sequence[Understood]) -> Dangers:
    every = list(zip(messages, said, strict=True))
    risky = [(one, answer) for one, answer in every if one.in_danger]
    return Dangers(
        recall=Share.counted(is_alarm(answer) for _, answer in risky),
        by_kind={
            kind: Share.counted(is_alarm(answer) for one, answer in risky if _kind(one) == kind)
            for kind in KINDS
        },
        by_level={
            name: Share.counted(is_alarm(answer) for one, answer in risky if _level(one) == name)
            for name in ("R2", "R3")
        },
        right_kind=Share.counted(is_right_kind(one, answer) for one, answer in risky),
        now_as_now=Share.counted(
            level(answer) == "R3" for one, answer in risky if _level(one) == "R3"
        ),
        right_subject=Share.counted(
            one.danger is not None and answer["danger"]["subject"] == one.danger.subject
            for one, answer in risky
            if answer["danger"]
        ),
        precision=Share.counted(one.in_danger for one, answer in every if is_alarm(answer)),
        idioms=Share.counted(not is_alarm(answer) for one, answer in every if is_idiom(one)),
    )


def is_right_kind(message: Labelled, said: Understood) -> bool:
    """Whether a message in danger was seen as such, and as of its kind."""
    seen = said["danger"]
    return is_alarm(said) and seen is not None and seen["kind"] in kinds(message)


def _kind(message: Labelled) -> str:
    return message.danger.kind if message.danger else ""


def _level(message: Labelled) -> str:
    return message.danger.level if message.danger else ""
