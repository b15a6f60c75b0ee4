"""Provisions to be able to work: transport, an interpreter, aids, a changed workplace; the ground says who pays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from banenafspraak.wet.feiten import Feit
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.proefplaatsing import Loket
from banenafspraak.wet.parameters import parameter
from banenafspraak.wet.redenering import Aanvraagwijze, Redenering, aanvraagwijze
from banenafspraak.wet.uitkomst import Uitkomst, Zekerheid

_PWET_7, _PWET_10 = "7 lid 1 onderdeel a Participatiewet", "10 Participatiewet"


class Voorzieningsoort(StrEnum):
    """Soorten voorzieningen om te kunnen werken."""

    VERVOER = "vervoer"
    INTERMEDIAIR = "intermediair"
    MEENEEMBAAR = "meeneembaar"
    WERKPLEK = "werkplek"


@dataclass(frozen=True, slots=True, kw_only=True)
class WerkvoorzieningFeiten:
    """Feiten over één voorziening, waaruit volgt wie haar betaalt."""

    grond: Annotated[Grond, Feit("Grond waarop de persoon in het doelgroepregister staat; geen als dat niet zo is.")]
    soort: Annotated[Voorzieningsoort, Feit("Wat voor voorziening.")]
    nodig_voor_werk: Annotated[bool | None, Feit("Is zij nodig om te werken of te gaan werken?", aanname=True)] = None
    visuele_beperking: Annotated[bool | None, Feit("Heeft de persoon een visuele beperking?", aanname=False)] = None
    ondersteuning_pwet_7_1_a: Annotated[
        bool | None,
        Feit(
            "Ondersteunt het college de persoon naar werk (Participatiewet 7 lid 1 onderdeel a), zoals bij bijstand? "
            "Van belang waar de grond niet zegt wie betaalt.",
            aanname=False,
        ),
    ] = None


@dataclass(frozen=True, slots=True)
class Werkvoorziening:
    """Whether a provision can be paid, by whom, who asks, and the article."""

    mogelijk: bool
    loket: Loket | None
    aanvrager: str
    artikel: str
    aanvragen: Aanvraagwijze


def werkvoorziening(feiten: WerkvoorzieningFeiten, *, peildatum: date) -> Uitkomst[Werkvoorziening]:
    """Who pays this provision, by the law of ``peildatum``. Raises ParameterFout before 2015."""
    r = Redenering(feiten)
    table = parameter("werkvoorziening", "loket").stand_op(peildatum)
    row = next(row for row in table.waarde if row["grond"] == r["grond"].value)
    needed = r["nodig_voor_werk"]
    r.test("Is de voorziening nodig om te werken?", needed, "anders is het geen werkvoorziening.", table)
    loket, artikel, sure = Loket(row["loket"]), row["artikel"], Zekerheid(row["zekerheid"])
    if sure is not Zekerheid.BRON and loket is Loket.UWV:
        supported = r["ondersteuning_pwet_7_1_a"]
        said = "dan betaalt de gemeente; de grond van de registratie zegt het niet."
        if r.test("Ondersteunt de gemeente de persoon naar werk?", supported, said, table, artikel=_PWET_7):
            loket, artikel, sure = Loket.GEMEENTE, _PWET_10, Zekerheid.AFGELEID
    named = parameter("werkvoorziening", "visueel").stand_op(peildatum)
    kinds = {entry["soort"] for entry in named.waarde}
    if loket is Loket.GEMEENTE and artikel == _PWET_10 and r["visuele_beperking"]:
        by_uwv = r["soort"].value in kinds
        said = "vervoer, intermediair en meeneembare hulpmiddelen."
        if r.test(
            "Betaalt UWV haar om de visuele beperking?", by_uwv, said, named, artikel="10h lid 2 Participatiewet"
        ):
            loket, artikel = Loket.UWV, "10h Participatiewet"
    said = f"{'UWV' if loket is Loket.UWV else 'De gemeente'}, op grond van artikel {artikel}."
    r.step("Wie betaalt?", said, table, artikel=artikel, zekerheid=sure)
    place = r["soort"] is Voorzieningsoort.WERKPLEK
    who = "De werkgever" if place else "De werknemer"
    said = f"{who}: {'de werkplek blijft van de werkgever' if place else 'de voorziening gaat met de werknemer mee'}."
    r.step("Wie vraagt aan?", said, table, artikel="35 en 36 Wet WIA", zekerheid=Zekerheid.AFGELEID)
    wijze = aanvraagwijze(r, "werkvoorziening", peildatum)
    return r.finish(Werkvoorziening(bool(needed), loket if needed else None, who, artikel, wijze))
