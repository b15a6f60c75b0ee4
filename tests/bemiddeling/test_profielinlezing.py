"""Taking in the profiles that a supplier delivers: all or nothing, once, and never over what somebody said."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from banenafspraak.access import database
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.access.permissions import Rol
from banenafspraak.bemiddeling import profielen
from banenafspraak.bemiddeling.models import Klantprofiel
from banenafspraak.bemiddeling.profielinlezing import delivered_numbers
from banenafspraak.bemiddeling.profielrecord import Contact, EisAanWerk, ProfielRecord, Stap
from tests.factories import (
    NOW,
    bsn,
    make_actor,
    make_burger,
    make_college,
    make_kandidaat,
    make_klantprofiel,
    make_organisatie,
    make_persoon,
    make_registratie,
    profiel_record,
    undone,
)

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=7)
SYSTEM = Actor.system(doel="test")


@pytest.fixture
def hilversum() -> Actor:
    return make_college("GM0402")


def delivery(nummer: int = 0, record: ProfielRecord | None = None, toestemming: bool | None = None, eigen: str = ""):
    return bsn(nummer), eigen or f"nr-{nummer}", record or profiel_record(), toestemming


def take_in(actor: Actor, *deliveries, now=NOW, **options):
    return profielen.take_in(deliveries, organisatie_id=actor.organisatie_id, actor=actor, now=now, **options)


def counts(found) -> tuple[int, int, int]:
    return found.nieuw, found.gewijzigd, found.gelijk


def whole_table() -> list[dict]:
    rows = Klantprofiel.objects.order_by("pk").values()
    return [{k: bytes(v) if isinstance(v, memoryview) else v for k, v in row.items()} for row in rows]


def test_a_new_profile_is_as_it_was_delivered(hilversum: Actor) -> None:
    persoon = make_kandidaat(0)

    found = take_in(hilversum, delivery())

    profiel = Klantprofiel.objects.get(persoon=persoon)
    assert counts(found) == (1, 0, 0)
    assert profielen.record_of(profiel) == profiel_record()
    assert (profiel.bron_id, profiel.bronnummer, profiel.versie) == (hilversum.organisatie_id, "nr-0", 1)
    assert profiel.beschikbaar_bevestigd_op == date(2026, 4, 1)
    assert (profiel.volledig, set(profiel.beantwoord_door.values())) == (True, {"levering"})


def test_the_same_delivery_twice_changes_nothing_not_even_a_date(hilversum: Actor) -> None:
    make_kandidaat(0)
    take_in(hilversum, delivery())
    before = whole_table()

    found = take_in(hilversum, delivery(), now=LATER)

    assert counts(found) == (0, 0, 1)
    assert whole_table() == before
    assert Logregel.objects.filter(handeling="klantprofielen ingelezen").count() == 1


def test_only_the_step_that_the_supplier_changed_is_changed_and_dated(hilversum: Actor) -> None:
    make_kandidaat(0)
    take_in(hilversum, delivery())

    found = take_in(hilversum, delivery(record=profiel_record(maximale_reisafstand=25)), now=LATER)

    profiel = Klantprofiel.objects.get()
    assert counts(found) == (0, 1, 0)
    assert (profiel.maximale_reisafstand, profiel.versie) == (25, 2)
    assert (profiel.beantwoord["reizen"], profiel.beantwoord["werk"]) == ("2026-04-08", "2026-04-01")
    assert profiel.beschikbaar_bevestigd_op == date(2026, 4, 1)


def test_an_answer_of_the_person_stays_and_is_told_once(hilversum: Actor) -> None:
    persoon = make_kandidaat(0)
    take_in(hilversum, delivery())
    profielen.save_stap(
        actor=make_burger(0),
        persoon_id=persoon.pk,
        stap=Stap.WERK,
        antwoorden={"werksoorten": ("kok",)},
        versie=1,
        now=NOW,
    )
    changed = profiel_record(werksoorten=("schilder",), maximale_reisafstand=30)

    found = take_in(hilversum, delivery(record=changed), now=LATER)

    assert found.behouden == (("nr-0", Stap.WERK),)
    profiel = Klantprofiel.objects.get()
    assert (profiel.werksoorten, profiel.maximale_reisafstand) == (["kok"], 30)
    assert take_in(hilversum, delivery(record=changed), now=LATER).behouden == ()


def test_what_a_bemiddelaar_filled_in_stays_until_the_supplier_changes_it(hilversum: Actor) -> None:
    persoon = make_kandidaat(0)
    take_in(hilversum, delivery())
    profielen.save_stap(
        actor=hilversum, persoon_id=persoon.pk, stap=Stap.WERK, antwoorden={"werksoorten": ("kok",)}, versie=1, now=NOW
    )

    take_in(hilversum, delivery(), now=LATER)
    assert Klantprofiel.objects.get().werksoorten == ["kok"]

    take_in(hilversum, delivery(record=profiel_record(werksoorten=("schilder",))), now=LATER)
    assert Klantprofiel.objects.get().werksoorten == ["schilder"]


def test_unknown_never_takes_the_place_of_known(hilversum: Actor) -> None:
    make_kandidaat(0)
    rich = profiel_record(eis_aan_werk=EisAanWerk(True, toelichting="rust"))
    take_in(hilversum, delivery(record=rich))

    poor = ProfielRecord(contact=Contact(telefoonnummer="0612345678"))
    take_in(hilversum, delivery(record=poor), now=LATER)

    kept = profielen.record_of(Klantprofiel.objects.get())
    assert kept == replace(rich, contact=replace(rich.contact, telefoonnummer="0612345678"))


def test_a_profile_that_no_supplier_has_yet_is_taken_over(hilversum: Actor) -> None:
    make_klantprofiel(make_kandidaat(0))

    assert counts(take_in(hilversum, delivery())) == (0, 1, 0)
    assert Klantprofiel.objects.get().bronnummer == "nr-0"


@pytest.mark.parametrize(
    ("toestemming", "status"),
    [(True, ("openbaar", "")), (None, ("concept", "")), (False, ("niet_openbaar", "toestemming_ingetrokken"))],
)
def test_consent_decides_whether_a_new_profile_can_be_found(hilversum: Actor, toestemming, status) -> None:
    make_kandidaat(0)
    take_in(hilversum, delivery(toestemming=toestemming))

    profiel = Klantprofiel.objects.get()
    assert (profiel.status, profiel.niet_openbaar_reden) == status


def test_consent_that_is_withdrawn_closes_at_once_and_comes_back(hilversum: Actor) -> None:
    make_kandidaat(0)
    for toestemming, status in (
        (True, "openbaar"),
        (False, "niet_openbaar"),
        (None, "niet_openbaar"),
        (True, "openbaar"),
    ):
        take_in(hilversum, delivery(toestemming=toestemming))
        assert Klantprofiel.objects.get().status == status


def test_consent_in_a_delivery_never_opens_what_the_person_took_away(hilversum: Actor) -> None:
    persoon = make_kandidaat(0)
    take_in(hilversum, delivery(toestemming=True))
    profielen.withdraw(actor=make_burger(0), persoon_id=persoon.pk, now=NOW)

    for toestemming in (None, True):
        take_in(hilversum, delivery(toestemming=toestemming), now=LATER)

    assert Klantprofiel.objects.get().status == "niet_openbaar"


# --- what cannot be taken in --------------------------------------------------------------------------------------


def faults(found) -> list[tuple[int, str]]:
    return [(fout.plaats, fout.melding) for fout in found.fouten]


NOT_HERE = "Deze persoon staat niet in het doelgroepregister, of woont niet in uw gemeente of regio."


def test_who_is_not_registered_lives_elsewhere_or_does_not_exist_looks_the_same(hilversum: Actor) -> None:
    make_kandidaat(0, gemeente="GM0687")
    make_persoon(1)

    found = take_in(hilversum, *(delivery(nummer) for nummer in (0, 1, 2)))

    assert faults(found) == [(0, NOT_HERE), (1, NOT_HERE), (2, NOT_HERE)]
    assert len({(fout.veld, fout.herstel) for fout in found.fouten}) == 1


def test_whose_registration_ended_is_not_taken_in(hilversum: Actor) -> None:
    from tests.factories import make_woonplaats

    persoon = make_persoon(0)
    make_woonplaats(persoon)
    make_registratie(persoon, tot=date(2026, 4, 1))

    assert faults(take_in(hilversum, delivery())) == [(0, NOT_HERE)]


def test_a_service_point_delivers_for_its_region_and_uwv_for_all() -> None:
    make_kandidaat(0, gemeente="GM0402")
    make_kandidaat(1, gemeente="GM0687")
    wsp = make_organisatie(soort="wsp", naam="WSP", regio_id="AM12")
    uwv = make_organisatie()

    def deliver(organisatie):
        both = (delivery(0), delivery(1))
        return profielen.take_in(both, organisatie_id=organisatie.pk, actor=SYSTEM, now=NOW, proef=True)

    assert (counts(deliver(wsp)), counts(deliver(uwv))) == ((1, 0, 0), (2, 0, 0))


def test_one_error_and_nothing_is_stored(hilversum: Actor) -> None:
    make_kandidaat(0)

    found = take_in(hilversum, delivery(0), delivery(1))

    assert counts(found) == (1, 0, 0)
    assert len(found.fouten) == 1
    assert not Klantprofiel.objects.exists()
    assert not Logregel.objects.exists()


def test_who_read_the_errors_may_take_the_rest(hilversum: Actor) -> None:
    make_kandidaat(0)

    take_in(hilversum, delivery(0), delivery(1), goede_regels=True)

    assert Klantprofiel.objects.count() == 1


def test_a_trial_counts_and_changes_nothing(hilversum: Actor) -> None:
    make_kandidaat(0)
    make_kandidaat(1)
    take_in(hilversum, delivery(1))
    before = whole_table()

    found = take_in(hilversum, delivery(0), delivery(1, profiel_record(maximale_reisafstand=3)), proef=True, now=LATER)

    assert counts(found) == (1, 1, 0)
    assert whole_table() == before


def test_a_person_twice_and_a_number_twice_are_told_apart(hilversum: Actor) -> None:
    make_kandidaat(0)
    make_kandidaat(1)

    found = take_in(hilversum, delivery(0), delivery(0, eigen="ander"), delivery(1, eigen="nr-0"))

    assert faults(found) == [
        (1, "Deze persoon staat twee keer in de levering."),
        (2, "Dit nummer staat twee keer in de levering."),
    ]


def test_a_second_profile_by_another_supplier_is_refused(hilversum: Actor) -> None:
    make_kandidaat(0)
    take_in(hilversum, delivery())
    uwv = make_organisatie()

    found = profielen.take_in([delivery()], organisatie_id=uwv.pk, actor=SYSTEM, now=LATER)

    assert faults(found) == [(0, "Voor deze persoon is er al een profiel van een andere organisatie.")]


def test_a_number_never_goes_on_to_somebody_else(hilversum: Actor) -> None:
    make_kandidaat(0)
    make_kandidaat(1)
    take_in(hilversum, delivery(0))

    assert faults(take_in(hilversum, delivery(1, eigen="nr-0"))) == [
        (0, "Dit nummer hoort bij u al bij iemand anders.")
    ]


def test_a_bsn_is_no_number_and_is_not_repeated(hilversum: Actor) -> None:
    make_kandidaat(0)

    found = take_in(hilversum, delivery(eigen=bsn(0).reveal()))

    assert faults(found) == [(0, "Het nummer van dit profiel is het BSN. Dat mag niet.")]
    assert bsn(0).reveal() not in repr(found)


def test_a_record_that_cannot_be_kept_says_which_field_and_not_what_stood_there(hilversum: Actor) -> None:
    make_kandidaat(0)

    (fout,) = take_in(hilversum, delivery(record=profiel_record(persoonlijke_presentatie="geheim " * 10_000))).fouten

    assert (fout.veld, fout.bronnummer) == ("persoonlijke_presentatie", "nr-0")
    assert "geheim" not in repr(fout)


def test_whatever_the_reader_raises_undoes_everything(hilversum: Actor) -> None:
    make_kandidaat(0)

    def broken():
        yield delivery(0)
        raise ValueError("the file ends here")

    with pytest.raises(ValueError, match="ends here"):
        profielen.take_in(broken(), organisatie_id=hilversum.organisatie_id, actor=hilversum, now=NOW)
    assert not Klantprofiel.objects.exists()


def test_a_bemiddelaar_delivers_for_the_own_organisation_only(hilversum: Actor) -> None:
    other = make_organisatie()

    with pytest.raises(PermissionDenied):
        profielen.take_in([], organisatie_id=other.pk, actor=hilversum, now=NOW)
    with pytest.raises(PermissionDenied):
        profielen.take_in([], organisatie_id=other.pk, actor=make_actor(Rol.WERKGEVER), now=NOW)


def test_it_works_under_the_role_of_a_bemiddelaar_in_postgresql(hilversum: Actor) -> None:
    make_kandidaat(0)
    with transaction.atomic(), database.acting(hilversum):
        take_in(hilversum, delivery())
    with transaction.atomic(), database.acting(hilversum):
        found = take_in(hilversum, delivery(record=profiel_record(maximale_reisafstand=3)), now=LATER)

    assert counts(found) == (0, 1, 0)


def test_each_person_it_concerned_is_logged(hilversum: Actor) -> None:
    for nummer in range(3):
        make_kandidaat(nummer)

    take_in(hilversum, *(delivery(nummer) for nummer in range(3)))

    assert Verwerking.objects.filter(naam="klantprofielen ingelezen", activiteit="bemiddeling").count() == 3


def test_the_numbers_that_were_delivered_are_there_for_what_is_missing_next_time(hilversum: Actor) -> None:
    for nummer in range(2):
        make_kandidaat(nummer)
    take_in(hilversum, delivery(0), delivery(1))

    assert list(delivered_numbers(hilversum.organisatie_id)) == ["nr-0", "nr-1"]


# --- any delivery ------------------------------------------------------------------------------------------------

_RECORDS = st.builds(
    profiel_record,
    maximale_reisafstand=st.none() | st.integers(-1, 1001),
    werksoorten=st.lists(st.sampled_from(["tuinman", "kok", "astronaut"]), max_size=2).map(tuple),
    beschikbaar=st.none() | st.booleans(),
    persoonlijke_presentatie=st.sampled_from(["", "Ik werk graag.", "x" * 2001]),
)
_DELIVERIES = st.lists(st.tuples(st.integers(0, 4), _RECORDS, st.sampled_from([None, True, False])), max_size=5)


@settings(max_examples=30, deadline=None)
@given(st.lists(_DELIVERIES, min_size=1, max_size=3))
def test_any_deliveries_are_all_or_nothing_and_the_second_time_nothing(rounds) -> None:
    with undone():
        college = make_college("GM0402")
        for nummer in range(4):
            make_kandidaat(nummer)
        moment = NOW
        for part in rounds:
            moment += timedelta(days=1)
            deliveries = [delivery(nummer, record, said) for nummer, record, said in part]
            before = whole_table()
            trial = take_in(college, *deliveries, now=moment, proef=True)
            assert whole_table() == before
            found = take_in(college, *deliveries, now=moment)
            assert found == trial
            if found.fouten:
                assert whole_table() == before
            else:
                assert sum(counts(found)) == len(deliveries)
                after = whole_table()
                again = take_in(college, *deliveries, now=moment + timedelta(hours=1))
                assert counts(again) == (0, 0, len(deliveries))
                assert whole_table() == after
