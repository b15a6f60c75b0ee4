"""What a synthetic population is made of: numbers, dates, employers and hours that could be real and are not."""

import re
from collections import Counter, defaultdict
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.access.bsn import is_valid
from banenafspraak.access.gebieden import regio_op
from banenafspraak.adapters.synthese import write_demo
from banenafspraak.adapters.synthese.bevolking import (
    Bevolking,
    TeGroot,
    draw_exact,
    draw_largest,
    draw_regios,
    draw_scaled,
)
from banenafspraak.adapters.synthese.leveringen import with_decembers
from banenafspraak.adapters.synthese.marges import load_marges, percentage, personen_bij
from banenafspraak.adapters.synthese.nummers import NummersOp, Nummervoorraad, lawful_numbers
from banenafspraak.adapters.synthese.standen import OnmogelijkeMarge
from banenafspraak.adapters.synthese.werk import MEESTE_UREN, MINSTE_UREN, fit_uren
from banenafspraak.metingen.grootheden import Kwartaal
from banenafspraak.wet.aow import aow_datum
from banenafspraak.wet.banen import sector_werkgever
from banenafspraak.wet.doelgroep import Route
from banenafspraak.wet.registratie import EindeReden

NINE_DIGITS = re.compile(r"(?<!\d)\d{9}(?!\d)")

pytestmark = pytest.mark.xdist_group("synthese")


@pytest.fixture(scope="module")
def gooi() -> Bevolking:
    return draw_exact("AM12", Nummervoorraad(5), 5)


# --- numbers ------------------------------------------------------------------------------------------------------


def test_there_are_9091_lawful_test_numbers() -> None:
    numbers = lawful_numbers()
    assert len(set(numbers)) == 9091
    assert all(number.startswith("9999") and is_valid(number) for number in numbers)


def test_a_number_is_handed_out_once_and_then_the_stock_is_empty() -> None:
    nummers = Nummervoorraad(1)
    assert len({nummers.next_bsn() for _ in range(9091)}) == 9091
    with pytest.raises(NummersOp):
        nummers.next_bsn()


def test_every_nine_digit_number_in_the_demo_is_a_test_number(demo: tuple[Path, list[Path]]) -> None:
    for pad in demo[1]:
        found = set(NINE_DIGITS.findall(pad.read_text("utf-8")))
        assert found
        assert all(number.startswith("9999") and is_valid(number) for number in found)


def test_no_number_is_both_a_person_and_an_employer(gooi: Bevolking) -> None:
    people = {p.bsn for p in gooi.personen} | {r.bsn for r in gooi.loonregels}
    assert people.isdisjoint({r.lhnr[:9] for r in gooi.loonregels})
    assert len({p.bsn for p in gooi.personen}) == len(gooi.personen)


# --- the demo -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Path]]:
    uit = tmp_path_factory.mktemp("demo")
    leveringen = write_demo(uit, 2018, op=date(2026, 4, 1))
    return uit, [*leveringen.register, *leveringen.lonen]


def test_the_demo_is_the_same_for_the_same_seed(demo: tuple[Path, list[Path]], tmp_path: Path) -> None:
    again = write_demo(tmp_path, 2018, op=date(2026, 4, 1))
    assert [pad.read_bytes() for pad in [*again.register, *again.lonen]] == [pad.read_bytes() for pad in demo[1]]


def test_the_demo_differs_for_another_seed(demo: tuple[Path, list[Path]], tmp_path: Path) -> None:
    assert write_demo(tmp_path, 2019, op=date(2026, 4, 1)).register[0].read_bytes() != demo[1][0].read_bytes()


def test_the_demo_has_wages_for_its_quarters_and_the_december_that_decides_on_sectors(
    demo: tuple[Path, list[Path]],
) -> None:
    names = [pad.name for pad in demo[1] if pad.name.startswith("lonen")]
    maanden = ["2012-12", "2016-12", "2017-03", "2017-06", "2017-09", "2017-12", "2018-03"]
    assert names == [f"lonen_{maand}.csv" for maand in maanden]


def test_the_demo_has_several_regions(demo: tuple[Path, list[Path]]) -> None:
    rows = (regel.split(";") for regel in demo[1][0].read_text("utf-8").splitlines()[1:])
    here = Counter(regio_op(row[9], date(2018, 3, 31)) for row in rows if row[0] == "woonplaats" and not row[7])
    assert here["AM12"] > 1600
    assert all(here[regio] > 100 for regio in ("AM11", "AM13", "AM14", "AM18", "AM25", "AM37"))


def test_one_region_does_not_depend_on_the_others() -> None:
    alone = draw_scaled("AM35", 0.05, Nummervoorraad(1), 1)
    beside = draw_regios(["AM20", "AM35"], 0.05, 1)
    shape = [(p.geboortedatum, p.registraties, p.woonplaatsen) for p in alone.personen]
    assert [(p.geboortedatum, p.registraties, p.woonplaatsen) for p in beside.personen][-len(shape) :] == shape


