"""How long an account has to wait after wrong tries.

Pure, and by account: by address a whole helpline would be locked out together. Not for: what
counts as a wrong try.
"""

from datetime import timedelta

FREE_TRIES = 5
FIRST = timedelta(seconds=30)
LONGEST = timedelta(hours=1)


def wait_after(failed_tries: int) -> timedelta | None:
    """Return how long nobody may try after the n-th wrong try in a row; None for not at all."""
    over = failed_tries - FREE_TRIES
    if over < 0:
        return None
    # Doubling stops where it cannot matter any more, long before a number overflows.
    doubled: timedelta = FIRST * 2 ** min(over, 10)
    return min(doubled, LONGEST)
