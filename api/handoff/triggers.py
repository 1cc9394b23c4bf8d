"""When a person is asked for.

Pure. Source: understanding.md, danger levels. A danger of R2 or R3 always asks for a person; R1
alone does not. Not for: putting anybody into the queue (`service.py`).
"""

from api.conversation.holder import Reason


def reasons(*, level: str | None, bot_asks: str | None, bot_failed: bool) -> tuple[Reason, ...]:
    """Return why a person is to be asked for now, if at all.

    `level`: danger level seen now. `bot_asks`: the reason in the bot's handoff. A reason that we do
    not know still asks for a person: failing towards people.
    """
    found = []
    if level in ("R2", "R3"):
        found.append(Reason.danger)
    if bot_asks is not None:
        found.append(Reason(bot_asks) if bot_asks in set(Reason) else Reason.asked)
    if bot_failed:
        found.append(Reason.bot_failed)
    return tuple(dict.fromkeys(found))
