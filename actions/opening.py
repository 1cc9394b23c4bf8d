"""Opening: the page was opened, or the child said hello and nothing else."""

from actions import first_words
from actions.speaking import SpeakingAction
from actions.turn import Turn


class ActionOpen(SpeakingAction):
    """The page is open and nobody has written yet."""

    def name(self) -> str:
        return "action_open"

    def speak(self, turn: Turn) -> None:
        if turn.in_danger:
            return
        new = first_words.is_new(turn)
        turn.dialogue["opened"] = True
        turn.say("utter_opening")
        if new:
            turn.say("utter_confidential")
            turn.say("utter_tell")
            turn.ask("tell")
            turn.hush()


class ActionGreet(SpeakingAction):
    """A hello before anything is told asks what happens, once; later it is only a hello."""

    def name(self) -> str:
        return "action_greet"

    def speak(self, turn: Turn) -> None:
        if turn.in_danger:
            return
        if turn.known.get("steps") or turn.count("greet") > 1:
            turn.say("utter_greet")
            return
        turn.say("utter_greet_tell")
        turn.ask("tell")
        turn.hush()
