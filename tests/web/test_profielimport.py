"""The pages that take in, give out and count klantprofielen."""

import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.bemiddeling import profieluploads
from banenafspraak.bemiddeling.models import Klantprofiel
from banenafspraak.bemiddeling.models_import import Kolomindeling, Profielupload
from banenafspraak.bemiddeling.profielrecord import Contact
from tests.adapters.profielen.test_sonar import ROW, sheet
from tests.factories import bsn, make_kandidaat, make_klantprofiel, profiel_record
from tests.web.test_pages import queries

SignIn = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("demo_on")
PAGE = "/bemiddelaar/profielen/import/"


@pytest.fixture
def hilversum(sign_in: SignIn) -> Client:
    return sign_in("bemiddelaar-gemeente")


@pytest.fixture
def middelburg(sign_in: SignIn) -> Client:
    return sign_in("bemiddelaar-zeeland")


def vum(*items: dict) -> bytes:
    return json.dumps(items).encode()


def item(nummer: int, **fields: object) -> dict:
    return {"idWerkzoekende": f"k-{nummer}", "bsn": bsn(nummer).reveal()} | fields


def upload(client: Client, content: bytes, formaat: str = "vum", name: str = "x.json"):
    return client.post(PAGE, {"formaat": formaat, "bestand": SimpleUploadedFile(name, content)})


def preview_of(client: Client, content: bytes, formaat: str = "vum") -> tuple[str, str]:
    """The address of the preview, and the page."""
    address = upload(client, content, formaat).url
    return address, client.get(address, follow=True).content.decode()


def commit(client: Client, address: str, actie: str = "inlezen") -> str:
    return client.post(f"{address}inlezen/", {"actie": actie}, follow=True).content.decode()


def test_a_sonar_export_is_looked_at_first_and_then_taken_in(hilversum: Client) -> None:
    make_kandidaat(1)
    address, page = preview_of(hilversum, sheet(ROW), "sonar")
    assert "Er is nog niets veranderd" in page
    assert "1 profiel inlezen" in page
    assert not Klantprofiel.objects.exists()

    done = commit(hilversum, address)
    assert "Ingelezen: 1 nieuw, 0 gewijzigd, 0 al bekend." in done
    assert Klantprofiel.objects.get().bronnummer == "1234567"
    assert not Profielupload.objects.exists()


def test_faults_are_shown_with_row_reason_and_cure_and_the_good_rows_go_in(hilversum: Client) -> None:
    make_kandidaat(1)
    address, page = preview_of(hilversum, vum(item(1), item(2), item(3, bsn="123456789")))
    assert "Deze persoon staat niet in het doelgroepregister, of woont niet in uw gemeente of regio." in page
    assert "Kijk het BSN na." in page
    assert bsn(2).reveal() not in page

    assert "2 profielen met een fout zijn niet ingelezen." in commit(hilversum, address)
    assert Klantprofiel.objects.count() == 1


def test_who_lives_elsewhere_and_who_does_not_exist_look_the_same(hilversum: Client) -> None:
    make_kandidaat(1, gemeente="GM0687")

    def page(nummer: int) -> str:
        import re

        text = preview_of(hilversum, vum(item(nummer, idWerkzoekende="k")))[1]
        return re.sub(r"[0-9a-f-]{36}|csrfmiddlewaretoken\" value=\"[^\"]*|\d\d:\d\d", "", text)

    assert page(1) == page(2)


def test_what_is_not_delivered_any_more_is_shown_and_stays(hilversum: Client) -> None:
    make_kandidaat(1), make_kandidaat(2)
    commit(hilversum, preview_of(hilversum, vum(item(1), item(2)))[0])
    address, page = preview_of(hilversum, vum(item(1)))
    assert "Niet meer in uw bestand" in page
    assert "k-2" in page

    commit(hilversum, address)
    assert Klantprofiel.objects.count() == 2


def test_a_second_press_changes_nothing_twice(hilversum: Client) -> None:
    make_kandidaat(1)
    address, _page = preview_of(hilversum, vum(item(1)))
    commit(hilversum, address)
    before = list(Klantprofiel.objects.values())

    assert "al ingelezen, weggegooid of verlopen" in commit(hilversum, address)
    assert list(Klantprofiel.objects.values()) == before


