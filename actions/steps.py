"""`action_walk`: closes every turn. It says the next step, or what stands in its place.

Not for: choosing the step (`walk`, pure) or the words of a crisis (`danger`).
"""

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import crisis, danger, doubt, waiting, walk
from actions.turn import Turn


class ActionWalk(Action):
    def name(self) -> str:
        return "action_walk"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[dict[str, Any]]:
        del domain
        turn = Turn.read(dispatcher, tracker)
        hushed = turn.dialogue.pop("hushed", False)
        spoken = turn.dialogue.pop("spoken", False)
        if not hushed:
            go_on(turn, spoken=spoken)
        turn.dialogue.pop("spoken", None)
        return [dict(event) for event in turn.events()]


def go_on(turn: Turn, *, spoken: bool) -> None:
    """Close the turn. It never ends without a word: silence reads as being left alone."""
    if turn.danger_now is not None:
        danger.alarm(turn, turn.danger_now)
    elif turn.crisis:
        danger.be_present(turn)
    elif (idiom := doubt.gentle(turn)) is not None:
        danger.alarm(turn, idiom)
    elif turn.waiting and not turn.dialogue.get("announced"):
        waiting.announce(turn)
        if turn.dialogue.get("wants"):
            say_next(turn, spoken=True)
    elif may_walk(turn):
        say_next(turn, spoken=spoken)
    else:
        stand_aside(turn, spoken=spoken)


def may_walk(turn: Turn) -> bool:
    """While a person is waited for, or after a no, the steps go on only if the child wants."""
    wants = turn.dialogue.get("wants")
    return bool(wants) or (wants is None and not turn.waiting)


def next_steps(turn: Turn) -> tuple[walk.Step, ...]:
    return walk.next_steps(turn.ledger, turn.said, in_danger=turn.in_danger)


def say_next(turn: Turn, *, spoken: bool) -> None:
    """Say the next step, or that the walk is over. After a danger the numbers stay in view."""
    steps = next_steps(turn)
    if steps and turn.danger is not None:
        turn.say(crisis.numbers(turn.danger))
    for step in steps:
        say_step(turn, step)
    if not steps:
        go_further(turn, spoken=spoken)


def say_step(turn: Turn, step: walk.Step, *, simpler: bool = False) -> None:
    times = walk.times_said(step.name, turn.ledger, turn.said)
    words = walk.wording(
        step,
        turn.facts,
        again=simpler or times > 0,
        for_other=turn.for_other,
        line_open=turn.line_open("3018"),
    )
    turn.set_count(step.name, times + 1)
    if step.waits:
        turn.ask(step.name)
    turn.say(words, step=step.name)


def go_further(turn: Turn, *, spoken: bool) -> None:
    """Say once that the walk is over; later only when nothing else was said in the turn."""
    if turn.said.get("go_further", 0) == 0:
        turn.say("utter_go_further_other" if turn.for_other else "utter_go_further")
        turn.count("go_further")
    elif not spoken:
        turn.say("utter_go_further_again")
    turn.ask("go_further")


def stand_aside(turn: Turn, *, spoken: bool) -> None:
    """No step is wanted now. What is newly told makes it worth asking once more."""
    if turn.dialogue.get("wants") is False and turn.intent.startswith("report_"):
        turn.say("utter_offer_steps")
        turn.ask("go_on")
    elif not spoken:
        turn.say("utter_waiting_left" if turn.waiting else "utter_steps_left")
