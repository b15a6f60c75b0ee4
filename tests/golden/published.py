"""The published figures of Gooi en Vechtstreek 2018Q1, typed over, held against a factsheet."""

import json
from pathlib import Path
from typing import Any

from tests.golden.plain_count import percentage

GEPUBLICEERD: dict[str, Any] = json.loads(
    Path(__file__).with_name("gooi_en_vechtstreek_2018q1.json").read_text(encoding="utf-8")
)
MEETPUNTEN = ("nulmeting", "jaar_eerder", "kwartaal_eerder", "aantal")


def differences(sheet: dict[str, Any]) -> list[str]:
    """Every published figure that a factsheet does not have; empty when all are there to the number."""
    expected = {**_in_het_kort(), **_doelstelling(), **_categorieen(), **_werkenden(), **_praktijkroute(), **_verloop()}
    wrong = []
    for path, figure in expected.items():
        found = _at(sheet, path)
        if found != figure:
            wrong.append(f"{path}: gepubliceerd {figure}, gevonden {found}")
    return wrong


def _at(sheet: Any, path: str) -> Any:
    for key in path.split("."):
        sheet = sheet[int(key)] if isinstance(sheet, list) else sheet[key]
    return sheet


def _in_het_kort() -> dict[str, int]:
    kort = GEPUBLICEERD["cijfers_in_het_kort"]
    soorten = ("banen", "personen", "werkzaam")
    return {f"{soort}.{punt}": kort[soort][i] for soort in soorten for i, punt in enumerate(MEETPUNTEN)}


def _doelstelling() -> dict[str, int]:
    doel, delen = GEPUBLICEERD["doelstelling"], GEPUBLICEERD["verdeling_percentage"]
    kolommen = ("markt", "overheid", "uitzend_detachering")
    return {
        "banen.extra": doel["extra"],
        "banen.doelstelling": doel["aantal"],
        "banen.percentage_doelstelling": doel["percentage"],
        **{f"banen.verdeling_percentage.{kolom}": delen[kolom] for kolom in kolommen},
    }


def _categorieen() -> dict[str, int]:
    personen = GEPUBLICEERD["personen_per_categorie"]
    vorige = personen["participatiewet"] - GEPUBLICEERD["participatiewet_toename"]["aantal"]
    return {
        **{f"personen.per_categorie.{c}": personen[c] for c in ("wsw", "wajong", "participatiewet")},
        "reeks.4.personen.participatiewet": vorige,
        "reeks.3.banen_totaal": GEPUBLICEERD["banen_vorig_kwartaal"]["aantal"],
    }


def _werkenden() -> dict[str, int | str]:
    table = GEPUBLICEERD["werkenden"]
    result: dict[str, int | str] = {}
    for i, kwartaal in enumerate(table["kwartalen"]):
        result[f"werkenden.{i}.kwartaal"] = kwartaal
        for groep in ("wajong", "participatiewet", "totaal"):
            result[f"werkenden.{i}.{groep}.aantal"], result[f"werkenden.{i}.{groep}.percentage"] = table[groep][i]
    return result


def _praktijkroute() -> dict[str, int | str]:
    table = GEPUBLICEERD["praktijkroute"]
    result: dict[str, int | str] = {}
    for i, kwartaal in enumerate(table["kwartalen"]):
        result[f"praktijkroute.{i}.kwartaal"] = kwartaal
        result[f"praktijkroute.{i}.instroom"] = table["instroom"][i]
    return result


def _verloop() -> dict[str, int]:
    werk, uitstroom = GEPUBLICEERD["werk_vinden_en_verliezen"], GEPUBLICEERD["uitstroom"]
    return {
        "verloop.baanvinders": werk["baanvinders"],
        "verloop.baanverliezers": werk["baanverliezers"],
        **{f"verloop.uitstroomredenen.{reden}": n for reden, n in uitstroom["aantallen"].items()},
        **{f"verloop.uitstroomredenen_percentage.{reden}": n for reden, n in uitstroom["percentage"].items()},
    }


def check_sources_agree() -> None:
    """The figures typed over agree with one another, as far as the choices in the file say they should."""
    kort, uitstroom = GEPUBLICEERD["cijfers_in_het_kort"], GEPUBLICEERD["uitstroom"]
    for soort, verschillen in kort["verschillen_met_2018Q1"].items():
        nul, jaar, kwartaal, nu = kort[soort]
        assert [nu - nul, nu - jaar, nu - kwartaal] == verschillen
    doel = GEPUBLICEERD["doelstelling"]
    assert percentage(doel["extra"], doel["aantal"]) == doel["percentage"]
    assert sum(uitstroom["aantallen"].values()) == uitstroom["aantal"]
    assert sum(uitstroom["percentage"].values()) == 99
    for reden, aantal in uitstroom["aantallen"].items():
        assert percentage(aantal, uitstroom["aantal"]) == uitstroom["percentage"][reden]
    categorieen = GEPUBLICEERD["personen_per_categorie"]
    assert sum(categorieen[c] for c in ("wsw", "wajong", "participatiewet")) == kort["personen"][-1]
    aandeel = percentage(categorieen["participatiewet"], kort["personen"][-1])
    assert aandeel == GEPUBLICEERD["participatiewet_aandeel"]["afgerond"]
    for i in range(5):
        wajong, pwet, totaal = (GEPUBLICEERD["werkenden"][g][i][0] for g in ("wajong", "participatiewet", "totaal"))
        assert wajong + pwet == totaal
    assert sum(GEPUBLICEERD["praktijkroute"]["instroom"][:4]) == GEPUBLICEERD["praktijkroute"]["in_2017"]
