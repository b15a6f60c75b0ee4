import re
from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from banenafspraak.access import bsn as bsns
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import SealError
from banenafspraak.access.permissions import Rol
from banenafspraak.register.models import Persoon
from banenafspraak.register.queries import meetpopulatie, visible_to
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.registratie import EindeReden
from tests.factories import NOW, bsn, make_actor, make_persoon, make_registratie, make_woonplaats

TODAY = date(2026, 4, 1)
LATER = NOW + timedelta(days=1)
pytestmark = pytest.mark.django_db


def seen_by(actor: Actor, *, peildatum: date = TODAY, known_at: datetime = NOW) -> set[int]:
    return {r.pk for r in visible_to(actor, peildatum=peildatum, known_at=known_at)}


@pytest.fixture
def people() -> dict[str, int]:
    """One registration in Hilversum, one elsewhere in the region, one in Amsterdam, one without a home."""
    made = {}
    for nummer, (naam, gemeente) in enumerate(
        {"hilversum": "GM0402", "laren": "GM0417", "amsterdam": "GM0363", "nergens": None}.items()
    ):
        persoon = make_persoon(nummer)
        made[naam] = make_registratie(persoon).pk
        if gemeente:
            make_woonplaats(persoon, gemeente=gemeente)
    return made


def test_forgetting_the_actor_is_an_error() -> None:
    with pytest.raises(TypeError):
        visible_to(None, peildatum=TODAY, known_at=NOW)  # type: ignore[arg-type]


def test_a_beoordelaar_sees_everybody(people) -> None:
    assert seen_by(make_actor(Rol.BEOORDELAAR, saved=False)) == set(people.values())


def test_a_bemiddelaar_of_a_region_sees_the_region(people) -> None:
    actor = make_actor(Rol.BEMIDDELAAR, regio="AM12", saved=False)
    assert seen_by(actor) == {people["hilversum"], people["laren"]}


def test_a_bemiddelaar_of_a_gemeente_sees_the_gemeente(people) -> None:
    actor = make_actor(Rol.BEMIDDELAAR, regio="AM12", gemeente="GM0402", saved=False)
    assert seen_by(actor) == {people["hilversum"]}


def test_a_bemiddelaar_without_a_place_sees_nobody(people) -> None:
    assert seen_by(make_actor(Rol.BEMIDDELAAR, saved=False)) == set()


@pytest.mark.parametrize(
    "rol", [r for r in Rol if r not in (Rol.BEOORDELAAR, Rol.BEMIDDELAAR, Rol.ANONIEM, Rol.SYSTEEM)]
)
def test_every_other_role_sees_nobody(people, rol: Rol) -> None:
    assert seen_by(make_actor(rol, regio="AM12", gemeente="GM0402", saved=False)) == set()


@pytest.mark.parametrize("actor", [Actor.anonymous(), Actor.system(doel="een test")])
def test_a_visitor_and_the_system_see_nobody(people, actor: Actor) -> None:
    assert seen_by(actor) == set()


def test_who_moved_away_is_seen_by_the_new_gemeente_from_that_day_on() -> None:
    persoon = make_persoon()
    row = make_registratie(persoon).pk
    make_woonplaats(persoon, gemeente="GM0402", tot=date(2026, 4, 1))
    make_woonplaats(persoon, gemeente="GM0363", vanaf=date(2026, 4, 1))
    hilversum = make_actor(Rol.BEMIDDELAAR, gemeente="GM0402", saved=False)
    amsterdam = make_actor(Rol.BEMIDDELAAR, gemeente="GM0363", saved=False)
    eve = date(2026, 3, 31)
    assert (seen_by(hilversum, peildatum=eve), seen_by(hilversum)) == ({row}, set())
    assert (seen_by(amsterdam, peildatum=eve), seen_by(amsterdam)) == (set(), {row})


def test_a_bemiddelaar_does_not_see_what_has_ended() -> None:
    persoon = make_persoon()
    make_registratie(persoon, tot=TODAY)
    make_woonplaats(persoon)
    actor = make_actor(Rol.BEMIDDELAAR, gemeente="GM0402", saved=False)
    assert (len(seen_by(actor, peildatum=date(2026, 3, 31))), len(seen_by(actor))) == (1, 0)


def test_nobody_sees_a_residence_that_turned_out_wrong() -> None:
    persoon = make_persoon()
    make_registratie(persoon)
    make_woonplaats(persoon, known_until=LATER)
    actor = make_actor(Rol.BEMIDDELAAR, gemeente="GM0402", saved=False)
    assert (len(seen_by(actor)), len(seen_by(actor, known_at=LATER))) == (1, 0)


@pytest.mark.parametrize("rol", [Rol.BEOORDELAAR, Rol.BEMIDDELAAR])
def test_a_list_with_its_people_is_one_query(people, rol: Rol, django_assert_num_queries) -> None:
    actor = make_actor(rol, regio="AM12", saved=False)
    with django_assert_num_queries(1):
        assert [r.persoon.geboortedatum for r in visible_to(actor, peildatum=TODAY, known_at=NOW)]


# --- the population of the counting -------------------------------------------------------------------------------


def pseudoniem(nummer: int) -> int:
    return int(bsns.meting_pseudoniemen(np.array([int(bsn(nummer).reveal())], dtype=np.uint64))[0])


