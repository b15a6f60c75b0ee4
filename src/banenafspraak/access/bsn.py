"""The only place where a BSN is read, hidden, found back or turned into a pseudonym.

A BSN has so few possible values that a plain hash of it is no protection; everything here hangs on keys that live in
a file outside the database (or, later, in a key service):

* `index` (to write) and `indexes` (to look up, under every key that is in use) find a person without knowing the
  number: HMAC-SHA-256, one key per purpose, so that tables of different purposes cannot be joined.
* `seal` and `unseal` keep the number itself: AES-256-GCM under a data key of its own, which is wrapped by the key
  encryption key (KEK). A new KEK re-wraps the data keys and leaves the sealed number alone. The context (which row,
  which column) is authenticated, so that a sealed number cannot be moved to another row.
* `meting_pseudoniemen` names persons in the counting: a one-way use of AES for whoever lacks that key.

Every key has a version, and everything made with it carries that version, so that keys can be replaced online.
"""

import base64
import binascii
import hashlib
import hmac
import json
import os
import re
import secrets
import stat
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

import numpy as np
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

Doel = Literal["register", "audit"]

_WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)
_TEST_PREFIX = "9999"

# What is stored: format, KEK version, nonce of the wrap, wrapped data key, nonce of the number, sealed number.
_FORMAT = 1
_HEADER = struct.Struct(">BH")
_NONCE = 12
_WRAPPED = 32 + 16
ENVELOPE: Final = _HEADER.size + _NONCE + _WRAPPED
"""The length of the envelope that anything sealed begins with."""
SEALED_LENGTH: Final = ENVELOPE + _NONCE + 9 + 16

_METING_TAG = np.frombuffer(b"meting01", dtype="<u8")[0]


class BsnError(ValueError):
    """A text is not a BSN. The message never contains the text."""


class SealError(Exception):
    """A sealed BSN could not be opened: damaged, moved to another row, or made with a key that is not here."""


class SleutelbestandError(Exception):
    """The key file is missing, unreadable, or readable by others. The message never contains a key."""


def is_valid(text: str) -> bool:
    """Whether the text is nine digits that pass the elfproef (weights 9..2 and -1, sum divisible by eleven)."""
    if len(text) != 9 or not text.isascii() or not text.isdigit() or text == "000000000":
        return False
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text, strict=True)) % 11 == 0


_NINE_DIGITS = re.compile(r"(?<!\d)(?:\d{9}|\d{4}([ .-])\d{2}\1\d{3}|\d{3}([ .-])\d{3}\2\d{3})(?!\d)")


def hide(text: str) -> str:
    """The text with asterisks for every number in it that could be a BSN: what passes the elfproef, also in groups."""

    def replaced(match: re.Match[str]) -> str:
        digits = "".join(c for c in match.group() if c.isdigit())
        return "*" * 9 if is_valid(digits) else match.group()

    return _NINE_DIGITS.sub(replaced, text)


def occurs_in(text: str) -> bool:
    """Whether the text holds a number that could be a BSN, for a text that is kept unsealed."""
    return hide(text) != text


@dataclass(frozen=True, slots=True)
class Bsn:
    """A BSN on its way through the system; its text appears nowhere unless asked for with `reveal`."""

    _text: str = field(repr=False)

    @classmethod
    def parse(cls, text: str) -> "Bsn":
        """Raises `BsnError` unless the text is nine digits that pass the elfproef."""
        if not is_valid(text):
            raise BsnError("een BSN heeft negen cijfers en voldoet aan de elfproef")
        return cls(text)

    @property
    def is_test(self) -> bool:
        """Whether this is one of the numbers kept for made-up people (9999xxxxx)."""
        return self._text.startswith(_TEST_PREFIX)

    def reveal(self) -> str:
        """The nine digits."""
        return self._text

    def __str__(self) -> str:
        return "Bsn(verborgen)"

    def __repr__(self) -> str:
        return "Bsn(verborgen)"

    def __format__(self, spec: str) -> str:
        return "Bsn(verborgen)"

    def __reduce__(self) -> str:
        raise TypeError("a BSN is not pickled: it would leave the process in plain")


def index(bsn: "Bsn | str", *, doel: Doel, versie: int | None = None) -> bytes:
    """The 32 bytes under which a person is found: HMAC-SHA-256 under the newest key of that purpose, or of `versie`.

    Raises `BsnError` for a text that is not a BSN.
    """
    sleutels = _sleutels().indexen[doel]
    number = max(sleutels) if versie is None else versie
    return _hmac(sleutels[number], number, _digits(bsn))


