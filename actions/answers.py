"""Which response answers what the child asks or tells.

Not for: words, and not for moves ("oui", "c'est fait"), whose meaning hangs on what was asked.
"""

from actions.turn import Turn

# Answers that read otherwise when a friend, a parent or a teacher writes.
FOR_OTHER = frozenset(
    {
        "report_threat",
        "report_payment",
        "report_sent_more",
        "report_published",
        "report_fake_image",
        "report_known_author",
        "report_deadline",
        "report_impersonation",
        "report_evidence_lost",
        "express_fear",
        "express_shame",
        "ask_parents",
        "ask_school",
        "ask_police",
        "ask_pay",
        "ask_reply",
        "ask_refund",
        "ask_screenshot",
        "ask_block_report",
        "ask_delete_account",
        "ask_take_down",
    }
)
# Answers that name the 3018, and must say so when it is closed.
BY_HOURS = frozenset({"report_published", "ask_3018"})


# Named like questions, but a person or the step just said is the answer.
ELSEWHERE = frozenset({"ask_human", "ask_repeat"})


def response_to(intent: str, *, for_other: bool, line_open: bool) -> str:
    """Name the response that answers an intent."""
    if for_other and intent in FOR_OTHER:
        return f"utter_{intent}_other"
    if intent in BY_HOURS and not line_open:
        return f"utter_{intent}_closed"
    return f"utter_{intent}"


def is_answerable(intent: str) -> bool:
    """Whether the intent has an answer in itself."""
    return intent.startswith(("ask_", "report_", "express_")) and intent not in ELSEWHERE


def answer(turn: Turn, intent: str) -> None:
    """Say the answer to an intent."""
    open_now = turn.line_open("3018")
    turn.say(response_to(intent, for_other=turn.for_other, line_open=open_now))
