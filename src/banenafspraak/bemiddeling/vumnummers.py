"""The number under which somebody, or a vacature, is known to the other side of VUM: never a BSN, nor a key of ours.

What a supplier delivered keeps the supplier's own number, which is what that side knows already. All else has its key
enciphered under the secret key of the installation, so that nothing has to be kept to find it back.
"""

import base64
import binascii
import re
from uuid import UUID

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.utils.crypto import salted_hmac

from banenafspraak.bemiddeling.vumwoorden import Vumsoort

_SAFE = re.compile(r"[a-zA-Z0-9_.-]{1,200}")
_PREFIX = "b-"
_FORM = re.compile(r"b-[a-z2-7]{26}")


def make(sleutel: UUID, bronnummer: str, *, soort: Vumsoort) -> str:
    """The number to give out."""
    if _SAFE.fullmatch(bronnummer):
        return bronnummer
    sealed = _cipher(soort).encryptor().update(sleutel.bytes)
    return _PREFIX + base64.b32encode(sealed).decode().rstrip("=").lower()


def read(text: str, *, soort: Vumsoort) -> UUID | None:
    """The key behind a number that `make` enciphered; None for any other text. Whether it exists is not known here."""
    if not _FORM.fullmatch(text):
        return None
    try:
        sealed = base64.b32decode(text.removeprefix(_PREFIX).upper() + "=" * 6)
    except (binascii.Error, ValueError):
        return None
    return UUID(bytes=_cipher(soort).decryptor().update(sealed))


def _cipher(soort: Vumsoort) -> Cipher[modes.ECB]:
    # One block under a key used for nothing else: there is nothing to chain.
    digest = salted_hmac("banenafspraak.vum.nummer", soort.value, algorithm="sha256").digest()
    return Cipher(algorithms.AES(digest), modes.ECB())  # noqa: S305
