"""Actions by the names of ours, each of which fails and quotes what the child wrote.

For: `python -m bot.serve_actions --actions tests.bot.raising_actions`. Not for: any other way of
failing.
"""

from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Action

_DOMAIN = Path(__file__).parents[2] / "bot/domain"


def _run(_self: Action, _dispatcher: object, tracker: Any, _domain: object) -> list[Any]:  # noqa: ANN401
    raise RuntimeError(f"{tracker.latest_message} {tracker.slots}")


def _named(name: str) -> type[Action]:
    parts = {"name": lambda _self: name, "run": _run, "__module__": __name__}
    return type(name, (Action,), parts)


ALL = [
    _named(name)
    for topic in sorted(_DOMAIN.glob("*.yml"))
    for name in yaml.safe_load(topic.read_text(encoding="utf-8")).get("actions", [])
]
