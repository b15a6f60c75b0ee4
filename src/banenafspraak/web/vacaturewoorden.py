"""Vacatures in the words of a screen, for the employer, the bemiddelaar and everybody."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from banenafspraak.bemiddeling import postcodes
from banenafspraak.bemiddeling.profielrecord import Contracttype, Niveau, Overeenkomst, Taalniveau
from banenafspraak.bemiddeling.vacaturerecord import (
    Geschiktreden,
    Sluitreden,
    Sollicitatiewijze,
    Taak,
    Vacaturebron,
    VacatureRecord,
    Vacaturesoort,
    Vacaturestatus,
)
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN
from banenafspraak.web.components.formulier import in_words
from banenafspraak.web.components.parts import Answer
from banenafspraak.web.profielwoorden import DAGEN, OVEREENKOMSTEN, TAALNIVEAUS
from banenafspraak.web.profielwoorden import NIVEAUS as PROFIELNIVEAUS

STATUSSEN: Mapping[str, Promise] = {
    Vacaturestatus.CONCEPT: gettext_lazy("Concept"),
    Vacaturestatus.OPEN: gettext_lazy("Open"),
    Vacaturestatus.GESLOTEN: gettext_lazy("Gesloten"),
}
SOORTEN: Mapping[str, Promise] = {
    Vacaturesoort.VACATURE: gettext_lazy("Vacature"),
    Vacaturesoort.FUNCTIE: gettext_lazy("Functie (bestaand werk)"),
}
BRONNEN: Mapping[str, Promise] = {
    Vacaturebron.WERKGEVER: gettext_lazy("De werkgever"),
    Vacaturebron.BEMIDDELAAR: gettext_lazy("Een bemiddelaar"),
    Vacaturebron.LEVERING: gettext_lazy("Een bestand"),
}
SLUITREDENEN: Mapping[str, Promise] = {
    Sluitreden.VERVULD_DOELGROEP: gettext_lazy("Vervuld door iemand uit de doelgroep"),
    Sluitreden.VERVULD_ANDERS: gettext_lazy("Vervuld door iemand anders"),
    Sluitreden.INGETROKKEN: gettext_lazy("De baan gaat niet door"),
    Sluitreden.DUBBEL: gettext_lazy("De vacature staat er dubbel in"),
    Sluitreden.VERLOPEN: gettext_lazy("De sluitingsdatum is voorbij"),
}
GESCHIKTREDENEN: Mapping[str, Promise] = {
    Geschiktreden.TAKEN_ZIJN_TE_LEREN: gettext_lazy("De taken zijn goed te leren"),
    Geschiktreden.BEGELEIDING_IS_ER: gettext_lazy("Er is begeleiding op het werk"),
    Geschiktreden.WERK_IS_AAN_TE_PASSEN: gettext_lazy("Het werk is aan te passen"),
    Geschiktreden.UITGESNEDEN: gettext_lazy("De baan is samengesteld uit passende taken"),
    Geschiktreden.WERKGEVER_WIL_DIT: gettext_lazy("De werkgever zoekt iemand uit de doelgroep"),
    Geschiktreden.EISEN_TE_HOOG: gettext_lazy("De eisen zijn te hoog"),
    Geschiktreden.GEEN_BEGELEIDING: gettext_lazy("Er is geen begeleiding"),
    Geschiktreden.WERK_TE_ZWAAR: gettext_lazy("Het werk is te zwaar"),
    Geschiktreden.GEEN_BAAN: gettext_lazy("Dit is geen baan die meetelt"),
}
NIVEAUS: Mapping[int, Promise] = {**PROFIELNIVEAUS, Niveau.GEEN_BASISONDERWIJS: gettext_lazy("Geen diploma nodig")}
"""What a job asks; the words for what somebody has are those of the profile."""
CONTRACTEN: Mapping[str, Promise] = {
    Contracttype.BEPAALDE_TIJD: gettext_lazy("Tijdelijk contract"),
    Contracttype.ONBEPAALDE_TIJD: gettext_lazy("Vast contract"),
}
REAGEREN: Mapping[str, Promise] = {
    Sollicitatiewijze.EMAIL: gettext_lazy("Per e-mail"),
    Sollicitatiewijze.TELEFOON: gettext_lazy("Per telefoon"),
    Sollicitatiewijze.FORMULIER: gettext_lazy("Met een formulier op internet"),
    Sollicitatiewijze.POST: gettext_lazy("Per post"),
}


def name_of_kind(record: VacatureRecord) -> str:
    """Which work it is: the word of our list, or the employer's own."""
    kind = WERKSOORTEN.get(record.werksoort)
    return kind.naam if kind else record.naam_beroep


