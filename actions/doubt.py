"""What is done about a doubt: a danger that may be meant is asked about; readings are offered.

Not for: how likely a reading is (bot/readings.py) and not for the words of a danger that is seen,
an idiom's included (`danger`).
"""

from collections.abc import Sequence

from actions import crisis
from actions.crisis import Danger
from actions.turn import Turn

# What a child may choose as their meaning: each has its choice in bot/domain/not_understood.yml.
# Not a danger, which is no item of a list; and not a hello, a thanks, a yes, a no or an insult,
# which nobody who was not understood would look for.
OFFERED = frozenset(
    {
        "done",
        "cannot",
        "later",
        "quit",
        "ask_repeat",
        "report_threat",
        "report_payment",
        "report_sent_more",
        "report_published",
        "report_fake_image",
        "report_known_author",
        "report_deadline",
        "report_impersonation",
        "report_evidence_lost",
        "report_for_other",
        "express_fear",
        "express_shame",
        "ask_parents",
        "ask_police",
        "ask_school",
        "ask_privacy",
        "ask_erase",
        "ask_bot",
        "ask_3018",
        "ask_will_publish",
        "ask_will_it_stop",
        "ask_pay",
        "ask_reply",
        "ask_screenshot",
        "ask_block_report",
        "ask_delete_account",
        "ask_take_down",
        "ask_refund",
        "ask_fake_image_law",
    }
)
# After the readings: something else, and always a person.
OTHERWISE = ("deny", "ask_human")
ANSWERS_TO_CHOICES = frozenset({"affirm", "deny"})


def useful(readings: Sequence[str]) -> tuple[str, ...]:
    """Keep the readings that a child may be offered; a person is offered in any case."""
    return tuple(one for one in readings if one in OFFERED or one == "ask_human")


def offer(turn: Turn, readings: Sequence[str], response: str) -> None:
    """Ask which of the readings is meant."""
    turn.dialogue["unsure"] = list(readings)
    choices = [*(one for one in readings if one not in OTHERWISE), *OTHERWISE]
    turn.say(response, offered=choices)


def gentle(turn: Turn) -> Danger | None:
    """Give the R1 that stands and has not been asked about: an idiom that the phrases have seen.

    It does not change what a message means, so it comes with what is known, not with the message.
    """
    known = turn.danger
    if known is None or known.level != "R1" or turn.said.get(f"{known.kind}_R1"):
        return None
    return known


def danger_in(readings: Sequence[str]) -> str | None:
    """Name the danger that may be meant."""
    return next((one for one in readings if one in crisis.FAMILIES), None)


def ask_gently(turn: Turn, kind: str) -> None:
    """Ask about a danger that may be meant, as about an R1: a number, one direct question.

    Asking does not plant the idea (facts.md 6.1). Nobody is called before the answer.
    """
    turn.crisis = True
    turn.dialogue["doubted"] = kind
    if kind == "danger_suicide":
        gentle = Danger(kind, "R1", turn.subject)
        turn.say(crisis.first_words(gentle))
        turn.say(crisis.question(gentle))
    else:
        turn.say(crisis.presence(turn.danger, times=1))
        turn.say(crisis.question(turn.danger))
    turn.ask("crisis_question")
    turn.hush()
