"""The real commands, as the golden tests give them."""

import json
from collections.abc import Iterable
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

from banenafspraak.adapters.synthese.leveringen import Leveringen

Factsheet = dict[str, Any]


def import_leveringen(leveringen: Leveringen) -> None:
    """Take in the register and the wages of a population."""
    import_register(leveringen.register)
    import_lonen(leveringen.lonen)


def import_register(paden: Iterable[Path]) -> None:
    """Take in register deliveries, one after the other."""
    for pad in paden:
        call_command("import_register", str(pad), stdout=StringIO())


def import_lonen(paden: Iterable[Path]) -> None:
    """Take in wage deliveries together."""
    call_command("import_lonen", *map(str, paden), stdout=StringIO())


def build_meting(kwartaal: str) -> dict[str, tuple[int, str]]:
    """Measure a quarter and those before it; quarter -> (version, gemaakt or onveranderd)."""
    out = StringIO()
    call_command("build_meting", kwartaal=kwartaal, stdout=out)
    lines = [line.split() for line in out.getvalue().splitlines() if " versie " in line]
    return {words[0]: (int(words[2].rstrip(":")), words[3].rstrip(",")) for words in lines}


def factsheet(regio: str, kwartaal: str, *, ruw: bool = True) -> Factsheet:
    """The factsheet as JSON, unrounded unless told otherwise."""
    out = StringIO()
    args = ["factsheet", "--regio", regio, "--kwartaal", kwartaal, "--formaat", "json", *(["--ruw"] if ruw else [])]
    call_command("rapportage", *args, stdout=out)
    sheet: Factsheet = json.loads(out.getvalue())
    return sheet