# --- people -------------------------------------------------------------------------------------------------------


def test_periods_are_in_order_and_do_not_overlap(gooi: Bevolking) -> None:
    for persoon in gooi.personen:
        for rows in (*_per_grond(persoon.registraties), list(persoon.woonplaatsen)):
            for row, later in zip(rows, [*rows[1:], None], strict=True):
                assert row.geldig_tot is None or row.geldig_vanaf < row.geldig_tot
                assert later is None or (row.geldig_tot is not None and row.geldig_tot <= later.geldig_vanaf)


def _per_grond(registraties: tuple) -> list[list]:
    groups = defaultdict(list)
    for registratie in registraties:
        groups[registratie.grond].append(registratie)
    return list(groups.values())


def test_a_registration_ends_with_a_reason_and_only_then(gooi: Bevolking) -> None:
    assert all((r.geldig_tot is None) == (r.einde_reden is None) for p in gooi.personen for r in p.registraties)


def test_who_dies_leaves_the_register_that_day(gooi: Bevolking) -> None:
    for persoon in gooi.personen:
        died = EindeReden.OVERLIJDEN in {r.einde_reden for r in persoon.registraties}
        assert died == (persoon.overleden_op is not None)
        if died:
            assert max(r.geldig_tot for r in persoon.registraties if r.geldig_tot) == persoon.overleden_op


def test_who_leaves_for_aow_reached_that_age_that_day_and_nobody_stays_longer(gooi: Bevolking) -> None:
    for persoon in gooi.personen:
        aow_op = aow_datum(persoon.geboortedatum)
        for r in persoon.registraties:
            if r.einde_reden == EindeReden.AOW:
                assert r.geldig_tot == aow_op
            assert aow_op is None or (r.geldig_tot or date(2018, 3, 31)) <= aow_op


def test_nobody_comes_through_the_praktijkroute_before_2017(gooi: Bevolking) -> None:
    begin = [r.geldig_vanaf for p in gooi.personen for r in p.registraties if r.route == Route.PRAKTIJKROUTE]
    assert min(begin) >= date(2017, 1, 1)


def test_the_old_rule_ends_registrations_on_the_last_day_of_a_year(gooi: Bevolking) -> None:
    ends = {r.geldig_tot for p in gooi.personen for r in p.registraties if r.einde_reden == EindeReden.T_PLUS_2}
    assert ends
    assert ends <= {date(2016, 1, 1), date(2017, 1, 1)}


def test_nobody_is_registered_as_a_wajonger_before_the_eighteenth_birthday(gooi: Bevolking) -> None:
    for persoon in gooi.personen:
        for r in persoon.registraties:
            if r.grond == "wajong":
                assert (r.geldig_vanaf - persoon.geboortedatum).days >= 18 * 365


# --- what must not count is really there ------------------------------------------------------------------------


def test_there_are_registrations_of_one_day_on_a_peildatum(gooi: Bevolking) -> None:
    one = [r for p in gooi.personen for r in p.registraties if r.geldig_tot == r.geldig_vanaf + timedelta(days=1)]
    assert one
    assert {r.geldig_vanaf for r in one} <= {kwartaal.peildatum for kwartaal in load_marges("AM12").reeks}


def test_there_are_rows_that_are_no_work(gooi: Bevolking) -> None:
    registered = {p.bsn for p in gooi.personen}
    rows = [r for r in gooi.loonregels if r.bsn in registered]
    assert any(r.srtiv not in (11, 13, 15) and r.uren > 0 for r in rows)
    assert any(r.srtiv not in (11, 13, 15) and r.uren == 0 and r.loon > 0 for r in rows)
    assert any(r.srtiv == 15 and r.loon == 0 for r in rows)
    assert {21, 24} <= {r.cdaard for r in rows}


def test_there_are_employees_outside_the_register(gooi: Bevolking) -> None:
    assert len({r.bsn for r in gooi.loonregels} - {p.bsn for p in gooi.personen}) > 50


def test_some_people_have_two_grounds_and_some_several_employers(gooi: Bevolking) -> None:
    grounds = Counter(frozenset(r.grond for r in p.registraties) for p in gooi.personen)
    assert any({"wajong", "wsw"} == set(combination) for combination in grounds)
    march = Counter(r.bsn for r in gooi.loonregels if str(r.kwartaal) == "2018Q1" and r.srtiv == 15)
    assert max(march.values()) >= 2


def test_people_move_across_the_border_of_the_region_and_inside_it(gooi: Bevolking) -> None:
    inside = set(load_marges("AM12").gemeenten)
    moves = Counter(
        (a.gemeente in inside, b.gemeente in inside)
        for p in gooi.personen
        for a, b in zip(p.woonplaatsen, p.woonplaatsen[1:], strict=False)
    )
    assert moves[True, False] > 20
    assert moves[False, True] > 20
    assert moves[True, True] > 20


# --- employers and hours ------------------------------------------------------------------------------------------


