"""The seal: what was altered, moved or closed with another key does not open."""

from dataclasses import replace
from secrets import token_bytes
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.vault.keys import Keys
from api.vault.sealing import KeyNotHeldError, Place, SealBrokenError, Vault

HERE = Place("message", "body", "1")
OURS = UUID(int=1)


def a_vault(current: int = 1) -> Vault:
    return Vault(Keys(current, {1: token_bytes(32), 2: token_bytes(32)}, token_bytes(32)))


VAULT = a_vault()
KEY, WRAPPED = VAULT.new_data_key(OURS)


@pytest.mark.parametrize(
    "elsewhere",
    [
        replace(HERE, table="fact"),
        replace(HERE, column="address"),
        replace(HERE, row="2"),
        Place("messagebody", "", "1"),
        Place("message", "body1", ""),
    ],
)
def test_what_was_moved_does_not_open(elsewhere: Place) -> None:
    with pytest.raises(SealBrokenError):
        KEY.unseal(elsewhere, KEY.seal(HERE, "slt"))


def test_what_was_moved_to_another_conversation_does_not_open() -> None:
    other, _ = VAULT.new_data_key(uuid4())
    with pytest.raises(SealBrokenError):
        other.unseal(HERE, KEY.seal(HERE, "slt"))


def test_another_conversation_s_wrapped_key_does_not_open_here() -> None:
    with pytest.raises(SealBrokenError):
        VAULT.data_key(uuid4(), 1, WRAPPED.closed)


def test_another_version_or_vault_does_not_open_a_wrapped_key() -> None:
    for vault, version in ((VAULT, 2), (a_vault(), 1)):
        with pytest.raises(SealBrokenError):
            vault.data_key(OURS, version, WRAPPED.closed)


def test_what_no_key_of_ours_has_closed_is_not_called_broken() -> None:
    with pytest.raises(KeyNotHeldError):
        VAULT.data_key(OURS, 3, WRAPPED.closed)


def test_what_was_wrapped_for_another_owner_does_not_open() -> None:
    wrapped = VAULT.wrap("staff:1", b"secret").closed
    with pytest.raises(SealBrokenError):
        VAULT.unwrap("staff:2", 1, wrapped)
    assert VAULT.unwrap("staff:1", 1, wrapped) == b"secret"


@given(st.text(max_size=60), st.data())
def test_one_flipped_bit_breaks_the_seal(text: str, data: st.DataObject) -> None:
    sealed = bytearray(KEY.seal(HERE, text))
    place = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[place // 8] ^= 1 << place % 8
    with pytest.raises(SealBrokenError):
        KEY.unseal(HERE, bytes(sealed))


@given(st.binary(max_size=40))
def test_anything_else_is_no_seal(sealed: bytes) -> None:
    with pytest.raises(SealBrokenError):
        KEY.unseal(HERE, sealed)


def test_a_broken_seal_tells_nothing_of_its_content() -> None:
    with pytest.raises(SealBrokenError) as raised:
        KEY.unseal(replace(HERE, row="2"), KEY.seal(HERE, "slt"))
    assert "slt" not in repr(raised.value)
    assert "slt" not in repr(KEY)


@given(st.text(max_size=2000))
def test_what_was_sealed_opens_in_its_place(text: str) -> None:
    assert VAULT.data_key(OURS, 1, WRAPPED.closed).unseal(HERE, KEY.seal(HERE, text)) == text


@given(st.text(min_size=4, max_size=60))
def test_a_seal_shows_no_word_and_is_never_the_same_twice(text: str) -> None:
    sealed = KEY.seal(HERE, text)
    assert text.encode() not in sealed
    assert sealed != KEY.seal(HERE, text)


def test_an_older_wrapping_key_still_opens_what_it_closed() -> None:
    keys = Keys(1, {1: token_bytes(32), 2: token_bytes(32)}, token_bytes(32))
    key, wrapped = Vault(keys).new_data_key(OURS)
    rotated = Vault(replace(keys, current=2))
    assert rotated.new_data_key(OURS)[1].version == 2
    assert rotated.data_key(OURS, 1, wrapped.closed).unseal(HERE, key.seal(HERE, "slt")) == "slt"


def test_a_look_up_hash_is_found_again_by_its_kind_and_its_key_only() -> None:
    phone = VAULT.lookup("phone", "+33639980101")
    assert phone == VAULT.lookup("phone", "+33639980101")
    others = (
        VAULT.lookup("code", "+33639980101"),
        VAULT.lookup("phone", "+33639980102"),
        a_vault().lookup("phone", "+33639980101"),
    )
    assert phone not in others
