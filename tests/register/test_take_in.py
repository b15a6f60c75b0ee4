from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st

from banenafspraak.access import bsn as bsns
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.access.permissions import ROLLEN, Permission, Rol
from banenafspraak.register.inlezing import MAX_FOUTEN
from banenafspraak.register.models import Persoon, Registerlevering, Registratie, Woonplaats, bsn_context
from banenafspraak.register.records import Inlezing, Record, Regelfout, Telling
from banenafspraak.register.registraties import take_in
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.registratie import EindeReden
from tests.factories import (
    NOW,
    bsn,
    make_actor,
    make_persoon,
    make_registratie,
    persoon_record,
    registratie_record,
    sha256,
    undone,
    woonplaats_record,
)

LATER = NOW + timedelta(days=1)
SYSTEM = Actor.system(doel="een test")
pytestmark = pytest.mark.django_db


def deliver(
    *records: Record | Regelfout, now: datetime = NOW, name: str | None = None, proef: bool = False
) -> Inlezing:
    levering = sha256(name if name is not None else repr(records) + str(now))
    return take_in(records, actor=SYSTEM, levering=levering, bestandsnaam="levering.csv", now=now, proef=proef)


def whole(nummer: int = 0, *, regel: int = 2, **fields) -> tuple[Record, ...]:
    """A person with one registration and one residence."""
    return (
        persoon_record(nummer, regel=regel),
        registratie_record(nummer, regel=regel + 1, **fields),
        woonplaats_record(nummer, regel=regel + 2),
    )


def known(at: datetime = LATER + timedelta(days=900)) -> list[tuple]:
    rows = Registratie.objects.filter(bekend__contains=at)
    return sorted((r.grond, r.route, r.geldig.lower, r.geldig.upper, r.einde_reden) for r in rows)


def faults(inlezing: Inlezing) -> list[tuple[int, str]]:
    return [(fout.regel, fout.melding) for fout in inlezing.fouten]


def everything() -> list:
    tables = (Persoon, Registratie, Woonplaats, Registerlevering, Logregel)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_a_new_person_comes_in_with_all_that_is_said() -> None:
    inlezing = deliver(*whole())
    assert inlezing.aantallen == {
        Telling.PERSONEN: 1,
        Telling.PERSONEN_NIEUW: 1,
        Telling.PERSONEN_GEWIJZIGD: 0,
        Telling.REGISTRATIES: 1,
        Telling.REGISTRATIES_NIEUW: 1,
        Telling.REGISTRATIES_VERVALLEN: 0,
        Telling.WOONPLAATSEN: 1,
        Telling.WOONPLAATSEN_NIEUW: 1,
        Telling.WOONPLAATSEN_VERVALLEN: 0,
    }
    assert known() == [("wajong", "wajong_2015", date(2015, 1, 1), None, "")]
    assert Woonplaats.objects.get().gemeente_id == "GM0402"


def test_the_sealed_number_opens_in_its_own_row_only() -> None:
    deliver(*whole(0), *whole(1, regel=5))
    people = {bsns.unseal(p.bsn_verzegeld, context=bsn_context(p.pk)): p for p in Persoon.objects.all()}
    assert set(people) == {bsn(0).reveal(), bsn(1).reveal()}
    assert bytes(people[bsn(0).reveal()].bsn_index) == bsns.index(bsn(0), doel="register")


def test_a_registration_remembers_its_delivery() -> None:
    deliver(*whole(), name="a")
    assert Registratie.objects.get().levering == Registerlevering.objects.get().sha256 == sha256("a")


def test_the_same_file_again_changes_nothing() -> None:
    deliver(*whole(), name="a")
    before = everything()
    again = deliver(*whole(), name="a", now=LATER)
    assert again.al_ingelezen
    assert not again.changed
    assert everything() == before


