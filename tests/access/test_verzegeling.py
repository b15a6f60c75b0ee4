import pytest

from banenafspraak.access import bsn as bsns
from banenafspraak.access import verzegeling
from banenafspraak.access.verzegeling import SealError
from tests.factories import bsn


@pytest.mark.parametrize("content", [b"", b"x", b"\x00" * 1_000_000])
def test_what_was_sealed_opens_again(content) -> None:
    assert verzegeling.unseal_bytes(verzegeling.seal_bytes(content, context="a"), context="a") == content


def test_a_text_opens_again_in_any_language() -> None:
    assert verzegeling.unseal_text(verzegeling.seal_text("Żółć, تقرير", context="a"), context="a") == "Żółć, تقرير"


def test_the_same_text_is_sealed_differently_each_time() -> None:
    assert verzegeling.seal_text("x", context="a") != verzegeling.seal_text("x", context="a")


def test_it_does_not_open_in_another_row() -> None:
    with pytest.raises(SealError):
        verzegeling.unseal_text(verzegeling.seal_text("x", context="a:1"), context="a:2")


@pytest.mark.parametrize("place", [0, 5, 40, 70, -1])
def test_a_changed_byte_is_noticed(place) -> None:
    blob = bytearray(verzegeling.seal_bytes(b"inhoud", context="a"))
    blob[place] ^= 1
    with pytest.raises(SealError):
        verzegeling.unseal_bytes(bytes(blob), context="a")


@pytest.mark.parametrize("length", [0, 10, 63, 64, 80])
def test_what_was_cut_off_does_not_open(length) -> None:
    with pytest.raises(SealError):
        verzegeling.unseal_bytes(verzegeling.seal_bytes(b"", context="a")[:length], context="a")


def test_a_sealed_bsn_and_a_sealed_text_are_never_taken_for_each_other() -> None:
    with pytest.raises(SealError):
        verzegeling.unseal_text(bsns.seal(bsn(), context="a"), context="a")
    with pytest.raises(SealError):
        bsns.unseal(verzegeling.seal_text(bsn().reveal(), context="a"), context="a")


def test_a_new_envelope_leaves_the_content_alone() -> None:
    blob = verzegeling.seal_text("x", context="a")
    assert verzegeling.unseal_text(verzegeling.rewrap(blob), context="a") == "x"
