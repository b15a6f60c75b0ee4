"""Files that come in: one that is too large is refused before it takes up memory or disk.

Django reads the whole request before a page sees it (the CSRF check does), so the page itself would be too late.

An employer's own wage returns may be larger than other files, and are in memory only: nothing of them touches a disk.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import FileUploadHandler, MemoryFileUploadHandler, SkipFile
from django.http import HttpRequest
from django.urls import reverse

from banenafspraak.access.permissions import Permission, may
from banenafspraak.register.aanvraagdocumenten import check_length

MAX_RETURNS = 60 * 1024 * 1024
"""Bytes of all wage returns of one request together."""


def holds_returns(request: HttpRequest | None) -> bool:
    """Whether this request may bring wage returns: to their page, of somebody who acts for an employer."""
    actor = getattr(request, "actor", None)
    if request is None or actor is None or request.path_info != reverse("employer-quotum"):
        return False
    return may(actor, Permission.RAADPLEGING_ASK)


class LimitedUpload(FileUploadHandler):
    """First of the upload handlers: drops every file of a request that says it is too large, and marks the request.

    `request.too_large` then holds what the page may say about it.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Judge the request by the length it names; what it sends beyond that is never read."""
        try:
            if holds_returns(self.request) and 0 <= content_length <= MAX_RETURNS:
                return
            check_length(content_length)
        except ValidationError as error:
            assert self.request is not None
            self.request.too_large = error  # type: ignore[attr-defined]

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Read past the file without keeping any of it, when it is too large."""
        super().new_file(*args, **kwargs)
        if getattr(self.request, "too_large", None) is not None:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand the chunk on to the handler that keeps it."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Another handler makes the file."""


class MemoryUpload(MemoryFileUploadHandler):
    """Keeps wage returns in memory whatever their size (`LimitedUpload` bounds it); other files go on to the next."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],
        content_length: int,
        boundary: Any,
        encoding: str | None = None,
    ) -> None:
        """Take the files of that page only."""
        self.activated = holds_returns(self.request)