def hours_text(record: VacatureRecord) -> str:
    """The hours a week: a range, or one number; empty when nobody said."""
    low, high = record.aantal_werkuren_per_week_minimaal, record.aantal_werkuren_per_week_maximaal
    if low is None and high is None:
        return ""
    if low is None or high is None or low == high:
        return _("%(uren)s uur per week") % {"uren": high if high is not None else low}
    return _("%(minst)s tot %(meest)s uur per week") % {"minst": low, "meest": high}


def place_text(record: VacatureRecord) -> str:
    """Where the work is: the place that was said or that the postcode lies in, else its digits; empty for neither."""
    known = record.plaatsnaam or postcodes.name_of_place(record.postcode)
    if known or not record.postcode:
        return known
    return _("postcode %(cijfers)s") % {"cijfers": record.postcode[:4]}


def hours_of_task(hours: Decimal | None) -> str:
    """The hours of one task as people write them."""
    if hours is None:
        return ""
    return _("%(uren)s uur") % {"uren": f"{hours.normalize():f}".replace(".", ",")}


def task_text(taak: Taak) -> str:
    """One task with its hours and what it asks."""
    kind = WERKSOORTEN.get(taak.werksoort)
    niveau = NIVEAUS.get(taak.code_werk_en_denkniveau_minimaal or 0)
    licences = ", ".join(taak.rijbewijzen)
    details = [
        kind.naam if kind else "",
        hours_of_task(taak.uren_per_week),
        str(niveau) if niveau else "",
        _("rijbewijs %(soort)s") % {"soort": licences} if licences else "",
    ]
    told = ", ".join(one for one in details if one)
    return f"{taak.omschrijving} ({told})" if told else taak.omschrijving


def yes_no(value: bool | None) -> str:
    """Yes, no, or nothing when nobody said."""
    return "" if value is None else _("Ja") if value else _("Nee")


def _work(record: VacatureRecord) -> list[tuple[str, str]]:
    return [
        (_("Soort werk"), name_of_kind(record)),
        (_("Wat is het werk?"), record.omschrijving_vacature),
        (_("Taken"), "\n".join(task_text(taak) for taak in record.taken)),
    ]


def _time_and_place(record: VacatureRecord) -> list[tuple[str, str]]:
    days = record.werkdagen
    begin, end = record.datum_aanvang_werkzaamheden, record.datum_einde_werkzaamheden
    return [
        (_("Uren"), hours_text(record)),
        (_("Dagen"), "" if days is None else ", ".join(str(naam) for dag, naam in DAGEN.items() if dag in days)),
        (_("Alleen overdag"), yes_no(record.indicatie_kantoortijden)),
        (_("Wisselende tijden of ploegen"), yes_no(record.indicatie_onregelmatig_werk_of_ploegendienst)),
        (_("Plaats"), place_text(record)),
        (_("Te bereiken met bus of trein"), yes_no(record.bereikbaar_met_ov)),
        (_("Eerste werkdag"), in_words(begin) if begin else ""),
        (_("Laatste werkdag"), in_words(end) if end else ""),
        (_("Aantal plaatsen"), str(record.aantal_plaatsen)),
    ]


