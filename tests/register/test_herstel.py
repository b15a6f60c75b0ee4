"""The register is put right after a melding: by whom, once, and without losing what it said."""

from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction

from banenafspraak.access import bsn as bsns
from banenafspraak.access import database
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.access.permissions import Rol
from banenafspraak.register import herstel, inzage, meldingen
from banenafspraak.register.herstel import Herstelvoorstel
from banenafspraak.register.meldingwoorden import Meldingsoort
from banenafspraak.register.models import Herstel, Herstelsoort, Persoon, Registratie
from banenafspraak.register.overgangen import Overtaken
from banenafspraak.register.registraties import Inhoud, registered_on
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.registratie import EindeReden
from tests.factories import NOW, bsn, make_actor, make_burger, make_persoon, make_registratie

pytestmark = pytest.mark.django_db
TODAY = date(2026, 4, 1)
LATER = NOW + timedelta(minutes=1)
OLD = Inhoud(Grond.WAJONG, Route.WAJONG_2015, date(2020, 1, 1))
NEW = Inhoud(Grond.WAJONG, Route.WAJONG_2015, date(2016, 9, 1))
WHY = "De school stuurde een bewijs uit 2016."


@pytest.fixture
def burger() -> Actor:
    return make_burger(0)


@pytest.fixture
def uwv() -> Actor:
    return make_actor(Rol.BEOORDELAAR)


@pytest.fixture
def registratie() -> Registratie:
    return make_registratie(make_persoon(0), vanaf=OLD.vanaf)


@pytest.fixture
def melding_id(burger: Actor, uwv: Actor) -> UUID:
    made = meldingen.report(
        actor=burger, soort=Meldingsoort.BEGIN_KLOPT_NIET, toelichting="Fout.", peildatum=TODAY, now=NOW
    )
    meldingen.claim(actor=uwv, melding_id=made, now=NOW)
    return made


def stand(uwv: Actor, melding_id: UUID) -> str:
    return herstel.look_at(actor=uwv, melding_id=melding_id, now=LATER).stand


def carry_out(
    uwv: Actor, melding_id: UUID, voorstel: Herstelvoorstel, *, seen: str | None = None, now: datetime = LATER
) -> Herstelsoort:
    return herstel.carry_out(
        actor=uwv,
        melding_id=melding_id,
        voorstel=voorstel,
        reden=WHY,
        stand=stand(uwv, melding_id) if seen is None else seen,
        now=now,
    )


def test_a_correction_keeps_what_was_known(uwv: Actor, melding_id: UUID, registratie: Registratie) -> None:
    assert carry_out(uwv, melding_id, Herstelvoorstel(registratie.pk, NEW)) is Herstelsoort.GEWIJZIGD

    on = date(2018, 1, 1)
    assert not registered_on(on, known_at=NOW).exists()
    assert registered_on(on, known_at=LATER).get().geldig.lower == NEW.vanaf
    assert registered_on(date(2021, 1, 1), known_at=NOW).get().pk == registratie.pk


def test_a_registration_that_was_missing_is_added(uwv: Actor, melding_id: UUID, registratie: Registratie) -> None:
    school = Inhoud(Grond.AMVB_38B_1_D, Route.PRO, date(2015, 8, 1), date(2016, 8, 1), EindeReden.OVERIG)

    assert carry_out(uwv, melding_id, Herstelvoorstel(None, school)) is Herstelsoort.TOEGEVOEGD

    assert [v.inhoud for v in herstel.look_at(actor=uwv, melding_id=melding_id, now=LATER).bekend] == [school, OLD]


def test_a_registration_that_should_not_have_been_lapses(
    uwv: Actor, melding_id: UUID, registratie: Registratie
) -> None:
    assert carry_out(uwv, melding_id, Herstelvoorstel(registratie.pk, None)) is Herstelsoort.VERVALLEN

    assert not registered_on(TODAY, known_at=LATER).exists()
    assert registered_on(TODAY, known_at=NOW).exists()


def test_who_the_register_did_not_know_is_added_with_a_date_of_birth(uwv: Actor, melding_id: UUID) -> None:
    with pytest.raises(ValidationError, match="geboortedatum"):
        carry_out(uwv, melding_id, Herstelvoorstel(None, NEW))

    carry_out(uwv, melding_id, Herstelvoorstel(None, NEW, date(1990, 5, 1)))

    assert Persoon.objects.get().geboortedatum == date(1990, 5, 1)
    assert registered_on(TODAY, known_at=LATER).exists()


