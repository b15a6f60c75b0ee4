from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command

from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel
from banenafspraak.access.permissions import Rol
from banenafspraak.register import praktijkroute
from banenafspraak.register.models import Loonwaarde, Persoon, Registratie, Reintegratielevering
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.feiten import FeitenFout
from banenafspraak.wet.loonwaarde import LoonwaardeFeiten, Taak
from tests.factories import NOW, bsn, make_actor, make_burger, make_college, make_persoon, make_registratie

BORN = date(1990, 5, 1)
SINCE = date(2026, 3, 2)
pytestmark = pytest.mark.django_db


def feiten(**fields) -> LoonwaardeFeiten:
    known = {"vastgesteld_op": SINCE, "vastgesteld_percentage": 60, "ondersteuning_pwet_7_1_a": True}
    return LoonwaardeFeiten(**(known | fields))


@pytest.fixture
def college():
    return make_college()


def record(actor, *, nummer: int = 0, kenmerk: str = "LW-1", born: date = BORN, **fields):
    return praktijkroute.record(
        actor=actor, bsn=bsn(nummer), geboortedatum=born, kenmerk=kenmerk, feiten=feiten(**fields), now=NOW
    )


def test_below_the_minimum_wage_opens_the_register_from_that_day(college) -> None:
    made = record(college)
    registratie = Registratie.objects.get()
    assert (registratie.grond, registratie.route) == (Grond.PWET_LKS_UWV_LOONWAARDE, Route.PRAKTIJKROUTE)
    assert registratie.geldig.lower == made.ingeschreven_vanaf == SINCE


def test_a_measurement_by_tasks_counts_the_same(college) -> None:
    taak = Taak(tijdaandeel=Decimal(100), tempo=Decimal(80), kwaliteit=Decimal(75), netto_werktijd=Decimal(100))
    made = record(college, vastgesteld_percentage=None, taken=(taak,))
    assert (made.uitkomst.waarde.percentage, made.ingeschreven_vanaf) == (60, SINCE)


@pytest.mark.parametrize(
    "fields",
    [
        {"vastgesteld_percentage": 100},
        {"vastgesteld_percentage": None, "forfaitair": True},
        {"vastgesteld_percentage": None},
        {"ondersteuning_pwet_7_1_a": False},
    ],
)
def test_what_does_not_open_the_register_is_kept_all_the_same(college, fields) -> None:
    made = record(college, **fields)
    assert made.ingeschreven_vanaf is None
    assert Loonwaarde.objects.count() == 1
    assert not Registratie.objects.exists()


def test_who_worked_before_2017_comes_in_from_2017(college) -> None:
    assert record(college, vastgesteld_op=date(2016, 6, 1)).ingeschreven_vanaf == date(2017, 1, 1)


def test_who_runs_on_the_ground_already_keeps_that(college) -> None:
    make_registratie(make_persoon(0), grond=Grond.PWET_LKS_UWV_LOONWAARDE, route=Route.INDICATIE_BANENAFSPRAAK)
    made = record(college)
    assert (made.ingeschreven_vanaf, made.was_al_geregistreerd) == (None, True)
    assert Registratie.objects.count() == 1


def test_the_same_reference_twice_is_one(college) -> None:
    first = record(college)
    again = record(college)
    assert again.loonwaarde_id == first.loonwaarde_id
    assert (Loonwaarde.objects.count(), Registratie.objects.count()) == (1, 1)


@pytest.mark.parametrize("other", [{"vastgesteld_percentage": 61}, {"nummer": 1}])
def test_a_reference_is_used_for_one_loonwaarde(college, other) -> None:
    record(college)
    with pytest.raises(ValidationError, match="kenmerk"):
        record(college, **other)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"vastgesteld_op": date(2026, 4, 2)}, "toekomst"),
        ({"kenmerk": " "}, "kenmerk"),
        ({"kenmerk": "x" * 41}, "kenmerk"),
        ({"kenmerk": "999900006"}, "BSN"),
        ({"kenmerk": "dossier:999990019/2"}, "BSN"),
        ({"born": date(2026, 3, 3)}, "geboortedatum"),
    ],
)
def test_what_cannot_be_is_refused_in_words_for_a_form(college, fields, message) -> None:
    with pytest.raises(ValidationError, match=message):
        record(college, **fields)
    assert not Loonwaarde.objects.exists()


def test_facts_that_contradict_each_other_are_refused(college) -> None:
    with pytest.raises(FeitenFout):
        record(college, forfaitair=True)


def test_another_date_of_birth_than_the_registers_is_refused(college) -> None:
    make_persoon(0, geboortedatum=date(1991, 1, 1))
    with pytest.raises(ValidationError, match="horen niet bij elkaar"):
        record(college)


@pytest.mark.parametrize("rol", [Rol.BEOORDELAAR, Rol.WERKGEVER, Rol.BEMIDDELAAR])
def test_only_a_college_reports(rol) -> None:
    with pytest.raises(PermissionDenied):
        record(make_actor(rol, gemeente="GM0402"))


def test_each_sees_the_own_loonwaarden(college) -> None:
    made = record(college).loonwaarde_id

    def seen(actor) -> list:
        return list(praktijkroute.visible_to(actor).values_list("pk", flat=True))

    assert seen(college) == seen(make_burger()) == seen(make_actor(Rol.BEOORDELAAR)) == [made]
    assert seen(make_burger(1)) == seen(make_college("GM0363")) == seen(make_actor(Rol.WERKGEVER)) == []


def test_what_was_measured_lies_sealed_and_the_change_is_logged(college) -> None:
    record(college)
    assert b"vastgesteld_percentage" not in bytes(Loonwaarde.objects.get().gegevens_verzegeld)
    logged = Logregel.objects.values_list("handeling", flat=True)
    assert {"loonwaarde vastgelegd", "registratie ingeschreven"} <= set(logged)


