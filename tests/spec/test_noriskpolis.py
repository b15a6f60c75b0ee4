"""No-riskpolis: who, since when, and how much."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_2A, _2E, _L11, _L12, _L6 = (f"29b ZW, {x}" for x in ("lid 2 a", "lid 2 e", "lid 11", "lid 12", "lid 5 en 6"))
_KAMER = "35 897, nr. 5"


def _g(
    titel: str, verwacht: dict[str, Any], bron: str, uitleg: str = "", dag: str = "2026-07-01", **feiten: Any
) -> Geval:
    basis = {"begin_dienstbetrekking": "2024-02-01", "ziek_vanaf": "2026-06-01", "dagloon": 100, "grond": "wajong"}
    facts = {k: v for k, v in {**basis, **feiten}.items() if v is not None}
    return Geval(titel, facts, date.fromisoformat(dag), verwacht, bron, uitleg)


def _ja(bedrag: float = 70, **meer: Any) -> dict[str, Any]:
    return {"recht": True, "bedrag_per_dag": bedrag, **meer}


_NEE = {"recht": False, "bedrag_per_dag": None}

REGEL = Regel(
    slug="instrument-6-noriskpolis",
    titel="No-riskpolis",
    uitleg=(
        "Wordt iemand uit de groep ziek, dan betaalt UWV ziekengeld, zodat het loon niet voor rekening van de "
        "werkgever "
        "blijft: 70% van het dagloon, en op verzoek van de werkgever de eerste 52 weken het hele dagloon, maar niet "
        "meer "
        "dan het loon dat verschuldigd is.",
        "Bij de Wajong, de Wsw en de Participatiewet hangt het aan de grond, zo lang het werk duurt. Bij een "
        "indicatie van "
        "het Besluit Wfsv, een oordeel op eigen verzoek, het overgangsrecht en lid 2 hangt het ook aan de "
        "registratie. Bij "
        "WIA en bij scholingsbelemmerden geldt het voor ziekte die binnen vijf jaar begint.",
        "Betaalt de gemeente loonkostensubsidie door, dan betaalt UWV naar de loonwaarde, gerekend vanaf 30%; zonder "
        "gemeten loonwaarde 50%.",
    ),
    artikelen=("29b Ziektewet",),
    antwoord=wet("no-riskpolis"),
    vraag="no-riskpolis",
    parameters=tuple(("noriskpolis", naam) for naam in ("gronden", "procent", "volledig_weken", "jaren", "lks_bodem")),
    let_op=(
        "De wet zegt 'voorafgaand aan zijn dienstbetrekking'. Of een registratie die later komt meteen dekt, is niet "
        "zeker: "
        "hier dekt zij ziekte vanaf die dag, met de zekerheid 'indicatie'.",
        "Dat de vijf jaar van lid 1 bij het begin van het werk beginnen, is uit het geheugen.",
        "Hoe lang ziekengeld ten hoogste duurt (artikel 29 ZW) is hier niet uitgewerkt.",
    ),
    gevallen=(
        _g("Een Wajonger: 70% van het dagloon", _ja(70, procent=70, ziekte_tot=None), _2A),
        _g(
            "Op verzoek het hele dagloon",
            _ja(100, procent=100, volledig_tot="2027-05-31"),
            _L6,
            werkgever_vraagt_volledig=True,
        ),
        _g("De laatste dag van 52 weken", _ja(100), _L6, dag="2027-05-30", werkgever_vraagt_volledig=True),
        _g("Na 52 weken weer 70%", _ja(70, procent=70), _L6, dag="2027-05-31", werkgever_vraagt_volledig=True),
        _g("Niet meer dan het loon", _ja(90), _L6, werkgever_vraagt_volledig=True, loon_per_dag=90),
        _g("Het loon is hoger: het dagloon", _ja(100), _L6, werkgever_vraagt_volledig=True, loon_per_dag=110),
        _g(
            "Het loon is precies het dagloon",
            _ja(100),
            _L6,
            werkgever_vraagt_volledig=True,
            loon_per_dag=100,
        ),
        _g("Een cent minder loon", _ja(99.99), _L6, werkgever_vraagt_volledig=True, loon_per_dag=99.99),
        _g("De eerste ziektedag zelf", _ja(100), _L6, dag="2026-06-01", werkgever_vraagt_volledig=True),
        _g("Bij 70% telt het loon niet", _ja(70), _L6, loon_per_dag=60),
        _g(
            "Loonkostensubsidie: naar de loonwaarde",
            _ja(28),
            _KAMER,
            "70 x 40%.",
            grond="pwet_lks_uwv_loonwaarde",
            loonkostensubsidie=True,
            loonwaarde_percentage=40,
        ),
        _g(
            "Loonwaarde 30% is de bodem",
            _ja(21),
            _KAMER,
            grond="pwet_lks_uwv_loonwaarde",
            loonkostensubsidie=True,
            loonwaarde_percentage=30,
        ),
        _g(
            "Lager dan 30% telt als 30%",
            _ja(21),
            _KAMER,
            grond="pwet_lks_uwv_loonwaarde",
            loonkostensubsidie=True,
            loonwaarde_percentage=20,
        ),
        _g(
            "Zonder gemeten loonwaarde 50%",
            _ja(35),
            _KAMER,
            grond="pwet_lks_uwv_loonwaarde",
            loonkostensubsidie=True,
            forfaitair=True,
        ),
        _g(
            "Participatiewet: begonnen op 1-1-2015",
            _ja(),
            _2E,
            grond="pwet_lks_uwv_loonwaarde",
            begin_dienstbetrekking="2015-01-01",
        ),
        _g(
            "Participatiewet: een dag eerder niet",
            _NEE,
            _2E,
            grond="pwet_lks_uwv_loonwaarde",
            begin_dienstbetrekking="2014-12-31",
        ),
        _g(
            "Participatiewet: ook na het einde van de registratie",
            _ja(),
            _2E,
            grond="pwet_lks_uwv_loonwaarde",
            geregistreerd_tot="2025-01-01",
        ),
        _g(
            "Ziek op de dag van de latere vaststelling",
            _ja(vanaf="2026-06-01"),
            _2E,
            "Indicatie.",
            grond="pwet_lks_uwv_loonwaarde",
            geregistreerd_vanaf="2026-06-01",
        ),
        _g("Ziek een dag ervoor", _NEE, _2E, grond="pwet_lks_uwv_loonwaarde", geregistreerd_vanaf="2026-06-02"),
        _g("Eigen verzoek: lid 11", _ja(artikel="29b lid 11 onderdeel a ZW"), _L11, grond="pwet_uwv_wml_eigen_verzoek"),
        _g("Vso of pro: lid 11", _ja(), _L11, grond="amvb_38b_1_d"),
        _g("Overgangsrecht: lid 11", _ja(), _L11, grond="overgangsrecht_38b_1_f"),
        _g(
            "Lid 2: lid 11 onderdeel b",
            _ja(artikel="29b lid 11 onderdeel b ZW"),
            _L11,
            grond="jonggehandicapt_uwv_oordeel",
        ),
        _g(
            "Lid 11: uitgeschreven op de dag van de ziekte",
            _NEE,
            _L11,
            grond="amvb_38b_1_d",
            geregistreerd_tot="2026-06-01",
        ),
        _g(
            "Lid 11: een dag later uitgeschreven",
            _ja(ziekte_tot="2026-06-02"),
            _L11,
            grond="amvb_38b_1_d",
            geregistreerd_tot="2026-06-02",
        ),
        _g("Blijfgrond: ziek voor het einde", _ja(), _L12, grond="blijfgrond_38b_6", geregistreerd_tot="2026-06-02"),
        _g("Blijfgrond: ziek op het einde", _NEE, _L12, grond="blijfgrond_38b_6", geregistreerd_tot="2026-06-01"),
        _g("Blijfgrond: de registratie loopt nog", _ja(), _L12, grond="blijfgrond_38b_6"),
        _g("WIW of ID: artikel 29b noemt die baan niet", _NEE, "29b ZW, lid 2 en 11", grond="wiw_id"),
        _g("Wsw-indicatie in gewoon werk", _ja(), "29b ZW, lid 2 d", grond="wsw"),
        _g("Artikel 2 Wsw: nooit", _NEE, "29b ZW, lid 8", grond="wsw", dienstbetrekking="wsw_artikel_2"),
        _g(
            "Artikel 2 Wsw, ter beschikking gesteld: ook niet",
            _NEE,
            "29b ZW, lid 8",
            grond="wsw",
            dienstbetrekking="wsw_ter_beschikking",
        ),
        _g(
            "Begeleid werken: min de subsidie",
            _ja(42),
            "29b ZW, lid 7",
            "(100 - 40) x 70%.",
            grond="wsw",
            dienstbetrekking="wsw_begeleid_werken",
            wsw_subsidie_per_dag=40,
        ),
        _g(
            "Begeleid werken: nooit onder nul",
            _ja(0),
            "29b ZW, lid 7",
            grond="wsw",
            dienstbetrekking="wsw_begeleid_werken",
            wsw_subsidie_per_dag=140,
        ),
        _g(
            "Beschut werk: eigen groep",
            _ja(artikel="29b lid 2 onderdeel f ZW"),
            "29b ZW, lid 2 f",
            grond=None,
            dienstbetrekking="beschut_werk_pwet",
        ),
        _g("Wajong na het begin van het werk", _NEE, _2A, geregistreerd_vanaf="2025-01-01"),
        _g(
            "Wajong na het begin, begonnen voor 18",
            _ja(vanaf="2025-01-01", artikel="29b lid 2 onderdeel c ZW"),
            "29b ZW, lid 2 c",
            geregistreerd_vanaf="2025-01-01",
            begonnen_voor_18=True,
        ),
        _g(
            "WIA bij het begin: binnen vijf jaar",
            _ja(ziekte_tot="2026-06-02"),
            "29b ZW, lid 1",
            grond=None,
            wia_bij_begin=True,
            begin_dienstbetrekking="2021-06-02",
        ),
        _g(
            "WIA bij het begin: precies vijf jaar later niet",
            _NEE,
            "29b ZW, lid 1",
            grond=None,
            wia_bij_begin=True,
            begin_dienstbetrekking="2021-06-01",
        ),
        _g("De nieuwe grond g is WIA", _ja(), "29b ZW, lid 1", grond="wia_iva_experiment"),
        _g(
            "Scholingsbelemmerd: binnen vijf jaar",
            _ja(artikel="29b lid 1 onderdeel c en d ZW"),
            "29b ZW, lid 1",
            grond=None,
            scholingsbelemmerd=True,
        ),
        _g(
            "WIA tijdens het werk: binnen vijf jaar na de toekenning",
            _ja(artikel="29b lid 4 ZW"),
            "29b ZW, lid 4",
            grond=None,
            begin_dienstbetrekking="2010-01-01",
            wia_toegekend_op="2021-06-02",
        ),
        _g(
            "WIA tijdens het werk: te laat ziek",
            _NEE,
            "29b ZW, lid 4",
            grond=None,
            begin_dienstbetrekking="2010-01-01",
            wia_toegekend_op="2021-06-01",
        ),
        _g(
            "Een grond die niet dekt, maar wel WIA bij het begin",
            _ja(artikel="29b lid 1 onderdeel a en b ZW"),
            "29b ZW, lid 1",
            grond="amvb_38b_1_d",
            geregistreerd_tot="2026-01-01",
            wia_bij_begin=True,
        ),
        _g("Geen enkele grond", _NEE, "29b ZW", grond=None),
        _g("Uitdrukkelijk geen grond", _NEE, "29b ZW", grond="geen"),
    ),
)


@REGEL.cases()
def test_noriskpolis(geval: Geval) -> None:
    REGEL.check(geval)
