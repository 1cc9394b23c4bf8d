"""Danger in one message, by reviewed phrases: what was found, how severe, in whose words.

Runs on every message before any model and whoever holds the conversation (facts.md 6.1). Prefers
a false alarm to a silence. Not for: what is answered, nor for lowering a danger, which only a
person does. Pure; the phrases are handed in.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol

from api.danger.reading import Reading, Spelling, read

NEAR = 6
# The kinds whose being in progress may be told in words that do not name them.
OF_LIFE = frozenset({"danger_suicide", "danger_selfharm"})

Subject = Literal["self", "other"]


class Level(StrEnum):
    """How near the danger is; compares in this order. Meanings: see the header of the phrases."""

    R1 = "R1"
    R2 = "R2"
    R3 = "R3"


@dataclass(frozen=True)
class Phrase:
    """One reviewed phrase. `level` None is an idiom: it says that there is no danger in its words.

    `hides`: what stands inside it is not counted again ("je veux pas mourir" over "mourir").
    `lifted_to`: the level it takes when the message says that it is now.
    `hint`: words that everyday life uses too ("il arrive", "adieu"): they stand unless the model,
    asked about the whole message, excludes a danger (`seen.py`).
    """

    id: str
    kind: str
    level: Level | None
    subject: Subject
    pattern: re.Pattern[str]
    hides: bool = True
    lifted_to: Level | None = None
    hint: bool = False


@dataclass(frozen=True)
class Phrases:
    """All that was reviewed: how words are read, phrases, and the words of time."""

    spelling: Spelling
    phrases: tuple[Phrase, ...]
    now: tuple[re.Pattern[str], ...]
    past: tuple[re.Pattern[str], ...]
    not_time: tuple[re.Pattern[str], ...]
    ahead: tuple[re.Pattern[str], ...]
    beside_now: tuple[re.Pattern[str], ...]


@dataclass(frozen=True)
class Signal:
    """A danger seen. `words` are the child's own characters and never reach a log."""

    kind: str
    level: Level
    subject: Subject
    words: str = field(repr=False)
    phrase: str
    hint: bool = False


@dataclass(frozen=True)
class Danger:
    """What a conversation keeps of it: no words."""

    kind: str
    level: Level
    subject: Subject


class Graded(Protocol):
    """A Signal, a Danger, or a row that holds the same."""

    @property
    def kind(self) -> str: ...
    @property
    def level(self) -> Level: ...
    @property
    def subject(self) -> Subject: ...


@dataclass(frozen=True)
class Hit:
    """A phrase found at words `first` to `last` of the reading, both included."""

    phrase: Phrase
    first: int
    last: int

    def explained_by(self, other: "Hit") -> bool:
        """Tell whether the other says, with more words, what this one means.

        An idiom explains what stands inside it, and what it turns by going on ("disparaître" "des
        réseaux"), not what ends with it. A milder phrase never explains what is in progress.
        """
        if other.phrase.level is None and other.first <= self.last < other.last:
            return True
        if other.phrase.level == Level.R2 and self.phrase.level == Level.R3:
            return False
        # What may still be excluded explains nothing that may not.
        if other.phrase.hint and not self.phrase.hint:
            return False
        longer = (other.first, other.last) != (self.first, self.last) or other.phrase.level is None
        return longer and other.first <= self.first and self.last <= other.last

    @property
    def words(self) -> range:
        return range(self.first, self.last + 1)

    @property
    def surroundings(self) -> range:
        return range(max(0, self.first - NEAR), self.last + NEAR + 1)


def places(patterns: Iterable[re.Pattern[str]], reading: Reading) -> list[range]:
    """Give the words of every place where one of the patterns stands."""
    return [
        range(reading.word_at(found.start()), reading.word_at(found.end() - 1) + 1)
        for pattern in patterns
        for found in pattern.finditer(reading.line)
    ]


def hits(reading: Reading, phrases: Phrases) -> list[Hit]:
    """Find all phrases, without those that an idiom or a longer phrase explains."""
    found = [
        Hit(phrase, place[0], place[-1])
        for phrase in phrases.phrases
        for place in places([phrase.pattern], reading)
    ]
    exact: dict[int, list[Hit]] = {}
    for hit in found:
        for word in hit.words if hit.phrase.hides else ():
            exact.setdefault(word, []).append(hit)
    return [
        hit
        for hit in found
        if hit.phrase.level is not None
        and not any(hit.explained_by(other) for other in exact.get(hit.last, ()))
    ]


