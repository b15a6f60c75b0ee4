"""Filling in a klantprofiel, opening it to employers and taking it back; who may see it; how it lies in the table."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.utils import DatabaseError
from hypothesis import given, settings
from hypothesis import strategies as st

from banenafspraak.access import database, logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel
from banenafspraak.access.permissions import Rol
from banenafspraak.bemiddeling import profielen
from banenafspraak.bemiddeling.models import Klantprofiel
from banenafspraak.bemiddeling.profielcontrole import fouten_in
from banenafspraak.bemiddeling.profielen import LEVENSLOOP, Profielhandeling
from banenafspraak.bemiddeling.profielrecord import (
    STAPPEN,
    Contact,
    Cursus,
    Dag,
    EisAanWerk,
    Opleiding,
    ProfielRecord,
    Stap,
    Taalbeheersing,
    Werkervaring,
)
from banenafspraak.bemiddeling.profielwoorden import NietOpenbaarReden, Profielstatus
from banenafspraak.register.overgangen import NietMogelijk, Overtaken
from tests.factories import (
    NOW,
    make_actor,
    make_burger,
    make_college,
    make_kandidaat,
    make_klantprofiel,
    make_persoon,
    make_werkgever,
    profiel_record,
    undone,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 1)
SECRET = "Ik heb epilepsie en werk daarom niet op een ladder."
WHOLE = profiel_record(
    vervoermiddelen=(3, 5),
    rijbewijzen=("AM", "B"),
    aantal_werkuren_per_week_minimaal=12,
    werkdagen=Dag.MAANDAG | Dag.DINSDAG,
    indicatie_kantoortijden=True,
    datum_aanvang_beschikbaar_voor_werk=date(2026, 5, 1),
    typen_arbeidscontract=("B",),
    typen_overeenkomst=("01", "04"),
    sectoren=(1, 99999),
    interesses=("Buiten zijn",),
    competenties=("https://voorbeeld.nl/competentie/1",),
    opleidingen=(
        Opleiding(code_niveau_opleiding=2, naam_opleiding="Groen", datum_diploma=date(2010, 7, 1)),
        Opleiding(naam_opleidingsinstituut="Praktijkschool De Linde", toelichting=SECRET),
    ),
    cursussen=(Cursus("Heftruck", True, date(2020, 1, 1), "ROC", "in de avond"),),
    werkervaringen=(Werkervaring("tuinman", naam_organisatie="Hoveniersbedrijf Bos", datum_aanvang=date(2019, 1, 1)),),
    taalbeheersing=(Taalbeheersing("nld", 3, 2, 2, 4),),
    eis_aan_werk=EisAanWerk(True, False, None, SECRET),
    persoonlijke_presentatie="Ik ben graag buiten.",
)


@pytest.fixture
def kandidaat():
    return make_kandidaat(0)


@pytest.fixture
def burger() -> Actor:
    return make_burger(0)


@pytest.fixture
def hilversum() -> Actor:
    return make_college("GM0402")


def save(actor: Actor, persoon, stap: Stap = Stap.WERK, versie: int = 0, now=NOW, **antwoorden):
    return profielen.save_stap(
        actor=actor, persoon_id=persoon.pk, stap=stap, antwoorden=antwoorden, versie=versie, now=now
    )


def seen(actor: Actor) -> list[Klantprofiel]:
    return list(profielen.visible_to(actor, peildatum=TODAY, known_at=NOW))


# --- a record and its row ---------------------------------------------------------------------------------------


def test_a_whole_record_comes_back_as_it_was(kandidaat) -> None:
    profiel = make_klantprofiel(kandidaat, WHOLE)

    assert profielen.record_of(Klantprofiel.objects.get(pk=profiel.pk)) == WHOLE


def test_an_empty_record_comes_back_empty(kandidaat) -> None:
    profiel = make_klantprofiel(kandidaat, ProfielRecord())

    assert profielen.record_of(Klantprofiel.objects.get(pk=profiel.pk)) == ProfielRecord()


def test_what_is_sealed_stands_nowhere_in_plain(kandidaat) -> None:
    make_klantprofiel(kandidaat, WHOLE)

    with connection.cursor() as cursor:
        cursor.execute("SELECT k::text FROM bemiddeling_klantprofiel AS k")
        row = cursor.fetchone()[0]
    hidden = [SECRET, "De Linde", "Hoveniersbedrijf Bos", "Ik ben graag buiten", "Alice Jansen", "alice@test.invalid"]
    assert [text for text in hidden if text in row or text.encode().hex() in row] == []


def test_what_lies_open_is_the_record_without_what_is_sealed(kandidaat) -> None:
    shown = profielen.shown_record_of(make_klantprofiel(kandidaat, WHOLE))

    assert (shown.eis_aan_werk, shown.contact, shown.persoonlijke_presentatie) == (EisAanWerk(), Contact(), "")
    assert SECRET not in repr(shown)
    assert shown.werksoorten == WHOLE.werksoorten


def test_a_sealed_column_of_another_profile_does_not_open(kandidaat) -> None:
    one, other = make_klantprofiel(kandidaat, WHOLE), make_klantprofiel(make_kandidaat(1), WHOLE)
    other.eis_aan_werk_verzegeld = one.eis_aan_werk_verzegeld

    with pytest.raises(Exception, match="another row"):
        profielen.record_of(other)


# --- filling in -------------------------------------------------------------------------------------------------


def test_the_first_step_makes_the_profile_and_is_dated(burger: Actor, kandidaat) -> None:
    profiel = save(burger, kandidaat, werksoorten=("tuinman",))

    assert (profiel.status, profiel.versie, profiel.werksoorten) == ("concept", 1, ["tuinman"])
    assert (profiel.beantwoord, profiel.beantwoord_door) == ({"werk": "2026-04-01"}, {"werk": "burger"})
    assert profiel.score == 20


def test_another_step_leaves_the_first_alone(burger: Actor, kandidaat) -> None:
    save(burger, kandidaat, werksoorten=("tuinman",))

    profiel = save(burger, kandidaat, Stap.RIJBEWIJS, 1, NOW + timedelta(days=3), rijbewijzen=())

    assert profiel.werksoorten == ["tuinman"]
    assert profiel.beantwoord == {"werk": "2026-04-01", "rijbewijs": "2026-04-04"}


def test_available_is_confirmed_on_the_day_it_is_said(hilversum: Actor, kandidaat) -> None:
    profiel = save(hilversum, kandidaat, Stap.BESCHIKBAAR, beschikbaar=True)

    assert profiel.beschikbaar_bevestigd_op == TODAY


def test_an_answer_that_is_taken_back_loses_its_date(burger: Actor, kandidaat) -> None:
    save(burger, kandidaat, Stap.BESCHIKBAAR, beschikbaar=True)

    profiel = save(burger, kandidaat, Stap.BESCHIKBAAR, 1, beschikbaar=None)

    assert (profiel.beantwoord, profiel.beschikbaar_bevestigd_op, profiel.score) == ({}, None, 0)


def test_sending_a_step_twice_changes_nothing_twice(burger: Actor, kandidaat) -> None:
    save(burger, kandidaat, werksoorten=("tuinman",))

    profiel = save(burger, kandidaat, werksoorten=("tuinman",))

    assert profiel.versie == 1
    assert Logregel.objects.filter(handeling="klantprofiel ingevuld").count() == 1


def test_the_same_answer_on_another_day_is_dated_anew(burger: Actor, kandidaat) -> None:
    save(burger, kandidaat, Stap.BESCHIKBAAR, beschikbaar=True)

    profiel = save(burger, kandidaat, Stap.BESCHIKBAAR, 1, NOW + timedelta(days=40), beschikbaar=True)

    assert profiel.beschikbaar_bevestigd_op == date(2026, 5, 11)


def test_who_read_an_older_version_does_not_overwrite(burger: Actor, hilversum: Actor, kandidaat) -> None:
    save(burger, kandidaat, werksoorten=("tuinman",))
    save(hilversum, kandidaat, Stap.UREN, 1, aantal_werkuren_per_week_maximaal=20)

    with pytest.raises(Overtaken, match="intussen veranderd"):
        save(burger, kandidaat, versie=1, werksoorten=("kok",))

    assert Klantprofiel.objects.get().werksoorten == ["tuinman"]


def test_a_field_of_another_step_is_refused(burger: Actor, kandidaat) -> None:
    with pytest.raises(ValueError, match="do not belong"):
        save(burger, kandidaat, Stap.WERK, beschikbaar=True)


def test_a_wrong_answer_is_refused_by_field_and_nothing_is_stored(burger: Actor, kandidaat) -> None:
    with pytest.raises(ValidationError) as refused:
        save(burger, kandidaat, Stap.REIZEN, bemiddelingspostcode="0000")

    assert refused.value.message_dict == {"bemiddelingspostcode": ["Vul een postcode in, zoals 1211 AB."]}
    assert not Klantprofiel.objects.exists()


@pytest.mark.parametrize("rol", [rol for rol in Rol if rol not in (Rol.BEMIDDELAAR, Rol.BURGER, Rol.ANONIEM)])
def test_no_other_role_fills_in(rol: Rol, kandidaat) -> None:
    actor = Actor.system(doel="test") if rol is Rol.SYSTEEM else make_actor(rol)

    with pytest.raises(PermissionDenied):
        save(actor, kandidaat, werksoorten=("tuinman",))


def test_nobody_fills_in_for_a_person_of_somebody_else(kandidaat) -> None:
    for actor in (make_burger(1), make_college("GM0687"), make_actor(Rol.BEMIDDELAAR)):
        with pytest.raises(PermissionDenied):
            save(actor, kandidaat, werksoorten=("tuinman",))


def test_who_is_not_in_the_register_has_no_profile(burger: Actor) -> None:
    persoon = make_persoon(0)

    with pytest.raises(PermissionDenied):
        save(burger, persoon, werksoorten=("tuinman",))


def test_what_is_written_is_in_no_log(burger: Actor, kandidaat) -> None:
    save(burger, kandidaat, Stap.NODIG, eis_aan_werk=EisAanWerk(True, toelichting=SECRET))

    assert SECRET not in str(list(Logregel.objects.values()))


def test_what_a_bemiddelaar_does_shows_to_the_person_and_the_own_work_does_not(
    burger: Actor, hilversum: Actor, kandidaat
) -> None:
    save(burger, kandidaat, werksoorten=("tuinman",))
    save(hilversum, kandidaat, Stap.UREN, 1, aantal_werkuren_per_week_maximaal=20)
    profielen.look_at(actor=hilversum, persoon_id=kandidaat.pk, now=NOW)

    assert sorted(blik.handeling for blik in logboek.looks_at(burger)) == [
        "klantprofiel bekeken",
        "klantprofiel ingevuld",
    ]


# --- who may see ------------------------------------------------------------------------------------------------


def test_the_person_and_the_own_bemiddelaar_see_it_and_nobody_else(burger: Actor, hilversum: Actor, kandidaat) -> None:
    profiel = make_klantprofiel(kandidaat)

    region = replace(make_actor(Rol.BEMIDDELAAR), regio="AM12")
    others = [make_burger(1), make_college("GM0687"), replace(region, regio="AM24"), make_werkgever()]
    assert [seen(actor) for actor in (burger, hilversum, region)] == [[profiel]] * 3
    assert [seen(actor) for actor in [*others, Actor.anonymous(), make_actor(Rol.BEOORDELAAR)]] == [[]] * 6


def test_forgetting_the_actor_is_never_seeing_everything() -> None:
    with pytest.raises(TypeError):
        profielen.visible_to(None, peildatum=TODAY, known_at=NOW)  # type: ignore[arg-type]


def test_the_roles_of_postgresql_hold_the_same_line(kandidaat) -> None:
    make_klantprofiel(kandidaat)
    shown = []
    for actor in (make_burger(0), make_burger(1), make_college("GM0402"), make_college("GM0687")):
        with transaction.atomic(), database.acting(actor):
            shown.append(Klantprofiel.objects.count())
    assert shown == [1, 0, 1, 0]
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        database.acting(make_werkgever()),
    ):
        Klantprofiel.objects.count()


def test_the_whole_life_runs_under_the_roles_of_postgresql(burger: Actor, hilversum: Actor, kandidaat) -> None:
    for actor, versie, stap in ((burger, 0, Stap.WERK), (hilversum, 1, Stap.WERK)):
        with transaction.atomic(), database.acting(actor):
            save(actor, kandidaat, stap, versie, werksoorten=("kok",) if versie else ("tuinman",))
    with transaction.atomic(), database.acting(hilversum):
        profielen.publish(actor=hilversum, persoon_id=kandidaat.pk, now=NOW)
    with transaction.atomic(), database.acting(burger):
        profielen.withdraw(actor=burger, persoon_id=kandidaat.pk, now=NOW)

    assert Klantprofiel.objects.get().niet_openbaar_reden == "toestemming_ingetrokken"


# --- open to employers, or not ----------------------------------------------------------------------------------


def status() -> tuple[str, str]:
    profiel = Klantprofiel.objects.get()
    return profiel.status, profiel.niet_openbaar_reden


def test_publishing_twice_is_once(burger: Actor, kandidaat) -> None:
    make_klantprofiel(kandidaat, status="concept")

    for _ in range(2):
        profielen.publish(actor=burger, persoon_id=kandidaat.pk, now=NOW)

    assert status() == ("openbaar", "")
    assert Logregel.objects.filter(handeling="klantprofiel gepubliceerd").count() == 1


def test_without_a_profile_there_is_nothing_to_publish(burger: Actor, kandidaat) -> None:
    with pytest.raises(NietMogelijk, match="nog geen profiel"):
        profielen.publish(actor=burger, persoon_id=kandidaat.pk, now=NOW)


def test_a_bemiddelaar_says_why_somebody_cannot_be_found_also_without_a_profile(hilversum: Actor, kandidaat) -> None:
    profielen.hide(actor=hilversum, persoon_id=kandidaat.pk, reden=NietOpenbaarReden.WERKT_AL, now=NOW)

    assert status() == ("niet_openbaar", "werkt_al")


def test_what_the_person_took_away_only_the_person_opens_again(burger: Actor, hilversum: Actor, kandidaat) -> None:
    make_klantprofiel(kandidaat)
    profielen.withdraw(actor=burger, persoon_id=kandidaat.pk, now=NOW)

    with pytest.raises(NietMogelijk, match="zelf weggehaald"):
        profielen.publish(actor=hilversum, persoon_id=kandidaat.pk, now=NOW)
    with pytest.raises(NietMogelijk, match="zelf weggehaald"):
        profielen.hide(actor=hilversum, persoon_id=kandidaat.pk, reden=NietOpenbaarReden.ANDERS, now=NOW)
    profielen.publish(actor=burger, persoon_id=kandidaat.pk, now=NOW)

    assert status() == ("openbaar", "")


def test_a_bemiddelaar_does_not_take_back_for_somebody(hilversum: Actor, kandidaat) -> None:
    make_klantprofiel(kandidaat)

    with pytest.raises(PermissionDenied):
        profielen.withdraw(actor=hilversum, persoon_id=kandidaat.pk, now=NOW)


def test_the_person_can_take_away_what_a_bemiddelaar_hid_for_a_while(
    burger: Actor, hilversum: Actor, kandidaat
) -> None:
    make_klantprofiel(kandidaat, status="niet_openbaar", reden="volgt_traject")

    profielen.withdraw(actor=burger, persoon_id=kandidaat.pk, now=NOW)

    assert status() == ("niet_openbaar", "toestemming_ingetrokken")
    assert profielen.possible(hilversum, Klantprofiel.objects.get()) == frozenset()


_STEPS = st.lists(
    st.tuples(st.sampled_from(["burger", "hilversum"]), st.sampled_from(Profielhandeling)), min_size=1, max_size=8
)


@settings(max_examples=40, deadline=None)
@given(_STEPS)
def test_no_order_of_actions_opens_what_the_person_took_away(steps) -> None:
    with undone():
        persoon = make_kandidaat(0)
        actors = {"burger": make_burger(0), "hilversum": make_college("GM0402")}
        make_klantprofiel(persoon, status="concept")
        taken_away = False
        for who, handeling in steps:
            actor = actors[who]
            profiel = Klantprofiel.objects.get()
            possible = profielen.possible(actor, profiel)
            before = profiel.status
            try:
                if handeling is Profielhandeling.PUBLICEREN:
                    profielen.publish(actor=actor, persoon_id=persoon.pk, now=NOW)
                elif handeling is Profielhandeling.INTREKKEN:
                    profielen.withdraw(actor=actor, persoon_id=persoon.pk, now=NOW)
                elif who == "hilversum":
                    profielen.hide(actor=actor, persoon_id=persoon.pk, reden=NietOpenbaarReden.WIL_NIET, now=NOW)
                else:
                    continue
            except (NietMogelijk, PermissionDenied):
                assert handeling not in possible
                continue
            after = Klantprofiel.objects.get().status
            assert after == LEVENSLOOP.overgangen[handeling].naar
            if taken_away and after == Profielstatus.OPENBAAR:
                assert who == "burger"
            if who == "burger" and handeling is not Profielhandeling.VERBERGEN:
                taken_away = handeling is Profielhandeling.INTREKKEN
            assert before == after or handeling in possible


# --- what employers can find ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, True),
        ({"status": "concept"}, False),
        ({"beschikbaar": False}, False),
        ({"beschikbaar_bevestigd_op": TODAY - timedelta(days=60)}, True),
        ({"beschikbaar_bevestigd_op": TODAY - timedelta(days=61)}, False),
        ({"datum_aanvang_beschikbaar_voor_werk": TODAY + timedelta(days=365)}, True),
        ({"datum_aanvang_beschikbaar_voor_werk": TODAY + timedelta(days=366)}, False),
        ({"datum_einde_beschikbaar_voor_werk": TODAY - timedelta(days=1)}, False),
    ],
)
def test_employers_find_who_is_public_available_fresh_and_soon_there(kandidaat, change, found: bool) -> None:
    make_klantprofiel(kandidaat)
    Klantprofiel.objects.update(**change)

    assert Klantprofiel.objects.filter(profielen.visible_q(TODAY)).exists() is found


def test_the_figures_count_who_is_public_and_why_others_are_not(hilversum: Actor) -> None:
    make_kandidaat(0)
    make_klantprofiel(make_kandidaat(1))
    make_klantprofiel(make_kandidaat(2), ProfielRecord(), status="concept")
    make_klantprofiel(make_kandidaat(3), status="niet_openbaar", reden="werkt_al", op=NOW - timedelta(days=70))
    make_klantprofiel(make_kandidaat(4), status="niet_openbaar", reden="wil_niet")
    make_klantprofiel(make_kandidaat(5, gemeente="GM0687"))

    found = profielen.figures(hilversum, peildatum=TODAY, known_at=NOW)

    assert (found.personen, found.met_profiel, found.zonder_profiel) == (5, 4, 1)
    assert (found.openbaar, found.vindbaar, found.concept, found.niet_openbaar_totaal) == (1, 1, 1, 2)
    assert (found.volledig, found.vers) == (3, 2)
    assert {reden for reden, count in found.niet_openbaar.items() if count} == {"werkt_al", "wil_niet"}


# --- what may stand in a record ---------------------------------------------------------------------------------

LONG = "x" * 100_000


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"bemiddelingspostcode": "1211 AB"}, "bemiddelingspostcode"),
        ({"bemiddelingspostcode": "0123AB"}, "bemiddelingspostcode"),
        ({"maximale_reisafstand": 1000}, "maximale_reisafstand"),
        ({"maximale_reistijd": -1}, "maximale_reistijd"),
        ({"vervoermiddelen": (6,)}, "vervoermiddelen"),
        ({"rijbewijzen": ("Z",)}, "rijbewijzen"),
        ({"werksoorten": ("astronaut",)}, "werksoorten"),
        ({"werksoorten": tuple(["tuinman"] * 11)}, "werksoorten"),
        ({"sectoren": (100_000,)}, "sectoren"),
        ({"interesses": ("x" * 121,)}, "interesses"),
        ({"interesses": ("mijn nummer is 999990019",)}, "interesses"),
        ({"bemiddelingsberoepen": (LONG,)}, "bemiddelingsberoepen"),
        ({"competenties": tuple(["x"] * 51)}, "competenties"),
        ({"code_werk_en_denkniveau": 7}, "code_werk_en_denkniveau"),
        ({"aantal_werkuren_per_week_minimaal": 30}, "aantal_werkuren_per_week_maximaal"),
        ({"aantal_werkuren_per_week_maximaal": 100}, "aantal_werkuren_per_week_maximaal"),
        ({"typen_arbeidscontract": ("X",)}, "typen_arbeidscontract"),
        ({"typen_overeenkomst": ("05",)}, "typen_overeenkomst"),
        ({"datum_aanvang_beschikbaar_voor_werk": date(1, 1, 1)}, "datum_aanvang_beschikbaar_voor_werk"),
        ({"opleidingen": (Opleiding(code_niveau_opleiding=7),)}, "opleidingen"),
        ({"opleidingen": (Opleiding(toelichting=LONG),)}, "opleidingen"),
        ({"opleidingen": (Opleiding(datum_aanvang=date(2020, 1, 2), datum_einde=date(2020, 1, 1)),)}, "opleidingen"),
        ({"cursussen": (Cursus(""),)}, "cursussen"),
        ({"werkervaringen": (Werkervaring("astronaut"),)}, "werkervaringen"),
        ({"werkervaringen": (Werkervaring(naam_organisatie="x" * 71),)}, "werkervaringen"),
        ({"taalbeheersing": (Taalbeheersing("nl", 3),)}, "taalbeheersing"),
        ({"taalbeheersing": (Taalbeheersing("nld", 8),)}, "taalbeheersing"),
        ({"taalbeheersing": (Taalbeheersing("nld"), Taalbeheersing("nld"))}, "taalbeheersing"),
        ({"eis_aan_werk": EisAanWerk(toelichting=LONG)}, "eis_aan_werk"),
        ({"persoonlijke_presentatie": LONG}, "persoonlijke_presentatie"),
        ({"contact": Contact(emailadres="geen adres")}, "contact"),
        ({"contact": Contact(emailadres="a@b.nl\nBcc: c@d.nl")}, "contact"),
        ({"contact": Contact(telefoonnummer="bel mij")}, "contact"),
    ],
    ids=lambda value: value if isinstance(value, str) else next(iter(value)),
)
def test_what_cannot_be_kept_gets_a_short_message_without_the_value(wrong, field: str) -> None:
    found = fouten_in(profiel_record(**wrong))

    assert set(found) == {field}
    assert 0 < len(found[field]) < 100


def test_a_good_record_has_no_faults() -> None:
    assert fouten_in(WHOLE) == {}
    assert fouten_in(ProfielRecord()) == {}


def test_every_field_belongs_to_one_step() -> None:
    named = [name for names in STAPPEN.values() for name in names]
    assert sorted(named) == sorted(f.name for f in fields(ProfielRecord))
