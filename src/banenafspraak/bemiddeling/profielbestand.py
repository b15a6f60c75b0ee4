"""Klantprofielen as files: VUM 3.0 JSON, the same with our supplement, CSV and ODS.

`VUM` holds what the standard knows and nothing else, so that every party to it can read it. `AANVULLING` adds what the
standard has no place for (days, kinds of work, what nobody has), for another installation of this platform: reading it
back gives the same record. CSV has the columns that `adapters.profielen.csv` recognises. No file holds a BSN.
"""

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from banenafspraak.bemiddeling.profiellevering import Profielveld
from banenafspraak.bemiddeling.profielrecord import (
    Cursus,
    Dag,
    Niveau,
    Opleiding,
    ProfielRecord,
    Taalbeheersing,
    Taalniveau,
    Vervoer,
    Werkervaring,
)
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN


class Exportvorm(StrEnum):
    """In which form profiles leave."""

    VUM = "vum"
    AANVULLING = "aanvulling"
    CSV = "csv"
    ODS = "ods"


MEDIA_TYPES: Mapping[Exportvorm, str] = {
    Exportvorm.VUM: "application/json",
    Exportvorm.AANVULLING: "application/json",
    Exportvorm.CSV: "text/csv; charset=utf-8",
    Exportvorm.ODS: "application/vnd.oasis.opendocument.spreadsheet",
}
EXTENSIES: Mapping[Exportvorm, str] = {
    Exportvorm.VUM: "vum.json",
    Exportvorm.AANVULLING: "json",
    Exportvorm.CSV: "csv",
    Exportvorm.ODS: "ods",
}
KOLOMMEN: Sequence[Profielveld] = tuple(veld for veld in Profielveld if veld is not Profielveld.BSN)


@dataclass(frozen=True)
class Exportregel:
    """One profile on its way out. Without `toestemming` only its number leaves, and from VUM not even that."""

    nummer: str
    record: ProfielRecord
    toestemming: bool


def render(vorm: Exportvorm, regels: Sequence[Exportregel]) -> bytes:
    """The file in this form; the same profiles give the same bytes."""
    match vorm:
        case Exportvorm.VUM | Exportvorm.AANVULLING:
            ours = vorm is Exportvorm.AANVULLING
            found = [vum(regel.nummer, regel.record, ours=ours) for regel in regels if regel.toestemming]
            return json.dumps(found, ensure_ascii=False, indent=1).encode()
        case Exportvorm.CSV:
            return _csv(regels)
    return _ods(regels)


# --- VUM ---------------------------------------------------------------------------------------------------------


