"""What an employer may be told about somebody: registered or not, on which days, and over which period.

Never the ground: Wfsv 38d lid 7 gives the fact of the registration and, since 2026, its period in this calendar year
and the one before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from banenafspraak.wet.feiten import FactReader, Feit
from banenafspraak.wet.parameters import parameter
from banenafspraak.wet.uitkomst import Stap, Trail, Uitkomst, show_date


class Raadpleegsoort(StrEnum):
    """In welke verhouding de werkgever staat tot degene naar wie hij vraagt."""

    WERKNEMER = "werknemer"
    VERWACHT = "verwacht"
    INGELEEND = "ingeleend"


@dataclass(frozen=True, slots=True, kw_only=True)
class RaadplegingFeiten:
    """Feiten over een vraag van een werkgever; de peildatum is de dag waarop hij vraagt."""

    soort: Annotated[Raadpleegsoort, Feit("Verhouding: werknemer, verwachte werknemer of ingeleende kracht.")]
    gevraagde_dag: Annotated[date, Feit("Over welke dag de werkgever wil weten of iemand geregistreerd was.")]


@dataclass(frozen=True, slots=True)
class Mededeling:
    """What may be told: whether the day asked about is allowed, and the period over which days may be named.

    `periode_tot` is the first day after it. Both are None when no period may be told.
    """

    dag_toegestaan: bool
    periode_vanaf: date | None
    periode_tot: date | None


def mededeling(feiten: RaadplegingFeiten, *, peildatum: date) -> Uitkomst[Mededeling]:
    """What an employer who asks on `peildatum` may be told. Raises ParameterFout before 1 May 2015."""
    trail, reader = Trail(), FactReader(feiten)
    stand = parameter("raadpleging", "mededeling").stand_op(peildatum)
    day: date = reader["gevraagde_dag"]
    soort: Raadpleegsoort = reader["soort"]
    used, _ = reader.take()
    trail.add(
        Stap(
            "Mag de werkgever iets over deze persoon vragen?",
            f"Ja: {_RELATION[soort]}.",
            str(stand.bron),
            used,
            zekerheid=stand.zekerheid,
        ),
        stand.bron,
    )
    vanaf, tot = peildatum, None
    if stand.waarde == "geregistreerd_en_periode":
        back = parameter("raadpleging", "kalenderjaren_terug").stand_op(peildatum)
        vanaf, tot = date(peildatum.year - int(back.waarde), 1, 1), date(peildatum.year + 1, 1, 1)
        said = f"Ja, van {show_date(vanaf)} tot {show_date(tot)}, en alleen voor zover bekend."
    else:
        said = "Nee: alleen of iemand op de dag van de vraag geregistreerd is."
    trail.add(
        Stap(
            "Mag ook een periode worden genoemd?",
            said,
            str(stand.bron),
            zekerheid=stand.zekerheid,
            toelichting=stand.toelichting,
        ),
        stand.bron,
    )
    allowed = vanaf <= day <= peildatum
    trail.add(
        Stap(
            "Mag over deze dag worden gevraagd?",
            f"{'Ja' if allowed else 'Nee'}: {show_date(vanaf)} tot en met {show_date(peildatum)}.",
            str(stand.bron),
            zekerheid=stand.zekerheid,
        ),
        stand.bron,
    )
    return trail.finish(Mededeling(allowed, vanaf if tot else None, tot))


_RELATION = {
    Raadpleegsoort.WERKNEMER: "hij is er werkgever van",
    Raadpleegsoort.VERWACHT: "hij verwacht er werkgever van te worden",
    Raadpleegsoort.INGELEEND: "de persoon werkt onder zijn leiding of is bij hem gedetacheerd",
}
