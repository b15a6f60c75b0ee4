"""What an employer thought of it: once for each outcome of its own, and read by nobody before the fifth answer."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, ProgrammingError, transaction

from banenafspraak.access import database
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel
from banenafspraak.access.permissions import Rol
from banenafspraak.adapters.opruimen import ruim_op
from banenafspraak.bemiddeling import plaatsingen, tevredenheid, toestemmingen, vacatures, wspcijfers
from banenafspraak.bemiddeling.contactwoorden import Contactuitkomst
from banenafspraak.bemiddeling.plaatsingwoorden import Eindreden
from banenafspraak.bemiddeling.tevredenheid import Uitkomst, Werkgeversoordeel
from banenafspraak.bemiddeling.vacaturerecord import Sluitreden
from banenafspraak.bemiddeling.wspcijfers import Periode
from banenafspraak.bemiddeling.wspwoorden import Uitkomstsoort
from banenafspraak.register.overgangen import NietMogelijk
from tests.bemiddeling.contactwereld import make_profiel, released, say_yes
from tests.bemiddeling.test_werkgeversservicepunt import put_forward
from tests.bemiddeling.test_wspcijfers import fill
from tests.factories import NOW, make_actor, make_bemiddelaar, make_vacature, make_werkgever

pytestmark = pytest.mark.django_db
JAAR = Periode(NOW.year)
_V = Uitkomstsoort.VACATURE


@pytest.fixture
def werkgever() -> Actor:
    return make_werkgever()


def closed(werkgever: Actor, *, now: datetime = NOW) -> UUID:
    """A vacature of this employer that was closed."""
    vacature = make_vacature(werkgever, now=now)
    vacatures.close(actor=werkgever, vacature_id=vacature.pk, reden=Sluitreden.INGETROKKEN, now=now)
    return vacature.pk


def outcomes(actor: Actor, *, now: datetime = NOW) -> list[Uitkomst]:
    with transaction.atomic(), database.acting(actor):
        return tevredenheid.outcomes_of(actor=actor, now=now)


def say(actor: Actor, over: UUID, cijfer: int | None, text: str = "", *, soort=_V, now: datetime = NOW) -> bool:
    with transaction.atomic(), database.acting(actor):
        return tevredenheid.answer(actor=actor, soort=soort, over=over, cijfer=cijfer, toelichting=text, now=now)


# --- What is asked about -----------------------------------------------------------------------------------------


def test_a_closed_vacature_is_asked_about(werkgever: Actor) -> None:
    over = closed(werkgever)
    [one] = outcomes(werkgever)
    assert (one.soort, one.over, one.regio, one.vraagt) == (_V, over, "AM12", True)


def test_the_outcome_of_a_voordracht_is_asked_about_once_it_is_known(werkgever: Actor) -> None:
    bemiddelaar = make_bemiddelaar()
    _verzoek, voorstel = put_forward(bemiddelaar, make_vacature(werkgever), make_profiel())
    toestemming, later = say_yes(bemiddelaar, voorstel), released(NOW)
    assert outcomes(werkgever, now=later) == []
    geen = Contactuitkomst.GEEN_PLEK_MEER
    toestemmingen.finish(actor=werkgever, toestemming_id=toestemming, uitkomst=geen, now=later)
    [one] = outcomes(werkgever, now=later + timedelta(minutes=1))
    assert (one.soort, one.over) == (Uitkomstsoort.VOORDRACHT, toestemming)


@pytest.mark.parametrize("shared", [True, False])
def test_the_end_of_a_placement_only_while_the_person_shares_it(shared: bool, werkgever: Actor) -> None:
    bemiddelaar = make_bemiddelaar()
    plaatsing = fill(bemiddelaar, make_vacature(werkgever), make_profiel())
    later = NOW + timedelta(days=10)
    if not shared:
        plaatsingen.stop_sharing(actor=bemiddelaar, plaatsing_id=plaatsing.pk, kvk="00000011", now=NOW)
    plaatsingen.end(
        actor=bemiddelaar, plaatsing_id=plaatsing.pk, laatste_dag=later.date(), reden=Eindreden.ANDERS, now=later
    )
    found = [one for one in outcomes(werkgever, now=later) if one.soort is Uitkomstsoort.PLAATSING]
    assert [one.over for one in found] == ([plaatsing.pk] if shared else [])


def test_nobody_is_asked_about_what_was_long_ago(werkgever: Actor) -> None:
    closed(werkgever)
    last = NOW + tevredenheid.VRAAGT
    assert len(outcomes(werkgever, now=last - timedelta(days=1))) == 1
    assert outcomes(werkgever, now=last) == []


# --- Answering ---------------------------------------------------------------------------------------------------


def test_an_answer_is_kept_sealed_and_asked_no_more(werkgever: Actor) -> None:
    over = closed(werkgever)
    assert say(werkgever, over, 4, "Goed geholpen.")
    row = Werkgeversoordeel.objects.get()
    assert b"geholpen" not in bytes(row.toelichting_verzegeld or b"")
    [one] = outcomes(werkgever)
    assert (one.cijfer, one.vraagt, tevredenheid.remark_of(row)) == (4, False, "Goed geholpen.")


def test_the_same_answer_again_changes_nothing(werkgever: Actor) -> None:
    over = closed(werkgever)
    assert [say(werkgever, over, 4), say(werkgever, over, 4)] == [True, False]
    assert Logregel.objects.filter(handeling="oordeel van werkgever gegeven").count() == 1


def test_a_question_that_is_skipped_is_not_asked_again_and_counts_for_nothing(werkgever: Actor) -> None:
    over = closed(werkgever)
    assert say(werkgever, over, None, "wordt niet bewaard")
    [one] = outcomes(werkgever)
    assert (one.cijfer, one.vraagt, Werkgeversoordeel.objects.get().toelichting_verzegeld) == (None, False, None)


def test_it_can_be_changed_for_a_while(werkgever: Actor) -> None:
    over = closed(werkgever)
    say(werkgever, over, None)
    last = NOW + tevredenheid.WIJZIGBAAR
    assert say(werkgever, over, 2, now=last)
    with pytest.raises(NietMogelijk):
        say(werkgever, over, 5, now=last + timedelta(seconds=1))
    assert Werkgeversoordeel.objects.get().cijfer == 2


def test_another_employer_cannot_answer(werkgever: Actor) -> None:
    over = closed(werkgever)
    other = make_werkgever(naam="Drukkerij", kvk="00000012")
    assert outcomes(other) == []
    with pytest.raises(PermissionDenied):
        say(other, over, 1)


def test_nor_in_the_database(werkgever: Actor) -> None:
    over = closed(werkgever)
    other = make_werkgever(naam="Drukkerij", kvk="00000012")
    row = Werkgeversoordeel(
        werkgever_id=other.organisatie_id, gebruiker_id=other.gebruiker_id, soort="vacature", over=over,
        regio_id="AM12", afgelopen_op=NOW.date(), cijfer=1, gegeven_at=NOW, gewijzigd_at=NOW,
    )  # fmt: skip
    with pytest.raises(IntegrityError, match="eigen uitkomst"), transaction.atomic(), database.acting(other):
        row.save(force_insert=True)


def test_the_answers_of_another_employer_do_not_show(werkgever: Actor) -> None:
    say(werkgever, closed(werkgever), 3)
    other = make_werkgever(naam="Drukkerij", kvk="00000012")
    with transaction.atomic(), database.acting(other):
        assert not Werkgeversoordeel.objects.exists()


@pytest.mark.parametrize("rol", [Rol.BEMIDDELAAR, Rol.BELEID, Rol.BEHEER])
def test_nobody_but_an_employer_reads_an_answer(rol: Rol, werkgever: Actor) -> None:
    say(werkgever, closed(werkgever), 3)
    actor = make_actor(rol, regio="AM12")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), database.acting(actor):
        Werkgeversoordeel.objects.count()


def test_a_bemiddelaar_does_not_answer_for_an_employer() -> None:
    with pytest.raises(PermissionDenied):
        outcomes(make_bemiddelaar())


@pytest.mark.parametrize(
    ("cijfer", "text", "field"),
    [
        (6, "", "cijfer"),
        (0, "", "cijfer"),
        (3, "x" * 1001, "toelichting"),
        (3, "Het ging om 999900006.", "toelichting"),
    ],
)
def test_what_cannot_be_is_said_at_its_field(cijfer: int, text: str, field: str, werkgever: Actor) -> None:
    over = closed(werkgever)
    with pytest.raises(ValidationError) as refused:
        say(werkgever, over, cijfer, text)
    assert set(refused.value.message_dict) == {field}


def test_what_it_is_about_stays(werkgever: Actor) -> None:
    say(werkgever, closed(werkgever), 3)
    with pytest.raises(IntegrityError, match="dezelfde uitkomst"), transaction.atomic():
        Werkgeversoordeel.objects.update(over=uuid4())


# --- What the Werkgeversservicepunt reads ------------------------------------------------------------------------


def read(actor: Actor, regio: str = "AM12") -> list[str]:
    with transaction.atomic(), database.acting(actor):
        return tevredenheid.read_remarks(actor=actor, regio=regio, periode=JAAR, now=NOW)


@pytest.mark.parametrize(("answers", "mean"), [(4, None), (5, "3.0")])
def test_an_average_and_remarks_come_with_the_fifth_answer(answers: int, mean: str | None, werkgever: Actor) -> None:
    for _ in range(answers):
        say(werkgever, closed(werkgever), 3, "Prima.")
    bemiddelaar = make_bemiddelaar()
    with transaction.atomic(), database.acting(bemiddelaar):
        found = wspcijfers.look_at(actor=bemiddelaar, regio="AM12", periode=JAAR, now=NOW).totaal.tevredenheid
    assert (str(found.gemiddelde) if found.gemiddelde else None, found.antwoorden) == (mean, 5 if mean else None)
    assert read(bemiddelaar) == (["Prima."] * 5 if mean else [])


def test_who_skipped_is_not_among_the_five(werkgever: Actor) -> None:
    for cijfer in (3, 3, 3, 3, None):
        say(werkgever, closed(werkgever), cijfer, "Prima.")
    assert read(make_bemiddelaar()) == []


def test_reading_remarks_is_logged_without_them(werkgever: Actor) -> None:
    for _ in range(5):
        say(werkgever, closed(werkgever), 3, "Prima.")
    read(make_bemiddelaar())
    [row] = Logregel.objects.filter(handeling=tevredenheid.TOELICHTINGEN_GELEZEN)
    assert (row.onderwerp, row.details) == (f"AM12 {NOW.year}", {"aantal": 5})


@pytest.mark.parametrize(("rol", "regio"), [(Rol.BEMIDDELAAR, "AM24"), (Rol.BELEID, "AM12"), (Rol.WERKGEVER, "AM12")])
def test_remarks_are_for_the_bemiddelaars_of_the_region(rol: Rol, regio: str) -> None:
    with pytest.raises(PermissionDenied):
        read(make_actor(rol, regio=regio))


def test_an_answer_is_erased_two_years_after_the_outcome(werkgever: Actor) -> None:
    say(werkgever, closed(werkgever), 3)
    last = NOW.replace(year=NOW.year + 2)
    ruim_op(now=last)
    assert Werkgeversoordeel.objects.count() == 1
    ruim_op(now=last + timedelta(days=1))
    assert Werkgeversoordeel.objects.count() == 0
