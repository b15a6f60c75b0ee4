"""The published results of the ABA in Gooi en Vechtstreek (UWV, juli 2018, chapters 3 and 5), out of the register."""

from datetime import UTC, date, datetime
from itertools import count

import pytest

from banenafspraak.register import beschutwerk
from banenafspraak.register.aanvraagcijfers import aba_cijfers, decided, received
from banenafspraak.wet.gronden import Aanvrager
from tests.factories import make_persoon
from tests.golden.aba import ALL_KNOWN, GEPUBLICEERD, NEGATIEF, POSITIEF, REGIO, VAN_BURGERS, U, fill_register


@pytest.fixture
def published(db: None) -> None:
    fill_register(map(make_persoon, count()))


def test_the_published_results_come_out_to_the_number(published) -> None:
    for (vanaf, tot), expected in GEPUBLICEERD.items():
        found = aba_cijfers(vanaf=vanaf, tot=tot, known_at=ALL_KNOWN, gemeenten=REGIO)
        assert (
            found.beoordelingen,
            found.wajong_2015,
            found.doelgroep_banenafspraak,
            found.advies_beschut_werk,
        ) == expected


def test_both_kinds_of_applicant_add_up(published) -> None:
    vanaf, tot = date(2017, 1, 1), date(2018, 7, 1)
    parts = [
        aba_cijfers(vanaf=vanaf, tot=tot, known_at=ALL_KNOWN, gemeenten=REGIO, aanvrager=a).beoordelingen
        for a in Aanvrager
    ]
    assert all(parts)
    assert sum(parts) == 261 + 70 + 64


def test_a_gemeente_never_leads_to_a_wajong(published) -> None:
    rows = decided(vanaf=date(2017, 1, 1), tot=date(2018, 7, 1), known_at=ALL_KNOWN)
    in_the_region = [row for row in rows if row.gemeente in REGIO and row.aanvrager is Aanvrager.COLLEGE]
    assert {row.uitkomst for row in in_the_region} <= {U.DOELGROEP_BANENAFSPRAAK, U.ADVIES_BESCHUT_WERK, U.GEEN}


def test_the_advices_and_places_are_the_published_ones(published) -> None:
    june = beschutwerk.cijfers(peildatum=date(2018, 6, 30), gemeenten=REGIO, known_at=ALL_KNOWN)
    assert (june.positief, june.negatief, june.op_verzoek_van_burger) == (POSITIEF, NEGATIEF, VAN_BURGERS)
    december = beschutwerk.cijfers(peildatum=date(2017, 12, 31), gemeenten=REGIO, known_at=ALL_KNOWN)
    march = beschutwerk.cijfers(peildatum=date(2018, 3, 31), gemeenten=REGIO, known_at=ALL_KNOWN)
    assert (december.geplaatst, march.geplaatst, march.positief_kwartaal_eerder) == (7, 8, 17)
    # The report prints 41%, which is 7 of 17: those who worked a quarter earlier. Its own text defines 8 of 17.
    assert march.plaatsingspercentage == 47


def test_what_was_known_before_keeps_its_answer(published) -> None:
    vanaf, tot = date(2018, 4, 1), date(2018, 7, 1)
    halfway = datetime(2018, 5, 15, tzinfo=UTC)
    known = aba_cijfers(vanaf=vanaf, tot=tot, known_at=halfway, gemeenten=REGIO)
    assert 0 < known.beoordelingen < 64
    assert sum(row.aantal for row in received(vanaf=vanaf, tot=tot, known_at=halfway) if row.gemeente in REGIO) > 0
