"""`make test`: every test there is, on both databases, in both environments and in a browser.

What cannot run on this machine is named at the end; with CI=true that is a failure. Not for: how
anything is tested.
"""

import os
import sys
import tempfile
import time
from pathlib import Path

from scripts import environments, front_end, machine, model, tally
from scripts.check import validation
from scripts.machine import Missing
from scripts.parts import Part, run_all
from scripts.say import CannotGoOnError, line
from scripts.tally import Tally

_API = f"{environments.API}/bin/python"
_BOT = f"{environments.BOT}/bin/python"
_CONVERSATIONS = Path("tests/conversations")
# Both have every process say all it can, and then look for what it must not have said.
_TRACES = ("tests/proof/test_marks.py", "tests/proof/test_silence.py")
# What of the root suite is a part of its own: what starts whole stacks, and waits more than it
# works, and what takes long. The others together are the part "api". The longest are begun first.
_OWN_PARTS = {
    "proof": ("tests/proof", "--ignore=tests/proof/crash", *(f"--ignore={one}" for one in _TRACES)),
    "desk": ("tests/desk", "tests/live"),
    "transcripts": ("tests/transcripts",),
    "turn": ("tests/turn",),
    "crash": ("tests/proof/crash",),
    "traces": _TRACES,
    "browser": ("tests/browser",),
    "smoke": ("tests/smoke",),
}
# One more than there are cores: most parts also wait.
_AT_ONCE = (os.cpu_count() or 1) + 1


def main() -> None:
    try:
        sys.exit(_run())
    except CannotGoOnError as reason:
        line(f"Relais: {reason}")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)


def _run() -> int:
    began = time.monotonic()
    left_out = machine.bring()
    with tempfile.TemporaryDirectory() as folder:
        reports = Path(folder)
        counted, plain = parts(left_out, reports), plain_parts(reports)
        failed = run_all([*counted, *plain], at_once=_AT_ONCE)
        by_name = [part.name for part in plain]
        total = tally.count(reports) + Tally(
            passed=len([name for name in by_name if name not in failed]),
            failed=len([name for name in by_name if name in failed]),
        )
    for one in left_out:
        line(f"  LEFT OUT  {one.left_out}: {one.remedy}.")
    line(f"\n{total.closing_line(time.monotonic() - began)}")
    incomplete = bool(left_out) and os.environ.get("CI") == "true"
    return 1 if failed or incomplete else 0


def parts(left_out: list[Missing], reports: Path) -> list[Part]:
    """Name the parts that report each test."""
    without = ("-k", "not postgresql") if machine.POSTGRES in left_out else ()
    own = [name for name in _OWN_PARTS if name != "browser" or machine.CHROMIUM not in left_out]
    folders = [each for what in _OWN_PARTS.values() for each in what if not each.startswith("-")]
    others = tuple(f"--ignore={each}" for each in folders)
    pages = ("npm", "test", "--silent", "--", "--reporter=default", "--reporter=junit")
    return [
        Part("api", (*_pytest(_API, "api", reports), *others, *without)),
        Part("bot", (*_pytest(_BOT, "bot", reports), "tests/bot"), env=model.QUIET),
        *[Part(name, (*_pytest(_API, name, reports), *_OWN_PARTS[name], *without)) for name in own],
        Part("actions", (*_pytest(_BOT, "actions", reports), "tests/actions"), env=model.QUIET),
        Part(
            "pages",
            (*pages, f"--outputFile.junit={reports}/pages.xml"),
            front_end.WEB,
            front_end.node_path(),
        ),
    ]


def plain_parts(folder: Path) -> list[Part]:
    """Name the parts that only pass or fail. Rasa writes what it measures into `folder`."""
    stories = ("--stories", str(_CONVERSATIONS), "--model", str(model.MODEL))
    how = ("--fail-on-prediction-errors", "--no-plot", "--out", str(folder / "rasa"))
    conversations = (_BOT, "-m", "rasa", "test", "core", *stories, *how)
    return [
        Part("dialogue", validation(), env=model.QUIET, wordy=True),
        Part("conversations", conversations, env=model.QUIET, wordy=True),
    ]


def _pytest(python: str, name: str, reports: Path) -> tuple[str, ...]:
    return (python, "-m", "pytest", "-q", f"--junitxml={reports}/{name}.xml")


if __name__ == "__main__":
    main()
