from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.access import gebieden
from banenafspraak.access.gebieden import Zekerheid
from banenafspraak.access.models import Arbeidsmarktregio, Gemeente, GemeenteIndeling

DAYS = st.dates(min_value=date(2010, 1, 1), max_value=date(2035, 12, 31))
EVERY_GEMEENTE = {g.code for day in (date(2021, 7, 1), date(2026, 7, 1)) for g in gebieden.gemeenten_op(day)}


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2018, 3, 31), 352),
        (date(2021, 12, 31), 352),
        (date(2022, 1, 1), 345),
        (date(2022, 3, 23), 345),
        (date(2022, 3, 24), 344),
        (date(2022, 12, 31), 344),
        (date(2023, 1, 1), 342),
        (date(2026, 7, 1), 342),
    ],
)
def test_the_number_of_gemeenten_follows_the_mergers(day: date, count: int) -> None:
    assert len(gebieden.gemeenten_op(day)) == count


@given(DAYS)
def test_every_gemeente_that_exists_lies_in_a_region_and_every_other_in_none(day: date) -> None:
    existing = {g.code for g in gebieden.gemeenten_op(day)}
    placed = {code for code in EVERY_GEMEENTE if gebieden.regio_op(code, day) is not None}
    assert placed == existing


@given(DAYS)
def test_rows_of_a_gemeente_never_cover_a_day_twice(day: date) -> None:
    covering = [
        code
        for code, _, vanaf, tot in gebieden.indeling()
        if (vanaf is None or vanaf <= day) and (tot is None or day < tot)
    ]
    assert len(covering) == len(set(covering))


@given(DAYS)
def test_every_region_has_a_gemeente_on_every_day(day: date) -> None:
    assert {gebieden.regio_op(g.code, day) for g in gebieden.gemeenten_op(day)} == {c for c, _ in gebieden.regios()}


def test_there_are_thirty_five_regions_with_names_of_their_own() -> None:
    codes, namen = zip(*gebieden.regios(), strict=True)
    assert (len(codes), len(set(namen))) == (35, 35)


@pytest.mark.parametrize(
    ("gemeente", "day", "regio"),
    [
        ("GM0457", date(2022, 3, 23), "AM12"),  # Weesp, the last day before it became part of Amsterdam
        ("GM0457", date(2022, 3, 24), None),
        ("GM0363", date(2022, 3, 24), "AM18"),
        ("GM1980", date(2021, 12, 31), None),  # Dijk en Waard
        ("GM1980", date(2022, 1, 1), "AM15"),
        ("GM0398", date(2021, 12, 31), "AM15"),  # Heerhugowaard
        ("GM0398", date(2022, 1, 1), None),
        ("GM0501", date(2022, 12, 31), "AM22"),  # Brielle
        ("GM0501", date(2023, 1, 1), None),
        ("GM1992", date(2023, 1, 1), "AM22"),  # Voorne aan Zee
        ("GM0402", date(2018, 3, 31), "AM12"),
        ("GM9999", date(2018, 3, 31), None),
    ],
)
def test_the_day_of_a_change_belongs_to_the_new_situation(gemeente: str, day: date, regio: str | None) -> None:
    assert gebieden.regio_op(gemeente, day) == regio


@pytest.mark.parametrize("gemeente", ["GM0230", "GM0302", "GM1773"])
def test_a_move_on_an_unknown_day_is_marked_and_stays_until_the_first_table_that_shows_it(gemeente: str) -> None:
    answers = [
        (gebieden.regio_op(gemeente, day), gebieden.zekerheid_op(gemeente, day))
        for day in (date(2021, 12, 31), date(2022, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
    ]
    assert answers == [
        ("AM06", Zekerheid.CBS),
        ("AM06", Zekerheid.DATUM_ONBEKEND),
        ("AM06", Zekerheid.DATUM_ONBEKEND),
        ("AM36", Zekerheid.CBS),
    ]


def test_days_before_the_oldest_table_say_that_it_is_read_backwards() -> None:
    first = date(2021, 1, 1)
    assert gebieden.zekerheid_op("GM0402", first - timedelta(days=1)) is Zekerheid.TERUGGELEZEN
    assert gebieden.zekerheid_op("GM0402", first) is Zekerheid.CBS


def test_a_gemeente_that_does_not_exist_has_no_certainty() -> None:
    assert gebieden.zekerheid_op("GM9999", date(2021, 1, 1)) is None


def test_only_three_gemeenten_ever_change_region() -> None:
    regions: dict[str, set[str]] = {}
    for code, regio, _, _ in gebieden.indeling():
        regions.setdefault(code, set()).add(regio)
    assert {code for code, names in regions.items() if len(names) > 1} == {"GM0230", "GM0302", "GM1773"}


def test_a_region_keeps_its_earlier_names() -> None:
    regio = gebieden.regio("AM06")
    assert (regio.naam, regio.eerdere_namen) == ("Veluwe Stedendriehoek", ("Stedendriehoek en Noordwest Veluwe",))


def test_an_unknown_region_is_an_error() -> None:
    with pytest.raises(KeyError):
        gebieden.regio("AM04")


@pytest.mark.django_db
def test_the_tables_are_the_file() -> None:
    rows = GemeenteIndeling.objects.values_list("gemeente_id", "regio_id", "geldig")
    assert sorted((g, r, d.lower, d.upper) for g, r, d in rows if d.lower) == sorted(
        row for row in gebieden.indeling() if row[2]
    )
    assert GemeenteIndeling.objects.count() == len(gebieden.indeling())
    assert Gemeente.objects.count() == len(EVERY_GEMEENTE)
    assert list(Arbeidsmarktregio.objects.order_by("code").values_list("code", "naam")) == gebieden.regios()


@pytest.mark.django_db
def test_loading_again_changes_nothing() -> None:
    from django.apps import apps

    before = sorted(GemeenteIndeling.objects.values_list("gemeente", "regio", "zekerheid"))
    gebieden.load_gebieden(apps)
    assert sorted(GemeenteIndeling.objects.values_list("gemeente", "regio", "zekerheid")) == before