def test_the_same_content_in_another_file_changes_no_row() -> None:
    deliver(*whole(), name="a")
    before = everything()[:3]
    again = deliver(*reversed(whole()), name="b", now=LATER)
    assert (again.al_ingelezen, again.changed) == (False, False)
    assert everything()[:3] == before


def test_only_what_differs_is_replaced() -> None:
    wsw = registratie_record(0, regel=9, grond=Grond.WSW, route=Route.WSW_DETACHERING)
    deliver(*whole(), wsw)
    kept = Registratie.objects.get(grond="wsw").pk
    ended = registratie_record(0, tot=date(2020, 1, 1), einde_reden=EindeReden.OVERIG)
    inlezing = deliver(persoon_record(), ended, wsw, woonplaats_record(), now=LATER)
    assert inlezing.aantallen[Telling.REGISTRATIES_NIEUW] == inlezing.aantallen[Telling.REGISTRATIES_VERVALLEN] == 1
    assert known(NOW) == [
        ("wajong", "wajong_2015", date(2015, 1, 1), None, ""),
        ("wsw", "wsw_detachering", date(2015, 1, 1), None, ""),
    ]
    assert known() == [
        ("wajong", "wajong_2015", date(2015, 1, 1), date(2020, 1, 1), "overig"),
        ("wsw", "wsw_detachering", date(2015, 1, 1), None, ""),
    ]
    assert Registratie.objects.get(grond="wsw", bekend__contains=LATER).pk == kept


def test_what_a_delivery_no_longer_says_is_no_longer_known() -> None:
    deliver(*whole())
    inlezing = deliver(persoon_record(), now=LATER)
    assert inlezing.aantallen[Telling.REGISTRATIES_VERVALLEN] == inlezing.aantallen[Telling.WOONPLAATSEN_VERVALLEN] == 1
    assert (known(), len(known(NOW))) == ([], 1)


def test_who_is_not_named_stays_as_they_are() -> None:
    deliver(*whole(0), *whole(1, regel=5))
    bystander = Registratie.objects.exclude(persoon__bsn_index=bsns.index(bsn(0), doel="register")).values().get()
    deliver(persoon_record(0), now=LATER)
    assert Registratie.objects.filter(pk=bystander["id"]).values().get() == bystander


def test_a_corrected_date_of_birth_is_taken_over() -> None:
    deliver(*whole())
    inlezing = deliver(
        persoon_record(geboortedatum=date(1991, 1, 1)), registratie_record(), woonplaats_record(), now=LATER
    )
    assert inlezing.aantallen[Telling.PERSONEN_GEWIJZIGD] == 1
    assert Persoon.objects.get().geboortedatum == date(1991, 1, 1)


def test_a_registration_entered_by_hand_is_replaced_by_the_delivery() -> None:
    make_registratie(make_persoon(0), grond=Grond.WSW, route=Route.WSW_DETACHERING)
    deliver(*whole(), now=LATER)
    assert [row[0] for row in known()] == ["wajong"]


def test_a_try_says_what_would_change_and_changes_nothing() -> None:
    deliver(*whole())
    before = everything()
    changed = registratie_record(tot=date(2020, 1, 1))
    tried = deliver(persoon_record(), changed, woonplaats_record(), *whole(1, regel=5), now=LATER, name="b", proef=True)
    assert everything() == before
    done = deliver(persoon_record(), changed, woonplaats_record(), *whole(1, regel=5), now=LATER, name="b")
    assert (tried.proef, tried.aantallen) == (True, done.aantallen)