def indexes(bsn: "Bsn | str", *, doel: Doel) -> tuple[bytes, ...]:
    """The indexes of a person under every key of that purpose, the newest first: whoever looks somebody up uses these.

    While keys are being replaced a row carries the newest index or the one before it; a row of the logboek keeps the
    index it was written with for ever. Raises `BsnError` for a text that is not a BSN.
    """
    return indexer(doel=doel).indexes(bsn)


@dataclass(frozen=True)
class Indexer:
    """The index keys of one purpose as they are now, for work that must not change keys halfway (an import)."""

    _sleutels: Mapping[int, bytes] = field(repr=False)

    @property
    def versies(self) -> tuple[int, ...]:
        """The versions of the keys, the newest first."""
        return tuple(sorted(self._sleutels, reverse=True))

    def indexes(self, bsn: "Bsn | str") -> tuple[bytes, ...]:
        """As the function of this name, under these keys."""
        digits = _digits(bsn)
        return tuple(_hmac(self._sleutels[versie], versie, digits) for versie in self.versies)


def indexer(*, doel: Doel) -> Indexer:
    """The index keys of this purpose as they are now."""
    return Indexer(_sleutels().indexen[doel])


def newest_register_versie() -> int:
    """The version of the key under which `index(..., doel="register")` writes."""
    return max(_sleutels().indexen["register"])


@dataclass(frozen=True)
class Keyer:
    """Finds back what must not stand in plain and is no BSN of a person in a table of persons: see `keyer`."""

    _sleutels: tuple[bytes, ...] = field(repr=False)

    def indexes(self, text: str) -> tuple[bytes, ...]:
        """The 32 bytes under which the text is kept: the newest key first, to write with, and all to look up with."""
        message = text.encode()
        return tuple(hmac.digest(sleutel, message, "sha256") for sleutel in self._sleutels)


def keyer(tag: str) -> Keyer:
    """HMAC-SHA-256 under keys of their own for each `tag`: an employer's number, a code, a person as an employer sees.

    They are derived from the keys of the audit index, which are kept for ever. Values of different tags cannot be
    joined to each other, nor to the register or the logboek.
    """
    sleutels = _sleutels().indexen["audit"]
    return Keyer(tuple(_derived(sleutels[versie], tag) for versie in sorted(sleutels, reverse=True)))


def keyed(text: str, *, tag: str) -> tuple[bytes, ...]:
    """The indexes of one text under the keys of that tag, as `Keyer.indexes`."""
    return keyer(tag).indexes(text)


@lru_cache(maxsize=64)
def _derived(sleutel: bytes, tag: str) -> bytes:
    return hmac.digest(sleutel, b"afgeleid|" + tag.encode(), "sha256")


def seal(bsn: "Bsn | str", *, context: str) -> bytes:
    """The sealed BSN, `SEALED_LENGTH` bytes, different each time. `context` names the row and column it is for."""
    digits = _digits(bsn)
    envelope, data_key = new_data_key()
    nonce = secrets.token_bytes(_NONCE)
    return b"".join((envelope, nonce, AESGCM(data_key).encrypt(nonce, digits, _aad(context))))


def unseal(blob: bytes | memoryview, *, context: str) -> str:
    """The nine digits inside `seal(..., context=context)`. Raises `SealError` for anything else."""
    return _open(_sleutels(), bytes(blob), context).decode("ascii")


def rewrap(blob: bytes | memoryview) -> bytes:
    """The same sealed BSN or content with its data key wrapped by the newest KEK; what is sealed is not opened."""
    blob = bytes(blob)
    return rewrapper()(blob[:ENVELOPE]) + blob[ENVELOPE:]


def rewrapper() -> Callable[[bytes], bytes]:
    """What gives an envelope (the first `ENVELOPE` bytes of anything sealed) anew under the newest KEK.

    With the keys as they are now, for many: what is sealed may be large, and need not come along.
    """
    sleutels = _sleutels()
    kek, header = sleutels.keks[sleutels.kek_versie], _HEADER.pack(_FORMAT, sleutels.kek_versie)

    def rewrap(envelope: bytes) -> bytes:
        data_key, nonce = _unwrap(sleutels, envelope), secrets.token_bytes(_NONCE)
        return b"".join((header, nonce, kek.encrypt(nonce, data_key, header)))

    return rewrap


