"""One turn as the actions see it: what is known, what was just told, and what this turn changes.

Not for: deciding anything. It reads the slots that the channel filled, and writes back the three
that are the actions' own: `dialogue`, `changes` and `handoff`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.crisis import FAMILIES, UNKNOWN, Danger, worse
from actions.english import english

Slots = Mapping[str, Any]

FALLBACK = "nlu_fallback"
FRENCH = "fr"

# Too short to be of a language, or an English choice that was tapped: it is answered as the message
# before it was.
OF_NO_LANGUAGE = frozenset(
    {"affirm", "deny", "dont_know", "greet", "thank", "goodbye", "ask_human", FALLBACK}
)

# What may answer a question. Such words are short, and are easily taken for another language: they
# leave the conversation in the one it is in, or the question would be lost with its answer.
ANSWERS = frozenset(
    {"affirm", "deny", "dont_know", "done", "cannot", "later", "greet", "thank", "goodbye"}
)
# Asked for what is to be told, in the child's own words.
OPEN_QUESTIONS = frozenset({None, "alone", "tell"})

# What an intent says by itself, also when it was tapped and no words gave the fact.
IMPLIED: Mapping[str, tuple[str, str]] = {
    "report_payment": ("paid", "yes"),
    "report_sent_more": ("sent_more", "yes"),
    "report_published": ("published", "yes"),
    "report_evidence_lost": ("evidence", "lost"),
    "report_for_other": ("subject", "other"),
}


@dataclass
class Turn:
    """The state of this turn, shared by every action that runs in it.

    `dialogue` is the memory that lives on; `changes` and `handoff` go back to the api.
    """

    dispatcher: CollectingDispatcher
    intent: str
    text: str
    channel: str
    known: Slots
    situation: Slots
    understood: Slots
    dialogue: dict[str, Any]
    steps_changed: dict[str, str]
    crisis: bool
    handoff: dict[str, str] | None
    # The readings that were offered in the turn before, when that was not understood.
    unsure: tuple[str, ...] = ()

    @classmethod
    def read(cls, dispatcher: CollectingDispatcher, tracker: Tracker) -> Self:
        known = tracker.get_slot("known")
        changes = tracker.get_slot("changes") or {}
        message = tracker.latest_message or {}
        return cls(
            dispatcher=dispatcher,
            intent=(message.get("intent") or {}).get("name") or "",
            text=message.get("text") or "",
            channel=tracker.get_latest_input_channel() or "",
            known=known,
            situation=tracker.get_slot("situation"),
            understood=tracker.get_slot("understood") or {},
            dialogue=dict(tracker.get_slot("dialogue") or {}),
            steps_changed=dict(changes.get("steps", {})),
            crisis=bool(changes.get("crisis", known.get("crisis"))),
            handoff=tracker.get_slot("handoff"),
        )

    def events(self) -> list[SlotSet]:
        """Give what the channel and the next action of this turn read."""
        changes = {
            "steps": self.steps_changed,
            "crisis": self.crisis,
            "task": self.known.get("task"),
        }
        return [
            SlotSet("dialogue", self.dialogue),
            SlotSet("changes", changes),
            SlotSet("handoff", self.handoff),
            SlotSet("crisis", self.crisis),
        ]

    # What is known

    @property
    def ledger(self) -> dict[str, str]:
        return {**self.known.get("steps", {}), **self.steps_changed}

    @property
    def facts(self) -> dict[str, frozenset[str]]:
        """Values by fact. What was told in this turn wins over what was known."""
        told = {**self.known.get("facts", {}), **(self.understood.get("facts") or {})}
        said = {name: frozenset(str(v["value"]) for v in values) for name, values in told.items()}
        meant = {name: frozenset({value}) for name, value in self.dialogue.get("told", {}).items()}
        return {**meant, **said}

    @property
    def danger(self) -> Danger | None:
        """The worse of the danger seen in this turn and the one that stands at the desk.

        Where neither has a name, it is the one that was asked about when in doubt.
        """
        danger = worse(Danger.read(self.known.get("danger")), self.danger_now)
        doubted = self.dialogue.get("doubted") if self.crisis else None
        if doubted is None or (danger is not None and danger.family != UNKNOWN):
            return danger
        return Danger(doubted, danger.level if danger else "R2", self.subject)

    @property
    def danger_now(self) -> Danger | None:
        seen = Danger.read(self.understood.get("danger"))
        if seen is None and self.intent in FAMILIES:
            return Danger(self.intent, "R2", "self")
        return seen

    @property
    def in_danger(self) -> bool:
        """Whether this turn must not hold a step."""
        return self.crisis or self.danger_now is not None

    @property
    def for_other(self) -> bool:
        """Whether the writer is a friend, parent or teacher of the victim."""
        if self.in_danger and self.danger is not None:
            return self.danger.subject == "other"
        return self.subject == "other"

    @property
    def subject(self) -> str:
        return "other" if "other" in self.facts.get("subject", ()) else "self"

    @property
    def readings(self) -> list[str]:
        """What a message that is not understood may mean; nothing when it is no message."""
        readings: list[str] = self.understood.get("readings") or []
        return readings

    @property
    def foreign(self) -> bool:
        """Whether to answer in English: French is the only other language there are words in."""
        if (self.known.get("language") or FRENCH) != FRENCH:
            return True
        return bool(self.dialogue.get("foreign"))

    @property
    def _written_in(self) -> str:
        return self.understood.get("language") or FRENCH

    @property
    def waiting(self) -> bool:
        return bool(self.situation.get("holder") == "waiting")

    def line_open(self, line: str) -> bool:
        return bool(self.situation["lines"][line]["open"])

    @property
    def desk_open(self) -> bool:
        return bool(self.situation["desk"]["open"])

    @property
    def desk_words(self) -> str:
        """The ending of a response that tells whether a person is there, truthfully."""
        if self.desk_open:
            return "open"
        return "closed" if self.situation["desk"].get("opens_at") else "closed_unknown"

    # What is remembered

    @property
    def asked(self) -> str | None:
        return self.dialogue.get("asked")

    def ask(self, what: str | None) -> None:
        """Remember what the child was asked last; the next "oui" or "non" answers it."""
        self.dialogue["asked"] = what

    @property
    def said(self) -> Mapping[str, int]:
        counts: Mapping[str, int] = self.dialogue.get("said", {})
        return counts

    def set_count(self, what: str, times: int) -> None:
        self.dialogue["said"] = {**self.said, what: times}

    def count(self, what: str) -> int:
        """Count one more and give the new number."""
        self.set_count(what, self.said.get(what, 0) + 1)
        return self.said[what]

    def begin(self) -> None:
        """Forget what only the turn before was concerned with."""
        self.dialogue.pop("hushed", None)
        self.dialogue.pop("spoken", None)
        self.unsure = tuple(self.dialogue.pop("unsure", ()))
        if self.intent != FALLBACK:
            self.dialogue["not_understood"] = 0
        self._remember_what_is_told()
        self._remember_the_language()

    def _remember_the_language(self) -> None:
        if self._written_in != FRENCH:
            if not self._may_answer:
                self.dialogue["foreign"] = True
        elif self.intent not in OF_NO_LANGUAGE and not self.intent.startswith("event_"):
            self.dialogue.pop("foreign", None)

    @property
    def _may_answer(self) -> bool:
        asked = self.asked not in OPEN_QUESTIONS
        return self.intent in ANSWERS or (asked and self.intent == FALLBACK)

    def _remember_what_is_told(self) -> None:
        if self.intent in IMPLIED:
            fact, value = IMPLIED[self.intent]
            self.dialogue["told"] = {**self.dialogue.get("told", {}), fact: value}

    def hush(self) -> None:
        """Leave the rest of this turn to what has been said: the walk adds nothing."""
        self.dialogue["hushed"] = True

    # What is done

    def say(self, response: str, *, step: str | None = None, **values: object) -> None:
        """Speak; in another language the English words for it, or nothing where there are none."""
        words = english(response) if self.foreign else response
        if words is not None:
            self.dialogue["spoken"] = True
            self.dispatcher.utter_message(response=words, step=step, **values)

    def end_crisis(self) -> None:
        """End the flow, not the danger."""
        self.crisis = False
        self.dialogue["answered_yes"] = False
        self.dialogue.pop("doubted", None)

    def call_person(self, reason: str, *, urgent: bool = False) -> None:
        """Ask the api for a person; an urgent call is never made less urgent in the same turn."""
        if self.handoff is None or urgent:
            self.handoff = {"reason": reason, "urgency": "high" if urgent else "normal"}

    def decline_person(self) -> None:
        """Tell the api that the child wants nobody any more; in a danger it stays as it is."""
        self.handoff = {"reason": "declined", "urgency": "normal"}
        self.dialogue["announced"] = False
