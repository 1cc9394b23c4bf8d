"""What nobody outside may ever find: two thousand invented words, names and numbers, each unique.

Not for: writing or looking for them.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random

_SYLLABLES = ("zor", "vel", "qui", "nab", "tux", "lom", "fey", "gra", "pyl", "dok", "wis", "jur")
_ACCENTED = ("zé", "vô", "nï", "gâ", "çu", "lè")
_WORD_SYLLABLES = 5
_SHARES = {"words": 0.5, "names": 0.2}
SPELLINGS = 6


@dataclass(frozen=True)
class Marks:
    """`numbers` has six spellings of each number; the first is the one that a phone sends."""

    words: Sequence[str]
    names: Sequence[str]
    numbers: Sequence[Sequence[str]]

    @property
    def kinds(self) -> Sequence[Sequence[str]]:
        return self.words, self.names, [one for spellings in self.numbers for one in spellings]

    def __iter__(self) -> Iterator[str]:
        for kind in self.kinds:
            yield from kind


def made(how_many: int, seed: int) -> Marks:
    """Make so many marks: half of them words, a fifth names, the rest numbers kept for fiction."""
    random = Random(seed)  # noqa: S311 - the same each time, so that a finding can be repeated
    words, names = (round(how_many * share) for share in _SHARES.values())
    numbers = (how_many - words - names) // SPELLINGS
    lines = random.sample(range(10_000), numbers)
    return Marks(
        _unique(words, lambda: "".join(random.choices(_SYLLABLES, k=_WORD_SYLLABLES))),
        _unique(names, lambda: _name(random)),
        [spellings(f"63998{line:04d}") for line in lines],
    )


def spellings(national: str) -> tuple[str, ...]:
    """Spell a number, given without its zero, as people and programs do."""
    pairs = [f"0{national}"[at : at + 2] for at in range(0, 10, 2)]
    return (
        f"+33{national}",
        f"33{national}",
        f"0033{national}",
        f"0{national}",
        " ".join(pairs),
        ".".join(pairs),
    )


def _name(random: Random) -> str:
    stem = "".join(random.choices(_SYLLABLES, k=3))
    if random.random() < 0.5:
        return f"{random.choice(_ACCENTED)}{stem}-{random.choice(_ACCENTED)}".capitalize()
    return f"@{stem}.{random.choice(_SYLLABLES)}_{random.randrange(10, 100)}"


def _unique(how_many: int, make: Callable[[], str]) -> Sequence[str]:
    found: dict[str, None] = {}
    while len(found) < how_many:
        found[make()] = None
    return list(found)
