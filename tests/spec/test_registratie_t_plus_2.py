"""t+2 until 30-12-2017, the re-entry of 1-12-2018, and staying since."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet


def _verloren(
    op: str, grond: str = "wajong", route: str = "owajong", vanaf: str = "2010-01-01", **meer: Any
) -> dict[str, Any]:
    entry = {"grond": grond, "route": route, "vanaf": vanaf, "voldoet_niet_meer_vanaf": op}
    return {"gronden": [entry], **meer}


def _stand(titel: str, dag: date, geregistreerd: bool, bron: str, feiten: dict[str, Any], **verwacht: Any) -> Geval:
    return Geval(titel, feiten, dag, {"geregistreerd": geregistreerd, **verwacht}, bron)


_SUWI_2015, _SUWI_2018 = "3.2 lid 2 Besluit SUWI (2015)", "3.2 lid 8 Besluit SUWI (2018)"
_HERLEEFD = {
    "gronden": [
        {"grond": "wajong", "route": "owajong", "vanaf": "2010-01-01", "voldoet_niet_meer_vanaf": "2014-03-01"},
        {"grond": "wajong", "route": "owajong", "vanaf": "2016-06-01"},
    ]
}

REGEL = Regel(
    slug="registratie-2-t-plus-2",
    titel="De t+2-regel, haar einde en de herinschrijving",
    uitleg=(
        "Tot eind 2017 eindigde een registratie op 31 december van het tweede kalenderjaar nadat iemand niet meer aan "
        "de voorwaarden voldeed. Die dag telt nog mee, want in december wordt gemeten.",
        "Vanaf 30-12-2017 stroomt niemand meer zo uit. Wie door t+2 was uitgeschreven, is per 1-12-2018 weer "
        "ingeschreven. Sindsdien blijft iemand in beginsel staan tot de AOW-leeftijd.",
    ),
    artikelen=("3.2 Besluit SUWI (2015, 2018, 2020)", "38b lid 1 onderdeel f en lid 6 Wfsv"),
    antwoord=wet("registratie"),
    vraag="registratie",
    parameters=(
        ("doelgroepregister", "t_plus_2_jaren"),
        ("doelgroepregister", "t_plus_2_gestopt"),
        ("doelgroepregister", "herinschrijving"),
    ),
    let_op=(
        "De bronnen laten ruimte over 31-12-2017. Het besluit dat de uitstroom stopt trad op 30-12-2017 in werking en "
        "stelt elk einde uit. Wie op 31-12-2017 zou uitstromen, blijft daarom staan. Het Kennisdocument zegt alleen: "
        "vanaf 2018 geen uitstroom, en wie voor 2018 was uitgeschreven is op 1-12-2018 terug.",
    ),
    gevallen=(
        _stand("Verloren in 2013: 31-12-2015 is de laatste dag", date(2015, 12, 31), True, _SUWI_2015,
               _verloren("2013-07-01"), tot="2016-01-01"),
        _stand("Verloren in 2013: op 1-1-2016 eruit", date(2016, 1, 1), False, _SUWI_2015,
               _verloren("2013-07-01"), einde_reden="t_plus_2"),
        _stand("Verloren op 31-12-2014: eruit na 2016", date(2017, 1, 1), False, _SUWI_2015,
               _verloren("2014-12-31"), tot="2017-01-01", einde_reden="t_plus_2"),
        _stand("Op 30-11-2018 nog niet terug", date(2018, 11, 30), False, "Kennisdocument", _verloren("2014-12-31")),
        _stand("Op 1-12-2018 weer ingeschreven", date(2018, 12, 1), True, "Kennisdocument", _verloren("2014-12-31"),
               vanaf="2018-12-01", tot=None),
        _stand("Verloren in 2015: 31-12-2017 gaat niet door", date(2018, 6, 30), True, _SUWI_2018,
               _verloren("2015-01-01"), tot=None),
        _stand("Verloren in 2016: blijft", date(2019, 6, 30), True, _SUWI_2018, _verloren("2016-09-01"), tot=None),
        _stand("Verloren in 2024: blijft (lid 6)", date(2026, 7, 1), True, "38b lid 6", _verloren("2024-03-01"),
               tot=None),
        _stand("Participatiewet verloren in 2015: blijft", date(2020, 1, 1), True, _SUWI_2018,
               _verloren("2015-12-01", "pwet_lks_uwv_loonwaarde", "indicatie_banenafspraak", "2015-03-01")),
        _stand("Wajong herleeft voor het einde van t+2", date(2017, 6, 30), True, "3.2 lid 2 b Besluit SUWI (2015)",
               _HERLEEFD, vanaf="2013-01-01", tot=None),
        _stand("Overleden voor de herinschrijving", date(2019, 1, 1), False, "3.2 Besluit SUWI",
               _verloren("2013-07-01", overleden_op="2018-02-03"), tot="2016-01-01", einde_reden="t_plus_2"),
        _stand("Herinschrijving eindigt bij de AOW-leeftijd", date(2020, 6, 1), False, "3.2 lid 2 a Besluit SUWI",
               _verloren("2013-07-01", geboortedatum="1954-02-01"), vanaf="2018-12-01", tot="2020-06-01",
               einde_reden="aow"),
        _stand("Tijdelijke registratie verloren in 2014: op de blijfgrond terug", date(2018, 12, 1), True,
               "38b lid 6 Wfsv", _verloren("2014-11-01", "amvb_38b_1_d", "tijdelijke_registratie", "2014-09-10"),
               perioden=[
                   {"vanaf": "2014-09-10", "tot": "2017-01-01", "einde_reden": "t_plus_2",
                    "gronden": ["amvb_38b_1_d"]},
                   {"vanaf": "2018-12-01", "tot": None, "einde_reden": None, "gronden": ["blijfgrond_38b_6"]}]),
        _stand("Wajong verloren in 2014: op onderdeel f terug", date(2018, 12, 1), True, "38b lid 1 f",
               _verloren("2014-11-01"),
               perioden=[
                   {"vanaf": "2013-01-01", "tot": "2017-01-01", "einde_reden": "t_plus_2", "gronden": ["wajong"]},
                   {"vanaf": "2018-12-01", "tot": None, "einde_reden": None,
                    "gronden": ["overgangsrecht_38b_1_f"]}]),
        _stand("Verloren op 1-1-2013, de eerste dag: nooit in de doelgroep", date(2013, 1, 1), False, "38b lid 1 f",
               _verloren("2013-01-01"), vanaf=None, perioden=[]),
        _stand("Verloren op 2-1-2013: een dag in de doelgroep telt", date(2015, 12, 31), True, _SUWI_2015,
               _verloren("2013-01-02"), vanaf="2013-01-01", tot="2016-01-01"),
        _stand("Verloren voor 2013: nooit in de doelgroep", date(2014, 1, 1), False, "38b lid 1 f",
               _verloren("2012-06-01"), vanaf=None),
    ),
)  # fmt: skip


@REGEL.cases()
def test_t_plus_2_en_de_herinschrijving(geval: Geval) -> None:
    REGEL.check(geval)