# --- The file -----------------------------------------------------------------------------------------------------


def bericht(nummer: int = 0, **fields: str) -> str:
    values = {
        "Kenmerk": f"LW-{nummer}",
        "Gemeentecode": "0402",
        "Burgerservicenr": bsn(nummer).reveal(),
        "Geboortedatum": "1990-05-01",
        "CdArbeidsvermogenOnderWml": "1",
        "DatBReintegratieInzet": "2026-03-02",
        "PercentageLoonwaarde": "60",
        "IndOndersteuningPwet7": "1",
    } | fields
    return "<Bericht>" + "".join(f"<{n}>{v}</{n}>" for n, v in values.items() if v) + "</Bericht>"


def write(pad: Path, *berichten: str, head: str = "") -> Path:
    text = "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, "<ReintegratieBerichten>", *berichten])
    pad.write_text(text + "\n</ReintegratieBerichten>\n", encoding="utf-8")
    return pad


def run(pad: Path, *arguments: str) -> None:
    call_command("import_reintegratieberichten", str(pad), *arguments)


def test_a_file_is_taken_in_whole_and_twice_changes_nothing(tmp_path, capsys) -> None:
    pad = write(tmp_path / "b.xml", bericht(0), bericht(1, PercentageLoonwaarde="100", CdArbeidsvermogenOnderWml="2"))
    run(pad)
    run(pad)
    assert "al ingelezen" in capsys.readouterr().out
    assert (Loonwaarde.objects.count(), Registratie.objects.count()) == (2, 1)
    assert Reintegratielevering.objects.get().aantallen == {"berichten": 2, "nieuw": 2, "ingeschreven": 1}


def test_another_file_with_the_same_messages_changes_nothing(tmp_path) -> None:
    run(write(tmp_path / "a.xml", bericht(0)))
    run(write(tmp_path / "b.xml", bericht(0), bericht(1)))
    assert (Loonwaarde.objects.count(), Registratie.objects.count()) == (2, 2)


def test_a_trial_changes_nothing(tmp_path, capsys) -> None:
    run(write(tmp_path / "b.xml", bericht(0)), "--proef")
    assert "proef" in capsys.readouterr().out
    assert (Persoon.objects.count(), Loonwaarde.objects.count(), Reintegratielevering.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    ("fields", "reden"),
    [
        ({"Burgerservicenr": "123456789"}, "elfproef"),
        ({"Burgerservicenr": "111222333"}, "testnummers"),
        ({"Geboortedatum": "01-05-1990"}, "geen datum"),
        ({"DatBReintegratieInzet": "2026-02-29"}, "geen datum"),
        ({"DatBReintegratieInzet": "2027-01-01"}, "toekomst"),
        ({"PercentageLoonwaarde": "60,5"}, "heel getal"),
        ({"PercentageLoonwaarde": ""}, "ontbreekt: PercentageLoonwaarde"),
        ({"CdArbeidsvermogenOnderWml": "2"}, "spreken elkaar tegen"),
        ({"CdArbeidsvermogenOnderWml": "3"}, "een waarde die niet bestaat"),
        ({"IndForfaitair": "1"}, "geen gemeten loonwaarde"),
        ({"Kenmerk": ""}, "ontbreekt: Kenmerk"),
        ({"Gemeentecode": "9999"}, "gemeente is niet bekend"),
        ({"Onzin": "1"}, "een element dat niet bestaat"),
        ({"Kenmerk": "x" * 300}, "onmogelijk lang"),
    ],
)
def test_one_wrong_message_keeps_all_out_and_says_where_and_how_to_cure(tmp_path, capsys, fields, reden) -> None:
    pad = write(tmp_path / "b.xml", bericht(0), bericht(1, **fields))
    with pytest.raises(CommandError) as refused:
        run(pad)
    said = capsys.readouterr().err
    assert refused.value.returncode == 1
    assert reden in said
    assert "regel 5" in said
    assert not any(number in said for number in ("123456789", "111222333", bsn(1).reveal()))
    assert not Persoon.objects.exists()


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>', bericht(0, Kenmerk="&b;")),
        ('<!DOCTYPE x SYSTEM "file:///etc/passwd">', bericht(0)),
        ("", "<Bericht><Kenmerk>"),
        ("", ""),
        ("", "<Ander/></ReintegratieBerichten><ReintegratieBerichten>"),
    ],
)
def test_hostile_or_broken_xml_is_unusable(tmp_path, head, body) -> None:
    with pytest.raises(CommandError) as refused:
        run(write(tmp_path / "b.xml", body, head=head))
    assert refused.value.returncode == 2


def test_a_file_of_something_else_is_unusable(tmp_path) -> None:
    pad = tmp_path / "b.xml"
    pad.write_text("<Loonaangifte/>")
    with pytest.raises(CommandError) as refused:
        run(pad)
    assert refused.value.returncode == 2


def test_only_who_may_import_takes_a_file_in() -> None:
    with pytest.raises(PermissionDenied):
        praktijkroute.take_in(
            actor=make_college(), records=list, sha256="0" * 64, bestandsnaam="b.xml", proef=False, now=NOW
        )


def test_a_later_measurement_changes_nothing_in_the_register(college) -> None:
    record(college)
    record(college, kenmerk="LW-2", vastgesteld_op=SINCE + timedelta(days=20), vastgesteld_percentage=70)
    assert (Loonwaarde.objects.count(), Registratie.objects.count()) == (2, 1)


def test_the_system_reports_for_no_college() -> None:
    with pytest.raises(PermissionDenied):
        record(Actor.system(doel="test"))
