"""Vacatures as a file: JSON of VUM 3.0, with or without our supplement, a CSV, and a sheet (ODS).

The supplement stands in `banenafspraak`: what the standard has no field for. `adapters.vacatures` reads all of it back.
"""

import json
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from banenafspraak.bemiddeling.profielbestand import as_csv, as_ods, without_empty
from banenafspraak.bemiddeling.profielrecord import Dag, Niveau, Overeenkomst, Taalbeheersing, Taalniveau
from banenafspraak.bemiddeling.vacaturelevering import Vacatureveld
from banenafspraak.bemiddeling.vacaturerecord import Sollicitatiewijze, Taak, VacatureRecord
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN


class Exportvorm(StrEnum):
    """In which form vacatures leave."""

    VUM = "vum"
    AANVULLING = "aanvulling"
    CSV = "csv"
    ODS = "ods"


MEDIA_TYPES = MappingProxyType(
    {
        Exportvorm.VUM: "application/json",
        Exportvorm.AANVULLING: "application/json",
        Exportvorm.CSV: "text/csv; charset=utf-8",
        Exportvorm.ODS: "application/vnd.oasis.opendocument.spreadsheet",
    }
)

NIVEAUWOORDEN = MappingProxyType(
    {
        Niveau.GEEN_BASISONDERWIJS: "geen",
        Niveau.BASIS: "basisonderwijs",
        Niveau.VMBO: "vmbo",
        Niveau.MBO_HAVO_VWO: "mbo",
        Niveau.HBO: "hbo",
        Niveau.WO: "wo",
    }
)
OVEREENKOMSTWOORDEN = MappingProxyType(
    {
        Overeenkomst.REGULIER: "regulier",
        Overeenkomst.LEERBAAN: "leerbaan",
        Overeenkomst.VRIJWILLIGERSWERK: "vrijwilligerswerk",
        Overeenkomst.WERKERVARINGSPLAATS: "werkervaringsplaats",
    }
)
REAGEERWOORDEN = MappingProxyType(
    {
        Sollicitatiewijze.POST: "post",
        Sollicitatiewijze.TELEFOON: "telefoon",
        Sollicitatiewijze.EMAIL: "e-mail",
        Sollicitatiewijze.FORMULIER: "formulier",
    }
)
TAALWOORDEN = MappingProxyType(
    {
        Taalniveau.GEEN: "geen",
        Taalniveau.REDELIJK: "redelijk",
        Taalniveau.GOED: "goed",
        Taalniveau.UITSTEKEND: "uitstekend",
    }
)
_JA_NEE = {None: "", True: "ja", False: "nee"}


def render(vorm: Exportvorm, records: Sequence[tuple[str, VacatureRecord]]) -> bytes:
    """The file in this form, of records under their numbers; the same give the same bytes."""
    match vorm:
        case Exportvorm.VUM | Exportvorm.AANVULLING:
            found = [vum(nummer, record, ours=vorm is Exportvorm.AANVULLING) for nummer, record in records]
            return json.dumps(found, ensure_ascii=False, indent=1).encode()
        case Exportvorm.CSV:
            return as_csv(_table(records))
    return as_ods("Vacatures", _table(records))


# --- VUM ---------------------------------------------------------------------------------------------------------


