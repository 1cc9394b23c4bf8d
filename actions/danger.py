"""Danger: the first words, the direct question, presence while it lasts, its end by a person.

Not for: recognising a danger. No step is ever said from here.
"""

from actions import crisis
from actions.crisis import Danger
from actions.speaking import SpeakingAction
from actions.turn import Turn


def alarm(turn: Turn, seen: Danger) -> None:
    """Answer a danger just seen: numbers first, then who comes, then the question."""
    turn.crisis = True
    if seen.level != "R1":
        turn.call_person("danger", urgent=True)
    if turn.count(f"{seen.kind}_{seen.level}") > 1:
        be_present(turn)
        return
    turn.say(crisis.first_words(seen))
    if crisis.goes_on(turn.danger):
        # Danger now: one message, nothing to read beside the numbers.
        turn.ask("crisis_question")
        return
    introduce(turn)
    if seen.level != "R1":
        announce(turn)
    ask_directly(turn)


def be_present(turn: Turn) -> None:
    """Stay: a short word with the numbers, every time; the question every other time."""
    times = turn.count("presence")
    introduce(turn)
    if is_anger(turn.danger):
        # The check was not answered by a clear no.
        turn.call_person("asked")
    turn.say(crisis.presence(turn.danger, times))
    if turn.waiting or turn.handoff is not None:
        announce(turn)
    answered_yes = turn.dialogue.get("answered_yes", False)
    if times % 2 and not answered_yes and not crisis.goes_on(turn.danger):
        ask_directly(turn)


def is_anger(danger: Danger | None) -> bool:
    return danger is not None and danger.family == crisis.ANGER


def introduce(turn: Turn) -> None:
    """Say once that this is a program, when danger came before the first words."""
    if not turn.dialogue.get("opened"):
        turn.dialogue["opened"] = True
        turn.say("utter_program")


def announce(turn: Turn) -> None:
    """Say once and truthfully whether a person is there."""
    if not turn.dialogue.get("announced"):
        turn.dialogue["announced"] = True
        turn.say(f"utter_danger_team_{turn.desk_words}")


def ask_directly(turn: Turn) -> None:
    turn.say(crisis.question(turn.danger))
    turn.ask("crisis_question")


def answer_to_question(turn: Turn, *, no: bool) -> None:
    """End the flow on a no where it may end; on a yes, or "jsp", call a person."""
    if no and crisis.ends_by_no(turn.danger, turn.asked):
        end(turn, crisis.answer_words(turn.danger, yes=False))
    elif not no and turn.asked == "crisis_question" and not crisis.goes_on(turn.danger):
        turn.dialogue["answered_yes"] = True
        turn.call_person("asked" if is_anger(turn.danger) else "danger", urgent=True)
        turn.say(crisis.answer_words(turn.danger, yes=True))
        announce(turn)
        turn.hush()


def end(turn: Turn, words: str) -> None:
    """End the flow, not the danger, and offer the steps."""
    turn.end_crisis()
    turn.say(words)
    turn.say("utter_offer_steps")
    turn.ask("go_on")
    turn.hush()


class ActionDanger(SpeakingAction):
    def name(self) -> str:
        return "action_danger"

    def speak(self, turn: Turn) -> None:
        if turn.danger_now is not None:
            alarm(turn, turn.danger_now)


class ActionCrisisOver(SpeakingAction):
    """A person at the desk has ended it."""

    def name(self) -> str:
        return "action_crisis_over"

    def speak(self, turn: Turn) -> None:
        turn.end_crisis()
        turn.say("utter_offer_steps")
        turn.ask("go_on")
        turn.hush()
