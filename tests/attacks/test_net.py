"""The net of attacks.canary: every disguise in which a number was ever hidden is seen through, and chance is not."""

import base64
import gzip
import hashlib
import io
import os
import pickle
import random
import zipfile
import zlib

import pytest

from attacks.canaries.numbers import Flock, Net

NUMBER, OTHER = "999990019", "999990032"
DIGITS = NUMBER.encode()


@pytest.fixture(scope="module")
def net() -> Net:
    return Net([NUMBER, OTHER])


def _zip() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", f"<text>{NUMBER}</text>")
    return held.getvalue()


DISGUISES = {
    "digits": b"x" + DIGITS + b"y",
    "spaces": b"9999 90 019",
    "dots": b"9999.90.019",
    "leading zeros": b"000" + DIGITS,
    "URL": b"q=9999%2090%20019",
    "URL of digits": "".join(f"%{ord(c):02x}" for c in NUMBER).encode(),
    "UTF-16 little endian": NUMBER.encode("utf-16-le"),
    "UTF-16 big endian": NUMBER.encode("utf-16-be"),
    "UTF-32": NUMBER.encode("utf-32"),
    "entities": "".join(f"&#{ord(c)};" for c in NUMBER).encode(),
    "hex": DIGITS.hex().encode(),
    "base64": base64.b64encode(DIGITS),
    "base64, one byte later": base64.b64encode(b"a" + DIGITS + b"bc"),
    "base64, two bytes later": base64.b64encode(b"ab" + DIGITS + b"cd"),
    "base64 for an address": base64.urlsafe_b64encode(b"\xff\xfe" + DIGITS),
    "int64 little endian": b"\x01" + int(NUMBER).to_bytes(8, "little"),
    "int64 big endian": int(NUMBER).to_bytes(8, "big"),
    "pickle": pickle.dumps({"n": int(NUMBER)}),
    "hash": hashlib.sha256(DIGITS).hexdigest().encode(),
    "hash as bytes": hashlib.sha256(DIGITS).digest(),
    "gzip": gzip.compress(DIGITS),
    "zlib": b"head" + zlib.compress(b"a number: " + DIGITS),
    "zip": _zip(),
    "a session: zlib in base64": b"." + base64.urlsafe_b64encode(zlib.compress(b'{"a": "' + DIGITS + b'"}')) + b":x:y",
}


@pytest.mark.parametrize("data", DISGUISES.values(), ids=list(DISGUISES))
def test_a_number_is_found_in_any_disguise(net: Net, data: bytes) -> None:
    assert set(net.find(data)) == {NUMBER}


@pytest.mark.parametrize("data", [b"0.999990019", b"1999990019", b"9999900190", b"999990018", b"9999 90 01 9x"[:10]])
def test_something_that_looks_like_a_number_is_none(net: Net, data: bytes) -> None:
    assert net.find(data) == {}


def test_random_bytes_hold_no_number(net: Net) -> None:
    assert net.find(random.Random(1).randbytes(300_000)) == {}


def test_integers_of_four_bytes_count_when_they_are_more_than_chance() -> None:
    numbers = [NUMBER, OTHER]
    net, noise = Net(numbers), os.urandom(100_000)
    leaked = b"".join(int(NUMBER).to_bytes(4, "little") for _ in range(20))

    assert net.too_many_int32([noise], numbers) == 0
    assert net.too_many_int32([noise, leaked], numbers) == 20


def test_a_number_says_where_it_was_typed() -> None:
    flock = Flock.hatch([str(n) for n in range(999_900_000, 999_900_100)], 1, people=10)
    number = flock.type_in("the form of the check, field code")

    assert flock.came_from(number) == "the form of the check, field code"
    assert number not in flock.people
    assert flock.came_from(flock.residents[0]) == "a person in the register"
