"""When a message is tried again, and when it is of no use any more.

Pure. Not for: which refusals can be retried; the channel that knows its provider says so.
"""

from datetime import timedelta

from api.channels.messages import Author

FIRST = timedelta(seconds=2)
LONGEST = timedelta(minutes=5)
_MOST_DOUBLINGS = 8

# What a program says is stale within minutes: the child has read on or written again. A person's
# words are waited for.
_OF_USE = {
    Author.bot: timedelta(minutes=10),
    Author.system: timedelta(minutes=10),
    Author.counsellor: timedelta(minutes=60),
}


def wait_after(attempts: int, spread: float) -> timedelta:
    """Return how long to wait after the n-th attempt.

    `spread` between 0 and 1, drawn by the caller, keeps many messages from trying at once.
    """
    doublings = min(attempts - 1, _MOST_DOUBLINGS)
    wait: timedelta = min(FIRST * 2**doublings, LONGEST)
    return wait * (0.5 + spread / 2)


def of_use(author: Author, age: timedelta) -> bool:
    """Say whether a message that was written `age` ago still helps whoever gets it now."""
    return age < _OF_USE[author]
