"""Profiles and vacatures in the words of the standard; empty is absent, and what the standard has no field for is not
said.

A match holds what its schema lists and nothing that is sealed with us: no needs, presentation, contact data, names of
schools and employers, nor that somebody is in the register.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from banenafspraak.bemiddeling import profielbestand
from banenafspraak.bemiddeling.profielrecord import Contact
from banenafspraak.bemiddeling.vacaturerecord import VacatureRecord, all_rijbewijzen, highest_niveau
from banenafspraak.bemiddeling.vumdeling import Profiel, Vacaturematch

MATCH_FIELDS = (
    "idWerkzoekende", "indicatieBeschikbaarheidContactgegevens", "mobiliteit", "vervoermiddel", "flexibiliteit",
    "werktijden", "contractvorm", "sector", "bemiddelingsberoep", "arbeidsmarktkwalificatie",
)  # fmt: skip
"""What may stand in `MPWerkzoekendeMatch`."""
_VACATURE_ONLY_IN_DETAIL = ("nummerVacature",)
_TELEFOON = 14


def profile_match(profiel: Profiel) -> dict[str, Any]:
    """A `MPWerkzoekendeMatch`."""
    whole = profielbestand.vum(profiel.nummer, profiel.record)
    whole["indicatieBeschikbaarheidContactgegevens"] = _code(profiel.deelt_contact)
    return {name: whole[name] for name in MATCH_FIELDS if name in whole}


def profile_detail(profiel: Profiel, *, suwi: bool) -> dict[str, Any]:
    """A `Werkzoekende`; only a party of SUWI reads that somebody is in the register."""
    whole = profielbestand.vum(profiel.nummer, profiel.record)
    whole["indicatieBeschikbaarheidContactgegevens"] = _code(profiel.deelt_contact)
    if not suwi:
        whole.pop("indicatieLdrRegistratie", None)
    return whole


def vacature_match(match: Vacaturematch) -> dict[str, Any]:
    """A `MPVacatureMatch`."""
    whole = vacature_detail(match)
    employer = dict(whole.get("werkgever", {}))
    employer.pop("contactpersoon", None)
    found = whole | ({"werkgever": employer} if employer else {})
    return {name: value for name, value in found.items() if name not in _VACATURE_ONLY_IN_DETAIL}


def vacature_detail(match: Vacaturematch) -> dict[str, Any]:
    """A `Vacature`; with whom to call only where the record has it."""
    record = match.record
    niveau = highest_niveau(record)
    found = _without_empty(
        {
            "nummerVacature": record.nummer_vacature if len(record.nummer_vacature) <= 11 else "",
            "naamVacature": record.naam_vacature,
            "omschrijvingVacature": record.omschrijving_vacature,
            "sluitingsdatumVacature": _day(record.sluitingsdatum_vacature),
            "codeWerkEnDenkniveauMinimaal": "7" if niveau is None else str(int(niveau)),
            "adres": {"postcode": record.postcode} if len(record.postcode) == 6 else {},
            "sollicitatiewijze": [_application(code, record) for code in record.sollicitatiewijzen],
            "werkgever": _employer(record),
            "sector": {"codeSbi": record.code_sbi},
            "arbeidsVoorwaarden": {
                "datumAanvangWerkzaamheden": _day(record.datum_aanvang_werkzaamheden),
                "datumEindeWerkzaamheden": _day(record.datum_einde_werkzaamheden),
                "omschrijvingArbeidsvoorwaarden": record.omschrijving_arbeidsvoorwaarden,
                "salarisIndicatie": record.salaris_indicatie,
            },
            "contractvorm": [
                *({"codeTypeArbeidscontract": str(code)} for code in record.typen_arbeidscontract),
                *({"codeTypeOvereenkomst": str(code)} for code in record.typen_overeenkomst),
            ],
            "beroep": {"codeBeroepsnaam": record.code_beroepsnaam},
            "werkervaring": [{"aantalJarenWerkzaamInBeroep": record.aantal_jaren_werkzaam_in_beroep}],
            "rijbewijs": [{"codeSoortRijbewijs": code} for code in all_rijbewijzen(record)],
            "vervoermiddel": [{"codeVervoermiddel": code} for code in record.vervoermiddelen],
            "flexibiliteit": {
                "indicatieOnregelmatigWerkOfPloegendienst": _code(record.indicatie_onregelmatig_werk_of_ploegendienst)
            },
            "werktijden": {
                "aantalWerkurenPerWeekMinimaal": record.aantal_werkuren_per_week_minimaal,
                "aantalWerkurenPerWeekMaximaal": record.aantal_werkuren_per_week_maximaal,
                "indicatieKantoortijden": _code(record.indicatie_kantoortijden),
            },
            "cursus": [{"naamCursus": naam} for naam in record.cursussen],
            "opleiding": [
                {"codeNiveauOpleiding": one.code_niveau_opleiding, "indicatieDiploma": _code(one.indicatie_diploma)}
                for one in record.opleidingen
            ],
            "competentiebeheersing": [{"codeCompetentie": code} for code in record.competenties],
            "taalbeheersing": [
                {
                    "codeTaal": one.code_taal,
                    "codeNiveauTaalbeheersingMondeling": one.mondeling,
                    "codeNiveauTaalbeheersingSchriftelijk": one.schriftelijk,
                    "codeNiveauTaalbeheersingLezen": one.lezen,
                    "codeNiveauTaalbeheersingLuisteren": one.luisteren,
                }
                for one in record.taalbeheersing
            ],
        }
    )
    assert isinstance(found, dict)
    return {"idVacature": match.nummer, **found}


def _application(code: str, record: VacatureRecord) -> dict[str, Any]:
    address = {"codeWebadres": 4, "url": record.webadres_sollicitatie}
    return {
        "codeSollicitatiewijze": str(code),
        "webadres": address if record.webadres_sollicitatie and str(code) == "4" else {},
    }


def _employer(record: VacatureRecord) -> Mapping[str, Any]:
    return {
        "handelsnaamOrganisatie": record.handelsnaam_organisatie,
        "webadres": [{"codeWebadres": 3, "url": record.webadres}] if record.webadres else [],
        "contactpersoon": [_person(record.contact)],
        "sector": [{"codeSbi": record.code_sbi}],
    }


def _person(contact: Contact) -> dict[str, Any]:
    phone = contact.telefoonnummer if len(contact.telefoonnummer) <= _TELEFOON else ""
    return {
        "naamContactpersoonAfdeling": contact.naam[:35],
        "emailadres": [contact.emailadres] if contact.emailadres else [],
        "telefoonnummer": [phone] if phone else [],
    }


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _code(answer: bool | None) -> int | None:
    return None if answer is None else 1 if answer else 2


def _without_empty(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {key: found for key, one in value.items() if (found := _without_empty(one)) not in (None, "", [], {})}
        return kept
    if isinstance(value, list):
        return [found for one in value if (found := _without_empty(one)) not in (None, "", [], {})]
    return value
