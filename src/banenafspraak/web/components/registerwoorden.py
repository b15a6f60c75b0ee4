"""The register in the words of a screen: grounds, routes, ends, what follows from them, and what others saw."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from banenafspraak.wet.doelgroep import Route
from banenafspraak.wet.gevolgen import Gevolg
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.grondlabel import Grondlabel
from banenafspraak.wet.registratie import EindeReden


@dataclass(frozen=True)
class Uitleg:
    """A title and what it means, for who it is about."""

    title: Promise
    text: Promise


LABELS: Mapping[Grondlabel, Promise] = {
    Grondlabel.A: _("a: Participatiewet"),
    Grondlabel.B: _("b: Wsw-indicatie"),
    Grondlabel.C: _("c: Wajong met arbeidsvermogen"),
    Grondlabel.D: _("d: groep uit het Besluit Wfsv"),
    Grondlabel.E: _("e: beoordeling op eigen verzoek"),
    Grondlabel.LID_2: _("lid 2: beperking voor het 18e jaar of tijdens de studie"),
    Grondlabel.GELIJKGESTELD: _("38f lid 5: WIW-baan of ID-baan"),
    Grondlabel.NIET_VERMELD: _("niet vermeld"),
}

GRONDEN: Mapping[Grond, Uitleg] = {
    Grond.PWET_LKS_UWV_LOONWAARDE: Uitleg(
        _("U valt onder de Participatiewet"),
        _(
            "De gemeente helpt u bij werk. Er is vastgesteld dat u met werk niet zelf het minimumloon kunt verdienen. "
            "UWV heeft dat beoordeeld, of de gemeente heeft het op uw werkplek gemeten."
        ),
    ),
    Grond.WSW: Uitleg(
        _("U hebt een Wsw-indicatie"),
        _("U hebt een indicatie voor de sociale werkvoorziening (Wsw)."),
    ),
    Grond.WAJONG: Uitleg(
        _("U hebt Wajong"),
        _("U hebt recht op Wajong, en u kunt werken."),
    ),
    Grond.AMVB_38B_1_D: Uitleg(
        _("U hoort bij een groep die in het Besluit Wfsv staat"),
        _(
            "Bijvoorbeeld omdat u naar het voortgezet speciaal onderwijs of het praktijkonderwijs ging, of omdat u "
            "vroeger een Wsw-indicatie had."
        ),
    ),
    Grond.PWET_UWV_WML_EIGEN_VERZOEK: Uitleg(
        _("UWV heeft u beoordeeld omdat u dat zelf vroeg"),
        _("UWV heeft vastgesteld dat u met werk niet zelf het minimumloon kunt verdienen."),
    ),
    Grond.OVERGANGSRECHT_38B_1_F: Uitleg(
        _("U hoorde vroeger bij de Wsw of de Wajong"),
        _(
            "U had na 1 januari 2013 een Wsw-indicatie, Wajong, of een WIW-baan of ID-baan. Door een overgangsregel "
            "staat u nog in het register."
        ),
    ),
    Grond.WIA_IVA_EXPERIMENT: Uitleg(
        _("U hebt een IVA-uitkering en werkt met loondispensatie"),
        _("U werkt met een proef waarin uw werkgever minder loon mag betalen."),
    ),
    Grond.JONGGEHANDICAPT_UWV_OORDEEL: Uitleg(
        _("U kreeg uw beperking voor u 18 werd, of tijdens uw studie"),
        _("Met hulpmiddelen of aanpassingen kunt u het minimumloon verdienen. Zonder kunt u dat niet."),
    ),
    Grond.BLIJFGROND_38B_6: Uitleg(
        _("U voldoet niet meer aan een voorwaarde, maar u blijft in het register"),
        _("Uw registratie loopt door tot u de AOW-leeftijd hebt. U kunt vragen om er eerder uit te gaan."),
    ),
    Grond.WIW_ID: Uitleg(
        _("U hebt een WIW-baan of ID-baan"),
        _("Wie zo'n baan heeft, telt mee alsof hij bij de doelgroep hoort."),
    ),
}

# The same grounds as an assessor knows them: without "u".
GRONDNAMEN: Mapping[Grond, Promise] = {
    Grond.PWET_LKS_UWV_LOONWAARDE: _("Participatiewet (lid 1 onderdeel a)"),
    Grond.WSW: _("Wsw-indicatie (lid 1 onderdeel b)"),
    Grond.WAJONG: _("Wajong met arbeidsvermogen (lid 1 onderdeel c)"),
    Grond.AMVB_38B_1_D: _("Groep uit het Besluit Wfsv, zoals vso of pro (lid 1 onderdeel d)"),
    Grond.PWET_UWV_WML_EIGEN_VERZOEK: _("Beoordeling op eigen verzoek (lid 1 onderdeel e)"),
    Grond.OVERGANGSRECHT_38B_1_F: _("Overgangsrecht Wsw en Wajong (lid 1 onderdeel f)"),
    Grond.WIA_IVA_EXPERIMENT: _("IVA met loondispensatie (lid 1 onderdeel g)"),
    Grond.JONGGEHANDICAPT_UWV_OORDEEL: _("Beperking voor het 18e jaar of tijdens de studie (lid 2)"),
    Grond.BLIJFGROND_38B_6: _("Blijft in het register (lid 6)"),
    Grond.WIW_ID: _("WIW-baan of ID-baan (artikel 38f lid 5)"),
}

ROUTES: Mapping[Route, Promise] = {
    Route.OWAJONG: _("Oude Wajong"),
    Route.NWAJONG_STUDIEREGELING: _("Wajong 2010, studieregeling"),
    Route.NWAJONG_WERKREGELING: _("Wajong 2010, werkregeling"),
    Route.WAJONG_2015: _("Wajong 2015"),
    Route.WSW_BEGELEID_WERKEN: _("Wsw, begeleid werken"),
    Route.WSW_DETACHERING: _("Wsw, detachering"),
    Route.WSW_WACHTLIJST: _("Wsw, wachtlijst"),
    Route.WIW_ID: _("WIW-baan of ID-baan"),
    Route.INDICATIE_BANENAFSPRAAK: _("Indicatie banenafspraak"),
    Route.PRAKTIJKROUTE: _("Praktijkroute"),
    Route.VSO: _("Voortgezet speciaal onderwijs (vso)"),
    Route.PRO: _("Praktijkonderwijs (pro)"),
    Route.ENTREE: _("Entree-opleiding"),
    Route.AFGEWEZEN_WAJONG: _("Afgewezen voor de Wajong"),
    Route.TIJDELIJKE_REGISTRATIE: _("Tijdelijke registratie"),
    Route.WERKEN_MET_VOORZIENING: _("Werken met een voorziening"),
    Route.IVA_EXPERIMENT: _("IVA met loondispensatie"),
}

# Why a registration ended, for the same reader.
EINDENAMEN: Mapping[EindeReden, Promise] = {
    EindeReden.DUURZAAM_GEEN_ARBEIDSVERMOGEN: _("Duurzaam geen arbeidsvermogen"),
    EindeReden.WSW_BESCHUT_WERK: _("Wsw beschut werk"),
    EindeReden.AOW: _("AOW-leeftijd"),
    EindeReden.OVERLIJDEN: _("Overlijden"),
    EindeReden.BESCHIKKING_BESCHUT_WERK: _("De gemeente stelde beschut werk vast"),
    EindeReden.VRIJWILLIGE_UITSCHRIJVING: _("Uitgeschreven op eigen verzoek"),
    EindeReden.T_PLUS_2: _("Twee jaar niet aan de voorwaarden voldaan"),
    EindeReden.OVERIG: _("Een andere reden"),
}

EINDEREDENEN: Mapping[EindeReden, Promise] = {
    EindeReden.DUURZAAM_GEEN_ARBEIDSVERMOGEN: _("UWV stelde vast dat u blijvend niet kunt werken"),
    EindeReden.WSW_BESCHUT_WERK: _("u werkt weer binnen bij de sociale werkvoorziening"),
    EindeReden.AOW: _("u kreeg de AOW-leeftijd"),
    EindeReden.OVERLIJDEN: _("overlijden"),
    EindeReden.BESCHIKKING_BESCHUT_WERK: _("de gemeente stelde vast dat u beschut werk nodig hebt"),
    EindeReden.VRIJWILLIGE_UITSCHRIJVING: _("u vroeg zelf om uitschrijving"),
    EindeReden.T_PLUS_2: _("u voldeed twee jaar niet meer aan de voorwaarden"),
    EindeReden.OVERIG: _("een andere reden"),
}

GEVOLGEN: Mapping[Gevolg, Promise] = {
    Gevolg.LKV: _(
        "Uw werkgever kan loonkostenvoordeel krijgen. Dat is geld van de Belastingdienst. Het geldt zolang u in het "
        "register staat en daar werkt. Uw werkgever vraagt het zelf aan."
    ),
    Gevolg.LKV_DRIE_JAAR: _(
        "Uw werkgever kan drie jaar loonkostenvoordeel krijgen. Dat is geld van de Belastingdienst. U vraagt daarvoor "
        "binnen drie maanden een verklaring aan bij UWV."
    ),
    Gevolg.NO_RISK_REGISTRATIE: _(
        "Wordt u ziek, dan betaalt UWV het ziekengeld aan uw werkgever. Dat heet de no-riskpolis."
    ),
    Gevolg.NO_RISK_VOOR_HET_EINDE: _(
        "Wordt u ziek terwijl u in het register staat, dan betaalt UWV het ziekengeld aan uw werkgever. Dat heet de "
        "no-riskpolis. Voor een ziekte die na het einde begint, geldt zij niet."
    ),
    Gevolg.NO_RISK_GROND: _("Wordt u ziek, dan betaalt UWV het ziekengeld aan uw werkgever. Dat heet de no-riskpolis."),
    Gevolg.LOONKOSTENSUBSIDIE: _(
        "De gemeente kan een deel van uw loon betalen aan uw werkgever (loonkostensubsidie). U krijgt zelf het hele "
        "loon."
    ),
    Gevolg.LOONDISPENSATIE: _(
        "Uw werkgever mag soms minder loon betalen (loondispensatie). Uw uitkering vult dan aan. UWV beslist daarover."
    ),
    Gevolg.BEGELEIDING_GEMEENTE: _("U kunt via de gemeente begeleiding krijgen op uw werk, zoals een jobcoach."),
    Gevolg.PROEFPLAATS_GEMEENTE: _(
        "U kunt met toestemming van de gemeente een tijd op proef werken met behoud van uitkering."
    ),
    Gevolg.PROEFPLAATS_UWV: _("U kunt met toestemming van UWV een tijd op proef werken met behoud van uitkering."),
    Gevolg.VOORZIENING: _("U kunt hulpmiddelen of aanpassingen krijgen om te kunnen werken."),
}

# What the person concerned is told that others saw, by what they did. What is not here says itself what it was.
GEZIEN: Mapping[str, Promise] = {
    "inwoner opgezocht": _(
        "Woonde u toen in deze gemeente? Dan zag zij of u in het register staat, op welke grond, vanaf wanneer en tot "
        "wanneer. Anders zag zij niets."
    ),
    "eigen populatie bekeken": _("Uw BSN, de grond, en het begin en einde van uw registratie."),
    "wijzigingen in eigen populatie bekeken": _("Uw BSN, en dat u in het register kwam, eruit ging of verhuisde."),
    "populatiebestand geleverd": _("Uw BSN, de grond, en het begin en einde van uw registratie, in een bestand."),
    "doelgroepregister geraadpleegd": _("Of u in het register staat, en wanneer. Nooit waarom."),
    "melding bekeken": _("Wat u meldde over uw gegevens."),
    "gegevens bekeken door werkgever": _("Alleen wat u zelf aan deze werkgever gaf."),
    "dossier van kandidaat bekeken": _("Uw registratie, uw profiel, en de vragen van werkgevers aan u."),
    "lijst van eigen kandidaten bekeken": _("Uw naam, en hoe ver uw profiel is."),
    "matches bij vacature bekeken": _("Uw naam, en waarom u bij een vacature past of niet."),
    "passende banen van kandidaat bekeken": _("Uw naam, en welke vacatures bij u passen."),
    "vraag om contact bekeken": _("Uw naam, en wat een werkgever u vraagt."),
    "melding opgepakt": _("Dat u iets meldde over uw gegevens."),
    "klantprofiel bekeken": _("Alles wat in uw profiel staat."),
    "gevonden via VUM": _(
        "Wat voor werk u zoekt, waar u woont (postcode), en wat u kunt. Niet uw naam, wat u nodig heeft, of hoe u te "
        "bereiken bent."
    ),
    "profiel bekeken via VUM": _(
        "Uw profiel zonder uw naam. Hoe u te bereiken bent alleen als u dat goed vond. Wat u nodig heeft alleen als "
        "het een gemeente of UWV is."
    ),
    "klantprofielen opgehaald via VUM": _("Het profiel dat deze organisatie zelf van u leverde."),
    "klantprofielen bekeken": _("Uw naam, geboortedatum, hoe volledig uw profiel is en of u beschikbaar bent."),
    "registraties bekeken": _("Wat er over u in het register staat en stond."),
}

HANDELINGEN: Mapping[str, Promise] = {
    "inwoner opgezocht": _("Zocht u op in het register"),
    "eigen populatie bekeken": _("Bekeek de lijst van inwoners in het register"),
    "wijzigingen in eigen populatie bekeken": _("Bekeek wat er veranderde in de lijst van inwoners"),
    "populatiebestand geleverd": _("Kreeg een bestand met alle inwoners in het register"),
    "doelgroepregister geraadpleegd": _("Vroeg of u in het register staat"),
    "melding bekeken": _("Las uw melding"),
    "melding opgepakt": _("Begon met uw melding"),
    "melding teruggelegd": _("Legde uw melding terug"),
    "antwoord op melding uitgesteld": _("Stelde het antwoord op uw melding uit"),
    "melding gegrond verklaard": _("Gaf u gelijk op uw melding"),
    "melding ongegrond verklaard": _("Beantwoordde uw melding"),
    "klantprofiel bekeken": _("Bekeek uw profiel"),
    "gevonden via VUM": _("Vond u bij een zoekvraag"),
    "profiel bekeken via VUM": _("Bekeek uw profiel via de landelijke uitwisseling (VUM)"),
    "klantprofielen opgehaald via VUM": _("Haalde het profiel op dat zij zelf leverde"),
    "klantprofielen bekeken": _("Bekeek een lijst waar uw profiel op staat"),
    "klantprofiel ingevuld": _("Vulde uw profiel in"),
    "klantprofiel gepubliceerd": _("Zette uw profiel aan voor werkgevers"),
    "klantprofiel verborgen": _("Schreef op waarom werkgevers u niet vinden"),
    "klantprofielen ingelezen": _("Stuurde gegevens voor uw profiel"),
    "gevraagd naar beschikbaarheid": _("Stuurde u de vraag of u nog beschikbaar bent"),
    "beschikbaarheid verlopen": _("Zag dat uw antwoord 'beschikbaar' te oud is"),
    "gegevens bekeken door werkgever": _("Bekeek wat u aan de werkgever gaf"),
    "uitkomst van contact gemeld": _("Meldde wat er van het contact kwam"),
    "dossier van kandidaat bekeken": _("Bekeek uw dossier"),
    "lijst van eigen kandidaten bekeken": _("Bekeek de lijst van kandidaten"),
    "matches bij vacature bekeken": _("Bekeek wie bij een vacature past"),
    "passende banen van kandidaat bekeken": _("Bekeek welke vacatures bij u passen"),
    "eigen passende banen bekeken": _("Bekeek vacatures die passen"),
    "vraag om contact bekeken": _("Bekeek een vraag van een werkgever aan u"),
    "voorgesteld voor contact": _("U past bij een vraag van een werkgever"),
    "voorgesteld voor contact door bemiddelaar": _("Dacht aan u bij een vraag van een werkgever"),
    "vraag om contact doorgezet": _("Gaf u een vraag van een werkgever"),
    "vraag om contact niet doorgezet": _("Vond een vraag van een werkgever niet bij u passen"),
    "vraag om contact verlopen": _("Liet een vraag verlopen waarop niemand antwoordde"),
    "vraag om contact gestopt": _("Stopte een vraag van een werkgever"),
    "vraag om contact te laat": _("Meldde dat een vraag van een werkgever te lang bleef liggen"),
    "toestemming gegeven": _("Gaf toestemming"),
    "toestemming doorgegeven": _("Gaf uw ja door aan een werkgever"),
    "toestemming ingetrokken": _("Trok toestemming in"),
    "intrekking van toestemming doorgegeven": _("Gaf door dat u uw ja intrekt"),
    "toestemming voorbij": _("Sloot uw gegevens af voor een werkgever"),
    "geen contact gewild": _("Zei nee tegen een vraag van een werkgever"),
    "geen contact doorgegeven": _("Gaf uw nee door"),
    "gevraagd om profiel te bekijken": _("Vroeg u om uw profiel te bekijken"),
    "registratie ingeschreven": _("Schreef u in het register in"),
    "registraties bekeken": _("Bekeek uw registraties"),
    "registratie hersteld": _("Herstelde uw registratie"),
    "registratie vervallen": _("Haalde een registratie weg die niet klopte"),
    "registratie beëindigd": _("Beëindigde uw registratie"),
}

ZELF_SYSTEEM = _("Het systeem zelf")


def handeling_text(handeling: str) -> str:
    """What was done, as a sentence without subject; what has no words of its own here stands as it was logged."""
    found = HANDELINGEN.get(handeling)
    return str(found) if found else handeling[:1].upper() + handeling[1:]


def gezien_text(handeling: str, *, gelukt: bool) -> str:
    """What was seen, or empty when the action itself says it; nothing when it was refused."""
    return str(GEZIEN.get(handeling, "")) if gelukt else gettext("Niets: de vraag kreeg geen antwoord.")


def last_day(tot: date) -> date:
    """The last day on which something held: people think in days that count, not in the first that does not."""
    return tot - timedelta(days=1)
