"""The grounds of Wfsv 38b, one function each: does this person meet it on this day, and why (not).

Each function answers for the text that was in force on the peildatum; which text that was stands in the parameters of
the doelgroepregister. Order, exclusions and the single label are decided in `banenafspraak.wet.doelgroep`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from banenafspraak.wet.feiten import FactReader, Feit
from banenafspraak.wet.parameters import Stand, parameter
from banenafspraak.wet.uitkomst import show_date, show_number


class Grond(StrEnum):
    """The grounds on which somebody is in the doelgroep (Wfsv 38b lid 1, 2 and 6; 38f lid 5)."""

    PWET_LKS_UWV_LOONWAARDE = "pwet_lks_uwv_loonwaarde"
    WSW = "wsw"
    WAJONG = "wajong"
    AMVB_38B_1_D = "amvb_38b_1_d"
    PWET_UWV_WML_EIGEN_VERZOEK = "pwet_uwv_wml_eigen_verzoek"
    OVERGANGSRECHT_38B_1_F = "overgangsrecht_38b_1_f"
    WIA_IVA_EXPERIMENT = "wia_iva_experiment"
    JONGGEHANDICAPT_UWV_OORDEEL = "jonggehandicapt_uwv_oordeel"
    BLIJFGROND_38B_6 = "blijfgrond_38b_6"
    WIW_ID = "wiw_id"
    GEEN = "geen"


class Aanvrager(StrEnum):
    """Wie de beoordeling bij UWV aanvroeg."""

    COLLEGE = "college"
    PERSOON = "persoon"


class WajongStatus(StrEnum):
    """Het recht op grond van de Wajong."""

    GEEN = "geen"
    ARBEIDSONDERSTEUNING = "arbeidsondersteuning"
    UITKERING = "arbeidsongeschiktheidsuitkering"


class Onderwijs(StrEnum):
    """Onderwijs dat toegang tot de doelgroep kan geven."""

    GEEN = "geen"
    VSO = "vso"
    PRO = "pro"
    ENTREE = "entree"


class WajongAfwijzing(StrEnum):
    """Waarom een aanvraag om Wajong is afgewezen."""

    NIET_AFGEWEZEN = "niet_afgewezen"
    GEEN_JONGGEHANDICAPTE = "geen_jonggehandicapte"
    GEEN_RECHT_OP_ARBEIDSONDERSTEUNING = "geen_recht_op_arbeidsondersteuning"
    ALLEEN_LEEFTIJD = "alleen_leeftijd"


@dataclass(frozen=True, slots=True, kw_only=True)
class DoelgroepFeiten:
    """Feiten over één persoon, waaruit volgt of hij op de peildatum tot de doelgroep banenafspraak behoort."""

    beschut_werk_vastgesteld: Annotated[
        bool | None,
        Feit("Heeft het college vastgesteld dat de persoon alleen beschut kan werken (Pwet 10b)?", aanname=False),
    ] = None
    beschut_werk_vastgesteld_op: Annotated[date | None, Feit("Dag van die vaststelling door het college.")] = None
    werkt_in_beschut_werk: Annotated[
        bool | None,
        Feit("Werkt de persoon in een dienstbetrekking beschut werk (Pwet 10b)? Alleen tot eind 2015.", aanname=False),
    ] = None
    ondersteuning_pwet_7_1_a: Annotated[
        bool | None,
        Feit(
            "Is of wordt de persoon met ondersteuning van het college naar werk geleid (Pwet 7 lid 1 a)?", aanname=False
        ),
    ] = None
    loonkostensubsidie_pwet_10d_2: Annotated[
        bool | None, Feit("Krijgt de werkgever loonkostensubsidie op grond van Pwet 10d lid 2?", aanname=False)
    ] = None
    loonkostensubsidie_forfaitair: Annotated[
        bool | None,
        Feit("Is dat (alleen) forfaitaire loonkostensubsidie, zonder vastgestelde loonwaarde?", aanname=False),
    ] = None
    uwv_oordeel_kan_geen_wml_verdienen: Annotated[
        bool | None, Feit("Heeft UWV vastgesteld dat de persoon het minimumloon niet kan verdienen?", aanname=False)
    ] = None
    uwv_oordeel_op: Annotated[date | None, Feit("Dag van dat oordeel van UWV.")] = None
    uwv_oordeel_aanvrager: Annotated[
        Aanvrager | None, Feit("Wie vroeg dat oordeel aan? Verplicht als UWV zo heeft geoordeeld.")
    ] = None
    uwv_heeft_beoordeeld: Annotated[
        bool | None, Feit("Heeft UWV het arbeidsvermogen beoordeeld, met welke uitkomst ook?", aanname=False)
    ] = None
    loonwaarde_percentage: Annotated[
        Decimal | None,
        Feit("Loonwaarde op de werkplek, in procenten van het minimumloon bij voltijds werk.", minimum=0, maximum=1000),
    ] = None
    loonwaarde_vastgesteld_op: Annotated[date | None, Feit("Dag waarop de loonwaarde is vastgesteld.")] = None
    loonwaarde_vastgesteld_door_college: Annotated[
        bool | None, Feit("Is de loonwaarde vastgesteld door het college, volgens de eisen van Pwet 10d?", aanname=True)
    ] = None
    verdient_wml_zonder_loonkostensubsidie_sinds: Annotated[
        date | None, Feit("Dag sinds wanneer de persoon zonder loonkostensubsidie het minimumloon verdient.")
    ] = None
    heeft_wsw_indicatie: Annotated[
        bool | None, Feit("Heeft de persoon een geldige Wsw-indicatie, ook een van voor 2015?", aanname=False)
    ] = None
    wsw_indicatie_vanaf: Annotated[date | None, Feit("Eerste dag van de Wsw-indicatie.")] = None
    wsw_indicatie_tot: Annotated[date | None, Feit("Eerste dag waarop de Wsw-indicatie niet meer geldt.")] = None
    had_wsw_indicatie_op_31_december_2014: Annotated[
        bool | None, Feit("Had de persoon op 31 december 2014 een geldige Wsw-indicatie?", aanname=False)
    ] = None
    wajong_status: Annotated[WajongStatus | None, Feit("Recht op grond van de Wajong.", aanname=WajongStatus.GEEN)] = (
        None
    )
    wajong_vanaf: Annotated[date | None, Feit("Eerste dag van het Wajongrecht.")] = None
    wajong_tot: Annotated[date | None, Feit("Eerste dag zonder Wajongrecht.")] = None
    wajong_duurzaam_geen_mogelijkheden: Annotated[
        bool | None,
        Feit("Heeft de persoon duurzaam geen mogelijkheden tot arbeidsparticipatie (Wajong)?", aanname=False),
    ] = None
    wajong_duurzaam_geen_mogelijkheden_op: Annotated[date | None, Feit("Dag waarop UWV dat vaststelde.")] = None
    werkt_in_dienstbetrekking: Annotated[
        bool | None, Feit("Werkt de persoon op de peildatum in een dienstbetrekking?", aanname=False)
    ] = None
    onderwijs: Annotated[
        Onderwijs | None, Feit("Onderwijs dat de persoon volgt of volgde (vso, pro of entree).", aanname=Onderwijs.GEEN)
    ] = None
    schriftelijk_gemeld_bij_uwv: Annotated[
        bool | None, Feit("Heeft de leerling of oud-leerling zich schriftelijk bij UWV gemeld?", aanname=False)
    ] = None
    schriftelijk_gemeld_bij_uwv_op: Annotated[date | None, Feit("Dag van die melding.")] = None
    verzoek_beoordeling_op: Annotated[
        date | None, Feit("Dag waarop een leerling van het praktijkonderwijs om een beoordeling vroeg.")
    ] = None
    entree_beeindigd_op: Annotated[date | None, Feit("Dag waarop de entreeopleiding is beëindigd.")] = None
    wajong_aanvraag_op: Annotated[date | None, Feit("Dag van de aanvraag om Wajong.")] = None
    wajong_afwijzing: Annotated[
        WajongAfwijzing | None,
        Feit("Waarom die aanvraag is afgewezen.", aanname=WajongAfwijzing.NIET_AFGEWEZEN),
    ] = None
    wegens_ziekte_of_gebrek: Annotated[
        bool | None, Feit("Kan de persoon wegens ziekte of gebrek het minimumloon niet verdienen?", aanname=False)
    ] = None
    was_wsw_of_wajong_op_of_na_1_januari_2013: Annotated[
        bool | None,
        Feit(
            "Was de persoon op of na 1-1-2013 geïndiceerd voor de Wsw, Wajonger, of werkend in WIW/ID?", aanname=False
        ),
    ] = None
    was_wsw_of_wajong_op_1_mei_2015: Annotated[
        bool | None, Feit("Was hij dat op 1-5-2015 nog? Verplicht als het vorige feit waar is.")
    ] = None
    recht_op_iva_uitkering: Annotated[
        bool | None, Feit("Heeft de persoon recht op een IVA-uitkering (Wet WIA hoofdstuk 6)?", aanname=False)
    ] = None
    experiment_loondispensatie: Annotated[
        bool | None, Feit("Is loondispensatie als experiment ingezet (Wet SUWI 82a)?", aanname=False)
    ] = None
    uwv_oordeel_jonggehandicapt: Annotated[
        bool | None,
        Feit("Oordeelt UWV dat de belemmering ontstond voor het 18e jaar of tijdens de studie?", aanname=False),
    ] = None
    uwv_oordeel_jonggehandicapt_op: Annotated[date | None, Feit("Dag van dat oordeel.")] = None
    kan_zonder_voorziening_geen_wml_verdienen: Annotated[
        bool | None, Feit("Kan de persoon zonder voorziening het minimumloon niet verdienen?", aanname=False)
    ] = None
    ontvangt_voorziening: Annotated[
        bool | None, Feit("Ontvangt de persoon een voorziening op grond van Pwet 10 of Wet WIA 35?", aanname=False)
    ] = None
    heeft_wiw_of_id_baan: Annotated[bool | None, Feit("Werkt de persoon in een WIW- of ID-baan?", aanname=False)] = None
    opgenomen_in_register: Annotated[
        bool | None, Feit("Is de persoon eerder opgenomen in het doelgroepregister?", aanname=False)
    ] = None
    opgenomen_in_register_op: Annotated[date | None, Feit("Dag van die opname.")] = None
    registratie_geeindigd_op: Annotated[date | None, Feit("Eerste dag zonder registratie, als zij is geëindigd.")] = (
        None
    )
    geboortedatum: Annotated[date | None, Feit("Geboortedatum; bepaalt de AOW-leeftijd.")] = None
    aow_leeftijd_bereikt: Annotated[
        bool | None, Feit("Is op de peildatum de AOW-leeftijd bereikt? De geboortedatum gaat voor.", aanname=False)
    ] = None

    def contradictions(self) -> list[str]:
        """Facts that exclude each other or that cannot be used without another."""
        fouten = [
            f"{naam} is onwaar maar {naam}_op is ingevuld: laat een van beide weg."
            for naam in (
                "beschut_werk_vastgesteld",
                "wajong_duurzaam_geen_mogelijkheden",
                "schriftelijk_gemeld_bij_uwv",
                "uwv_oordeel_jonggehandicapt",
                "opgenomen_in_register",
            )
            if getattr(self, naam) is False and getattr(self, f"{naam}_op") is not None
        ]
        if self.uwv_oordeel_kan_geen_wml_verdienen is False and self.uwv_oordeel_op:
            fouten.append("uwv_oordeel_kan_geen_wml_verdienen is onwaar maar uwv_oordeel_op is ingevuld: laat een weg.")
        if (self.uwv_oordeel_kan_geen_wml_verdienen or self.uwv_oordeel_op) and self.uwv_oordeel_aanvrager is None:
            fouten.append("uwv_oordeel_aanvrager ontbreekt: geef 'college' of 'persoon'; daarvan hangt de grond af.")
        if self.was_wsw_of_wajong_op_of_na_1_januari_2013 and self.was_wsw_of_wajong_op_1_mei_2015 is None:
            fouten.append("was_wsw_of_wajong_op_1_mei_2015 ontbreekt: daarvan hangt onderdeel f af.")
        if self.wajong_afwijzing not in (None, WajongAfwijzing.NIET_AFGEWEZEN) and self.wajong_aanvraag_op is None:
            fouten.append("wajong_aanvraag_op ontbreekt: van die dag hangt af welke regel voor de afwijzing geldt.")
        for vanaf, tot in (("wsw_indicatie_vanaf", "wsw_indicatie_tot"), ("wajong_vanaf", "wajong_tot")):
            first, end = getattr(self, vanaf), getattr(self, tot)
            if first and end and end <= first:
                fouten.append(f"{tot} ligt niet na {vanaf}: draai de datums om.")
        return fouten


@dataclass(frozen=True, slots=True)
class Antwoord:
    """What one ground says: whether it is met, why (Dutch, one sentence or two), and which article said so."""

    voldoet: bool
    waarom: str
    artikel: str
    stand: Stand


Reader = FactReader[DoelgroepFeiten]
Oordeel = Callable[[Reader, date], Antwoord]


def _day(naam: str) -> date:
    """A boundary day that has been the same in every version of the rule."""
    day: date = parameter("doelgroepregister", naam).constant()
    return day


def _regime(naam: str, peildatum: date) -> Stand:
    return parameter("doelgroepregister", naam).stand_op(peildatum)


def _uwv_finding(reader: Reader, peildatum: date) -> str | None:
    """None when UWV found that the person cannot earn WML and the finding holds; else why not, in Dutch.

    A finding loses its validity by a loonwaarde of at least WML, or by earning WML without loonkostensubsidie
    (Besluit SUWI 3.5 lid 10).
    """
    if not reader.since("uwv_oordeel_kan_geen_wml_verdienen", "uwv_oordeel_op", peildatum):
        return "UWV heeft (nog) niet vastgesteld dat de persoon het minimumloon niet kan verdienen"
    if peildatum < parameter("doelgroepregister", "beoordeling_kan_vervallen").op(peildatum):
        return None
    earns = reader["verdient_wml_zonder_loonkostensubsidie_sinds"]
    if earns is not None and earns <= peildatum:
        return "de beoordeling geldt niet meer: de persoon verdient het minimumloon zonder loonkostensubsidie"
    loonwaarde = reader["loonwaarde_percentage"]
    if loonwaarde is not None and loonwaarde >= 100 and reader.come("loonwaarde_vastgesteld_op", peildatum):
        return "de beoordeling geldt niet meer: de loonwaarde is ten minste het minimumloon"
    return None


def _loonwaarde_below_wml(reader: Reader, peildatum: date) -> str | None:
    """None when the college found a loonwaarde below WML by the peildatum; else why not, in Dutch."""
    loonwaarde = reader["loonwaarde_percentage"]
    if loonwaarde is None:
        if reader["loonkostensubsidie_forfaitair"]:
            return "forfaitaire loonkostensubsidie is geen vastgestelde loonwaarde"
        return "er is geen loonwaarde vastgesteld"
    if not reader.come("loonwaarde_vastgesteld_op", peildatum):
        return "de loonwaarde is pas na de peildatum vastgesteld"
    if not reader["loonwaarde_vastgesteld_door_college"]:
        return "de loonwaarde is niet door het college vastgesteld volgens de eisen van artikel 10d Participatiewet"
    if loonwaarde >= 100:
        return f"de loonwaarde van {show_number(loonwaarde)}% is niet minder dan het minimumloon"
    return None


def onderdeel_a(reader: Reader, peildatum: date) -> Antwoord:
    """Participatiewet: supported by the college, and UWV (asked by the college) or the loonwaarde says below WML."""
    stand, artikel = _regime("onderdeel_a", peildatum), "38b lid 1 onderdeel a Wfsv"
    if stand.waarde == "bestaat_niet":
        return Antwoord(False, "Deze grond bestaat nog niet op de peildatum.", artikel, stand)
    praktijkroute = stand.waarde == "ook_loonwaarde"
    supported = reader["ondersteuning_pwet_7_1_a"]
    if praktijkroute and not supported:
        supported = reader["loonkostensubsidie_pwet_10d_2"]
    if not supported:
        return Antwoord(False, "Het college ondersteunt de persoon niet bij het vinden van werk.", artikel, stand)
    no_finding = _uwv_finding(reader, peildatum)
    if no_finding is None and reader["uwv_oordeel_aanvrager"] is not Aanvrager.COLLEGE:
        no_finding = "het oordeel van UWV is niet op verzoek van het college gegeven"
    if no_finding is None:
        why = "UWV heeft op verzoek van het college vastgesteld dat de persoon het minimumloon niet kan verdienen."
        return Antwoord(True, why, artikel, stand)
    if not praktijkroute:
        return Antwoord(False, _sentence(no_finding), artikel, stand)
    no_loonwaarde = _loonwaarde_below_wml(reader, peildatum)
    if no_loonwaarde is None:
        percentage = show_number(reader["loonwaarde_percentage"])
        why = f"Praktijkroute: het college heeft een loonwaarde van {percentage}% van het minimumloon vastgesteld."
        return Antwoord(True, why, artikel, stand)
    return Antwoord(False, _sentence(f"{no_finding}; {no_loonwaarde}"), artikel, stand)


def onderdeel_b(reader: Reader, peildatum: date) -> Antwoord:
    """Wsw: a valid indication, also one of before 2015."""
    stand, artikel = _regime("onderdeel_b", peildatum), "38b lid 1 onderdeel b Wfsv"
    if not reader["heeft_wsw_indicatie"]:
        return Antwoord(False, "De persoon heeft geen Wsw-indicatie.", artikel, stand)
    if not reader.within("wsw_indicatie_vanaf", "wsw_indicatie_tot", peildatum):
        return Antwoord(False, "De Wsw-indicatie geldt niet op de peildatum.", artikel, stand)
    return Antwoord(True, "De persoon heeft een geldige Wsw-indicatie.", artikel, stand)


def onderdeel_c(reader: Reader, peildatum: date) -> Antwoord:
    """Wajong; with duurzaam geen mogelijkheden not until 2025, and from 2026 only while working."""
    stand, artikel = _regime("onderdeel_c", peildatum), "38b lid 1 onderdeel c Wfsv"
    if reader["wajong_status"] is WajongStatus.GEEN:
        return Antwoord(False, "De persoon heeft geen recht op grond van de Wajong.", artikel, stand)
    if not reader.within("wajong_vanaf", "wajong_tot", peildatum):
        return Antwoord(False, "Het Wajongrecht geldt niet op de peildatum.", artikel, stand)
    if not reader.since("wajong_duurzaam_geen_mogelijkheden", "wajong_duurzaam_geen_mogelijkheden_op", peildatum):
        return Antwoord(True, "De persoon heeft recht op grond van de Wajong en kan werken.", artikel, stand)
    if stand.waarde == "zonder_duurzaam_geen":
        why = "De persoon heeft duurzaam geen mogelijkheden om te werken; dat sluit hem tot 1-1-2026 uit."
        return Antwoord(False, why, artikel, stand)
    if reader["werkt_in_dienstbetrekking"]:
        why = "De persoon heeft duurzaam geen mogelijkheden, maar werkt in een dienstbetrekking: dan telt hij mee."
        return Antwoord(True, why, artikel, stand)
    why = "De persoon heeft duurzaam geen mogelijkheden om te werken en werkt niet in een dienstbetrekking."
    return Antwoord(False, why, artikel, stand)


def onderdeel_d(reader: Reader, peildatum: date) -> Antwoord:
    """The indications of Besluit Wfsv 2.24 and 2.25: VSO, PrO, entree, former Wsw, refused Wajong, transition."""
    stand, artikel = _regime("onderdeel_d", peildatum), "38b lid 1 onderdeel d Wfsv"
    if stand.waarde == "bestaat_niet":
        return Antwoord(False, "Deze grond bestaat nog niet op de peildatum.", artikel, stand)
    for indicatie in (_vso_pro, _entree, _former_wsw, _refused_wajong, _transition, _own_request_d):
        found = indicatie(reader, peildatum, stand)
        if found is not None:
            return Antwoord(True, found[0], f"{artikel}; {found[1]} Besluit Wfsv", stand)
    return Antwoord(False, "Geen van de indicaties van artikel 2.24 en 2.25 Besluit Wfsv past.", artikel, stand)


def _vso_pro(reader: Reader, peildatum: date, stand: Stand) -> tuple[str, str] | None:
    """2.24, and for PrO before 28-10-2016 the assessment of 2.25 lid 1 onderdeel a as it then read."""
    onderwijs = reader["onderwijs"]
    if onderwijs not in (Onderwijs.VSO, Onderwijs.PRO):
        return None
    if reader.since("wajong_duurzaam_geen_mogelijkheden", "wajong_duurzaam_geen_mogelijkheden_op", peildatum):
        return None
    kind = "voortgezet speciaal onderwijs" if onderwijs is Onderwijs.VSO else "praktijkonderwijs"
    if onderwijs is Onderwijs.PRO and stand.waarde == "pro_na_beoordeling":
        if _own_request_finding(reader, peildatum, _day("entree_oordeel_vanaf")) is None:
            return "Leerling van het praktijkonderwijs, na een beoordeling door UWV op eigen verzoek.", "2.25 lid 1 a"
        return None
    if reader.since("schriftelijk_gemeld_bij_uwv", "schriftelijk_gemeld_bij_uwv_op", peildatum):
        return f"(Oud-)leerling van het {kind}, na een schriftelijke melding bij UWV.", "2.24 lid 1"
    request = reader["verzoek_beoordeling_op"]
    if onderwijs is Onderwijs.PRO and request is not None and request < _day("pro_verzoek_voor"):
        return "(Oud-)leerling van het praktijkonderwijs die tijdig een beoordeling vroeg.", "2.24 lid 2"
    return None


def _own_request_finding(reader: Reader, peildatum: date, not_before: date) -> str | None:
    """None when UWV found on own request, not before a given day, that WML cannot be earned; else why not."""
    if (reason := _uwv_finding(reader, peildatum)) is not None:
        return reason
    if reader["uwv_oordeel_aanvrager"] is not Aanvrager.PERSOON:
        return "het oordeel van UWV is niet op eigen verzoek gegeven"
    day = reader["uwv_oordeel_op"]
    if isinstance(day, date) and day < not_before:
        return f"het oordeel is van voor {show_date(not_before)}"
    return None


def _entree(reader: Reader, peildatum: date, stand: Stand) -> tuple[str, str] | None:
    if reader["onderwijs"] is not Onderwijs.ENTREE:
        return None
    if _own_request_finding(reader, peildatum, _day("entree_oordeel_vanaf")) is not None:
        return None
    return "Leerling van de entreeopleiding, na een beoordeling door UWV op eigen verzoek.", "2.25 lid 1 a"


def _former_wsw(reader: Reader, peildatum: date, stand: Stand) -> tuple[str, str] | None:
    if not reader["had_wsw_indicatie_op_31_december_2014"]:
        return None
    if reader["heeft_wsw_indicatie"] and reader.within("wsw_indicatie_vanaf", "wsw_indicatie_tot", peildatum):
        return None
    if not reader.come("wsw_indicatie_tot", peildatum):
        return None
    return "De Wsw-indicatie van 31-12-2014 is daarna verlopen.", "2.25 lid 1 b"


def _refused_wajong(reader: Reader, peildatum: date, stand: Stand) -> tuple[str, str] | None:
    if reader["wajong_afwijzing"] is not WajongAfwijzing.GEEN_JONGGEHANDICAPTE:
        return None
    asked = reader["wajong_aanvraag_op"]
    if not _day("wajong_aanvraag_vanaf") <= asked <= peildatum or _uwv_finding(reader, peildatum) is not None:
        return None
    return "Wajong is afgewezen, en UWV stelde vast dat het minimumloon niet haalbaar is.", "2.25 lid 1 c"


def _transition(reader: Reader, peildatum: date, stand: Stand) -> tuple[str, str] | None:
    """2.25 lid 2-5, the tijdelijke registraties: for as long as UWV has not assessed the person."""
    if reader["uwv_heeft_beoordeeld"] or reader.since(
        "uwv_oordeel_kan_geen_wml_verdienen", "uwv_oordeel_op", peildatum
    ):
        return None
    ended, asked, refused = reader["entree_beeindigd_op"], reader["wajong_aanvraag_op"], reader["wajong_afwijzing"]
    for row in parameter("doelgroepregister", "overgangsgroepen").op(peildatum):
        day = ended if row["feit"] == "entree_beeindigd_op" else asked if row["afwijzing"] == refused.value else None
        if day is not None and row["vanaf"] <= day <= row["tot_en_met"]:
            return f"Tijdelijk, zolang UWV nog niet heeft beoordeeld: {row['omschrijving']}.", row["artikel"]
    return None


def _own_request_d(reader: Reader, peildatum: date, stand: Stand) -> tuple[str, str] | None:
    if not reader["ondersteuning_pwet_7_1_a"] or not reader["wegens_ziekte_of_gebrek"]:
        return None
    if _own_request_finding(reader, peildatum, date.min) is not None:
        return None
    return "UWV stelde op eigen verzoek vast: wegens ziekte of gebrek geen minimumloon.", OWN_REQUEST_ARTICLE


OWN_REQUEST_ARTICLE = "2.25 lid 1 d"


def onderdeel_e(reader: Reader, peildatum: date) -> Antwoord:
    """UWV found on the person's own request that WML cannot be earned; since 2018 only with the college's support."""
    stand, artikel = _regime("onderdeel_e", peildatum), "38b lid 1 onderdeel e Wfsv"
    if stand.waarde == "bestaat_niet":
        return Antwoord(False, "Deze grond bestaat nog niet op de peildatum.", artikel, stand)
    if stand.waarde == "eigen_verzoek_met_ondersteuning" and not reader["ondersteuning_pwet_7_1_a"]:
        return Antwoord(False, "Het college ondersteunt de persoon niet bij het vinden van werk.", artikel, stand)
    if (reason := _own_request_finding(reader, peildatum, date.min)) is not None:
        return Antwoord(False, _sentence(reason), artikel, stand)
    why = "UWV heeft op eigen verzoek vastgesteld dat de persoon het minimumloon niet kan verdienen."
    return Antwoord(True, why, artikel, stand)


def onderdeel_f(reader: Reader, peildatum: date) -> Antwoord:
    """Transition: b or c (or WIW/ID, 38f lid 6) on or after 1-1-2013 and no longer on 1-5-2015."""
    stand, artikel = _regime("onderdeel_f", peildatum), "38b lid 1 onderdeel f Wfsv"
    if peildatum < stand.waarde:
        return Antwoord(False, f"Deze grond geldt vanaf {show_date(stand.waarde)}.", artikel, stand)
    if not reader["was_wsw_of_wajong_op_of_na_1_januari_2013"]:
        why = "De persoon viel op of na 1-1-2013 niet onder de Wsw, de Wajong of WIW/ID."
        return Antwoord(False, why, artikel, stand)
    if reader["was_wsw_of_wajong_op_1_mei_2015"]:
        return Antwoord(False, "De persoon viel daar op 1-5-2015 nog wel onder.", artikel, stand)
    if reader.since("wajong_duurzaam_geen_mogelijkheden", "wajong_duurzaam_geen_mogelijkheden_op", peildatum):
        return Antwoord(False, "De persoon heeft duurzaam geen mogelijkheden om te werken.", artikel, stand)
    why = "De persoon viel op of na 1-1-2013 onder de Wsw, de Wajong of WIW/ID en op 1-5-2015 niet meer."
    return Antwoord(True, why, artikel, stand)


def onderdeel_g(reader: Reader, peildatum: date) -> Antwoord:
    """Since 2026: IVA with loondispensatie as an experiment."""
    stand, artikel = _regime("onderdeel_g", peildatum), "38b lid 1 onderdeel g Wfsv"
    if peildatum < stand.waarde:
        return Antwoord(False, f"Deze grond geldt vanaf {show_date(stand.waarde)}.", artikel, stand)
    if not reader["recht_op_iva_uitkering"]:
        return Antwoord(False, "De persoon heeft geen recht op een IVA-uitkering.", artikel, stand)
    if not reader["experiment_loondispensatie"]:
        return Antwoord(False, "Er is geen loondispensatie als experiment ingezet.", artikel, stand)
    return Antwoord(True, "IVA-uitkering met loondispensatie als experiment.", artikel, stand)


def lid_2(reader: Reader, peildatum: date) -> Antwoord:
    """Illness before 18 or during study, and no WML without a provision; until 2025 the provision must be received."""
    stand, artikel = _regime("lid_2", peildatum), "38b lid 2 Wfsv"
    if not reader.since("uwv_oordeel_jonggehandicapt", "uwv_oordeel_jonggehandicapt_op", peildatum):
        why = "UWV oordeelde (nog) niet dat de belemmering ontstond voor het 18e jaar of tijdens de studie."
        return Antwoord(False, why, artikel, stand)
    if not reader["kan_zonder_voorziening_geen_wml_verdienen"]:
        return Antwoord(False, "De persoon kan ook zonder voorziening het minimumloon verdienen.", artikel, stand)
    if stand.waarde == "ontvangt_voorziening" and not reader["ontvangt_voorziening"]:
        return Antwoord(False, "De persoon ontvangt geen voorziening; dat moest tot 1-1-2026.", artikel, stand)
    why = "Belemmering van voor het 18e jaar of uit de studietijd; zonder voorziening geen minimumloon."
    return Antwoord(True, why, artikel, stand)


def wiw_id(reader: Reader, peildatum: date) -> Antwoord:
    """A WIW or ID job is gelijkgesteld (38f lid 5, Regeling Wfsv 3.26)."""
    stand, artikel = _regime("wiw_id", peildatum), "38f lid 5 Wfsv en 3.26 Regeling Wfsv"
    if not reader["heeft_wiw_of_id_baan"]:
        return Antwoord(False, "De persoon werkt niet in een WIW- of ID-baan.", artikel, stand)
    return Antwoord(True, "Een WIW- of ID-baan is gelijkgesteld.", artikel, stand)


def _sentence(reason: str) -> str:
    return f"{reason[0].upper()}{reason[1:]}."
