"""Proefplaatsing."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_UWV, _WET, _PWET = "Beleidsregels proefplaatsing UWV", "2:24 Wajong", "8a lid 2 d Participatiewet"


def _g(
    titel: str, verwacht: dict[str, Any], bron: str, uitleg: str = "", dag: str = "2026-07-01", **feiten: Any
) -> Geval:
    basis = {"loket": "uwv", "begin": dag, "duur_maanden": 2}
    return Geval(titel, {**basis, **feiten}, date.fromisoformat(dag), verwacht, bron, uitleg)


_JA, _NEE = {"mag": True, "telt_als_baan": False}, {"mag": False}

REGEL = Regel(
    slug="instrument-7-proefplaatsing",
    titel="Proefplaatsing",
    uitleg=(
        "Op een proefplaatsing werkt iemand zonder loon en met behoud van uitkering, om te zien of het werk past. "
        "Bij UWV "
        "duurt zij twee maanden, en ten hoogste zes als dat nodig is; bij de gemeente sinds 1-7-2023 twee maanden "
        "met ten "
        "hoogste vier maanden verlenging.",
        "UWV wil een serieus plan zien: een contract van ten minste zes maanden, met evenveel of meer uren, zonder "
        "proeftijd "
        "en zonder uitzendbeding. Ziekte telt niet mee voor de duur. Een proefplaatsing telt nooit als baan.",
    ),
    artikelen=("2:24 Wajong", "37 Wet WIA", "8a lid 2 Participatiewet", "Beleidsregels proefplaatsing UWV 2013"),
    antwoord=wet("proefplaatsing"),
    vraag="proefplaatsing",
    parameters=tuple(
        ("proefplaatsing", naam)
        for naam in ("uwv_maanden", "uwv_langste", "gemeente_maanden", "gemeente_verlenging", "contract_maanden")
    ),
    let_op=("De gemeente kan in haar verordening meer eisen; die zijn hier niet bekend.",),
    gevallen=(
        _g("Twee maanden bij UWV", {**_JA, "hoogste_maanden": 2, "laatste_dag": "2026-08-31"}, _UWV),
        _g("Drie maanden bij UWV: alleen als het nodig is", _NEE, _UWV, duur_maanden=3),
        _g("Zes maanden als het nodig is", {**_JA, "hoogste_maanden": 6}, _WET, duur_maanden=6, langer_nodig=True),
        _g("Zeven maanden nooit", _NEE, _WET, duur_maanden=7, langer_nodig=True),
        _g(
            "Gemeente: zes maanden met verlenging",
            {**_JA, "hoogste_maanden": 6},
            _PWET,
            loket="gemeente",
            duur_maanden=6,
        ),
        _g("Gemeente: zeven maanden niet", _NEE, _PWET, loket="gemeente", duur_maanden=7),
        _g("Gemeente: vanaf 1-7-2023", _JA, _PWET, dag="2023-07-01", loket="gemeente"),
        _g("Gemeente: zonder bijstand niet", _NEE, _PWET, loket="gemeente", ontvangt_uitkering=False),
        _g("Gemeente: de voorwaarden van UWV gelden daar niet", _JA, _PWET, loket="gemeente", contract_maanden=3),
        _g("UWV: zonder uitkering niet", _NEE, _UWV, ontvangt_uitkering=False),
        _g("Met loon is het geen proefplaatsing", _NEE, _UWV, onbetaald=False),
        _g("Ook bij de gemeente", _NEE, _PWET, loket="gemeente", onbetaald=False),
        _g("Eerder in dezelfde functie", _NEE, _UWV, eerder_zelfde_functie=True),
        _g("Een plan voor zes maanden", _JA, _UWV, contract_maanden=6),
        _g("Een plan voor vijf maanden", _NEE, _UWV, contract_maanden=5),
        _g("Minder uren daarna", _NEE, _UWV, contract_minder_uren=True),
        _g("Nog een proeftijd", _NEE, _UWV, contract_proeftijd=True),
        _g("Een uitzendbeding", _NEE, _UWV, uitzendbeding=True),
        _g("Niet verzekerd", _NEE, _UWV, verzekerd=False),
        _g("Via een uitzendbureau dat het niet zegt", _NEE, _UWV, via_uitlener=True),
        _g("Via een uitzendbureau dat het wel zegt", _JA, _UWV, via_uitlener=True, inlener_weet_het=True),
        _g("Tien dagen ziek: tien dagen langer", {**_JA, "laatste_dag": "2026-09-10"}, _UWV, ziektedagen=10),
    ),
)


@REGEL.cases()
def test_proefplaatsing(geval: Geval) -> None:
    REGEL.check(geval)
