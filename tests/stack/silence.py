"""The silence of logs: whatever anybody wrote, in no log of any process.

For: collecting what was said during the tests, and looking for it in the logs. Not for: how the
processes keep silent.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, quote_plus

# A shorter word ("oui", "ok", "1") stands in any log by chance.
_SHORTEST = 10


@dataclass
class Silence:
    """What must stand in no log, and the logs."""

    secrets: set[str] = field(default_factory=set, repr=False)
    logs: set[Path] = field(default_factory=set)

    def heard(self, *said: str) -> None:
        """Remember texts, numbers, tokens, codes."""
        for text in said:
            self.secrets.update(piece for piece in text.splitlines() if len(piece) >= _SHORTEST)

    def listens(self, logs: Iterable[Path]) -> None:
        self.logs.update(logs)

    def broken(self) -> list[str]:
        """Name the logs in which something of it stands; never what."""
        return [
            log.name
            for log in sorted(self.logs)
            if any(form in log.read_bytes() for secret in self.secrets for form in _forms(secret))
        ]


def _forms(secret: str) -> Iterator[bytes]:
    """Give the ways in which a text may be written down: as it is, as JSON, in a URL, as repr."""
    yield secret.encode()
    yield json.dumps(secret)[1:-1].encode()
    yield quote(secret).encode()
    yield quote_plus(secret).encode()
    yield repr(secret)[1:-1].encode()
