"""Comparing own returns with the register: who may, what is asked and logged, and what is kept."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from banenafspraak.access import mandaten
from banenafspraak.access.actor import Actor
from banenafspraak.access.database import acting
from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.access.permissions import Rol
from banenafspraak.register import quotumbeelden
from banenafspraak.register.bewaren_quotum import QUOTA
from banenafspraak.register.loonopgaven import Onbruikbaar
from banenafspraak.register.models_quotum import Bewaardquotum
from banenafspraak.register.models_raadpleging import Raadpleegstand, Raadpleging
from banenafspraak.register.quotumbeelden import Controle
from tests.factories import NOW, bsn, lhnr, make_registered, make_staff, make_werkgever
from tests.register.quotum import opgave, tijdvak

pytestmark = pytest.mark.django_db


@pytest.fixture
def werkgever() -> Actor:
    """Pays 0, 1 and 2 by the wage data of March; 0 and 5 are registered, and 5 works elsewhere."""
    actor = make_werkgever(lhnr=lhnr())
    make_staff(lhnr(), range(3))
    make_registered(0)
    make_registered(5)
    return actor


def checked(actor: Actor, *nummers: int) -> Controle:
    said = tijdvak(3, *(opgave(n) for n in nummers))
    return quotumbeelden.check(actor=actor, opgaven=[said], now=NOW)


def kept(actor: Actor, controle: Controle) -> bool:
    return quotumbeelden.keep(
        actor=actor,
        beeld_id=controle.id,
        werkgever_id=controle.werkgever_id,
        beeld=controle.resultaat.beeld,
        gerekend_at=controle.gerekend_at,
        now=NOW,
    )


def test_own_staff_is_looked_up_and_counted(werkgever: Actor) -> None:
    beeld = checked(werkgever, 0, 1).resultaat.beeld

    assert (beeld.uren, beeld.uren_arbeidsbeperkten, beeld.lkv.gemist) == (200, 100, 101)


def test_everybody_is_asked_about_once_and_it_costs_no_quota(werkgever: Actor) -> None:
    checked(werkgever, 0, 1)

    assert Raadpleging.objects.count() == 3  # 2 is on the payroll by the wage data, and not in the return
    assert Verwerking.objects.filter(activiteit="raadpleging-werkgever").count() == 3
    assert Raadpleegstand.objects.get().gebruikt == 0


def test_the_action_itself_is_logged_without_people(werkgever: Actor) -> None:
    checked(werkgever, 0)

    regel = Logregel.objects.get(handeling="loonaangiften met het register vergeleken")
    assert regel.details == {"jaar": 2026, "tijdvakken": 1, "mensen": 3}


def test_made_up_returns_tell_nothing_of_who_works_elsewhere(werkgever: Actor) -> None:
    resultaat = checked(werkgever, 0, 5).resultaat

    assert resultaat.beeld.uren_arbeidsbeperkten == 100
    assert resultaat.beeld.niet_nagekeken == 1
    assert not any(regel.kenmerk == "P5" for regel in resultaat.regels)


def test_made_up_returns_tell_the_same_of_who_is_and_who_is_not_registered(werkgever: Actor) -> None:
    registered, other = (checked(werkgever, 0, n).resultaat.beeld for n in (5, 6))

    assert registered == other


def test_who_is_on_the_payroll_and_not_in_the_return_is_told(werkgever: Actor) -> None:
    assert checked(werkgever, 1, 2).resultaat.beeld.zonder_opgave == 1


def test_a_return_of_another_employer_is_refused_before_anybody_is_asked_about(werkgever: Actor) -> None:
    other = make_werkgever(naam="Slager", kvk="00000012", lhnr=lhnr(9_001))
    said = tijdvak(3, opgave(0), bestand="maart.xml", regel=7)

    with pytest.raises(Onbruikbaar) as refused:
        quotumbeelden.check(actor=other, opgaven=[said], now=NOW)

    [fout] = refused.value.fouten
    assert (fout.bestand, fout.regel) == ("maart.xml", 7)
    assert "niet bij uw organisatie" in fout.reden
    assert lhnr() not in fout.reden + fout.oplossing
    assert not Raadpleging.objects.exists()


def test_returns_of_two_employers_are_not_mixed(werkgever: Actor) -> None:
    kantoor = make_werkgever(naam="Kantoor", kvk="00000013", lhnr=lhnr(9_001))
    key = mandaten.give(actor=werkgever, kvk="00000013", vanaf=date(2026, 4, 1), tot=None, now=NOW)
    mandaten.step(actor=kantoor, mandaat_id=key, action="accept", now=NOW)
    said = [tijdvak(3, opgave(0)), tijdvak(3, opgave(0), lhnr=lhnr(9_001))]

    with pytest.raises(Onbruikbaar, match="andere werkgever dan de eerste"):
        quotumbeelden.check(actor=kantoor, opgaven=said, now=NOW)


def test_an_office_with_a_mandate_compares_and_does_not_keep(werkgever: Actor) -> None:
    kantoor = make_werkgever(naam="Kantoor", kvk="00000013")
    key = mandaten.give(actor=werkgever, kvk="00000013", vanaf=date(2026, 4, 1), tot=None, now=NOW)
    mandaten.step(actor=kantoor, mandaat_id=key, action="accept", now=NOW)

    controle = checked(kantoor, 0)

    assert controle.resultaat.beeld.uren_arbeidsbeperkten == 100
    with pytest.raises(PermissionDenied):
        kept(kantoor, controle)


@pytest.mark.parametrize(
    ("begin", "einde", "reden"),
    [
        (date(2024, 3, 1), date(2024, 3, 31), "Over 2024 mag een werkgever niet meer vragen"),
        (date(2026, 5, 1), date(2026, 5, 31), "nog moet beginnen"),
    ],
)
def test_a_year_about_which_may_not_be_asked_is_refused(werkgever: Actor, begin: date, einde: date, reden: str) -> None:
    said = replace(tijdvak(3, opgave(0)), begin=begin, einde=einde)

    with pytest.raises(Onbruikbaar, match=reden):
        quotumbeelden.check(actor=werkgever, opgaven=[said], now=NOW)


def test_nothing_to_compare_is_told(werkgever: Actor) -> None:
    with pytest.raises(Onbruikbaar, match="geen aangifte"):
        quotumbeelden.check(actor=werkgever, opgaven=[], now=NOW)


def test_too_many_people_are_refused(werkgever: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotumbeelden, "MAX_MENSEN", 1)

    with pytest.raises(Onbruikbaar, match="meer dan 1 mensen"):
        checked(werkgever, 0, 1)


def test_a_bemiddelaar_may_not_compare(werkgever: Actor) -> None:
    other = replace(werkgever, rol=Rol.BEMIDDELAAR)

    with pytest.raises(PermissionDenied):
        checked(other, 0)


# --- Kept ---------------------------------------------------------------------------------------------------------


def test_nothing_is_kept_by_comparing(werkgever: Actor) -> None:
    checked(werkgever, 0)

    assert not Bewaardquotum.objects.exists()


def test_a_kept_picture_comes_back_as_it_was(werkgever: Actor) -> None:
    controle = checked(werkgever, 0, 1)

    assert kept(werkgever, controle)

    [bewaard] = quotumbeelden.kept(werkgever)
    assert bewaard.beeld == controle.resultaat.beeld
    assert quotumbeelden.open_kept(actor=werkgever, beeld_id=controle.id) == bewaard


def test_keeping_twice_keeps_once(werkgever: Actor) -> None:
    controle = checked(werkgever, 0)

    assert [kept(werkgever, controle) for _ in range(2)] == [True, False]
    assert Bewaardquotum.objects.count() == 1


def test_what_is_kept_cannot_be_read_in_the_table(werkgever: Actor) -> None:
    kept(werkgever, checked(werkgever, 0))

    stored = bytes(Bewaardquotum.objects.get().beeld_verzegeld)
    assert b"uren" not in stored
    assert bsn(0).reveal().encode() not in stored


def test_another_employer_sees_and_throws_away_nothing(werkgever: Actor) -> None:
    controle = checked(werkgever, 0)
    kept(werkgever, controle)
    other = make_werkgever(naam="Slager", kvk="00000012")

    assert quotumbeelden.kept(other) == []
    assert not quotumbeelden.discard(actor=other, beeld_id=controle.id, now=NOW)
    with pytest.raises(Bewaardquotum.DoesNotExist):
        quotumbeelden.open_kept(actor=other, beeld_id=controle.id)


def test_the_database_shows_it_to_the_employer_itself_only(werkgever: Actor) -> None:
    kept(werkgever, checked(werkgever, 0))
    other = make_werkgever(naam="Slager", kvk="00000012")
    seen = []
    for actor in (werkgever, other):
        with transaction.atomic(), acting(actor), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM register_bewaardquotum")
            seen.append(cursor.fetchone()[0])

    assert seen == [1, 0]


def test_throwing_away_is_logged_and_a_second_time_changes_nothing(werkgever: Actor) -> None:
    controle = checked(werkgever, 0)
    kept(werkgever, controle)

    done = [quotumbeelden.discard(actor=werkgever, beeld_id=controle.id, now=NOW) for _ in range(2)]

    assert done == [True, False]
    assert Logregel.objects.filter(handeling="quotumresultaat weggegooid").count() == 1


def test_a_full_shelf_is_told(werkgever: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quotumbeelden, "MAX_BEWAARD", 1)
    controle = checked(werkgever, 0)
    kept(werkgever, controle)

    with pytest.raises(ValidationError, match="Gooi er eerst een weg"):
        kept(werkgever, replace(controle, id=uuid4()))


def test_nobody_is_an_employer_of_nobody() -> None:
    with pytest.raises(TypeError):
        quotumbeelden.visible_to(None)  # type: ignore[arg-type]
    assert not quotumbeelden.visible_to(Actor.system(doel="test")).exists()


def test_the_database_refuses_a_year_that_cannot_be(werkgever: Actor) -> None:
    kept(werkgever, checked(werkgever, 0))
    row = Bewaardquotum.objects.get()
    row.jaar = 2014

    with pytest.raises(ValidationError, match="quotumregeling"):
        row.full_clean()


def test_it_is_erased_when_its_term_is_over(werkgever: Actor) -> None:
    kept(werkgever, checked(werkgever, 0))
    system, day = Actor.system(doel="test"), NOW.date()

    assert QUOTA.due(day - timedelta(days=1), day) == {}
    assert QUOTA.due(day, day) == {"register_bewaardquotum": 1}
    assert QUOTA.erase(actor=system, tot_en_met=day, now=NOW) == {"register_bewaardquotum": 1}
    assert QUOTA.erase(actor=system, tot_en_met=day, now=NOW) == {}
