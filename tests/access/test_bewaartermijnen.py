import time
import tomllib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from banenafspraak.access import bewaren, demo, logboek, zegels
from banenafspraak.access import bsn as bsns
from banenafspraak.access.actor import Actor
from banenafspraak.access.bewaren import last_day, latest_due
from banenafspraak.access.models import Gebruiker, Logregel, Verwerking
from banenafspraak.access.permissions import Rol
from banenafspraak.adapters.opruimen import WISSERS
from tests.factories import NOW, bsn, make_actor, make_gebruiker, make_lidmaatschap

ROOT = Path(__file__).resolve().parents[2]
SYSTEM = Actor.system(doel="gegevens wissen na de bewaartermijn")
TERMS = st.sampled_from(["P5Y", "P1Y", "P6M", "P30D", "P1Y6M", "P18M", "P4Y11M30D"])
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@pytest.mark.parametrize(
    ("since", "termijn", "last"),
    [
        (date(2020, 3, 1), "P5Y", date(2025, 3, 1)),
        (date(2024, 2, 29), "P5Y", date(2029, 2, 28)),
        (date(2024, 2, 29), "P4Y", date(2028, 2, 29)),
        (date(2023, 2, 28), "P1Y", date(2024, 2, 28)),
        (date(2025, 8, 31), "P6M", date(2026, 2, 28)),
        (date(2025, 12, 31), "P30D", date(2026, 1, 30)),
        (date(2024, 1, 31), "P1M", date(2024, 2, 29)),
    ],
)
def test_a_term_ends_on_the_same_day_or_the_last_of_the_month(since: date, termijn: str, last: date) -> None:
    assert last_day(since, termijn) == last


@pytest.mark.parametrize("text", ["", "P", "5Y", "P5", "P-5Y", "P5W", "PT5H", "5 jaar"])
def test_another_text_is_not_a_term(text: str) -> None:
    with pytest.raises(ValueError, match="not a term"):
        last_day(date(2020, 1, 1), text)


@given(peildatum=DAYS, termijn=TERMS)
def test_the_latest_day_whose_term_is_over_is_the_latest(peildatum: date, termijn: str) -> None:
    since = latest_due(peildatum, termijn)
    assert last_day(since, termijn) < peildatum <= last_day(since + timedelta(days=1), termijn)


def test_on_its_last_day_a_term_is_not_over() -> None:
    assert latest_due(date(2029, 2, 28), "P5Y") == date(2024, 2, 27)
    assert latest_due(date(2029, 3, 1), "P5Y") == date(2024, 2, 29)


def test_every_processing_says_who_ends_its_term_and_only_one() -> None:
    regels = bewaren.bewaarregels()
    for regel in regels.values():
        assert [bool(regel.na), bool(regel.met), bool(regel.handmatig)].count(True) == 1, regel
        assert bool(regel.vanaf) is bool(regel.na)
        assert not regel.met or regels[regel.met].na


def test_every_term_that_a_program_ends_has_that_program() -> None:
    by_program = [naam for naam, regel in bewaren.bewaarregels().items() if regel.na]
    assert sorted(wisser.verwerking for wisser in WISSERS) == sorted(by_program)


def test_the_package_brings_the_register_that_stands_in_the_documents(settings) -> None:
    document = ROOT / "docs" / "verwerkingsregister.toml"
    assert settings.VERWERKINGSREGISTER.read_bytes() == document.read_bytes()
    assert set(bewaren.bewaarregels()) == {v["naam"] for v in tomllib.loads(document.read_text())["verwerking"]}


def test_the_logboek_is_kept_as_long_as_the_database_insists() -> None:
    assert bewaren.bewaarregels()["Logboek"].na == "P5Y"


# --- users --------------------------------------------------------------------------------------------------------

ENDED = date(2025, 3, 1)


def erase_users(peildatum: date) -> dict:
    now = datetime(peildatum.year, peildatum.month, peildatum.day, 12, tzinfo=UTC)
    return dict(bewaren.GEBRUIKERS.erase(actor=SYSTEM, tot_en_met=latest_due(peildatum, "P1Y"), now=now))


@pytest.mark.django_db
def test_a_year_after_the_last_role_nothing_says_who_it_was() -> None:
    demo.ensure_demo_roles()
    gebruiker = make_gebruiker(naam="alice", sub="issuer|1")
    make_lidmaatschap(gebruiker=gebruiker, rol=Rol.BURGER, tot=ENDED)
    assert erase_users(date(2026, 3, 1)) == {}
    assert erase_users(date(2026, 3, 2)) == {"access_gebruiker": 1}
    gebruiker.refresh_from_db()
    assert (gebruiker.naam, gebruiker.sub, gebruiker.is_active) == ("gewiste gebruiker", None, False)
    assert "alice" not in gebruiker.email
    assert erase_users(date(2026, 3, 3)) == {}


