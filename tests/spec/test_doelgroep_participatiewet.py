"""38b lid 1 a (Participatiewet, Praktijkroute) and e (own request)."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_A, _E = "pwet_lks_uwv_loonwaarde", "pwet_uwv_wml_eigen_verzoek"


def _case(titel: str, dag: date, grond: str, bron: str, uitleg: str = "", **feiten: Any) -> Geval:
    verwacht = {"grond": grond, "behoort_tot_doelgroep": grond != "geen"}
    return Geval(titel, feiten, dag, verwacht, bron, uitleg)


def _uwv(aanvrager: str, op: str | None = "2015-06-01", **meer: Any) -> dict[str, Any]:
    facts = {
        "ondersteuning_pwet_7_1_a": True,
        "uwv_oordeel_kan_geen_wml_verdienen": True,
        "uwv_oordeel_aanvrager": aanvrager,
        **meer,
    }
    return facts | ({"uwv_oordeel_op": op} if op else {})


def _loonwaarde(percentage: float, **meer: Any) -> dict[str, Any]:
    facts = {"ondersteuning_pwet_7_1_a": True, "loonwaarde_percentage": percentage}
    return facts | {"loonwaarde_vastgesteld_op": "2017-03-01"} | meer


REGEL = Regel(
    slug="doelgroep-1-participatiewet",
    titel="De doelgroep via de Participatiewet",
    uitleg=(
        "Onderdeel a: het college leidt iemand met ondersteuning naar werk, en UWV stelt op verzoek van het college "
        "vast dat hij het minimumloon niet kan verdienen. Sinds 1-1-2017 is een loonwaarde onder het minimumloon ook "
        "genoeg: de Praktijkroute.",
        "Onderdeel e: UWV stelt dat vast op verzoek van de persoon zelf. Sinds 1-1-2018 moet het college hem dan ook "
        "ondersteunen.",
        "Een oordeel van UWV vervalt als de loonwaarde ten minste het minimumloon is, of als iemand zonder "
        "loonkostensubsidie het minimumloon verdient.",
    ),
    artikelen=("38b lid 1 onderdeel a en e Wfsv", "3.5 lid 10 Besluit SUWI"),
    antwoord=wet("doelgroep"),
    vraag="doelgroep",
    parameters=(
        ("doelgroepregister", "onderdeel_a"),
        ("doelgroepregister", "onderdeel_e"),
        ("doelgroepregister", "beoordeling_kan_vervallen"),
    ),
    let_op=("Forfaitaire loonkostensubsidie is geen loonwaarde en geeft geen toegang.",),
    gevallen=(
        _case("UWV-oordeel op verzoek van het college", date(2015, 6, 1), _A, "38b lid 1 a (2015)", **_uwv("college")),
        _case("Hetzelfde oordeel geldt ook nu", date(2026, 7, 1), _A, "38b lid 1 a (2026)", **_uwv("college")),
        _case("De dag voor het oordeel nog niet", date(2015, 5, 31), "geen", "38b lid 1 a (2015)", **_uwv("college")),
        _case("Voor de Participatiewet bestond de grond niet", date(2014, 12, 31), "geen", "Participatiewet",
              **_uwv("college", op="2014-06-01")),
        _case("Oordeel zonder datum: aangenomen dat het al geldt", date(2026, 7, 1), _A, "38b lid 1 a (2026)",
              **_uwv("college", op=None)),
        _case("Oordeel zonder ondersteuning van het college", date(2026, 7, 1), "geen", "38b lid 1 a (2026)",
              **_uwv("college", ondersteuning_pwet_7_1_a=False)),
        _case("Oordeel met loonkostensubsidie van artikel 10d lid 2", date(2026, 7, 1), _A, "38b lid 1 a (2017)",
              **_uwv("college", ondersteuning_pwet_7_1_a=False, loonkostensubsidie_pwet_10d_2=True)),
        _case("In 2016 gaf die loonkostensubsidie nog geen toegang", date(2016, 7, 1), "geen", "38b lid 1 a (2015)",
              **_uwv("college", ondersteuning_pwet_7_1_a=False, loonkostensubsidie_pwet_10d_2=True)),
        _case("Praktijkroute: loonwaarde 60%", date(2018, 3, 31), _A, "38b lid 1 a (2017)", **_loonwaarde(60)),
        _case("Praktijkroute: de dag van de loonwaarde telt al", date(2017, 3, 1), _A, "Kennisdocument",
              **_loonwaarde(60)),
        _case("Praktijkroute: de dag ervoor nog niet", date(2017, 2, 28), "geen", "Kennisdocument", **_loonwaarde(60)),
        _case("Loonwaarde van voor 2017 telt vanaf 1-1-2017", date(2017, 1, 1), _A, "Kennisdocument",
              **_loonwaarde(60, loonwaarde_vastgesteld_op="2016-04-01")),
        _case("Op 31-12-2016 gaf die loonwaarde nog geen toegang", date(2016, 12, 31), "geen", "38b lid 1 a (2015)",
              **_loonwaarde(60, loonwaarde_vastgesteld_op="2016-04-01")),
        _case("Loonwaarde 99,9% is onder het minimumloon", date(2018, 3, 31), _A, "38b lid 1 a (2017)",
              **_loonwaarde(99.9)),
        _case("Loonwaarde precies 100% niet", date(2018, 3, 31), "geen", "38b lid 1 a (2017)", **_loonwaarde(100)),
        _case("Loonwaarde niet door het college vastgesteld", date(2018, 3, 31), "geen", "38b lid 1 a (2017)",
              **_loonwaarde(60, loonwaarde_vastgesteld_door_college=False)),
        _case("Loonwaarde zonder ondersteuning", date(2018, 3, 31), "geen", "38b lid 1 a (2017)",
              **_loonwaarde(60, ondersteuning_pwet_7_1_a=False)),
        _case("Alleen forfaitaire loonkostensubsidie", date(2018, 3, 31), "geen", "Kennisdocument",
              ondersteuning_pwet_7_1_a=True, loonkostensubsidie_forfaitair=True),
        _case("Eigen verzoek", date(2026, 7, 1), _E, "38b lid 1 e (2018)", **_uwv("persoon")),
        _case("Eigen verzoek in 2016, zonder ondersteuning", date(2016, 6, 1), _E, "38b lid 1 e (2015)",
              **_uwv("persoon", op="2016-02-01", ondersteuning_pwet_7_1_a=False)),
        _case("Eigen verzoek sinds 2018, zonder ondersteuning", date(2018, 1, 1), "geen", "38b lid 1 e (2018)",
              **_uwv("persoon", op="2016-02-01", ondersteuning_pwet_7_1_a=False)),
        _case("Eigen verzoek bestond in juni 2015 nog niet", date(2015, 6, 30), "geen", "38b (2015)",
              **_uwv("persoon")),
        _case("Oordeel vervallen: loonwaarde 100%", date(2026, 7, 1), "geen", "3.5 lid 10 a Besluit SUWI",
              **_uwv("college", loonwaarde_percentage=100, loonwaarde_vastgesteld_op="2025-01-01")),
        _case("Oordeel vervalt niet door een latere loonwaarde", date(2024, 7, 1), _A, "3.5 lid 10 a Besluit SUWI",
              **_uwv("college", loonwaarde_percentage=100, loonwaarde_vastgesteld_op="2025-01-01")),
        _case("Oordeel vervallen: verdient het minimumloon zonder subsidie", date(2026, 7, 1), "geen",
              "3.5 lid 10 b Besluit SUWI",
              **_uwv("college", verdient_wml_zonder_loonkostensubsidie_sinds="2026-01-01")),
        _case("Oordeel vervalt op de dag van die loonwaarde", date(2025, 1, 1), "geen", "3.5 lid 10 a Besluit SUWI",
              **_uwv("college", loonwaarde_percentage=100, loonwaarde_vastgesteld_op="2025-01-01")),
        _case("Oordeel vervalt niet door een loonwaarde van 99,9%", date(2026, 7, 1), _A, "3.5 lid 10 a Besluit SUWI",
              **_uwv("college", loonwaarde_percentage=99.9, loonwaarde_vastgesteld_op="2025-01-01")),
        _case("Oordeel vervalt op de eerste dag met het minimumloon zonder subsidie", date(2026, 1, 1), "geen",
              "3.5 lid 10 b Besluit SUWI",
              **_uwv("college", verdient_wml_zonder_loonkostensubsidie_sinds="2026-01-01")),
        _case("De dag ervoor geldt het oordeel nog", date(2025, 12, 31), _A, "3.5 lid 10 b Besluit SUWI",
              **_uwv("college", verdient_wml_zonder_loonkostensubsidie_sinds="2026-01-01")),
        _case("Ook een oordeel op eigen verzoek vervalt", date(2026, 7, 1), "geen", "3.5 lid 10 b Besluit SUWI",
              **_uwv("persoon", verdient_wml_zonder_loonkostensubsidie_sinds="2026-01-01")),
        _case("Oordeel en Praktijkroute: het oordeel wordt genoemd", date(2018, 3, 31), _A, "38b lid 1 a (2017)",
              **_uwv("college", loonwaarde_percentage=60, loonwaarde_vastgesteld_op="2017-03-01")),
        _case("Oordeel op eigen verzoek en een loonwaarde: Praktijkroute", date(2018, 3, 31), _A, "38b lid 1 a (2017)",
              **_uwv("persoon", loonwaarde_percentage=60, loonwaarde_vastgesteld_op="2017-03-01")),
        _case("Op 31-12-2019 kon een oordeel nog niet vervallen", date(2019, 12, 31), _A, "Besluit SUWI (2019)",
              **_uwv("college", verdient_wml_zonder_loonkostensubsidie_sinds="2019-01-01")),
        _case("Op 1-1-2020 vervalt het", date(2020, 1, 1), "geen", "3.5 lid 10 b Besluit SUWI",
              **_uwv("college", verdient_wml_zonder_loonkostensubsidie_sinds="2019-01-01")),
        _case("In 2019 kon een oordeel nog niet vervallen", date(2019, 7, 1), _A, "Besluit SUWI (2019)",
              **_uwv("college", verdient_wml_zonder_loonkostensubsidie_sinds="2019-01-01")),
        _case("Jongere van 17 met een oordeel hoort erbij", date(2026, 7, 1), _A, "Kennisdocument",
              geboortedatum="2009-02-01", **_uwv("college", op="2026-02-01")),
    ),
)  # fmt: skip


@REGEL.cases()
def test_doelgroep_via_de_participatiewet(geval: Geval) -> None:
    REGEL.check(geval)
