"""The klantprofiel in the words of a screen: its steps, where it stands, why not, and what was answered."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banenafspraak.bemiddeling.profielrecord import Dag, Niveau, Overeenkomst, ProfielRecord, Stap, Taalniveau, Vervoer
from banenafspraak.bemiddeling.profielwoorden import NietOpenbaarReden, Profielstatus
from banenafspraak.bemiddeling.volledigheid import Onderdeel, Versheid
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN
from banenafspraak.web.components.formulier import in_words

STAPNAMEN: Mapping[Stap, Promise] = {
    Stap.WERK: gettext_lazy("Welk werk wilt u doen?"),
    Stap.BESCHIKBAAR: gettext_lazy("Bent u beschikbaar?"),
    Stap.UREN: gettext_lazy("Hoeveel en wanneer wilt u werken?"),
    Stap.REIZEN: gettext_lazy("Hoe ver wilt u reizen?"),
    Stap.OPLEIDING: gettext_lazy("Wat hebt u geleerd?"),
    Stap.ERVARING: gettext_lazy("Welk werk hebt u gedaan?"),
    Stap.TAAL: gettext_lazy("Welke talen kent u?"),
    Stap.RIJBEWIJS: gettext_lazy("Hebt u een rijbewijs?"),
    Stap.NODIG: gettext_lazy("Wat hebt u nodig op het werk?"),
    Stap.OVER_U: gettext_lazy("Over u"),
}
STATUSSEN: Mapping[str, Promise] = {
    Profielstatus.CONCEPT: gettext_lazy("Nog niet aangezet"),
    Profielstatus.OPENBAAR: gettext_lazy("Aangezet voor werkgevers"),
    Profielstatus.NIET_OPENBAAR: gettext_lazy("Niet te vinden"),
}
REDENEN: Mapping[str, Promise] = {
    NietOpenbaarReden.WERKT_AL: gettext_lazy("Werkt al"),
    NietOpenbaarReden.KAN_NOG_NIET_WERKEN: gettext_lazy("Kan nog niet werken"),
    NietOpenbaarReden.WIL_NIET: gettext_lazy("Wil niet"),
    NietOpenbaarReden.REAGEERT_NIET: gettext_lazy("Reageert niet"),
    NietOpenbaarReden.GAAT_NAAR_SCHOOL: gettext_lazy("Gaat naar school"),
    NietOpenbaarReden.VOLGT_TRAJECT: gettext_lazy("Volgt een traject"),
    NietOpenbaarReden.VERHUISD: gettext_lazy("Is verhuisd"),
    NietOpenbaarReden.NIET_IN_REGISTER: gettext_lazy("Staat niet in het register"),
    NietOpenbaarReden.TOESTEMMING_INGETROKKEN: gettext_lazy("Trok de toestemming in"),
    NietOpenbaarReden.ANDERS: gettext_lazy("Een andere reden"),
}
ONDERDELEN: Mapping[Onderdeel, Promise] = {
    Onderdeel.WERK: gettext_lazy("Welk werk u wilt. Zonder dit vindt geen werkgever uw profiel."),
    Onderdeel.BESCHIKBAAR: gettext_lazy("Of u beschikbaar bent. Een werkgever zoekt iemand die kan beginnen."),
    Onderdeel.UREN: gettext_lazy("Hoeveel uren u wilt werken. Een werkgever kijkt of dat past."),
    Onderdeel.POSTCODE: gettext_lazy("Uw postcode. Dan weten wij welk werk dichtbij is."),
    Onderdeel.REISAFSTAND: gettext_lazy(
        "Hoe ver u wilt reizen. Dan krijgt u alleen vragen over werk waar u kunt komen."
    ),
    Onderdeel.NIVEAU: gettext_lazy("Wat u hebt geleerd. Werkgevers zoeken op opleiding."),
    Onderdeel.ERVARING: gettext_lazy("Welk werk u deed. Ook 'nog geen werk' is een goed antwoord."),
    Onderdeel.DAGEN: gettext_lazy("Op welke dagen u kunt. Dan past het rooster beter."),
    Onderdeel.VERVOER: gettext_lazy("Hoe u reist. Dan klopt de reistijd beter."),
    Onderdeel.TAAL: gettext_lazy("Welke talen u kent. Voor sommig werk is dat nodig."),
    Onderdeel.RIJBEWIJS: gettext_lazy("Of u een rijbewijs hebt. Voor sommig werk is dat nodig."),
    Onderdeel.CONTACT: gettext_lazy("Hoe wij u bereiken. Anders kunnen wij u geen vraag van een werkgever doorgeven."),
}
NIVEAUS: Mapping[int, Promise] = {
    Niveau.GEEN_BASISONDERWIJS: gettext_lazy("Geen basisschool afgemaakt"),
    Niveau.BASIS: gettext_lazy("Basisschool"),
    Niveau.VMBO: gettext_lazy("Vmbo, praktijkonderwijs, vso of mbo niveau 1"),
    Niveau.MBO_HAVO_VWO: gettext_lazy("Mbo niveau 2, 3 of 4, havo of vwo"),
    Niveau.HBO: gettext_lazy("Hbo"),
    Niveau.WO: gettext_lazy("Universiteit"),
}
VERVOER: Mapping[int, Promise] = {
    Vervoer.FIETS: gettext_lazy("Fiets"),
    Vervoer.OPENBAAR_VERVOER: gettext_lazy("Bus, trein, tram of metro"),
    Vervoer.BROMFIETS: gettext_lazy("Brommer of scooter"),
    Vervoer.AUTO: gettext_lazy("Auto"),
    Vervoer.MOTOR: gettext_lazy("Motor"),
    Vervoer.ANDERS: gettext_lazy("Iets anders, zoals taxi of lopen"),
}
DAGEN: Mapping[Dag, Promise] = {
    Dag.MAANDAG: gettext_lazy("maandag"),
    Dag.DINSDAG: gettext_lazy("dinsdag"),
    Dag.WOENSDAG: gettext_lazy("woensdag"),
    Dag.DONDERDAG: gettext_lazy("donderdag"),
    Dag.VRIJDAG: gettext_lazy("vrijdag"),
    Dag.ZATERDAG: gettext_lazy("zaterdag"),
    Dag.ZONDAG: gettext_lazy("zondag"),
}
OVEREENKOMSTEN: Mapping[str, Promise] = {
    Overeenkomst.REGULIER: gettext_lazy("Gewone baan"),
    Overeenkomst.LEERBAAN: gettext_lazy("Baan waarin u ook leert"),
    Overeenkomst.WERKERVARINGSPLAATS: gettext_lazy("Werkervaringsplaats"),
    Overeenkomst.VRIJWILLIGERSWERK: gettext_lazy("Vrijwilligerswerk"),
}
TAALNIVEAUS: Mapping[int, Promise] = {
    Taalniveau.UITSTEKEND: gettext_lazy("Heel goed"),
    Taalniveau.GOED: gettext_lazy("Goed"),
    Taalniveau.REDELIJK: gettext_lazy("Een beetje"),
    Taalniveau.GEEN: gettext_lazy("Niet"),
}
TALEN: Mapping[str, Promise] = {
    "eng": gettext_lazy("Engels"),
    "deu": gettext_lazy("Duits"),
    "fra": gettext_lazy("Frans"),
    "tur": gettext_lazy("Turks"),
    "ara": gettext_lazy("Arabisch"),
    "ber": gettext_lazy("Berbers"),
    "pol": gettext_lazy("Pools"),
    "ukr": gettext_lazy("Oekraïens"),
    "spa": gettext_lazy("Spaans"),
    "pap": gettext_lazy("Papiaments"),
    "tir": gettext_lazy("Tigrinya"),
    "dse": gettext_lazy("Nederlandse Gebarentaal"),
}
NEDERLANDS = "nld"


def name_of_language(code: str) -> str:
    """A language in words; the code itself (ISO 639-2) where we have no word for it."""
    return _("Nederlands") if code == NEDERLANDS else str(TALEN.get(code, code))


def freshness_text(versheid: Versheid) -> str:
    """How long 'available' still holds, in one sentence."""
    if versheid.verloopt_op is None:
        return _("U hebt nog niet gezegd of u beschikbaar bent.")
    if not versheid.vers:
        return _("Uw antwoord is te oud. Werkgevers zien uw profiel nu niet.")
    last = versheid.verloopt_op - timedelta(days=1)
    return _("Uw antwoord geldt tot en met %(dag)s.") % {"dag": in_words(last)}


def summary(stap: Stap, record: ProfielRecord) -> str:
    """What was answered in a step, in a few words; empty for nothing. Sealed texts are not repeated here."""
    parts = {
        Stap.WERK: _work,
        Stap.BESCHIKBAAR: _available,
        Stap.UREN: _hours,
        Stap.REIZEN: _travel,
        Stap.OPLEIDING: _learned,
        Stap.ERVARING: _experience,
        Stap.TAAL: _languages,
        Stap.RIJBEWIJS: _licences,
        Stap.NODIG: _needs,
        Stap.OVER_U: _about,
    }[stap](record)
    text = "; ".join(part for part in parts if part)
    return text[:1].upper() + text[1:]


def _work(r: ProfielRecord) -> Iterable[str]:
    yield ", ".join(WERKSOORTEN[code].naam for code in r.werksoorten)
    yield ", ".join((*r.bemiddelingsberoepen, *r.interesses))


def _available(r: ProfielRecord) -> Iterable[str]:
    if r.beschikbaar is not None:
        yield _("ja") if r.beschikbaar else _("nee")
    yield _from(r.datum_aanvang_beschikbaar_voor_werk)
    yield ", ".join(str(OVEREENKOMSTEN[code]) for code in r.typen_overeenkomst)


def _from(day: date | None) -> str:
    return _("vanaf %(dag)s") % {"dag": in_words(day)} if day else ""


def _hours(r: ProfielRecord) -> Iterable[str]:
    least, most = r.aantal_werkuren_per_week_minimaal, r.aantal_werkuren_per_week_maximaal
    if least is not None and most is not None:
        yield _("%(min)d tot %(max)d uur per week") % {"min": least, "max": most}
    elif most is not None:
        yield _("hoogstens %(max)d uur per week") % {"max": most}
    elif least is not None:
        yield _("minstens %(min)d uur per week") % {"min": least}
    if r.werkdagen is not None:
        yield ", ".join(str(naam) for dag, naam in DAGEN.items() if dag in r.werkdagen)


def _travel(r: ProfielRecord) -> Iterable[str]:
    yield r.bemiddelingspostcode
    if r.maximale_reisafstand is not None:
        yield _("tot %(km)d kilometer") % {"km": r.maximale_reisafstand}
    if r.maximale_reistijd is not None:
        yield _("tot %(min)d minuten") % {"min": r.maximale_reistijd}
    yield ", ".join(str(VERVOER[code]) for code in r.vervoermiddelen)


def _learned(r: ProfielRecord) -> Iterable[str]:
    if r.code_werk_en_denkniveau is not None:
        yield str(NIVEAUS[r.code_werk_en_denkniveau])
    yield ", ".join(one.naam_opleiding for one in r.opleidingen or () if one.naam_opleiding)
    yield ", ".join(one.naam_cursus for one in r.cursussen)


def _experience(r: ProfielRecord) -> Iterable[str]:
    if r.werkervaringen == ():
        yield _("nog geen werk")
    yield ", ".join(filter(None, (name_of_work(one.naam_beroep, one.werksoort) for one in r.werkervaringen or ())))


def name_of_work(naam: str, werksoort: str) -> str:
    """What a job is called: as it was told, or else by our own list."""
    return naam or (WERKSOORTEN[werksoort].naam if werksoort in WERKSOORTEN else "")


def _languages(r: ProfielRecord) -> Iterable[str]:
    for one in r.taalbeheersing:
        naam = name_of_language(one.code_taal)
        yield f"{naam} ({str(TAALNIVEAUS[one.mondeling]).lower()})" if one.mondeling else naam


def _licences(r: ProfielRecord) -> Iterable[str]:
    if r.rijbewijzen == ():
        yield _("geen rijbewijs")
    yield ", ".join(r.rijbewijzen or ())


def _needs(r: ProfielRecord) -> Iterable[str]:
    if r.eis_aan_werk != ProfielRecord().eis_aan_werk:
        yield _("ingevuld; dit lezen werkgevers niet")


def _about(r: ProfielRecord) -> Iterable[str]:
    yield r.contact.naam
    yield r.contact.emailadres
    yield r.contact.telefoonnummer
