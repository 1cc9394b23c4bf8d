"""`make check`: format, lint, types, import rules, YAML rules and the house's own rules.

Not for: behaviour; `make test` has that.
"""

import sys

from scripts import environments, front_end, model
from scripts.parts import Part, run_all
from scripts.say import CannotGoOnError, line

_BIN = f"{environments.API}/bin"


def main() -> None:
    try:
        failed = run_all(parts())
    except CannotGoOnError as reason:
        line(f"Relais: {reason}")
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(1 if failed else 0)


def parts() -> list[Part]:
    """Name every check, the quick ones first."""
    bot_types = ("--config-file", "bot/pyproject.toml", "--python-executable")
    return [
        Part("format", (f"{_BIN}/ruff", "format", "--check", ".")),
        Part("lint", (f"{_BIN}/ruff", "check", ".")),
        Part("YAML", (f"{_BIN}/yamllint", "--strict", ".")),
        Part("imports", (f"{_BIN}/lint-imports",)),
        Part("house rules", (f"{_BIN}/pytest", "-q", "tests/house")),
        Part("types of the api", (f"{_BIN}/mypy",)),
        Part(
            "types of the bot",
            (
                f"{_BIN}/mypy",
                *bot_types,
                f"{environments.BOT}/bin/python",
                "bot",
                "actions",
                "tuning",
            ),
        ),
        Part("pages", ("npm", "run", "--silent", "check"), front_end.WEB, front_end.node_path()),
        Part("dialogue", validation(), env=model.QUIET, wordy=True),
    ]


def validation() -> tuple[str, ...]:
    """Return Rasa's own check of domain and training data, with warnings fatal."""
    rasa = (f"{environments.BOT}/bin/python", "-m", "rasa")
    return (*rasa, "data", "validate", "--fail-on-warnings", *model.SOURCES)


if __name__ == "__main__":
    main()
