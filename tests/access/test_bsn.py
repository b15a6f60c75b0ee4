import base64
import copy
import json
import os
import pickle
import stat
import traceback
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import stdnum.nl.bsn
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.access import bsn as bsns
from banenafspraak.access.bsn import Bsn, BsnError, SealError, SleutelbestandError
from tests.factories import bsn, numbers

CONTEXT = "register.persoon.bsn_verzegeld:1"
NINE_DIGITS = st.integers(0, 999_999_999).map(lambda n: f"{n:09d}")


@given(NINE_DIGITS)
def test_the_elfproef_agrees_with_another_implementation(text: str) -> None:
    assert bsns.is_valid(text) == (text != "000000000" and stdnum.nl.bsn.is_valid(text))


def test_the_range_for_made_up_people_holds_nine_thousand_numbers() -> None:
    assert len(numbers(100_000)) == 9_091


@pytest.mark.parametrize(
    "text", ["", "12345678", "1234567890", "00000000", "000000000", "99990000a", "٩٩٩٩٠٠٠٠٦", " 99990000", "9999.0000"]
)
def test_only_nine_plain_digits_can_be_a_bsn(text: str) -> None:
    assert not bsns.is_valid(text)


def test_every_single_wrong_digit_is_noticed() -> None:
    good = bsn(17).reveal()
    changed = [good[:i] + d + good[i + 1 :] for i in range(9) for d in "0123456789" if d != good[i]]
    assert not any(bsns.is_valid(text) for text in changed)


def test_a_bsn_does_not_show_itself() -> None:
    hidden, plain = bsn(3), bsn(3).reveal()
    shown = [
        str(hidden),
        repr(hidden),
        f"{hidden}",
        f"{hidden:>20}",
        repr([hidden]),
        repr({"a": hidden}),
    ]
    assert not any(plain in text for text in shown)


def test_a_bsn_cannot_leave_the_process_by_accident() -> None:
    with pytest.raises(TypeError):
        pickle.dumps(bsn())
    with pytest.raises(TypeError):
        copy.deepcopy(bsn())
    with pytest.raises(TypeError):
        json.dumps(bsn())


@pytest.mark.parametrize(
    "action", [Bsn.parse, lambda t: bsns.index(t, doel="register"), lambda t: bsns.seal(t, context="x")]
)
def test_a_refusal_does_not_repeat_the_number(action) -> None:
    wrong = bsn(5).reveal()[:-1] + str((int(bsn(5).reveal()[-1]) + 1) % 10)
    with pytest.raises(BsnError) as caught:
        action(wrong)
    assert wrong not in "".join(traceback.format_exception(caught.value))


def test_equal_numbers_have_equal_indexes_and_no_purpose_shares_one() -> None:
    assert bsns.index(bsn(1), doel="register") == bsns.index(bsn(1).reveal(), doel="register")
    indexes = {bsns.index(bsn(n), doel=doel) for n in range(50) for doel in ("register", "audit")}
    assert len(indexes) == 100
    assert {len(index) for index in indexes} == {32}


def test_a_sealed_number_opens_again_and_never_looks_the_same() -> None:
    sealed = [bsns.seal(bsn(2), context=CONTEXT) for _ in range(20)]
    assert len(set(sealed)) == 20
    assert {bsns.unseal(blob, context=CONTEXT) for blob in sealed} == {bsn(2).reveal()}
    assert {len(blob) for blob in sealed} == {bsns.SEALED_LENGTH}
    assert not any(bsn(2).reveal().encode() in blob for blob in sealed)


def test_a_sealed_number_does_not_open_in_another_row() -> None:
    blob = bsns.seal(bsn(2), context=CONTEXT)
    with pytest.raises(SealError):
        bsns.unseal(blob, context=CONTEXT + "0")


@given(place=st.integers(0, bsns.SEALED_LENGTH - 1), flip=st.integers(1, 255))
def test_every_changed_byte_is_noticed(place: int, flip: int) -> None:
    blob = bytearray(bsns.seal(bsn(2), context=CONTEXT))
    blob[place] ^= flip
    with pytest.raises(SealError):
        bsns.unseal(bytes(blob), context=CONTEXT)


