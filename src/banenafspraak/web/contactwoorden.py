"""Requests for contact in the words of a screen, for the employer, the bemiddelaar and the person."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from banenafspraak.bemiddeling import werksoorten
from banenafspraak.bemiddeling.contact import Voorstelhandeling
from banenafspraak.bemiddeling.contactwoorden import (
    Contactdoel,
    Contactuitkomst,
    Gegeven,
    Ongeschiktreden,
    Voorstelstatus,
)
from banenafspraak.bemiddeling.gegeven import VELDEN, Gegevens
from banenafspraak.bemiddeling.profielrecord import Dag, Niveau, NiveauOpleiding, Vervoer
from banenafspraak.bemiddeling.profielwoorden import Profielstatus
from banenafspraak.web.components.parts import Answer
from banenafspraak.web.profielwoorden import name_of_language

DOELEN: Mapping[Contactdoel, Promise] = {
    Contactdoel.BAAN: _("Een baan"),
    Contactdoel.PROEFPLAATSING: _("Een proefplaatsing"),
    Contactdoel.LEERPLEK: _("Een leerplek of stage"),
    Contactdoel.KENNISMAKING: _("Een kennismaking"),
}

REDENEN: Mapping[Ongeschiktreden, Promise] = {
    Ongeschiktreden.WERK_PAST_NIET: _("Het werk past niet"),
    Ongeschiktreden.TE_VER: _("Het is te ver reizen"),
    Ongeschiktreden.UREN_PASSEN_NIET: _("De uren passen niet"),
    Ongeschiktreden.NIET_BESCHIKBAAR: _("De persoon is nu niet beschikbaar"),
    Ongeschiktreden.EERST_BEGELEIDING: _("Er is eerst begeleiding nodig"),
    Ongeschiktreden.IEMAND_ANDERS: _("Iemand anders past beter"),
    Ongeschiktreden.TEKST_NIET_GOED: _("De tekst van de werkgever is niet goed"),
    Ongeschiktreden.WERKGEVER_NIET_GESCHIKT: _("Deze werkgever is niet geschikt"),
}

UITKOMSTEN: Mapping[Contactuitkomst, Promise] = {
    Contactuitkomst.AANGENOMEN: _("Aangenomen"),
    Contactuitkomst.PROEFPLAATS: _("Proefplaatsing afgesproken"),
    Contactuitkomst.WERK_PAST_NIET: _("Het werk paste niet"),
    Contactuitkomst.GEEN_PLEK_MEER: _("De plek is al gevuld"),
    Contactuitkomst.KANDIDAAT_ZAG_AF: _("De kandidaat zag ervan af"),
    Contactuitkomst.NIET_BEREIKT: _("Niet bereikt"),
}

VOOR_BEMIDDELAAR: Mapping[Voorstelstatus, Promise] = {
    Voorstelstatus.VOORGESTELD: _("Wacht op uw oordeel"),
    Voorstelstatus.GEVRAAGD: _("Wacht op antwoord van de persoon"),
    Voorstelstatus.NIET_GESCHIKT: _("Niet doorgezet"),
    Voorstelstatus.JA: _("De persoon zei ja"),
    Voorstelstatus.NEE: _("De persoon zei nee"),
    Voorstelstatus.VERLOPEN: _("Verlopen: niemand antwoordde op tijd"),
    Voorstelstatus.GESTOPT: _("De werkgever stopte"),
    Voorstelstatus.INGETROKKEN: _("De persoon trok het ja in"),
    Voorstelstatus.BEEINDIGD: _("De toestemming is voorbij"),
    Voorstelstatus.AFGEROND: _("Afgerond door de werkgever"),
}

VOOR_BURGER: Mapping[Voorstelstatus, Promise] = {
    Voorstelstatus.VOORGESTELD: _("Uw bemiddelaar kijkt of het bij u past"),
    Voorstelstatus.GEVRAAGD: _("Wacht op uw antwoord"),
    Voorstelstatus.NIET_GESCHIKT: _("Uw bemiddelaar vond het niet passen"),
    Voorstelstatus.JA: _("U zei ja"),
    Voorstelstatus.NEE: _("U zei nee"),
    Voorstelstatus.VERLOPEN: _("Verlopen zonder antwoord"),
    Voorstelstatus.GESTOPT: _("De werkgever vraagt het niet meer"),
    Voorstelstatus.INGETROKKEN: _("U trok uw ja in"),
    Voorstelstatus.BEEINDIGD: _("Uw toestemming is voorbij"),
    Voorstelstatus.AFGEROND: _("De werkgever meldde wat ervan kwam"),
}

STAPPEN: Mapping[Voorstelhandeling, Promise] = {
    Voorstelhandeling.VOORSTELLEN: _("Past bij een vraag"),
    Voorstelhandeling.AANDRAGEN: _("Door de bemiddelaar bedacht"),
    Voorstelhandeling.VRAGEN: _("Vraag aan de persoon"),
    Voorstelhandeling.AFWIJZEN: _("Niet doorgezet"),
    Voorstelhandeling.JA_ZEGGEN: _("De persoon zei ja"),
    Voorstelhandeling.JA_DOORGEVEN: _("Ja doorgegeven"),
    Voorstelhandeling.NEE_ZEGGEN: _("De persoon zei nee"),
    Voorstelhandeling.NEE_DOORGEVEN: _("Nee doorgegeven"),
    Voorstelhandeling.INTREKKEN: _("De persoon trok het ja in"),
    Voorstelhandeling.INTREKKING_DOORGEVEN: _("Intrekking doorgegeven"),
    Voorstelhandeling.AFRONDEN: _("Afgerond door de werkgever"),
    Voorstelhandeling.EINDIGEN: _("De toestemming is voorbij"),
    Voorstelhandeling.VERLOPEN: _("Verlopen zonder antwoord"),
    Voorstelhandeling.STOPPEN: _("De werkgever stopte"),
}

_PROFIELSTATUSSEN: Mapping[Profielstatus, Promise] = {
    Profielstatus.CONCEPT: _("Nog niet af"),
    Profielstatus.OPENBAAR: _("Niet te vinden: vraag of dit nog klopt"),
    Profielstatus.NIET_OPENBAAR: _("Niet te vinden"),
}

GEGEVENS: Mapping[Gegeven, Promise] = {
    Gegeven.CONTACT: _("Uw naam en hoe de werkgever u bereikt"),
    Gegeven.WERK: _("Welk werk u wilt en waar u goed in bent"),
    Gegeven.OPLEIDING: _("Uw opleiding en cursussen"),
    Gegeven.ERVARING: _("Uw werkervaring"),
    Gegeven.PRAKTISCH: _("Uren, reizen, rijbewijs en talen"),
    Gegeven.NODIG: _("Wat u nodig hebt op het werk"),
    Gegeven.OVER_U: _("Wat u over uzelf schreef"),
}

_NIVEAUS: Mapping[int, Promise] = {
    Niveau.GEEN_BASISONDERWIJS: _("geen afgeronde basisschool"),
    Niveau.BASIS: _("basisschool"),
    Niveau.VMBO: _("vmbo"),
    Niveau.MBO_HAVO_VWO: _("mbo, havo of vwo"),
    Niveau.HBO: _("hbo"),
    Niveau.WO: _("universiteit"),
}
_OPLEIDINGEN: Mapping[int, Promise] = {
    NiveauOpleiding.BASIS: _("basisschool"),
    NiveauOpleiding.VMBO: _("vmbo"),
    NiveauOpleiding.HAVO_VWO: _("havo of vwo"),
    NiveauOpleiding.MBO: _("mbo"),
    NiveauOpleiding.HBO: _("hbo"),
    NiveauOpleiding.WO: _("universiteit"),
    NiveauOpleiding.ANDERS: _("een andere opleiding"),
}
_VERVOER: Mapping[int, Promise] = {
    Vervoer.AUTO: _("auto"),
    Vervoer.BROMFIETS: _("bromfiets"),
    Vervoer.FIETS: _("fiets"),
    Vervoer.MOTOR: _("motor"),
    Vervoer.OPENBAAR_VERVOER: _("openbaar vervoer"),
    Vervoer.ANDERS: _("ander vervoer"),
}
_DAGEN: Mapping[int, Promise] = {
    Dag.MAANDAG: _("maandag"),
    Dag.DINSDAG: _("dinsdag"),
    Dag.WOENSDAG: _("woensdag"),
    Dag.DONDERDAG: _("donderdag"),
    Dag.VRIJDAG: _("vrijdag"),
    Dag.ZATERDAG: _("zaterdag"),
    Dag.ZONDAG: _("zondag"),
}
_NAMEN: Mapping[str, Promise] = {
    "werksoorten": _("Werk"),
    "bemiddelingsberoepen": _("Beroepen"),
    "interesses": _("Interesses"),
    "competenties": _("Sterke punten"),
    "code_werk_en_denkniveau": _("Niveau"),
    "opleidingen": _("Opleidingen"),
    "cursussen": _("Cursussen"),
    "werkervaringen": _("Werkervaring"),
    "aantal_werkuren_per_week_minimaal": _("Uren per week, minstens"),
    "aantal_werkuren_per_week_maximaal": _("Uren per week, hoogstens"),
    "werkdagen": _("Dagen"),
    "datum_aanvang_beschikbaar_voor_werk": _("Beschikbaar vanaf"),
    "maximale_reisafstand": _("Reist hoogstens, in kilometers"),
    "vervoermiddelen": _("Vervoer"),
    "rijbewijzen": _("Rijbewijs"),
    "taalbeheersing": _("Talen"),
    "eis_aan_werk": _("Nodig op het werk"),
    "persoonlijke_presentatie": _("Over deze persoon"),
}
_NODIG: Mapping[str, Promise] = {
    "indicatie_aanpassing_werkomgeving": _("een aanpassing van de werkplek"),
    "indicatie_begeleiding": _("begeleiding"),
    "indicatie_werkvariatie": _("afwisseling"),
}


def profile_status(status: Profielstatus, te_vinden: bool) -> str:
    """Whether employers find somebody today, and else why not: an open profile wears out when nobody confirms it."""
    return gettext("Te vinden") if te_vinden else str(_PROFIELSTATUSSEN[status])


def answers_of(gegevens: Gegevens) -> tuple[Answer, ...]:
    """What is given, in words: how to reach somebody first, then each field that has an answer."""
    contact = (
        Answer(gettext("Naam"), gegevens.contact.naam),
        Answer(gettext("Telefoonnummer"), gegevens.contact.telefoonnummer),
        Answer(gettext("E-mailadres"), gegevens.contact.emailadres),
    )
    return (*(a for a in contact if a.text), *profile_answers(gegevens.profiel))


def profile_answers(profiel: Mapping[str, Any], gegeven: Gegeven | None = None) -> tuple[Answer, ...]:
    """The fields of a profile (of one choice only) that have an answer, in words."""
    names = VELDEN.get(gegeven, ()) if gegeven else tuple(name for fields in VELDEN.values() for name in fields)
    found = ((name, _text(name, profiel[name])) for name in names if name in profiel)
    return tuple(Answer(str(_NAMEN[name]), text) for name, text in found if text)


def _text(name: str, value: Any) -> str:
    match name:
        case "werksoorten":
            return ", ".join(_work(code) for code in value)
        case "code_werk_en_denkniveau":
            return str(_NIVEAUS.get(value, ""))
        case "opleidingen":
            return "\n".join(_parts(o, ("naam_opleiding", "naam_opleidingsinstituut", "toelichting")) for o in value)
        case "cursussen":
            return "\n".join(_parts(c, ("naam_cursus", "naam_opleidingsinstituut", "toelichting")) for c in value)
        case "werkervaringen":
            return "\n".join(_parts(w, ("werksoort", "naam_beroep", "naam_organisatie", "toelichting")) for w in value)
        case "werkdagen":
            return ", ".join(str(word) for bit, word in _DAGEN.items() if value & bit)
        case "vervoermiddelen":
            return ", ".join(str(_VERVOER[code]) for code in value if code in _VERVOER)
        case "taalbeheersing":
            return ", ".join(name_of_language(t["code_taal"]) for t in value)
        case "eis_aan_werk":
            needs = [str(word) for field, word in _NODIG.items() if value.get(field)]
            return "\n".join(part for part in (", ".join(needs), value.get("toelichting", "")) if part)
    return ", ".join(map(str, value)) if isinstance(value, Sequence) and not isinstance(value, str) else str(value)


def _parts(row: Mapping[str, Any], names: Sequence[str]) -> str:
    level = str(_OPLEIDINGEN.get(row.get("code_niveau_opleiding") or 0, ""))
    years = "-".join(str(row[d])[:4] for d in ("datum_aanvang", "datum_einde") if row.get(d))
    texts = [_work(row[n]) if n == "werksoort" else row.get(n, "") for n in names if row.get(n)]
    return ", ".join(part for part in (level, *texts, years) if part)


def _work(code: str) -> str:
    try:
        return werksoorten.werksoort(code).naam
    except KeyError:
        return code
