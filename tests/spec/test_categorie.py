"""The one category of the statistics."""

from datetime import date

from tests.spec.regel import Geval, Regel, wet

_DAG = date(2018, 3, 31)


def _case(
    titel: str, categorie: str, *registraties: tuple[str, str], bron: str = "Legenda factsheet", dag: date = _DAG
) -> Geval:
    facts = {"registraties": [{"grond": grond, "route": route} for grond, route in registraties]}
    return Geval(titel, facts, dag, categorie, bron)


_AFGELEID = "Afgeleid: de legenda noemt deze groep niet"

REGEL = Regel(
    slug="doelgroep-6-categorie",
    titel="In welke categorie van de cijfers",
    uitleg=(
        "UWV deelt iedereen in precies één van drie categorieën in. Wsw detachering gaat altijd naar Wsw, ook met "
        "Wajong. Daarna gaat Wajong voor: ook met begeleid werken of WIW/ID. Wie Wsw of WIW/ID heeft zonder Wajong "
        "valt onder Wsw. Alle anderen vallen onder de Participatiewet.",
    ),
    artikelen=("Legenda van de factsheet banenafspraak (UWV)",),
    antwoord=wet("categorie"),
    vraag="categorie",
    parameters=(("categorie", "legenda"),),
    let_op=(
        "Wie via het overgangsrecht (f) of de blijfgrond (lid 6) staat, houdt de categorie van zijn route.",
        "De wachtlijst Wsw, entree, lid 2 en de IVA noemt de legenda niet; hun plaats is afgeleid.",
    ),
    gevallen=(
        _case("Wsw begeleid werken", "wsw", ("wsw", "wsw_begeleid_werken")),
        _case("Wsw begeleid werken en Wajong", "wajong", ("wsw", "wsw_begeleid_werken"), ("wajong", "owajong")),
        _case("Wsw detachering", "wsw", ("wsw", "wsw_detachering")),
        _case("Wsw detachering en Wajong", "wsw", ("wsw", "wsw_detachering"), ("wajong", "nwajong_werkregeling")),
        _case("WIW/ID", "wsw", ("wiw_id", "wiw_id")),
        _case("WIW/ID en Wajong", "wajong", ("wiw_id", "wiw_id"), ("wajong", "owajong")),
        _case("Oude Wajong", "wajong", ("wajong", "owajong")),
        _case("Nieuwe Wajong, studieregeling", "wajong", ("wajong", "nwajong_studieregeling")),
        _case("Nieuwe Wajong, werkregeling", "wajong", ("wajong", "nwajong_werkregeling")),
        _case("Wajong 2015", "wajong", ("wajong", "wajong_2015"), bron=_AFGELEID),
        _case("Indicatie banenafspraak", "participatiewet", ("pwet_lks_uwv_loonwaarde", "indicatie_banenafspraak")),
        _case("Praktijkroute", "participatiewet", ("pwet_lks_uwv_loonwaarde", "praktijkroute")),
        _case("VSO", "participatiewet", ("amvb_38b_1_d", "vso")),
        _case("Praktijkonderwijs", "participatiewet", ("amvb_38b_1_d", "pro")),
        _case("Entree", "participatiewet", ("amvb_38b_1_d", "entree"), bron=_AFGELEID),
        _case("Afgewezen Wajong", "participatiewet", ("amvb_38b_1_d", "afgewezen_wajong")),
        _case("Tijdelijke registratie", "participatiewet", ("amvb_38b_1_d", "tijdelijke_registratie")),
        _case(
            "Wajong en Participatiewet", "wajong", ("pwet_lks_uwv_loonwaarde", "praktijkroute"), ("wajong", "owajong")
        ),
        _case("Wsw wachtlijst", "wsw", ("wsw", "wsw_wachtlijst"), bron=_AFGELEID),
        _case("Wsw wachtlijst en Wajong", "wajong", ("wsw", "wsw_wachtlijst"), ("wajong", "owajong"), bron=_AFGELEID),
        _case(
            "Verlopen Wsw-indicatie (2.25 lid 1 b)",
            "participatiewet",
            ("amvb_38b_1_d", "wsw_wachtlijst"),
            bron=_AFGELEID,
        ),
        _case("Lid 2", "participatiewet", ("jonggehandicapt_uwv_oordeel", "werken_met_voorziening"), bron=_AFGELEID),
        _case(
            "IVA-experiment",
            "participatiewet",
            ("wia_iva_experiment", "iva_experiment"),
            bron=_AFGELEID,
            dag=date(2026, 7, 1),
        ),
        _case(
            "Overgangsrecht, oude Wajong",
            "wajong",
            ("overgangsrecht_38b_1_f", "owajong"),
            bron=_AFGELEID,
            dag=date(2019, 3, 31),
        ),
        _case("Nulmeting: december 2012", "wajong", ("wajong", "owajong"), dag=date(2012, 12, 31)),
    ),
)


@REGEL.cases()
def test_iedereen_in_een_categorie(geval: Geval) -> None:
    REGEL.check(geval)
