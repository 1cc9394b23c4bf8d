"""`make test`: every test there is, on both databases, in both environments and in a browser.

What cannot run on this machine is named at the end; with CI=true that is a failure. Not for: how
anything is tested.
"""

import os
import sys
import tempfile
from pathlib import Path

from scripts import environments, front_end, machine, model
from scripts.check import validation
from scripts.machine import Missing
from scripts.parts import Part, run_all
from scripts.say import CannotGoOnError, line

_API = f"{environments.API}/bin/python"
_BOT = f"{environments.BOT}/bin/python"
_CONVERSATIONS = Path("tests/conversations")
# How the root suite leaves out what the machine lacks: by the ids and the folder of those tests.
_WITHOUT = {
    machine.POSTGRES: ("-k", "not postgresql"),
    machine.CHROMIUM: ("--ignore", "tests/browser"),
}


def main() -> None:
    try:
        left_out = machine.bring()
        with tempfile.TemporaryDirectory() as folder:
            failed = run_all(parts(left_out, folder))
    except CannotGoOnError as reason:
        line(f"Relais: {reason}")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    for one in left_out:
        line(f"  LEFT OUT  {one.left_out}: {one.remedy}.")
    incomplete = bool(left_out) and os.environ.get("CI") == "true"
    sys.exit(1 if failed or incomplete else 0)


def parts(left_out: list[Missing], folder: str) -> list[Part]:
    """Name every part of the suite. Rasa writes its reports into `folder`."""
    without = tuple(word for one in left_out for word in _WITHOUT[one])
    pages = ("npm", "test", "--silent")
    return [
        Part("api", (_API, "-m", "pytest", "-q", *without)),
        Part("bot", (_BOT, "-m", "pytest", "-q", "tests/bot"), env=model.QUIET),
        Part("actions", (_BOT, "-m", "pytest", "-q", "tests/actions"), env=model.QUIET),
        Part("dialogue", validation(), env=model.QUIET, wordy=True),
        *_conversations(folder),
        Part("pages", pages, front_end.WEB, front_end.node_path()),
    ]


def _conversations(folder: str) -> list[Part]:
    if not list(_CONVERSATIONS.rglob("test_*.yml")):
        return []
    what = ("--stories", str(_CONVERSATIONS), "--model", str(model.MODEL))
    how = ("--fail-on-prediction-errors", "--no-plot", "--out", folder)
    rasa = (_BOT, "-m", "rasa", "test", "core")
    return [Part("conversations", (*rasa, *what, *how), env=model.QUIET, wordy=True)]


if __name__ == "__main__":
    main()
