"""A stage for the dialogue: turns of the real rules and actions, and an api that keeps books.

Not for: Rasa's prediction (tests/conversations) and not for the channel (tests/bot).
"""

from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answering import ActionAnswer
from actions.danger import ActionCrisisOver, ActionDanger
from actions.handoff import ActionAskHuman, ActionDeskClosed, ActionReturned
from actions.moves import (
    ActionMove,
    ActionPause,
    ActionQuit,
    ActionRepeat,
    ActionSilence,
    ActionSmallTalk,
)
from actions.not_understood import ActionNotUnderstood
from actions.opening import ActionGreet, ActionOpen
from actions.steps import ActionWalk
from tests.actions import house

ACTIONS = {
    action.name(): action
    for action in (
        ActionAnswer(),
        ActionAskHuman(),
        ActionCrisisOver(),
        ActionDanger(),
        ActionDeskClosed(),
        ActionGreet(),
        ActionMove(),
        ActionNotUnderstood(),
        ActionOpen(),
        ActionPause(),
        ActionQuit(),
        ActionRepeat(),
        ActionReturned(),
        ActionSilence(),
        ActionSmallTalk(),
        ActionWalk(),
    )
}
OPENS = "2026-11-25T09:00:00+01:00"
Json = dict[str, Any]
Replies = list[tuple[str, str | None]]


@dataclass
class Spoken:
    """What one turn said and changed."""

    replies: Replies
    changes: Json
    handoff: Json | None
    choices: list[str]

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.replies]

    @property
    def steps(self) -> list[str]:
        return [step for _, step in self.replies if step]

    @property
    def words(self) -> str:
        """The raw texts, placeholders included, as the web would show them."""
        return " ".join(house.responses()[name][0]["text"] for name in self.names)


@dataclass
class Conversation:
    """A conversation as the api holds it. Fields may be set by hand between turns."""

    channel: str = "web"
    steps: dict[str, str] = field(default_factory=dict)
    facts: Json = field(default_factory=dict)
    danger: Json | None = None
    crisis: bool = False
    holder: str = "with_bot"
    ahead: int | None = None
    desk_open: bool = True
    desk_opens: str | None = OPENS
    line_open: bool = True
    dialogue: Json | None = None
    language: str = "fr"

    def says(
        self,
        intent: str,
        *,
        danger: Json | None = None,
        facts: Json | None = None,
        readings: tuple[str, ...] = (),
        language: str = "fr",
        text: str = "",
    ) -> Spoken:
        """Play one turn and keep what the api would keep."""
        if danger is None and intent.startswith("danger_"):
            danger = seen(intent)
        slots = self._slots(intent, danger, facts or {})
        slots["understood"].update(readings=list(readings), language=language)
        replies: Replies = []
        choices: list[str] = []
        for action in house.rules()[intent]:
            dispatcher = CollectingDispatcher()
            for event in ACTIONS[action].run(dispatcher, self._tracker(intent, slots, text), {}):
                slots[event["name"]] = event["value"]
            replies += [(said["response"], said.get("step")) for said in dispatcher.messages]
            choices += [one for said in dispatcher.messages for one in said.get("offered") or ()]
        self._keep(slots, replies, danger, facts or {})
        return Spoken(replies, slots["changes"], slots["handoff"], choices)

    def _slots(self, intent: str, danger: Json | None, facts: Json) -> Json:
        opens = None if self.line_open else OPENS
        lines = {"3018": {"number": "3018", "open": self.line_open, "opens_at": opens}}
        return {
            "known": {
                "facts": self.facts,
                "steps": self.steps,
                "danger": self.danger,
                "crisis": self.crisis,
                "task": None,
                "language": self.language,
            },
            "situation": {
                "holder": self.holder,
                "ahead": self.ahead,
                "desk": {"open": self.desk_open, "opens_at": self.desk_opens},
                "lines": lines,
            },
            "understood": {"intent": intent, "facts": facts, "danger": danger},
            "dialogue": self.dialogue,
            "changes": None,
            "handoff": None,
        }

    def _tracker(self, intent: str, slots: Json, text: str) -> Tracker:
        message = {"text": text, "intent": {"name": intent, "confidence": 0.9}, "entities": []}
        user = {"event": "user", "input_channel": self.channel, "parse_data": message}
        return Tracker(
            sender_id="a",
            slots=slots,
            latest_message=message,
            events=[user],
            paused=False,
            followup_action=None,
            active_loop={},
            latest_action_name="action_listen",
        )

    def _keep(self, slots: Json, replies: Replies, danger: Json | None, facts: Json) -> None:
        self.dialogue = slots["dialogue"]
        self.facts = {**self.facts, **facts}
        self.crisis = slots["changes"]["crisis"]
        if danger and (self.danger is None or danger["level"] >= self.danger["level"]):
            self.danger = danger
        given = {step: "delivered" for _, step in replies if step}
        kept = {name: state for name, state in self.steps.items() if state != "pending"}
        self.steps = {**given, **kept, **slots["changes"]["steps"]}
        if slots["handoff"] and self.holder == "with_bot":
            self.holder = "waiting"


def seen(kind: str, level: str = "R2", subject: str = "self") -> Json:
    return {"kind": kind, "level": level, "subject": subject}


def fact(value: str) -> list[Json]:
    return [{"value": value, "words": "…", "by": "model"}]


def walking(step: str, **world: object) -> Conversation:
    """Give a conversation in which `step` has just been said."""
    talk = Conversation()
    for name, value in world.items():
        setattr(talk, name, value)
    talk.says("event_opened")
    talk.says("report_threat")
    answers = {"safe_now": 0, "dont_pay": 1, "dont_send": 2, "keep_evidence": 3, "contact_3018": 4}
    for _ in range(answers[step]):
        talk.says("affirm")
    assert talk.dialogue is not None
    assert talk.dialogue["asked"] == step
    return talk
