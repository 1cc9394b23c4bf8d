"""The points at which a process may die, so that tests can make it die exactly there.

`main` hands in `NOWHERE`, which does nothing; only the proofs hand in something else
(`tests/proof`). Not for: extending Relais, and nothing of what it does may depend on a hook.
"""

from enum import StrEnum
from typing import Protocol


class Hook(StrEnum):
    """Where somebody could pull the plug.

    At `out.before_request` it is still certain that nothing was asked for; from the note in the row
    on (`delivery_asked_at`) nobody can tell, as at `out.request_written`.

    `in`: a message of a child. `turn`: its answer. `out`: handing a message over. On the page that
    is the stream (`claimed`: read from the thread, `before_request` and `request_written`: around
    what is said to the child) and the page's word that it has shown it (`response_read`, `marked`).
    `callback`: the provider's report, and the same word of the page. `claim`: a counsellor takes
    over. `purge` and `rotate`: between two conversations; `rotate` also before the first and after
    the last.
    """

    in_before_commit = "in.before_commit"
    in_after_commit = "in.after_commit"
    turn_claimed = "turn.claimed"
    turn_bot_answered = "turn.bot_answered"
    turn_before_commit = "turn.before_commit"
    turn_after_commit = "turn.after_commit"
    out_claimed = "out.claimed"
    out_before_request = "out.before_request"
    out_request_written = "out.request_written"
    out_response_read = "out.response_read"
    out_marked = "out.marked"
    callback_before_commit = "callback.before_commit"
    claim_before_commit = "claim.before_commit"
    purge_mid = "purge.mid"
    rotate_mid = "rotate.mid"


class Hooks(Protocol):
    """What is told that a point has been reached."""

    async def at(self, hook: Hook) -> None:
        """Go on, or never return."""
        ...


class _Nowhere:
    async def at(self, hook: Hook) -> None:
        """Go on."""


NOWHERE: Hooks = _Nowhere()
