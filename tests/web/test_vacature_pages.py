"""Vacatures on the pages: an employer places one in steps, an adviser judges and carves, everybody reads."""

import json
import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from banenafspraak.access import demo
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel
from banenafspraak.bemiddeling import vacatures, zoekindex
from banenafspraak.bemiddeling.models import Vacature
from banenafspraak.bemiddeling.profielrecord import Contact
from banenafspraak.bemiddeling.vacaturerecord import Taak, Vacaturesoort
from banenafspraak.bemiddeling.vensterindex import INDEX
from tests.factories import make_vacature, vacaturerecord

pytestmark = pytest.mark.django_db
EMPLOYER, ADVISER = "/werkgever/vacatures/", "/bemiddelaar/vacatures/"
SECRET = Contact(naam="Noor de Vries", emailadres="noor@bakkerij.example", telefoonnummer="035 123 45 67")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    INDEX.forget()
    zoekindex.INDEX.forget()


@pytest.fixture
def employer(sign_in: Callable[[str], Client]) -> Client:
    return sign_in("werkgever")


@pytest.fixture
def adviser(sign_in: Callable[[str], Client]) -> Client:
    return sign_in("bemiddelaar")


def acting(sleutel: str) -> Actor:
    return demo.actor_of(sleutel, peildatum=timezone.localdate(), doel="een test")


def placed(sleutel: str = "werkgever", **fields) -> Vacature:
    return make_vacature(acting(sleutel), now=timezone.now(), **fields)


def begun(client: Client, room: str = EMPLOYER) -> UUID:
    address = client.post(f"{room}nieuw/", {"sleutel": uuid4(), "soort": "vacature"}).url
    return UUID(re.search(r"[0-9a-f-]{36}", address).group())


def step(client: Client, vacature_id: UUID, stap: str, room: str = EMPLOYER, **data):
    versie = Vacature.objects.get(pk=vacature_id).versie
    return client.post(f"{room}{vacature_id}/stap/{stap}/", {"versie": versie, **data})


def fill_in(client: Client, vacature_id: UUID, room: str = EMPLOYER) -> None:
    steps = {
        "werk": {"naam": "Inpakhulp", "werk": "inpakker", "omschrijving": "Brood inpakken."},
        "taken": {"rijen": 2, "taak_0": "Inpakken", "uren_0": "2,5", "werk_0": "Inpakker", "niveau_0": "2"},
        "tijd": {"minst": 16, "meest": 24, "postcode": "1211 ab", "dagen": ["1", "2"], "plekken": 2},
        "eisen": {"rijbewijs": "nee", "spreken": "2"},
        "aanbod": {"contract": ["B"], "begeleiding": "ja"},
        "reageren": {"emailadres": SECRET.emailadres, "contactnaam": SECRET.naam, "openbaar": "on"},
    }
    for stap, data in steps.items():
        answer = step(client, vacature_id, stap, room, **data)
        assert answer.status_code == 302, answer.context["form"].errors


def act(client: Client, vacature_id: UUID, handeling: str, room: str = EMPLOYER, **data):
    return client.post(f"{room}{vacature_id}/actie/", {"handeling": handeling, **data})


# --- An employer -------------------------------------------------------------------------------------------------


def test_an_employer_places_a_vacature_in_steps(employer: Client) -> None:
    vacature_id = begun(employer)
    fill_in(employer, vacature_id)
    act(employer, vacature_id, "plaatsen")
    vacature = Vacature.objects.get()
    record = vacatures.as_shown(vacature, with_contact=True)
    assert (vacature.status, vacature.regio, record.kvk) == ("open", "AM12", "00000001")
    assert (record.werksoort, record.aantal_plaatsen, record.rijbewijzen) == ("inpakker", 2, ())
    assert record.taken == (Taak("Inpakken", "inpakker", record.taken[0].uren_per_week, 2),)
    assert f"{record.taken[0].uren_per_week}" == "2.5"
    assert record.contact.naam == SECRET.naam