def test_the_rule_of_the_law_gives_sectors_that_differ_between_employers_and_years(gooi: Bevolking) -> None:
    sectors = {jaar: _sectors(gooi, Kwartaal(jaar - 1, 4)) for jaar in (2017, 2018)}
    assert Counter(sectors[2017].values())["overheid"] >= 3
    privatised = [lhnr for lhnr, s in sectors[2017].items() if s == "overheid" and sectors[2018][lhnr] == "markt"]
    assert len(privatised) == 1


def test_some_employers_pay_ufo_over_a_part_of_their_hours(gooi: Bevolking) -> None:
    december = [r for r in gooi.loonregels if r.kwartaal == Kwartaal(2017, 4)]
    sectors = _sectors(gooi, Kwartaal(2017, 4))
    mixed = {r.lhnr for r in december if r.ufo} & {r.lhnr for r in december if not r.ufo and r.uren}
    assert {sectors[lhnr] for lhnr in mixed} == {"markt", "overheid"}


def _sectors(bevolking: Bevolking, december: Kwartaal) -> dict[str, str]:
    ufo: defaultdict[str, Decimal] = defaultdict(Decimal)
    overig: defaultdict[str, Decimal] = defaultdict(Decimal)
    for r in bevolking.loonregels:
        if r.kwartaal == december:
            (ufo if r.ufo else overig)[r.lhnr] += r.uren
    return {lhnr: sector_werkgever(ufo[lhnr], overig[lhnr]) for lhnr in ufo.keys() | overig.keys()}


def test_an_inkomstenverhouding_stands_once_in_a_month(gooi: Bevolking) -> None:
    keys = [(r.kwartaal, r.lhnr, r.bsn, r.numiv) for r in gooi.loonregels]
    assert len(set(keys)) == len(keys)


@given(
    contract=st.lists(st.integers(1, 200), min_size=1, max_size=60),
    share=st.floats(0, 1),
    zaad=st.integers(0, 2**32),
)
def test_hours_add_up_exactly_within_their_bounds(contract: list[int], share: float, zaad: int) -> None:
    low, high = len(contract) * MINSTE_UREN, len(contract) * MEESTE_UREN
    totaal = low + round(share * (high - low))
    uren = fit_uren(contract, totaal, np.random.default_rng(zaad))
    assert sum(uren) == totaal
    assert all(MINSTE_UREN <= n <= MEESTE_UREN for n in uren)


def test_hours_that_cannot_fit_are_refused() -> None:
    with pytest.raises(OnmogelijkeMarge):
        fit_uren([100], MEESTE_UREN + 1, np.random.default_rng(1))


@given(werkzaam=st.integers(1, 5000), gedrukt=st.integers(1, 99))
def test_persons_by_a_printed_percentage_are_just_those_that_print_it(werkzaam: int, gedrukt: int) -> None:
    bereik = personen_bij(werkzaam, gedrukt)
    around = range(max(1, bereik.start - 3), bereik.stop + 3)
    assert [n for n in around if percentage(werkzaam, n) == gedrukt] == list(bereik)


# --- size ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("schaal", [0.01, 0.03, 0.2])
@pytest.mark.parametrize("regio", ["AM35", "AM26"])
def test_a_region_without_margins_can_be_drawn_at_any_scale(regio: str, schaal: float) -> None:
    bevolking = draw_scaled(regio, schaal, Nummervoorraad(3), 3)
    here = [p for p in bevolking.personen if p.pad.toestanden[-1]]
    assert here
    last = Kwartaal(2018, 1)
    for persoon in here:
        home = next(w for w in persoon.woonplaatsen if w.geldig_tot is None or w.geldig_tot > last.peildatum)
        assert regio_op(home.gemeente, last.peildatum) == regio


def test_other_regions_never_send_people_to_a_region_with_exact_figures() -> None:
    exact = set(load_marges("AM12").gemeenten)
    bevolking = draw_scaled("AM18", 0.1, Nummervoorraad(1), 1)
    assert exact.isdisjoint(w.gemeente for p in bevolking.personen for w in p.woonplaatsen)


def test_a_population_too_large_for_the_test_numbers_is_refused_with_a_scale_that_fits() -> None:
    with pytest.raises(TeGroot, match=r"9091 BSN's.*Kies schaal 0\.\d+ of kleiner"):
        draw_regios(["AM18"], 1, 1)


def test_without_a_scale_a_region_comes_out_as_large_as_can_be() -> None:
    schaal, bevolking = draw_largest(["AM18"], 1)
    numbers = {r.bsn for r in bevolking.loonregels} | {p.bsn for p in bevolking.personen}
    assert 0.2 < schaal < 0.35
    assert 7000 < len(numbers) <= 9091


def test_wages_of_the_december_before_come_with_a_quarter() -> None:
    reeks = load_marges("AM12").reeks
    assert [str(k) for k in with_decembers([Kwartaal(2017, 2), Kwartaal(2018, 1)], reeks)] == [
        "2016Q4",
        "2017Q2",
        "2017Q4",
        "2018Q1",
    ]
