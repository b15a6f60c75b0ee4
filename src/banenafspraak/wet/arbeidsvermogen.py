"""The beoordeling arbeidsvermogen (ABA): what UWV decides on an application, question by question.

Wajong 2015 (Wajong 1a:1), the indicatie banenafspraak and werken met een voorziening (Besluit SUWI 3.5), or an advice
about beschut werk. A gemeente gets exactly what it asked for; for a citizen UWV may switch to what fits better.
Nothing is assumed: a fact that is needed and absent is the next question.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from banenafspraak.wet import beschutwerk, vragen
from banenafspraak.wet.aow import add_months
from banenafspraak.wet.beschutwerk import BegeleidWerken
from banenafspraak.wet.doelgroep import Route
from banenafspraak.wet.feiten import Feit, FeitenFout
from banenafspraak.wet.gronden import Aanvrager, Grond, Onderwijs
from banenafspraak.wet.parameters import Stand, parameter
from banenafspraak.wet.uitkomst import Stap, Trail, Uitkomst, show_date
from banenafspraak.wet.vragen import Asker, Vraag


class SoortAanvraag(StrEnum):
    """De beoordeling die is gevraagd."""

    WAJONG = "wajong"
    BANENAFSPRAAK = "banenafspraak"
    WERKEN_MET_VOORZIENING = "werken_met_voorziening"
    BESCHUT_WERK = "beschut_werk"


class Drempelfunctie(StrEnum):
    """Hoe iemand een drempelfunctie kan uitvoeren (Besluit SUWI 3.5 lid 5 tot en met 8)."""

    GEEN = "geen"
    VOOR_EEN_DEEL = "voor_een_deel"
    MET_BEGELEIDING = "met_begeleiding"
    MET_VOORZIENING = "met_voorziening"
    MET_AANPASSINGEN = "met_aanpassingen"
    ZELFSTANDIG = "zelfstandig"


class AbaUitkomst(StrEnum):
    """What UWV decides or advises."""

    WAJONG_2015 = "wajong_2015"
    DOELGROEP_BANENAFSPRAAK = "doelgroep_banenafspraak"
    WERKEN_MET_VOORZIENING = "werken_met_voorziening"
    ADVIES_BESCHUT_WERK = "advies_beschut_werk"
    GEEN = "geen"


@dataclass(frozen=True, slots=True, kw_only=True)
class ArbeidsvermogenFeiten:
    """Feiten over één aanvraag beoordeling arbeidsvermogen. Er wordt niets aangenomen: wat nodig is, wordt gevraagd."""

    aanvrager: Annotated[Aanvrager | None, Feit("Wie vraagt de beoordeling aan: het college of de persoon zelf?")] = (
        None
    )
    gevraagd: Annotated[SoortAanvraag | None, Feit("Welke beoordeling is gevraagd?")] = None
    keuze_aan_uwv: Annotated[
        bool | None, Feit("Liet de persoon de keuze aan UWV? Dan is er geen beoordeling gevraagd.")
    ] = None
    verzocht_op: Annotated[date | None, Feit("Op welke dag is de beoordeling gevraagd?")] = None
    onderwijs: Annotated[
        Onderwijs | None, Feit("Volgt of volgde de persoon vso, praktijkonderwijs (pro) of een entreeopleiding?")
    ] = None
    duurzaam_geen_vastgesteld: Annotated[
        bool | None, Feit("Heeft UWV al vastgesteld dat de persoon duurzaam geen mogelijkheden heeft om te werken?")
    ] = None
    schoolgegevens_kloppen: Annotated[
        bool | None, Feit("Bevestigen de gegevens van de school dat de persoon dat onderwijs volgt of volgde?")
    ] = None
    ondersteuning_pwet_7_1_a: Annotated[
        bool | None, Feit("Ondersteunt het college de persoon naar werk (Pwet 7 lid 1 a), of kan hij daarom vragen?")
    ] = None
    kan_taak_uitvoeren: Annotated[bool | None, Feit("Kan de persoon een taak uitvoeren in een arbeidsorganisatie?")] = (
        None
    )
    heeft_werknemersvaardigheden: Annotated[bool | None, Feit("Heeft de persoon basale werknemersvaardigheden?")] = None
    kan_uur_aaneengesloten_werken: Annotated[
        bool | None, Feit("Kan de persoon ten minste een uur achter elkaar werken?")
    ] = None
    vier_uur_belastbaar: Annotated[bool | None, Feit("Is de persoon ten minste vier uur per dag belastbaar?")] = None
    twee_uur_belastbaar: Annotated[bool | None, Feit("Is de persoon ten minste twee uur per dag belastbaar?")] = None
    verdient_minimumloon_per_uur: Annotated[
        bool | None, Feit("Kan de persoon per uur ten minste het minimumloon per uur verdienen?")
    ] = None
    duurzaam_geen_arbeidsvermogen: Annotated[
        bool | None, Feit("Is het uitgesloten dat de mogelijkheden om te werken zich nog ontwikkelen (duurzaam)?")
    ] = None
    woont_in_nederland: Annotated[bool | None, Feit("Woont de persoon in Nederland?")] = None
    gevolg_van_ziekte: Annotated[
        bool | None,
        Feit("Is het een rechtstreeks, objectief medisch gevolg van ziekte, gebrek, zwangerschap of bevalling?"),
    ] = None
    geboortedatum: Annotated[date | None, Feit("Wat is de geboortedatum?")] = None
    beperking_sinds: Annotated[date | None, Feit("Sinds welke dag heeft de persoon deze beperkingen?")] = None
    maanden_studerend_bij_beperking: Annotated[
        int | None,
        Feit(
            "Hoeveel maanden studeerde de persoon in het jaar voordat de beperkingen begonnen?", minimum=0, maximum=12
        ),
    ] = None
    geen_mogelijkheden_sinds: Annotated[
        date | None, Feit("Sinds welke dag heeft de persoon onafgebroken geen mogelijkheden om te werken?")
    ] = None
    maanden_studerend_bij_geen_mogelijkheden: Annotated[
        int | None,
        Feit(
            "Hoeveel maanden studeerde de persoon in het jaar voordat er geen mogelijkheden meer waren?",
            minimum=0,
            maximum=12,
        ),
    ] = None
    zelfde_oorzaak: Annotated[
        bool | None, Feit("Ontbreken de mogelijkheden door dezelfde oorzaak als de eerdere beperkingen?")
    ] = None
    drempelfunctie: Annotated[Drempelfunctie | None, Feit("Hoe kan de persoon een drempelfunctie uitvoeren?")] = None
    beperkingen_nog_zes_maanden: Annotated[
        bool | None, Feit("Duren de beperkingen naar verwachting nog ten minste zes maanden?")
    ] = None
    begeleid_werken: Annotated[
        BegeleidWerken | None,
        Feit("Wat adviseerde UWV bij een Wsw-indicatie over begeleid werken? Zonder indicatie: er is geen advies."),
    ] = None
    eerder_advies: Annotated[
        bool | None, Feit("Gaf UWV in de twaalf maanden voor het verzoek al een advies over beschut werk?")
    ] = None
    nieuwe_feiten: Annotated[
        bool | None, Feit("Noemt de aanvrager nieuwe feiten of veranderde omstandigheden sinds dat eerdere oordeel?")
    ] = None
    aanpassingen_niet_redelijk: Annotated[
        bool | None,
        Feit("Zijn aanpassingen nodig, technisch of in de organisatie, die geen werkgever redelijk kan bieden?"),
    ] = None
    toezicht_niet_redelijk: Annotated[
        bool | None,
        Feit("Is permanent toezicht of intensieve begeleiding nodig die geen werkgever redelijk kan bieden?"),
    ] = None

    def contradictions(self) -> list[str]:
        """Facts that exclude each other."""
        fouten = []
        if self.keuze_aan_uwv and (self.gevraagd is not None or self.aanvrager is Aanvrager.COLLEGE):
            fouten.append("keuze_aan_uwv is voor een persoon die niets koos: laat gevraagd of keuze_aan_uwv weg.")
        if self.aanvrager is Aanvrager.COLLEGE and self.gevraagd is SoortAanvraag.WAJONG:
            fouten.append("gevraagd: een gemeente kan geen Wajong aanvragen; dat doet de persoon zelf.")
        if self.vier_uur_belastbaar and self.twee_uur_belastbaar is False:
            fouten.append("twee_uur_belastbaar is onwaar maar vier_uur_belastbaar is waar: laat een weg.")
        for naam in ("verzocht_op", "beperking_sinds", "geen_mogelijkheden_sinds"):
            day = getattr(self, naam)
            if self.geboortedatum and day and day < self.geboortedatum:
                fouten.append(f"{naam} ligt voor de geboortedatum: controleer beide.")
        return fouten


@dataclass(frozen=True, slots=True)
class AbaOordeel:
    """The outcome, whether UWV switched from what was asked, and what a registration would rest on.

    ``grond`` and ``route`` are None when the outcome does not put somebody in the register by itself.
    """

    uitkomst: AbaUitkomst
    gevraagd: SoortAanvraag
    gewisseld: bool
    grond: Grond | None
    route: Route | None


_DAGEN = ("verzocht_op", "geboortedatum", "beperking_sinds", "geen_mogelijkheden_sinds")


def beoordeel(feiten: ArbeidsvermogenFeiten, *, peildatum: date) -> Uitkomst[AbaOordeel]:
    """What UWV decides on this application on ``peildatum``, with every question, answer and article.

    Raises FeitOntbreekt for the first fact that is needed and was not given, FeitenFout for facts that contradict each
    other or lie after the peildatum, ParameterFout before 2015.
    """
    fouten = feiten.contradictions()
    fouten += [
        f"{naam} ligt na de peildatum {show_date(peildatum)}: controleer de datum."
        for naam in _DAGEN
        if (getattr(feiten, naam) or peildatum) > peildatum
    ]
    if fouten:
        raise FeitenFout(fouten)
    trail = Trail()
    zaak = _Zaak(Asker(feiten, trail), trail, peildatum)
    found: tuple[Grond | None, Route | None] | None = None
    soort = zaak.gevraagd
    for soort in zaak.order():
        found = _ASSESS[soort](zaak)
        if found is not None:
            break
    uitkomst = AbaUitkomst.GEEN if found is None else _UITKOMST[soort]
    switched = zaak.chose and found is not None and soort is not zaak.gevraagd
    zaak.conclude(uitkomst, switched)
    grond, route = found or (None, None)
    return trail.finish(AbaOordeel(uitkomst, zaak.gevraagd, switched, grond, route))


def schooltoets(feiten: ArbeidsvermogenFeiten, *, peildatum: date) -> Uitkomst[AbaOordeel]:
    """What UWV decides on a request to be registered after vso or pro: the school's data count, nothing medical.

    For entree, and for praktijkonderwijs before 28-10-2016, an assessment is needed: then it answers as `beoordeel`.
    Raises as `beoordeel`.
    """
    trail = Trail()
    zaak = _Zaak(Asker(feiten, trail), trail, peildatum)
    onderwijs: Onderwijs = zaak.ask("onderwijs", "2.24 en 2.25 Besluit Wfsv", zaak.school())
    assessed = onderwijs is Onderwijs.PRO and zaak.school().waarde == "pro_na_beoordeling"
    if assessed or onderwijs not in (Onderwijs.VSO, Onderwijs.PRO):
        return beoordeel(feiten, peildatum=peildatum)
    found = _by_school(zaak, onderwijs)
    uitkomst = AbaUitkomst.DOELGROEP_BANENAFSPRAAK if found else AbaUitkomst.GEEN
    zaak.conclude(uitkomst, False)
    grond, route = _SCHOOL[onderwijs] if found else (None, None)
    return trail.finish(AbaOordeel(uitkomst, zaak.gevraagd, False, grond, route))


def next_question(
    feiten: ArbeidsvermogenFeiten,
    *,
    peildatum: date,
    rule: Callable[..., Uitkomst[AbaOordeel]] = beoordeel,
) -> Vraag | None:
    """The next question of the guided form for this application, or None when ``rule`` can answer.

    ``rule`` is `beoordeel` or `schooltoets`. A gemeente is not offered Wajong. Raises FeitenFout for facts that
    contradict each other.
    """
    vraag = vragen.next_question(rule, feiten, peildatum=peildatum)
    if vraag is not None and vraag.naam == "gevraagd" and feiten.aanvrager is Aanvrager.COLLEGE:
        return replace(vraag, keuzes=tuple(keuze for keuze in vraag.keuzes if keuze != SoortAanvraag.WAJONG))
    return vraag


class _Zaak:
    """One application while it is assessed: it asks, writes steps, and remembers what was concluded."""

    def __init__(self, asker: Asker, trail: Trail, peildatum: date) -> None:
        self._asker, self._trail, self.peildatum = asker, trail, peildatum
        self._vermogen: bool | None = None
        self._functie: bool | None = None
        stand = self.stand("wisselen")
        self.aanvrager: Aanvrager = asker.ask("aanvrager", "3.5 lid 1 Besluit SUWI", stand)
        self.chose = not asker.feiten.keuze_aan_uwv
        self.gevraagd = SoortAanvraag.BANENAFSPRAAK
        if self.chose:
            self.gevraagd = asker.ask("gevraagd", "3.5 lid 1 Besluit SUWI", stand)
        else:
            said = "Niets in het bijzonder: de persoon liet de keuze aan UWV."
            self.note("Welke beoordeling is gevraagd?", said, str(stand.bron), stand)
        self.verzocht_op: date = asker.ask("verzocht_op", "3.5 lid 9 Besluit SUWI", self.stand("beperkingen"))

    def order(self) -> tuple[SoortAanvraag, ...]:
        """What was asked, and for a citizen after that the assessments UWV may switch to; without a choice, all."""
        if self.aanvrager is Aanvrager.COLLEGE:
            return (self.gevraagd,)
        if not self.chose:
            return tuple(SoortAanvraag)
        return (self.gevraagd, *(soort for soort in SoortAanvraag if soort is not self.gevraagd))

    def stand(self, naam: str) -> Stand:
        """The version on the peildatum of a rule about arbeidsvermogen."""
        return parameter("arbeidsvermogen", naam).stand_op(self.peildatum)

    def ask(self, naam: str, artikel: str, regel: str | Stand) -> Any:
        """The answer to one question, which rests on this rule."""
        return self._asker.ask(naam, artikel, self.stand(regel) if isinstance(regel, str) else regel)

    def note(self, vraag: str, uitkomst: str, artikel: str, stand: Stand) -> None:
        """Write a conclusion down."""
        stap = Stap(vraag, uitkomst, artikel, zekerheid=stand.zekerheid, toelichting=stand.toelichting)
        self._trail.add(stap, stand.bron)

    def school(self) -> Stand:
        """The version of Besluit Wfsv 2.24 and 2.25 on the day of the request."""
        return parameter("doelgroepregister", "onderdeel_d").stand_op(self.verzocht_op)

    def has_arbeidsvermogen(self) -> bool:
        """Schattingsbesluit 1a: no arbeidsvermogen as soon as one of the four fails."""
        if self._vermogen is None:
            failed = self._failed_criterion()
            self._vermogen = failed is None
            uitkomst = "Ja: aan alle vier de eisen is voldaan." if failed is None else f"Nee: {failed}."
            artikel = "1a lid 1 Schattingsbesluit arbeidsongeschiktheidswetten"
            self.note("Heeft de persoon arbeidsvermogen?", uitkomst, artikel, self.stand("uren_per_dag"))
        return self._vermogen

    def _failed_criterion(self) -> str | None:
        article = "1a lid 1 onderdeel {} Schattingsbesluit arbeidsongeschiktheidswetten"
        for naam, letter, why in (
            ("kan_taak_uitvoeren", "a", "de persoon kan geen taak uitvoeren"),
            ("heeft_werknemersvaardigheden", "b", "de persoon mist basale werknemersvaardigheden"),
            ("kan_uur_aaneengesloten_werken", "c", "de persoon kan geen uur achter elkaar werken"),
        ):
            if not self.ask(naam, article.format(letter), "uren_aaneengesloten"):
                return why
        if self.ask("vier_uur_belastbaar", article.format("d"), "uren_per_dag"):
            return None
        if not self.ask("twee_uur_belastbaar", article.format("d"), "uren_per_dag_met_minimumloon"):
            return "de persoon is geen twee uur per dag belastbaar"
        if not self.ask("verdient_minimumloon_per_uur", article.format("d"), "uren_per_dag_met_minimumloon"):
            return "de persoon is geen vier uur per dag belastbaar en verdient per uur het minimumloon niet"
        return None

    def is_duurzaam(self) -> bool:
        """Whether the possibilities to work cannot develop any more (Wajong 1a:1 lid 4)."""
        return bool(self.ask("duurzaam_geen_arbeidsvermogen", "1a:1 lid 4 Wajong", "zelfde_oorzaak"))

    def onset(self) -> date | None:
        """The day of Wajong 1a:1 on which there were limits: turning 18, or later as a student; None for neither."""
        born: date = self.ask("geboortedatum", "1a:1 lid 1 Wajong", "studerend")
        since: date = self.ask("beperking_sinds", "1a:1 lid 1 Wajong", "studerend")
        eighteen = add_months(born, 18 * 12)
        if since <= eighteen:
            return eighteen
        return since if self.was_studying("maanden_studerend_bij_beperking") else None

    def was_studying(self, naam: str) -> bool:
        """Whether somebody was a student for long enough in the year before that day."""
        months: int = self.ask(naam, "1a:1 lid 1 onderdeel b en 1:4 Wajong", "studerend")
        return bool(months >= self.stand("studerend").waarde)

    def can_do_drempelfunctie(self) -> bool:
        """Besluit SUWI 3.5 lid 6 and 7; true as well for who can only with a provision, which lid 8 assesses."""
        if self._functie is None:
            functie: Drempelfunctie = self.ask("drempelfunctie", "3.5 lid 4 en 5 Besluit SUWI", "beperkingen")
            stand = parameter("arbeidsvermogen", "drempelfunctie").stand_op(self.verzocht_op)
            able, artikel = _ABLE, "3.5 lid 6 en 7 Besluit SUWI"
            if stand.waarde == "ook_met_begeleiding":
                able, artikel = (
                    able | {Drempelfunctie.MET_BEGELEIDING},
                    "3.5 lid 9 en lid 7 (tekst 27-10-2016) Besluit SUWI",
                )
            self._functie = functie in able
            if functie is Drempelfunctie.MET_VOORZIENING:
                uitkomst, artikel = (
                    "Alleen met een voorziening: dat is een eigen beoordeling.",
                    "3.5 lid 8 Besluit SUWI",
                )
            else:
                uitkomst = (
                    "Ja: dan haalt hij het minimumloon."
                    if self._functie
                    else "Nee: dan haalt hij het minimumloon niet."
                )
            self.note("Kan de persoon een drempelfunctie uitvoeren?", uitkomst, artikel, stand)
        return self._functie

    def advise_beschut_werk(self) -> bool:
        """Whether UWV advises beschut werk."""
        return beschutwerk.advise(self._asker, self.aanvrager, self._trail, self.peildatum)[0]

    def conclude(self, uitkomst: AbaUitkomst, switched: bool) -> None:
        """The last step: the outcome, and whether it is what was asked."""
        stand = self.stand("wisselen")
        said = f"{_SAID[uitkomst]}."
        if switched:
            said += f" Gevraagd was {self.gevraagd.value}; UWV wisselde naar wat beter past."
        elif uitkomst is AbaUitkomst.GEEN and self.aanvrager is Aanvrager.COLLEGE:
            said += " De gemeente vroeg alleen deze beoordeling; UWV wisselt niet."
        self.note("Wat is de uitkomst van de beoordeling?", said, str(stand.bron), stand)


_ABLE = frozenset({Drempelfunctie.ZELFSTANDIG, Drempelfunctie.MET_AANPASSINGEN, Drempelfunctie.MET_VOORZIENING})
_SAID = {
    AbaUitkomst.WAJONG_2015: "Recht op Wajong 2015",
    AbaUitkomst.DOELGROEP_BANENAFSPRAAK: "Doelgroep banenafspraak",
    AbaUitkomst.WERKEN_MET_VOORZIENING: "Doelgroep banenafspraak, omdat werken alleen met een voorziening lukt",
    AbaUitkomst.ADVIES_BESCHUT_WERK: "Positief advies beschut werk; het college beslist",
    AbaUitkomst.GEEN: "Geen Wajong, geen indicatie banenafspraak en geen positief advies",
}


# --- The assessments: what a registration rests on, or None when the outcome is negative -------------------------

_Gevonden = tuple[Grond | None, Route | None]
_GEEN_REGISTRATIE: _Gevonden = (None, None)
_SCHOOL: Mapping[Onderwijs, _Gevonden] = {
    Onderwijs.VSO: (Grond.AMVB_38B_1_D, Route.VSO),
    Onderwijs.PRO: (Grond.AMVB_38B_1_D, Route.PRO),
}


def _wajong(zaak: _Zaak) -> _Gevonden | None:
    """Wajong 1a:1. Who gets it can durably not work, so it is no entry to the register (but see Wfsv 38b lid 1 c)."""
    if zaak.has_arbeidsvermogen():
        return None
    if not zaak.ask("woont_in_nederland", "1a:1 lid 1 en 1:2 Wajong", "studerend"):
        return None
    if not zaak.ask("gevolg_van_ziekte", "1a:1 lid 1 Wajong", "studerend"):
        return None
    duurzaam = zaak.is_duurzaam()
    lid, day = _jonggehandicapt(zaak)
    stand = zaak.stand("zelfde_oorzaak")
    uitkomst = f"Ja, op grond van {lid}." if lid else "Nee: niet voor het 18e jaar, niet tijdens de studie."
    if lid and not duurzaam:
        stand = zaak.stand("tijdelijk_geen")
        ten_years = add_months(day, int(stand.waarde) * 12)
        if zaak.peildatum >= ten_years:
            lid, uitkomst = "lid 3", "Ja, op grond van lid 3: tien jaar lang geen mogelijkheden."
        else:
            lid, uitkomst = "", f"Nee: tijdelijk, en nog geen tien jaar (dat is op {show_date(ten_years)})."
    zaak.note("Is de persoon jonggehandicapte?", uitkomst, f"1a:1 {lid or 'lid 1 tot en met 3'} Wajong", stand)
    return _GEEN_REGISTRATIE if lid else None


def _jonggehandicapt(zaak: _Zaak) -> tuple[str, date]:
    """Which member of 1a:1 fits the day from which there are no possibilities ("" for none), and from when it counts.

    On turning 18 or before (lid 1 a), as a student (lid 1 b), or within five years by the same cause (lid 2).
    """
    born: date = zaak.ask("geboortedatum", "1a:1 lid 1 Wajong", "studerend")
    since: date = zaak.ask("geen_mogelijkheden_sinds", "1a:1 lid 1 tot en met 3 Wajong", "studerend")
    eighteen = add_months(born, 18 * 12)
    if since <= eighteen:
        return "lid 1 onderdeel a", eighteen
    if zaak.was_studying("maanden_studerend_bij_geen_mogelijkheden"):
        return "lid 1 onderdeel b", since
    day, stand = zaak.onset(), zaak.stand("zelfde_oorzaak")
    if day is None or since > add_months(day, int(stand.waarde) * 12):
        return "", since
    return "lid 2" if zaak.ask("zelfde_oorzaak", "1a:1 lid 2 Wajong", "zelfde_oorzaak") else "", since


def _banenafspraak(zaak: _Zaak) -> _Gevonden | None:
    """Besluit SUWI 3.5: cannot earn the minimum wage; for vso and pro only the school's data count."""
    found: _Gevonden | None
    if zaak.aanvrager is Aanvrager.COLLEGE:
        found = (Grond.PWET_LKS_UWV_LOONWAARDE, Route.INDICATIE_BANENAFSPRAAK)
    else:
        onderwijs: Onderwijs = zaak.ask("onderwijs", "2.24 en 2.25 Besluit Wfsv", zaak.school())
        if _by_school(zaak, onderwijs):
            return _SCHOOL[onderwijs]
        found = _own_request(zaak, onderwijs)
    return found if found and _cannot_earn_wml(zaak) else None