def test_every_step_shows_again_what_was_saved(employer: Client) -> None:
    vacature_id = begun(employer)
    fill_in(employer, vacature_id)
    before = vacatures.as_shown(Vacature.objects.get(), with_contact=True)
    versie = Vacature.objects.get().versie
    for stap in ("werk", "taken", "tijd", "eisen", "aanbod", "reageren"):
        form = employer.get(f"{EMPLOYER}{vacature_id}/stap/{stap}/").context["form"]
        shown = {field.html_name: field.value() for field in form if field.value() not in (None, False, "")}
        assert step(employer, vacature_id, stap, rijen=getattr(form, "rijen", ""), **shown).status_code == 302
    assert vacatures.as_shown(Vacature.objects.get(), with_contact=True) == before
    assert Vacature.objects.get().versie == versie


@pytest.mark.parametrize(
    ("stap", "data", "field"),
    [
        ("tijd", {"meest": "80"}, "meest"),
        ("tijd", {"minst": "30", "meest": "20"}, "minst"),
        ("tijd", {"vanaf": "1-1-2020"}, "vanaf"),
        ("tijd", {"postcode": "0000"}, "postcode"),
        ("reageren", {"tot_en_met": "1-1-2020"}, "tot_en_met"),
        ("reageren", {"website": "javascript:alert(1)"}, "website"),
        ("reageren", {"emailadres": "geen adres"}, "emailadres"),
        ("werk", {"naam": "x", "werk": "inpakkn"}, "werk"),
        ("werk", {"omschrijving": "y" * 2001}, "omschrijving"),
        ("werk", {"naam": "Bel 999900006"}, "naam"),
        ("taken", {"rijen": "1", "uren_0": "8"}, "taak_0"),
        ("taken", {"rijen": "1", "taak_0": "Inpakken", "uren_0": "acht"}, "uren_0"),
        ("eisen", {"rijbewijs": "ja"}, "rijbewijzen"),
    ],
)
def test_what_cannot_be_so_is_said_beside_the_field_and_nothing_is_lost(
    employer: Client, stap: str, data: dict, field: str
) -> None:
    vacature_id = begun(employer)
    answer = step(employer, vacature_id, stap, **data)
    assert answer.status_code == 400
    form = answer.context["form"]
    assert field in form.errors
    assert all(form[name].value() == value for name, value in data.items() if name in form.fields)
    assert f'href="#id_{field}' in answer.content.decode()
    assert Vacature.objects.get().versie == 1


def test_a_word_that_the_list_has_not_gets_suggestions_or_stays(employer: Client) -> None:
    vacature_id = begun(employer)
    assert "Bedoelt u" in step(employer, vacature_id, "werk", werk="bakerij").content.decode()
    step(employer, vacature_id, "werk", werk="Lantaarnopsteker", eigen_woord="on")
    assert Vacature.objects.get().naam_beroep == "Lantaarnopsteker"


def test_more_rows_for_tasks_keep_what_was_typed(employer: Client) -> None:
    vacature_id = begun(employer)
    answer = step(employer, vacature_id, "taken", rijen="6", taak_0="Inpakken", meer="1")
    assert answer.context["form"]["taak_0"].value() == "Inpakken"
    assert answer.context["rijen"] == 6
    assert not Vacature.objects.get().taken.exists()


def test_who_saves_over_somebody_else_is_told(employer: Client) -> None:
    vacature_id = begun(employer)
    step(employer, vacature_id, "werk", naam="Een")
    answer = employer.post(f"{EMPLOYER}{vacature_id}/stap/werk/", {"versie": 1, "naam": "Twee"})
    assert "Iemand anders" in answer.content.decode()
    assert answer.context["form"]["naam"].value() == "Twee"
    assert Vacature.objects.get().naam_vacature == "Een"


def test_an_unfinished_vacature_says_what_is_missing_and_where(employer: Client) -> None:
    vacature_id = begun(employer)
    answer = employer.get(f"{EMPLOYER}{vacature_id}/")
    assert {gap["url"].rsplit("/", 2)[1] for gap in answer.context["missing"]} == {"werk", "tijd"}
    act(employer, vacature_id, "plaatsen")
    assert Vacature.objects.get().status == "concept"


