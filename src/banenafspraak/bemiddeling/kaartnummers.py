"""The number of a card in an address: another one for each employer and each week.

It is the number of the card enciphered under a key of that employer and week, which is made from the secret key of the
installation. So nothing has to be kept, and without the key two employers, or two weeks, cannot be laid side by side.
"""

import base64
import binascii
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from django.utils import timezone
from django.utils.crypto import salted_hmac

_CHECK = b"\0" * 8


def week_of(now: datetime) -> str:
    """The week in which card numbers stay the same: that of the calendar (ISO 8601)."""
    year, week, _ = timezone.localtime(now).isocalendar()
    return f"{year}W{week}"


def make(nummer: int, *, organisatie_id: int, now: datetime) -> str:
    """The address of a card, for this employer in this week."""
    block = nummer.to_bytes(8, "big", signed=True) + _CHECK
    sealed = _cipher(organisatie_id, week_of(now)).encryptor().update(block)
    return base64.b32encode(sealed).decode().rstrip("=").lower()


def read(text: str, *, organisatie_id: int, now: datetime) -> int | None:
    """The card behind an address of this week or the last one; None for any other text."""
    try:
        sealed = base64.b32decode(text.upper() + "=" * (-len(text) % 8))
    except (binascii.Error, ValueError):
        return None
    if len(sealed) != 16:
        return None
    for moment in (now, now - timedelta(days=7)):
        block = _cipher(organisatie_id, week_of(moment)).decryptor().update(sealed)
        if block[8:] == _CHECK:
            return int.from_bytes(block[:8], "big", signed=True)
    return None


def order_key(*, organisatie_id: int, now: datetime) -> int:
    """A number that decides between equal cards, for this employer in this week only."""
    return int.from_bytes(_digest(organisatie_id, week_of(now), "volgorde")[:8], "big")


def _cipher(organisatie_id: int, week: str) -> Cipher[modes.ECB]:
    # One block under a key used for nothing else: there is nothing to chain.
    return Cipher(algorithms.AES(_digest(organisatie_id, week, "nummer")), modes.ECB())  # noqa: S305


def _digest(organisatie_id: int, week: str, use: str) -> bytes:
    salt = f"banenafspraak.kaart.{use}"
    return salted_hmac(salt, f"{organisatie_id}|{week}", algorithm="sha256").digest()
