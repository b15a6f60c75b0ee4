"""Who belongs to the doelgroep banenafspraak, on which ground, and in which category of the statistics.

Every ground is answered separately. When several are met, the single label follows the order of the article
(PRECEDENCE); the law knows no such label, so every ground that is met is listed as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated

from banenafspraak.wet import gronden
from banenafspraak.wet.aow import aow_reached
from banenafspraak.wet.feiten import FactReader, Feit
from banenafspraak.wet.gronden import Antwoord, DoelgroepFeiten, Grond, Oordeel, Reader
from banenafspraak.wet.parameters import ParameterFout, parameter
from banenafspraak.wet.uitkomst import Stap, Trail, Uitkomst, Zekerheid, show_date

__all__ = [
    "Beoordeling",
    "Categorie",
    "CategorieFeiten",
    "DoelgroepFeiten",
    "Grond",
    "GrondOordeel",
    "Registratiegrond",
    "Route",
    "beoordeel",
    "categorie",
    "categorie_van",
]

EERSTE_PEILDATUM = date(2013, 1, 1)
"""The banenafspraak counts from here; the nulmeting itself (December 2012) needs only `categorie` and the counting."""


class Route(StrEnum):
    """How a registration came about, which decides the category of the statistics."""

    OWAJONG = "owajong"
    NWAJONG_STUDIEREGELING = "nwajong_studieregeling"
    NWAJONG_WERKREGELING = "nwajong_werkregeling"
    WAJONG_2015 = "wajong_2015"
    WSW_BEGELEID_WERKEN = "wsw_begeleid_werken"
    WSW_DETACHERING = "wsw_detachering"
    WSW_WACHTLIJST = "wsw_wachtlijst"
    WIW_ID = "wiw_id"
    INDICATIE_BANENAFSPRAAK = "indicatie_banenafspraak"
    PRAKTIJKROUTE = "praktijkroute"
    VSO = "vso"
    PRO = "pro"
    ENTREE = "entree"
    AFGEWEZEN_WAJONG = "afgewezen_wajong"
    TIJDELIJKE_REGISTRATIE = "tijdelijke_registratie"
    WERKEN_MET_VOORZIENING = "werken_met_voorziening"
    IVA_EXPERIMENT = "iva_experiment"


class Categorie(StrEnum):
    """The three categories UWV publishes; everybody is in exactly one."""

    WSW = "wsw"
    WAJONG = "wajong"
    PARTICIPATIEWET = "participatiewet"


@dataclass(frozen=True, slots=True)
class GrondOordeel:
    """The answer of one ground: met or not, why, by which article, and how sure that is."""

    grond: Grond
    voldoet: bool
    waarom: str
    artikel: str
    zekerheid: Zekerheid


@dataclass(frozen=True, slots=True)
class Beoordeling:
    """Whether somebody is an arbeidsbeperkte (Wfsv 38b) or gelijkgesteld (38f lid 5), and on which grounds.

    ``telt_voor_banenafspraak`` differs only before 1-12-2018 for who is in it on lid 2 alone: the quotumdoelgroep.
    """

    behoort_tot_doelgroep: bool
    telt_voor_banenafspraak: bool
    grond: Grond
    gronden: tuple[GrondOordeel, ...]


# Lid 1 in the order of the article; then lid 2, which includes somebody "mede"; then who is gelijkgesteld.
_GROUNDS: tuple[tuple[Grond, str, Oordeel], ...] = (
    (Grond.PWET_LKS_UWV_LOONWAARDE, "Is de persoon in de doelgroep via de Participatiewet?", gronden.onderdeel_a),
    (Grond.WSW, "Is de persoon in de doelgroep via de Wsw?", gronden.onderdeel_b),
    (Grond.WAJONG, "Is de persoon in de doelgroep via de Wajong?", gronden.onderdeel_c),
    (Grond.AMVB_38B_1_D, "Past een indicatie van het Besluit Wfsv?", gronden.onderdeel_d),
    (Grond.PWET_UWV_WML_EIGEN_VERZOEK, "Is er een oordeel van UWV op eigen verzoek?", gronden.onderdeel_e),
    (Grond.OVERGANGSRECHT_38B_1_F, "Geldt het overgangsrecht voor de Wsw en de Wajong?", gronden.onderdeel_f),
    (Grond.WIA_IVA_EXPERIMENT, "Is er een IVA-uitkering met loondispensatie?", gronden.onderdeel_g),
    (Grond.JONGGEHANDICAPT_UWV_OORDEEL, "Is er een vroege beperking waarvoor een voorziening nodig is?", gronden.lid_2),
    (Grond.WIW_ID, "Is de persoon gelijkgesteld door een WIW- of ID-baan?", gronden.wiw_id),
)
_LID_1 = frozenset(grond for grond, _, _ in _GROUNDS[:7])

PRECEDENCE: tuple[Grond, ...] = (*(grond for grond, _, _ in _GROUNDS), Grond.BLIJFGROND_38B_6)


def beoordeel(feiten: DoelgroepFeiten, *, peildatum: date) -> Uitkomst[Beoordeling]:
    """Whether this person belongs to the doelgroep on ``peildatum``, with every ground answered separately.

    Applies Wfsv 38b as it stood on that day (versions of 2015, 2017, 2018, 2020 and 2026); before 1-5-2015 the first
    text is applied backwards. Raises ParameterFout for a peildatum before 1-1-2013.
    """
    if peildatum < EERSTE_PEILDATUM:
        raise ParameterFout(
            f"De doelgroep banenafspraak bestaat niet op {show_date(peildatum)}: "
            f"kies een peildatum vanaf {show_date(EERSTE_PEILDATUM)}."
        )
    trail, reader = Trail(), FactReader(feiten)
    _law_in_force(trail, peildatum)
    beschut = _beschut_werk(reader, trail, peildatum)
    oordelen = [_ground(reader, trail, peildatum, beschut, *entry) for entry in _GROUNDS]
    oordelen.append(_blijfgrond(reader, trail, peildatum, beschut.sluit_uit(Grond.BLIJFGROND_38B_6), oordelen))
    return trail.finish(_conclude(trail, peildatum, oordelen))


def _law_in_force(trail: Trail, peildatum: date) -> None:
    """Say so when the text is applied to a day before it was in force, or after the day it was last checked."""
    rule = parameter("doelgroepregister", "artikel_38b_in_werking")
    stand = rule.stand_op(peildatum)
    if peildatum < stand.waarde:
        uitkomst = f"Artikel 38b geldt vanaf {show_date(stand.waarde)}; hier is die eerste tekst toegepast."
    elif peildatum > rule.gecontroleerd_op:
        uitkomst = f"De tekst die op {show_date(rule.gecontroleerd_op)} is nagelopen; later kan zij zijn veranderd."
    else:
        return
    trail.add(
        Stap(
            vraag=f"Welke tekst geldt op {show_date(peildatum)}?",
            artikel="38b Wfsv",
            uitkomst=uitkomst,
            zekerheid=Zekerheid.AFGELEID,
            toelichting=stand.toelichting if peildatum < stand.waarde else "",
        ),
        stand.bron,
    )


@dataclass(frozen=True, slots=True)
class _BeschutWerk:
    """Whether beschut werk excludes, and how far: the reach of the exclusion grew in December 2015."""

    vastgesteld: bool
    only_onderdeel_a: bool

    def sluit_uit(self, grond: Grond) -> bool:
        """Lid 1 and lid 6 exclude beschut werk; lid 2 and the gelijkstelling of 38f do not mention it."""
        if self.only_onderdeel_a:
            return self.vastgesteld and grond is Grond.PWET_LKS_UWV_LOONWAARDE
        return self.vastgesteld and (grond in _LID_1 or grond is Grond.BLIJFGROND_38B_6)


def _beschut_werk(reader: Reader, trail: Trail, peildatum: date) -> _BeschutWerk:
    stand = parameter("doelgroepregister", "beschut_werk").stand_op(peildatum)
    only_a = stand.waarde == "wie_erin_werkt_onderdeel_a"
    if only_a:
        vastgesteld = bool(reader["werkt_in_beschut_werk"])
    else:
        vastgesteld = reader.since("beschut_werk_vastgesteld", "beschut_werk_vastgesteld_op", peildatum)
    feiten, aangenomen = reader.take()
    reach = "onderdeel a" if only_a else "lid 1 en lid 6, niet voor lid 2"
    trail.add(
        Stap(
            vraag="Sluit beschut werk de persoon uit?",
            feiten=feiten,
            aangenomen=aangenomen,
            artikel="38b lid 1 (aanhef) en lid 6 Wfsv; 10b Participatiewet",
            uitkomst=f"Ja, voor {reach}." if vastgesteld else "Nee.",
            zekerheid=stand.zekerheid,
            toelichting=stand.toelichting,
        ),
        stand.bron,
    )
    return _BeschutWerk(vastgesteld, only_a)


def _ground(
    reader: Reader,
    trail: Trail,
    peildatum: date,
    beschut: _BeschutWerk,
    grond: Grond,
    vraag: str,
    oordeel: Oordeel,
) -> GrondOordeel:
    antwoord = oordeel(reader, peildatum)
    if antwoord.voldoet and beschut.sluit_uit(grond):
        why = f"De persoon is uitgesloten door beschut werk, ook al geldt: {antwoord.waarom[0].lower()}"
        antwoord = Antwoord(False, f"{why}{antwoord.waarom[1:]}", antwoord.artikel, antwoord.stand)
    return _record(reader, trail, grond, vraag, antwoord)


def _record(reader: Reader, trail: Trail, grond: Grond, vraag: str, antwoord: Antwoord) -> GrondOordeel:
    feiten, aangenomen = reader.take()
    trail.add(
        Stap(
            vraag=vraag,
            feiten=feiten,
            aangenomen=aangenomen,
            artikel=antwoord.artikel,
            uitkomst=f"{'Ja' if antwoord.voldoet else 'Nee'}. {antwoord.waarom}",
            zekerheid=antwoord.stand.zekerheid,
            toelichting=antwoord.stand.toelichting,
        ),
        antwoord.stand.bron,
    )
    return GrondOordeel(grond, antwoord.voldoet, antwoord.waarom, antwoord.artikel, antwoord.stand.zekerheid)


def _blijfgrond(
    reader: Reader, trail: Trail, peildatum: date, excluded: bool, oordelen: list[GrondOordeel]
) -> GrondOordeel:
    stand = parameter("doelgroepregister", "onderdeel_f").stand_op(peildatum)

    def answer(voldoet: bool, waarom: str) -> GrondOordeel:
        antwoord = Antwoord(voldoet, waarom, "38b lid 6 Wfsv", stand)
        return _record(
            reader, trail, Grond.BLIJFGROND_38B_6, "Blijft de persoon erin omdat hij geregistreerd staat?", antwoord
        )

    if peildatum < stand.waarde:
        since = show_date(stand.waarde)
        return answer(False, f"Lid 6 geldt vanaf {since}; daarvoor kon een registratie nog wel doorlopen (t+2).")
    if any(o.voldoet for o in oordelen):
        return answer(False, "De persoon voldoet nog aan een andere grond; lid 6 is dan niet nodig.")
    if not reader.since("opgenomen_in_register", "opgenomen_in_register_op", peildatum):
        return answer(False, "De persoon is niet eerder opgenomen in het register.")
    ended = reader["registratie_geeindigd_op"]
    if ended is not None and ended <= peildatum:
        return answer(False, f"De registratie is geëindigd op {show_date(ended)}.")
    if _aow_reached(reader, peildatum):
        return answer(False, "De persoon heeft de AOW-leeftijd bereikt; dan is de registratie geëindigd.")
    if excluded:
        return answer(False, "De persoon is uitgesloten door beschut werk.")
    return answer(True, "De persoon voldoet niet meer aan de voorwaarden, maar zijn registratie is niet geëindigd.")


def _aow_reached(reader: Reader, peildatum: date) -> bool:
    born: date | None = reader["geboortedatum"]
    if born is not None:
        return aow_reached(born, peildatum)
    return bool(reader["aow_leeftijd_bereikt"])


def _conclude(trail: Trail, peildatum: date, oordelen: list[GrondOordeel]) -> Beoordeling:
    met = [oordeel.grond for oordeel in oordelen if oordeel.voldoet]
    grond = min(met, key=lambda g: _rank(g, oordelen), default=Grond.GEEN)
    stand = parameter("doelgroepregister", "lid_2_banenafspraak").stand_op(peildatum)
    only_quotum = met == [Grond.JONGGEHANDICAPT_UWV_OORDEEL] and peildatum < stand.waarde
    if not met:
        uitkomst = "Nee: aan geen enkele grond is voldaan."
    elif only_quotum:
        uitkomst = f"Alleen voor het quotum: lid 2 telt voor de banenafspraak vanaf {show_date(stand.waarde)}."
    elif len(met) == 1:
        uitkomst = f"Ja, op grond van {grond.value}."
    else:
        uitkomst = f"Ja, op grond van {', '.join(met)}. De eerste in de volgorde van het artikel is {grond.value}."
    trail.add(
        Stap(
            vraag=f"Behoort de persoon op {show_date(peildatum)} tot de doelgroep banenafspraak?",
            artikel="38b en 38f Wfsv",
            uitkomst=uitkomst,
            toelichting="De wet kent niet één etiket per persoon; de volgorde is de onze." if len(met) > 1 else "",
            zekerheid=Zekerheid.AFGELEID if len(met) > 1 else Zekerheid.BRON,
        ),
        stand.bron,
    )
    return Beoordeling(bool(met), bool(met) and not only_quotum, grond, tuple(oordelen))


def _rank(grond: Grond, oordelen: list[GrondOordeel]) -> tuple[int, int]:
    """The order of the article, with one exception.

    Besluit Wfsv 2.25 lid 1 d was the forerunner of onderdeel e and says the same with one condition more. Who meets
    both is called by the law itself (e), not by the decree (d).
    """
    rank = PRECEDENCE.index(grond)
    if grond is Grond.AMVB_38B_1_D:
        artikel = next(o.artikel for o in oordelen if o.grond is grond)
        if gronden.OWN_REQUEST_ARTICLE in artikel:
            return PRECEDENCE.index(Grond.PWET_UWV_WML_EIGEN_VERZOEK), 1
    return rank, 0


# --- Category of the statistics ----------------------------------------------------------------------------------

_WAJONG_ROUTES = frozenset({Route.OWAJONG, Route.NWAJONG_STUDIEREGELING, Route.NWAJONG_WERKREGELING, Route.WAJONG_2015})
_WSW_ROUTES = frozenset({Route.WSW_BEGELEID_WERKEN, Route.WSW_DETACHERING, Route.WSW_WACHTLIJST})


def categorie(registraties: frozenset[tuple[Grond, Route]], *, peildatum: date) -> Uitkomst[Categorie]:
    """The one category of somebody with these registrations, by the legend of UWV's factsheet.

    Wsw detachering, with or without Wajong: wsw. Otherwise Wajong: wajong, also with Wsw begeleid werken or WIW/ID.
    Otherwise Wsw or WIW/ID: wsw. Otherwise: participatiewet. The route decides; a former Wsw indication that counts
    on Besluit Wfsv 2.25 lid 1 b (ground amvb_38b_1_d) is Participatiewet.
    Valid from December 2012 (the nulmeting). Raises ValueError without a registration, ParameterFout before 2012-12.
    """
    stand = parameter("categorie", "legenda").stand_op(peildatum)
    if not registraties or any(grond is Grond.GEEN for grond, _ in registraties):
        raise ValueError("Alleen wie geregistreerd staat heeft een categorie: geef ten minste één grond en route.")
    routes = frozenset(
        route for grond, route in registraties if not (grond is Grond.AMVB_38B_1_D and route in _WSW_ROUTES)
    )
    wajong = bool(routes & _WAJONG_ROUTES)
    zekerheid = stand.zekerheid
    if Route.WSW_DETACHERING in routes:
        result, why = Categorie.WSW, "Wsw detachering gaat voor, met of zonder Wajong."
    elif wajong:
        result, why = Categorie.WAJONG, "Wajong gaat voor begeleid werken en voor WIW/ID."
    elif routes & (_WSW_ROUTES | {Route.WIW_ID}):
        result, why = Categorie.WSW, "Wsw of WIW/ID zonder Wajong."
    else:
        result, why = Categorie.PARTICIPATIEWET, "Geen Wsw, WIW/ID of Wajong: de groep Participatiewet."
    if routes & {Route.WSW_WACHTLIJST, Route.WERKEN_MET_VOORZIENING, Route.IVA_EXPERIMENT, Route.ENTREE}:
        zekerheid = Zekerheid.AFGELEID
    trail = Trail()
    trail.add(
        Stap(
            vraag="In welke categorie van de cijfers valt de persoon?",
            feiten={"registraties": sorted(f"{grond.value} via {route.value}" for grond, route in registraties)},
            artikel=str(stand.bron),
            uitkomst=f"{result.value}: {why}",
            zekerheid=zekerheid,
        ),
        stand.bron,
    )
    return trail.finish(result)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registratiegrond:
    """Een registratie: de grond en de route waarlangs zij tot stand kwam."""

    grond: Annotated[Grond, Feit("Grond van de registratie.")]
    route: Annotated[Route, Feit("Route waarlangs de registratie tot stand kwam.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class CategorieFeiten:
    """De registraties van één persoon die op de peildatum gelden."""

    registraties: Annotated[tuple[Registratiegrond, ...], Feit("Alle registraties die op de peildatum gelden.")]

    def contradictions(self) -> list[str]:
        """Facts no category can follow from."""
        if any(r.grond is Grond.GEEN for r in self.registraties):
            return ["registraties: 'geen' is geen grond; laat die regel weg."]
        return []


def categorie_van(feiten: CategorieFeiten, *, peildatum: date) -> Uitkomst[Categorie]:
    """`categorie` for facts that were read from JSON."""
    return categorie(frozenset((r.grond, r.route) for r in feiten.registraties), peildatum=peildatum)