@pytest.mark.parametrize("blob", [b"", b"\0" * 10, b"\0" * (bsns.SEALED_LENGTH + 1)])
def test_something_of_another_length_is_not_a_sealed_number(blob: bytes) -> None:
    with pytest.raises(SealError):
        bsns.unseal(blob, context=CONTEXT)
    with pytest.raises(SealError):
        bsns.rewrap(blob)


def test_a_new_kek_rewraps_without_touching_the_sealed_number(settings) -> None:
    old = bsns.seal(bsn(2), context=CONTEXT)
    add_key(settings.SLEUTELBESTAND, "kek", 2)
    new = bsns.rewrap(old)
    assert bsns.unseal(old, context=CONTEXT) == bsns.unseal(new, context=CONTEXT) == bsn(2).reveal()
    assert new[-37:] == old[-37:]
    remove_key(settings.SLEUTELBESTAND, "kek", 1)
    assert bsns.unseal(new, context=CONTEXT) == bsn(2).reveal()
    with pytest.raises(SealError, match="key file"):
        bsns.unseal(old, context=CONTEXT)


def test_a_new_index_key_is_used_and_the_old_one_stays_reachable(settings) -> None:
    old = bsns.index(bsn(2), doel="register")
    add_key(settings.SLEUTELBESTAND, "register", 2)
    assert bsns.index(bsn(2), doel="register") != old
    assert bsns.index(bsn(2), doel="register", versie=1) == old


@pytest.mark.parametrize("doel", ["register", "audit"])
def test_a_person_is_looked_up_under_every_key_of_the_purpose_newest_first(settings, doel) -> None:
    assert bsns.indexes(bsn(2), doel=doel) == (bsns.index(bsn(2), doel=doel),)
    add_key(settings.SLEUTELBESTAND, doel, 2)
    assert bsns.indexes(bsn(2), doel=doel) == (
        bsns.index(bsn(2), doel=doel, versie=2),
        bsns.index(bsn(2), doel=doel, versie=1),
    )


def test_work_that_holds_its_index_keys_does_not_change_keys_halfway(settings) -> None:
    held = bsns.indexer(doel="register")
    before = held.indexes(bsn(2))
    add_key(settings.SLEUTELBESTAND, "register", 2)
    assert (held.indexes(bsn(2)), held.versies) == (before, (1,))
    assert bsns.indexer(doel="register").versies == (2, 1)


def test_pseudonyms_are_stable_distinct_and_say_nothing(settings) -> None:
    people = np.array([int(text) for text in numbers(9_091)], dtype=np.uint64)
    first = bsns.meting_pseudoniemen(people)
    assert first.dtype == np.int64
    assert len(np.unique(first)) == len(people)
    assert not np.isin(first, people.astype(np.int64)).any()
    np.testing.assert_array_equal(first, bsns.meting_pseudoniemen(people.astype(np.int64)))
    np.testing.assert_array_equal(first[::-1], bsns.meting_pseudoniemen(people[::-1]))


def test_the_pseudonym_is_the_first_half_of_one_aes_block(settings) -> None:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    bsns.check_sleutels()
    key = base64.b64decode(read(settings.SLEUTELBESTAND)["sleutels"]["meting"]["1"])
    block = int(bsn(9).reveal()).to_bytes(8, "little") + b"meting01"
    encrypted = Cipher(algorithms.AES256(key), modes.ECB()).encryptor().update(block)
    expected = int.from_bytes(encrypted[:8], "little", signed=True)
    assert bsns.meting_pseudoniemen(np.array([int(bsn(9).reveal())], dtype=np.uint64)).tolist() == [expected]


def test_no_people_have_no_pseudonyms() -> None:
    assert bsns.meting_pseudoniemen(np.array([], dtype=np.uint64)).tolist() == []


def test_the_key_file_is_made_once_and_only_its_owner_can_read_it(settings) -> None:
    settings.SLEUTELBESTAND = settings.SLEUTELBESTAND.parent / "nieuw" / "sleutels.json"
    bsns.check_sleutels()
    before = settings.SLEUTELBESTAND.read_bytes()
    bsns.check_sleutels()
    assert settings.SLEUTELBESTAND.read_bytes() == before
    assert stat.S_IMODE(settings.SLEUTELBESTAND.stat().st_mode) == 0o600
    assert os.listdir(settings.SLEUTELBESTAND.parent) == ["sleutels.json"]


