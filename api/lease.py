"""How long a piece of due work belongs to the worker that took it.

Short, and renewed for as long as the worker lives and does not hang: what a dead one left behind is
taken up within seconds. A worker that was paused past its lease finds that its token has passed on,
and writes nothing. Not for: the tokens, which stand in the rows (`turn_token`, `delivery_token`).
"""

from datetime import timedelta

LASTS = timedelta(seconds=2)
# Three renewals may be missed, by a busy loop or a locked row, before anybody else takes it.
RENEWED_EVERY = LASTS / 4
# Longer than any work takes: the provider looked through, a wait for the database and a request at
# ten seconds each, or a turn with its retries. What hangs is taken up by somebody else.
LONGEST = timedelta(seconds=40)
