"""The silence of logs: whatever anybody wrote, in no log of any process.

For: collecting what was said during the tests, and looking for it in the logs. Not for: how the
processes keep silent.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tests.stack.search import Search

# A shorter word ("oui", "ok", "1") stands in any log by chance.
_SHORTEST = 10


@dataclass
class Silence:
    """What must stand in no log, and the logs."""

    secrets: set[str] = field(default_factory=set, repr=False)
    logs: set[Path] = field(default_factory=set)

    def heard(self, *said: str) -> None:
        """Remember texts and numbers, but for what is short."""
        for text in said:
            self.secrets.update(piece for piece in text.splitlines() if len(piece) >= _SHORTEST)

    def holds(self, *secrets: str) -> None:
        """Remember tokens, codes and passwords, however short: none is a word."""
        self.secrets.update(secret for secret in secrets if secret)

    def listens(self, logs: Iterable[Path]) -> None:
        self.logs.update(logs)

    def broken(self) -> list[str]:
        """Name the logs in which something of it stands; never what."""
        return sorted(log.name for log in Search(self.secrets).in_files(self.logs))