def _by_school(zaak: _Zaak, onderwijs: Onderwijs) -> bool:
    """Besluit Wfsv 2.24: vso, and pro since 28-10-2016, after a check of the school's data and nothing medical."""
    stand = zaak.school()
    vraag = "Kan de persoon zonder beoordeling in het register?"
    if onderwijs is Onderwijs.ENTREE:
        zaak.note(vraag, "Nee: bij een entreeopleiding is een beoordeling nodig.", "2.25 lid 1 a Besluit Wfsv", stand)
        return False
    if onderwijs is Onderwijs.GEEN or stand.waarde == "bestaat_niet":
        return False
    if onderwijs is Onderwijs.PRO and stand.waarde == "pro_na_beoordeling":
        why = "Nee: bij praktijkonderwijs was voor 28-10-2016 een beoordeling nodig."
        zaak.note(vraag, why, "2.24 lid 2 Besluit Wfsv", stand)
        return False
    if zaak.ask("duurzaam_geen_vastgesteld", "2.24 lid 3 Besluit Wfsv", stand):
        zaak.note(vraag, "Nee: er is vastgesteld dat werken duurzaam niet kan.", "2.24 lid 3 Besluit Wfsv", stand)
        return False
    if not zaak.ask("schoolgegevens_kloppen", "2.24 lid 1 Besluit Wfsv", stand):
        why = "Nee: de school bevestigt het onderwijs niet; UWV beoordeelt het arbeidsvermogen."
        zaak.note(vraag, why, "2.24 lid 1 Besluit Wfsv", stand)
        return False
    zaak.note(vraag, "Ja: UWV controleert alleen de gegevens van de school.", "2.24 lid 1 Besluit Wfsv", stand)
    return True