def _asked(record: VacatureRecord) -> list[tuple[str, str]]:
    niveau = NIVEAUS.get(record.code_werk_en_denkniveau_minimaal or 0)
    dutch = next((one for one in record.taalbeheersing if one.code_taal == "nld"), None)
    licences = record.rijbewijzen
    years = record.aantal_jaren_werkzaam_in_beroep
    return [
        (_("Niveau dat nodig is"), str(niveau) if niveau else ""),
        (_("Opleiding"), ", ".join(one.naam_opleiding for one in record.opleidingen if one.naam_opleiding)),
        (_("Jaren ervaring"), "" if years is None else str(years)),
        (_("Rijbewijs"), "" if licences is None else ", ".join(licences) or _("Niet nodig")),
        (_("Nederlands spreken"), _level(dutch.mondeling if dutch else None)),
        (_("Nederlands lezen en schrijven"), _level(dutch.schriftelijk if dutch else None)),
    ]


def _level(code: int | None) -> str:
    return str(TAALNIVEAUS[Taalniveau(code)]) if code else ""


def _offered(record: VacatureRecord) -> list[tuple[str, str]]:
    return [
        (_("Contract"), ", ".join(str(CONTRACTEN[code]) for code in record.typen_arbeidscontract)),
        (
            _("Wat voor baan"),
            ", ".join(str(OVEREENKOMSTEN[Overeenkomst(code)]) for code in record.typen_overeenkomst),
        ),
        (_("Loon"), record.salaris_indicatie),
        (_("Wat biedt u nog meer?"), record.omschrijving_arbeidsvoorwaarden),
        (_("Begeleiding op het werk"), yes_no(record.biedt_begeleiding)),
        (_("De werkplek is aan te passen"), yes_no(record.biedt_aanpassing_werkomgeving)),
        (_("Afwisseling in het werk"), yes_no(record.biedt_werkvariatie)),
    ]


def _answering(record: VacatureRecord, *, everything: bool) -> list[tuple[str, str]]:
    last = record.sluitingsdatum_vacature
    closes = (_("Reageren tot en met"), in_words(last) if last else "")
    site = (_("Website"), record.webadres)
    if not everything:
        # How to reach the employer is not told to everybody, so neither is that it may be done by mail.
        return [closes, site]
    rows = [
        closes,
        (_("Hoe kunnen mensen reageren?"), ", ".join(str(REAGEREN[code]) for code in record.sollicitatiewijzen)),
        (_("Formulier"), record.webadres_sollicitatie),
        site,
    ]
    contact = record.contact
    told = (contact.naam, contact.emailadres, contact.telefoonnummer)
    return [*rows, (_("Contact bij de werkgever"), ", ".join(one for one in told if one))]


def answers_by_step(record: VacatureRecord, *, everything: bool = True) -> dict[str, list[tuple[str, str]]]:
    """What a vacature says, by the step it is asked in; `everything` for the employer and the bemiddelaar."""
    employer = [(_("Naam van de werkgever"), record.handelsnaam_organisatie), (_("KvK-nummer"), record.kvk)]
    return {
        "werkgever": employer if everything else employer[:1],
        "werk": [(_("Naam van het werk"), record.naam_vacature), *_work(record)[:2]],
        "taken": _work(record)[2:],
        "tijd": _time_and_place(record),
        "eisen": _asked(record),
        "aanbod": _offered(record),
        "reageren": _answering(record, everything=everything),
    }


def public_answers(record: VacatureRecord) -> tuple[Answer, ...]:
    """What everybody may read, without what was not filled in and what is in the headings of the page."""
    steps = answers_by_step(record, everything=False)
    rows = [row for name in ("werk", "taken", "tijd", "eisen", "aanbod", "reageren") for row in steps[name]]
    hidden = {_("Naam van het werk"), _("Wat is het werk?"), _("Taken")}
    return tuple(Answer(question, text) for question, text in rows if text and question not in hidden)
