"""The bot asked over its own HTTP contract, by a small api that keeps ledger and state in hand.

A turn of the bot is a function of what it is given: so the walk is walked once, and from each of
its places any danger can be tried without disturbing the others. Not for: the real api.
"""

from dataclasses import dataclass, field, replace
from typing import Self

from api.danger.signals import Signal
from api.dialogue.replies import forced
from tests.stack.dialogue import Body, Dialogue

_LINES = ("3018", "3114", "119", "17", "15", "112", "114")


@dataclass(frozen=True)
class Place:
    """How far a conversation has come. `name`: the step that was said last, or what came after."""

    dialogue: Dialogue = field(repr=False)
    channel: str
    name: str = "nothing said"
    state: str | None = field(default=None, repr=False)
    bot_version: str | None = field(default=None, repr=False)
    steps: dict[str, str] = field(default_factory=dict, repr=False)
    waiting: bool = False

    def hears(self, text: str, signal: Signal | None = None, tap: str | None = None) -> Body:
        """Return the bot's answer to a message; the place itself stays as it is."""
        return self.dialogue.ask(self._body(text=text, mode="turn", signal=signal, tap=tap))

    def on(self, tap: str) -> Self:
        """Return the place after a tap."""
        return self._after(self.hears(tap, tap=tap))

    def opened(self) -> Self:
        return self._after(self.dialogue.ask(self._body(mode="event", event="opened")))

    def _after(self, answer: Body) -> Self:
        said = [reply["step"] for reply in answer["replies"] if reply["step"]]
        waiting = self.waiting or answer["handoff"] is not None
        return replace(
            self,
            name="a person is waited for" if waiting else said[-1] if said else _first_of(answer),
            state=answer["state"],
            bot_version=answer["bot_version"],
            steps=self.steps | dict.fromkeys(said, "delivered") | answer["changes"]["steps"],
            waiting=waiting,
        )

    def _body(
        self, *, signal: Signal | None = None, tap: str | None = None, **rest: object
    ) -> Body:
        force = forced(signal, tap)
        danger = _danger(signal) if signal else None
        return {
            "turn": "turn-1",
            "channel": self.channel,
            "now": "2026-11-24T18:10:00+01:00",
            "state": self.state,
            "bot_version": self.bot_version,
            "force": force.model_dump() if force else None,
            "known": self._known(danger),
            "situation": _situation("waiting" if self.waiting or danger else "with_bot"),
            **rest,
        }

    def _known(self, danger: Body | None) -> Body:
        return {
            "facts": {},
            "steps": self.steps,
            "danger": danger,
            "crisis": danger is not None,
            "task": None,
            "language": "fr",
            "guarded": False,
        }


def places(dialogue: Dialogue, channel: str) -> list[Place]:
    """Walk the walk once, tapping, and return every place of it."""
    start = Place(dialogue, channel)
    if channel == "sms":
        first = [start, start.on("report_threat")]
        walk = [first[-1].on("affirm")]
    else:
        first = [start.opened()]
        walk = [first[-1].on("report_threat")]
    for tap in ("affirm", "done", "done", "done", "affirm"):
        walk.append(walk[-1].on(tap))
    return [*first, *walk, walk[1].on("ask_human")]


def _danger(signal: Signal) -> Body:
    return {"kind": signal.kind, "level": signal.level.value, "subject": signal.subject}


def _first_of(answer: Body) -> str:
    return "after the walk" if answer["changes"]["steps"] else "opened"


def _situation(holder: str) -> Body:
    always = {"open": True, "opens_at": None, "hours": "jour et nuit"}
    return {
        "holder": holder,
        "ahead": 0,
        "desk": always,
        "lines": {line: {"number": line, **always} for line in _LINES},
        "helpline": {"name": "La ligne"},
    }
