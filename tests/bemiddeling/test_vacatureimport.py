"""A delivery of vacatures: all or nothing, twice is once, and nothing that is not complete is lost."""

from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command

from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel, Organisatie
from banenafspraak.bemiddeling import vacatureimport, vacatures
from banenafspraak.bemiddeling.models import Vacature
from banenafspraak.bemiddeling.vacaturelevering import Vacatureregel
from banenafspraak.bemiddeling.vacaturerecord import Geschiktreden, Sluitreden, Taak, VacatureRecord
from banenafspraak.register.records import Regelfout
from tests.bemiddeling.contactwereld import acts
from tests.factories import NOW, make_bemiddelaar, make_werkgever, vacaturerecord

pytestmark = pytest.mark.django_db


def rows(*records: VacatureRecord) -> list[Vacatureregel]:
    return [Vacatureregel(number, record) for number, record in enumerate(records, start=2)]


def one(nummer: str = "V-1", **fields) -> VacatureRecord:
    return vacaturerecord(**({"nummer_vacature": nummer, "kvk": "00000011"} | fields))


def take_in(actor: Actor, *records: VacatureRecord | Regelfout, now=NOW, **fields):
    regels = [r if isinstance(r, Regelfout) else Vacatureregel(n, r) for n, r in enumerate(records, start=2)]
    return acts(actor, vacatureimport.take_in, regels=regels, organisatie_id=actor.organisatie_id, now=now, **fields)


def test_what_is_complete_comes_in_open_and_the_rest_as_a_draft() -> None:
    adviser = make_bemiddelaar()
    verslag = take_in(adviser, one(), one("V-2", kvk=""), one("V-3", postcode=""))
    assert (verslag.nieuw, verslag.concept, verslag.fouten_totaal) == (3, 2, 0)
    assert dict(Vacature.objects.values_list("bronnummer", "status")) == {
        "V-1": "open", "V-2": "concept", "V-3": "concept",
    }  # fmt: skip


def test_the_same_file_twice_changes_nothing() -> None:
    adviser = make_bemiddelaar()
    records = [one(taken=(Taak("Inpakken"),)), one("V-2", kvk="")]
    take_in(adviser, *records)
    before = list(Vacature.objects.order_by("pk").values())
    again = take_in(adviser, *records, now=NOW + timedelta(days=1))
    assert (again.nieuw, again.gewijzigd, again.gelijk) == (0, 0, 2)
    assert list(Vacature.objects.order_by("pk").values()) == before


def test_what_was_completed_since_opens() -> None:
    adviser = make_bemiddelaar()
    take_in(adviser, one(kvk=""))
    assert take_in(adviser, one()).gewijzigd == 1
    assert Vacature.objects.get().status == "open"


def test_one_fault_and_nothing_is_stored() -> None:
    adviser = make_bemiddelaar()
    verslag = take_in(adviser, one(), one("V-2", aantal_werkuren_per_week_maximaal=80), Regelfout(4, "mis", "maak"))
    assert [fout.regel for fout in verslag.fouten] == [3, 4]
    assert (verslag.ingelezen, Vacature.objects.count()) == (False, 0)


def test_the_good_rows_can_be_taken_in_alone() -> None:
    adviser = make_bemiddelaar()
    past = NOW.date() - timedelta(days=1)
    verslag = take_in(adviser, one(), one("V-2", sluitingsdatum_vacature=past), goede_regels=True)
    assert (verslag.nieuw, verslag.fouten_totaal, Vacature.objects.count()) == (1, 1, 1)


def test_a_trial_changes_nothing_and_is_logged_as_that() -> None:
    adviser = make_bemiddelaar()
    verslag = take_in(adviser, one(), proef=True)
    assert (verslag.nieuw, verslag.ingelezen, Vacature.objects.count()) == (1, False, 0)
    assert Logregel.objects.get(handeling__startswith="levering van vacatures").handeling.endswith("nagekeken")


def test_a_number_stands_once_in_a_file() -> None:
    verslag = take_in(make_bemiddelaar(), one(), one())
    assert [fout.regel for fout in verslag.fouten] == [3]


def test_what_is_not_delivered_any_more_is_told_and_stays() -> None:
    adviser = make_bemiddelaar()
    take_in(adviser, one(), one("V-2"))
    verslag = take_in(adviser, one())
    assert verslag.ontbreekt == ("V-2",)
    assert Vacature.objects.get(bronnummer="V-2").status == "open"


