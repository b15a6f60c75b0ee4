"""Which work counts, and in which column."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_DAG = date(2018, 3, 31)
_KENNIS = "Kennisdocument Banenafspraak (SZW, 2023)"


def _werk(
    titel: str, soort: str, verwacht: dict[str, Any], bron: str = _KENNIS, uitleg: str = "", **meer: Any
) -> Geval:
    facts = {"soort_werk": soort, "verloonde_uren": 25.5, "per": "week", "in_doelgroepregister": True, **meer}
    return Geval(titel, facts, _DAG, verwacht, bron, uitleg)


_OVERHEID = {"uren_met_ufo_premie": 9000, "uren_zonder_ufo_premie": 1000}
_MARKT = {"uren_met_ufo_premie": 0, "uren_zonder_ufo_premie": 1000}
_NIET = {"telt": False, "banen": 0, "kolom": None}

REGEL = Regel(
    slug="banen-2-welk-werk",
    titel="Welk werk telt mee",
    uitleg=(
        "Werk telt als drie dingen waar zijn: de persoon staat in het doelgroepregister, het is een dienstbetrekking "
        "bij een gewone werkgever (ook via inleen), en de uren staan in de loonaangifte.",
        "Inleen telt in de sector waar iemand werkelijk werkt. Is die sector niet bekend, dan staat de baan in de "
        "kolom uitzend en detachering. Bij inkoop van een dienst telt de baan bij de werkgever die de dienst levert.",
    ),
    artikelen=("122n Wfsv", "38b lid 4 Wfsv", "3.27 en 3.30 Regeling Wfsv"),
    antwoord=wet("banen"),
    vraag="banen",
    parameters=(("banenafspraak", "wie_telt"), ("banenafspraak", "verloond"), ("banenafspraak", "soort_werk")),
    let_op=(
        "De officiële monitor verdeelt inleen over markt en overheid met een jaarlijkse verdeelsleutel. De cijfers per "
        "kwartaal doen dat niet: daar is het een eigen kolom.",
    ),
    gevallen=(
        _werk(
            "Gewoon contract bij een gemeente",
            "arbeidsovereenkomst",
            {"telt": True, "banen": 1, "kolom": "overheid"},
            **_OVERHEID,
        ),
        _werk(
            "Gewoon contract bij een bedrijf",
            "arbeidsovereenkomst",
            {"telt": True, "banen": 1, "kolom": "markt"},
            **_MARKT,
        ),
        _werk("Aanstelling als ambtenaar", "ambtelijke_aanstelling", {"telt": True, "kolom": "overheid"}, **_OVERHEID),
        _werk("Werkgever onbekend: het telt, de sector niet", "arbeidsovereenkomst", {"telt": True, "kolom": None}),
        _werk(
            "Sector van de werkgever al vastgesteld",
            "arbeidsovereenkomst",
            {"telt": True, "kolom": "overheid"},
            "3.27 Regeling Wfsv",
            sector_werkgever="overheid",
        ),
        _werk("Leerwerkplek (BBL)", "bbl", {"telt": True, "kolom": "markt"}, **_MARKT),
        _werk("Stage met loonheffing", "stage", {"telt": True, "kolom": "markt"}, in_loonaangifte=True, **_MARKT),
        _werk("Stage zonder loonheffing", "stage", _NIET, in_loonaangifte=False),
        _werk("Proefplaatsing", "proefplaatsing", _NIET, in_loonaangifte=False),
        _werk("Proefplaatsing, ook als iemand er uren bij zet", "proefplaatsing", _NIET, in_loonaangifte=True),
        _werk("Wsw beschut, binnen", "wsw_beschut", _NIET, "122n lid 4 Wfsv"),
        _werk("Beschut werk Participatiewet", "beschut_werk_pwet", _NIET, "38b lid 1 Wfsv (aanhef)"),
        _werk("Wsw detachering, inlener onbekend", "wsw_detachering", {"telt": True, "kolom": "uitzend_detachering"}),
        _werk(
            "Wsw detachering bij een ministerie",
            "wsw_detachering",
            {"telt": True, "kolom": "overheid"},
            sector_inlener="overheid",
        ),
        _werk("Wsw begeleid werken", "wsw_begeleid_werken", {"telt": True, "kolom": "markt"}, **_MARKT),
        _werk(
            "Uitzendkracht, inlener onbekend", "uitzendwerk", {"telt": True, "kolom": "uitzend_detachering"}, **_MARKT
        ),
        _werk(
            "Uitzendkracht bij een gemeente, uitzendbureau is markt",
            "uitzendwerk",
            {"telt": True, "kolom": "overheid"},
            sector_inlener="overheid",
            **_MARKT,
        ),
        _werk(
            "Detachering bij een bedrijf",
            "detachering",
            {"telt": True, "kolom": "markt"},
            sector_inlener="markt",
            **_OVERHEID,
        ),
        _werk("Payroll, inlener onbekend", "payrolling", {"telt": True, "kolom": "uitzend_detachering"}),
        _werk(
            "Schoonmaak ingekocht door een gemeente", "ingekochte_dienst", {"telt": True, "kolom": "markt"}, **_MARKT
        ),
        _werk("WIW- of ID-baan", "wiw_id", {"telt": True, "kolom": "overheid"}, "38f lid 5 Wfsv", **_OVERHEID),
        _werk(
            "Niet in het register: telt nooit",
            "arbeidsovereenkomst",
            _NIET,
            "38b en 122n Wfsv",
            in_doelgroepregister=False,
        ),
        _werk(
            "Wel in het register, niet in de loonaangifte",
            "arbeidsovereenkomst",
            _NIET,
            "38b lid 4 Wfsv",
            in_loonaangifte=False,
        ),
    ),
)


@REGEL.cases()
def test_dit_werk_telt_wel_of_niet(geval: Geval) -> None:
    REGEL.check(geval)