@pytest.mark.django_db
def test_somebody_who_still_has_or_will_have_a_role_stays() -> None:
    for naam, begin, end in (("nu", date(2024, 1, 1), None), ("straks", date(2027, 1, 1), date(2028, 1, 1))):
        gebruiker = make_gebruiker(naam=naam)
        make_lidmaatschap(gebruiker=gebruiker, rol=Rol.BURGER, vanaf=date(2010, 1, 1), tot=date(2011, 1, 1))
        make_lidmaatschap(gebruiker=gebruiker, rol=Rol.BURGER, vanaf=begin, tot=end)
    assert erase_users(date(2026, 6, 1)) == {}


@pytest.mark.django_db
def test_somebody_who_never_had_a_role_goes_a_year_after_they_came() -> None:
    make_gebruiker(naam="bob")
    assert erase_users(NOW.date()) == {}
    assert erase_users(NOW.date() + timedelta(days=366)) == {"access_gebruiker": 1}


@pytest.mark.django_db
def test_only_the_system_erases() -> None:
    with pytest.raises(PermissionDenied):
        bewaren.GEBRUIKERS.erase(actor=make_actor(Rol.BEHEER), tot_en_met=ENDED, now=NOW)
    with pytest.raises(PermissionDenied):
        bewaren.LOGBOEK.erase(actor=make_actor(Rol.TOEZICHT), tot_en_met=ENDED, now=NOW)


# --- the logboek --------------------------------------------------------------------------------------------------

OLD, YOUNG = datetime(2015, 6, 1, 12, tzinfo=UTC), datetime(2026, 3, 1, 12, tzinfo=UTC)


def write(at: datetime) -> None:
    logboek.record(
        actor=SYSTEM,
        handeling="registratie bekeken",
        onderwerp="registratie 1",
        persoon_bsn_index=bsns.index(bsn(1), doel="audit"),
        now=at,
    )


def erase_log() -> dict:
    return dict(bewaren.LOGBOEK.erase(actor=SYSTEM, tot_en_met=latest_due(NOW.date(), "P5Y"), now=NOW))


@pytest.fixture
def _sealed(transactional_db) -> None:
    """Two rows of long ago and two of last month, in a seal: a seal waits until the transaction is over."""
    write(OLD)
    write(YOUNG)
    deadline = time.monotonic() + 30
    while not zegels.seal(now=NOW) and time.monotonic() < deadline:
        continue


@pytest.mark.usefixtures("_sealed")
def test_the_content_of_an_old_row_goes_and_its_seal_stays_true() -> None:
    assert bewaren.LOGBOEK.due(latest_due(NOW.date(), "P5Y"), NOW.date()) == {
        "access_logregel": 1,
        "access_verwerking": 1,
    }
    assert erase_log() == {"access_logregel": 1, "access_verwerking": 1}
    assert erase_log() == {}
    assert zegels.verify().breuken == ()
    row = Verwerking.objects.get(blad__isnull=False)
    assert (row.betrokkene_index, row.naam, bytes(row.salt)) == (None, "", b"")
    assert Logregel.objects.filter(handeling="registratie bekeken").count() == 1


@pytest.mark.usefixtures("_sealed")
def test_a_young_row_is_refused_by_the_database_itself() -> None:
    with pytest.raises(DatabaseError, match="logregels blijven staan"), transaction.atomic():
        zegels.erase_content(before=NOW, limit=10)
    assert not Verwerking.objects.filter(blad__isnull=False).exists()


@pytest.mark.django_db
def test_a_row_that_is_not_sealed_yet_waits() -> None:
    write(OLD)
    assert erase_log() == {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM access_verwerking WHERE blad IS NULL")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db
def test_a_user_who_was_erased_is_still_the_one_the_logboek_points_at() -> None:
    gebruiker = make_gebruiker(naam="carol")
    make_lidmaatschap(gebruiker=gebruiker, rol=Rol.BURGER, tot=ENDED)
    actor = Actor(gebruiker_id=gebruiker.pk, organisatie_id=None, rol=Rol.BURGER, regio=None, doel="inzage")
    logboek.record(actor=actor, handeling="gekeken", now=NOW)
    erase_users(date(2027, 1, 1))
    assert Logregel.objects.get(handeling="gekeken").gebruiker_id == gebruiker.pk
    assert Gebruiker.objects.get(pk=gebruiker.pk).get_full_name() == "gewiste gebruiker"
