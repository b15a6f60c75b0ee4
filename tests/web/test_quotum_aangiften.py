"""An employer uploads its own returns: what the page shows, keeps and refuses, and that nobody else gets at it."""

import json
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from banenafspraak.access import mandaten
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel, Organisatie, Verwerking
from banenafspraak.adapters.synthese import loonaangiften
from banenafspraak.register import werkrelaties
from banenafspraak.register.models_quotum import Bewaardquotum
from banenafspraak.register.models_raadpleging import Raadpleging
from banenafspraak.web import uploads
from tests.factories import bsn, lhnr, make_registered

SignIn = Callable[[str], Client]
PAGE = "/werkgever/quotum/"
STAFF = loonaangiften.payroll([bsn(n).reveal() for n in range(5)], [bsn(n).reveal() for n in range(5, 9)])
"""Five who are registered, three of whom are forgotten, and four who are not; the first two of those have the LKV."""


@pytest.fixture
def jaar() -> int:
    return loonaangiften.year_of(timezone.localdate())


@pytest.fixture
def staffed(sign_in: SignIn, jaar: int) -> None:
    """The demo's bakery pays nine people, of whom five are registered."""
    now = timezone.now()
    organisatie, system = Organisatie.objects.get(kvk="00000001"), Actor.system(doel="test")
    mandaten.link_loonheffingennummer(actor=system, organisatie_id=organisatie.pk, lhnr=lhnr(), now=now)
    relaties = [werkrelaties.Relatie(date(jaar, m, 1), lhnr(), bsn(n)) for m in range(1, 13) for n in range(9)]
    werkrelaties.take_in_werkrelaties(relaties, actor=system, now=now)
    for n in range(5):
        make_registered(n, known_at=now - timedelta(hours=1) + timedelta(seconds=n))


def files(jaar: int, *, maanden: int = 3, of: str = "") -> list[SimpleUploadedFile]:
    made = loonaangiften.messages(lhnr=of or lhnr(), jaar=jaar, tot=date(jaar, maanden, 2), staff=STAFF)
    return [SimpleUploadedFile(naam, inhoud, "text/xml") for naam, inhoud in made]


def send(client: Client, jaar: int, **more: object):
    return client.post(PAGE, {"bestanden": files(jaar), **more})


def carried(response, name: str = "keep") -> dict[str, str]:
    return {"uitkomst": response.context[name]}


# --- The answer ---------------------------------------------------------------------------------------------------


def test_the_returns_come_to_banen_and_missed_lkv(staffed: None, sign_in: SignIn, jaar: int) -> None:
    response = send(sign_in("werkgever"), jaar)

    assert response.status_code == 200
    beeld = response.context["blok"].beeld
    # 80, 87, 94, 101 and 108 hours a month; in February the first has half of 80.
    assert beeld.uren_arbeidsbeperkten == 3 * 470 - 40
    assert beeld.lkv.gemist == Decimal(3 * (80 + 87 + 94) - 40) * Decimal("1.01")
    assert (beeld.lkv.gemist_mensen, beeld.lkv.onterecht_mensen, beeld.lkv.overgang_mensen) == (3, 1, 1)


def test_the_page_says_it_in_words_and_every_line_opens_to_its_article(
    staffed: None, sign_in: SignIn, jaar: int
) -> None:
    text = send(sign_in("werkgever"), jaar).content.decode()

    for words in ("Gemist loonkostenvoordeel", "P100", "2.10 lid 1", "38g lid 3 en 8 Wfsv", "6.2 lid 1 onderdeel a"):
        assert words in text
    assert "januari" in text


def test_the_page_names_people_by_the_employers_own_number(staffed: None, sign_in: SignIn, jaar: int) -> None:
    text = send(sign_in("werkgever"), jaar).content.decode()

    assert not [n for n in range(9) if bsn(n).reveal() in text]


def test_everybody_is_logged_once(staffed: None, sign_in: SignIn, jaar: int) -> None:
    send(sign_in("werkgever"), jaar)

    assert Verwerking.objects.filter(activiteit="raadpleging-werkgever").count() == 9
    regel = Logregel.objects.get(handeling="loonaangiften met het register vergeleken")
    assert regel.rol == "werkgever"


