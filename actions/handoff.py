"""A person: asked for, waited for, gone or back. Truthful about whether somebody is there.

Not for: deciding who comes, or when; the api does. Here a person is only asked for, and `waiting`
tells of it.
"""

from actions.speaking import SpeakingAction
from actions.turn import Turn
from actions.waiting import offer_steps, say_who_answers_now, tell_of_person
from actions.walk import next_steps


class ActionAskHuman(SpeakingAction):
    def name(self) -> str:
        return "action_ask_human"

    def speak(self, turn: Turn) -> None:
        turn.call_person("asked", urgent=turn.in_danger)
        tell_of_person(turn)
        if turn.in_danger:
            return  # the walk stays with the child, with the numbers
        if not turn.dialogue.get("wants"):
            offer_steps(turn)
        turn.hush()


class ActionReturned(SpeakingAction):
    """A counsellor has given the conversation back to the program."""

    def name(self) -> str:
        return "action_returned"

    def speak(self, turn: Turn) -> None:
        turn.dialogue["announced"] = False
        turn.dialogue["opened"] = True
        turn.say("utter_returned")
        if turn.in_danger:
            return
        if next_steps(turn.ledger, turn.said, in_danger=False):
            turn.say("utter_offer_steps")
            turn.ask("go_on")
        turn.hush()


class ActionDeskClosed(SpeakingAction):
    """The desk has closed while this child was waiting."""

    def name(self) -> str:
        return "action_desk_closed"

    def speak(self, turn: Turn) -> None:
        turn.dialogue["announced"] = True
        known = turn.situation["desk"].get("opens_at")
        turn.say("utter_desk_closed" if known else "utter_desk_closed_unknown")
        if turn.in_danger:
            return
        say_who_answers_now(turn)
        turn.hush()
