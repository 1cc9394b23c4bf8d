"""What understanding takes: time for a message, for a training, room on disk and in memory.

Not for: figures that would be the same on another machine.
"""

import json
import os
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from bench.figures import percentile
from evaluation.measures import Measures
from evaluation.shapes import Understands
from scripts import environments, model

_WARM, _TIMED = 20, 400
_MEGA = 1e6
_ENCODER = Path("bot/encoder")


def training() -> Measures:
    """Train the model as `make train` does, and say how long it took."""
    began = time.monotonic()
    model.train(again=True)
    return Measures({"training": time.monotonic() - began})


def room(trained: Path, pid: int) -> Measures:
    """Say what model and encoder take on disk, and the process that has them at its most."""
    [most] = [
        line.split()[1]
        for line in Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
        if line.startswith("VmHWM:")
    ]
    on_disk = sum(one.stat().st_size for one in (trained, *_ENCODER.iterdir()))
    return Measures({"model": on_disk / _MEGA, "memory": int(most) * 1024 / _MEGA})


def latency(texts: Sequence[str], understood_of: Understands) -> Measures:
    """Time messages one by one, each sent alone."""
    chosen = texts[:: max(1, len(texts) // _TIMED)]
    for text in chosen[:_WARM]:
        understood_of([text])
    took = []
    for text in chosen:
        began = time.perf_counter()
        understood_of([text])
        took.append(1000 * (time.perf_counter() - began))
    return Measures({"p50": percentile(took, 0.5), "p95": percentile(took, 0.95)})


def learning_curve(folder: Path) -> Measures:
    """Train with less and less, in the bot's environment; `folder` is what it is judged by."""
    done = subprocess.run(
        [f"{environments.BOT}/bin/python", "-m", "evaluation.curve", str(folder)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        env={**os.environ, **model.QUIET},
    )
    return Measures(tables={"curve": json.loads(done.stdout.splitlines()[-1])})
