"""Counts what the parts of the suite ran, from the reports that they leave (JUnit's XML).

Not for: deciding what is green; that is each part's exit code.
"""

from dataclasses import dataclass
from pathlib import Path

# Written by our own tools a moment ago; nothing of it comes from outside.
from xml.etree import ElementTree as ET


@dataclass(frozen=True)
class Tally:
    """Numbers of tests."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def closing_line(self, seconds: float) -> str:
        """Say it as pytest does."""
        counts = {"failed": self.failed, "passed": self.passed, "skipped": self.skipped}
        said = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
        return f" {said or 'no tests ran'} in {seconds:.2f}s ".center(80, "=")


def count(folder: Path) -> Tally:
    """Add up all reports in a folder."""
    total = Tally()
    for report in sorted(folder.glob("*.xml")):
        for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314
            total += _of(suite)
    return total


def _of(suite: ET.Element) -> Tally:
    tests, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    return Tally(tests - failed - skipped, failed, skipped)