def kek_versies() -> tuple[int, ...]:
    """The versions of the KEK that are in the key file, the newest first."""
    return tuple(sorted(_sleutels().keks, reverse=True))


def new_data_key() -> tuple[bytes, bytes]:
    """The envelope of something to seal, and the data key in it: 32 random bytes, wrapped by the newest KEK."""
    sleutels = _sleutels()
    header = _HEADER.pack(_FORMAT, sleutels.kek_versie)
    data_key, nonce = secrets.token_bytes(32), secrets.token_bytes(_NONCE)
    return b"".join((header, nonce, sleutels.keks[sleutels.kek_versie].encrypt(nonce, data_key, header))), data_key


def open_envelope(blob: bytes) -> tuple[bytes, bytes]:
    """The data key of a sealed blob, and what stands behind the envelope. Raises `SealError`."""
    return _unwrap(_sleutels(), blob[:ENVELOPE]), blob[ENVELOPE:]


def meting_pseudoniemen(bsns: np.ndarray) -> np.ndarray:
    """The int64 pseudonym of each BSN in an array of uint64 or int64, for use in metingen only.

    AES-256 of one block per person: the number as eight bytes little-endian and a fixed tag of eight bytes, under a
    key that does nothing else; the first eight bytes of the answer are the pseudonym. Equal numbers give equal
    pseudonyms; two numbers of a nation of 20 million meet in one pseudonym with a chance of about 1 in 100,000.
    """
    blocks = np.empty((len(bsns), 2), dtype="<u8")
    blocks[:, 0] = bsns
    blocks[:, 1] = _METING_TAG
    # ECB is right here and only here: each block stands alone, never repeats within a person, and is not a message.
    encryptor = Cipher(algorithms.AES256(_sleutels().meting), modes.ECB()).encryptor()  # noqa: S305
    encrypted = encryptor.update(blocks.tobytes()) + encryptor.finalize()
    return np.frombuffer(encrypted, dtype="<i8").reshape(-1, 2)[:, 0].astype(np.int64)


def meting_pseudoniemen_of_sealed(sealed: Iterable[tuple[bytes | memoryview, str]]) -> np.ndarray:
    """The pseudonyms of sealed BSNs, each with its context, in order: no number leaves this room.

    Raises `SealError` for the first that does not open. About 100,000 a second on one core.
    """
    sleutels = _sleutels()
    return meting_pseudoniemen(
        np.fromiter((int(_open(sleutels, bytes(blob), context)) for blob, context in sealed), dtype=np.uint64)
    )


def check_sleutels() -> None:
    """Raise `SleutelbestandError` when the key file cannot be used; outside productie make it when it is not there."""
    _sleutels()


def _hmac(sleutel: bytes, versie: int, digits: bytes) -> bytes:
    return hmac.digest(sleutel, b"bsn|%d|%s" % (versie, digits), hashlib.sha256)


def _digits(bsn: "Bsn | str") -> bytes:
    text = bsn.reveal() if isinstance(bsn, Bsn) else Bsn.parse(bsn).reveal()
    return text.encode("ascii")


def _aad(context: str) -> bytes:
    return f"banenafspraak|bsn|{context}".encode()


def _open(sleutels: "_Sleutels", blob: bytes, context: str) -> bytes:
    if len(blob) != SEALED_LENGTH:
        raise SealError("a sealed BSN has another length")
    data_key, sealed = _unwrap(sleutels, blob[:ENVELOPE]), blob[ENVELOPE:]
    try:
        return AESGCM(data_key).decrypt(sealed[:_NONCE], sealed[_NONCE:], _aad(context))
    except InvalidTag:
        raise SealError("a sealed BSN is damaged, or was sealed for another row") from None


def _unwrap(sleutels: "_Sleutels", envelope: bytes) -> bytes:
    """The data key in an envelope."""
    if len(envelope) != ENVELOPE:
        raise SealError("what was sealed is cut off")
    header, wrapped = envelope[: _HEADER.size], envelope[_HEADER.size :]
    format_, versie = _HEADER.unpack(header)
    kek = sleutels.keks.get(versie)
    if format_ != _FORMAT or kek is None:
        raise SealError("what was sealed was made with a key that is not in the key file")
    try:
        return kek.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], header)
    except InvalidTag:
        raise SealError("the data key of what was sealed is damaged") from None


