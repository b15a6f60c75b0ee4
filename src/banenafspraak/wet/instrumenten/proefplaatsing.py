"""Proefplaatsing: work on trial, without wage and with benefit, before a contract (UWV; gemeente since July 2023)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated

from banenafspraak.wet.feiten import Feit
from banenafspraak.wet.parameters import parameter
from banenafspraak.wet.redenering import Aanvraagwijze, Redenering, aanvraagwijze
from banenafspraak.wet.termijnen import months_later
from banenafspraak.wet.uitkomst import Uitkomst, Zekerheid, show_date, show_number


class Loket(StrEnum):
    """Wie de uitkering of de ondersteuning betaalt."""

    UWV = "uwv"
    GEMEENTE = "gemeente"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProefplaatsingFeiten:
    """Feiten over één proefplaatsing, waaruit volgt of en hoe lang zij mag."""

    loket: Annotated[Loket, Feit("Wie de uitkering betaalt.")]
    begin: Annotated[date, Feit("Eerste dag van de proefplaatsing.")]
    duur_maanden: Annotated[int, Feit("Afgesproken duur in maanden.", minimum=1, maximum=12)]
    ontvangt_uitkering: Annotated[
        bool | None,
        Feit("Krijgt de persoon een uitkering van dit loket (gemeente: algemene bijstand)?", aanname=True),
    ] = None
    langer_nodig: Annotated[
        bool | None, Feit("Is meer dan twee maanden nodig door beperking, afstand tot werk of het werk?", aanname=False)
    ] = None
    onbetaald: Annotated[bool | None, Feit("Is de proefplaatsing zonder loon?", aanname=True)] = None
    eerder_zelfde_functie: Annotated[
        bool | None, Feit("Werkte de persoon al eerder in deze functie bij deze werkgever?", aanname=False)
    ] = None
    contract_maanden: Annotated[
        int | None, Feit("Voor hoeveel maanden de werkgever een contract wil geven.", aanname=6, minimum=0, maximum=999)
    ] = None
    contract_minder_uren: Annotated[
        bool | None, Feit("Krijgt dat contract minder uren dan de proefplaatsing?", aanname=False)
    ] = None
    contract_proeftijd: Annotated[bool | None, Feit("Krijgt dat contract nog een proeftijd?", aanname=False)] = None
    uitzendbeding: Annotated[bool | None, Feit("Krijgt dat contract een uitzendbeding?", aanname=False)] = None
    verzekerd: Annotated[bool | None, Feit("Zijn aansprakelijkheid en ongevallen verzekerd?", aanname=True)] = None
    via_uitlener: Annotated[bool | None, Feit("Gaat het via een uitzendbureau of detacheerder?", aanname=False)] = None
    inlener_weet_het: Annotated[bool | None, Feit("Weet de inlener dat het een proefplaatsing is?", aanname=False)] = (
        None
    )
    ziektedagen: Annotated[
        int | None, Feit("Kalenderdagen ziekte tijdens de proefplaatsing.", aanname=0, minimum=0, maximum=366)
    ] = None


@dataclass(frozen=True, slots=True)
class Proefplaatsing:
    """Whether it may, the longest duration, and its last day, which sickness moves. It never counts as a baan."""

    mag: bool
    waarom: str
    hoogste_maanden: int
    laatste_dag: date
    telt_als_baan: bool
    aanvragen: Aanvraagwijze


R = Redenering[ProefplaatsingFeiten]


def proefplaatsing(feiten: ProefplaatsingFeiten, *, peildatum: date) -> Uitkomst[Proefplaatsing]:
    """Whether this proefplaatsing may, by the rules of ``peildatum``.

    Raises ParameterFout before 2013, and for a gemeente before July 2023.
    """
    r = Redenering(feiten)
    longest = _longest(r, peildatum)
    why = _refused(r, longest, peildatum)
    sick = r["ziektedagen"]
    last = months_later(feiten.begin, r["duur_maanden"]) + timedelta(days=sick - 1)
    rule = parameter("proefplaatsing", "uwv_maanden").stand_op(peildatum)
    said = f"{show_date(last)}" + (f", met {sick} dagen ziekte die niet meetellen." if sick else ".")
    r.step("Wat is de laatste dag?", said, rule, zekerheid=Zekerheid.AFGELEID)
    r.step(
        "Telt zij als baan?", "Nee: er is geen loon, dus er zijn geen verloonde uren.", rule, artikel="38b lid 4 Wfsv"
    )
    wijze = aanvraagwijze(r, "proefplaatsing", peildatum)
    return r.finish(Proefplaatsing(not why, why or "Aan de voorwaarden is voldaan.", longest, last, False, wijze))


def last_day_allowed(*, loket: Loket, begin: date, verlengd: bool, ziektedagen: int = 0) -> date:
    """The last day that a proefplaatsing may have, by the rule on its first day; `verlengd` is also UWV's longer term.

    So many months end the day before the same day of the month. Raises ParameterFout as `proefplaatsing` does.
    """

    def months(naam: str) -> int:
        return int(parameter("proefplaatsing", naam).op(begin))

    if loket is Loket.GEMEENTE:
        allowed = months("gemeente_maanden") + (months("gemeente_verlenging") if verlengd else 0)
    else:
        allowed = months("uwv_langste" if verlengd else "uwv_maanden")
    return months_later(begin, allowed) + timedelta(days=ziektedagen - 1)


def _longest(r: R, peildatum: date) -> int:
    if r["loket"] is Loket.GEMEENTE:
        first = parameter("proefplaatsing", "gemeente_maanden").stand_op(peildatum)
        more = parameter("proefplaatsing", "gemeente_verlenging").stand_op(peildatum)
        months = first.waarde + more.waarde
        said = f"{show_number(first.waarde)} maanden en {show_number(more.waarde)} verlenging."
        r.step("Hoe lang mag het ten hoogste?", said, first, more)
        return int(months)
    usual = parameter("proefplaatsing", "uwv_maanden").stand_op(peildatum)
    longest = parameter("proefplaatsing", "uwv_langste").stand_op(peildatum)
    months = longest.waarde if r["langer_nodig"] else usual.waarde
    r.step("Hoe lang mag het ten hoogste?", f"{show_number(months)} maanden.", usual, longest)
    return int(months)


def _refused(r: R, longest: int, peildatum: date) -> str:
    """The first condition that is not met; empty when all are."""
    rule = parameter("proefplaatsing", "uwv_maanden").stand_op(peildatum)
    contract = parameter("proefplaatsing", "contract_maanden").stand_op(peildatum)
    conditions = [
        (r["ontvangt_uitkering"], "De persoon heeft geen uitkering van dit loket."),
        (r["duur_maanden"] <= longest, "De afgesproken duur is te lang."),
        (r["onbetaald"], "Er wordt loon betaald: dan is het geen proefplaatsing."),
    ]
    sure = Zekerheid.BRON
    if r["loket"] is Loket.UWV:
        conditions += [
            (not r["eerder_zelfde_functie"], "De persoon werkte al eerder in deze functie bij deze werkgever."),
            (r["contract_maanden"] >= contract.waarde, "Er is geen plan voor een contract van ten minste zes maanden."),
            (not r["contract_minder_uren"], "Het contract krijgt minder uren dan de proefplaatsing."),
            (not r["contract_proeftijd"], "Na een proefplaatsing mag er geen proeftijd meer zijn."),
            (not r["uitzendbeding"], "Het contract krijgt een uitzendbeding."),
            (r["verzekerd"], "Aansprakelijkheid en ongevallen zijn niet verzekerd."),
            (not r["via_uitlener"] or r["inlener_weet_het"], "De inlener weet niet dat het een proefplaatsing is."),
        ]
    else:
        sure = Zekerheid.INDICATIE
    why = next((text for holds, text in conditions if not holds), "")
    said = why or ("alle voorwaarden zijn nagelopen." if r["loket"] is Loket.UWV else "de gemeente kan meer eisen.")
    r.test("Is aan de voorwaarden voldaan?", not why, said, rule, contract, zekerheid=sure)
    return why
