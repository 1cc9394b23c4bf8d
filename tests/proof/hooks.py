"""What the proofs hand in as hooks: a process that dies, or stops, at a given point.

Not for: choosing the point or judging what is left.
"""

import asyncio
import os
import signal
from dataclasses import dataclass

from api.hooks import Hook

# What has been written to a socket leaves the machine also without us; it needs a moment to.
_UNTIL_WRITTEN = 0.03


@dataclass
class Fatal:
    """Sends this very process a signal when `hook` is reached for the `nth` time from now."""

    hook: Hook | None = None
    nth: int = 1
    number: signal.Signals = signal.SIGKILL

    def arm(self, hook: Hook, nth: int, number: signal.Signals) -> None:
        self.hook, self.nth, self.number = hook, nth, number

    async def at(self, hook: Hook) -> None:
        """Die or stop here, if it is here."""
        if hook is not self.hook:
            return
        self.nth -= 1
        if self.nth > 0:
            return
        self.hook = None
        if hook is Hook.out_request_written:
            await asyncio.sleep(_UNTIL_WRITTEN)
        os.kill(os.getpid(), self.number)