def test_the_page_before_shows_it_and_changes_nothing(uwv: Actor, melding_id: UUID, registratie: Registratie) -> None:
    seen = stand(uwv, melding_id)
    rows = Logregel.objects.count()

    verschil = herstel.preview(
        actor=uwv,
        melding_id=melding_id,
        voorstel=Herstelvoorstel(registratie.pk, None),
        stand=seen,
        peildatum=TODAY,
        now=LATER,
    )

    assert (verschil.voor, verschil.na) == (OLD, None)
    assert (verschil.was_geregistreerd, verschil.wordt_geregistreerd) == (True, False)
    assert stand(uwv, melding_id) == seen
    assert not Herstel.objects.exists()
    assert Logregel.objects.count() == rows + 1  # the look of this test itself


def test_what_the_register_refuses_is_said_on_the_page_before(
    uwv: Actor, melding_id: UUID, registratie: Registratie
) -> None:
    with pytest.raises(ValidationError, match="al op deze grond ingeschreven"):
        herstel.preview(
            actor=uwv,
            melding_id=melding_id,
            voorstel=Herstelvoorstel(None, NEW),
            stand=stand(uwv, melding_id),
            peildatum=TODAY,
            now=LATER,
        )


def test_of_two_assessors_the_second_is_told(uwv: Actor, melding_id: UUID, registratie: Registratie) -> None:
    seen = stand(uwv, melding_id)
    carry_out(uwv, melding_id, Herstelvoorstel(registratie.pk, NEW), seen=seen)

    with pytest.raises(Overtaken, match="intussen veranderd"):
        carry_out(uwv, melding_id, Herstelvoorstel(registratie.pk, None), seen=seen, now=LATER + timedelta(seconds=1))

    assert Herstel.objects.count() == 1


def test_adding_twice_adds_once(uwv: Actor, melding_id: UUID, registratie: Registratie) -> None:
    seen, school = stand(uwv, melding_id), Inhoud(Grond.AMVB_38B_1_D, Route.PRO, date(2015, 8, 1))
    carry_out(uwv, melding_id, Herstelvoorstel(None, school), seen=seen)

    with pytest.raises(Overtaken):
        carry_out(uwv, melding_id, Herstelvoorstel(None, school), seen=seen, now=LATER + timedelta(seconds=1))

    assert Registratie.objects.count() == 2


def test_a_change_that_changes_nothing_is_refused(uwv: Actor, melding_id: UUID, registratie: Registratie) -> None:
    with pytest.raises(ValidationError, match="niets veranderd"):
        carry_out(uwv, melding_id, Herstelvoorstel(registratie.pk, OLD))


@pytest.mark.parametrize(
    ("reden", "message"), [(" ", "Schrijf op waarom"), ("a" * 1001, "te lang"), (f"BSN {bsn(3).reveal()}", "BSN")]
)
def test_a_change_needs_a_reason(
    reden: str, message: str, uwv: Actor, melding_id: UUID, registratie: Registratie
) -> None:
    with pytest.raises(ValidationError, match=message):
        herstel.carry_out(
            actor=uwv,
            melding_id=melding_id,
            voorstel=Herstelvoorstel(registratie.pk, NEW),
            reden=reden,
            stand=stand(uwv, melding_id),
            now=LATER,
        )


def test_the_registration_of_another_is_out_of_reach(uwv: Actor, melding_id: UUID, registratie: Registratie) -> None:
    other = make_registratie(make_persoon(1))

    with pytest.raises(PermissionDenied):
        carry_out(uwv, melding_id, Herstelvoorstel(other.pk, NEW))

    assert Registratie.objects.get(pk=other.pk).bekend.upper is None


def test_a_colleague_who_does_not_have_the_melding_sees_and_does_nothing(
    uwv: Actor, melding_id: UUID, registratie: Registratie
) -> None:
    colleague, seen = make_actor(Rol.BEOORDELAAR), stand(uwv, melding_id)

    with pytest.raises(Overtaken):
        herstel.look_at(actor=colleague, melding_id=melding_id, now=LATER)
    with pytest.raises(Overtaken):
        carry_out(colleague, melding_id, Herstelvoorstel(registratie.pk, NEW), seen=seen)