@pytest.mark.parametrize("times", [1, 2])
def test_pressing_twice_changes_nothing_twice(employer: Client, times: int) -> None:
    vacature = placed()
    key = uuid4()
    for _ in range(times):
        employer.post(f"{EMPLOYER}nieuw/", {"sleutel": key, "soort": "vacature"})
        act(employer, vacature.pk, "kopie", sleutel=str(vacature.pk))
        act(employer, vacature.pk, "sluiten", reden="vervuld_anders")
    assert Vacature.objects.count() == 3
    assert Logregel.objects.filter(handeling="vacature gesloten").count() == 1


def test_closing_asks_for_a_reason(employer: Client) -> None:
    vacature = placed()
    act(employer, vacature.pk, "sluiten")
    assert Vacature.objects.get().status == "open"
    act(employer, vacature.pk, "sluiten", reden="ingetrokken")
    assert Vacature.objects.get().sluitreden == "ingetrokken"


def test_another_employer_finds_nothing_of_it(employer: Client, sign_in: Callable[[str], Client]) -> None:
    vacature = placed("werkgever-2", is_open=False)
    assert employer.get(EMPLOYER).context["rows"] == []
    base = f"{EMPLOYER}{vacature.pk}/"
    assert [employer.get(f"{base}{tail}").status_code for tail in ("", "stap/werk/")] == [404, 404]
    assert act(employer, vacature.pk, "plaatsen").status_code == 404
    assert vacature.naam_vacature not in employer.get(f"{EMPLOYER}lijst/?als=csv").content.decode()
    assert not employer.get(f"{EMPLOYER}uitsnijden/?vacature={vacature.pk}").context["sources"]


def test_the_list_filters_and_sorts_in_the_address(employer: Client) -> None:
    placed(naam_vacature="Bakker", aantal_werkuren_per_week_minimaal=20)
    placed(naam_vacature="Afwasser", is_open=False)
    assert [row["naam"] for row in employer.get(f"{EMPLOYER}?stand=open").context["rows"]] == ["Bakker"]
    assert [row["naam"] for row in employer.get(f"{EMPLOYER}?volgorde=naam").context["rows"]] == ["Afwasser", "Bakker"]
    assert "geen vacatures die hierbij passen" in employer.get(f"{EMPLOYER}?zoek=xyz").content.decode()


def test_a_list_costs_the_same_however_long_it_is(employer: Client, django_assert_max_num_queries) -> None:
    for _ in range(20):
        placed()
    with django_assert_max_num_queries(18):
        assert len(employer.get(EMPLOYER).context["rows"]) == 20


def test_the_list_as_a_file_holds_no_formula(employer: Client) -> None:
    placed(naam_vacature="=1+1", contact=SECRET)
    text = employer.get(f"{EMPLOYER}lijst/?als=csv").content.decode("utf-8-sig")
    assert "'=1+1" in text
    assert SECRET.naam in text
    assert employer.get(f"{EMPLOYER}lijst/?als=ods").content[:2] == b"PK"
    assert json.loads(employer.get(f"{EMPLOYER}lijst/?als=vum").content)[0]["naamVacature"] == "=1+1"
    assert employer.get(f"{EMPLOYER}lijst/?als=exe").status_code == 400


# --- Files ---------------------------------------------------------------------------------------------------------


def deliver(client: Client, text: str, room: str = EMPLOYER, **data):
    file = SimpleUploadedFile("v.csv", text.encode())
    return client.post(f"{room}bestand/", {"formaat": "csv", "bestand": file, **data})


def test_a_file_is_tried_first_and_taken_in_when_asked(employer: Client) -> None:
    text = "nummer;naam;kvk\nV-1;Bakker;00000001\n"
    assert "Er is nog niets veranderd" in deliver(employer, text, doe="nakijken").content.decode()
    assert not Vacature.objects.exists()
    deliver(employer, text, doe="inlezen")
    assert Vacature.objects.get().bronnummer == "V-1"


def test_somebody_elses_number_in_a_file_is_a_fault_by_row(employer: Client) -> None:
    answer = deliver(employer, "nummer;kvk\nV-1;00000001\nV-2;00000003\n", doe="inlezen")
    assert answer.status_code == 400
    assert [fout.regel for fout in answer.context["verslag"].fouten] == [3]
    assert not Vacature.objects.exists()