def test_nothing_of_the_files_is_kept(
    staffed: None, sign_in: SignIn, jaar: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("a wage return was written to disk")

    monkeypatch.setattr(TemporaryUploadedFile, "__init__", refuse)
    large = b" " * 3_000_000

    response = sign_in("werkgever").post(PAGE, {"bestanden": [*files(jaar), SimpleUploadedFile("groot.xml", large)]})

    assert response.status_code == 400
    assert not Bewaardquotum.objects.exists()


def test_the_queries_do_not_grow_with_the_files(staffed: None, sign_in: SignIn, jaar: int) -> None:
    client = sign_in("werkgever")
    send(client, jaar)
    counts = []
    for maanden in (2, 9):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.post(PAGE, {"bestanden": files(jaar, maanden=maanden)})
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 18


def test_with_the_hours_of_last_year_the_quotum_is_there(staffed: None, sign_in: SignIn, jaar: int) -> None:
    client = sign_in("werkgever")

    without = send(client, jaar).content.decode()
    text = send(client, jaar, vorig="50.000", sector="overheid").content.decode()

    assert "ook de verloonde uren van het jaar ervoor nodig" in without
    assert "Er wordt geen heffing opgelegd." in text


def test_the_calculator_opens_with_the_figures_of_the_returns(staffed: None, sign_in: SignIn, jaar: int) -> None:
    client = sign_in("werkgever")

    address = send(client, jaar, sector="markt", percentage="2,5").context["blok"].calculator

    text = client.get(address).content.decode()
    assert 'value="1370"' in text
    assert 'value="2,5"' in text


# --- What is refused ----------------------------------------------------------------------------------------------


def test_a_return_of_another_employer_is_refused_with_its_name_and_cure(
    staffed: None, sign_in: SignIn, jaar: int
) -> None:
    response = sign_in("werkgever").post(PAGE, {"bestanden": files(jaar, of=lhnr(8_000))})

    text = response.content.decode()
    assert response.status_code == 400
    assert "niet bij uw organisatie hoort" in text
    assert f"loonaangifte-{jaar}-01.xml" in text
    assert not Raadpleging.objects.exists()


def test_another_employer_gets_nothing_for_these_returns(staffed: None, sign_in: SignIn, jaar: int) -> None:
    response = send(sign_in("werkgever-2"), jaar)

    assert response.status_code == 400
    assert not Raadpleging.objects.exists()


@pytest.mark.parametrize(
    ("inhoud", "told"),
    [
        (b"<Loonaangifte", "geen volledig, goed gevormd XML-bericht"),
        (b'<Loonaangifte xmlns="http://xml.belastingdienst.nl/schemas/Loonaangifte/2019/01"/>', "Belastingjaar 2019"),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><x/>", "DTD of entiteiten"),
        (b"PK\x03\x04", "zip-bestand"),
    ],
)
def test_one_bad_file_stops_everything_and_is_named(
    staffed: None, sign_in: SignIn, jaar: int, inhoud: bytes, told: str
) -> None:
    bad = SimpleUploadedFile("fout.xml", inhoud)

    response = sign_in("werkgever").post(PAGE, {"bestanden": [*files(jaar), bad]})

    text = response.content.decode()
    assert response.status_code == 400
    assert told in text
    assert "fout.xml" in text
    assert not Raadpleging.objects.exists()


def test_no_file_is_told(staffed: None, sign_in: SignIn) -> None:
    response = sign_in("werkgever").post(PAGE, {})

    assert response.status_code == 400
    assert "Kies minstens één bestand." in response.content.decode()


def test_too_many_files_are_told(staffed: None, sign_in: SignIn) -> None:
    many = [SimpleUploadedFile(f"{n}.xml", b"<x/>") for n in range(41)]

    assert "meer dan 40 bestanden" in sign_in("werkgever").post(PAGE, {"bestanden": many}).content.decode()


def test_a_request_that_is_too_large_is_told(staffed: None, sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "MAX_RETURNS", 1000)
    large = SimpleUploadedFile("groot.xml", b" " * 11_000_000)

    response = sign_in("werkgever").post(PAGE, {"bestanden": large})

    assert response.status_code == 400
    assert "samen groter dan 60 MB" in response.content.decode()


# --- Kept ---------------------------------------------------------------------------------------------------------


def test_keeping_keeps_the_figures_and_nobody(staffed: None, sign_in: SignIn, jaar: int) -> None:
    client = sign_in("werkgever")

    response = client.post(f"{PAGE}bewaren/", carried(send(client, jaar)), follow=True)

    text = response.content.decode()
    assert "Bewaard." in text
    assert "Gemist loonkostenvoordeel" in text
    assert "P100" not in text


def test_keeping_the_same_page_twice_keeps_it_once(staffed: None, sign_in: SignIn, jaar: int) -> None:
    client = sign_in("werkgever")
    page = carried(send(client, jaar))

    for _ in range(2):
        assert client.post(f"{PAGE}bewaren/", page).status_code == 302

    assert Bewaardquotum.objects.count() == 1


def test_a_page_of_somebody_else_or_made_up_keeps_nothing(staffed: None, sign_in: SignIn, jaar: int) -> None:
    page = carried(send(sign_in("werkgever"), jaar))
    other = sign_in("werkgever-2")

    for data in (page, {"uitkomst": "verzonnen"}, {}):
        text = other.post(f"{PAGE}bewaren/", data, follow=True).content.decode()
        assert "te oud of niet van u" in text

    assert not Bewaardquotum.objects.exists()


@pytest.fixture
def kept(staffed: None, sign_in: SignIn, jaar: int) -> str:
    """The address of a kept picture of the bakery."""
    client = sign_in("werkgever")
    address: str = client.post(f"{PAGE}bewaren/", carried(send(client, jaar))).headers["Location"]
    return address


def test_another_employer_cannot_open_download_or_throw_away_what_is_kept(kept: str, sign_in: SignIn) -> None:
    other = sign_in("werkgever-2")

    assert [other.get(address).status_code for address in (kept, f"{kept}bestand/csv/")] == [404, 404]
    other.post(f"{kept}weg/")
    assert Bewaardquotum.objects.count() == 1
    assert kept not in other.get(PAGE).content.decode()


def test_what_is_kept_is_listed_compared_and_thrown_away(kept: str, sign_in: SignIn, jaar: int) -> None:
    client = sign_in("werkgever")

    assert kept in client.get(PAGE).content.decode()
    later = send(client, jaar).content.decode()
    assert "Vergeleken met de vorige keer" in later
    assert "Weggegooid." in client.post(f"{kept}weg/", follow=True).content.decode()
    assert not Bewaardquotum.objects.exists()


def test_a_kept_picture_takes_few_queries(kept: str, sign_in: SignIn) -> None:
    client = sign_in("werkgever")

    with CaptureQueriesContext(connection) as queries:
        client.get(kept)

    assert len(queries) <= 8


# --- Files --------------------------------------------------------------------------------------------------------


def test_the_result_is_downloaded_with_its_lines(staffed: None, sign_in: SignIn, jaar: int) -> None:
    client = sign_in("werkgever")
    page = carried(send(client, jaar), "file")

    csv = client.post(f"{PAGE}bestand/", page | {"als": "csv"}).content.decode("utf-8-sig")
    body = json.loads(client.post(f"{PAGE}bestand/", page | {"als": "json"}).content)

    assert "gemist;P100;200;;1 2 3;202,00" in csv
    assert [regel["kenmerk"] for regel in body["regels"] if regel["soort"] == "gemist"] == ["P100", "P101", "P102"]
    assert body["uitleg"]["lkv"]["stappen"]


def test_a_kept_picture_is_downloaded_without_lines(kept: str, sign_in: SignIn, jaar: int) -> None:
    client = sign_in("werkgever")

    assert f"maand;{jaar}-01;" in client.get(f"{kept}bestand/csv/").content.decode()
    assert json.loads(client.get(f"{kept}bestand/json/").content)["regels"] == []
    assert client.get(f"{kept}bestand/exe/").status_code == 400


def test_a_download_of_a_made_up_page_is_refused(staffed: None, sign_in: SignIn) -> None:
    assert sign_in("werkgever").post(f"{PAGE}bestand/", {"uitkomst": "verzonnen"}).status_code == 302


# --- The demo's own returns ---------------------------------------------------------------------------------------


def test_the_demo_offers_its_made_up_returns(staffed: None, sign_in: SignIn, jaar: int, settings: Settings) -> None:
    place = settings.DATA_DIR / loonaangiften.MAP
    paden = loonaangiften.write(place, lhnr=lhnr(), jaar=jaar, tot=date(jaar, 3, 2), staff=STAFF)
    client = sign_in("werkgever")

    response = client.post(PAGE, {"voorbeeld": "1"})
    packed = zipfile.ZipFile(BytesIO(client.get(f"{PAGE}voorbeeld/").content))

    assert response.context["blok"].beeld.lkv.gemist_mensen == 3
    assert sorted(packed.namelist()) == sorted(pad.name for pad in paden)


def test_outside_the_demo_there_is_no_example(staffed: None, sign_in: SignIn, settings: Settings) -> None:
    client = sign_in("werkgever")
    settings.DEMO = False

    assert client.get(f"{PAGE}voorbeeld/").status_code == 404
    assert client.post(PAGE, {"voorbeeld": "1"}).status_code == 400