def vum(nummer: str, record: VacatureRecord, *, ours: bool = False) -> dict[str, Any]:
    """A `Vacature` of VUM 3.0 under this number; with `ours` our supplement stands in it too.

    The standard asks a postcode with its letters: a vacature without them leaves without an address.
    """
    contact = record.contact
    made = {
        "idVacature": nummer,
        "naamVacature": record.naam_vacature,
        "nummerVacature": record.nummer_vacature if len(record.nummer_vacature) <= 11 else "",
        "omschrijvingVacature": record.omschrijving_vacature,
        "codeWerkEnDenkniveauMinimaal": _text(record.code_werk_en_denkniveau_minimaal),
        "adres": {"postcode": record.postcode if len(record.postcode) == 6 else ""},
        "sluitingsdatumVacature": _day(record.sluitingsdatum_vacature),
        "sollicitatiewijze": [
            {
                "codeSollicitatiewijze": code,
                "webadres": {"codeWebadres": 4, "url": record.webadres_sollicitatie}
                if code == Sollicitatiewijze.FORMULIER and record.webadres_sollicitatie
                else {},
            }
            for code in record.sollicitatiewijzen
        ],
        "werkgever": {
            "handelsnaamOrganisatie": record.handelsnaam_organisatie,
            "webadres": [{"codeWebadres": 3, "url": record.webadres}] if record.webadres else [],
            "contactpersoon": [
                {
                    "naamContactpersoonAfdeling": contact.naam[:35],
                    "emailadres": [contact.emailadres] if contact.emailadres else [],
                    "telefoonnummer": [contact.telefoonnummer] if 0 < len(contact.telefoonnummer) <= 14 else [],
                }
            ],
        },
        "sector": {"codeSbi": record.code_sbi},
        "arbeidsVoorwaarden": {
            "datumAanvangWerkzaamheden": _day(record.datum_aanvang_werkzaamheden),
            "datumEindeWerkzaamheden": _day(record.datum_einde_werkzaamheden),
            "omschrijvingArbeidsvoorwaarden": record.omschrijving_arbeidsvoorwaarden,
            "salarisIndicatie": record.salaris_indicatie,
        },
        "contractvorm": [
            *({"codeTypeArbeidscontract": code} for code in record.typen_arbeidscontract),
            *({"codeTypeOvereenkomst": code} for code in record.typen_overeenkomst),
        ],
        "beroep": {"codeBeroepsnaam": record.code_beroepsnaam},
        "werkervaring": [{"aantalJarenWerkzaamInBeroep": record.aantal_jaren_werkzaam_in_beroep}],
        "rijbewijs": [{"codeSoortRijbewijs": code} for code in record.rijbewijzen or ()],
        "vervoermiddel": [{"codeVervoermiddel": code} for code in record.vervoermiddelen],
        "flexibiliteit": {
            "indicatieOnregelmatigWerkOfPloegendienst": _yes_no(record.indicatie_onregelmatig_werk_of_ploegendienst)
        },
        "werktijden": {
            "aantalWerkurenPerWeekMinimaal": record.aantal_werkuren_per_week_minimaal,
            "aantalWerkurenPerWeekMaximaal": record.aantal_werkuren_per_week_maximaal,
            "indicatieKantoortijden": _yes_no(record.indicatie_kantoortijden),
        },
        "cursus": [{"naamCursus": naam} for naam in record.cursussen],
        "opleiding": [
            {"codeNiveauOpleiding": one.code_niveau_opleiding, "indicatieDiploma": _yes_no(one.indicatie_diploma)}
            | ({"naamOpleiding": one.naam_opleiding} if ours else {})
            for one in record.opleidingen
        ],
        "competentiebeheersing": [{"codeCompetentie": code} for code in record.competenties],
        "taalbeheersing": [_language(one) for one in record.taalbeheersing],
    }
    if ours:
        made["banenafspraak"] = _supplement(record)
    found = without_empty(made)
    assert isinstance(found, dict)
    return found


def _supplement(record: VacatureRecord) -> dict[str, Any]:
    return {
        "nummer": record.nummer_vacature,
        "kvk": record.kvk,
        "werksoort": record.werksoort,
        "naamBeroep": record.naam_beroep,
        "taken": [_task(taak) for taak in record.taken],
        "werkdagen": [dag.name for dag in Dag if record.werkdagen is not None and dag in record.werkdagen],
        "aantalPlaatsen": record.aantal_plaatsen,
        "postcode": record.postcode,
        "plaatsnaam": record.plaatsnaam,
        "bereikbaarMetOv": _yes_no(record.bereikbaar_met_ov),
        "begeleiding": _yes_no(record.biedt_begeleiding),
        "aanpassing": _yes_no(record.biedt_aanpassing_werkomgeving),
        "werkvariatie": _yes_no(record.biedt_werkvariatie),
        "geschiktVoorDoelgroep": _yes_no(record.indicatie_ldr_registratie),
        "formulier": record.webadres_sollicitatie,
        "contactpersoon": record.contact.naam,
        "telefoonnummer": record.contact.telefoonnummer,
        "geen": ["rijbewijs"] if record.rijbewijzen == () else [],
    }


def _task(taak: Taak) -> dict[str, Any]:
    return {
        "omschrijving": taak.omschrijving,
        "werksoort": taak.werksoort,
        "urenPerWeek": None if taak.uren_per_week is None else f"{taak.uren_per_week:f}",
        "codeWerkEnDenkniveauMinimaal": taak.code_werk_en_denkniveau_minimaal,
        "rijbewijs": list(taak.rijbewijzen),
    }


def _language(one: Taalbeheersing) -> dict[str, Any]:
    return {
        "codeTaal": one.code_taal,
        "codeNiveauTaalbeheersingMondeling": one.mondeling,
        "codeNiveauTaalbeheersingSchriftelijk": one.schriftelijk,
        "codeNiveauTaalbeheersingLezen": one.lezen,
        "codeNiveauTaalbeheersingLuisteren": one.luisteren,
    }


