"""Keeping text and files so that only who has the keys can read them: the envelope of a BSN, for anything.

A sealed blob has a data key of its own, wrapped by the key encryption key (KEK), so that a new KEK re-wraps the data
key and leaves the content alone, and so that losing one data key loses one thing. The context (which row, which column)
is authenticated: a blob that was moved to another row does not open. A sealed BSN and a sealed text are never taken
for each other.
"""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from banenafspraak.access import bsn as bsns
from banenafspraak.access.bsn import SealError

__all__ = ["SealError", "rewrap", "seal_bytes", "seal_text", "unseal_bytes", "unseal_text"]

_NONCE = 12
_TAG = 16


def seal_bytes(content: bytes, *, context: str) -> bytes:
    """The sealed content, different each time. `context` names the row and column it is for."""
    envelope, data_key = bsns.new_data_key()
    nonce = secrets.token_bytes(_NONCE)
    return b"".join((envelope, nonce, AESGCM(data_key).encrypt(nonce, content, _aad(context))))


def unseal_bytes(blob: bytes | memoryview, *, context: str) -> bytes:
    """The content inside `seal_bytes(..., context=context)`. Raises `SealError` for anything else."""
    data_key, sealed = bsns.open_envelope(bytes(blob))
    if len(sealed) < _NONCE + _TAG:
        raise SealError("a sealed content is cut off")
    try:
        return AESGCM(data_key).decrypt(sealed[:_NONCE], sealed[_NONCE:], _aad(context))
    except InvalidTag:
        raise SealError("a sealed content is damaged, or was sealed for another row") from None


def seal_text(text: str, *, context: str) -> bytes:
    """As `seal_bytes`, for a text."""
    return seal_bytes(text.encode(), context=context)


def unseal_text(blob: bytes | memoryview, *, context: str) -> str:
    """The text inside `seal_text(..., context=context)`. Raises `SealError` for anything else."""
    return unseal_bytes(blob, context=context).decode()


def rewrap(blob: bytes | memoryview) -> bytes:
    """The same content with its data key wrapped by the newest KEK; the content itself is not opened."""
    return bsns.rewrap(blob)


def _aad(context: str) -> bytes:
    return f"banenafspraak|inhoud|{context}".encode()
