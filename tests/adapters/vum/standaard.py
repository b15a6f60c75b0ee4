"""The answers of the standard as JSON Schema: transcribed field by field from its description, not from our code."""

import json
from pathlib import Path
from typing import Any

import jsonschema

from banenafspraak.adapters import vum_api

SCHEMA = json.loads(Path(vum_api.__file__).with_name("schema.json").read_text(encoding="utf-8"))


def check(answer: Any, name: str, side: str = "werkzoekende") -> None:
    """Fail unless this is what the standard calls by that name."""
    jsonschema.Draft202012Validator({"$ref": f"#/$defs/{name}", "$defs": SCHEMA[side]}).validate(answer)


def check_matches(answer: Any, side: str = "werkzoekende") -> None:
    """Fail unless this is an answer to a search."""
    assert set(answer) == {"maximumAantalResultatenBereikt", "matches"}
    assert isinstance(answer["maximumAantalResultatenBereikt"], bool)
    for match in answer["matches"]:
        check(match, "MPWerkzoekendeMatch" if side == "werkzoekende" else "MPVacatureMatch", side)