def test_after_the_answer_yes_it_can_still_be_put_right_and_after_no_it_cannot(
    uwv: Actor, burger: Actor, melding_id: UUID, registratie: Registratie
) -> None:
    meldingen.answer(actor=uwv, melding_id=melding_id, gegrond=True, antwoord="Klopt.", now=NOW)
    carry_out(uwv, melding_id, Herstelvoorstel(registratie.pk, NEW))

    second = meldingen.report(
        actor=burger, soort=Meldingsoort.EINDE_KLOPT_NIET, toelichting="", peildatum=TODAY, now=NOW
    )
    meldingen.claim(actor=uwv, melding_id=second, now=NOW)
    meldingen.answer(actor=uwv, melding_id=second, gegrond=False, antwoord="Nee.", now=NOW)
    with pytest.raises(Overtaken):
        herstel.look_at(actor=uwv, melding_id=second, now=LATER)


@pytest.mark.parametrize("rol", [Rol.BURGER, Rol.WERKGEVER, Rol.BEMIDDELAAR, Rol.TOEZICHT, Rol.BELEID, Rol.BEHEER])
def test_other_roles_put_nothing_right(rol: Rol, uwv: Actor, melding_id: UUID, registratie: Registratie) -> None:
    seen = stand(uwv, melding_id)

    with pytest.raises(PermissionDenied):
        carry_out(make_actor(rol), melding_id, Herstelvoorstel(registratie.pk, NEW), seen=seen)


def test_a_melding_that_does_not_exist_is_refused(uwv: Actor) -> None:
    with pytest.raises(PermissionDenied):
        herstel.look_at(actor=uwv, melding_id=uuid4(), now=LATER)


def test_looks_and_corrections_are_in_the_logboek_by_person(
    uwv: Actor, melding_id: UUID, registratie: Registratie
) -> None:
    carry_out(uwv, melding_id, Herstelvoorstel(registratie.pk, NEW))
    last = Registratie.objects.get(bekend__endswith__isnull=True)
    carry_out(uwv, melding_id, Herstelvoorstel(last.pk, None), now=LATER + timedelta(minutes=1))

    about = Verwerking.objects.filter(betrokkene_index=bsns.index(bsn(0), doel="audit"))
    names = list(about.order_by("pk").values_list("naam", flat=True))
    look = "registraties bekeken"
    assert names[-4:] == [look, "registratie hersteld", look, "registratie vervallen"]
    assert WHY not in str(list(Logregel.objects.values()))


def test_the_reason_lies_sealed_and_the_citizen_reads_it(
    uwv: Actor, burger: Actor, melding_id: UUID, registratie: Registratie
) -> None:
    carry_out(uwv, melding_id, Herstelvoorstel(registratie.pk, NEW))

    with connection.cursor() as cursor:
        cursor.execute("SELECT h::text FROM register_herstel AS h")
        assert WHY.encode().hex() not in cursor.fetchone()[0]
    seen = inzage.own_overview(actor=burger, peildatum=TODAY, now=LATER)
    assert seen.lopend[0].herstel is not None
    assert seen.lopend[0].herstel.reden == seen.eerder[0].herstel.reden == WHY
    everything = inzage.everything(actor=burger, peildatum=TODAY, now=LATER)
    assert [row["reden"] for row in everything["hersteld_na_melding"]] == [WHY]


def test_another_citizen_sees_nothing_of_it(uwv: Actor, melding_id: UUID, registratie: Registratie) -> None:
    carry_out(uwv, melding_id, Herstelvoorstel(registratie.pk, NEW))
    other = make_burger(1)

    assert herstel.own(actor=other) == []
    assert herstel.made_for(actor=other, melding_id=melding_id) == []
    with database.acting(other):
        assert not Herstel.objects.exists()


def test_under_the_roles_of_postgresql_too(
    uwv: Actor, burger: Actor, melding_id: UUID, registratie: Registratie
) -> None:
    with transaction.atomic(), database.acting(uwv):
        carry_out(uwv, melding_id, Herstelvoorstel(registratie.pk, NEW))

    with transaction.atomic(), database.acting(burger):
        assert [h.reden for h in herstel.own(actor=burger)] == [WHY]


def test_the_database_wants_to_know_what_stood_and_what_stands(
    uwv: Actor, melding_id: UUID, registratie: Registratie
) -> None:
    with pytest.raises(IntegrityError, match="herstel_noemt_wat_er_stond_en_wat_er_nu_staat"):
        Herstel.objects.create(
            persoon=registratie.persoon,
            melding_id=melding_id,
            soort="gewijzigd",
            oud=registratie,
            reden_verzegeld=b"",
            hersteld_at=NOW,
            gebruiker_id=uwv.gebruiker_id,
        )


def test_forgetting_the_actor_is_a_fault() -> None:
    with pytest.raises(TypeError):
        herstel.own(actor=None)
