"""Loads the reviewed phrases from `phrases/` and compiles them, once, when the process starts.

Not for: deciding anything about a message (signals.py). A file that cannot be read stops the
start: a helpline must never run with half of its danger words.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from api import yaml_file
from api.danger.pattern import Groups, NotationError, compiled, has_gap
from api.danger.reading import Spelling, folded, heard, read, squeezed
from api.danger.signals import Level, Phrase, Phrases

FOLDER = Path(__file__).with_suffix("")
KINDS = ("suicide", "suicide_of_another", "selfharm", "physical", "home", "runaway", "other_child")
DENIED = "(pas|jamais)"
SHORTEST_GLUED = 2


@cache
def load(folder: Path = FOLDER) -> Phrases:
    """Read and compile everything. Raises NotationError on what cannot be read."""
    groups = {name: tuple(words) for name, words in content(folder, "words")["groups"].items()}
    spelling = load_spelling(content(folder, "spelling"))
    files = [content(folder, name) for name in (*KINDS, "harmless")]
    phrases = tuple(
        phrase
        for file in files
        for entry in file["phrases"]
        for phrase in entries(file, entry, groups, spelling)
    )
    time = content(folder, "time")
    return Phrases(
        replace(spelling, glued=vocabulary(files, groups)),
        phrases,
        *(
            tuple(compiled(say, groups, spelling) for say in time[name])
            for name in ("now", "past", "not_time", "ahead", "beside_now")
        ),
    )


def content(folder: Path, name: str) -> dict[str, Any]:
    found = yaml_file.read(folder / f"{name}.yml")
    if not isinstance(found, dict) or "reviewed_by" not in found:
        raise NotationError(f"{name}.yml does not say who reviewed it")
    return found


def entries(
    file: Mapping[str, Any], entry: Mapping[str, Any], groups: Groups, spelling: Spelling
) -> Iterator[Phrase]:
    """Give a phrase for each line of an entry, and the denial of it where the entry has one."""
    kind, level = file.get("kind", "harmless"), Level(entry["level"]) if "level" in entry else None
    subject = entry.get("subject", file.get("subject", "self"))
    lifted = Level(entry["now"]) if "now" in entry else (Level.R3 if level == Level.R2 else None)
    for say, hint in lines(entry):
        gap = has_gap(say, groups)
        if gap and level in (None, Level.R1):
            raise NotationError(f"{say!r} hides danger words and so must not have a gap")
        pattern = compiled(say, groups, spelling)
        yield Phrase(entry["id"], kind, level, subject, pattern, not gap, lifted, hint)
        if entry.get("denied") and not gap:
            pattern = compiled(f"({say}) {DENIED}", groups, spelling)
            yield Phrase(entry["id"] + "_denied", kind, Level.R1, subject, pattern)


def lines(entry: Mapping[str, Any]) -> Iterator[tuple[str, bool]]:
    """Give what an entry looks for, and whether it is a hint."""
    yield from ((say, False) for say in entry.get("say", ()))
    yield from ((say, True) for say in entry.get("hint", ()))


def key(written: str) -> str:
    """Fold what stands in the table as a message is folded."""
    return "".join(map(folded, written)).replace(" ", "")


def load_spelling(file: Mapping[str, Any]) -> Spelling:
    """Build the reading table. The plain words are themselves read by it as far as known."""
    table: dict[str, tuple[str, ...]] = {}
    for plain, ways in file["read_as"].items():
        words = tuple(heard(part) for part in key_parts(plain))
        for way in ways:
            if table.setdefault(key(way), words) != words:
                raise NotationError(f"{way!r} is read in two ways")
    for word in file["skipped"]:
        if table.setdefault(key(word), ()):
            raise NotationError(f"{word!r} is both read and skipped")
    for way, words in list(table.items()):
        table.setdefault(squeezed(way), words)
    for word in file["slips"]:
        read_as = tuple(read(word, Spelling(table)).line.split())
        for slip in slips(squeezed(key(word))):
            table.setdefault(slip, read_as)
    return Spelling(table, torn=frozenset(squeezed(key(word)) for word in file["slips"]))


def key_parts(plain: str) -> list[str]:
    """Cut plain French into words: "qu'il" is "que" and "il"."""
    elided = {"j": "je", "d": "de", "m": "me", "t": "te", "s": "se", "l": "le", "n": "", "c": "ce"}
    parts = [key(part) for part in plain.replace("'", "' ").replace("-", " ").split()]
    words = []
    for part in parts:
        bare = part.rstrip("'")
        words.append({**elided, "qu": "que"}.get(bare, bare) if part != bare else bare)
    return [word for word in words if word]


def slips(word: str) -> set[str]:
    """Give the word with one inner letter lost, or two neighbours exchanged."""
    lost = {word[:at] + word[at + 1 :] for at in range(1, len(word) - 1)}
    pairs = enumerate(pairwise(word))
    return lost | {word[:at] + b + a + word[at + 2 :] for at, (a, b) in pairs if at}


def vocabulary(files: list[dict[str, Any]], groups: Groups) -> frozenset[str]:
    """Give every word of the phrases, two letters or more, without repeats."""
    said = [say for file in files for entry in file["phrases"] for say, _ in lines(entry)]
    said += [words for alternatives in groups.values() for words in alternatives]
    plain = " ".join(re.sub(r"<\w+>|[^\w]", " ", line) for line in said)
    words = {squeezed(key(word)) for word in plain.split()}
    return frozenset(word for word in words if len(word) >= SHORTEST_GLUED)