def test_a_file_can_be_thrown_away(hilversum: Client) -> None:
    make_kandidaat(1)
    address, _page = preview_of(hilversum, vum(item(1)))

    assert "Het bestand is weggegooid" in commit(hilversum, address, "weggooien")
    assert (Profielupload.objects.count(), Klantprofiel.objects.count()) == (0, 0)


def test_somebody_else_cannot_see_or_take_in_the_file(hilversum: Client, middelburg: Client, sign_in: SignIn) -> None:
    make_kandidaat(1)
    address, _page = preview_of(hilversum, vum(item(1)))
    for other in (middelburg, sign_in("bemiddelaar")):
        assert other.get(address).url == PAGE
        assert other.get(f"{address}kolommen/").url == PAGE
        commit(other, address)
        commit(other, address, "weggooien")
    assert Profielupload.objects.count() == 1
    assert not Klantprofiel.objects.exists()


def test_the_file_lies_sealed(hilversum: Client) -> None:
    upload(hilversum, vum(item(1)))
    held = bytes(Profielupload.objects.get().inhoud_verzegeld)

    assert bsn(1).reveal().encode() not in held
    assert b"idWerkzoekende" not in held


def test_after_an_hour_the_file_is_gone(hilversum: Client) -> None:
    address = upload(hilversum, vum(item(1))).url
    past = timezone.now() - timedelta(minutes=1)
    Profielupload.objects.update(gemaakt_at=past - timedelta(hours=1), verloopt_at=past)

    assert hilversum.get(address).url == PAGE
    assert profieluploads.erase_expired(actor=Actor.system(doel="wissen"), now=timezone.now()) == 1


def test_a_new_file_takes_the_place_of_the_one_before(hilversum: Client) -> None:
    first, second = upload(hilversum, vum(item(1))).url, upload(hilversum, vum(item(2))).url

    assert hilversum.get(first).url == PAGE
    assert hilversum.get(second).status_code == 200


@pytest.mark.parametrize(
    ("content", "formaat", "word"),
    [
        (b"[", "vum", "Dit is geen JSON"),
        (b"PK\x03\x04", "sonar", "geen Excel-bestand"),
        (b"<html>", "um", "Dit is geen JSON"),
        (b"\xff\xfe\x00", "csv", "UTF-16"),
        (b"[" * 100_000, "vum", "genest"),
    ],
)
def test_a_hostile_or_broken_file_is_said_kindly(hilversum: Client, content: bytes, formaat: str, word: str) -> None:
    _address, page = preview_of(hilversum, content, formaat)
    assert "kunnen wij niet lezen" in page
    assert word in page
    assert "inlezen</button>" not in page


def test_a_file_that_is_too_large_is_refused_before_it_is_kept(hilversum: Client) -> None:
    response = upload(hilversum, b"x" * (11 * 1024 * 1024))

    assert "hoogstens 10 MB" in response.content.decode()
    assert not Profielupload.objects.exists()


def test_without_file_or_kind_the_form_says_so(hilversum: Client) -> None:
    page = hilversum.post(PAGE, {}).content.decode()
    assert "Kies een bestand." in page
    assert "Kies wat voor bestand het is." in page
    assert "Dit bestand is leeg" in upload(hilversum, b"").content.decode()


