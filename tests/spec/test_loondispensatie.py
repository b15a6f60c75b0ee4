"""Loondispensatie."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_WET, _BESLUIT = "2:20 Wajong", "Besluit loondispensatie Wajong"


def _g(titel: str, dag: str, verwacht: dict[str, Any], bron: str, uitleg: str = "", **feiten: Any) -> Geval:
    basis = {"grond": "wajong", "aanvraag_op": "2026-03-17", "geboortedatum": "2000-05-01", "prestatie_percentage": 50}
    return Geval(titel, {**basis, **feiten}, date.fromisoformat(dag), verwacht, bron, uitleg)


_NEE = {"recht": False}

REGEL = Regel(
    slug="instrument-5-loondispensatie",
    titel="Loondispensatie",
    uitleg=(
        "Bij een Wajonger kan UWV toestaan dat de werkgever minder betaalt dan het minimumloon, naar verhouding van de "
        "prestatie. Dat kan alleen als die prestatie een ten minste 25% lager loon per uur rechtvaardigt en dat naar "
        "verwachting ten minste zes maanden duurt.",
        "Het begint op de eerste dag van de maand van de aanvraag en duurt ten hoogste vijf jaar; UWV kan verlengen. "
        "Van "
        "wie jonger is dan 18 eindigt het op de 18e verjaardag.",
    ),
    artikelen=("2:20 en 3:63 Wajong", "Besluit loondispensatie Wajong", "82a Wet SUWI"),
    antwoord=wet("loondispensatie"),
    vraag="loondispensatie",
    parameters=tuple(
        ("loondispensatie", naam)
        for naam in ("gronden", "lager_loon_procent", "verwachte_maanden", "duur_jaren", "leeftijd_einde")
    ),
    let_op=(
        "De grond telt, niet het register. Loondispensatie en loonkostensubsidie gaan nooit samen.",
        "UWV stelt het percentage vast; hoe het wordt afgerond is niet nagelezen.",
    ),
    gevallen=(
        _g(
            "Een Wajonger met 50%",
            "2026-08-01",
            {"recht": True, "vanaf": "2026-03-01", "tot": "2031-03-01", "loon_per_uur": 7.5, "loon_percentage": 50},
            _WET,
            "50% van 14,99 is 7,495.",
        ),
        _g(
            "75% is precies 25% lager",
            "2026-08-01",
            {"recht": True, "loon_per_uur": 11.24},
            _BESLUIT,
            prestatie_percentage=75,
        ),
        _g("76% is te veel", "2026-08-01", _NEE, _BESLUIT, prestatie_percentage=76),
        _g("Zes maanden verwacht", "2026-08-01", {"recht": True}, _BESLUIT, verwachte_maanden=6),
        _g("Vijf maanden is te kort", "2026-08-01", _NEE, _BESLUIT, verwachte_maanden=5),
        _g("Vanaf de eerste van de maand van de aanvraag", "2026-03-01", {"recht": True}, _BESLUIT),
        _g("De dag ervoor niet", "2026-02-28", {"recht": False, "vanaf": "2026-03-01"}, _BESLUIT),
        _g(
            "De laatste dag van vijf jaar",
            "2026-06-30",
            {"recht": True, "tot": "2026-07-01"},
            _BESLUIT,
            aanvraag_op="2021-07-05",
        ),
        _g("Na vijf jaar niet meer", "2026-07-01", _NEE, _BESLUIT, aanvraag_op="2021-07-05"),
        _g(
            "Na een verlenging wel",
            "2026-07-01",
            {"recht": True, "tot": "2028-07-01"},
            _BESLUIT,
            aanvraag_op="2021-07-05",
            verlengd_tot="2028-07-01",
        ),
        _g(
            "Een minderjarige: tot de 18e verjaardag",
            "2026-08-01",
            {"recht": True, "tot": "2026-09-15", "loon_per_uur": 2.96},
            _BESLUIT,
            "Bij 17 jaar is het minimumloon 5,92.",
            geboortedatum="2008-09-15",
        ),
        _g(
            "Op de 18e verjaardag is het voorbij",
            "2026-09-15",
            {"recht": False, "tot": "2026-09-15"},
            _BESLUIT,
            geboortedatum="2008-09-15",
        ),
        _g(
            "Begonnen op de 18e verjaardag: vijf jaar",
            "2026-08-01",
            {"recht": True, "tot": "2031-03-01"},
            _BESLUIT,
            geboortedatum="2008-03-01",
        ),
        _g("Niet via de Participatiewet", "2026-08-01", _NEE, _WET, grond="pwet_lks_uwv_loonwaarde"),
        _g("De proef met IVA sinds 2026", "2026-08-01", {"recht": True}, "82a Wet SUWI", grond="wia_iva_experiment"),
        _g(
            "Voor 2026 niet bij IVA",
            "2025-12-31",
            _NEE,
            "82a Wet SUWI",
            grond="wia_iva_experiment",
            aanvraag_op="2025-03-17",
        ),
        _g(
            "Wie AOW heeft, heeft geen Wajong meer",
            "2026-08-01",
            {**_NEE, "waarom": "De persoon heeft de AOW-leeftijd bereikt."},
            "1a:1 Wajong",
            geboortedatum="1959-05-01",
        ),
        _g(
            "Zij eindigt op de dag van de AOW",
            "2026-08-01",
            {"recht": True, "tot": "2027-02-01"},
            "1a:1 Wajong",
            geboortedatum="1960-02-01",
        ),
        _g("Niet bij een baan van de Wsw", "2026-08-01", _NEE, _BESLUIT, wsw_dienstbetrekking=True),
        _g("Niet samen met loonkostensubsidie", "2026-08-01", _NEE, "Verschillende groepen", loonkostensubsidie=True),
        _g(
            "Voor 2024 een uurloon uit het maandloon",
            "2023-07-01",
            {"recht": True, "loon_per_uur": 6.4},
            _WET,
            "12,79 bij 36 uur.",
            aanvraag_op="2023-03-17",
        ),
    ),
)


@REGEL.cases()
def test_loondispensatie(geval: Geval) -> None:
    REGEL.check(geval)
