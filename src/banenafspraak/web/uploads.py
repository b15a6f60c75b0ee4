"""Files that come in: one that is too large is refused before it takes up memory or disk.

Django reads the whole request before a page sees it (the CSRF check does), so the page itself would be too late.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from banenafspraak.register.aanvraagdocumenten import check_length


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
