"""The bot's model: trained again when what it is made of has changed, and only then.

Not for: judging the model; `make test` has Rasa's own tests.
"""

from __future__ import annotations

from pathlib import Path

from scripts import environments, stamps
from scripts.say import step

MODELS = Path("bot/models")
MODEL = MODELS / "relais.tar.gz"
# The modules of bot/understanding are part of the pipeline: their code is in what was trained.
INPUTS = (
    "config.yml",
    "bot/domain",
    "data",
    "bot/encoder",
    "bot/understanding",
    "bot/requirements.lock",
)
QUIET = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "RASA_TELEMETRY_ENABLED": "false",
    # Of Rasa's pinned libraries, which nobody here can act upon; ours are errors in the tests.
    "PYTHONWARNINGS": "ignore",
}
SOURCES = ("--config", "config.yml", "--domain", "bot/domain", "--data", "data")


def train(*, again: bool = False) -> None:
    """Train the model when its inputs changed, or `again` without asking."""
    environments.bot()
    wanted = stamps.digest(Path(name) for name in INPUTS)
    stamp = MODELS / "relais-trained"
    if not again and MODEL.is_file() and stamps.holds(stamp, wanted):
        return
    MODELS.mkdir(exist_ok=True)
    rasa = [
        environments.BOT / "bin/python",
        "-m",
        "rasa",
        "train",
        "--force",
        "--skip-validation",
        *SOURCES,
    ]
    step(
        "Training the model of the bot",
        [*rasa, "--out", MODELS, "--fixed-model-name", "relais"],
        env=QUIET,
    )
    stamps.write(stamp, wanted)
