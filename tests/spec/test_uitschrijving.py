"""What UWV decides on a request to leave the register."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_SUWI, _UWV = "3.2 lid 4 en 5 Besluit SUWI", "UWV, verzoek uitschrijving uit het doelgroepregister"
_VRIJ: dict[str, Any] = {
    "krijgt_ondersteuning": False,
    "werkgever_krijgt_financiele_steun": False,
    "heeft_jobcoach": False,
    "heeft_uwv_uitkering": False,
    "heeft_wsw_indicatie": False,
    "inkomen_onder_minimumloon": False,
    "is_werkloos": False,
    "heeft_werkgever": True,
    "werkgever_gehoord": True,
    "werkgever_heeft_bezwaar": False,
}
_VSO = {"grond": "amvb_38b_1_d", "route": "vso", "vanaf": "2016-01-01"}
_PWET = {"grond": "pwet_lks_uwv_loonwaarde", "route": "indicatie_banenafspraak", "vanaf": "2016-01-01"}
_F = {"grond": "overgangsrecht_38b_1_f", "route": "owajong", "vanaf": "2018-12-01"}


def _geval(
    titel: str, besluit: str, bron: str, *gronden: dict[str, Any], op: str = "2026-05-04",
    dag: date = date(2026, 6, 15), verwacht: dict[str, Any] | None = None, uitleg: str = "", **meer: Any,
) -> Geval:  # fmt: skip
    facts: dict[str, Any] = {"gronden": list(gronden or (_VSO,)), "verzocht_op": op, **_VRIJ, **meer}
    facts = {naam: waarde for naam, waarde in facts.items() if waarde is not None}
    return Geval(titel, facts, dag, {"besluit": besluit, **(verwacht or {})}, bron, uitleg)


def _weigert(titel: str, naam: str, **meer: Any) -> Geval:
    verwacht = {"weigeringen": [naam], "eindigt_op": None, "gemeente_informeren": False}
    return _geval(titel, "afwijzen", _UWV, verwacht=verwacht, **{naam: True}, **meer)


REGEL = Regel(
    slug="aanvraag-4-uitschrijving",
    titel="Uitschrijven op eigen verzoek: wat UWV beslist",
    uitleg=(
        "Eerst kijkt UWV naar de grond. Uitschrijven kan voor wie niet meer aan een grond voldoet, of alleen op VSO, "
        "praktijkonderwijs, een verlopen Wsw-indicatie of onderdeel f staat.",
        "UWV wijst af bij ondersteuning van gemeente of UWV, financiële steun voor de werkgever, een jobcoach, een "
        "uitkering van UWV, een Wsw-indicatie, een inkomen onder het minimumloon, of werkloosheid. Wie een afwijzing "
        "krijgt, hoort alle redenen in één keer.",
        "Is er een werkgever, dan vraagt UWV eerst zijn mening. Een bezwaar van de werkgever weegt mee maar houdt de "
        "uitschrijving op zichzelf niet tegen. Daarna krijgt de gemeente bericht. UWV beslist binnen acht weken.",
    ),
    artikelen=("3.2 lid 4 en 5 Besluit SUWI",),
    antwoord=wet("uitschrijving"),
    vraag="uitschrijving",
    parameters=tuple(("uitschrijving", naam) for naam in ("weigering", "werkgever_horen", "gemeente_informeren")),
    let_op=(
        "De redenen om af te wijzen staan op de pagina van UWV, niet in het besluit.",
        "Voor verzoeken van voor 2020 golden andere regels: zie Zelf uit het register gaan.",
    ),
    gevallen=(
        _geval("VSO, niets in de weg: eindigt op de dag van het besluit", "toewijzen", _SUWI,
               verwacht={"eindigt_op": "2026-06-15", "weigeringen": [], "gemeente_informeren": True,
                         "uiterlijk_beslissen_op": "2026-06-29"}),
        _geval("Voldoet niet meer: blijfgrond", "toewijzen", _SUWI,
               {**_PWET, "voldoet_niet_meer_vanaf": "2020-05-01"}, verwacht={"eindigt_op": "2026-06-15"}),
        _geval("Voldoet nog aan de Participatiewet: afwijzen", "afwijzen", _SUWI, _PWET,
               verwacht={"weigeringen": ["grond"], "eindigt_op": None}),
        _geval("VSO en nog Participatiewet: afwijzen", "afwijzen", _SUWI, _VSO, _PWET,
               verwacht={"weigeringen": ["grond"]}),
        _geval("Besluit in 2020: eindigt op 1-1-2021", "toewijzen", _SUWI, op="2020-02-03", dag=date(2020, 3, 2),
               verwacht={"eindigt_op": "2021-01-01"}),
        _geval("Onderdeel f: ook in 2020 al", "toewijzen", _SUWI, _F, op="2020-02-03", dag=date(2020, 3, 2),
               verwacht={"eindigt_op": "2020-03-02"}),
        _weigert("Ondersteuning van de gemeente", "krijgt_ondersteuning"),
        _weigert("Financiële steun voor de werkgever", "werkgever_krijgt_financiele_steun"),
        _weigert("Een jobcoach", "heeft_jobcoach"),
        _weigert("Een uitkering van UWV", "heeft_uwv_uitkering"),
        _weigert("Een Wsw-indicatie", "heeft_wsw_indicatie"),
        _weigert("Inkomen onder het minimumloon", "inkomen_onder_minimumloon"),
        _weigert("Werkloos", "is_werkloos", heeft_werkgever=False, werkgever_gehoord=None,
                 werkgever_heeft_bezwaar=None),
        _geval("Twee redenen tegelijk", "afwijzen", _UWV, heeft_jobcoach=True, heeft_uwv_uitkering=True,
               verwacht={"weigeringen": ["heeft_jobcoach", "heeft_uwv_uitkering"]}),
        _geval("De werkgever is nog niet gehoord", "eerst_werkgever_horen", _UWV, werkgever_gehoord=False,
               werkgever_heeft_bezwaar=None, verwacht={"eindigt_op": None, "gemeente_informeren": False}),
        _geval("De werkgever heeft bezwaar: het besluit hangt van de grond af", "toewijzen", _SUWI,
               werkgever_heeft_bezwaar=True, verwacht={"eindigt_op": "2026-06-15"}, uitleg="Afgeleid."),
        _geval("Zelfstandig: geen werkgever om te horen", "toewijzen", _UWV, heeft_werkgever=False,
               werkgever_gehoord=None, werkgever_heeft_bezwaar=None),
        _geval("De AOW-leeftijd is al bereikt: niets om te beëindigen", "afwijzen", _SUWI, geboortedatum="1950-01-01",
               verwacht={"weigeringen": ["grond"]}),
    ),
)  # fmt: skip


@REGEL.cases()
def test_wat_uwv_beslist_op_een_verzoek_om_uitschrijving(geval: Geval) -> None:
    REGEL.check(geval)