def vum(nummer: str, record: ProfielRecord, *, ours: bool = False) -> dict[str, Any]:
    """A `Werkzoekende` of VUM 3.0 under this number; with `ours` our supplement stands in it too."""
    werkzoekende = {
        "idWerkzoekende": nummer,
        "indicatieBeschikbaarheidContactgegevens": 1
        if record.contact.emailadres or record.contact.telefoonnummer
        else 2,
        "indicatieLdrRegistratie": 1,
        "persoonlijkePresentatie": record.persoonlijke_presentatie,
        "eisAanWerk": {
            "indicatieAanpassingWerkomgeving": _yes_no(record.eis_aan_werk.indicatie_aanpassing_werkomgeving),
            "indicatieBegeleiding": _yes_no(record.eis_aan_werk.indicatie_begeleiding),
            "indicatieWerkvariatie": _yes_no(record.eis_aan_werk.indicatie_werkvariatie),
        },
        "mobiliteit": _mobiliteit(record, ours=ours),
        "vervoermiddel": [{"codeVervoermiddel": code} for code in record.vervoermiddelen],
        "flexibiliteit": {
            "datumAanvangBeschikbaarVoorWerk": _day(record.datum_aanvang_beschikbaar_voor_werk),
            "datumEindeBeschikbaarVoorWerk": _day(record.datum_einde_beschikbaar_voor_werk),
            "indicatieOnregelmatigWerkOfPloegendienst": _yes_no(record.indicatie_onregelmatig_werk_of_ploegendienst),
        },
        "werktijden": {
            "aantalWerkurenPerWeekMinimaal": record.aantal_werkuren_per_week_minimaal,
            "aantalWerkurenPerWeekMaximaal": record.aantal_werkuren_per_week_maximaal,
            "indicatieKantoortijden": _yes_no(record.indicatie_kantoortijden),
        },
        "contractvorm": [
            *({"codeTypeArbeidscontract": code} for code in record.typen_arbeidscontract),
            *({"codeTypeOvereenkomst": code} for code in record.typen_overeenkomst),
        ],
        "sector": [{"codeSbi": code} for code in record.sectoren],
        "bemiddelingsberoep": [{"codeBeroepsnaam": code} for code in record.bemiddelingsberoepen],
        "emailadres": [record.contact.emailadres] if record.contact.emailadres else [],
        "telefoonnummer": [record.contact.telefoonnummer] if 0 < len(record.contact.telefoonnummer) <= 14 else [],
        "arbeidsmarktkwalificatie": {
            "codeWerkEnDenkniveauWerkzoekende": record.code_werk_en_denkniveau,
            "opleiding": [_opleiding(one, ours=ours) for one in record.opleidingen or ()],
            "cursus": [_cursus(one) for one in record.cursussen],
            "werkervaring": [_werkervaring(one, ours=ours) for one in record.werkervaringen or ()],
            "taalbeheersing": [_taal(one) for one in record.taalbeheersing],
            "rijbewijs": [{"codeSoortRijbewijs": code} for code in record.rijbewijzen or ()],
            "interesse": [{"naamInteresse": naam} for naam in record.interesses],
            "competentiebeheersing": [{"codeCompetentie": code} for code in record.competenties],
        },
    }
    if ours:
        werkzoekende["banenafspraak"] = _supplement(record)
    found = without_empty(werkzoekende)
    assert isinstance(found, dict)
    return found


def _supplement(record: ProfielRecord) -> dict[str, Any]:
    none = {"rijbewijs": record.rijbewijzen, "opleiding": record.opleidingen, "werkervaring": record.werkervaringen}
    return {
        "beschikbaar": _yes_no(record.beschikbaar),
        "werkdagen": [dag.name for dag in Dag if record.werkdagen is not None and dag in record.werkdagen],
        "werksoorten": list(record.werksoorten),
        "nodig": record.eis_aan_werk.toelichting,
        "naam": record.contact.naam,
        "geen": [name for name, answer in none.items() if answer == ()],
    }


def _mobiliteit(record: ProfielRecord, *, ours: bool) -> dict[str, Any]:
    """Empty when the postcode has no letters: the standard wants them, and wants it first of all."""
    if not ours and len(record.bemiddelingspostcode) != 6:
        return {}
    return {
        "bemiddelingspostcode": record.bemiddelingspostcode,
        "maximaleReisafstand": record.maximale_reisafstand,
        "maximaleReistijd": record.maximale_reistijd,
    }


def _opleiding(one: Opleiding, *, ours: bool) -> dict[str, Any]:
    return {
        "codeNiveauOpleiding": one.code_niveau_opleiding,
        "codeOpleidingsnaam": one.code_opleidingsnaam,
        "indicatieDiploma": _yes_no(one.indicatie_diploma),
        "codeStatusOpleiding": one.code_status_opleiding,
        "datumDiploma": _day(one.datum_diploma),
        "datumAanvangVolgenOpleiding": _day(one.datum_aanvang),
        "datumEindeVolgenOpleiding": _day(one.datum_einde),
        "naamOpleidingsinstituut": one.naam_opleidingsinstituut,
        "toelichtingOpleiding": one.toelichting,
        "naamOpleiding": one.naam_opleiding if ours else "",
    }


def _cursus(one: Cursus) -> dict[str, Any]:
    return {
        "naamCursus": one.naam_cursus,
        "indicatieCertificaat": _yes_no(one.indicatie_certificaat),
        "datumCertificaat": _day(one.datum_certificaat),
        "naamOpleidingsinstituut": one.naam_opleidingsinstituut,
        "toelichtingCursus": one.toelichting,
    }