def test_what_was_closed_stays_closed() -> None:
    adviser = make_bemiddelaar()
    take_in(adviser, one())
    vacature = Vacature.objects.get()
    vacatures.close(actor=adviser, vacature_id=vacature.pk, reden=Sluitreden.INGETROKKEN, now=NOW)
    assert take_in(adviser, one(naam_vacature="Anders")).gelijk == 1


def test_a_judgement_of_a_person_is_not_overruled_by_a_file() -> None:
    adviser = make_bemiddelaar()
    take_in(adviser, one(indicatie_ldr_registratie=True))
    vacature = Vacature.objects.get()
    assert (vacature.geschikt, vacature.geschikt_reden) == (True, "werkgever_wil_dit")
    reden = Geschiktreden.EISEN_TE_HOOG
    vacatures.judge(actor=adviser, vacature_id=vacature.pk, geschikt=False, reden=reden, now=NOW)
    take_in(adviser, one(indicatie_ldr_registratie=True, naam_vacature="Anders"))
    assert Vacature.objects.get().geschikt is False


def test_an_employer_delivers_its_own_and_of_nobody_else() -> None:
    make_werkgever(kvk="00000022", naam="Ander")
    werkgever = make_werkgever(kvk="00000011")
    verslag = take_in(werkgever, one(kvk=""), one("V-2", kvk="00000022"), goede_regels=True)
    assert (verslag.nieuw, verslag.fouten_totaal) == (1, 1)
    assert "KvK" in verslag.fouten[0].melding
    assert Vacature.objects.get().werkgever_id == werkgever.organisatie_id


def test_an_employer_cannot_call_its_own_work_suited() -> None:
    take_in(make_werkgever(kvk="00000011"), one(indicatie_ldr_registratie=True))
    assert Vacature.objects.get().geschikt is None


def test_nobody_delivers_for_another_organisation() -> None:
    adviser, other = make_bemiddelaar(), make_bemiddelaar(naam="Ander WSP")
    with pytest.raises(PermissionDenied):
        vacatureimport.take_in(rows(one()), organisatie_id=other.organisatie_id, actor=adviser, now=NOW)


def test_what_left_under_its_own_id_comes_back_as_the_same() -> None:
    werkgever = make_werkgever(kvk="00000011")
    made = vacatures.draft(actor=werkgever, record=vacaturerecord(), now=NOW)
    record = vacatures.record_of(Vacature.objects.get(pk=made))
    verslag = take_in(werkgever, replace(record, nummer_vacature=str(made), naam_vacature="Anders"))
    assert (verslag.gewijzigd, Vacature.objects.get().naam_vacature) == (1, "Anders")


# --- The command -------------------------------------------------------------------------------------------------

OIN = "00000001234567890000"
GOOD = "nummer;naam;kvk\nV-1;Bakker;00000011\n"


def run(path: Path, text: str, *options: str) -> str:
    path.write_text(text, encoding="utf-8")
    out = StringIO()
    call_command(
        "import_vacatures", str(path), "--formaat", "csv", "--organisatie", OIN, *options, stdout=out, stderr=out
    )
    return out.getvalue()


@pytest.fixture
def supplier() -> Actor:
    adviser = make_bemiddelaar()
    Organisatie.objects.filter(pk=adviser.organisatie_id).update(oin=OIN)
    return adviser


def test_the_command_takes_a_file_in(supplier: Actor, tmp_path: Path) -> None:
    assert "ingelezen" in run(tmp_path / "v.csv", GOOD)
    assert Vacature.objects.get().geplaatst_door_id == supplier.organisatie_id


def test_a_trial_of_the_command_changes_nothing(supplier: Actor, tmp_path: Path) -> None:
    assert "proef" in run(tmp_path / "v.csv", GOOD, "--proef")
    assert not Vacature.objects.exists()


@pytest.mark.parametrize(("text", "code"), [("nummer;kvk\nV-1;123\n", 1), ("naam\nBakker\n", 2), ("", 2)])
def test_the_command_says_how_it_went(supplier: Actor, tmp_path: Path, text: str, code: int) -> None:
    with pytest.raises(CommandError) as caught:
        run(tmp_path / "v.csv", text)
    assert caught.value.returncode == code


def test_an_unknown_organisation_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as caught:
        run(tmp_path / "v.csv", GOOD)
    assert caught.value.returncode == 2
