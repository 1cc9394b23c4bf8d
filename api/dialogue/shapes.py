"""The turn contract between api and bot, as JSON. Samples: tests/contract/turn/.

Not for: what a turn changes in the thread (`replies.py`).
"""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

MOST_REPLIES = 12
LONGEST_REPLY = 2000


class Shape(BaseModel):
    """Strict: what the contract does not name is ignored, what it names must fit."""

    model_config = ConfigDict(extra="ignore", frozen=True)


class Danger(Shape):
    """A danger as both layers name it (understanding.md)."""

    kind: str
    level: Literal["R1", "R2", "R3"]
    subject: Literal["self", "other"] = "self"


class DangerRead(Danger):
    """A danger that the model read. `words` are the child's own; None where it points at none."""

    words: str | None = Field(default=None, repr=False)


class Force(Shape):
    """An intent that is known without the model: a danger phrase, or a tapped choice."""

    intent: str
    level: Literal["R1", "R2", "R3"] | None = None
    subject: Literal["self", "other"] | None = None


class Known(Shape):
    """What the api knows of a conversation when a turn begins."""

    facts: dict[str, list[dict[str, Any]]] = {}
    steps: dict[str, str] = {}
    danger: Danger | None = None
    crisis: bool = False
    task: str | None = None
    language: str = "fr"
    guarded: bool = False


class Opening(Shape):
    """Whether somebody answers now, else from when."""

    open: bool
    opens_at: datetime | None = None
    hours: str = ""


class Line(Opening):
    """A phone line, with the number that texts may name."""

    number: str


class Situation(Shape):
    """Who holds, who waits, who answers now. All of it is data; no text types a number."""

    holder: str
    ahead: int = 0
    desk: Opening
    lines: dict[str, Line]
    helpline: dict[str, str]


class TurnRequest(Shape):
    """One turn. `event` takes the place of `text` in a turn that no message starts."""

    turn: str
    mode: Literal["turn", "event"] = "turn"
    channel: str
    text: str = Field(default="", repr=False)
    event: str | None = None
    now: datetime
    state: str | None = Field(default=None, repr=False)
    bot_version: str | None = None
    force: Force | None = None
    known: Known = Field(repr=False)
    situation: Situation


class Choice(Shape):
    """A choice offered with a reply."""

    label: str = Field(min_length=1, max_length=80)
    text: str = Field(min_length=1, max_length=200)
    intent: str


class Reply(Shape):
    """One message to the child."""

    text: str = Field(min_length=1, max_length=LONGEST_REPLY, repr=False)
    choices: list[Choice] = []
    step: str | None = None


class FactValue(Shape):
    """A fact in its normal form, with the words that gave it."""

    value: str = Field(repr=False)
    words: str = Field(default="", repr=False)


class Understood(Shape):
    """What the model read in a text. `readings`: the likeliest intents where it is not sure.

    `danger_share`: how likely it holds a danger, from 0 to 1; None where an older bot does not say.
    """

    intent: str
    confidence: float
    danger_share: float | None = None
    facts: dict[str, list[FactValue]] = Field(default={}, repr=False)
    danger: DangerRead | None = None
    readings: list[str] = []
    language: str = "fr"


class Changes(Shape):
    """What the dialogue changed in what is known."""

    steps: dict[str, str] = {}
    crisis: bool = False
    task: str | None = None


class AskedHandoff(Shape):
    """The bot asks for a person, or (`declined`) says that the child wants none any more."""

    reason: str
    urgency: str = "normal"


class TurnAnswer(Shape):
    """The bot's answer to one turn."""

    turn: str
    replies: list[Reply] = Field(max_length=MOST_REPLIES)
    understood: Understood
    changes: Changes
    handoff: AskedHandoff | None = None
    state: str | None = Field(default=None, repr=False)
    bot_version: str


class UnderstoodAnswer(Shape):
    """The bot's answer to `mode: understand`."""

    understood: list[Understood]
    bot_version: str
