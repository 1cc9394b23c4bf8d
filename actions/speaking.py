"""What every action of ours is: it reads the turn, opens the conversation if it is new, speaks.

Not for: any topic. An exception is never caught here: the channel counts it and the api takes over.
"""

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import first_words, languages
from actions.turn import Turn


class SpeakingAction(Action, ABC):
    """The first action of a rule. `action_walk` is the second and closes the turn."""

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        del domain
        turn = Turn.read(dispatcher, tracker)
        turn.begin()
        if first_words.may_go_on(turn):
            self._answer(turn)
        return [dict(event) for event in turn.events()]

    def _answer(self, turn: Turn) -> None:
        if not turn.foreign or turn.in_danger:
            self.speak(turn)
        elif turn.intent.startswith("event_"):
            self.speak(turn)
            languages.close(turn)
        else:
            languages.answer(turn)

    @abstractmethod
    def speak(self, turn: Turn) -> None:
        """Say what this message asks for and note what it changes."""
