"""The parameter files say what, in which unit, from when, by which source and how sure; the loader never guesses."""

import ast
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from banenafspraak.wet import parameters
from banenafspraak.wet.parameters import Parameter, ParameterFout, Stand, parameter
from banenafspraak.wet.uitkomst import Bron, Zekerheid

WET = Path(parameters.__file__).parents[1]
ALL = [p for regeling in parameters.regelingen() for p in parameters.parameters(regeling).values()]
IDS = [f"{p.regeling}.{p.naam}" for p in ALL]
each = pytest.mark.parametrize("p", ALL, ids=IDS)

SMALL = """
gecontroleerd_op = 2026-11-21
[bronnen.wet]
titel = "Een wet"
artikel = "1"
bwb = "BWBR0000001"
url = "https://wetten.overheid.nl/BWBR0000001/2020-01-01#Artikel1"
[bedrag]
omschrijving = "Een bedrag"
eenheid = "banen"
zekerheid = "bron"
bron = "wet"
"""


def small(waarden: str) -> Parameter:
    return parameters.read("proef", SMALL + f"waarden = [{waarden}]\n")["bedrag"]


@each
def test_every_source_can_be_found_again(p: Parameter) -> None:
    for stand in p.standen:
        bron = stand.bron
        if bron.is_wettelijk:
            assert re.fullmatch(r"BWBR\d{7}", bron.bwb)
            assert re.fullmatch(rf"https://wetten\.overheid\.nl/{bron.bwb}/\d{{4}}-\d\d-\d\d#Artikel\w[\w.]*", bron.url)
            assert bron.artikel
        else:
            assert bron.vindplaats
            assert (bron.artikel, bron.url) == ("", "")


@each
def test_whoever_is_not_sure_says_why(p: Parameter) -> None:
    unsure = [s for s in p.standen if s.zekerheid is not Zekerheid.BRON and s.waarde is not None]
    assert [s for s in unsure if not s.toelichting] == []


@each
def test_values_were_checked_within_two_years(p: Parameter) -> None:
    # The clock of this test is the newest check of any file: a file that stays behind is what must be noticed.
    newest = max(other.gecontroleerd_op for other in ALL)
    assert (newest - p.gecontroleerd_op).days < 2 * 365


def test_every_parameter_is_used_by_a_rule() -> None:
    named = set()
    for path in WET.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args:
                values = [a.value for a in node.args if isinstance(a, ast.Constant)]
                called = ast.unparse(node.func)
                if called == "parameter" and len(values) == 2:
                    named.add(tuple(values))
                elif called in ("_stand", "_day", "_regime") and values:
                    named.add(("doelgroepregister", values[0]))
                elif called.endswith((".ask", ".stand")) and isinstance(node.args[-1], ast.Constant):
                    named.add(("arbeidsvermogen", values[-1]))
    # These two files are read whole: every nulmeting, and the indication of whichever region is asked for.
    whole = {"nulmeting", "werkkamer"}
    assert {(p.regeling, p.naam) for p in ALL if p.regeling not in whole} == named


def test_every_source_in_a_file_is_used() -> None:
    for regeling in parameters.regelingen():
        text = (WET / "parameters" / f"{regeling}.toml").read_text(encoding="utf-8")
        listed = re.findall(r"^(\w+) = \{ titel", text, re.MULTILINE)
        assert [name for name in listed if f'bron = "{name}"' not in text] == []


def test_a_value_holds_from_its_day_until_the_next() -> None:
    p = small("{ vanaf = 2015-01-01, waarde = 1 }, { vanaf = 2018-01-01, waarde = 2.5 }")
    days = [date(2015, 1, 1), date(2017, 12, 31), date(2018, 1, 1)]
    assert [p.op(day) for day in days] == [Decimal(1), Decimal(1), Decimal("2.5")]


def test_before_the_first_value_there_is_none() -> None:
    p = small("{ vanaf = 2015-01-01, waarde = 1 }, { vanaf = 2018-01-01, waarde = 2 }")
    with pytest.raises(ParameterFout, match=r"Een bedrag.* op 31-12-2014.*vanaf 1-1-2015"):
        p.op(date(2014, 12, 31))


def test_a_lapsed_value_is_gone() -> None:
    p = small("{ vanaf = 2015-01-01, waarde = 1 }, { vanaf = 2025-01-01 }")
    with pytest.raises(ParameterFout, match="bekend van 1-1-2015 tot 1-1-2025, daarna vervallen"):
        p.op(date(2025, 1, 1))


