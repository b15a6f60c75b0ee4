"""Reads which employer declares wages under which loonheffingennummer: CSV with the columns `kvk` and `lhnr`.

UWV and the Belastingdienst know this; an employer does not say it of itself. No message repeats a value of the file.
"""

import csv
import io
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from banenafspraak.access import mandaten
from banenafspraak.access.actor import Actor
from banenafspraak.access.mandaten import LhnrError
from banenafspraak.adapters.bestand import MAX_FOUTEN, Bestand, Formaat, Fout

MAX_BYTES = 5_000_000
KOLOMMEN = ("kvk", "lhnr")


@dataclass
class Koppeling:
    """What came of a file: how many numbers stand in it, how many were new, and what was wrong."""

    nummers: int = 0
    nieuw: int = 0
    fouten: list[Fout] = field(default_factory=list)


def link(bestand: Bestand, *, actor: Actor, proef: bool, now: datetime) -> Koppeling:
    """Link every number of the file, all or nothing; the same file twice changes nothing.

    Raises `Onbruikbaar` for a file that is no CSV with these columns, `PermissionDenied`.
    """
    koppeling = Koppeling()
    rows = _rows(bestand)
    with transaction.atomic():
        before = mandaten.count_loonheffingennummers()
        for regel, row in rows:
            if len(koppeling.fouten) >= MAX_FOUTEN:
                break
            koppeling.nummers += 1
            if fout := _link_one(bestand, regel, row, actor=actor, now=now):
                koppeling.fouten.append(fout)
        koppeling.nieuw = mandaten.count_loonheffingennummers() - before
        if proef or koppeling.fouten:
            transaction.set_rollback(True)
    return koppeling


def _link_one(bestand: Bestand, regel: int, row: dict[str, str], *, actor: Actor, now: datetime) -> Fout | None:
    werkgever = mandaten.werkgever_with_kvk(row["kvk"])
    if werkgever is None:
        reden = "Er is geen werkgever met dit KvK-nummer die hier werkt."
        return bestand.fout(regel, reden, "Laat de werkgever eerst een keer inloggen, of kijk het nummer na.")
    try:
        with transaction.atomic():
            mandaten.link_loonheffingennummer(actor=actor, organisatie_id=werkgever, lhnr=row["lhnr"], now=now)
    except LhnrError:
        reden = "Dit is geen loonheffingennummer."
        return bestand.fout(regel, reden, "Het zijn negen cijfers, de letter L en twee cijfers.")
    except ValidationError as error:
        return bestand.fout(regel, " ".join(error.messages), "Kijk na bij wie dit nummer hoort.")
    return None


def _rows(bestand: Bestand) -> list[tuple[int, dict[str, str]]]:
    if bestand.formaat is not Formaat.CSV:
        raise bestand.onbruikbaar("Dit is geen CSV.", "Lever een CSV met de kolommen kvk en lhnr.")
    if bestand.grootte > MAX_BYTES:
        raise bestand.onbruikbaar("Dit bestand is te groot.", "Splits het bestand.")
    try:
        text = bestand.pad.read_bytes().decode("utf-8-sig")
        reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=";", strict=True)
        if tuple(reader.fieldnames or ()) != KOLOMMEN:
            raise bestand.onbruikbaar(
                "De eerste regel moet 'kvk;lhnr' zijn.", "Zet die regel boven aan het bestand.", regel=1
            )
        return [(reader.line_num, {name: (row[name] or "").strip() for name in KOLOMMEN}) for row in reader]
    except UnicodeDecodeError:
        raise bestand.onbruikbaar("De tekst is geen UTF-8.", "Sla het bestand op als UTF-8.") from None
    except csv.Error:
        raise bestand.onbruikbaar("De aanhalingstekens in dit bestand kloppen niet.", "Sla het op als CSV.") from None