def test_too_many_rows_for_the_page_are_refused(hilversum: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("banenafspraak.web.bemiddelaar.profielimport.MAX_ROWS", 1)
    assert "meer dan 1 profielen" in preview_of(hilversum, vum(item(1), item(2)))[1]


# --- CSV and its columns -------------------------------------------------------------------------------------------

CSV = f"Nr;Burger service nr;Woont op\nk-1;{bsn(1).reveal()};1216AB\n".encode()


def test_the_columns_of_a_csv_are_chosen_once(hilversum: Client) -> None:
    make_kandidaat(1)
    address = upload(hilversum, CSV, "csv").url
    assert hilversum.get(address).url == f"{address}kolommen/"

    chosen = {"bsn": "Burger service nr", "bronnummer": "Nr", "postcode": "Woont op"}
    page = hilversum.post(f"{address}kolommen/", chosen, follow=True).content.decode()
    assert "1 profiel inlezen" in page
    commit(hilversum, address)
    assert Klantprofiel.objects.get().bemiddelingspostcode == "1216AB"
    assert hilversum.get(upload(hilversum, CSV, "csv").url).status_code == 200


def test_a_choice_without_a_person_or_with_one_column_twice_is_refused(hilversum: Client) -> None:
    address = upload(hilversum, CSV, "csv").url
    empty = hilversum.post(f"{address}kolommen/", {}).content.decode()
    twice = hilversum.post(f"{address}kolommen/", {"bsn": "Nr", "postcode": "Nr"}).content.decode()

    assert "Kies de kolom met het BSN" in empty
    assert "Deze kolom is al gekozen" in twice
    assert not Kolomindeling.objects.exists()


def test_the_columns_of_one_organisation_are_not_those_of_another(hilversum: Client, middelburg: Client) -> None:
    address = upload(hilversum, CSV, "csv").url
    hilversum.post(f"{address}kolommen/", {"bsn": "Burger service nr"})
    other = upload(middelburg, CSV, "csv").url

    assert middelburg.get(other).url == f"{other}kolommen/"


# --- Export ----------------------------------------------------------------------------------------------------------


def exported(client: Client, vorm: str):
    return client.post("/bemiddelaar/profielen/export/", {"vorm": vorm})


def test_an_export_has_the_own_people_only_and_each_is_logged(hilversum: Client) -> None:
    make_klantprofiel(make_kandidaat(1))
    make_klantprofiel(make_kandidaat(2, gemeente="GM0687"))
    found = json.loads(exported(hilversum, "vum").content)

    assert len(found) == 1
    regel = Logregel.objects.get(handeling="klantprofielen opgehaald als bestand")
    assert Verwerking.objects.filter(parent_operation_id=regel.operation_id).count() == 1
    assert bsn(1).reveal() not in json.dumps(found)


def test_who_took_consent_back_leaves_as_a_number_only(hilversum: Client) -> None:
    record = profiel_record(contact=Contact(naam="Zoë Geheim"))
    make_klantprofiel(make_kandidaat(1), record, status="niet_openbaar", reden="toestemming_ingetrokken")

    assert json.loads(exported(hilversum, "vum").content) == []
    assert "Geheim" not in exported(hilversum, "csv").content.decode()
    assert ";nee;" in exported(hilversum, "csv").content.decode()


def test_an_export_as_ods_opens_and_holds_no_formula(hilversum: Client) -> None:
    make_klantprofiel(make_kandidaat(1), profiel_record(contact=Contact(naam="=1+1")))
    content = zipfile.ZipFile(io.BytesIO(exported(hilversum, "ods").content)).read("content.xml").decode()

    assert "<text:p>&#x27;=1+1</text:p>" in content or "<text:p>'=1+1</text:p>" in content


def test_an_export_comes_back_through_the_import_unchanged(hilversum: Client) -> None:
    make_kandidaat(1)
    commit(hilversum, preview_of(hilversum, vum(item(1, mobiliteit={"bemiddelingspostcode": "1216AB"})))[0])
    address, page = preview_of(hilversum, exported(hilversum, "aanvulling").content)

    assert commit(hilversum, address).count("0 nieuw, 0 gewijzigd, 1 al bekend") == 1
    assert "1 profiel inlezen" in page


# --- Figures ---------------------------------------------------------------------------------------------------------


def test_figures_count_the_own_people_and_name_nobody(hilversum: Client) -> None:
    make_klantprofiel(make_kandidaat(1), op=timezone.now())
    make_klantprofiel(make_kandidaat(2), status="niet_openbaar", reden="werkt_al")
    make_kandidaat(3)
    make_klantprofiel(make_kandidaat(4, gemeente="GM0687"))
    csv = hilversum.get("/bemiddelaar/profielen/cijfers.csv").content.decode("utf-8-sig")
    rows = dict(line.split(";") for line in csv.splitlines())
    page = hilversum.get("/bemiddelaar/profielen/cijfers/").content.decode()

    assert rows["Openbaar"] == "1"
    assert rows["Volledig"] == "2"
    assert "Niet openbaar: Werkt al" in page
    assert "Alice" not in page


@pytest.mark.parametrize(
    ("address", "most"), [(PAGE, 20), ("/bemiddelaar/profielen/export/", 20), ("/bemiddelaar/profielen/cijfers/", 20)]
)
def test_pages_ask_the_database_little(hilversum: Client, address: str, most: int) -> None:
    make_klantprofiel(make_kandidaat(1))
    hilversum.get(address)
    few = queries(lambda: hilversum.get(address))
    make_klantprofiel(make_kandidaat(2)), make_klantprofiel(make_kandidaat(3))
    many = queries(lambda: hilversum.get(address))

    assert len(few) == len(many)
    assert len(many) <= most