def _yes_no(value: bool | None) -> int | None:
    return None if value is None else 1 if value else 2


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _text(value: int | None) -> str:
    return "" if value is None else str(value)


# --- A table -----------------------------------------------------------------------------------------------------


def _table(records: Sequence[tuple[str, VacatureRecord]]) -> list[list[str]]:
    found = [cells(nummer, record) for nummer, record in records]
    return [[veld.value for veld in Vacatureveld], *([row[veld] for veld in Vacatureveld] for row in found)]


def cells(nummer: str, record: VacatureRecord) -> dict[Vacatureveld, str]:
    """One vacature as a row; the tasks with their hours, and without what else each of them asks."""
    dutch = next((one for one in record.taalbeheersing if one.code_taal == "nld"), Taalbeheersing("nld"))
    licences, kind, v = record.rijbewijzen, WERKSOORTEN.get(record.werksoort), Vacatureveld
    days = [dag.name.lower() for dag in Dag if dag.name and record.werkdagen is not None and dag in record.werkdagen]
    return {
        v.NUMMER: nummer,
        v.NAAM: record.naam_vacature,
        v.OMSCHRIJVING: record.omschrijving_vacature,
        v.WERKGEVER: record.handelsnaam_organisatie,
        v.KVK: record.kvk,
        v.WERK: kind.naam if kind else record.naam_beroep,
        v.TAKEN: "\n".join(map(_task_text, record.taken)),
        v.POSTCODE: record.postcode,
        v.PLAATS: record.plaatsnaam,
        v.OV: _JA_NEE[record.bereikbaar_met_ov],
        v.UREN_MINIMAAL: _text(record.aantal_werkuren_per_week_minimaal),
        v.UREN: _text(record.aantal_werkuren_per_week_maximaal),
        v.DAGEN: ", ".join(days),
        v.KANTOORTIJDEN: _JA_NEE[record.indicatie_kantoortijden],
        v.ONREGELMATIG: _JA_NEE[record.indicatie_onregelmatig_werk_of_ploegendienst],
        v.PLAATSEN: str(record.aantal_plaatsen),
        v.AANVANG: _day(record.datum_aanvang_werkzaamheden),
        v.EINDE: _day(record.datum_einde_werkzaamheden),
        v.SLUIT: _day(record.sluitingsdatum_vacature),
        v.NIVEAU: NIVEAUWOORDEN.get(Niveau(record.code_werk_en_denkniveau_minimaal), "")
        if record.code_werk_en_denkniveau_minimaal
        else "",
        v.OPLEIDING: next((one.naam_opleiding for one in record.opleidingen), ""),
        v.JAREN: _text(record.aantal_jaren_werkzaam_in_beroep),
        v.RIJBEWIJS: "" if licences is None else ", ".join(licences) or "geen",
        v.SPREKEN: TAALWOORDEN[Taalniveau(dutch.mondeling)] if dutch.mondeling else "",
        v.SCHRIJVEN: TAALWOORDEN[Taalniveau(dutch.schriftelijk)] if dutch.schriftelijk else "",
        v.CONTRACT: ", ".join(record.typen_arbeidscontract),
        v.OVEREENKOMST: ", ".join(OVEREENKOMSTWOORDEN[Overeenkomst(code)] for code in record.typen_overeenkomst),
        v.LOON: record.salaris_indicatie,
        v.VOORWAARDEN: record.omschrijving_arbeidsvoorwaarden,
        v.BEGELEIDING: _JA_NEE[record.biedt_begeleiding],
        v.AANPASSING: _JA_NEE[record.biedt_aanpassing_werkomgeving],
        v.VARIATIE: _JA_NEE[record.biedt_werkvariatie],
        v.DOELGROEP: _JA_NEE[record.indicatie_ldr_registratie],
        v.REAGEREN: ", ".join(REAGEERWOORDEN[Sollicitatiewijze(code)] for code in record.sollicitatiewijzen),
        v.FORMULIER: record.webadres_sollicitatie,
        v.WEBSITE: record.webadres,
        v.SBI: _text(record.code_sbi),
        v.CONTACT: record.contact.naam,
        v.EMAIL: record.contact.emailadres,
        v.TELEFOON: record.contact.telefoonnummer,
    }


def _task_text(taak: Taak) -> str:
    return taak.omschrijving if taak.uren_per_week is None else f"{taak.omschrijving} [{taak.uren_per_week:f}]"