@pytest.mark.parametrize("text", ["", "naam\nBakker\n", "\x00"])
def test_a_file_that_cannot_be_read_says_so(employer: Client, text: str) -> None:
    answer = deliver(employer, text, doe="inlezen")
    assert (answer.status_code, "bestand" in answer.context["form"].errors) == (400, True)


# --- A bemiddelaar -------------------------------------------------------------------------------------------------


def test_an_adviser_sees_the_region_and_says_why_it_suits(adviser: Client) -> None:
    vacature = placed(contact=SECRET)
    assert [row["naam"] for row in adviser.get(ADVISER).context["rows"]] == [vacature.naam_vacature]
    assert SECRET.naam in adviser.get(f"{ADVISER}{vacature.pk}/").content.decode()
    data = {"geschikt": "ja", "reden": "begeleiding_is_er", "toelichting": "Er is een vaste collega."}
    assert adviser.post(f"{ADVISER}{vacature.pk}/oordeel/", data).status_code == 302
    assert Logregel.objects.filter(handeling="vacature beoordeeld op geschiktheid").count() == 1
    vacature.refresh_from_db()
    assert (vacature.geschikt, vacature.geschikt_reden) == (True, "begeleiding_is_er")


def test_a_judgement_without_a_fitting_reason_is_refused(adviser: Client) -> None:
    vacature = placed()
    for data in ({"geschikt": "ja"}, {"geschikt": "ja", "reden": "eisen_te_hoog"}):
        answer = adviser.post(f"{ADVISER}{vacature.pk}/oordeel/", data)
        assert (answer.status_code, "reden" in answer.context["oordeel"].errors) == (400, True)


def test_an_adviser_of_elsewhere_reads_what_is_public_and_no_contact(sign_in: Callable[[str], Client]) -> None:
    vacature = placed(contact=SECRET)
    elsewhere = sign_in("bemiddelaar-zeeland")
    assert elsewhere.get(ADVISER).context["rows"] == []
    page = elsewhere.get(f"{ADVISER}{vacature.pk}/").content.decode()
    assert SECRET.naam not in page
    assert "Oordeel bewaren" not in page
    assert elsewhere.post(f"{ADVISER}{vacature.pk}/oordeel/", {"geschikt": "ja"}).status_code == 404
    assert SECRET.naam not in elsewhere.get(f"{ADVISER}lijst/?als=csv&van=alle").content.decode()


def test_an_adviser_does_not_change_what_an_employer_placed(adviser: Client) -> None:
    vacature = placed()
    assert adviser.get(f"{ADVISER}{vacature.pk}/stap/werk/").status_code == 404
    assert act(adviser, vacature.pk, "sluiten", ADVISER, reden="ingetrokken").status_code == 404


def test_an_adviser_places_for_an_employer_by_its_number(adviser: Client) -> None:
    vacature_id = begun(adviser, ADVISER)
    fill_in(adviser, vacature_id, ADVISER)
    assert "kvk" not in vacatures.record_of(Vacature.objects.get()).kvk
    act(adviser, vacature_id, "plaatsen", ADVISER)
    assert Vacature.objects.get().status == "concept"
    assert step(adviser, vacature_id, "werkgever", ADVISER, kvk="123").status_code == 400
    step(adviser, vacature_id, "werkgever", ADVISER, kvk="0000 0001")
    act(adviser, vacature_id, "plaatsen", ADVISER)
    vacature = Vacature.objects.get()
    assert (vacature.status, vacature.handelsnaam_organisatie) == ("open", "Bakkerij De Korenaar")
    assert vacature.werkgever_id == acting("werkgever").organisatie_id


