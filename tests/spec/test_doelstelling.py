"""How many extra banen were agreed."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from banenafspraak.wet import banen
from banenafspraak.wet.parameters import ParameterFout
from tests.spec.regel import Geval, Regel


def _answer(feiten: Mapping[str, Any], peildatum: date) -> Any:
    if "regio" in feiten:
        found = banen.doelstelling_regio(feiten["regio"], peildatum.year)
        return found.waarde if found else None
    return banen.doelstelling(peildatum.year, feiten.get("sector")).waarde


def _jaar(jaar: int, overheid: int, markt: int, bron: str) -> tuple[Geval, ...]:
    eind = date(jaar, 12, 31)
    return (
        Geval(f"{jaar}, overheid", {"sector": "overheid"}, eind, overheid, bron),
        Geval(f"{jaar}, markt", {"sector": "markt"}, eind, markt, bron),
        Geval(f"{jaar}, samen", {}, eind, overheid + markt, bron),
    )


_REGELING = "Regeling Wfsv 3.29 lid 2 en 3"

REGEL = Regel(
    slug="banen-4-doelstelling",
    titel="Hoeveel extra banen zijn afgesproken",
    uitleg=(
        "De doelen tellen op: het zijn extra banen ten opzichte van december 2012. De regeling noemt ze in "
        "verloonde uren in de maand december; gedeeld door 110,92 zijn het ronde aantallen banen.",
        "Eind 2025 is het doel 125.000 banen. Dat blijft daarna zo staan. Per regio is niets afgesproken: de Werkkamer "
        "geeft alleen een indicatie.",
    ),
    artikelen=("3.29 Regeling Wfsv",),
    antwoord=_answer,
    parameters=(
        ("banenafspraak", "doelstelling_uren_overheid"),
        ("banenafspraak", "doelstelling_uren_markt"),
        ("werkkamer", "doelstelling_am12"),
        ("werkkamer", "doelstelling_am24"),
    ),
    let_op=(
        "Voor 2013 en eerder is er geen doel: de vraag geeft dan een fout, geen nul.",
        "Het doel van de overheid voor het proefjaar 2014 komt uit het geheugen.",
        "Voor Gooi en Vechtstreek 2018 noemt dezelfde bron 492 en 493; de tabel zegt 492.",
    ),
    gevallen=(
        *_jaar(2014, 2500, 5000, "Cedris (markt); uit geheugen (overheid)"),
        *_jaar(2015, 3000, 6000, _REGELING),
        *_jaar(2016, 6500, 14000, _REGELING),
        *_jaar(2017, 10000, 23000, _REGELING),
        *_jaar(2018, 12500, 31000, _REGELING),
        *_jaar(2019, 15000, 40000, _REGELING),
        *_jaar(2020, 17500, 50000, _REGELING),
        *_jaar(2021, 20000, 60000, _REGELING),
        *_jaar(2022, 22500, 70000, _REGELING),
        *_jaar(2023, 25000, 80000, _REGELING),
        *_jaar(2024, 25000, 90000, _REGELING),
        *_jaar(2025, 25000, 100000, _REGELING),
        *_jaar(2026, 25000, 100000, f"{_REGELING}: 2025 en daarna"),
        Geval(
            "Gooi en Vechtstreek 2017", {"regio": "AM12"}, date(2017, 12, 31), 371, "Kwartaalrapportage: 492 min 121"
        ),
        Geval("Gooi en Vechtstreek 2018", {"regio": "AM12"}, date(2018, 12, 31), 492, "Kwartaalrapportage 2018 Q1"),
        Geval(
            "Gooi en Vechtstreek 2019", {"regio": "AM12"}, date(2019, 12, 31), 625, "Kwartaalrapportage: 492 plus 133"
        ),
        Geval("Gooi en Vechtstreek 2020: niet gevonden", {"regio": "AM12"}, date(2020, 12, 31), None, "Geen bron"),
        Geval("Zeeland 2022", {"regio": "AM24"}, date(2022, 12, 31), 1708, "aandeslaginzeeland.nl"),
        Geval("Zeeland 2019: niet gevonden", {"regio": "AM24"}, date(2019, 12, 31), None, "Geen bron"),
        Geval("Een regio zonder cijfer", {"regio": "AM01"}, date(2018, 12, 31), None, "Geen bron"),
    ),
)


@REGEL.cases()
def test_de_afgesproken_banen(geval: Geval) -> None:
    REGEL.check(geval)


@pytest.mark.parametrize("jaar", [2012, 2013])
def test_voor_2014_is_er_geen_doel(jaar: int) -> None:
    with pytest.raises(ParameterFout, match="eerste bekende waarde geldt vanaf 1-1-2014"):
        banen.doelstelling(jaar)
