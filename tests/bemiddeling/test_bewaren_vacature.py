"""Two years after it was closed nobody is named in a vacature any more; the work itself stays."""

from datetime import timedelta

import pytest

from banenafspraak.access.actor import Actor
from banenafspraak.adapters.opruimen import ruim_op
from banenafspraak.bemiddeling import vacatures
from banenafspraak.bemiddeling.models import Vacature
from banenafspraak.bemiddeling.profielrecord import Contact
from banenafspraak.bemiddeling.vacaturerecord import Sluitreden
from tests.factories import NOW, make_vacature, make_werkgever

pytestmark = pytest.mark.django_db
NAMED = Contact(naam="Noor de Vries")


def close(werkgever: Actor, vacature: Vacature) -> None:
    vacatures.close(actor=werkgever, vacature_id=vacature.pk, reden=Sluitreden.INGETROKKEN, now=NOW)


def named() -> int:
    return Vacature.objects.filter(contact_verzegeld__isnull=False, gemaakt_door__isnull=False).count()


def test_it_is_erased_on_the_day_after_two_years_and_not_before() -> None:
    werkgever = make_werkgever()
    close(werkgever, make_vacature(werkgever, contact=NAMED))
    last = NOW.replace(year=NOW.year + 2)
    ruim_op(now=last)
    assert named() == 1
    ruim_op(now=last + timedelta(days=1))
    assert (named(), Vacature.objects.get().naam_vacature) == (0, "Medewerker bakkerij")


def test_what_is_open_keeps_whom_to_call() -> None:
    make_vacature(make_werkgever(), contact=NAMED)
    ruim_op(now=NOW + timedelta(days=1_000))
    assert named() == 1


def test_a_trial_only_counts() -> None:
    werkgever = make_werkgever()
    close(werkgever, make_vacature(werkgever, contact=NAMED))
    done = {one.regel.verwerking: one.aantallen for one in ruim_op(now=NOW + timedelta(days=1_000), proef=True)}
    assert (done["Vacatures van werkgevers"], named()) == ({"bemiddeling_vacature": 1}, 1)
