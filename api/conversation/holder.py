"""Who holds a conversation: one holder, and every edge between holders in one table.

Pure. Not for: who may ask for an edge (the desk's permissions) or what is said at it.
"""

from enum import StrEnum


class Holder(StrEnum):
    """Whose turn it is to answer. In `waiting` a person is asked for and the bot stays."""

    with_bot = "with_bot"
    waiting = "waiting"
    with_counsellor = "with_counsellor"
    closed = "closed"


class Reason(StrEnum):
    """Why a person is asked for; several may hold together. `late`: a message was found late."""

    asked = "asked"
    danger = "danger"
    bot_failed = "bot_failed"
    not_understood = "not_understood"
    returned = "returned"
    late = "late"


class Move(StrEnum):
    """What can happen to a holder.

    `declined`: the child needs nobody any more. `handed_back`: the counsellor gives it back to the
    queue. `returned`: the counsellor gives it to the bot. `taken_over`: a colleague takes it from a
    counsellor who is not there any more. `expired`: 72 h without a word. `lost`: its key does not
    open, and the next one goes on with its danger and a person asked for.
    """

    person_asked = "person_asked"
    claimed = "claimed"
    taken_over = "taken_over"
    declined = "declined"
    handed_back = "handed_back"
    returned = "returned"
    closed = "closed"
    expired = "expired"
    lost = "lost"


EDGES: dict[tuple[Holder, Move], Holder] = {
    (Holder.with_bot, Move.person_asked): Holder.waiting,
    (Holder.with_bot, Move.claimed): Holder.with_counsellor,
    (Holder.with_bot, Move.expired): Holder.closed,
    (Holder.with_bot, Move.lost): Holder.closed,
    (Holder.waiting, Move.person_asked): Holder.waiting,
    (Holder.waiting, Move.claimed): Holder.with_counsellor,
    (Holder.waiting, Move.declined): Holder.with_bot,
    (Holder.waiting, Move.expired): Holder.closed,
    (Holder.waiting, Move.lost): Holder.closed,
    (Holder.with_counsellor, Move.person_asked): Holder.with_counsellor,
    (Holder.with_counsellor, Move.taken_over): Holder.with_counsellor,
    (Holder.with_counsellor, Move.handed_back): Holder.waiting,
    (Holder.with_counsellor, Move.returned): Holder.with_bot,
    (Holder.with_counsellor, Move.closed): Holder.closed,
    (Holder.with_counsellor, Move.expired): Holder.closed,
    (Holder.with_counsellor, Move.lost): Holder.closed,
}

# While R2 or R3 is open a person stays asked for: neither the child's "non c bon" nor a counsellor
# can leave the child alone, with the bot or in a closed conversation, before a person has lowered
# the danger. Only days of silence can (`expired`); where one is lost, the danger is the next one's.
KEEPS_A_PERSON = frozenset({Move.declined, Move.returned, Move.closed})


class MoveRefusedError(Exception):
    """The table has no such edge, or an open danger forbids it."""

    def __init__(self, holder: Holder, move: Move) -> None:
        super().__init__(f"{move} is not possible from {holder}")
        self.holder = holder
        self.move = move


def after(holder: Holder, move: Move, *, danger_open: bool) -> Holder:
    """Return the holder after `move`. Raises `MoveRefusedError` where there is no such edge.

    `danger_open`: a danger of level R2 or R3 has been seen and no person has lowered it.
    """
    target = EDGES.get((holder, move))
    if target is None or (danger_open and move in KEEPS_A_PERSON):
        raise MoveRefusedError(holder, move)
    return target


def answers_itself(holder: Holder) -> bool:
    """Say whether the program answers the child while `holder` holds."""
    return holder in (Holder.with_bot, Holder.waiting)
