"""Which hours of one line of a wage return are hours of an arbeidsbeperkte."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_TIJDVAK, _SOORT = "38g lid 8 Wfsv", "38b lid 1 en 122n lid 4 Wfsv"


def _g(titel: str, verwacht: dict[str, Any], bron: str, uitleg: str = "", **feiten: Any) -> Geval:
    basis = {
        "tijdvak_begin": "2026-03-01",
        "tijdvak_einde": "2026-03-31",
        "verloonde_uren": 133.1,
        "loonsoort": 15,
        "aard": 1,
        "geregistreerd_vanaf": "2020-01-01",
    }
    facts = {k: v for k, v in {**basis, **feiten}.items() if v is not None}
    return Geval(titel, facts, date(2026, 3, 31), verwacht, bron, uitleg)


_JA = {"telt": True, "uren": 133.1, "banen": 0.1}
_NEE = {"telt": False, "uren": 0, "banen": 0}

REGEL = Regel(
    slug="quotum-3-uren",
    titel="Uren van een arbeidsbeperkte in de loonaangifte",
    uitleg=(
        "Voor het quotum tellen de verloonde uren van werknemers die in het doelgroepregister staan. Een "
        "aangiftetijdvak telt helemaal: wie er één dag van in het register staat, telt voor alle uren van dat tijdvak.",
        "Alleen loon uit werk telt. Beschut werk telt niet.",
    ),
    artikelen=("38b lid 1 en 4, 38g lid 3 en 8 en 122n lid 4 Wfsv",),
    antwoord=wet("quotumuren"),
    vraag="quotumuren",
    parameters=(("quotum", "heel_tijdvak"),),
    let_op=("Welke code in de loonaangifte bij beschut werk hoort, is afgeleid.",),
    gevallen=(
        _g("Het hele tijdvak in het register", _JA, _TIJDVAK),
        _g("Niet in het register", _NEE, _TIJDVAK, geregistreerd_vanaf=None),
        _g("In het register vanaf de laatste dag", _JA, _TIJDVAK, geregistreerd_vanaf="2026-03-31"),
        _g("In het register vanaf de dag erna", _NEE, _TIJDVAK, geregistreerd_vanaf="2026-04-01"),
        _g("In het register tot en met de eerste dag", _JA, _TIJDVAK, geregistreerd_tot="2026-03-02"),
        _g("In het register tot en met de dag ervoor", _NEE, _TIJDVAK, geregistreerd_tot="2026-03-01"),
        _g("Een ambtenaar", _JA, "38b lid 4 Wfsv", loonsoort=11, aard=18),
        _g("Een uitkering", _NEE | {"waarom": "Dit is geen loon uit werk."}, "38b lid 4 Wfsv", loonsoort=36),
        _g("Beschut werk", _NEE | {"waarom": "Dit soort werk telt niet mee."}, _SOORT, aard=24),
        _g("Wsw beschut", _NEE, _SOORT, aard=21),
        _g("Wsw begeleid werken", _JA, _SOORT, aard=23),
        _g("Een soort werk die niet bestaat", _NEE, _SOORT, aard=99),
        _g(
            "Een uitkering van iemand die niet in het register staat",
            _NEE | {"waarom": "Dit is geen loon uit werk."},
            "38b lid 4 Wfsv",
            loonsoort=36,
            geregistreerd_vanaf=None,
        ),
        _g(
            "Beschut werk van iemand die niet in het register staat",
            _NEE | {"waarom": "Dit soort werk telt niet mee."},
            _SOORT,
            aard=24,
            geregistreerd_vanaf=None,
        ),
        _g(
            "Een uitkering met de code van beschut werk",
            _NEE | {"waarom": "Dit is geen loon uit werk."},
            "38b lid 4 Wfsv",
            loonsoort=36,
            aard=24,
        ),
    ),
)


@REGEL.cases()
def test_quotumuren(geval: Geval) -> None:
    REGEL.check(geval)
