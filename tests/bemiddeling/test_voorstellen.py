"""A request for contact from the question to the name, and everything in which the employer may notice nothing."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from banenafspraak.access import bsn as bsns
from banenafspraak.access import database
from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.access.permissions import Rol
from banenafspraak.bemiddeling import contact, contactklok, toestemmingen
from banenafspraak.bemiddeling.bewaren_contact import CONTACTEN
from banenafspraak.bemiddeling.contactwoorden import Contactdoel, Contactuitkomst, Ongeschiktreden, Voorstelstatus
from banenafspraak.bemiddeling.models import Bericht, Contactverzoek, Toestemming, Voorstel, Voorstelstap
from banenafspraak.register.overgangen import NietMogelijk, Overtaken
from tests.bemiddeling.contactwereld import (
    SYSTEEM,
    acts,
    ask,
    asked,
    make_profiel,
    proposed,
    released,
    say_yes,
)
from tests.factories import NOW, bsn, make_actor, make_burger, make_college, make_werkgever

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def werkgever():
    return make_werkgever()


@pytest.fixture
def college():
    return make_college()


def tick(now: datetime):
    return contactklok.tick(actor=SYSTEEM, now=now)


def seen(werkgever, now: datetime):
    """What the employer can see of its requests: everything, in one value."""
    own = ("id", "werkgever_id", "gevraagd_door_id", "sleutel", "vacature_verzegeld", "aanbod_verzegeld")
    rows = [{k: v for k, v in row.items() if k not in own} for row in contact.requests_of(werkgever).values()]
    return rows, toestemmingen.released_to(actor=werkgever, now=now)


def test_from_question_to_name_under_the_roles_of_the_database(werkgever, college) -> None:
    profiel, burger, now = make_profiel(), make_burger(), timezone.now() - 7 * DAY
    verzoek = acts(werkgever, lambda actor: ask(actor, now=now))
    contact.propose(actor=SYSTEEM, verzoek_id=verzoek, profielen=[profiel.pk], now=now)
    voorstel = Voorstel.objects.get()
    acts(college, contact.approve, voorstel_id=voorstel.pk, now=now)
    acts(burger, lambda actor: say_yes(actor, voorstel, now=now))

    [vrijgave] = acts(werkgever, toestemmingen.released_to, now=now)
    inzage = acts(werkgever, toestemmingen.look_at, toestemming_id=vrijgave.toestemming_id, now=now)

    assert inzage.gegevens.contact.naam == "Noor de Vries"
    assert inzage.gegevens.profiel == {"werksoorten": ["bakker"]}
    look = Verwerking.objects.filter(naam="gegevens bekeken door werkgever")
    assert [bytes(v.betrokkene_index) for v in look] == [bsns.index(bsn(0), doel="audit")]
    assert Logregel.objects.get(handeling="gegevens bekeken door werkgever").organisatie_id == werkgever.organisatie_id


def test_before_the_fixed_moment_the_employer_sees_nothing(werkgever, college) -> None:
    voorstel = asked(werkgever, make_profiel(), college)
    toestemming = say_yes(make_burger(), voorstel)

    assert toestemmingen.released_to(actor=werkgever, now=NOW + timedelta(minutes=5)) == []
    assert toestemmingen.look_at(actor=werkgever, toestemming_id=toestemming, now=NOW + timedelta(minutes=5)) is None
    assert toestemmingen.look_at(actor=werkgever, toestemming_id=toestemming, now=released(NOW)) is not None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 4, 1, 6, 59, tzinfo=UTC), datetime(2026, 4, 1, 7, 0, tzinfo=UTC)),
        (datetime(2026, 4, 1, 7, 0, tzinfo=UTC), datetime(2026, 4, 2, 7, 0, tzinfo=UTC)),
        # Good Friday, the weekend and Easter Monday.
        (datetime(2026, 4, 2, 8, 0, tzinfo=UTC), datetime(2026, 4, 7, 7, 0, tzinfo=UTC)),
    ],
)
def test_answers_are_released_at_nine_on_a_working_day(now: datetime, expected: datetime) -> None:
    assert contact.next_release(now) == expected


def test_no_silence_and_not_suitable_look_the_same_at_every_moment(college) -> None:
    endings = {
        "nee": lambda v, b: (
            contact.approve(actor=college, voorstel_id=v, now=NOW),
            contact.decline(actor=b, voorstel_id=v, now=NOW),
        ),
        "stilte": lambda v, b: contact.approve(actor=college, voorstel_id=v, now=NOW),
        "ongeschikt": lambda v, b: contact.reject(actor=college, voorstel_id=v, reden=Ongeschiktreden.TE_VER, now=NOW),
        "niemand": None,
    }
    views = {}
    moments = [NOW + timedelta(days=n, hours=n) for n in (0, 1, 2, 5, 10, 20, 30)]
    for nummer, (name, end) in enumerate(endings.items()):
        werkgever = make_werkgever(kvk=f"0000010{nummer}")
        verzoek = ask(werkgever, vacature_tekst="Bel mevrouw Bakker")
        if end is not None:
            profiel = make_profiel(nummer)
            contact.propose(actor=SYSTEEM, verzoek_id=verzoek, profielen=[profiel.pk], now=NOW)
            end(Voorstel.objects.get(verzoek=verzoek).pk, make_burger(nummer))
        views[name] = []
        for moment in moments:
            tick(moment)
            views[name].append(seen(werkgever, moment))

    assert views["nee"] == views["stilte"] == views["ongeschikt"] == views["niemand"]


def test_a_yes_that_was_taken_back_in_time_was_never_there(werkgever, college) -> None:
    burger = make_burger()
    toestemming = say_yes(burger, asked(werkgever, make_profiel(), college))
    toestemmingen.withdraw(actor=burger, toestemming_id=toestemming, now=NOW + timedelta(minutes=1))

    assert toestemmingen.released_to(actor=werkgever, now=released(NOW)) == []


def test_withdrawing_acts_at_once_and_takes_the_data_away(werkgever, college) -> None:
    burger = make_burger()
    toestemming = say_yes(burger, asked(werkgever, make_profiel(), college))
    later = released(NOW)
    assert toestemmingen.look_at(actor=werkgever, toestemming_id=toestemming, now=later) is not None

    assert toestemmingen.withdraw(actor=burger, toestemming_id=toestemming, now=later)

    assert toestemmingen.look_at(actor=werkgever, toestemming_id=toestemming, now=later) is None
    assert Toestemming.objects.get().gegevens_verzegeld is None
    assert not toestemmingen.withdraw(actor=burger, toestemming_id=toestemming, now=later)


def test_on_its_day_a_consent_is_over_without_any_job(werkgever, college) -> None:
    toestemming = say_yes(make_burger(), asked(werkgever, make_profiel(), college), weken=2)
    tot = Toestemming.objects.get().geldig_tot
    midnight = datetime.combine(tot, datetime.min.time(), tzinfo=contact.next_release(NOW).tzinfo)

    assert toestemmingen.look_at(actor=werkgever, toestemming_id=toestemming, now=midnight - timedelta(seconds=1))
    assert toestemmingen.look_at(actor=werkgever, toestemming_id=toestemming, now=midnight) is None
    assert tick(midnight)["geeindigd"] == 1
    assert Toestemming.objects.get().gegevens_verzegeld is None


def test_what_came_of_it_ends_the_purpose(werkgever, college) -> None:
    toestemming = say_yes(make_burger(), asked(werkgever, make_profiel(), college))
    later = released(NOW)

    assert toestemmingen.finish(
        actor=werkgever, toestemming_id=toestemming, uitkomst=Contactuitkomst.AANGENOMEN, now=later
    )

    assert toestemmingen.look_at(actor=werkgever, toestemming_id=toestemming, now=later) is None
    [vrijgave] = toestemmingen.released_to(actor=werkgever, now=later)
    assert (vrijgave.leeft, vrijgave.uitkomst) == (False, Contactuitkomst.AANGENOMEN)
    assert Voorstel.objects.get().uitkomst == "aangenomen"
    assert not toestemmingen.finish(
        actor=werkgever, toestemming_id=toestemming, uitkomst=Contactuitkomst.NIET_BEREIKT, now=later
    )


def test_another_employer_gets_nothing_with_the_right_number(werkgever, college) -> None:
    toestemming = say_yes(make_burger(), asked(werkgever, make_profiel(), college))
    other = make_werkgever(kvk="00000012")

    assert toestemmingen.look_at(actor=other, toestemming_id=toestemming, now=released(NOW)) is None
    assert toestemmingen.released_to(actor=other, now=released(NOW)) == []
    assert not Logregel.objects.filter(handeling="gegevens bekeken door werkgever").exists()


def test_who_stops_asking_sees_nothing_any_more(werkgever, college) -> None:
    voorstel = asked(werkgever, make_profiel(), college)
    toestemming = say_yes(make_burger(), voorstel)

    assert contact.stop(actor=werkgever, verzoek_id=voorstel.verzoek_id, now=NOW)

    assert toestemmingen.look_at(actor=werkgever, toestemming_id=toestemming, now=released(NOW)) is None
    assert tick(released(NOW))["geeindigd"] == 1
    assert not contact.stop(actor=werkgever, verzoek_id=voorstel.verzoek_id, now=NOW)


# --- Never twice, never without a question ------------------------------------------------------------------------


def test_nobody_is_asked_twice_by_one_employer_for_one_purpose(werkgever) -> None:
    profiel = make_profiel()
    proposed(werkgever, profiel)

    again = ask(werkgever)

    assert contact.propose(actor=SYSTEEM, verzoek_id=again, profielen=[profiel.pk], now=NOW) == 0
    other = ask(werkgever, doel=Contactdoel.PROEFPLAATSING)
    assert contact.propose(actor=SYSTEEM, verzoek_id=other, profielen=[profiel.pk], now=NOW) == 1


def test_who_was_asked_before_is_passed_over_for_the_next(werkgever) -> None:
    first, second = make_profiel(0), make_profiel(1)
    proposed(werkgever, first)

    verzoek = ask(werkgever)
    contact.propose(actor=SYSTEEM, verzoek_id=verzoek, profielen=[first.pk, second.pk], now=NOW)

    assert Voorstel.objects.get(verzoek=verzoek).persoon_id == second.persoon_id


def test_proposing_again_only_fills_up(werkgever) -> None:
    profielen = [make_profiel(n).pk for n in range(4)]
    verzoek = ask(werkgever, aantal=2)

    made = [contact.propose(actor=SYSTEEM, verzoek_id=verzoek, profielen=profielen, now=NOW) for _ in range(2)]

    assert made == [2, 0]


def test_whose_profile_is_closed_in_the_meantime_is_not_thought_of(werkgever) -> None:
    profiel = make_profiel()
    profiel.status, profiel.niet_openbaar_reden = "niet_openbaar", "wil_niet"
    profiel.save()

    assert contact.propose(actor=SYSTEEM, verzoek_id=ask(werkgever), profielen=[profiel.pk], now=NOW) == 0


def test_pressing_twice_asks_once(werkgever) -> None:
    sleutel = make_burger().gebruiker_id

    assert ask(werkgever, sleutel=sleutel) == ask(werkgever, sleutel=sleutel)
    assert Contactverzoek.objects.count() == 1


def test_nobody_answers_what_was_not_asked(werkgever) -> None:
    voorstel, burger = proposed(werkgever, make_profiel()), make_burger()

    with pytest.raises(Overtaken):
        say_yes(burger, voorstel)
    with pytest.raises(Overtaken):
        contact.decline(actor=burger, voorstel_id=voorstel.pk, now=NOW)
    assert not Toestemming.objects.exists()


def test_a_no_never_becomes_a_yes(werkgever, college) -> None:
    voorstel, burger = asked(werkgever, make_profiel(), college), make_burger()
    contact.decline(actor=burger, voorstel_id=voorstel.pk, now=NOW)

    with pytest.raises(Overtaken):
        say_yes(burger, voorstel)
    with pytest.raises(IntegrityError, match="van nee naar ja"), transaction.atomic():
        Voorstel.objects.filter(pk=voorstel.pk).update(status="ja")


def test_after_the_last_day_there_is_no_answer(werkgever, college) -> None:
    voorstel = asked(werkgever, make_profiel(), college)
    late = NOW + timedelta(days=40)

    with pytest.raises(Overtaken):
        say_yes(make_burger(), voorstel, now=late)
    assert tick(late)["verlopen"] == 1
    assert Voorstel.objects.get().status == Voorstelstatus.VERLOPEN


def test_a_consent_is_never_made_wider_by_anybody(werkgever, college) -> None:
    burger = make_burger()
    say_yes(burger, asked(werkgever, make_profiel(), college))
    own = Toestemming.objects.all()

    for change in ({"geldig_tot": date(2030, 1, 1)}, {"gegevens": ["contact", "nodig"]}):
        with pytest.raises(IntegrityError, match="kleiner of korter"), transaction.atomic():
            own.update(**change)


def test_a_consent_without_a_yes_is_refused_by_the_database(werkgever, college) -> None:
    voorstel = asked(werkgever, make_profiel(), college)
    burger = make_burger()

    def sneak(actor) -> None:
        Toestemming(
            voorstel=voorstel,
            werkgever_id=voorstel.werkgever_id,
            doel=voorstel.doel,
            persoon_id=voorstel.persoon_id,
            gegevens=["contact"],
            gegevens_verzegeld=b"x",
            gegeven_at=NOW,
            vrij_at=NOW,
            geldig_tot=date(2030, 1, 1),
        ).save(force_insert=True)

    with pytest.raises(IntegrityError, match="hoort bij het ja"):
        acts(burger, sneak)


# --- Clocks ---------------------------------------------------------------------------------------------------------


def test_after_two_working_days_it_stands_on_top_and_the_organisations_are_told(werkgever, college) -> None:
    # Wednesday: the second working day is Thursday after Maundy Thursday, Good Friday and Easter are skipped.
    voorstel = proposed(werkgever, make_profiel())
    assert voorstel.eerste_antwoord_op == date(2026, 4, 7)

    assert tick(datetime(2026, 4, 7, 20, tzinfo=UTC))["te_laat"] == 0
    assert tick(datetime(2026, 4, 8, 6, tzinfo=UTC))["te_laat"] == 1
    assert tick(datetime(2026, 4, 8, 7, tzinfo=UTC))["te_laat"] == 0

    voorstel.refresh_from_db()
    assert voorstel.te_laat_at is not None
    assert [b.organisatie_id for b in Bericht.objects.filter(soort="verzoek_te_laat")] == [college.organisatie_id]


def test_every_step_is_kept_and_logged(werkgever, college) -> None:
    burger = make_burger()
    say_yes(burger, asked(werkgever, make_profiel(), college))

    assert list(Voorstelstap.objects.values_list("handeling", "naar")) == [
        ("voorstellen", "voorgesteld"),
        ("vragen", "gevraagd"),
        ("ja_zeggen", "ja"),
    ]
    index = bsns.index(bsn(0), doel="audit")
    assert Verwerking.objects.filter(betrokkene_index=index, activiteit="contact-met-werkgever").count() == 3


# --- Who may do what --------------------------------------------------------------------------------------------------


def test_another_gemeente_neither_sees_nor_judges(werkgever) -> None:
    voorstel, elsewhere = proposed(werkgever, make_profiel()), make_college("GM0363")

    assert not contact.visible_to(elsewhere, now=NOW).exists()
    with pytest.raises(PermissionDenied):
        contact.approve(actor=elsewhere, voorstel_id=voorstel.pk, now=NOW)
    with pytest.raises(PermissionDenied):
        acts(elsewhere, contact.approve, voorstel_id=voorstel.pk, now=NOW)


def test_another_person_answers_nothing(werkgever, college) -> None:
    voorstel, stranger = asked(werkgever, make_profiel(), college), make_burger(1)

    with pytest.raises(PermissionDenied):
        acts(stranger, lambda actor: say_yes(actor, voorstel))
    with pytest.raises(PermissionDenied):
        acts(stranger, contact.decline, voorstel_id=voorstel.pk, now=NOW)


def test_a_request_for_people_of_two_regions_reaches_both(werkgever, college) -> None:
    here, there = make_profiel(0), make_profiel(1, gemeente="GM0687")
    middelburg = make_college("GM0687")
    verzoek = ask(werkgever, aantal=2)
    contact.propose(actor=SYSTEEM, verzoek_id=verzoek, profielen=[here.pk, there.pk], now=NOW)

    assert [v.persoon_id for v in acts(college, _list)] == [here.persoon_id]
    assert [v.persoon_id for v in acts(middelburg, _list)] == [there.persoon_id]


def _list(*, actor):
    return list(contact.visible_to(actor, now=NOW))


@pytest.mark.parametrize("model", [Voorstel, Voorstelstap, Toestemming, Bericht])
def test_the_role_of_an_employer_may_not_even_ask(werkgever, model) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction.atomic(),
        database.acting(werkgever),
    ):
        model._default_manager.exists()


@pytest.mark.parametrize("rol", [Rol.BELEID, Rol.TOEZICHT, Rol.BEHEER, Rol.BEOORDELAAR])
def test_who_has_no_business_with_it_sees_no_request(rol, werkgever) -> None:
    proposed(werkgever, make_profiel())
    for model in (Contactverzoek, Voorstel, Toestemming):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            database.acting(make_actor(rol)),
        ):
            model._default_manager.exists()


def test_an_employer_acts_as_nobody_else(werkgever, college) -> None:
    toestemming = say_yes(make_burger(), asked(werkgever, make_profiel(), college))
    other = make_werkgever(kvk="00000012")

    with (
        pytest.raises(ProgrammingError, match="hoort niet bij"),
        transaction.atomic(),
        database.acting(other),
    ):
        toestemmingen.look_at(actor=werkgever, toestemming_id=toestemming, now=released(NOW))


def test_nobody_but_the_employer_calls_the_function(werkgever, college) -> None:
    toestemming = say_yes(make_burger(), asked(werkgever, make_profiel(), college))

    with (
        pytest.raises(ProgrammingError, match="permission denied for function"),
        transaction.atomic(),
        database.acting(college),
    ):
        toestemmingen.look_at(actor=werkgever, toestemming_id=toestemming, now=released(NOW))


def test_a_request_that_was_stopped_stays_stopped(werkgever) -> None:
    verzoek = ask(werkgever)
    contact.stop(actor=werkgever, verzoek_id=verzoek, now=NOW)

    def reopen(actor) -> None:
        Contactverzoek.objects.filter(pk=verzoek).update(status="open")

    with pytest.raises(IntegrityError, match="blijft zoals het is gedaan"):
        acts(werkgever, reopen)


def test_without_an_actor_there_is_an_error() -> None:
    for ask_for in (lambda: contact.visible_to(None, now=NOW), lambda: contact.requests_of(None)):
        with pytest.raises(TypeError):
            ask_for()


# --- What an employer writes ------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "   ", "x" * 1001, f"Vraag naar {bsn(3).reveal()}"])
def test_a_text_that_cannot_be_is_refused(werkgever, text: str) -> None:
    with pytest.raises(ValidationError):
        ask(werkgever, vacature_tekst=text)
    assert not Contactverzoek.objects.exists()


@pytest.mark.parametrize(
    "text", ["Bel 06 12345678", "Mail naar jan@bakker.nl", "Kom naar 1211 AB", "Vraag naar mevrouw Jansen"]
)
def test_a_text_that_may_name_somebody_is_held_until_a_bemiddelaar_saw_it(werkgever, college, text: str) -> None:
    voorstel = proposed(werkgever, make_profiel(), vacature_tekst=text)
    assert not contact.may_read(voorstel)

    acts(college, contact.approve, voorstel_id=voorstel.pk, now=NOW)

    voorstel.refresh_from_db()
    assert contact.may_read(voorstel)
    assert voorstel.verzoek.controle == "vastgehouden"


def test_a_plain_text_is_free_and_sealed(werkgever) -> None:
    verzoek = Contactverzoek.objects.get(pk=ask(werkgever))

    assert verzoek.controle == "vrij"
    assert b"Brood" not in bytes(verzoek.vacature_verzegeld)
    assert contact.texts_of(verzoek) == ("Brood bakken in de nacht.", "Een baan van 24 uur.")


def test_an_employer_has_a_limit(werkgever, monkeypatch) -> None:
    monkeypatch.setattr(contact, "MAX_OPEN", 2)
    ask(werkgever)
    stopped = ask(werkgever)
    with pytest.raises(ValidationError, match="lopen al"):
        ask(werkgever)

    contact.stop(actor=werkgever, verzoek_id=stopped, now=NOW)

    ask(werkgever)


# --- The bemiddelaar --------------------------------------------------------------------------------------


def test_a_bemiddelaar_thinks_of_somebody_else(werkgever, college) -> None:
    first, second = make_profiel(0), make_profiel(1)
    voorstel = proposed(werkgever, first)

    new = acts(college, contact.think_of_other, voorstel_id=voorstel.pk, persoon_id=second.persoon_id, now=NOW)

    voorstel.refresh_from_db()
    assert (voorstel.status, voorstel.reden) == ("niet_geschikt", "iemand_anders")
    assert Voorstel.objects.get(pk=new).persoon_id == second.persoon_id


def test_a_bemiddelaar_does_not_think_of_people_of_another_gemeente(werkgever, college) -> None:
    voorstel, elsewhere = proposed(werkgever, make_profiel(0)), make_profiel(1, gemeente="GM0687")

    with pytest.raises(PermissionDenied):
        acts(college, contact.think_of_other, voorstel_id=voorstel.pk, persoon_id=elsewhere.persoon_id, now=NOW)
    voorstel.refresh_from_db()
    assert voorstel.status == "voorgesteld"


def test_nobody_is_thought_of_twice_by_a_bemiddelaar_either(werkgever, college) -> None:
    first, second = make_profiel(0), make_profiel(1)
    proposed(werkgever, second)
    voorstel = proposed(werkgever, first)

    with pytest.raises(NietMogelijk, match="al voor gevraagd"):
        acts(college, contact.think_of_other, voorstel_id=voorstel.pk, persoon_id=second.persoon_id, now=NOW)
    voorstel.refresh_from_db()
    assert voorstel.status == "voorgesteld"


def test_a_yes_passed_on_tells_the_person(werkgever, college) -> None:
    voorstel = asked(werkgever, make_profiel(), college)

    acts(college, lambda actor: say_yes(actor, voorstel))

    assert Toestemming.objects.get().doorgegeven_door_id == college.gebruiker_id
    assert Bericht.objects.filter(soort="toestemming_doorgegeven", persoon=voorstel.persoon).count() == 1


def test_a_withdrawal_passed_on_acts_too(werkgever, college) -> None:
    toestemming = say_yes(make_burger(), asked(werkgever, make_profiel(), college))

    assert acts(college, toestemmingen.withdraw, toestemming_id=toestemming, now=NOW)
    assert Voorstel.objects.get().status == "ingetrokken"


def test_several_are_judged_at_once_and_the_late_ones_counted(werkgever, college) -> None:
    ids = [proposed(make_werkgever(kvk=f"0000020{n}"), make_profiel(n)).pk for n in range(3)]
    contact.approve(actor=college, voorstel_id=ids[0], now=NOW)

    assert acts(college, contact.judge_many, voorstel_ids=ids, reden=Ongeschiktreden.TE_VER, now=NOW) == (2, 1)


def test_who_cannot_be_reached_does_not_say_yes_yet(werkgever, college) -> None:
    from banenafspraak.bemiddeling.profielrecord import Contact

    voorstel = asked(werkgever, make_profiel(), college)
    for bereikbaar in (Contact(), Contact(naam="Noor"), Contact(naam="Noor", emailadres="geen")):
        with pytest.raises(ValidationError):
            say_yes(make_burger(), voorstel, bereikbaar=bereikbaar)
    assert Voorstel.objects.get().status == "gevraagd"


# --- Two years later ------------------------------------------------------------------------------------------------


def test_two_years_after_it_closed_a_request_is_erased_and_the_person_may_be_asked_again(werkgever, college) -> None:
    profiel, later = make_profiel(), NOW + timedelta(days=800)
    say_yes(make_burger(), asked(werkgever, profiel, college))
    closed = Contactverzoek.objects.get().sluit_at.date()
    actor = SYSTEEM

    assert set(CONTACTEN.erase(actor=actor, tot_en_met=closed - DAY, now=later)) == {"bemiddeling_bericht"}
    assert CONTACTEN.due(closed, later.date())["bemiddeling_voorstel"] == 1
    erased = CONTACTEN.erase(actor=actor, tot_en_met=closed, now=later)

    assert erased["bemiddeling_toestemming"] == 1
    assert not Voorstel.objects.exists()
    assert Verwerking.objects.filter(naam="vraag om contact gewist na bewaartermijn").count() == 1
    assert proposed(werkgever, profiel).status == "voorgesteld"