def _own_request(zaak: _Zaak, onderwijs: Onderwijs) -> _Gevonden | None:
    """What an own request leads to once UWV finds that WML cannot be earned; None when there is no such ground."""
    if onderwijs is Onderwijs.ENTREE:
        return Grond.AMVB_38B_1_D, Route.ENTREE
    since: date = parameter("doelgroepregister", "wajong_aanvraag_vanaf").constant()
    if zaak.gevraagd is SoortAanvraag.WAJONG and zaak.verzocht_op >= since:
        return Grond.AMVB_38B_1_D, Route.AFGEWEZEN_WAJONG
    stand = parameter("doelgroepregister", "onderdeel_e").stand_op(zaak.peildatum)
    artikel = "38b lid 1 onderdeel e Wfsv"
    if stand.waarde == "bestaat_niet":
        zaak.note("Kan dit op eigen verzoek?", "Nee: deze grond bestaat nog niet.", artikel, stand)
        return None
    if stand.waarde == "eigen_verzoek_met_ondersteuning" and not zaak.ask("ondersteuning_pwet_7_1_a", artikel, stand):
        zaak.note("Kan dit op eigen verzoek?", "Nee: de persoon valt niet onder de Participatiewet.", artikel, stand)
        return None
    return Grond.PWET_UWV_WML_EIGEN_VERZOEK, Route.INDICATIE_BANENAFSPRAAK


