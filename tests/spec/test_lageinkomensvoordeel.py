"""Lage-inkomensvoordeel, 2017-2024."""

from datetime import date
from typing import Any

from tests.spec.regel import Geval, Regel, wet

_2024, _2020, _2018 = "Wtl 3.1 en 3.2 (2024)", "Wtl 3.1 en 3.2 (2020)", "Wtl 3.2 (2018)"


def _g(
    titel: str, jaar: int, uurloon: float, uren: float, bedrag: float, bron: str, uitleg: str = "", **meer: Any
) -> Geval:
    feiten = {"jaarloon": round(uurloon * uren, 2), "verloonde_uren": uren, **meer}
    return Geval(titel, feiten, date(jaar, 12, 31), {"recht": bedrag > 0, "bedrag": bedrag}, bron, uitleg)


REGEL = Regel(
    slug="instrument-4-lageinkomensvoordeel",
    titel="Lage-inkomensvoordeel",
    uitleg=(
        "Van 2017 tot en met 2024 kreeg een werkgever een bedrag per verloond uur voor wie weinig verdiende: het "
        "gemiddelde uurloon (jaarloon gedeeld door verloonde uren) lag tussen twee grenzen, en er waren in het jaar "
        "ten "
        "minste 1.248 verloonde uren. Een verzoek was niet nodig. Sinds 2025 bestaat het niet meer.",
    ),
    artikelen=("3.1, 3.2 en 4.1 Wet tegemoetkomingen loondomein (tekst tot 2025)",),
    antwoord=wet("liv"),
    vraag="liv",
    parameters=(("lageinkomensvoordeel", "staffel"), ("lageinkomensvoordeel", "minimum_uren")),
    let_op=(
        "Grenzen en bedragen die niet in een wettekst zijn gelezen: 2017, 2019, 2021 en de grenzen van 2023. Die van "
        "2017 en 2019 zijn nagerekend: 100%, 110% en 125% van het minimumloon met vakantiebijslag bij 40 uur per week.",
        "Voor 2022 noemt de tekst van dat jaar € 0,49; de latere tekst maakte er € 0,78 van. De latere gaat voor.",
        "Voor 2021 gaat het dossier (€ 0,51) voor; de tekst van 1-1-2022 noemt € 0,49. Wat klopt is niet nagegaan.",
    ),
    gevallen=(
        _g("De ondergrens van 2024 telt mee", 2024, 14.33, 1500, 735, _2024),
        _g("Een cent eronder niet", 2024, 14.32, 1500, 0, _2024),
        _g("De bovengrens van 2024 telt mee", 2024, 14.91, 1500, 735, _2024),
        _g("Een cent erboven niet", 2024, 14.92, 1500, 0, _2024),
        _g("Precies 1.248 uren", 2024, 14.5, 1248, 611.52, _2024),
        _g("Een uur te weinig", 2024, 14.5, 1247, 0, _2024),
        _g("Ten hoogste 960 euro", 2024, 14.5, 2000, 960, _2024, "2.000 x 0,49 is 980."),
        _g("In 2025 bestaat het niet meer", 2025, 14.5, 1500, 0, "Wtl 2025"),
        _g("2022: € 0,78", 2022, 11, 1500, 1170, "Wtl 3.2 lid 2 (2024)"),
        _g("2022: ten hoogste 1.520 euro", 2022, 11, 2000, 1520, "Wtl 3.2 lid 2 (2024)"),
        _g("2023: € 0,49", 2023, 13, 1500, 735, "Wtl 3.2 (2024); grenzen uit geheugen"),
        _g("2020: € 0,51 over de hele breedte", 2020, 12.87, 1500, 765, _2020),
        _g("2020: onder de ondergrens", 2020, 10.28, 1500, 0, _2020),
        _g("2021: € 0,51", 2021, 11, 1500, 765, "Dossier (geheugen)"),
        _g("2018: de lage staffel", 2018, 10.81, 1500, 1515, _2018),
        _g("2018: net in de hoge staffel", 2018, 10.82, 1500, 765, _2018),
        _g("2018: ten hoogste 2.000 euro", 2018, 10, 2100, 2000, _2018),
        _g("2018: precies de ondergrens", 2018, 9.82, 1300, 1313, _2018),
        _g("2018: onder het minimumloon", 2018, 9.81, 1300, 0, _2018),
        _g("2018: precies de bovengrens", 2018, 12.29, 1300, 663, _2018),
        _g("2018: boven de grens", 2018, 12.3, 1500, 0, _2018),
        _g("2019: precies de ondergrens", 2019, 10.05, 1300, 1313, "Nagerekend"),
        _g("2019: onder het minimumloon", 2019, 10.04, 1300, 0, "Nagerekend"),
        _g("2019: de lage staffel", 2019, 11.07, 1300, 1313, "Nagerekend"),
        _g("2019: precies de bovengrens", 2019, 12.58, 1300, 663, "Nagerekend"),
        _g("2019: boven de grens", 2019, 12.59, 1300, 0, "Nagerekend"),
        _g("2017: onder het minimumloon", 2017, 9.65, 1300, 0, "Nagerekend"),
        _g("2017: de lage staffel", 2017, 10.63, 1300, 1313, "Nagerekend"),
        _g("2017: de hoge staffel", 2017, 12.08, 2000, 1000, "Nagerekend", "Ten hoogste 1.000 euro."),
        _g("2017: boven de grens", 2017, 12.09, 1300, 0, "Nagerekend"),
        _g("Het hele jaar AOW", 2024, 14.5, 1500, 0, "Wtl 3.1 lid 2", geboortedatum="1956-12-31"),
        _g("AOW op 1 januari: het hele jaar", 2020, 12.87, 1500, 0, "Wtl 3.1 lid 2", geboortedatum="1953-09-01"),
        _g("AOW op 2 januari: een dag niet", 2020, 12.87, 1500, 765, "Wtl 3.1 lid 2", geboortedatum="1953-09-02"),
        _g("AOW in de loop van het jaar", 2024, 14.5, 1500, 735, "Wtl 3.1 lid 2", geboortedatum="1957-06-01"),
    ),
)


@REGEL.cases()
def test_lageinkomensvoordeel(geval: Geval) -> None:
    REGEL.check(geval)