def test_the_population_has_the_agreed_columns() -> None:
    persoon = make_persoon()
    make_registratie(persoon)
    make_woonplaats(persoon)
    populatie = meetpopulatie(known_at=NOW)
    assert populatie.registraties.schema == pa.schema(
        [
            ("pseudoniem", pa.int64()),
            ("grond", pa.string()),
            ("route", pa.string()),
            ("vanaf", pa.date32()),
            ("tot", pa.date32()),
            ("einde_reden", pa.string()),
        ]
    )
    assert populatie.woonplaatsen.schema == pa.schema(
        [("pseudoniem", pa.int64()), ("gemeente", pa.string()), ("vanaf", pa.date32()), ("tot", pa.date32())]
    )


def test_an_empty_register_gives_empty_tables_with_the_same_columns() -> None:
    populatie = meetpopulatie(known_at=NOW)
    assert (populatie.registraties.num_rows, populatie.woonplaatsen.num_rows) == (0, 0)
    make_woonplaats(persoon := make_persoon())
    make_registratie(persoon)
    filled = meetpopulatie(known_at=NOW)
    assert populatie.registraties.schema == filled.registraties.schema
    assert populatie.woonplaatsen.schema == filled.woonplaatsen.schema


def test_people_come_under_their_pseudonym_with_what_is_known() -> None:
    persoon = make_persoon(3)
    make_registratie(persoon, tot=date(2020, 1, 1), einde_reden=EindeReden.OVERIG)
    make_registratie(persoon, grond=Grond.WSW, route=Route.WSW_DETACHERING)
    make_woonplaats(persoon)
    populatie = meetpopulatie(known_at=NOW)
    assert populatie.registraties.to_pylist() == [
        {
            "pseudoniem": pseudoniem(3),
            "grond": grond,
            "route": route,
            "vanaf": date(2015, 1, 1),
            "tot": tot,
            "einde_reden": reden,
        }
        for grond, route, tot, reden in [
            ("wajong", "wajong_2015", date(2020, 1, 1), "overig"),
            ("wsw", "wsw_detachering", None, None),
        ]
    ]
    assert populatie.woonplaatsen.to_pylist() == [
        {"pseudoniem": pseudoniem(3), "gemeente": "GM0402", "vanaf": date(2015, 1, 1), "tot": None}
    ]


def test_who_was_never_registered_is_not_in_the_population() -> None:
    make_woonplaats(make_persoon())
    populatie = meetpopulatie(known_at=NOW)
    assert (populatie.registraties.num_rows, populatie.woonplaatsen.num_rows) == (0, 0)


def test_the_population_is_what_was_known_at_the_moment() -> None:
    persoon = make_persoon()
    make_registratie(persoon, known_until=LATER)
    make_registratie(persoon, grond=Grond.WSW, known_from=LATER)
    assert meetpopulatie(known_at=NOW).registraties["grond"].to_pylist() == ["wajong"]
    assert meetpopulatie(known_at=LATER).registraties["grond"].to_pylist() == ["wsw"]


def test_the_order_does_not_depend_on_the_order_of_entry() -> None:
    def fill(numbers: list[int]) -> list[dict]:
        for nummer in numbers:
            persoon = make_persoon(nummer)
            make_registratie(persoon, vanaf=date(2016, 1, 1), tot=date(2017, 1, 1))
            make_registratie(persoon, grond=Grond.WSW, vanaf=date(2015, 1, 1))
            make_woonplaats(persoon)
        populatie = meetpopulatie(known_at=NOW)
        rows = populatie.registraties.to_pylist() + populatie.woonplaatsen.to_pylist()
        for persoon in Persoon.objects.all():
            persoon.registraties.all().delete()
            persoon.woonplaatsen.all().delete()
            persoon.delete()
        return rows

    assert fill([0, 1, 2, 3]) == fill([3, 1, 0, 2])


def test_more_people_than_one_chunk_keep_their_own_pseudonym(monkeypatch) -> None:
    monkeypatch.setattr("banenafspraak.register.queries._CHUNK", 2)
    for nummer in range(5):
        make_registratie(make_persoon(nummer), vanaf=date(2015, 1, 1 + nummer))
    rows = meetpopulatie(known_at=NOW).registraties.to_pylist()
    assert {row["pseudoniem"]: row["vanaf"].day for row in rows} == {pseudoniem(n): 1 + n for n in range(5)}


def test_the_population_holds_no_bsn_and_no_id_of_the_register() -> None:
    persoon = make_persoon(4)
    make_registratie(persoon)
    make_woonplaats(persoon)
    populatie = meetpopulatie(known_at=NOW)
    text = str(populatie.registraties.to_pydict()) + str(populatie.woonplaatsen.to_pydict())
    assert bsn(4).reveal() not in text
    assert str(persoon.pk) not in text
    assert not re.search(r"\b9999\d{5}\b", text)


def test_the_population_costs_a_fixed_number_of_queries(django_assert_max_num_queries) -> None:
    for nummer in range(20):
        make_registratie(make_persoon(nummer))
    with django_assert_max_num_queries(8):
        meetpopulatie(known_at=NOW)


def test_a_number_sealed_for_another_row_stops_the_counting() -> None:
    make_registratie(make_persoon(0))
    Persoon.objects.update(bsn_verzegeld=bsns.seal(bsn(0), context="elders"))
    with pytest.raises(SealError):
        meetpopulatie(known_at=NOW)


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        meetpopulatie(known_at=datetime(2026, 4, 1))  # noqa: DTZ001
