"""The moves: yes, no, done, cannot, later. What they mean hangs on what was asked last.

Not for: choosing the next step; the walk does that after the answer has been noted.
"""

from collections.abc import Mapping

from actions import danger, doubt, safety, steps, walk
from actions.safety import YES
from actions.speaking import SpeakingAction
from actions.turn import Turn

# What an answer to a step does to the ledger. "jsp" leaves it open: the step is recalled.
LEDGER: Mapping[str, str] = {
    "affirm": "done",
    "done": "done",
    "deny": "refused",
    "cannot": "cannot",
}
NO = frozenset({"deny", "cannot"})
ANSWERS_TO_THE_QUESTION = frozenset({"affirm", "deny", "dont_know"})


def answer_step(turn: Turn, step: walk.Step) -> None:
    """Note the answer, and help where the child cannot."""
    state = LEDGER.get(turn.intent)
    if state is None:
        turn.say(f"utter_{turn.intent}")
        return
    turn.steps_changed[step.name] = state
    turn.ask(None)
    if turn.waiting:
        # Whoever answers a step is in the walk: asking whether to go on would be in the way.
        turn.dialogue["wants"] = True
    if state == "done" and step.praised:
        turn.say(f"utter_{step.name}_done")
    elif state == "cannot":
        turn.say("utter_step_cannot_other" if turn.for_other else f"utter_{step.name}_cannot")
    elif state == "refused":
        turn.say("utter_step_refused")


def answer_offer(turn: Turn) -> None:
    """Answer to "tu veux qu'on avance ?"."""
    if turn.intent in YES:
        turn.dialogue["wants"] = True
        turn.ask(None)
    elif turn.intent in NO:
        turn.dialogue["wants"] = False
        turn.ask(None)
        turn.say("utter_waiting_left" if turn.waiting else "utter_steps_left")
        turn.hush()
    else:
        turn.say(f"utter_{turn.intent}")
        turn.hush()


def answer_further(turn: Turn) -> None:
    """Answer after the last step: more help, or enough for now."""
    turn.say("utter_steps_left" if turn.intent in NO else "utter_go_further_again")
    turn.hush()


def answer_choices(turn: Turn) -> None:
    """Answer a yes or a no to choices between readings: it answers nothing that was asked before.

    None of them is right: the child's own words, or the question of safety, which nothing hides.
    """
    turn.dialogue["not_understood"] = 1
    if turn.asked == "safe_now":
        ask_if_safe_again(turn)
    elif turn.intent == "deny":
        turn.say("utter_unsure_none")
    else:
        doubt.offer(turn, turn.unsure, "utter_unsure_later")
    turn.hush()


def ask_if_safe_again(turn: Turn) -> None:
    """Ask in other words: what was said answers something else, and nothing hides this question."""
    steps.say_step(turn, walk.STEPS["safe_now"], simpler=True)
    turn.hush()


def answer_nothing_asked(turn: Turn) -> None:
    if turn.intent in YES and turn.dialogue.get("wants") is False:
        turn.dialogue["wants"] = True
    turn.say(f"utter_{turn.intent}")
    if turn.intent == "deny":
        turn.hush()


class ActionMove(SpeakingAction):
    """Yes, no, "jsp", done, cannot."""

    def name(self) -> str:
        return "action_move"

    def speak(self, turn: Turn) -> None:
        if turn.in_danger:
            if turn.intent in ANSWERS_TO_THE_QUESTION:
                danger.answer_to_question(turn, no=turn.intent == "deny")
        elif turn.unsure and turn.intent in doubt.ANSWERS_TO_CHOICES:
            answer_choices(turn)
        elif safety.is_answered(turn):
            safety.answer_safe_now(turn)
        elif turn.asked == "safe_now":
            ask_if_safe_again(turn)
        elif turn.asked and turn.asked in walk.STEPS:
            answer_step(turn, walk.STEPS[turn.asked])
        elif turn.asked == "go_on":
            answer_offer(turn)
        elif turn.asked == "go_further":
            answer_further(turn)
        else:
            answer_nothing_asked(turn)


class ActionSmallTalk(SpeakingAction):
    """Thanks, swearing, the weather: a word, and back to the walk. In a crisis the walk stays."""

    def name(self) -> str:
        return "action_small_talk"

    def speak(self, turn: Turn) -> None:
        if not turn.in_danger:
            turn.say(f"utter_{turn.intent}")


class ActionPause(SpeakingAction):
    """Later, or goodbye: nothing more in this turn; the next word takes the walk up again."""

    def name(self) -> str:
        return "action_pause"

    def speak(self, turn: Turn) -> None:
        if not turn.in_danger:
            turn.say(f"utter_{turn.intent}")
            turn.hush()


class ActionQuit(SpeakingAction):
    """The child has had enough of us: no step any more unless asked for."""

    def name(self) -> str:
        return "action_quit"

    def speak(self, turn: Turn) -> None:
        if turn.in_danger:
            return
        turn.dialogue["wants"] = False
        turn.ask(None)
        if turn.waiting:
            turn.decline_person()
        turn.say("utter_quit")
        turn.hush()


class ActionRepeat(SpeakingAction):
    """Once more, in simpler words."""

    def name(self) -> str:
        return "action_repeat"

    def speak(self, turn: Turn) -> None:
        if turn.in_danger:
            return
        if turn.asked and turn.asked in walk.STEPS:
            steps.say_step(turn, walk.STEPS[turn.asked], simpler=True)
        elif turn.asked == "go_on":
            turn.say("utter_offer_steps")
        else:
            turn.say("utter_repeat")
        turn.hush()


class ActionSilence(SpeakingAction):
    """Nobody has written for a while. Silence is not a no."""

    def name(self) -> str:
        return "action_silence"

    def speak(self, turn: Turn) -> None:
        if not turn.in_danger:
            turn.say("utter_silence")
            turn.hush()