def test_two_tries_and_a_real_one_fit_in_one_transaction() -> None:
    assert [deliver(*whole(), name="a", proef=p).changed for p in (True, True, False)] == [True] * 3


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        (
            [*whole(), persoon_record(0, regel=9)],
            [(9, "Deze persoon staat al op regel 2.")],
        ),
        (
            [registratie_record(0, regel=2)],
            [(2, "Bij deze regel hoort geen regel van de soort persoon.")],
        ),
        (
            [*whole(), registratie_record(0, regel=9, vanaf=date(2019, 1, 1))],
            [(9, "Deze registratie valt samen met de registratie op regel 3, op dezelfde grond.")],
        ),
        (
            [*whole(), woonplaats_record(0, regel=9, gemeente="GM0363", vanaf=date(2019, 1, 1))],
            [(9, "Deze woonplaats valt samen met de woonplaats op regel 4.")],
        ),
        (
            [persoon_record(), registratie_record(vanaf=date(1990, 4, 30))],
            [(3, "geldig_vanaf ligt voor de geboortedatum op regel 2.")],
        ),
        (
            [persoon_record(overleden_op=date(2016, 1, 1)), registratie_record(vanaf=date(2016, 1, 2))],
            [(3, "geldig_vanaf ligt na de overlijdensdatum op regel 2.")],
        ),
        (
            [persoon_record(overleden_op=date(2016, 1, 1)), registratie_record()],
            [(3, "Deze registratie loopt door na de overlijdensdatum op regel 2.")],
        ),
        (
            [persoon_record(overleden_op=date(2016, 1, 1)), registratie_record(tot=date(2016, 1, 3))],
            [(3, "Deze registratie loopt door na de overlijdensdatum op regel 2.")],
        ),
        (
            [persoon_record(), registratie_record(tot=date(2015, 1, 1))],
            [(3, "geldig_tot ligt niet na geldig_vanaf.")],
        ),
        (
            [persoon_record(), registratie_record(grond=Grond.GEEN)],
            [(3, "Wie op geen enkele grond bij de doelgroep hoort, staat niet in het register.")],
        ),
        (
            [persoon_record(), registratie_record(einde_reden=EindeReden.AOW)],
            [(3, "Er staat wel een reden van einde, maar geen geldig_tot.")],
        ),
        (
            [persoon_record(), woonplaats_record(gemeente="GM9999")],
            [(4, "Deze gemeente is niet bekend.")],
        ),
        (
            [persoon_record(), woonplaats_record(gemeente="GM0457", vanaf=date(2022, 3, 24))],
            [(4, "Deze gemeente bestond niet op de dag van geldig_vanaf.")],
        ),
        (
            [persoon_record(geboortedatum=date(2026, 4, 2))],
            [(2, "De geboortedatum of de overlijdensdatum ligt in de toekomst.")],
        ),
        (
            [persoon_record(overleden_op=date(2026, 4, 2))],
            [(2, "De geboortedatum of de overlijdensdatum ligt in de toekomst.")],
        ),
        (
            [persoon_record(overleden_op=date(1990, 4, 30))],
            [(2, "De overlijdensdatum ligt voor de geboortedatum.")],
        ),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_its_line_and_its_cure(records, expected) -> None:
    before = everything()
    inlezing = deliver(*records)
    assert faults(inlezing) == expected
    assert all(fout.herstel.endswith(".") for fout in inlezing.fouten)
    assert inlezing.fouten_totaal == len(expected)
    assert everything() == before


@pytest.mark.parametrize(
    "records",
    [
        [persoon_record(overleden_op=date(2016, 1, 1)), registratie_record(tot=date(2016, 1, 1))],
        [persoon_record(overleden_op=date(2016, 1, 1)), registratie_record(tot=date(2016, 1, 2))],
        [
            persoon_record(overleden_op=date(2016, 1, 1)),
            registratie_record(vanaf=date(2016, 1, 1), tot=date(2016, 1, 2)),
        ],
        [persoon_record(overleden_op=date(2016, 1, 1)), woonplaats_record(vanaf=date(2016, 1, 1))],
        [persoon_record(geboortedatum=date(2015, 1, 1)), registratie_record()],
        [persoon_record(overleden_op=date(2026, 4, 1))],
        [persoon_record(), woonplaats_record(gemeente="GM0457", vanaf=date(2022, 3, 23))],
        [
            persoon_record(),
            registratie_record(tot=date(2019, 1, 1)),
            registratie_record(regel=9, vanaf=date(2019, 1, 1)),
        ],
        [persoon_record(), registratie_record(), registratie_record(regel=9, grond=Grond.WSW)],
        [persoon_record(), registratie_record(tot=date(2015, 1, 2))],
        [persoon_record(), registratie_record(vanaf=date(2030, 1, 1))],
        [woonplaats_record(regel=2), registratie_record(regel=3), persoon_record(regel=4)],
    ],
)
def test_a_line_that_nearly_cannot_be_is_taken_in(records) -> None:
    assert deliver(*records).fouten == ()


