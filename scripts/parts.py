"""Runs the parts of a check or a suite one after the other, all of them, and sums up at the end.

One failure hides no other. Not for: saying which parts there are.
"""

import os
import subprocess
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from scripts.say import line, seconds


@dataclass(frozen=True)
class Part:
    """One command. Its output goes to the terminal, of a `wordy` one only when it failed."""

    name: str
    command: tuple[str, ...]
    cwd: Path = Path()
    env: Mapping[str, str] = field(default_factory=dict)
    wordy: bool = False


def run_all(parts: list[Part]) -> list[str]:
    """Run every part, print a line for each, and return the names of those that failed."""
    ended = [(part.name, *_run(part)) for part in parts]
    line("")
    for name, code, took in ended:
        line(f"  {'passed' if code == 0 else 'FAILED'}  {name}: {seconds(took)}")
    return [name for name, code, _ in ended if code]


def _run(part: Part) -> tuple[int, float]:
    line(f"\n── {part.name}")
    began = time.monotonic()
    ended = subprocess.run(
        part.command,
        cwd=part.cwd,
        env={**os.environ, **part.env},
        stdout=subprocess.PIPE if part.wordy else None,
        stderr=subprocess.STDOUT if part.wordy else None,
        text=True,
        check=False,
    )
    if part.wordy and ended.returncode:
        line(ended.stdout)
    return ended.returncode, time.monotonic() - began
