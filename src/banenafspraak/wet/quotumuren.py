"""Quotumuren: which hours of one inkomstenverhouding in one aangiftetijdvak are hours of an arbeidsbeperkte.

A tijdvak counts whole: whoever is registered on any day of it counts for all its hours (Wfsv 38g lid 8).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated

from banenafspraak.wet.banen import aard_arbeidsverhouding, loonsoorten
from banenafspraak.wet.feiten import Feit, FeitenFout
from banenafspraak.wet.parameters import parameter
from banenafspraak.wet.redenering import Redenering
from banenafspraak.wet.uitkomst import Uitkomst, show_date, show_number

_NUL = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotumurenFeiten:
    """Feiten over één inkomstenverhouding in één aangiftetijdvak, zoals zij in de loonaangifte staan."""

    tijdvak_begin: Annotated[date, Feit("Eerste dag van het aangiftetijdvak.")]
    tijdvak_einde: Annotated[date, Feit("Laatste dag van het aangiftetijdvak.")]
    verloonde_uren: Annotated[Decimal, Feit("Verloonde uren in het tijdvak.", minimum=0, maximum=8928)]
    loonsoort: Annotated[int, Feit("Code van de soort inkomstenverhouding (SrtIV).", minimum=0, maximum=99)]
    aard: Annotated[int, Feit("Code van de aard van de arbeidsverhouding (CdAard).", minimum=0, maximum=99)]
    geregistreerd_vanaf: Annotated[date | None, Feit("Eerste dag van de registratie; leeg is: niet.")] = None
    geregistreerd_tot: Annotated[date | None, Feit("Eerste dag zonder registratie; leeg als zij loopt.")] = None

    def contradictions(self) -> list[str]:
        """Days that cannot be."""
        fouten = []
        if self.tijdvak_einde < self.tijdvak_begin:
            fouten.append("tijdvak_einde ligt voor tijdvak_begin: draai de datums om.")
        vanaf, tot = self.geregistreerd_vanaf, self.geregistreerd_tot
        if tot is not None and vanaf is None:
            fouten.append("geregistreerd_vanaf ontbreekt: er is wel een einde van de registratie.")
        elif tot is not None and vanaf is not None and tot <= vanaf:
            fouten.append("geregistreerd_tot ligt niet na geregistreerd_vanaf: draai de datums om.")
        return fouten


@dataclass(frozen=True, slots=True)
class Quotumuren:
    """Whether the hours count, how many, how many banen of a year they are, and why."""

    telt: bool
    uren: Decimal
    banen: Decimal
    waarom: str


def quotumuren(feiten: QuotumurenFeiten, *, peildatum: date) -> Uitkomst[Quotumuren]:
    """The hours of an arbeidsbeperkte in one tijdvak; the law of ``peildatum``, normally its last day.

    Raises FeitenFout for days that cannot be, ParameterFout before May 2015.
    """
    if fouten := feiten.contradictions():
        raise FeitenFout(fouten)
    r = Redenering(feiten)
    whole = parameter("quotum", "heel_tijdvak").stand_op(peildatum)
    hours: Decimal = r["verloonde_uren"]
    waarom = _excluded(r, peildatum)
    begin, end, since, until = (
        r[naam] for naam in ("tijdvak_begin", "tijdvak_einde", "geregistreerd_vanaf", "geregistreerd_tot")
    )
    registered = since is not None and since <= end and (until is None or until > begin)
    span = f"{show_date(begin)} tot en met {show_date(end)}"
    said = f"het tijdvak is {span}. Eén dag is genoeg: dan telt het hele tijdvak."
    if not r.test("Stond de persoon op een dag van het tijdvak in het register?", registered, said, whole):
        waarom = waarom or "De persoon stond in dit tijdvak niet in het register."
    uren = _NUL if waarom else hours
    per_job = parameter("banenafspraak", "uren_per_jaar").stand_op(peildatum)
    banen = uren / per_job.waarde
    said = (
        f"{show_number(uren)} uren; {show_number(uren)} / {show_number(per_job.waarde)} = {show_number(banen)} banen."
    )
    r.step("Hoeveel uren tellen?", said, per_job)
    return r.finish(Quotumuren(not waarom, uren, banen, waarom or "De uren tellen mee."))


def _excluded(r: Redenering[QuotumurenFeiten], peildatum: date) -> str:
    """Why this kind of income or work does not count; empty when it does."""
    kinds = parameter("banenafspraak", "loonsoort").stand_op(peildatum)
    code = r["loonsoort"]
    wage = code in loonsoorten(peildatum)
    said = f"code {code} is loon." if wage else f"code {code} is een uitkering, pensioen of ander inkomen."
    waarom = ""
    if not r.test("Is het loon uit werk?", wage, said, kinds):
        waarom = "Dit is geen loon uit werk."
    table = parameter("banenafspraak", "aard_arbeidsverhouding").stand_op(peildatum)
    aard = aard_arbeidsverhouding(peildatum).get(r["aard"])
    said = "dit soort werk staat niet in de tabel." if aard is None else f"{aard.naam}."
    counts = aard is not None and aard.telt
    if not r.test("Telt dit soort werk mee?", counts, said, table, artikel="38b lid 1 en 122n lid 4 Wfsv"):
        waarom = waarom or "Dit soort werk telt niet mee."
    return waarom