def test_an_overlap_with_an_earlier_line_than_the_one_before_is_seen() -> None:
    long, short = registratie_record(regel=3), registratie_record(regel=4, vanaf=date(2016, 1, 1), tot=date(2016, 2, 1))
    third = registratie_record(regel=5, vanaf=date(2018, 1, 1))
    assert [regel for regel, _ in faults(deliver(persoon_record(), long, short, third))] == [4, 5]
    assert "regel 3" in faults(deliver(persoon_record(), long, short, third))[1][1]


def test_one_wrong_line_stops_the_whole_delivery() -> None:
    before = everything()
    inlezing = deliver(*whole(0), *whole(1, regel=5), Regelfout(9, "Kapot.", "Maak het heel."))
    assert faults(inlezing) == [(9, "Kapot.")]
    assert everything() == before


def test_an_unreadable_person_line_is_not_blamed_on_the_others() -> None:
    inlezing = deliver(Regelfout(2, "Kapot.", "Maak het heel."), registratie_record(0, regel=3))
    assert faults(inlezing) == [(2, "Kapot.")]


def test_the_first_hundred_errors_are_shown_and_all_are_counted() -> None:
    broken = [Regelfout(regel, "Kapot.", "Maak het heel.") for regel in range(500, 100, -2)]
    double = [persoon_record(0, regel=regel) for regel in range(101, 401, 2)]
    inlezing = deliver(*broken, *double)
    assert inlezing.fouten_totaal == 200 + 149
    assert [fout.regel for fout in inlezing.fouten] == sorted([*range(102, 501, 2), *range(103, 401, 2)])[:MAX_FOUTEN]


def test_a_number_that_could_be_real_stays_out_where_it_is_not_productie(settings) -> None:
    settings.OMGEVING = "ontwikkeling"
    real = bsns.Bsn.parse(next(text for n in range(100_000_000, 100_000_100) if bsns.is_valid(text := str(n))))
    record = persoon_record()
    object.__setattr__(record, "bsn", real)
    inlezing = deliver(record)
    assert faults(inlezing) == [(2, "Dit BSN kan van een echt mens zijn, en dit is geen productie.")]
    assert real.reveal() not in repr(inlezing)


def test_every_person_who_changes_gets_one_row_in_the_log() -> None:
    deliver(*whole(0), *whole(1, regel=5))
    before = Logregel.objects.count()
    deliver(*whole(0), persoon_record(1, regel=5), name="b", now=LATER)
    rows = Logregel.objects.order_by("pk")[before:]
    assert [row.handeling for row in rows] == ["registerlevering ingelezen", "registratie bijgewerkt uit levering"]
    changed = Verwerking.objects.get(parent_operation_id=rows[1].operation_id)
    assert bytes(changed.betrokkene_index) == bsns.index(bsn(1), doel="audit")
    assert {row.onderwerp for row in rows} == {sha256("b")}
    assert rows[0].details["registraties_vervallen"] == 1


@pytest.mark.parametrize("rol", [r for r in Rol if Permission.REGISTER_IMPORT not in ROLLEN[r].permissions])
def test_only_who_may_takes_in_a_delivery(rol: Rol) -> None:
    actor = Actor.anonymous() if rol is Rol.ANONIEM else make_actor(rol, saved=False)
    with pytest.raises(PermissionDenied):
        take_in(whole(), actor=actor, levering=sha256("a"), now=NOW)


