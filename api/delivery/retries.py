"""When a refused message is tried again.

Pure. Not for: which refusals can be retried; the channel that knows its provider says so.
"""

from datetime import timedelta

MOST_ATTEMPTS = 6
FIRST = timedelta(seconds=2)
LONGEST = timedelta(minutes=5)


def wait_after(attempts: int, spread: float) -> timedelta | None:
    """Return how long to wait after the n-th refused attempt; None to give up.

    `spread` between 0 and 1, drawn by the caller, keeps many messages from trying at once.
    """
    if attempts >= MOST_ATTEMPTS:
        return None
    wait: timedelta = min(FIRST * 2 ** (attempts - 1), LONGEST)
    return wait * (0.5 + spread / 2)