def _werkervaring(one: Werkervaring, *, ours: bool) -> dict[str, Any]:
    return {
        "beroep": {
            "codeBeroepsnaam": one.code_beroepsnaam,
            "werksoort": one.werksoort if ours else "",
            "naamBeroep": one.naam_beroep if ours else "",
        },
        "datumAanvangWerkzaamheden": _day(one.datum_aanvang),
        "datumEindeWerkzaamheden": _day(one.datum_einde),
        "naamOrganisatie": one.naam_organisatie,
        "toelichtingWerkervaring": one.toelichting,
    }


def _taal(one: Taalbeheersing) -> dict[str, Any]:
    return {
        "codeTaal": one.code_taal,
        "codeNiveauTaalbeheersingMondeling": one.mondeling,
        "codeNiveauTaalbeheersingSchriftelijk": one.schriftelijk,
        "codeNiveauTaalbeheersingLezen": one.lezen,
        "codeNiveauTaalbeheersingLuisteren": one.luisteren,
    }


def _yes_no(answer: bool | None) -> int | None:
    return None if answer is None else 1 if answer else 2


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def without_empty(value: Any) -> Any:
    """The value without what says nothing: an empty value is an absent one."""
    if isinstance(value, dict):
        return {key: found for key, item in value.items() if (found := without_empty(item)) not in (None, "", {}, [])}
    if isinstance(value, list):
        return [found for item in value if (found := without_empty(item)) not in (None, "", {}, [])]
    return value


# --- Tables ------------------------------------------------------------------------------------------------------

# What a spreadsheet would run instead of show, when it stands first in a cell.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# Fixed, so that the same profiles give the same file.
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_NIVEAUS = {
    Niveau.GEEN_BASISONDERWIJS: "geen", Niveau.BASIS: "basisonderwijs", Niveau.VMBO: "vmbo", Niveau.MBO_HAVO_VWO: "mbo",
    Niveau.HBO: "hbo", Niveau.WO: "wo",
}  # fmt: skip
_VERVOER = {
    Vervoer.AUTO: "auto", Vervoer.BROMFIETS: "bromfiets", Vervoer.FIETS: "fiets", Vervoer.MOTOR: "motor",
    Vervoer.OPENBAAR_VERVOER: "ov", Vervoer.ANDERS: "anders",
}  # fmt: skip
_TAAL = {Taalniveau.GEEN: "geen", Taalniveau.REDELIJK: "redelijk", Taalniveau.GOED: "goed",
         Taalniveau.UITSTEKEND: "uitstekend"}  # fmt: skip
_JA_NEE = {None: "", True: "ja", False: "nee"}


