"""Leaving the register on one's own request."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet


def _grond(grond: str, route: str, vanaf: str = "2016-01-01", **meer: Any) -> dict[str, Any]:
    return {"grond": grond, "route": route, "vanaf": vanaf, **meer}


def _verzoek(
    titel: str,
    dag: date,
    tot: str | None,
    bron: str,
    *gronden: dict[str, Any],
    op: str = "2022-03-01",
    vastgesteld: str | None = "2022-04-15",
) -> Geval:
    facts: dict[str, Any] = {"gronden": list(gronden), "uitschrijving_verzocht_op": op}
    if vastgesteld:
        facts["uitschrijving_vastgesteld_op"] = vastgesteld
    verwacht: dict[str, Any] = {"geregistreerd": tot is None, "tot": tot}
    if tot:
        verwacht["einde_reden"] = "vrijwillige_uitschrijving"
    return Geval(titel, facts, dag, verwacht, bron)


_VSO = _grond("amvb_38b_1_d", "vso")
_PRO = _grond("amvb_38b_1_d", "pro")
_OUD_WSW = _grond("amvb_38b_1_d", "wsw_wachtlijst")
_TIJDELIJK = _grond("amvb_38b_1_d", "tijdelijke_registratie", "2015-01-01")
_PWET = _grond("pwet_lks_uwv_loonwaarde", "indicatie_banenafspraak")
_VERLOREN = _grond("pwet_lks_uwv_loonwaarde", "indicatie_banenafspraak", voldoet_niet_meer_vanaf="2020-05-01")
_F = _grond("overgangsrecht_38b_1_f", "owajong", "2018-12-01")
_LID_4, _LID_5, _LID_6 = "3.2 lid 4 Besluit SUWI", "3.2 lid 5 Besluit SUWI", "3.2 lid 6 Besluit SUWI (2017)"

REGEL = Regel(
    slug="registratie-3-eigen-verzoek",
    titel="Zelf uit het register gaan",
    uitleg=(
        "Uitschrijven op eigen verzoek kan alleen voor wie niet meer aan een grond voldoet (de blijfgrond), of alleen "
        "op VSO, praktijkonderwijs, een verlopen Wsw-indicatie of onderdeel f staat. De registratie eindigt op de dag "
        "waarop UWV dat vaststelt, en niet voor 1-1-2021. Voor onderdeel f geldt die laatste grens niet.",
        "Voor 2020 kon alleen wie zowel tijdelijk als via VSO of praktijkonderwijs stond eruit, op de dag na het "
        "verzoek.",
    ),
    artikelen=("3.2 lid 4 en 5 Besluit SUWI", "3.2 lid 6 Besluit SUWI (tot 2020)"),
    antwoord=wet("registratie"),
    vraag="registratie",
    parameters=(
        ("doelgroepregister", "eigen_verzoek_niet_eerder_dan"),
        ("doelgroepregister", "eigen_verzoek_onderdeel_f"),
        ("doelgroepregister", "eigen_verzoek_tijdelijk"),
    ),
    let_op=(
        "Het Kennisdocument zegt: mogelijk vanaf 1-1-2020. Het besluit zegt: niet voor 1-1-2021. Dat gaat voor.",
    ),
    gevallen=(
        _verzoek("VSO: eindigt op de dag van de vaststelling", date(2022, 4, 15), "2022-04-15", _LID_4, _VSO),
        _verzoek("VSO en praktijkonderwijs", date(2022, 4, 15), "2022-04-15", _LID_4, _VSO, _PRO),
        _verzoek("Verlopen Wsw-indicatie", date(2022, 4, 15), "2022-04-15", _LID_4, _OUD_WSW),
        _verzoek("Voldoet niet meer: blijfgrond", date(2022, 4, 15), "2022-04-15", _LID_4, _VERLOREN),
        _verzoek("Voldoet nog aan de Participatiewet: kan niet", date(2022, 4, 15), None, _LID_4, _PWET),
        _verzoek("VSO en nog Participatiewet: kan niet", date(2022, 4, 15), None, _LID_4, _VSO, _PWET),
        _verzoek("UWV heeft nog niets vastgesteld", date(2022, 4, 15), None, _LID_4, _VSO, vastgesteld=None),
        _verzoek("Vastgesteld in 2020: eindigt pas op 1-1-2021", date(2021, 1, 1), "2021-01-01", _LID_4, _VSO,
                 op="2020-02-01", vastgesteld="2020-03-01"),
        _verzoek("Onderdeel f: ook in 2020 al", date(2020, 3, 1), "2020-03-01", _LID_5, _F,
                 op="2020-02-01", vastgesteld="2020-03-01"),
        _verzoek("Onderdeel f naast een andere grond: kan niet", date(2022, 4, 15), None, _LID_5, _F, _PWET),
        _verzoek("Voor 2020: tijdelijk en VSO", date(2017, 3, 2), "2017-03-02", _LID_6, _TIJDELIJK, _VSO,
                 op="2017-03-01", vastgesteld=None),
        _verzoek("Voor 2020: alleen VSO kan niet", date(2017, 3, 2), None, _LID_6, _VSO,
                 op="2017-03-01", vastgesteld=None),
        _verzoek("Een nieuwe grond daarna telt weer", date(2024, 1, 1), None, _LID_4, _VSO,
                 _grond("pwet_lks_uwv_loonwaarde", "praktijkroute", "2023-10-01")),
        _verzoek("Entree: kan niet", date(2022, 4, 15), None, _LID_4, _grond("amvb_38b_1_d", "entree")),
        _verzoek("Sinds die dag ook Participatiewet: kan niet", date(2022, 4, 15), None, _LID_4, _VSO,
                 _grond("pwet_lks_uwv_loonwaarde", "indicatie_banenafspraak", "2022-04-15")),
        _verzoek("Participatiewet geldt sinds die dag niet meer: kan", date(2022, 4, 15), "2022-04-15", _LID_4,
                 _grond("pwet_lks_uwv_loonwaarde", "indicatie_banenafspraak", voldoet_niet_meer_vanaf="2022-04-15")),
        _verzoek("Vastgesteld in 2020, en op 1-1-2021 begint een nieuwe grond", date(2021, 1, 1), None, _LID_4, _VSO,
                 _grond("pwet_lks_uwv_loonwaarde", "praktijkroute", "2021-01-01"),
                 op="2020-02-01", vastgesteld="2020-03-01"),
        _verzoek("Vastgesteld op de dag van het verzoek", date(2022, 3, 1), "2022-03-01", _LID_4, _VSO,
                 vastgesteld="2022-03-01"),
        _verzoek("Tijdelijk en VSO op 31-12-2019 verzocht", date(2020, 1, 1), "2020-01-01", _LID_6, _TIJDELIJK, _VSO,
                 op="2019-12-31", vastgesteld=None),
        _verzoek("Tijdelijk en VSO op 1-1-2020 verzocht: UWV stelt eerst vast", date(2020, 1, 2), None, _LID_4,
                 _TIJDELIJK, _VSO, op="2020-01-01", vastgesteld=None),
        _verzoek("Voor 2020: alleen tijdelijk kan niet", date(2017, 3, 2), None, _LID_6, _TIJDELIJK,
                 op="2017-03-01", vastgesteld=None),
        _verzoek("Registratie begint op de dag van de vaststelling", date(2022, 4, 15), None, _LID_4,
                 _grond("amvb_38b_1_d", "vso", "2022-04-15")),
        _verzoek("Verzoek voordat de registratie begint", date(2023, 1, 1), None, _LID_4,
                 _grond("amvb_38b_1_d", "vso", "2022-10-01")),
    ),
)  # fmt: skip


@REGEL.cases()
def test_uitschrijven_op_eigen_verzoek(geval: Geval) -> None:
    REGEL.check(geval)
