"""38b lid 1 d: the indications of Besluit Wfsv 2.24 and 2.25."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_D = "amvb_38b_1_d"


def _case(titel: str, dag: date, grond: str, bron: str, **feiten: Any) -> Geval:
    return Geval(titel, feiten, dag, {"grond": grond, "behoort_tot_doelgroep": grond != "geen"}, bron)


def _eigen(op: str, **meer: Any) -> dict[str, Any]:
    facts = {"uwv_oordeel_kan_geen_wml_verdienen": True, "uwv_oordeel_aanvrager": "persoon", "uwv_oordeel_op": op}
    return {**facts, **meer}


def _afgewezen(waarom: str, op: str, **meer: Any) -> dict[str, Any]:
    return {"wajong_afwijzing": waarom, "wajong_aanvraag_op": op, **meer}


_VSO = {"onderwijs": "vso", "schriftelijk_gemeld_bij_uwv_op": "2017-05-10"}
_PRO = {"onderwijs": "pro", "schriftelijk_gemeld_bij_uwv_op": "2017-05-10"}

REGEL = Regel(
    slug="doelgroep-3-besluit-wfsv",
    titel="De doelgroep via school, een afgewezen aanvraag of een oude indicatie",
    uitleg=(
        "Onderdeel d verwijst naar het Besluit Wfsv. (Oud-)leerlingen van het voortgezet speciaal onderwijs en het "
        "praktijkonderwijs horen erbij nadat zij zich schriftelijk bij UWV melden, zonder keuring. Leerlingen van de "
        "entreeopleiding eerst na een oordeel van UWV op eigen verzoek, op of na 18-7-2015.",
        "Ook wie op 31-12-2014 een Wsw-indicatie had die daarna verliep, en wie na 1-7-2015 vergeefs Wajong aanvroeg "
        "en het minimumloon niet kan verdienen. Er zijn tijdelijke groepen, zolang UWV hen niet heeft beoordeeld.",
    ),
    artikelen=("38b lid 1 onderdeel d Wfsv", "2.24 en 2.25 Besluit Wfsv"),
    antwoord=wet("doelgroep"),
    vraag="doelgroep",
    parameters=(
        ("doelgroepregister", "onderdeel_d"),
        ("doelgroepregister", "entree_oordeel_vanaf"),
        ("doelgroepregister", "pro_verzoek_voor"),
        ("doelgroepregister", "wajong_aanvraag_vanaf"),
        ("doelgroepregister", "overgangsgroepen"),
    ),
    let_op=(
        "Wanneer artikel 2.24 en 2.25 precies in werking traden is niet nagezocht. In de tekst van 1-7-2015 staan zij "
        "niet; het eerste oordeel dat telt is van 18-7-2015.",
        "Artikel 2.25 lid 1 d is de voorloper van onderdeel e. Wie aan beide voldoet krijgt het etiket van onderdeel "
        "e.",
    ),
    gevallen=(
        _case("VSO na melding", date(2018, 3, 31), _D, "2.24 lid 1 a", **_VSO),
        _case("VSO op de dag van de melding", date(2017, 5, 10), _D, "2.24 lid 1 a", **_VSO),
        _case("VSO een dag voor de melding", date(2017, 5, 9), "geen", "2.24 lid 1 a", **_VSO),
        _case("VSO zonder melding", date(2018, 3, 31), "geen", "2.24 lid 1 a", onderwijs="vso"),
        _case("VSO gemeld, dag niet opgegeven: aangenomen van wel", date(2018, 3, 31), _D, "2.24 lid 1 a",
              onderwijs="vso", schriftelijk_gemeld_bij_uwv=True),
        _case("VSO met duurzaam geen mogelijkheden", date(2018, 3, 31), "geen", "2.24 lid 3",
              **_VSO, wajong_duurzaam_geen_mogelijkheden=True),
        _case("Praktijkonderwijs na melding", date(2018, 3, 31), _D, "2.24 lid 1 b", **_PRO),
        _case("Praktijkonderwijs, begin 2016: melding is nog niet genoeg", date(2016, 3, 1), "geen", "2.24 lid 2",
              onderwijs="pro", schriftelijk_gemeld_bij_uwv_op="2016-02-01"),
        _case("Praktijkonderwijs, begin 2016: na een beoordeling", date(2016, 3, 1), _D, "2.25 lid 1 a oud",
              onderwijs="pro", **_eigen("2015-11-01", ondersteuning_pwet_7_1_a=False)),
        _case("Praktijkonderwijs, verzoek van voor 28-10-2016", date(2018, 3, 31), _D, "2.24 lid 2",
              onderwijs="pro", verzoek_beoordeling_op="2016-10-27"),
        _case("Praktijkonderwijs, verzoek van 28-10-2016", date(2018, 3, 31), "geen", "2.24 lid 2",
              onderwijs="pro", verzoek_beoordeling_op="2016-10-28"),
        _case("Entree na oordeel op eigen verzoek", date(2018, 3, 31), _D, "2.25 lid 1 a",
              onderwijs="entree", **_eigen("2016-03-01")),
        _case("Entree: oordeel van 18-7-2015 telt", date(2015, 8, 1), _D, "2.25 lid 1 a",
              onderwijs="entree", **_eigen("2015-07-18")),
        _case("Entree: oordeel van 17-7-2015 telt niet", date(2015, 8, 1), "geen", "2.25 lid 1 a",
              onderwijs="entree", **_eigen("2015-07-17")),
        _case("Entree: alleen een melding is niet genoeg", date(2018, 3, 31), "geen", "Kennisdocument",
              onderwijs="entree", schriftelijk_gemeld_bij_uwv=True),
        _case("Entree: oordeel op verzoek van het college", date(2018, 3, 31), "geen", "2.25 lid 1 a",
              onderwijs="entree", **_eigen("2016-03-01", uwv_oordeel_aanvrager="college")),
        _case("Wsw-indicatie van 31-12-2014 verlopen in 2016", date(2018, 3, 31), _D, "2.25 lid 1 b",
              had_wsw_indicatie_op_31_december_2014=True, wsw_indicatie_tot="2016-05-01"),
        _case("Wsw-indicatie nog niet verlopen: gewoon Wsw", date(2016, 4, 30), "wsw", "38b lid 1 b",
              had_wsw_indicatie_op_31_december_2014=True, heeft_wsw_indicatie=True, wsw_indicatie_tot="2016-05-01"),
        _case("Wsw-indicatie verloopt pas later", date(2016, 4, 30), "geen", "2.25 lid 1 b",
              had_wsw_indicatie_op_31_december_2014=True, wsw_indicatie_tot="2016-05-01"),
        _case("Wajong afgewezen, aanvraag 1-7-2015, oordeel UWV", date(2016, 6, 1), _D, "2.25 lid 1 c",
              **_afgewezen("geen_jonggehandicapte", "2015-07-01"),
              **_eigen("2015-09-01", uwv_oordeel_aanvrager="college")),
        _case("Wajong afgewezen zonder oordeel over het minimumloon", date(2016, 6, 1), "geen", "2.25 lid 1 c",
              **_afgewezen("geen_jonggehandicapte", "2015-07-01")),
        _case("Eigen verzoek wegens ziekte in 2015, voor onderdeel e", date(2015, 10, 1), _D, "2.25 lid 1 d",
              **_eigen("2015-09-01", ondersteuning_pwet_7_1_a=True, wegens_ziekte_of_gebrek=True)),
        _case("Eigen verzoek wegens ziekte, nu: onderdeel e", date(2026, 7, 1), "pwet_uwv_wml_eigen_verzoek",
              "38b lid 1 e; 2.25 lid 1 d",
              **_eigen("2015-09-01", ondersteuning_pwet_7_1_a=True, wegens_ziekte_of_gebrek=True)),
        _case("Eigen verzoek wegens ziekte, oordeel ontbreekt", date(2015, 10, 1), "geen", "2.25 lid 1 d",
              ondersteuning_pwet_7_1_a=True, wegens_ziekte_of_gebrek=True),
        _case("Tijdelijk: entree beëindigd op 17-7-2015", date(2016, 6, 1), _D, "2.25 lid 2",
              entree_beeindigd_op="2015-07-17"),
        _case("Tijdelijk: entree beëindigd op 18-7-2015 niet", date(2016, 6, 1), "geen", "2.25 lid 2",
              entree_beeindigd_op="2015-07-18"),
        _case("Tijdelijk: aanvraag eind 2014", date(2016, 6, 1), _D, "2.25 lid 3",
              **_afgewezen("geen_recht_op_arbeidsondersteuning", "2014-12-31")),
        _case("Tijdelijk: aanvraag begin 2015", date(2016, 6, 1), _D, "2.25 lid 4",
              **_afgewezen("geen_jonggehandicapte", "2015-06-30")),
        _case("Tijdelijk: entree beëindigd op 10-9-2014", date(2016, 6, 1), _D, "2.25 lid 2",
              entree_beeindigd_op="2014-09-10"),
        _case("Tijdelijk: entree beëindigd op 9-9-2014 niet", date(2016, 6, 1), "geen", "2.25 lid 2",
              entree_beeindigd_op="2014-09-09"),
        _case("Tijdelijk: aanvraag op 1-1-2015, te laat voor lid 3", date(2016, 6, 1), "geen", "2.25 lid 3",
              **_afgewezen("geen_recht_op_arbeidsondersteuning", "2015-01-01")),
        _case("Tijdelijk: aanvraag op 10-9-2014, lid 3", date(2016, 6, 1), _D, "2.25 lid 3",
              **_afgewezen("geen_recht_op_arbeidsondersteuning", "2014-09-10")),
        _case("Tijdelijk: aanvraag op 1-1-2015, lid 4", date(2016, 6, 1), _D, "2.25 lid 4",
              **_afgewezen("geen_jonggehandicapte", "2015-01-01")),
        _case("Aanvraag op 31-12-2014, te vroeg voor lid 4", date(2016, 6, 1), "geen", "2.25 lid 4",
              **_afgewezen("geen_jonggehandicapte", "2014-12-31")),
        _case("Tijdelijk eindigt door het oordeel zelf", date(2016, 6, 1), "geen", "2.25 lid 2",
              entree_beeindigd_op="2015-07-17", **_eigen("2016-05-01", uwv_oordeel_aanvrager="college")),
        _case("Tijdelijk tot de dag van het oordeel", date(2016, 4, 30), _D, "2.25 lid 2",
              entree_beeindigd_op="2015-07-17", **_eigen("2016-05-01", uwv_oordeel_aanvrager="college")),
        _case("Wajong afgewezen, aanvraag van vandaag telt", date(2016, 6, 1), _D, "2.25 lid 1 c",
              **_afgewezen("geen_jonggehandicapte", "2016-06-01"),
              **_eigen("2015-09-01", uwv_oordeel_aanvrager="college")),
        _case("Wajong afgewezen, aanvraag van morgen nog niet", date(2016, 5, 31), "geen", "2.25 lid 1 c",
              **_afgewezen("geen_jonggehandicapte", "2016-06-01"),
              **_eigen("2015-09-01", uwv_oordeel_aanvrager="college")),
        _case("Wajong afgewezen, aanvraag van 30-6-2015: niet lid 1 c", date(2016, 6, 1), "geen", "2.25 lid 1 c",
              **_afgewezen("geen_jonggehandicapte", "2015-06-30"),
              **_eigen("2015-09-01", uwv_oordeel_aanvrager="college")),
        _case("Wsw-indicatie verloopt op de peildatum", date(2016, 5, 1), _D, "2.25 lid 1 b",
              had_wsw_indicatie_op_31_december_2014=True, wsw_indicatie_tot="2016-05-01"),
        _case("Eigen verzoek, niet wegens ziekte: geen lid 1 d", date(2015, 10, 1), "geen", "2.25 lid 1 d",
              **_eigen("2015-09-01", ondersteuning_pwet_7_1_a=True, wegens_ziekte_of_gebrek=False)),
        _case("Eigen verzoek wegens ziekte, zonder ondersteuning: geen lid 1 d", date(2015, 10, 1), "geen",
              "2.25 lid 1 d", **_eigen("2015-09-01", ondersteuning_pwet_7_1_a=False, wegens_ziekte_of_gebrek=True)),
        _case("Op 18-7-2015 bestaat onderdeel d", date(2015, 7, 18), _D, "2.24 lid 1 a",
              onderwijs="vso", schriftelijk_gemeld_bij_uwv=True),
        _case("Praktijkonderwijs, op 28-10-2016 is een melding genoeg", date(2016, 10, 28), _D, "2.24 lid 1 b",
              onderwijs="pro", schriftelijk_gemeld_bij_uwv_op="2016-02-01"),
        _case("Praktijkonderwijs met duurzaam geen mogelijkheden", date(2018, 3, 31), "geen", "2.24 lid 3",
              **_PRO, wajong_duurzaam_geen_mogelijkheden=True),
        _case("Tijdelijk: te jong, aanvraag voor 10-9-2014", date(2016, 6, 1), _D, "2.25 lid 5",
              **_afgewezen("alleen_leeftijd", "2014-09-09")),
        _case("Te jong, aanvraag op 10-9-2014: niet", date(2016, 6, 1), "geen", "2.25 lid 5",
              **_afgewezen("alleen_leeftijd", "2014-09-10")),
        _case("Tijdelijk eindigt door een beoordeling", date(2016, 6, 1), "geen", "2.25 lid 4",
              **_afgewezen("geen_jonggehandicapte", "2015-06-30"), uwv_heeft_beoordeeld=True),
        _case("In juni 2015 bestond onderdeel d nog niet", date(2015, 6, 30), "geen", "Besluit Wfsv (1-7-2015)",
              onderwijs="vso", schriftelijk_gemeld_bij_uwv=True),
    ),
)  # fmt: skip


@REGEL.cases()
def test_doelgroep_via_het_besluit_wfsv(geval: Geval) -> None:
    REGEL.check(geval)
