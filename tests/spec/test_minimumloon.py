"""The minimum wage by age, by month and by hour."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_WML = "Wet minimumloon 8"
_REGELING = "Halfjaarlijkse regeling minimumloon (niet nagelezen)"


def _g(titel: str, leeftijd: int, dag: str, bron: str, uitleg: str = "", *, voltijd: int | None = None,
       **verwacht: Any) -> Geval:  # fmt: skip
    feiten = {"leeftijd": leeftijd, **({"voltijd_uren": voltijd} if voltijd else {})}
    return Geval(titel, feiten, date.fromisoformat(dag), verwacht, bron, uitleg)


REGEL = Regel(
    slug="instrument-1-minimumloon",
    titel="Minimumloon en jeugdpercentages",
    uitleg=(
        "Het minimumloon wordt elk halfjaar vastgesteld. Tot 2024 was het een bedrag per maand voor een volledige "
        "baan; "
        "sinds 2024 is het een bedrag per uur, en is het maandbedrag een referentie bij 36 uur per week. Wie jong is, "
        "heeft recht op een percentage daarvan.",
        "Het uurbedrag van jongeren is het percentage van het uurbedrag, afgerond op centen.",
    ),
    artikelen=("7 en 8 Wet minimumloon en minimumvakantiebijslag",),
    antwoord=wet("minimumloon"),
    vraag="minimumloon",
    parameters=(
        ("minimumloon", "maandbedrag"),
        ("minimumloon", "uurbedrag"),
        ("minimumloon", "jeugdpercentages"),
        ("minimumloon", "vakantiebijslag"),
    ),
    let_op=(
        "Het maandbedrag is niet het uurbedrag maal de uren: 14,99 x 36 x 52 / 12 is 2.338,44, en niet 2.337,00. Beide "
        "worden bewaard.",
        "Veel bedragen tussen 2016 en 2025 zijn uit het geheugen en niet in de regeling nagelezen; elke uitkomst "
        "zegt dat.",
        "In een leerwerkbaan (BBL) gelden voor 18 tot en met 20 jaar andere percentages. Die zijn hier niet "
        "uitgewerkt.",
    ),
    gevallen=(
        _g("Het nieuwste bedrag", 21, "2026-07-01", _WML, per_maand=2337, per_uur=14.99, percentage=100),
        _g("De dag ervoor gold het vorige", 21, "2026-06-30", _REGELING, per_maand=2294.4, per_uur=14.71),
        _g("De laatste bekende dag", 21, "2026-12-31", _WML, per_maand=2337),
        _g("20 jaar in 2026", 20, "2026-01-01", "vertiadvies.nl 2026", per_uur=11.77, percentage=80),
        _g("19 jaar in 2026", 19, "2026-01-01", "vertiadvies.nl 2026", per_uur=8.83),
        _g("18 jaar: een halve cent gaat omhoog", 18, "2026-01-01", "vertiadvies.nl 2026", "7,355.", per_uur=7.36),
        _g("17 jaar in 2026", 17, "2026-01-01", "vertiadvies.nl 2026", per_uur=5.81),
        _g("16 jaar in 2026", 16, "2026-01-01", "Afgeleid", per_uur=5.07),
        _g("15 jaar in 2026", 15, "2026-01-01", "Afgeleid", per_uur=4.41, percentage=30),
        _g("22 jaar voor juli 2017", 22, "2017-06-30", "minimumloon.nl 2015", percentage=85, per_maand=1318.86),
        _g("22 jaar vanaf juli 2017", 22, "2017-07-01", "sal4you.nl 2021", percentage=100, per_maand=1565.4),
        _g("21 jaar voor juli 2019", 21, "2019-06-30", "sal4you.nl 2021", percentage=85),
        _g("21 jaar vanaf juli 2019", 21, "2019-07-01", "sal4you.nl 2021", percentage=100, per_maand=1635.6),
        _g("20 jaar in 2015", 20, "2015-01-01", "minimumloon.nl 2015", percentage=61.5),
        _g(
            "Voor 2024 hangt het uur van de volle week af",
            23,
            "2015-01-01",
            "minimumloon.nl 2015",
            "1.501,80 per maand.",
            voltijd=40,
            per_uur=8.66,
            per_maand=1501.8,
        ),
        _g("Met 38 uur is het uurloon hoger", 23, "2015-01-01", "minimumloon.nl 2015", voltijd=38, per_uur=9.12),
        _g("Met 36 uur nog hoger", 23, "2015-01-01", "minimumloon.nl 2015", voltijd=36, per_uur=9.63),
        _g(
            "Zonder de volle week is er voor 2024 geen uurloon",
            23,
            "2023-12-31",
            _REGELING,
            per_uur=None,
            per_maand=1995,
        ),
        _g(
            "Vanaf 2024 maakt de volle week niet uit",
            23,
            "2024-01-01",
            _REGELING,
            voltijd=40,
            per_uur=13.27,
            per_maand=2069.4,
        ),
        _g(
            "1.594,20 begint in juli 2018",
            30,
            "2018-06-30",
            _REGELING,
            "Een pagina noemt 1 januari 2018; zie de parameter.",
            per_maand=1578,
        ),
        _g("1.594,20 vanaf 1-7-2018", 30, "2018-07-01", "heikenshumancapital.nl 2018", per_maand=1594.2),
    ),
)


@REGEL.cases()
def test_het_minimumloon(geval: Geval) -> None:
    REGEL.check(geval)
