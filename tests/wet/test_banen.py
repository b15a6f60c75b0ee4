"""The parts of wet.banen that other rooms call directly."""

from datetime import date
from decimal import Decimal

import pytest

from banenafspraak.wet import banen
from banenafspraak.wet.doelgroep import Grond, Route, categorie
from banenafspraak.wet.parameters import ParameterFout

DAY = date(2018, 3, 31)


def test_the_decision_table_of_the_wage_return() -> None:
    table = banen.aard_arbeidsverhouding(DAY)
    assert {code for code, aard in table.items() if not aard.telt} == {21, 24}
    assert {code for code, aard in table.items() if aard.inleen} == {11, 22, 82}
    assert table[83] == banen.Aard("beroepsbegeleidende leerweg (BBL)", telt=True, inleen=False)


def test_what_does_not_count_is_never_inleen() -> None:
    assert not [aard for aard in banen.aard_arbeidsverhouding(DAY).values() if aard.inleen and not aard.telt]


def test_only_wage_from_work_counts() -> None:
    assert banen.loonsoorten(DAY) == {11, 13, 15}


def test_every_kind_of_work_has_a_row_in_the_table() -> None:
    rows = banen.parameter("banenafspraak", "soort_werk").op(DAY)
    assert [row["soort"] for row in rows] == [soort.value for soort in banen.SoortWerk]


def test_hours_below_zero_have_no_sector() -> None:
    with pytest.raises(ValueError, match="nooit minder dan nul"):
        banen.sector_werkgever(Decimal(-1), Decimal(0))
    with pytest.raises(ValueError, match="nooit minder dan nul"):
        banen.sector_werkgever(Decimal(0), Decimal(-1))


def test_an_unknown_period_is_refused() -> None:
    with pytest.raises(ValueError, match="maand, week of jaar"):
        banen.uren_per_baan("dag")  # type: ignore[arg-type]


def test_growth_percentages_as_published_use_the_nulmeting_as_denominator() -> None:
    """Published: +2.041 on 77.673 is 1,3%; -6.205 on 66.730 is -4,4%."""
    base = banen.nulmeting("banen_landelijk").waarde
    growth = [round(100 * Decimal(d) / (base + extra - d), 1) for d, extra in ((2041, 79714), (-6205, 60525))]
    assert growth == [Decimal("1.3"), Decimal("-4.4")]


def test_a_target_explains_itself() -> None:
    uitkomst = banen.doelstelling(2018)
    assert uitkomst.waarde == 43500
    assert str(uitkomst.waarde) == "43500"
    overheid, markt, banen_ = uitkomst.stappen
    assert (overheid.feiten, overheid.uitkomst) == ({"jaar": 2018, "sector": "overheid"}, "1.386.500 uren.")
    assert (markt.feiten, markt.uitkomst) == ({"jaar": 2018, "sector": "markt"}, "3.438.520 uren.")
    assert banen_.uitkomst == "4.825.020 / 110,92 = 43.500 banen."
    assert banen_.feiten == {"verloonde_uren": 4825020, "uren_per_baan": Decimal("110.92")}
    assert [stap.vraag for stap in uitkomst.stappen] == [
        "Hoeveel extra verloonde uren zijn er in december 2018 afgesproken voor de sector overheid?",
        "Hoeveel extra verloonde uren zijn er in december 2018 afgesproken voor de sector markt?",
        "Hoeveel banen zijn dat?",
    ]
    assert [stap.artikel for stap in uitkomst.stappen] == [
        "Regeling Wfsv, artikel 3.29",
        "Regeling Wfsv, artikel 3.29",
        "Factsheet banenafspraak arbeidsmarktregio Gooi en Vechtstreek (UWV, eerste kwartaal 2018)",
    ]
    assert [str(bron) for bron in uitkomst.bronnen] == [uitkomst.stappen[0].artikel, uitkomst.stappen[2].artikel]
    assert {stap.zekerheid for stap in uitkomst.stappen} == {"bron"}


def test_a_target_from_memory_says_so() -> None:
    step = banen.doelstelling(2014, "overheid").stappen[0]
    assert step.zekerheid == "uit geheugen"
    assert step.toelichting


def test_a_regional_target_is_only_an_indication() -> None:
    found = banen.doelstelling_regio("AM12", 2018)
    assert found is not None
    (stap,) = found.stappen
    assert stap.zekerheid == "indicatie"
    assert stap.feiten == {"regio": "AM12", "jaar": 2018}
    assert stap.toelichting
    assert stap.vraag == "Welk aantal extra banen noemt de Werkkamer voor regio AM12 eind 2018?"
    assert stap.uitkomst == "492 extra banen, als indicatie: per regio is niets afgesproken."
    assert [str(bron) for bron in found.bronnen] == [stap.artikel]


def test_a_nulmeting_has_a_name_and_a_unit() -> None:
    with pytest.raises(ParameterFout, match="geen nulmeting 'zomaar'; wel: uren_overheid, uren_markt, "):
        banen.nulmeting("zomaar")
    with pytest.raises(ValueError, match="geteld in personen"):
        banen.extra_banen(Decimal(1), sinds=banen.nulmeting("personen_am12"))


def test_every_nulmeting_can_be_told_apart() -> None:
    keys = [(n.naam, n.bekend_vanaf) for n in banen.nulmetingen()]
    assert len(keys) == len(set(keys))


def test_without_a_registration_there_is_no_category() -> None:
    with pytest.raises(ValueError, match=r"^Alleen wie geregistreerd staat .* ten minste één grond en route\.$"):
        categorie(frozenset(), peildatum=DAY)
    with pytest.raises(ValueError, match="ten minste één grond"):
        categorie(frozenset({(Grond.GEEN, Route.VSO)}), peildatum=DAY)
