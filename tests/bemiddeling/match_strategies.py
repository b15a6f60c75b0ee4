"""Made-up people and vacatures for the tests of matching, as Hypothesis draws them."""

from datetime import timedelta

from hypothesis import strategies as st

from banenafspraak.bemiddeling import werksoorten
from banenafspraak.bemiddeling.kenmerken import Zoekregel
from banenafspraak.bemiddeling.matching import Vacaturevraag, Werkzoekende, held
from banenafspraak.bemiddeling.profielrecord import RIJBEWIJZEN
from tests.bemiddeling.kaartmensen import TODAY

KINDS = [*list(werksoorten.WERKSOORTEN)[:8], *list(werksoorten.WERKSOORTEN)[::17]]
"""Some of one werkveld, which are near to each other, and some of every other."""
LICENCES = st.sets(st.sampled_from(RIJBEWIJZEN), max_size=2)
CONTRACTS = st.sets(st.sampled_from(["B", "O"]), max_size=2)
AGREEMENTS = st.sets(st.sampled_from(["01", "02", "03", "04"]), max_size=2)
TRANSPORT = st.sets(st.sampled_from([1, 2, 3, 4, 5, 9]), max_size=3)
PLACES = st.tuples(st.floats(0, 300, allow_nan=False), st.floats(300, 620, allow_nan=False))


def maybe(strategy):
    return st.none() | strategy


def kinds(most: int = 3):
    return st.lists(st.sampled_from(KINDS), max_size=most, unique=True).map(tuple)


@st.composite
def mensen(draw) -> Werkzoekende:
    least = draw(maybe(st.integers(0, 40)))
    return Werkzoekende(
        werksoorten=draw(kinds()),
        ervaring=draw(maybe(kinds())),
        plek=draw(maybe(PLACES)),
        reisafstand=draw(maybe(st.integers(0, 999))),
        uren_min=least,
        uren_max=draw(maybe(st.integers(least or 0, 99))),
        dagen=draw(maybe(st.integers(1, 127))),
        onregelmatig=draw(maybe(st.booleans())),
        kantoortijden=draw(maybe(st.booleans())),
        niveau=draw(maybe(st.integers(1, 6))),
        rijbewijzen=draw(maybe(LICENCES.map(held))),
        vervoermiddelen=draw(TRANSPORT.map(frozenset)),
        taal=draw(maybe(st.integers(1, 4))),
        contracten=draw(CONTRACTS.map(frozenset)),
        overeenkomsten=draw(AGREEMENTS.map(frozenset)),
        beschikbaar_vanaf=draw(maybe(st.integers(-50, 300).map(lambda n: TODAY + timedelta(days=n)))),
    )


@st.composite
def vragen(draw, places=PLACES) -> Vacaturevraag:
    least = draw(maybe(st.integers(1, 40)))
    return Vacaturevraag(
        peildatum=TODAY,
        werksoorten=draw(kinds()),
        ervaring_gevraagd=draw(st.booleans()),
        plek=draw(maybe(places)),
        straal=draw(maybe(st.integers(0, 80))),
        uren_min=least,
        uren_max=draw(maybe(st.integers(least or 1, 60))),
        dagen=draw(maybe(st.integers(1, 127))),
        onregelmatig=draw(maybe(st.booleans())),
        niveau=draw(maybe(st.integers(1, 6))),
        rijbewijzen=draw(LICENCES.map(frozenset)),
        vervoermiddelen=draw(TRANSPORT.map(frozenset)),
        taal=draw(maybe(st.integers(1, 4))),
        contracten=draw(CONTRACTS.map(frozenset)),
        overeenkomsten=draw(AGREEMENTS.map(frozenset)),
        begint_op=draw(maybe(st.integers(-50, 300).map(lambda n: TODAY + timedelta(days=n)))),
    )


@st.composite
def regels(draw) -> Zoekregel:
    """A row of the index, with what matching takes."""
    wanted, past = draw(kinds(5)), draw(maybe(kinds(3)))

    def fields(codes):
        return tuple(dict.fromkeys(werksoorten.WERKSOORTEN[code].werkveld for code in codes))

    least = draw(maybe(st.integers(0, 40)))
    return Zoekregel(
        profiel_id=draw(st.uuids()),
        versie=1,
        vanaf=TODAY - timedelta(days=1),
        tot=TODAY + timedelta(days=draw(st.integers(-1, 1))),
        plek=draw(st.integers(-1, 200)),
        reisafstand=draw(maybe(st.integers(0, 999))),
        vervoermiddelen=tuple(sorted(draw(TRANSPORT))),
        rijbewijzen=draw(maybe(LICENCES.map(tuple))),
        uren_min=least,
        uren_max=draw(maybe(st.integers(least or 0, 99))),
        dagen=draw(maybe(st.integers(1, 127))),
        beschikbaar_vanaf=draw(maybe(st.integers(-50, 300).map(lambda n: TODAY + timedelta(days=n)))),
        werksoorten=wanted,
        werkvelden=fields(wanted),
        niveau=draw(maybe(st.integers(1, 6))),
        ervaring=None if past is None else fields(past),
        ervaren_in=past or (),
        onregelmatig=draw(maybe(st.booleans())),
        kantoortijden=draw(maybe(st.booleans())),
        taal=draw(maybe(st.integers(1, 4))),
        contracten=tuple(draw(CONTRACTS)),
        overeenkomsten=tuple(draw(AGREEMENTS)),
    )
