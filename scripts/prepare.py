"""Gets Relais ready: `python3 -m scripts.prepare api bot web model`, each only if need be.

Runs on any Python from 3.8 with nothing installed. `then` hands this process over to a command in
the api's environment, so that nothing stands between `make` and what it started. Not for: running
Relais (`scripts/run.py`).
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from scripts import environments, front_end, model
from scripts.say import CannotGoOnError, line

if TYPE_CHECKING:
    from collections.abc import Callable

PARTS: dict[str, Callable[[], None]] = {
    "api": environments.api,
    "dev": environments.dev,
    "bot": environments.bot,
    "tuning": environments.tuning,
    "packages": front_end.packages,
    "web": front_end.build,
    "model": model.train,
    "train": lambda: model.train(again=True),
}


def main(words: list[str]) -> None:
    signal.signal(signal.SIGTERM, _interrupted)
    os.chdir(Path(__file__).parent.parent)
    # Else every process compiles again all that it imports: two thirds of an api's start.
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    wanted, then = words, []
    if "then" in words:
        cut = words.index("then")
        wanted, then = words[:cut], words[cut + 1 :]
    try:
        for word in wanted:
            PARTS[word]()
    except CannotGoOnError as reason:
        line(f"Relais: {reason}")
        sys.exit(1)
    except OSError as error:
        line(f"Relais: {error.filename or 'a file'} cannot be used here: {error.strerror}.")
        sys.exit(1)
    except KeyboardInterrupt:
        line("\nRelais: stopped.")
        sys.exit(130)
    if then:
        python = str((environments.API / "bin/python").absolute())
        os.execv(python, [python, *then])  # noqa: S606


def _interrupted(_signal: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    main(sys.argv[1:])