def test_from_the_day_that_is_not_known_there_is_no_value() -> None:
    text = SMALL + "waarden = [{ vanaf = 2015-01-01, waarde = 1 }]\nbekend_tot = 2027-01-01\n"
    p = parameters.read("proef", text)["bedrag"]
    assert p.op(date(2026, 12, 31)) == 1
    with pytest.raises(ParameterFout, match="op 1-1-2027: bekend tot en met 31-12-2026"):
        p.op(date(2027, 1, 1))


def test_a_last_known_day_before_the_last_value_is_refused() -> None:
    text = SMALL + "waarden = [{ vanaf = 2015-01-01, waarde = 1 }]\nbekend_tot = 2015-01-01\n"
    with pytest.raises(ParameterFout, match="bekend_tot ligt niet na"):
        parameters.read("proef", text)


def test_a_constant_is_refused_once_it_has_changed() -> None:
    assert small("{ vanaf = 2015-01-01, waarde = 1 }").constant() == 1
    with pytest.raises(ParameterFout, match="geef een peildatum"):
        small("{ vanaf = 2015-01-01, waarde = 1 }, { vanaf = 2018-01-01, waarde = 2 }").constant()


@pytest.mark.parametrize(
    ("waarden", "message"),
    [
        ("", "niet op volgorde"),
        ("{ vanaf = 2018-01-01, waarde = 1 }, { vanaf = 2015-01-01, waarde = 2 }", "niet op volgorde"),
        ("{ vanaf = 2018-01-01, waarde = 1 }, { vanaf = 2018-01-01, waarde = 2 }", "niet op volgorde"),
        ('{ vanaf = 2018-01-01, waarde = "veel" }', "past niet bij 'banen'"),
        ("{ vanaf = 2018-01-01, waarde = true }", "past niet bij 'banen'"),
        ('{ vanaf = 2018-01-01, waarde = 1, zekerheid = "misschien" }', "misschien"),
        ('{ vanaf = 2018-01-01, waarde = 1, bron = "krant" }', "krant"),
        ("{ waarde = 1 }", "vanaf"),
    ],
)
def test_an_impossible_file_is_refused(waarden: str, message: str) -> None:
    with pytest.raises(ParameterFout, match=message):
        small(waarden)


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(ParameterFout, match="koeien"):
        parameters.read("proef", SMALL.replace('"banen"', '"koeien"') + "waarden = []\n")


def test_unknown_names_are_refused() -> None:
    with pytest.raises(ParameterFout, match="geen parameter 'niets'"):
        parameter("banenafspraak", "niets")
    with pytest.raises(ParameterFout, match="niet bekend; wel: arbeidsvermogen, avg, banenafspraak"):
        parameter("../banenafspraak", "uren_per_week")


def test_the_same_value_written_twice_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"overwrite"):
        parameters.read("proef", SMALL + 'eenheid = "personen"\nwaarden = []\n')


def test_a_file_is_read_exactly() -> None:
    rows = "[{ dag = 2015-05-15, deel = 0.1, aantal = 3, waar = true, rij = [1, 0.2] }]"
    text = SMALL.replace('"banen"', '"beslistabel"') + f"waarden = [{{ vanaf = 2015-01-01, waarde = {rows}, "
    text += 'zekerheid = "indicatie", toelichting = "Zo gelezen." }, { vanaf = 2018-01-01, waarde = [] }]\n'
    p = parameters.read("proef", text)["bedrag"]
    wet = Bron("Een wet", "1", "BWBR0000001", "https://wetten.overheid.nl/BWBR0000001/2020-01-01#Artikel1")
    row = {"dag": date(2015, 5, 15), "deel": Decimal("0.1"), "aantal": 3, "waar": True, "rij": [1, Decimal("0.2")]}
    assert p == Parameter(
        "proef",
        "bedrag",
        "Een bedrag",
        "beslistabel",
        (
            Stand(date(2015, 1, 1), [row], wet, Zekerheid.INDICATIE, "Zo gelezen."),
            Stand(date(2018, 1, 1), [], wet, Zekerheid.BRON, ""),
        ),
        date(2026, 11, 21),
    )
    assert isinstance(p.standen[0].waarde[0]["aantal"], Decimal)


def test_what_is_wrong_with_a_file_is_said_with_its_place() -> None:
    with pytest.raises(ParameterFout, match=r"^proef\.toml \[bedrag\]: de waarden staan niet op volgorde van datum\.$"):
        small("")
    with pytest.raises(ParameterFout, match=r"^proef\.toml \[bedrag\]: de waarde vanaf 1-1-2018 past niet bij 'banen'"):
        small('{ vanaf = 2018-01-01, waarde = "veel" }')
