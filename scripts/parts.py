"""Runs the parts of a check or a suite, all of them, some side by side, and sums up at the end.

One failure hides no other. Not for: saying which parts there are.
"""

import os
import subprocess
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from scripts.say import line, seconds

_speaking = Lock()


@dataclass(frozen=True)
class Part:
    """One command. Its output goes to the terminal, of a `wordy` one only when it failed."""

    name: str
    command: tuple[str, ...]
    cwd: Path = Path()
    env: Mapping[str, str] = field(default_factory=dict)
    wordy: bool = False


def run_all(parts: list[Part], *, at_once: int = 1) -> list[str]:
    """Run every part, say how each ended, and return the names of those that failed.

    With more than one `at_once` what a part prints is shown when it has ended.
    """
    aside = at_once > 1
    with ThreadPoolExecutor(at_once) as pool:
        ended = list(pool.map(lambda part: _run(part, aside=aside), parts))
    line("")
    for part, (code, took) in zip(parts, ended, strict=True):
        line(f"  {'passed' if code == 0 else 'FAILED'}  {part.name}: {seconds(took)}")
    return [part.name for part, (code, _) in zip(parts, ended, strict=True) if code]


def _run(part: Part, *, aside: bool) -> tuple[int, float]:
    kept = aside or part.wordy
    if not aside:
        line(f"\n── {part.name}")
    began = time.monotonic()
    ended = subprocess.run(
        part.command,
        cwd=part.cwd,
        env={**os.environ, **part.env},
        stdout=subprocess.PIPE if kept else None,
        stderr=subprocess.STDOUT if kept else None,
        text=True,
        check=False,
    )
    took = time.monotonic() - began
    with _speaking:
        if aside:
            line(f"\n── {part.name}: {seconds(took)}")
        if kept and (ended.returncode or not part.wordy):
            line(ended.stdout)
    return ended.returncode, took
