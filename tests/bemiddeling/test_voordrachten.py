"""Putting people forward for a vacature: asked each, seen by the employer after a yes, and never otherwise."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from banenafspraak.access import database
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Organisatie
from banenafspraak.access.permissions import Rol
from banenafspraak.bemiddeling import contact, toestemmingen, voordrachten
from banenafspraak.bemiddeling.contactwoorden import Contactuitkomst
from banenafspraak.bemiddeling.models import Bericht, Contactverzoek, Toestemming, Vacature, Voorstel
from banenafspraak.register.overgangen import NietMogelijk
from tests.bemiddeling.contactwereld import acts, asked, make_profiel, released, say_yes
from tests.bemiddeling.plaatsingwereld import make_vacature, planned
from tests.factories import NOW, make_actor, make_burger, make_college, make_werkgever

pytestmark = pytest.mark.django_db


@pytest.fixture
def college() -> Actor:
    return make_college()


@pytest.fixture
def werkgever() -> Actor:
    return make_werkgever()


@pytest.fixture
def vacature(college: Actor, werkgever: Actor) -> Vacature:
    return make_vacature(college, werkgever_id=werkgever.organisatie_id)


@pytest.fixture
def persoon_id() -> UUID:
    return make_profiel().persoon_id


def forward(college: Actor, vacature: Vacature, *personen: UUID, **fields: Any) -> list[Voorstel]:
    made = acts(college, voordrachten.put_forward, vacature_id=vacature.pk, persoon_ids=personen, now=NOW, **fields)
    return list(Voorstel.objects.filter(verzoek=made).order_by("pk"))


def questioned(college: Actor, vacature: Vacature, persoon_id: UUID) -> Voorstel:
    [voorstel] = forward(college, vacature, persoon_id)
    acts(college, voordrachten.ask, verzoek_id=voorstel.verzoek_id, voorstel_ids=[voorstel.pk], now=NOW)
    voorstel.refresh_from_db()
    return voorstel


def test_who_is_on_the_list_is_not_asked_yet(college: Actor, vacature: Vacature, persoon_id: UUID) -> None:
    [voorstel] = forward(college, vacature, persoon_id)
    assert voorstel.status == "voorgesteld"
    assert not Bericht.objects.exists()


def test_the_person_reads_what_the_vacature_says_once_asked(
    college: Actor, vacature: Vacature, persoon_id: UUID
) -> None:
    [voorstel] = forward(college, vacature, persoon_id)
    assert not contact.may_read(voorstel)
    voorstel = questioned_again(college, voorstel)
    assert contact.may_read(voorstel)
    werk, aanbod = contact.texts_of(voorstel.verzoek)
    assert "Brood bakken" in werk
    assert "24 uur" in aanbod


def questioned_again(college: Actor, voorstel: Voorstel) -> Voorstel:
    voordrachten.ask(actor=college, verzoek_id=voorstel.verzoek_id, voorstel_ids=[voorstel.pk], now=NOW)
    voorstel.refresh_from_db()
    return voorstel


def test_the_employer_sees_nothing_before_a_yes(
    college: Actor, vacature: Vacature, werkgever: Actor, persoon_id: UUID
) -> None:
    questioned(college, vacature, persoon_id)
    assert acts(werkgever, voordrachten.released_to, now=released(NOW)) == []
    assert acts(werkgever, lambda *, actor: list(contact.requests_of(actor))) == []
    with transaction.atomic(), database.acting(werkgever):
        assert not Contactverzoek.objects.exists()


def test_after_a_yes_the_employer_sees_who_it_is(
    college: Actor, vacature: Vacature, werkgever: Actor, persoon_id: UUID
) -> None:
    voorstel = questioned(college, vacature, persoon_id)
    say_yes(make_burger(), voorstel)
    later = released(NOW)
    [one] = voordrachten.released_to(actor=werkgever, now=later)
    assert (one.vacature_id, one.leeft) == (vacature.pk, True)


def test_the_data_come_through_the_same_door_as_for_any_consent(
    college: Actor, vacature: Vacature, werkgever: Actor, persoon_id: UUID
) -> None:
    say_yes(make_burger(), questioned(college, vacature, persoon_id))
    [one] = voordrachten.released_to(actor=werkgever, now=released(NOW))
    seen = toestemmingen.look_at(actor=werkgever, toestemming_id=one.toestemming_id, now=released(NOW))
    assert seen is not None
    assert seen.gegevens.contact.naam == "Noor de Vries"


def test_a_yes_that_was_taken_back_shows_nothing(
    college: Actor, vacature: Vacature, werkgever: Actor, persoon_id: UUID
) -> None:
    toestemming_id = say_yes(make_burger(), questioned(college, vacature, persoon_id))
    toestemmingen.withdraw(actor=make_burger(), toestemming_id=toestemming_id, now=NOW)
    later = released(NOW)
    assert voordrachten.released_to(actor=werkgever, now=later) == []
    assert toestemmingen.look_at(actor=werkgever, toestemming_id=toestemming_id, now=later) is None


def test_another_employer_sees_nothing(college: Actor, vacature: Vacature, persoon_id: UUID) -> None:
    say_yes(make_burger(), questioned(college, vacature, persoon_id))
    other = make_werkgever(naam="Drukkerij", kvk="00000033")
    assert voordrachten.released_to(actor=other, now=released(NOW)) == []


def test_nobody_is_asked_twice_for_one_vacature(college: Actor, vacature: Vacature, persoon_id: UUID) -> None:
    forward(college, vacature, persoon_id)
    with pytest.raises(NietMogelijk, match="al gevraagd"):
        forward(college, vacature, persoon_id)
    assert Contactverzoek.objects.count() == 1


def test_another_vacature_of_the_same_employer_is_another_question(
    college: Actor, vacature: Vacature, werkgever: Actor, persoon_id: UUID
) -> None:
    say_yes(make_burger(), questioned(college, vacature, persoon_id))
    other = make_vacature(college, werkgever_id=werkgever.organisatie_id, naam_vacature="Verkoper")
    say_yes(make_burger(), questioned(college, other, persoon_id))
    assert Toestemming.objects.filter(persoon=persoon_id).count() == 2


def test_a_request_of_the_employer_itself_still_comes_once(
    college: Actor, werkgever: Actor, vacature: Vacature, persoon_id: UUID
) -> None:
    asked(werkgever, make_profiel(1), college)
    with pytest.raises(Voorstel.DoesNotExist):
        asked(werkgever, _profiel_of(1), college)


def _profiel_of(nummer: int) -> Any:
    from banenafspraak.bemiddeling.models import Klantprofiel

    return Klantprofiel.objects.order_by("-pk").filter(persoon=Voorstel.objects.get().persoon_id).get()


def test_pressing_twice_makes_one_list(college: Actor, vacature: Vacature, persoon_id: UUID) -> None:
    sleutel = uuid4()
    first = forward(college, vacature, persoon_id, sleutel=sleutel)
    assert forward(college, vacature, persoon_id, sleutel=sleutel) == first


def test_a_list_has_at_least_one_and_at_most_ten_people(college: Actor, vacature: Vacature, persoon_id: UUID) -> None:
    for people in ([], [uuid4() for _ in range(11)]):
        with pytest.raises(ValidationError, match="1 tot en met 10"):
            forward(college, vacature, *people)


def test_somebody_elses_people_are_not_put_forward(college: Actor, vacature: Vacature) -> None:
    elsewhere = make_profiel(1, gemeente="GM0687")
    with pytest.raises(PermissionDenied):
        forward(college, vacature, elsewhere.persoon_id)
    assert not Contactverzoek.objects.exists()


def test_an_employer_that_never_signed_in_could_see_no_answer(college: Actor, persoon_id: UUID) -> None:
    unknown = make_vacature(college, kvk="00000077")
    with pytest.raises(NietMogelijk, match="nog nooit ingelogd"):
        forward(college, unknown, persoon_id)


@pytest.mark.parametrize("rol", [Rol.WERKGEVER, Rol.BEOORDELAAR])
def test_only_a_bemiddelaar_puts_people_forward(rol: Rol, vacature: Vacature, persoon_id: UUID) -> None:
    with pytest.raises(PermissionDenied):
        voordrachten.put_forward(actor=make_actor(rol), vacature_id=vacature.pk, persoon_ids=[persoon_id], now=NOW)


def test_a_colleague_elsewhere_sees_no_voordracht(college: Actor, vacature: Vacature, persoon_id: UUID) -> None:
    forward(college, vacature, persoon_id)
    assert voordrachten.visible_to(college, now=NOW).count() == 1
    assert voordrachten.visible_to(make_college("GM0687"), now=NOW).count() == 0


def test_the_bemiddelaar_passes_on_what_came_of_it(college: Actor, vacature: Vacature, persoon_id: UUID) -> None:
    voorstel = questioned(college, vacature, persoon_id)
    say_yes(make_burger(), voorstel)
    acts(
        college,
        toestemmingen.pass_on_outcome,
        voorstel_id=voorstel.pk,
        uitkomst=Contactuitkomst.WERK_PAST_NIET,
        now=NOW,
    )
    voorstel.refresh_from_db()
    assert (voorstel.status, voorstel.uitkomst) == ("afgerond", "werk_past_niet")
    assert Toestemming.objects.get().gegevens_verzegeld is None


def test_a_yes_to_a_vacature_fills_it(college: Actor, vacature: Vacature, persoon_id: UUID) -> None:
    voorstel = questioned(college, vacature, persoon_id)
    say_yes(make_burger(), voorstel)
    plaatsing = planned(college, persoon_id, voorstel_id=voorstel.pk)
    assert plaatsing.vacature_id == vacature.pk


def test_who_stops_shows_the_employer_nothing_any_more(
    college: Actor, vacature: Vacature, werkgever: Actor, persoon_id: UUID
) -> None:
    voorstel = questioned(college, vacature, persoon_id)
    say_yes(make_burger(), voorstel)
    assert acts(college, voordrachten.stop, verzoek_id=voorstel.verzoek_id, now=NOW)
    [one] = voordrachten.released_to(actor=werkgever, now=released(NOW))
    assert not one.leeft
    assert not voordrachten.stop(actor=college, verzoek_id=voorstel.verzoek_id, now=NOW)


def test_an_employer_cannot_make_a_voordracht_itself(werkgever: Actor, college: Actor, vacature: Vacature) -> None:
    row = Contactverzoek(
        werkgever_id=werkgever.organisatie_id,
        gevraagd_door_id=werkgever.gebruiker_id,
        vacature=vacature,
        voordracht_van_id=college.organisatie_id,
        kaart="",
        aantal=1,
        doel="baan",
        vacature_verzegeld=b"x",
        aanbod_verzegeld=b"x",
        controle="vrij",
        status="open",
        gevraagd_at=NOW,
        sluit_at=NOW + timedelta(days=9),
    )
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic(), database.acting(werkgever):
        row.save(force_insert=True)


def test_a_proposal_stays_with_the_vacature_of_its_list(
    college: Actor, vacature: Vacature, werkgever: Actor, persoon_id: UUID
) -> None:
    [voorstel] = forward(college, vacature, persoon_id)
    other = make_vacature(college, werkgever_id=werkgever.organisatie_id, naam_vacature="Verkoper")
    with pytest.raises(IntegrityError, match="dezelfde vacature"), transaction.atomic():
        Voorstel.objects.filter(pk=voorstel.pk).update(vacature=other)


def test_organisations_without_a_name_here_are_found_by_number(
    college: Actor, werkgever: Actor, persoon_id: UUID
) -> None:
    by_number = make_vacature(college, kvk=Organisatie.objects.get(pk=werkgever.organisatie_id).kvk or "")
    [voorstel] = forward(college, by_number, persoon_id)
    assert voorstel.werkgever_id == werkgever.organisatie_id
