"""Made-up vacatures: the same seed gives the same, and all of them can be placed."""

from datetime import date

import pytest

from banenafspraak.adapters.synthese.vacatures import draw_vacatures
from banenafspraak.bemiddeling import vacaturecontrole, vacatureimport, vacaturerijen
from banenafspraak.bemiddeling.models import Vacature
from banenafspraak.bemiddeling.vacaturelevering import Vacatureregel
from banenafspraak.bemiddeling.vacaturerecord import hours_of
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN
from tests.factories import NOW, make_bemiddelaar

OP = date(2026, 4, 1)


def test_the_same_seed_gives_the_same() -> None:
    assert draw_vacatures(40, 7, op=OP, regio="AM12") == draw_vacatures(40, 7, op=OP, regio="AM12")
    assert draw_vacatures(40, 7, op=OP, regio="AM12") != draw_vacatures(40, 8, op=OP, regio="AM12")


def test_each_can_be_placed_and_no_employer_exists() -> None:
    for record in draw_vacatures(500, 1, op=OP):
        vacaturecontrole.check(record, today=OP)
        assert vacaturecontrole.missing(record) == []
        assert record.kvk.startswith("0000")
        assert record.contact.emailadres.endswith(".invalid")
        assert hours_of(record.taken) <= record.aantal_werkuren_per_week_minimaal


@pytest.mark.django_db
def test_they_lie_in_the_region() -> None:
    assert {vacaturerijen.region_of(one.postcode) for one in draw_vacatures(60, 1, op=OP, regio="AM12")} == {"AM12"}


def test_a_country_of_them_has_most_kinds_of_work() -> None:
    kinds = {record.werksoort for record in draw_vacatures(5_000, 1, op=OP)}
    assert len(kinds) > 0.9 * len(WERKSOORTEN)


@pytest.mark.django_db
def test_they_can_be_taken_in() -> None:
    adviser = make_bemiddelaar()
    records = draw_vacatures(30, 1, op=NOW.date(), regio="AM12")
    verslag = vacatureimport.take_in(
        [Vacatureregel(n, record) for n, record in enumerate(records)],
        organisatie_id=adviser.organisatie_id,
        actor=adviser,
        now=NOW,
    )
    assert (verslag.nieuw, verslag.concept, verslag.fouten) == (30, 0, ())
    assert Vacature.objects.filter(status="open", regio="AM12").count() == 30