def test_what_goes_wrong_while_reading_undoes_everything() -> None:
    def records():
        yield from whole()
        raise RuntimeError("de schijf is stuk")

    with pytest.raises(RuntimeError):
        take_in(records(), actor=SYSTEM, levering=sha256("a"), now=NOW)
    assert everything() == [[]] * 5


@pytest.mark.parametrize("now", [NOW, NOW - timedelta(days=1)])
def test_history_is_not_rewritten(now: datetime) -> None:
    deliver(*whole())
    before = everything()
    with pytest.raises(ValueError, match="later than the last change"):
        deliver(persoon_record(), now=now, name="b")
    assert everything() == before


def test_a_moment_without_time_zone_is_refused() -> None:
    for proef in (True, False):
        with pytest.raises(ValueError, match="time zone"):
            deliver(*whole(), now=datetime(2026, 1, 1), proef=proef)  # noqa: DTZ001


def test_an_empty_delivery_changes_nobody() -> None:
    assert not deliver().changed


def test_the_steps_are_named() -> None:
    steps: list[str] = []
    take_in(whole(), actor=SYSTEM, levering=sha256("a"), now=NOW, progress=steps.append)
    assert steps == [
        "regels lezen",
        "regels met elkaar vergelijken",
        "vergelijken met het register",
        "opslaan",
    ]


# --- whatever is delivered, twice is once -------------------------------------------------------------------------

YEARS = st.integers(2014, 2025)


@st.composite
def deliveries(draw) -> list[Record]:
    """Up to three people with up to three registrations each, one a year at most for each ground."""
    records: list[Record] = []
    regel = 1
    for nummer in draw(st.sets(st.integers(0, 2), min_size=1)):
        records.append(persoon_record(nummer, regel=(regel := regel + 1)))
        pairs = st.sets(st.tuples(st.sampled_from([Grond.WAJONG, Grond.WSW]), YEARS), max_size=3)
        for grond, year in sorted(draw(pairs)):
            tot = date(year + 1, 1, 1)
            route = draw(st.sampled_from([Route.WAJONG_2015, Route.WSW_DETACHERING]))
            records.append(
                registratie_record(
                    nummer, regel=(regel := regel + 1), grond=grond, route=route, vanaf=date(year, 1, 1), tot=tot
                )
            )
        for year in sorted(draw(st.sets(YEARS, max_size=2))):
            records.append(
                woonplaats_record(nummer, regel=(regel := regel + 1), vanaf=date(year, 1, 1), tot=date(year + 1, 1, 1))
            )
    return draw(st.permutations(records))


def told(records: list[Record]) -> list[tuple]:
    return sorted(
        (bsns.index(r.bsn, doel="register"), r.grond.value, r.route.value, r.vanaf, r.tot)
        for r in records
        if hasattr(r, "grond")
    )


@given(first=deliveries(), second=deliveries())
@settings(max_examples=20, deadline=None)
def test_the_register_says_of_each_person_what_the_last_delivery_said(first, second) -> None:
    with undone():
        deliver(*first, name="1")
        deliver(*second, name="2", now=LATER)
        before = everything()[:3]
        assert not deliver(*second, name="3", now=LATER + timedelta(days=1)).changed
        assert everything()[:3] == before
        named = {bsns.index(r.bsn, doel="register") for r in second}
        expected = told(second) + [row for row in told(first) if row[0] not in named]
        rows = Registratie.objects.filter(bekend__contains=LATER + timedelta(days=2)).select_related("persoon")
        assert sorted(
            (bytes(r.persoon.bsn_index), r.grond, r.route, r.geldig.lower, r.geldig.upper) for r in rows
        ) == sorted(expected)