def guarded(text: str) -> str:
    """The text so that a spreadsheet shows it and never runs it: what looks like a formula gets an apostrophe."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(_FORMULA) or text.startswith(_FORMULA) else text


def cells(regel: Exportregel) -> dict[Profielveld, str]:
    """One profile as a row; without consent there is nothing but its number and that."""
    if not regel.toestemming:
        return {Profielveld.BRONNUMMER: regel.nummer, Profielveld.TOESTEMMING: "nee"}
    record = regel.record
    dutch = next((one for one in record.taalbeheersing if one.code_taal == "nld"), Taalbeheersing("nld"))
    kinds = [WERKSOORTEN[code].naam for code in record.werksoorten if code in WERKSOORTEN]
    jobs = record.werkervaringen
    low, high = record.aantal_werkuren_per_week_minimaal, record.aantal_werkuren_per_week_maximaal
    return {
        Profielveld.BRONNUMMER: regel.nummer,
        Profielveld.TOESTEMMING: "ja",
        Profielveld.POSTCODE: record.bemiddelingspostcode,
        Profielveld.REISAFSTAND: _number(record.maximale_reisafstand),
        Profielveld.REISTIJD: _number(record.maximale_reistijd),
        Profielveld.VERVOER: ", ".join(_VERVOER[Vervoer(code)] for code in record.vervoermiddelen),
        Profielveld.RIJBEWIJS: "" if record.rijbewijzen is None else ", ".join(record.rijbewijzen) or "geen",
        Profielveld.UREN: _number(high),
        Profielveld.UREN_MINIMAAL: _number(low),
        Profielveld.DAGEN: ", ".join(
            dag.name.lower() for dag in Dag if dag.name and record.werkdagen is not None and dag in record.werkdagen
        ),
        Profielveld.BESCHIKBAAR: _JA_NEE[record.beschikbaar],
        Profielveld.BESCHIKBAAR_VANAF: _day(record.datum_aanvang_beschikbaar_voor_werk) or "",
        Profielveld.CONTRACT: ", ".join(record.typen_arbeidscontract),
        Profielveld.OPLEIDINGSNIVEAU: _NIVEAUS[Niveau(record.code_werk_en_denkniveau)]
        if record.code_werk_en_denkniveau
        else "",
        Profielveld.OPLEIDING: next((one.naam_opleiding for one in record.opleidingen or ()), ""),
        Profielveld.BEROEP: "; ".join((*kinds, *record.interesses)),
        Profielveld.WERKVELD: ", ".join(map(str, record.sectoren)),
        Profielveld.WERKERVARING: "geen" if jobs == () else "; ".join(_job(one) for one in jobs or () if _job(one)),
        Profielveld.NEDERLANDS_MONDELING: _TAAL[Taalniveau(dutch.mondeling)] if dutch.mondeling else "",
        Profielveld.NEDERLANDS_SCHRIFTELIJK: _TAAL[Taalniveau(dutch.schriftelijk)] if dutch.schriftelijk else "",
        Profielveld.BEGELEIDING: _JA_NEE[record.eis_aan_werk.indicatie_begeleiding],
        Profielveld.AANPASSING: _JA_NEE[record.eis_aan_werk.indicatie_aanpassing_werkomgeving],
        Profielveld.PRESENTATIE: record.persoonlijke_presentatie,
        Profielveld.NAAM: record.contact.naam,
        Profielveld.EMAIL: record.contact.emailadres,
        Profielveld.TELEFOON: record.contact.telefoonnummer,
    }


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _job(one: Werkervaring) -> str:
    return WERKSOORTEN[one.werksoort].naam if one.werksoort in WERKSOORTEN else one.naam_beroep


def _rows(regels: Iterable[Exportregel]) -> list[list[str]]:
    return [[row.get(veld, "") for veld in KOLOMMEN] for row in map(cells, regels)]


def _csv(regels: Sequence[Exportregel]) -> bytes:
    return as_csv([[veld.value for veld in KOLOMMEN], *_rows(regels)])


def as_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as a CSV for an office; no cell can be taken for a formula."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";").writerows([guarded(cell) for cell in row] for row in rows)
    # The mark at the front makes an office read it as UTF-8.
    return out.getvalue().encode("utf-8-sig")


# Signs that XML 1.0 cannot hold.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MIMETYPE = MEDIA_TYPES[Exportvorm.ODS]
_MANIFEST = (
    '<?xml version="1.0" encoding="UTF-8"?>'
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_MIMETYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_CONTENT_BEGIN = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3">'
    '<office:body><office:spreadsheet><table:table table:name="{naam}">'
)
_CONTENT_END = "</table:table></office:spreadsheet></office:body></office:document-content>"


def _ods(regels: Sequence[Exportregel]) -> bytes:
    return as_ods("Klantprofielen", [[veld.value for veld in KOLOMMEN], *_rows(regels)])


def as_ods(naam: str, rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as a sheet of that name. Every cell is text: a telephone number keeps its zero, nothing is a formula."""
    cells_of = ([guarded(cell) for cell in row] for row in rows)
    content = "".join([_CONTENT_BEGIN.format(naam=escape(naam)), *map(_ods_row, cells_of), _CONTENT_END])
    out = io.BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as bundle:
        # The first part tells what the bundle is, and may not be compressed (OpenDocument 1.3, part 2, 3.3).
        bundle.writestr(ZipInfo("mimetype", _ZIP_TIME), _MIMETYPE)
        for name, text in (("META-INF/manifest.xml", _MANIFEST), ("content.xml", content)):
            bundle.writestr(ZipInfo(name, _ZIP_TIME), text, compress_type=ZIP_DEFLATED)
    return out.getvalue()


def _ods_row(row: Sequence[str]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>"


def _ods_cell(text: str) -> str:
    lines = "".join(f"<text:p>{escape(_NOT_XML.sub(' ', line))}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
