"""`make eval`: how well Relais understands, as a table, kept in docs/understanding.md.

Trains the model, starts the real bot and asks it all that is held out. A folder of other messages
may be given, for a look that spends nothing: then nothing is kept. Not for: the bars in
`make test` (`tests/understanding/test_bars.py`).
"""

import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from evaluation import costs
from evaluation.bars import BARS
from evaluation.document import DOCUMENT, Kept, document
from evaluation.heldout import FOLDER, Judges, judges
from evaluation.measures import Measures, languages, noise, understanding
from evaluation.system import asked
from scripts.proof import machine, measured_at
from scripts.say import CannotGoOnError, line
from tests.stack import dialogue
from tests.stack.model import trained

KEPT = Path("var/eval/figures.json")


def main(folder: Path) -> int:
    line("It takes some minutes: one training, and several thousand messages.")
    try:
        measured = costs.training()
    except CannotGoOnError as reason:
        line(f"Relais: {reason}")
        return 1
    judged_by = judges(folder)
    with tempfile.TemporaryDirectory() as logs:
        measured = measured.joined(_asked(Path(logs), judged_by))
    line("The system has answered; now it learns from less.")
    measured = measured.joined(costs.learning_curve(folder))
    kept = Kept(**asdict(measured), agreement=dict(judged_by.agreement), at=measured_at())
    written = document(kept, machine())
    line(f"\n{written}")
    if folder == FOLDER:
        _keep(kept, written)
    return 0 if all(bar.holds(kept.figures[bar.key]) for bar in BARS) else 1


def _asked(logs: Path, judged_by: Judges) -> Measures:
    with dialogue.running(logs, log_level="INFO") as running, asked(running) as understood_of:
        texts = [one.text for one in judged_by.messages]
        found = costs.latency(texts, understood_of)
        found = found.joined(understanding(judged_by, understood_of))
        found = found.joined(noise(judged_by, understood_of))
        found = found.joined(languages(judged_by, understood_of))
        return found.joined(costs.room(trained(), running.bot.pid))


def _keep(kept: Kept, written: str) -> None:
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    KEPT.write_text(json.dumps(asdict(kept), ensure_ascii=False, indent=1), encoding="utf-8")
    DOCUMENT.write_text(written, encoding="utf-8")
    line(f"{DOCUMENT} is written.")


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if sys.argv[1:] else FOLDER))