def _cannot_earn_wml(zaak: _Zaak) -> bool:
    """Besluit SUWI 3.5 lid 4 to 7, with the limits expected to last."""
    vraag = "Kan de persoon het minimumloon verdienen?"
    if not zaak.has_arbeidsvermogen():
        stand = zaak.stand("geen_arbeidsvermogen")
        if zaak.is_duurzaam():
            zaak.note(vraag, "Duurzaam geen arbeidsvermogen: geen indicatie.", "3.5 lid 6 Besluit SUWI", stand)
            return False
        why = "Nee: zonder arbeidsvermogen lukt ook geen drempelfunctie, maar het kan zich nog ontwikkelen."
        zaak.note(vraag, why, "3.5 lid 6 Besluit SUWI", stand)
    elif zaak.can_do_drempelfunctie():
        return False
    return bool(zaak.ask("beperkingen_nog_zes_maanden", "3.5 lid 6 Besluit SUWI", "beperkingen"))


def _werken_met_voorziening(zaak: _Zaak) -> _Gevonden | None:
    """Wfsv 38b lid 2 with Besluit SUWI 3.5 lid 8: an early limit, and a threshold job only with a provision."""
    stand = zaak.stand("werken_met_voorziening")
    if zaak.verzocht_op < stand.waarde:
        uitkomst = f"Nee: UWV beoordeelt dat bij verzoeken vanaf {show_date(stand.waarde)}."
        zaak.note("Beoordeelt UWV werken met een voorziening?", uitkomst, "3.5 lid 8 Besluit SUWI", stand)
        return None
    if not zaak.has_arbeidsvermogen():
        return None
    functie = zaak.ask("drempelfunctie", "3.5 lid 4 en 8 Besluit SUWI", "beperkingen")
    if functie is not Drempelfunctie.MET_VOORZIENING:
        return None
    if not zaak.ask("beperkingen_nog_zes_maanden", "3.5 lid 6 en 8 Besluit SUWI", "beperkingen"):
        return None
    if zaak.onset() is None:
        uitkomst = "Nee: de beperking ontstond niet voor het 18e jaar of tijdens de studie."
        zaak.note("Valt de persoon onder artikel 38b lid 2?", uitkomst, "38b lid 2 Wfsv", stand)
        return None
    return Grond.JONGGEHANDICAPT_UWV_OORDEEL, Route.WERKEN_MET_VOORZIENING


