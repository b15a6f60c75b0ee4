"""Leaving the register on one's own request: may it, what stands in the way, who is heard, and by when.

Which grounds allow it, and from which day, is decided in `banenafspraak.wet.registratie` (Besluit SUWI 3.2 lid 4, 5).
Here stands what UWV looks at besides: circumstances that show that somebody still meets a ground, and the employer.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from banenafspraak.wet import vragen
from banenafspraak.wet.feiten import Feit, FeitenFout
from banenafspraak.wet.parameters import parameter
from banenafspraak.wet.registratie import EindeReden, Grondperiode, RegistratieFeiten, registratie
from banenafspraak.wet.termijnen import TermijnFeiten, Termijnsoort, beslistermijn
from banenafspraak.wet.uitkomst import Stap, Trail, Uitkomst, Zekerheid, show_date
from banenafspraak.wet.vragen import Asker, Vraag


class Uitschrijfbesluit(StrEnum):
    """What UWV can decide on the request now."""

    TOEWIJZEN = "toewijzen"
    AFWIJZEN = "afwijzen"
    EERST_WERKGEVER_HOREN = "eerst_werkgever_horen"


class Weigering(StrEnum):
    """Why a request is refused: the ground does not allow it, or a circumstance stands in the way."""

    GROND = "grond"
    KRIJGT_ONDERSTEUNING = "krijgt_ondersteuning"
    WERKGEVER_KRIJGT_FINANCIELE_STEUN = "werkgever_krijgt_financiele_steun"
    HEEFT_JOBCOACH = "heeft_jobcoach"
    HEEFT_UWV_UITKERING = "heeft_uwv_uitkering"
    HEEFT_WSW_INDICATIE = "heeft_wsw_indicatie"
    INKOMEN_ONDER_MINIMUMLOON = "inkomen_onder_minimumloon"
    IS_WERKLOOS = "is_werkloos"


@dataclass(frozen=True, slots=True, kw_only=True)
class UitschrijvingFeiten:
    """Feiten over één verzoek om uitschrijving. Over de omstandigheden wordt niets aangenomen."""

    gronden: Annotated[tuple[Grondperiode, ...], Feit("Elke grond waaraan de persoon voldoet of voldeed.")]
    verzocht_op: Annotated[date, Feit("Dag waarop UWV het verzoek ontving.")]
    geboortedatum: Annotated[date | None, Feit("Geboortedatum; bepaalt het einde bij de AOW-leeftijd.")] = None
    krijgt_ondersteuning: Annotated[
        bool | None, Feit("Krijgt de persoon ondersteuning van de gemeente of van UWV?")
    ] = None
    werkgever_krijgt_financiele_steun: Annotated[
        bool | None, Feit("Krijgt de werkgever financiële steun voor de persoon?")
    ] = None
    heeft_jobcoach: Annotated[bool | None, Feit("Heeft de persoon een jobcoach?")] = None
    heeft_uwv_uitkering: Annotated[bool | None, Feit("Heeft de persoon een uitkering van UWV?")] = None
    heeft_wsw_indicatie: Annotated[bool | None, Feit("Heeft de persoon een Wsw-indicatie?")] = None
    inkomen_onder_minimumloon: Annotated[bool | None, Feit("Is het inkomen uit werk lager dan het minimumloon?")] = None
    is_werkloos: Annotated[bool | None, Feit("Is de persoon werkloos?")] = None
    heeft_werkgever: Annotated[bool | None, Feit("Heeft de persoon een werkgever?")] = None
    werkgever_gehoord: Annotated[bool | None, Feit("Heeft UWV de werkgever om zijn mening gevraagd?")] = None
    werkgever_heeft_bezwaar: Annotated[bool | None, Feit("Heeft de werkgever bezwaar?")] = None

    def contradictions(self) -> list[str]:
        """Facts that exclude each other."""
        fouten = []
        if self.heeft_werkgever is False and self.werkgever_gehoord:
            fouten.append("heeft_werkgever is onwaar maar werkgever_gehoord is waar: laat een weg.")
        if self.werkgever_gehoord is False and self.werkgever_heeft_bezwaar is not None:
            fouten.append("werkgever_heeft_bezwaar is ingevuld maar de werkgever is niet gehoord: laat een weg.")
        if self.is_werkloos and self.heeft_werkgever:
            fouten.append("is_werkloos en heeft_werkgever zijn beide waar: laat een weg.")
        return fouten


@dataclass(frozen=True, slots=True)
class Uitschrijving:
    """What UWV can decide on the peildatum, every reason against, the first day without registration, and the deadline.

    ``eindigt_op`` is set only for toewijzen.
    """

    besluit: Uitschrijfbesluit
    weigeringen: tuple[Weigering, ...]
    eindigt_op: date | None
    uiterlijk_beslissen_op: date
    gemeente_informeren: bool


def uitschrijving(feiten: UitschrijvingFeiten, *, peildatum: date) -> Uitkomst[Uitschrijving]:
    """What UWV decides on this request when it decides on ``peildatum``.

    Raises FeitOntbreekt for the first circumstance that is needed and was not given, FeitenFout for a peildatum before
    the request or facts that contradict each other, ParameterFout for a request before 2020.
    """
    fouten = feiten.contradictions()
    if peildatum < feiten.verzocht_op:
        fouten.append(f"verzocht_op: het verzoek is op {show_date(peildatum)} nog niet gedaan.")
    if fouten:
        raise FeitenFout(fouten)
    trail = Trail()
    term = TermijnFeiten(soort=Termijnsoort.UITSCHRIJVING, ontvangen_op=feiten.verzocht_op)
    deadline = trail.include(beslistermijn(term, peildatum=peildatum)).laatste_dag
    assert deadline is not None  # only a request that waits for completion has none
    end = _end_by_ground(feiten, trail, peildatum)
    asker = Asker(feiten, trail)
    reasons = (Weigering.GROND,) if end is None else _circumstances(feiten, asker)
    if reasons:
        besluit, end = Uitschrijfbesluit.AFWIJZEN, None
    elif _employer_first(feiten, asker, trail):
        besluit, end = Uitschrijfbesluit.EERST_WERKGEVER_HOREN, None
    else:
        besluit = Uitschrijfbesluit.TOEWIJZEN
    inform = besluit is Uitschrijfbesluit.TOEWIJZEN
    _conclude(feiten, besluit, reasons, end, trail)
    return trail.finish(Uitschrijving(besluit, reasons, end, deadline, inform))


def next_question(feiten: UitschrijvingFeiten, *, peildatum: date) -> Vraag | None:
    """The next question of the form for this request, or None when `uitschrijving` can answer."""
    return vragen.next_question(uitschrijving, feiten, peildatum=peildatum)


def _end_by_ground(feiten: UitschrijvingFeiten, trail: Trail, peildatum: date) -> date | None:
    """The day the registration would end by Besluit SUWI 3.2 lid 4 and 5 if UWV found so on the peildatum."""
    history = RegistratieFeiten(
        gronden=feiten.gronden,
        geboortedatum=feiten.geboortedatum,
        uitschrijving_verzocht_op=feiten.verzocht_op,
        uitschrijving_vastgesteld_op=peildatum,
    )
    stand = trail.include(registratie(history, peildatum=peildatum))
    ends = (p.tot for p in stand.perioden if p.einde_reden is EindeReden.VRIJWILLIGE_UITSCHRIJVING)
    return next(ends, None)


def _circumstances(feiten: UitschrijvingFeiten, asker: Asker) -> tuple[Weigering, ...]:
    """Every circumstance that stands in the way; all are asked, so that somebody hears all reasons at once."""
    stand = parameter("uitschrijving", "weigering").stand_op(feiten.verzocht_op)
    names = [row["feit"] for row in stand.waarde]
    return tuple(Weigering(naam) for naam in names if asker.ask(naam, str(stand.bron), stand))


def _employer_first(feiten: UitschrijvingFeiten, asker: Asker, trail: Trail) -> bool:
    """Whether the employer must still be heard. An objection is weighed, but refuses nothing by itself."""
    stand = parameter("uitschrijving", "werkgever_horen").stand_op(feiten.verzocht_op)
    artikel = str(stand.bron)
    if not asker.ask("heeft_werkgever", artikel, stand):
        return False
    if not asker.ask("werkgever_gehoord", artikel, stand):
        return True
    if asker.ask("werkgever_heeft_bezwaar", artikel, stand):
        said = "Nee: UWV weegt zijn bezwaar en motiveert het besluit, maar het besluit hangt van de grond af."
        vraag = "Houdt het bezwaar van de werkgever de uitschrijving tegen?"
        trail.add(Stap(vraag, said, "3.2 lid 4 Besluit SUWI", zekerheid=Zekerheid.AFGELEID), stand.bron)
    return False


def _conclude(
    feiten: UitschrijvingFeiten,
    besluit: Uitschrijfbesluit,
    reasons: tuple[Weigering, ...],
    end: date | None,
    trail: Trail,
) -> None:
    stand = parameter("uitschrijving", "gemeente_informeren").stand_op(feiten.verzocht_op)
    if besluit is Uitschrijfbesluit.AFWIJZEN:
        said = f"Afwijzen: {', '.join(reasons)}."
    elif end is None:
        said = "Nog niet te beslissen: hoor eerst de werkgever."
    else:
        said = f"Toewijzen: de registratie eindigt op {show_date(end)}. De gemeente krijgt bericht."
    stap = Stap("Wat beslist UWV?", said, "3.2 lid 4 en 5 Besluit SUWI", zekerheid=stand.zekerheid)
    trail.add(stap, stand.bron)
