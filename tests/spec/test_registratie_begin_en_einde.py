"""When a registration starts, and what ends it."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet


def _stand(titel: str, dag: date, geregistreerd: bool, bron: str, feiten: dict[str, Any], **verwacht: Any) -> Geval:
    return Geval(titel, feiten, dag, {"geregistreerd": geregistreerd, **verwacht}, bron)


def _grond(grond: str, route: str, vanaf: str, **meer: Any) -> dict[str, Any]:
    return {"gronden": [{"grond": grond, "route": route, "vanaf": vanaf, **meer}]}


_WAJONG = _grond("wajong", "nwajong_werkregeling", "2012-05-01")
_COLLEGE = _grond("pwet_lks_uwv_loonwaarde", "indicatie_banenafspraak", "2016-04-12")
_ROUTE_P = _grond("pwet_lks_uwv_loonwaarde", "praktijkroute", "2016-04-12")
_WSW = _grond("wsw", "wsw_detachering", "2009-01-01")

REGEL = Regel(
    slug="registratie-1-begin-en-einde",
    titel="Wanneer een registratie begint en eindigt",
    uitleg=(
        "Een registratie begint op de dag van het recht, van het oordeel van UWV, of van de melding (VSO en "
        "praktijkonderwijs). Bij de Praktijkroute is dat de dag van de loonwaarde, als de gemeente die meldt.",
        "Zij eindigt op de dag waarop iemand de AOW-leeftijd bereikt of overlijdt, en op de dag na de vaststelling dat "
        "alleen beschut werk mogelijk is. Op die dag is iemand niet meer geregistreerd.",
        "Wie Wajong heeft en duurzaam geen mogelijkheden om te werken, gaat eruit. Vanaf 1-1-2026 telt hij wel zolang "
        "hij in een dienstbetrekking werkt.",
    ),
    artikelen=("38d Wfsv", "3.2 Besluit SUWI", "7a AOW"),
    antwoord=wet("registratie"),
    vraag="registratie",
    parameters=(
        ("doelgroepregister", "vroegste_registratie"),
        ("doelgroepregister", "einde_registratie"),
        ("doelgroepregister", "wsw_beschut"),
        ("doelgroepregister", "duurzaam_geen_met_werk"),
        ("doelgroepregister", "aow_leeftijd"),
    ),
    let_op=(
        "Wsw, Wajong en WIW/ID tellen vanaf 1-1-2013, al bestaat het register zelf sinds 2015: zo telt de monitor.",
        "Voor 2020 noemde het besluit de AOW-leeftijd niet; UWV telde haar toen wel als reden van uitstroom.",
    ),
    gevallen=(
        _stand("Oordeel van UWV: de dag zelf", date(2016, 4, 12), True, "Kennisdocument", _COLLEGE, vanaf="2016-04-12"),
        _stand("Oordeel van UWV: de dag ervoor", date(2016, 4, 11), False, "Kennisdocument", _COLLEGE, vanaf=None),
        _stand("Praktijkroute: loonwaarde van voor 2017 telt vanaf 1-1-2017", date(2017, 1, 1), True,
               "Kennisdocument", _ROUTE_P, vanaf="2017-01-01"),
        _stand("Praktijkroute: op 31-12-2016 nog niet", date(2016, 12, 31), False, "Kennisdocument", _ROUTE_P),
        _stand("Praktijkroute: dag van de loonwaarde", date(2018, 3, 1), True, "Kennisdocument",
               _grond("pwet_lks_uwv_loonwaarde", "praktijkroute", "2018-03-01"), vanaf="2018-03-01"),
        _stand("Praktijkroute: gemeente heeft niet gemeld", date(2018, 3, 31), False, "Kennisdocument",
               _grond("pwet_lks_uwv_loonwaarde", "praktijkroute", "2018-03-01", gemeld_door_gemeente=False)),
        _stand("VSO: dag van de melding", date(2017, 9, 1), True, "2.24 Besluit Wfsv",
               _grond("amvb_38b_1_d", "vso", "2017-09-01"), vanaf="2017-09-01"),
        _stand("Wajong van voor 2013 begint op 1-1-2013", date(2013, 1, 1), True, "Nulmeting", _WAJONG,
               vanaf="2013-01-01"),
        _stand("Lid 2 begint niet voor 1-12-2018", date(2018, 11, 30), False, "Kennisdocument",
               _grond("jonggehandicapt_uwv_oordeel", "werken_met_voorziening", "2016-01-01")),
        _stand("Lid 2 vanaf 1-12-2018", date(2018, 12, 1), True, "Kennisdocument",
               _grond("jonggehandicapt_uwv_oordeel", "werken_met_voorziening", "2016-01-01"), vanaf="2018-12-01"),
        _stand("AOW: de dag ervoor", date(2024, 2, 29), True, "3.2 lid 2 a Besluit SUWI",
               {**_WAJONG, "geboortedatum": "1957-03-01"}),
        _stand("AOW: die dag", date(2024, 3, 1), False, "3.2 lid 2 a Besluit SUWI; 7a AOW",
               {**_WAJONG, "geboortedatum": "1957-03-01"}, tot="2024-03-01", einde_reden="aow"),
        _stand("AOW: een dag eerder geboren, 66 jaar en 10 maanden", date(2024, 1, 1), False, "7a AOW",
               {**_WAJONG, "geboortedatum": "1957-02-28"}, tot="2023-12-28", einde_reden="aow"),
        _stand("AOW in 2018 bij 66 jaar", date(2018, 6, 15), False, "7a AOW",
               {**_WSW, "geboortedatum": "1952-06-15"}, tot="2018-06-15", einde_reden="aow"),
        _stand("AOW over de jaargrens: 66 jaar en 7 maanden", date(2022, 4, 14), True, "7a AOW",
               {**_WSW, "geboortedatum": "1955-09-15"}, tot="2022-04-15", einde_reden="aow"),
        _stand("Overleden: die dag", date(2021, 5, 20), False, "3.2 lid 2 b Besluit SUWI",
               {**_WAJONG, "overleden_op": "2021-05-20"}, tot="2021-05-20", einde_reden="overlijden"),
        _stand("Beschut werk: dag van de vaststelling nog wel", date(2020, 3, 10), True, "3.2 lid 3 Besluit SUWI",
               {**_COLLEGE, "beschut_werk_vastgesteld_op": "2020-03-10"}),
        _stand("Beschut werk: de dag erna niet meer", date(2020, 3, 11), False, "3.2 lid 3 Besluit SUWI",
               {**_COLLEGE, "beschut_werk_vastgesteld_op": "2020-03-10"}, tot="2020-03-11",
               einde_reden="beschikking_beschut_werk"),
        _stand("Wsw-werk wordt weer beschut", date(2018, 2, 1), False, "122n lid 4 Wfsv",
               {**_WSW, "wsw_beschut_vanaf": "2018-02-01"}, tot="2018-02-01", einde_reden="wsw_beschut_werk"),
        _stand("Wsw weer beschut, maar ook Wajong: blijft", date(2018, 2, 1), True, "122n lid 4 Wfsv",
               {"gronden": _WSW["gronden"] + _WAJONG["gronden"], "wsw_beschut_vanaf": "2018-02-01"}),
        _stand("Wajong zonder mogelijkheden: eruit", date(2016, 2, 1), False, "38b lid 1 c (2015)",
               {**_WAJONG, "wajong_duurzaam_geen_mogelijkheden_op": "2016-02-01"}, tot="2016-02-01",
               einde_reden="duurzaam_geen_arbeidsvermogen"),
        _stand("Wajong zonder mogelijkheden, werkt in 2025: eruit", date(2025, 12, 31), False, "38b lid 1 c (2015)",
               {**_WAJONG, "wajong_duurzaam_geen_mogelijkheden_op": "2016-02-01",
                "dienstbetrekkingen": [{"vanaf": "2025-03-01"}]}),
        _stand("Wajong zonder mogelijkheden, werkt in 2026: erin", date(2026, 1, 1), True, "38b lid 1 c (2026)",
               {**_WAJONG, "wajong_duurzaam_geen_mogelijkheden_op": "2016-02-01",
                "dienstbetrekkingen": [{"vanaf": "2025-03-01", "tot": "2026-06-01"}]},
               vanaf="2026-01-01", tot="2026-06-01"),
        _stand("Wajong zonder mogelijkheden, werk voorbij: eruit", date(2026, 6, 1), False, "38b lid 1 c (2026)",
               {**_WAJONG, "wajong_duurzaam_geen_mogelijkheden_op": "2016-02-01",
                "dienstbetrekkingen": [{"vanaf": "2025-03-01", "tot": "2026-06-01"}]},
               einde_reden="duurzaam_geen_arbeidsvermogen"),
        _stand("Wajong zonder mogelijkheden vanaf de eerste dag: nooit erin", date(2016, 2, 1), False,
               "38b lid 1 c (2015)",
               {**_grond("wajong", "wajong_2015", "2016-02-01"),
                "wajong_duurzaam_geen_mogelijkheden_op": "2016-02-01"}, vanaf=None, perioden=[]),
        _stand("Wajong eindigt omdat er geen mogelijkheden meer zijn: eruit", date(2024, 3, 1), False,
               "38b lid 1 c (2020)",
               {**_grond("wajong", "wajong_2015", "2016-02-01", voldoet_niet_meer_vanaf="2024-03-01"),
                "wajong_duurzaam_geen_mogelijkheden_op": "2024-03-01"}, tot="2024-03-01",
               einde_reden="duurzaam_geen_arbeidsvermogen"),
        _stand("Wajong al verloren voordat er geen mogelijkheden waren: blijft", date(2024, 3, 1), True,
               "38b lid 6 Wfsv",
               {**_grond("wajong", "wajong_2015", "2016-02-01", voldoet_niet_meer_vanaf="2024-02-29"),
                "wajong_duurzaam_geen_mogelijkheden_op": "2024-03-01"}, tot=None),
        _stand("Wajong zonder mogelijkheden, werk eindigt op 31-12-2025: telt niet", date(2026, 1, 1), False,
               "38b lid 1 c (2026)",
               {**_WAJONG, "wajong_duurzaam_geen_mogelijkheden_op": "2016-02-01",
                "dienstbetrekkingen": [{"vanaf": "2025-03-01", "tot": "2026-01-01"}]},
               vanaf="2013-01-01", tot="2016-02-01"),
        _stand("Wajong zonder mogelijkheden, gaat in 2026 werken: vanaf die dag", date(2026, 3, 1), True,
               "38b lid 1 c (2026)",
               {**_WAJONG, "wajong_duurzaam_geen_mogelijkheden_op": "2016-02-01",
                "dienstbetrekkingen": [{"vanaf": "2026-03-01"}]}, vanaf="2026-03-01", tot=None),
        _stand("Wajong zonder mogelijkheden, werkt al: niet voor het recht begint", date(2026, 6, 30), False,
               "38b lid 1 c (2026)",
               {**_grond("wajong", "wajong_2015", "2026-07-01"), "wajong_duurzaam_geen_mogelijkheden_op": "2026-03-10",
                "dienstbetrekkingen": [{"vanaf": "2025-03-01"}]}, vanaf=None,
               perioden=[{"vanaf": "2026-07-01", "tot": None, "einde_reden": None, "gronden": ["wajong"]}]),
        _stand("Wajong zonder mogelijkheden, werkt: tot het recht eindigt", date(2026, 9, 1), False,
               "38b lid 1 c (2026)",
               {**_grond("wajong", "wajong_2015", "2016-01-01", voldoet_niet_meer_vanaf="2026-09-01"),
                "wajong_duurzaam_geen_mogelijkheden_op": "2016-02-01",
                "dienstbetrekkingen": [{"vanaf": "2025-03-01"}]}, vanaf="2026-01-01", tot="2026-09-01",
               einde_reden="duurzaam_geen_arbeidsvermogen"),
        _stand("Eerst Wajong, dan Wsw die weer beschut wordt: blijft", date(2018, 2, 1), True, "122n lid 4 Wfsv",
               {"gronden": _WAJONG["gronden"] + _WSW["gronden"], "wsw_beschut_vanaf": "2018-02-01"}, tot=None),
        _stand("Beschut werk vastgesteld op de dag ervoor: begint niet", date(2016, 4, 12), False,
               "3.2 lid 3 Besluit SUWI", {**_COLLEGE, "beschut_werk_vastgesteld_op": "2016-04-11"}, vanaf=None,
               perioden=[]),
        _stand("Overleden op de dag van de AOW-leeftijd: de AOW gaat voor", date(2024, 3, 1), False,
               "3.2 lid 2 Besluit SUWI", {**_WAJONG, "geboortedatum": "1957-03-01", "overleden_op": "2024-03-01"},
               tot="2024-03-01", einde_reden="aow"),
        _stand("AOW in 2026 bij 67 jaar, uit het geheugen", date(2026, 7, 1), False, "7a AOW",
               {**_WAJONG, "geboortedatum": "1959-07-01"}, tot="2026-07-01", einde_reden="aow"),
        _stand("AOW-leeftijd na de jaren die bekend zijn: blijft", date(2026, 7, 1), True, "3.2 lid 2 a Besluit SUWI",
               {**_WAJONG, "geboortedatum": "1990-03-01"}, tot=None),
        _stand("AOW-leeftijd voor de telling begon: nooit erin", date(2013, 1, 1), False, "3.2 lid 2 a Besluit SUWI",
               {**_WSW, "geboortedatum": "1946-12-01"}, vanaf=None, perioden=[]),
        _stand("Artikel 38b treedt in werking", date(2015, 5, 1), True, "38b Wfsv", _WAJONG, vanaf="2013-01-01"),
        _stand("IVA-experiment begint niet voor 2026", date(2026, 1, 1), True, "38b lid 1 g",
               _grond("wia_iva_experiment", "iva_experiment", "2025-10-01"), vanaf="2026-01-01"),
    ),
)  # fmt: skip


@REGEL.cases()
def test_begin_en_einde_van_een_registratie(geval: Geval) -> None:
    REGEL.check(geval)