def _beschut_werk(zaak: _Zaak) -> _Gevonden | None:
    """Besluit advisering beschut werk 3; UWV does not switch to it for who can do a threshold job."""
    if not zaak.has_arbeidsvermogen():
        return None
    if zaak.gevraagd is not SoortAanvraag.BESCHUT_WERK and zaak.can_do_drempelfunctie():
        return None
    return _GEEN_REGISTRATIE if zaak.advise_beschut_werk() else None


_ASSESS: Mapping[SoortAanvraag, Callable[[_Zaak], _Gevonden | None]] = {
    SoortAanvraag.WAJONG: _wajong,
    SoortAanvraag.BANENAFSPRAAK: _banenafspraak,
    SoortAanvraag.WERKEN_MET_VOORZIENING: _werken_met_voorziening,
    SoortAanvraag.BESCHUT_WERK: _beschut_werk,
}
_UITKOMST = {
    SoortAanvraag.WAJONG: AbaUitkomst.WAJONG_2015,
    SoortAanvraag.BANENAFSPRAAK: AbaUitkomst.DOELGROEP_BANENAFSPRAAK,
    SoortAanvraag.WERKEN_MET_VOORZIENING: AbaUitkomst.WERKEN_MET_VOORZIENING,
    SoortAanvraag.BESCHUT_WERK: AbaUitkomst.ADVIES_BESCHUT_WERK,
}
