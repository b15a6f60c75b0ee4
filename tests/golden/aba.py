"""What UWV published about applications and beschut werk in Gooi en Vechtstreek (juli 2018), as rows of a register."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

from banenafspraak.access import gebieden
from banenafspraak.access.permissions import Rol
from banenafspraak.register.models import Beschutwerkadvies, Persoon
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


def fill_register(people: Iterator[Persoon]) -> None:
    """The register as it must have been, with people of another region beside it: a decision about each person."""
    beoordelaar = make_actor(Rol.BEOORDELAAR)
    gemeenten = sorted(REGIO)
    adviezen: list[Beschutwerkadvies] = []

    def decide(uitkomst: AbaUitkomst, day: date, *, van: Aanvrager, gemeente: str, negative: bool = False) -> None:
        advies = make_besluit(
            next(people),
            beoordelaar=beoordelaar,
            uitkomst=uitkomst,
            op=datetime.combine(day, time(12), tzinfo=UTC),
            aanvrager=van,
            gemeente=gemeente,
            over_beschut_werk=negative,
        )
        if advies is not None:
            adviezen.append(advies)

    def asked_by(number: int) -> Aanvrager:
        return Aanvrager.COLLEGE if number % 10 == 9 else Aanvrager.PERSOON

    from_gemeente = 30 - VAN_BURGERS
    decide(U.ADVIES_BESCHUT_WERK, date(2016, 11, 1), van=Aanvrager.PERSOON, gemeente=gemeenten[0])
    for (vanaf, tot), (total, wajong, doelgroep, beschut) in GEPUBLICEERD.items():
        rest = total - wajong - doelgroep - beschut
        outcomes = [U.WAJONG_2015] * wajong + [U.DOELGROEP_BANENAFSPRAAK] * doelgroep + [U.GEEN] * rest
        for number, uitkomst in enumerate(outcomes):
            # Five of the refusals of 2017 were negative advices.
            negative = uitkomst is U.GEEN and vanaf.year == 2017 and number >= len(outcomes) - NEGATIEF
            van = Aanvrager.PERSOON if uitkomst is U.WAJONG_2015 or negative else asked_by(number)
            gemeente = gemeenten[number % len(gemeenten)]
            decide(uitkomst, _days(vanaf, tot, number), van=van, gemeente=gemeente, negative=negative)
        for number in range(beschut):
            van = Aanvrager.COLLEGE if number < 1 and from_gemeente else Aanvrager.PERSOON
            decide(U.ADVIES_BESCHUT_WERK, _days(vanaf, tot, number), van=van, gemeente=gemeenten[number % 7])
    for number in range(8):
        begin = date(2018, 2, 1) if number == 7 else date(2017, 12, 31)
        make_plaatsing(adviezen[number], vanaf=begin)
    for number in range(20):
        van = asked_by(number)
        decide(list(U)[number % 5], _days(date(2017, 1, 1), date(2018, 7, 1), number), van=van, gemeente="GM0363")
