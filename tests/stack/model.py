"""The model that the real bot loads: the one of `make train` where it is fresh, else trained here.

Trained ones are kept in the machine's temporary folder by the hash of what they are made of. Not
for: judging a model.
"""

import os
import subprocess
import tempfile
from contextlib import chdir
from pathlib import Path

from scripts import model, stamps
from tests.stack.programs import ROOT, clean_environment

BOT_PYTHON = ROOT / "bot/.venv/bin/python"
_KEPT = Path(tempfile.gettempdir()) / "relais-stack-models"
_SOURCES = ("--config", "config.yml", "--domain", "bot/domain", "--data", "data")


class TrainingFailedError(Exception):
    """Rasa did not train; the message is the end of what it said."""


def trained(project: Path = ROOT) -> Path:
    """Return a model of a project: the folder that holds `config.yml`, `bot/`, `data/`."""
    with chdir(project):
        made_from = stamps.digest(Path(name) for name in model.INPUTS)
    own = project / model.MODEL
    if own.is_file() and stamps.holds(project / model.MODELS / "relais-trained", made_from):
        return own
    kept = _KEPT / f"{made_from[:24]}.tar.gz"
    if not kept.is_file():
        _train(project, kept)
    return kept


def _train(project: Path, kept: Path) -> None:
    # Under another name until it is whole: tests that run beside these may look for it.
    passing = f"{kept.name.removesuffix('.tar.gz')}-{os.getpid()}"
    rasa = [
        str(BOT_PYTHON),
        "-m",
        "rasa",
        "train",
        "--force",
        "--skip-validation",
        *_SOURCES,
        "--out",
        str(kept.parent),
    ]
    done = subprocess.run(
        [*rasa, "--fixed-model-name", passing],
        cwd=project,
        env=clean_environment() | model.QUIET,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise TrainingFailedError(done.stderr[-2000:])
    (kept.parent / f"{passing}.tar.gz").replace(kept)
