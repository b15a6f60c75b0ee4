"""The operations of an OpenAPI document, each with bodies and parameters that hold canaries."""

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from attacks.canaries.numbers import Flock

Call = tuple[str, str, bytes | None, str, list[str]]
JSON = "application/json"


def operations(document: dict[str, Any], flock: Flock, lhnr: str) -> Iterator[Call]:
    """For each operation: method, path, body, content type, and the canaries in it."""
    base = urlsplit(document.get("servers", [{"url": ""}])[0]["url"]).path.rstrip("/")
    for short, item in document.get("paths", {}).items():
        path = base + short
        for method in ("get", "post", "put", "patch", "delete", "head"):
            number = flock.type_in(f"API {path} {method}")
            filled = re.sub(r"\{[^}]+\}", number, path)
            if method not in item:
                yield method.upper(), filled, json.dumps({"bsn": number}).encode(), JSON, [number]
                continue
            yield method.upper(), f"{filled}?bsn={number}&kwartaal={number}&regio={number}", None, JSON, [number]
            if schema := _schema(document, item[method]):
                yield from _bodies(document, schema, path, method, flock, lhnr)


def _schema(document: dict[str, Any], operation: dict[str, Any]) -> dict[str, Any] | None:
    content = operation.get("requestBody", {}).get("content", {}).get(JSON)
    return content["schema"] if content else None


def _bodies(
    document: dict[str, Any], schema: dict[str, Any], path: str, method: str, flock: Flock, lhnr: str
) -> Iterator[Call]:
    def call(body: bytes, sent: list[str], kind: str = JSON) -> Call:
        return method.upper(), path, body, kind, sent

    for person in (*flock.residents[:3], *flock.strangers[:3]):
        yield call(json.dumps(example(document, schema, person, lhnr, sober=True)).encode(), [person])
        for written in (person, f"{person[:4]} {person[4:]}", int(person), [person], {"bsn": person}, f"{person}L01"):
            whole = example(document, schema, written, lhnr)
            yield call(json.dumps(whole).encode(), [person])
        text = json.dumps(example(document, schema, person, lhnr))
        yield call(text.encode()[:-2], [person])
        yield call(text.encode() + person.encode(), [person])
        yield call(text.encode("utf-16"), [person])
        yield call(text.encode(), [person], "text/plain")
        yield call(f"bsn={person}".encode(), [person], "application/x-www-form-urlencoded")
        yield call(json.dumps({person: person, "bsn": person}).encode(), [person])
        yield call(json.dumps([person] * 300).encode(), [person])
        yield call(json.dumps(person).encode(), [person])
        yield call(b'{"bsn": "' + person.encode() + b'\xff"}', [person])
        yield call(b"[" * 5_000 + person.encode(), [person])


def example(
    document: dict[str, Any], schema: dict[str, Any], person: Any, lhnr: str, *, name: str = "", sober: bool = False
) -> Any:
    """A body that fits the schema, with this number wherever it asks for one or for a text.

    A `sober` one has the number only where a BSN is asked for, and everything that may stay away stays away.
    """

    def inner(part: dict[str, Any], name: str) -> Any:
        return example(document, part, person, lhnr, name=name, sober=sober)

    if "$ref" in schema:
        target: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        return inner(target, name)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return inner(schema[several][0], name)
    if "enum" in schema:
        return schema["enum"][0]
    if "const" in schema:
        return schema["const"]
    kind = schema.get("type")
    if kind == "object":
        parts = schema.get("properties", {})
        wanted = set(schema.get("required", parts)) | {"verklaring"} if sober else set(parts)
        return {key: inner(part, key) for key, part in parts.items() if key in wanted}
    if kind == "array":
        return [inner(schema.get("items", {}), name)]
    if "lhnr" in name or "loonheffing" in name:
        return lhnr
    if schema.get("format") == "date":
        return "2026-10-01"
    if kind == "boolean":
        return True
    if kind in ("integer", "number"):
        return 1 if sober else person
    return person