def times(reading: Reading, phrases: Phrases) -> tuple[set[int], set[int]]:
    """Give the words that say now, and those that say past and over."""
    masked = {word for place in places(phrases.not_time, reading) for word in place}
    now = {word for place in places(phrases.now, reading) for word in place}
    past = {word for place in places(phrases.past, reading) for word in place}
    return now - masked, past - masked


def level_in_time(hit: Hit, now: set[int], past: set[int]) -> Level:
    """Lift to R3 what is now, bring what is past and over down to R2; now is stronger."""
    level = hit.phrase.level or Level.R1
    if not now.isdisjoint(hit.surroundings):
        return max(level, hit.phrase.lifted_to or level)
    return min(level, Level.R2) if not past.isdisjoint(hit.surroundings) else level


def in_progress(reading: Reading, phrases: Phrases) -> range | None:
    """Give the words that say of a danger told before that it is now: "je l'ai fait", "ce soir"."""
    now, past = times(reading, phrases)
    masked = {word for place in places(phrases.not_time, reading) for word in place}
    for place in places(phrases.ahead, reading):
        near = range(max(0, place[0] - NEAR), place[-1] + NEAR + 1)
        if masked.isdisjoint(place) and past.isdisjoint(near):
            return place
    beside = {word for place in places(phrases.beside_now, reading) for word in place}
    alone = set(range(len(reading.spans))) <= now | beside
    return range(min(now), max(now) + 1) if now and alone else None


def lifted(text: str, reading: Reading, phrases: Phrases, standing: Graded) -> list[Signal]:
    """Give the standing danger again as an R3 when it is of life and the message says it is now."""
    if standing.kind not in OF_LIFE or not _is_open(standing):
        return []
    place = in_progress(reading, phrases)
    if place is None:
        return []
    start, end = reading.span(place[0], place[-1])
    return [Signal(standing.kind, Level.R3, standing.subject, text[start:end], "standing_now")]


def weight(danger: Graded) -> tuple[Level, bool, bool, bool]:
    """Order dangers: by level, the child's own before a friend's, suicide first, unnamed last.

    All but the level decide whose numbers are spoken when two things are equally urgent.
    """
    own, kind = danger.subject == "self", danger.kind
    return danger.level, own, kind == "danger_suicide", kind != "danger_unknown"


def signals(text: str, phrases: Phrases, standing: Graded | None = None) -> tuple[Signal, ...]:
    """Find every danger of one message, most severe first, then in the order of the text.

    `standing` is the danger that the conversation has already. When it is of life (suicide or
    self-harm, R2 or above), "je l'ai fait" or a bare "ce soir" is that danger in progress; without
    it they are nothing. The caller passes it: signals knows of one message only.
    """
    reading = read(text, phrases.spelling)
    now, past = times(reading, phrases)
    found = lifted(text, reading, phrases, standing) if standing else []
    for hit in sorted(hits(reading, phrases), key=lambda hit: hit.first):
        start, end = reading.span(hit.first, hit.last)
        level, phrase, words = level_in_time(hit, now, past), hit.phrase, text[start:end]
        # An R1 alarms nobody: there is nothing to confirm. Where a danger stands there is no doubt.
        hint = phrase.hint and level is not Level.R1 and not _is_open(standing)
        found.append(Signal(phrase.kind, level, phrase.subject, words, phrase.id, hint))
    return tuple(sorted(found, key=weight, reverse=True))


def _is_open(standing: Graded | None) -> bool:
    return standing is not None and standing.level >= Level.R2


def worst(found: Iterable[Signal]) -> Signal | None:
    """Give the weightiest signal, the first of equals; None when there is none."""
    return max(found, key=weight, default=None)


def raised(current: Graded | None, found: Iterable[Graded]) -> Danger | None:
    """Give the danger of a conversation after one more message. Never lower than `current`.

    A higher level replaces. At the same level what stands stays, unless the new one weighs more:
    the child's own danger over somebody else's, suicide over the rest.
    """
    known = [*([current] if current else []), *found]
    if not known:
        return None
    first = max(known, key=weight)
    return Danger(first.kind, first.level, first.subject)
