"""The published results of the ABA in Gooi en Vechtstreek (UWV, juli 2018, chapters 3 and 5) come out of the register."""

from datetime import UTC, date, datetime, time
from itertools import count

import pytest

from banenafspraak.access import gebieden
from banenafspraak.access.permissions import Rol
from banenafspraak.register import beschutwerk
from banenafspraak.register.aanvraagcijfers import aba_cijfers, decided, received
from banenafspraak.wet.arbeidsvermogen import AbaUitkomst
from banenafspraak.wet.gronden import Aanvrager
from tests.factories import make_actor, make_besluit, make_plaatsing

U = AbaUitkomst
ALL_KNOWN = datetime(2018, 12, 31, tzinfo=UTC)
# Period: assessments, Wajong 2015, doelgroep banenafspraak, advice beschut werk.
GEPUBLICEERD = {
    (date(2017, 1, 1), date(2018, 1, 1)): (261, 22, 109, 16),
    (date(2018, 1, 1), date(2018, 4, 1)): (70, 6, 32, 4),
    (date(2018, 4, 1), date(2018, 7, 1)): (64, 5, 32, 4),
}
# Up to 30 June 2018: 25 positive and 5 negative advices, 27 of the 30 on request of a citizen; so one positive advice
# was given before 2017. On 31 March 2018 eight people worked in a sheltered job, one more than a quarter earlier.
POSITIEF, NEGATIEF, VAN_BURGERS = 25, 5, 27
REGIO = frozenset(
    g.code for g in gebieden.gemeenten_op(date(2018, 3, 31)) if gebieden.regio_op(g.code, date(2018, 3, 31)) == "AM12"
)


def _days(vanaf: date, tot: date, number: int) -> date:
    """A day in the period: the first, the last, and those in between in turn."""
    length = (tot - vanaf).days
    return date.fromordinal(vanaf.toordinal() + number * 37 % length)


@pytest.fixture
def published(db: None) -> None:
    """The register as it must have been, with people of another region beside it."""
    beoordelaar, people = make_actor(Rol.BEOORDELAAR), count()
    gemeenten = sorted(REGIO)
    adviezen = []

    def decide(uitkomst: AbaUitkomst, day: date, *, van: Aanvrager, gemeente: str, negative: bool = False) -> None:
        nummer = next(people)
        advies = make_besluit(
            nummer,
            beoordelaar=beoordelaar,
            uitkomst=uitkomst,
            op=datetime.combine(day, time(12), tzinfo=UTC),
            aanvrager=van,
            gemeente=gemeente,
            over_beschut_werk=negative,
        )
        if advies is not None:
            adviezen.append(advies)

    def citizen(number: int) -> Aanvrager:
        return Aanvrager.COLLEGE if number % 10 == 9 else Aanvrager.PERSOON

    from_gemeente = 30 - VAN_BURGERS
    decide(U.ADVIES_BESCHUT_WERK, date(2016, 11, 1), van=Aanvrager.PERSOON, gemeente=gemeenten[0])
    for (vanaf, tot), (total, wajong, doelgroep, beschut) in GEPUBLICEERD.items():
        rest = total - wajong - doelgroep - beschut
        outcomes = [U.WAJONG_2015] * wajong + [U.DOELGROEP_BANENAFSPRAAK] * doelgroep + [U.GEEN] * rest
        for number, uitkomst in enumerate(outcomes):
            # Five of the refusals of 2017 were negative advices.
            negative = uitkomst is U.GEEN and vanaf.year == 2017 and number >= len(outcomes) - NEGATIEF
            van = Aanvrager.PERSOON if uitkomst is U.WAJONG_2015 or negative else citizen(number)
            gemeente = gemeenten[number % len(gemeenten)]
            decide(uitkomst, _days(vanaf, tot, number), van=van, gemeente=gemeente, negative=negative)
        for number in range(beschut):
            van = Aanvrager.COLLEGE if number < 1 and from_gemeente else Aanvrager.PERSOON
            decide(U.ADVIES_BESCHUT_WERK, _days(vanaf, tot, number), van=van, gemeente=gemeenten[number % 7])
    for number in range(8):
        begin = date(2018, 2, 1) if number == 7 else date(2017, 12, 31)
        make_plaatsing(adviezen[number], vanaf=begin)
    for number in range(20):
        van = citizen(number)
        decide(list(U)[number % 5], _days(date(2017, 1, 1), date(2018, 7, 1), number), van=van, gemeente="GM0363")


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