@dataclass(frozen=True)
class _Sleutels:
    indexen: Mapping[str, Mapping[int, bytes]] = field(repr=False)
    keks: Mapping[int, AESGCM] = field(repr=False)
    kek_versie: int
    meting: bytes = field(repr=False)


_PURPOSES = ("audit", "kek", "meting", "register")


def _sleutels() -> _Sleutels:
    place = settings.SLEUTELBESTAND
    try:
        status = os.stat(place)
    except FileNotFoundError:
        _create(Path(place))
        status = os.stat(place)
    # The file's own marks are part of the question, so that a replaced or opened-up file is read and judged again.
    return _read(place, status.st_mtime_ns, status.st_ino, status.st_mode)


@lru_cache(maxsize=8)
def _read(place: str | Path, _mtime_ns: int, _inode: int, mode: int) -> _Sleutels:
    path = Path(place)
    if not stat.S_ISREG(mode):
        raise SleutelbestandError(f"{path} is geen gewoon bestand")
    if mode & 0o077:
        raise SleutelbestandError(
            f"{path} is te lezen voor anderen (rechten {stat.S_IMODE(mode):o}). Herstel: chmod 600 {path}"
        )
    try:
        inhoud = json.loads(path.read_text(encoding="utf-8"))
        per_doel = {
            doel: {int(v): base64.b64decode(k, validate=True) for v, k in inhoud["sleutels"][doel].items()}
            for doel in _PURPOSES
        }
    except OSError as error:
        raise SleutelbestandError(f"{path} is niet te lezen: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError, binascii.Error):
        # `from None`: the text of a decoding error repeats what stood in the file.
        raise SleutelbestandError(f"{path} is geen sleutelbestand, of is beschadigd") from None
    if any(not keys or any(len(key) != 32 for key in keys.values()) for keys in per_doel.values()):
        raise SleutelbestandError(f"{path} mist een sleutel, of bevat er een die geen 256 bits heeft")
    if any(not 0 < versie < 1 << 16 for keys in per_doel.values() for versie in keys):
        raise SleutelbestandError(f"{path} heeft een sleutel met een onmogelijk versienummer")
    register = sorted(per_doel["register"])
    if len(register) > 2 or register[-1] - register[0] > 1:
        # Any two rows of the register must share a version, or one person could stand there twice.
        raise SleutelbestandError(f"{path} heeft voor register meer dan twee versies, of een gat daartussen")
    alle = [key for keys in per_doel.values() for key in keys.values()]
    if len(set(alle)) != len(alle):
        raise SleutelbestandError(f"{path} gebruikt een sleutel voor meer dan een doel")
    return _Sleutels(
        indexen={doel: per_doel[doel] for doel in ("audit", "register")},
        keks={versie: AESGCM(key) for versie, key in per_doel["kek"].items()},
        kek_versie=max(per_doel["kek"]),
        meting=per_doel["meting"][max(per_doel["meting"])],
    )


def _create(path: Path) -> None:
    """Make a key file, whole or not at all; when two processes try at once, both end up with the same one."""
    if settings.OMGEVING == "productie":
        raise SleutelbestandError(
            f"{path} bestaat niet. In productie wordt het nooit vanzelf gemaakt: zet het terug uit de kluis."
        )
    inhoud = {
        "uitleg": "Sleutels voor het BSN. Bewaar dit bestand apart van de database en van de back-ups daarvan.",
        "sleutels": {doel: {"1": new_sleutel()} for doel in _PURPOSES},
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    # A FileExistsError: another process was first, and its keys are the keys.
    with written_draft(path, inhoud) as draft, suppress(FileExistsError):
        os.link(draft, path)


def new_sleutel() -> str:
    """A fresh key of 256 bits, as the key file has it."""
    return base64.b64encode(secrets.token_bytes(32)).decode("ascii")


@contextmanager
def written_draft(path: Path, inhoud: Mapping[str, object]) -> Iterator[Path]:
    """A whole key file next to `path`, safe on the disk and for its owner only; the block gives it its name.

    Afterwards the name is safe on the disk too, and a draft that got no name is gone.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as bestand:
            json.dump(inhoud, bestand, indent=2)
            bestand.flush()
            os.fsync(bestand.fileno())
        yield draft
        directory = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(directory)
        finally:
            os.close(directory)
    finally:
        draft.unlink(missing_ok=True)