def test_an_adviser_carves_a_job_and_sees_how_many_fit(adviser: Client) -> None:
    source = placed(taken=(Taak("Inpakken", "inpakker"), Taak("Bezorgen", rijbewijzen=("B",))))
    functie = vacatures.draft(
        actor=acting("werkgever"),
        record=vacaturerecord(taken=(Taak("Vegen"),)),
        toestand=vacatures.Toestand(Vacaturesoort.FUNCTIE),
        now=timezone.now(),
    )
    taak = source.taken.get(omschrijving="Inpakken").pk
    page = adviser.get(f"{ADVISER}uitsnijden/?vacature={source.pk}&taak={taak}&naam=Inpakhulp")
    assert [one["naam"] for one in page.context["sources"]] == [source.naam_vacature]
    assert page.context["after"] == "0"
    key = uuid4()
    for _ in range(2):
        made = adviser.post(
            f"{ADVISER}uitsnijden/", {"vacature": source.pk, "taak": taak, "naam": "Inpakhulp", "sleutel": key}
        )
    assert made.status_code == 302
    assert Vacature.objects.exclude(pk__in=[source.pk, functie]).get().naam_vacature == "Inpakhulp"


@pytest.mark.parametrize("data", [{}, {"naam": "Hulp"}, {"taak": str(uuid4()), "naam": "Hulp"}, {"taak": "geen"}])
def test_carving_nothing_says_so(employer: Client, data: dict) -> None:
    answer = employer.post(f"{EMPLOYER}uitsnijden/", data)
    assert answer.status_code == 400
    assert answer.context["form"].errors


# --- Everybody -----------------------------------------------------------------------------------------------------


def test_everybody_reads_an_open_vacature_and_not_whom_to_call(sign_in: Callable[[str], Client]) -> None:
    vacature = placed(contact=SECRET, taken=(Taak("Inpakken"),))
    for client in (Client(), sign_in("burger"), sign_in("werkgever-2"), sign_in("beleid")):
        page = client.get(f"/vacatures/{vacature.pk}/").content.decode()
        assert "Inpakken" in page
        assert not any(word in page for word in (SECRET.naam, SECRET.emailadres, "123 45 67", "00000001"))
        assert str(vacature.pk) in client.get("/vacatures/").content.decode()


@pytest.mark.parametrize("fields", [{"is_open": False}, {"openbaar": False}])
def test_what_is_not_public_is_not_there(fields: dict, sign_in: Callable[[str], Client]) -> None:
    sign_in("werkgever")
    vacature = placed(is_open=fields.get("is_open", True))
    Vacature.objects.filter(pk=vacature.pk).update(openbaar=fields.get("openbaar", True))
    assert Client().get(f"/vacatures/{vacature.pk}/").status_code == 404
    assert Client().get("/vacatures/").context["rows"] == []


def test_a_job_site_finds_a_job_posting_that_no_text_can_break_out_of(employer: Client) -> None:
    vacature = placed(
        omschrijving_vacature="</script><script>alert(1)</script>",
        sluitingsdatum_vacature=timezone.localdate() + timedelta(days=9),
        taken=(Taak("Inpakken"),),
        contact=SECRET,
    )
    answer = Client().get(f"/vacatures/{vacature.pk}/")
    page = answer.content.decode()
    (text,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    posting = json.loads(text)
    assert posting["@type"] == "JobPosting"
    assert {"title", "description", "datePosted", "hiringOrganization", "jobLocation", "validThrough"} <= set(posting)
    assert posting["description"].startswith("</script>")
    assert page.count("<script") == 1
    assert posting["jobLocation"]["address"]["postalCode"] == "1211AB"
    # A block of data is not run, so the policy needs no exception for it.
    assert "unsafe-inline" not in answer["Content-Security-Policy"]


def test_searching_by_work_place_and_hours(employer: Client) -> None:
    near = placed(werksoort="inpakker", naam_vacature="Inpakhulp")
    placed(werksoort="bakker", naam_vacature="Bakker", postcode="9712AB")

    def found(query: str) -> list[str]:
        return [row["naam"] for row in Client().get(f"/vacatures/?{query}").context["rows"]]

    assert found("werk=inpakken") == found("waar=Hilversum&straal=10") == [near.naam_vacature]
    assert found("uren=40") == []
    assert len(found("waar=Nergenshuizen")) == 2
    assert "kennen deze plaats niet" in Client().get("/vacatures/?waar=Nergenshuizen").content.decode()


def test_the_public_list_costs_the_same_however_long_it_is(employer: Client, django_assert_max_num_queries) -> None:
    for _ in range(20):
        placed()
    client = Client()
    with django_assert_max_num_queries(8):
        assert len(client.get("/vacatures/").context["rows"]) == 20
