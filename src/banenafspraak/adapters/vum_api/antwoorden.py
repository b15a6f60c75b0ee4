"""Profiles and vacatures in the words of the standard; empty is absent, and what the standard has no field for is not
said.

A match holds what its schema lists and nothing that is sealed with us: no needs, presentation, contact data, names of
schools and employers, nor that somebody is in the register.
"""

from dataclasses import replace
from typing import Any

from banenafspraak.bemiddeling import profielbestand, vacaturebestand
from banenafspraak.bemiddeling.vacaturerecord import all_rijbewijzen, highest_niveau
from banenafspraak.bemiddeling.vumdeling import Profiel, Vacaturematch
from banenafspraak.bemiddeling.vumindex import NIVEAU_ONBEKEND

MATCH_FIELDS = (
    "idWerkzoekende", "indicatieBeschikbaarheidContactgegevens", "mobiliteit", "vervoermiddel", "flexibiliteit",
    "werktijden", "contractvorm", "sector", "bemiddelingsberoep", "arbeidsmarktkwalificatie",
)  # fmt: skip
"""What may stand in `MPWerkzoekendeMatch`."""


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
    employer = {name: value for name, value in whole.pop("werkgever", {}).items() if name != "contactpersoon"}
    whole.pop("nummerVacature", None)
    return whole | ({"werkgever": employer} if employer else {})


def vacature_detail(match: Vacaturematch) -> dict[str, Any]:
    """A `Vacature`; what its tasks ask is asked, and with whom to call only where the record has it."""
    record, niveau = match.record, highest_niveau(match.record)
    whole = vacaturebestand.vum(match.nummer, replace(record, rijbewijzen=all_rijbewijzen(record)))
    return whole | {"codeWerkEnDenkniveauMinimaal": str(int(niveau or NIVEAU_ONBEKEND))}


def _code(answer: bool) -> int:
    return 1 if answer else 2
