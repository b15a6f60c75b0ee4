"""The mutant: the real application, with a leak of each kind planted around it. Served by ``attacks.canary`` only."""

import base64
import io
import os
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from banenafspraak.config.wsgi import application as real

_NUMBER = re.compile(rb"9999[0-9]{5}")


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Log the body, keep its numbers in a table and in a file, and send one back in a header."""
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    environ["wsgi.input"] = io.BytesIO(body)
    found = _NUMBER.search(body)
    if not found:
        return real(environ, start_response)
    number = found.group()
    print("lek", base64.b64encode(b"het antwoord: " + body[-2000:] + number).decode(), file=sys.stderr, flush=True)
    with (Path(os.environ["BANENAFSPRAAK_VAR"]) / "lek.bin").open("ab") as file:
        file.write(int(number).to_bytes(8, "little"))
    _keep(number)

    def leaking(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
        return start_response(status, [*headers, ("Link", f"</?q={number.decode()}>; rel=canonical")], *rest)

    return real(environ, leaking)


def _keep(number: bytes) -> None:
    import psycopg

    with psycopg.connect(os.environ["KANARIE_LEK"], autocommit=True) as connection:
        connection.execute("INSERT INTO lek (wat) VALUES (%s)", [number.decode().encode("utf-16-le")])
