"""Jobcoach: regimes, conditions and the amounts that are known."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_P, _I, _N = "Protocol Jobcoach UWV 2014", "Protocol Interne Jobcoach UWV 2015", "Normbedragen UWV 2015"


def _g(
    titel: str, verwacht: dict[str, Any], bron: str, uitleg: str = "", dag: str = "2015-06-01", **feiten: Any
) -> Geval:
    basis = {"loket": "uwv", "begin_dienstbetrekking": "2015-01-05", "uren_per_week": 24, "loonwaarde_percentage": 50}
    facts = {k: v for k, v in {**basis, **feiten}.items() if v is not None}
    return Geval(titel, facts, date.fromisoformat(dag), verwacht, bron, uitleg)


def _ja(percentage: float, **meer: Any) -> dict[str, Any]:
    return {"recht": True, "percentage": percentage, **meer}


_NEE = {"recht": False, "percentage": None}
_INTERN = {"soort": "intern"}

REGEL = Regel(
    slug="instrument-8-jobcoach",
    titel="Jobcoach",
    uitleg=(
        "Een jobcoach begeleidt iemand op het werk. UWV vergoedt een deel van de gewerkte uren, in een regime dat "
        "elk jaar "
        "lichter wordt; gewoonlijk is dat midden. Een externe jobcoach wordt per halfjaar toegekend en ten hoogste "
        "drie jaar "
        "per baan; een werkgever kan ook subsidie krijgen voor een eigen (interne) jobcoach.",
        "De baan duurt ten minste zes maanden en twaalf uur per week (acht als zij binnen een jaar groeit), de "
        "loonwaarde is "
        "ten minste 35% (bij uitzondering 20%), er is geen uitzendbeding, en de aanvraag komt binnen vier weken.",
        "Bij de gemeente staat in een verordening hoeveel begeleiding er is; wie tot de doelgroep loonkostensubsidie "
        "hoort, "
        "heeft er recht op.",
    ),
    artikelen=("Protocol Jobcoach UWV 2014", "Protocol Interne Jobcoach UWV 2015", "8a en 10da Participatiewet"),
    antwoord=wet("jobcoach"),
    vraag="jobcoach",
    parameters=tuple(
        ("jobcoach", naam)
        for naam in ("regimes", "voorwaarden", "extern_per_uur", "intern_per_jaar", "intern_uren", "gemeente")
    ),
    let_op=(
        "Alleen de bedragen van 2015 zijn gevonden: daarna zegt de uitkomst dat het bedrag niet bekend is.",
        "In oktober 2019 kwam een nieuw protocol, dat niet is gevonden: de percentages zijn sindsdien een indicatie.",
    ),
    gevallen=(
        _g(
            "Extern, midden, eerste jaar",
            _ja(10, jaar=1, uren_per_jaar=124.8, bedrag_per_jaar=9332.54),
            _P,
            "24 x 52 x 10% x 74,78.",
        ),
        _g("De laatste dag van het eerste jaar", _ja(10, jaar=1), _P, dag="2016-01-04"),
        _g("Het tweede jaar", _ja(5, jaar=2), _P, dag="2016-01-05"),
        _g("Het derde jaar", _ja(3, jaar=3), _P, dag="2017-01-05"),
        _g("Extern na drie jaar niet meer", {**_NEE, "jaar": 4}, _P, dag="2018-01-05"),
        _g("Intern na drie jaar het laatste percentage", _ja(3, jaar=4), _I, dag="2018-01-05", **_INTERN),
        _g("Zeer licht", _ja(3), _P, regime="zeer_licht"),
        _g("Licht", _ja(6), _P, regime="licht"),
        _g("Intensief", _ja(15), _P, regime="intensief"),
        _g("Intensief, tweede jaar", _ja(7.5), _P, dag="2016-06-01", regime="intensief"),
        _g("Intensief, derde jaar", _ja(6), _P, dag="2017-06-01", regime="intensief"),
        _g("In een proefplaatsing, ook zonder contract", _ja(10), _P, in_proefplaatsing=True, contract_maanden=0),
        _g("Intern bij 24 uur", _ja(10, bedrag_per_jaar=4500), _N, **_INTERN),
        _g("Intern bij 30 uur: niet meer", _ja(10, bedrag_per_jaar=4500), _N, uren_per_week=30, **_INTERN),
        _g("Intern bij 12 uur: de helft", _ja(10, bedrag_per_jaar=2250), _N, uren_per_week=12, **_INTERN),
        _g("Intern intensief", _ja(15, bedrag_per_jaar=6800), _N, regime="intensief", **_INTERN),
        _g("Intern licht", _ja(6, bedrag_per_jaar=2700), _N, regime="licht", **_INTERN),
        _g("Intern in een proefplaatsing", _ja(10, bedrag_per_jaar=600), _N, in_proefplaatsing=True, **_INTERN),
        _g(
            "Na 2015 is het bedrag niet bekend",
            _ja(10, bedrag_per_jaar=None),
            _N,
            dag="2026-07-01",
            begin_dienstbetrekking="2026-01-05",
        ),
        _g("Elf uur is te weinig", _NEE, _P, uren_per_week=11),
        _g("Twaalf uur is genoeg", _ja(10), _P, uren_per_week=12),
        _g("Acht uur als het groeit", _ja(10), _P, uren_per_week=8, groeit_naar_12_uur=True),
        _g("Zeven uur ook dan niet", _NEE, _P, uren_per_week=7, groeit_naar_12_uur=True),
        _g("Loonwaarde 35%", _ja(10), _P, loonwaarde_percentage=35),
        _g("Loonwaarde 34%", _NEE, _P, loonwaarde_percentage=34),
        _g("Loonwaarde 20% bij uitzondering", _ja(10), _P, loonwaarde_percentage=20, uitzondering_loonwaarde=True),
        _g("Loonwaarde 19% nooit", _NEE, _P, loonwaarde_percentage=19, uitzondering_loonwaarde=True),
        _g("Zonder loonwaarde: aangenomen", _ja(10), _P, loonwaarde_percentage=None),
        _g("Een contract van vijf maanden", _NEE, _P, contract_maanden=5),
        _g("Een uitzendbeding", _NEE, _P, uitzendbeding=True),
        _g(
            "Na precies vier weken aangevraagd",
            _ja(10, aanvragen_tot_en_met="2015-02-02", besluit_uiterlijk="2015-03-30"),
            _P,
            aanvraag_op="2015-02-02",
        ),
        _g("Een dag later", _NEE, _P, aanvraag_op="2015-02-03"),
        _g(
            "Gemeente: recht op begeleiding",
            {"recht": True, "percentage": None},
            "10da Participatiewet",
            dag="2026-07-01",
            loket="gemeente",
            doelgroep_loonkostensubsidie=True,
        ),
        _g(
            "Gemeente: niet in de doelgroep",
            _NEE,
            "10da Participatiewet",
            dag="2026-07-01",
            loket="gemeente",
            doelgroep_loonkostensubsidie=False,
        ),
    ),
)


@REGEL.cases()
def test_jobcoach(geval: Geval) -> None:
    REGEL.check(geval)
