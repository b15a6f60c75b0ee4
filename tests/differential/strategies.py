"""Random small worlds: registrations, residences and wages around a few quarters, with every edge on purpose."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from banenafspraak.metingen.grootheden import Kwartaal
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.registratie import EindeReden
from tests.differential.reference import Loonregel, Registratie, Wereld, Woonplaats

# Two gemeenten of AM12 (Weesp moved to Amsterdam in the first quarter of 2022), Amsterdam, Utrecht, and no such place.
GEMEENTEN = ("GM0402", "GM0457", "GM0363", "GM0344", "GM9999")
PEOPLE = range(-3, 5)


def days(kwartaal: Kwartaal) -> st.SearchStrategy[date]:
    """Days around two quarters; the edges of both as often as all others together."""
    edges = [
        edge + timedelta(days=shift)
        for quarter in (kwartaal, kwartaal.earlier(), kwartaal.earlier(2))
        for edge in (quarter.begin_op, quarter.peildatum)
        for shift in (-1, 0, 1)
    ]
    return st.one_of(
        st.sampled_from(edges), st.dates(kwartaal.earlier(4).begin_op, kwartaal.peildatum + timedelta(days=60))
    )


@st.composite
def _registratie(draw: st.DrawFn, kwartaal: Kwartaal) -> Registratie:
    vanaf = draw(days(kwartaal))
    length = st.one_of(st.sampled_from([1, 2, 30]), st.integers(1, 500)).map(lambda n: vanaf + timedelta(days=n))
    tot = draw(st.one_of(st.none(), length, days(kwartaal).filter(lambda day: day > vanaf)))
    reden = draw(st.one_of(st.none(), st.sampled_from([str(r) for r in EindeReden]))) if tot else None
    return Registratie(
        draw(st.sampled_from(PEOPLE)),
        str(draw(st.sampled_from([g for g in Grond if g is not Grond.GEEN]))),
        str(draw(st.sampled_from(Route))),
        vanaf,
        tot,
        reden,
    )


@st.composite
def _woonplaatsen(draw: st.DrawFn, kwartaal: Kwartaal, person: int) -> list[Woonplaats]:
    """Where a person lived: periods that never overlap, sometimes with a gap."""
    moves = sorted(set(draw(st.lists(days(kwartaal), max_size=4))))
    found = []
    for i, vanaf in enumerate(moves):
        tot = moves[i + 1] if i + 1 < len(moves) else draw(st.one_of(st.none(), st.just(vanaf + timedelta(days=40))))
        if draw(st.integers(0, 5)):
            found.append(Woonplaats(person, draw(st.sampled_from(GEMEENTEN)), vanaf, tot))
    return found


@st.composite
def werelden(draw: st.DrawFn, kwartaal: Kwartaal) -> Wereld:
    """People of the register, and where they lived."""
    registraties = draw(st.lists(_registratie(kwartaal), min_size=1, max_size=14))
    woonplaatsen = [w for person in PEOPLE for w in draw(_woonplaatsen(kwartaal, person))]
    return Wereld(registraties, woonplaatsen)


def loonregels() -> st.SearchStrategy[list[Loonregel]]:
    """Wages of one month, also of people who were never registered."""
    return st.lists(
        st.builds(
            Loonregel,
            pseudoniem=st.one_of(st.sampled_from(PEOPLE), st.integers(-(2**63), 2**63 - 1)),
            srtiv=st.sampled_from([11, 13, 15, 17, 22, 31]),
            cdaard=st.sampled_from([1, 4, 7, 11, 18, 21, 22, 23, 24, 81, 82, 83, 99]),
            uren=st.decimals(Decimal(0), Decimal(744), places=2),
            met_loon=st.booleans(),
            sector=st.sampled_from(["markt", "overheid"]),
        ),
        max_size=14,
    )