def test_many_that_make_the_key_file_at_once_end_up_with_the_same_keys(settings) -> None:
    with ThreadPoolExecutor(8) as pool:
        indexes = set(pool.map(lambda _: bsns.index(bsn(1), doel="register"), range(32)))
    assert len(indexes) == 1
    assert os.listdir(settings.SLEUTELBESTAND.parent) == ["sleutels.json"]


def test_productie_never_makes_a_key_file(settings) -> None:
    settings.OMGEVING = "productie"
    with pytest.raises(SleutelbestandError, match="bestaat niet"):
        bsns.check_sleutels()
    assert not settings.SLEUTELBESTAND.exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o660, 0o610])
def test_a_key_file_that_others_can_reach_is_refused_at_once(settings, mode: int) -> None:
    bsns.check_sleutels()
    settings.SLEUTELBESTAND.chmod(mode)
    with pytest.raises(SleutelbestandError, match="chmod 600"):
        bsns.index(bsn(1), doel="register")


@pytest.mark.parametrize(
    "damage",
    [
        lambda keys: "geen json",
        lambda keys: "[]",
        lambda keys: json.dumps({"sleutels": {}}),
        lambda keys: json.dumps({"sleutels": keys | {"kek": {}}}),
        lambda keys: json.dumps({"sleutels": keys | {"kek": {"1": "AAAA"}}}),
        lambda keys: json.dumps({"sleutels": keys | {"kek": {"0": keys["kek"]["1"]}}}),
        lambda keys: json.dumps({"sleutels": keys | {"kek": {"een": keys["kek"]["1"]}}}),
        lambda keys: json.dumps({"sleutels": keys | {"kek": {"1": keys["kek"]["1"][:-2] + "!!"}}}),
        lambda keys: json.dumps({"sleutels": keys | {"kek": keys["meting"]}}),
    ],
)
def test_a_damaged_key_file_is_refused_without_repeating_a_key(settings, damage) -> None:
    bsns.check_sleutels()
    keys = read(settings.SLEUTELBESTAND)["sleutels"]
    settings.SLEUTELBESTAND.write_text(damage(keys), encoding="utf-8")
    with pytest.raises(SleutelbestandError) as caught:
        bsns.check_sleutels()
    text = "".join(traceback.format_exception(caught.value))
    assert not any(key[:-4] in text for versions in keys.values() for key in versions.values())


def test_a_folder_is_not_a_key_file(settings) -> None:
    settings.SLEUTELBESTAND.mkdir(mode=0o700)
    with pytest.raises(SleutelbestandError, match="gewoon bestand"):
        bsns.check_sleutels()


def test_keys_do_not_show_in_a_representation(settings) -> None:
    bsns.check_sleutels()
    key = base64.b64decode(read(settings.SLEUTELBESTAND)["sleutels"]["meting"]["1"])
    assert repr(key) not in repr(bsns._sleutels())


def read(pad: Path) -> dict:
    return json.loads(pad.read_text(encoding="utf-8"))


def write(pad: Path, inhoud: dict) -> None:
    draft = pad.with_suffix(".draft")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(inhoud), encoding="utf-8")
    draft.replace(pad)


def add_key(pad: Path, doel: str, versie: int) -> None:
    inhoud = read(pad)
    inhoud["sleutels"][doel][str(versie)] = base64.b64encode(os.urandom(32)).decode()
    write(pad, inhoud)


def remove_key(pad: Path, doel: str, versie: int) -> None:
    inhoud = read(pad)
    del inhoud["sleutels"][doel][str(versie)]
    write(pad, inhoud)


@pytest.mark.parametrize("written", ["999990019", "9999.90.019", "9999 90 019", "999-990-019"])
def test_a_number_in_a_text_can_be_hidden(written: str) -> None:
    assert bsns.hide(f"bsn={written}; x") == "bsn=*********; x"


@pytest.mark.parametrize("other", ["999990018", "1999990019", "9999900190", "2026-11-25", "0612345678", "GM0402"])
def test_another_number_is_not_hidden(other: str) -> None:
    assert bsns.hide(f"x {other}.") == f"x {other}."
