"""The table of holders: what is not in it does not happen."""

from itertools import product

import pytest

from api.conversation.holder import (
    EDGES,
    KEEPS_A_PERSON,
    Holder,
    Move,
    MoveRefusedError,
    after,
    answers_itself,
)


@pytest.mark.parametrize(("holder", "move"), sorted(set(product(Holder, Move)) - EDGES.keys()))
def test_what_is_not_in_the_table_is_refused(holder: Holder, move: Move) -> None:
    for danger_open in (False, True):
        with pytest.raises(MoveRefusedError) as refused:
            after(holder, move, danger_open=danger_open)
        assert (refused.value.holder, refused.value.move) == (holder, move)


def test_nothing_leaves_closed() -> None:
    assert not [edge for edge in EDGES if edge[0] is Holder.closed]


def test_an_open_danger_keeps_a_person() -> None:
    for holder, move in EDGES:
        if move in KEEPS_A_PERSON:
            assert after(holder, move, danger_open=False) in (Holder.with_bot, Holder.closed)
            with pytest.raises(MoveRefusedError):
                after(holder, move, danger_open=True)


def test_no_edge_to_the_bot_in_an_open_danger() -> None:
    to_bot = {move for edge, target in EDGES.items() for move in edge[1:] if target == "with_bot"}
    assert to_bot < KEEPS_A_PERSON


def test_only_silence_or_a_lost_key_closes_an_open_danger() -> None:
    ending = {move for edge, target in EDGES.items() for move in edge[1:] if target == "closed"}
    assert ending - KEEPS_A_PERSON == {Move.expired, Move.lost}


def test_only_a_claim_brings_a_person() -> None:
    bringing = {
        move
        for (holder, move), target in EDGES.items()
        if target is Holder.with_counsellor and holder is not Holder.with_counsellor
    }
    assert bringing == {Move.claimed}
    assert (Holder.with_counsellor, Move.claimed) not in EDGES


def test_only_a_counsellor_is_taken_over_from() -> None:
    taken = {edge: target for edge, target in EDGES.items() if edge[1] is Move.taken_over}
    assert taken == {(Holder.with_counsellor, Move.taken_over): Holder.with_counsellor}


def test_who_answers_itself() -> None:
    answering = {holder for holder in Holder if answers_itself(holder)}
    assert answering == {Holder.with_bot, Holder.waiting}
