"""When a message is tried again, and when it is of no use any more."""

from datetime import timedelta
from itertools import pairwise

import pytest

from api.channels.messages import Author
from api.delivery.retries import LONGEST, of_use, wait_after


@pytest.mark.parametrize(("author", "minutes"), [(Author.bot, 10), (Author.counsellor, 60)])
def test_a_message_is_of_use_for_its_time(author: Author, minutes: int) -> None:
    assert not of_use(author, timedelta(minutes=minutes))
    assert of_use(author, timedelta(minutes=minutes, seconds=-1))


def test_the_waits_grow_to_five_minutes_and_no_further() -> None:
    waits = [wait_after(attempts, 1) for attempts in range(1, 100)]
    assert waits[0] == timedelta(seconds=2)
    assert all(earlier <= later for earlier, later in pairwise(waits))
    assert waits[-1] == LONGEST == timedelta(minutes=5)


def test_the_spread_takes_off_half_at_most() -> None:
    assert wait_after(3, 0) == wait_after(3, 1) / 2
