"""The Financieel CV on the screen: for a visitor, for an employer who may look at somebody, and for a person."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import timezone
from pypdf import PdfReader

from banenafspraak.access import bsn as bsns
from banenafspraak.access import demo
from banenafspraak.access.models import Logregel
from banenafspraak.bemiddeling import plaatsingen, toestemmingen
from banenafspraak.bemiddeling.contactwoorden import Gegeven
from banenafspraak.bemiddeling.models import Contactverzoek, Klantprofiel, Plaatsing
from banenafspraak.web.components.tijdlijn import Span, draw
from banenafspraak.web.financieelcv import first_answers
from banenafspraak.web.financieelcvwoorden import GRONDNAMEN, INSTRUMENTEN, KEUZES, VASTHEDEN
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.instrumenten.cv_feiten import Instrument, Vastheid
from tests.bemiddeling.contactwereld import RECORD, asked, make_profiel, say_yes
from tests.factories import bsn, make_burger, make_persoon, make_registratie, make_woonplaats
from tests.web.test_contact_pages import member
from tests.web.test_pages import queries
from tests.web.test_plaatsing_pages import KORENAAR, looks, working

SignIn = Callable[[str], Client]
pytestmark = [pytest.mark.usefixtures("demo_on"), pytest.mark.django_db]
PAGE = "/financieel-cv/"
WAJONGER = {"grond": "wajong", "leeftijd": "24", "uren": "28", "begin": "01-07-2026"}


def plain(response: Any) -> str:
    """The text of a page as it is read: without tags, with single spaces."""
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("\N{NO-BREAK SPACE}", " ").split())


def answered(client: Client, address: str = PAGE, **answers: str) -> str:
    response = client.post(address, {**WAJONGER, **answers})
    assert response.status_code == 200
    return plain(response)


def pdf_text(content: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages).split())


# --- For everybody ----------------------------------------------------------------------------------------------


def test_a_newcomer_reads_what_a_wajonger_of_24_for_28_hours_brings(client: Client) -> None:
    page = answered(client)

    assert "Zeker: € 1.470,56 per jaar." in page
    assert "U krijgt zeker: loonkostenvoordeel banenafspraak, no-riskpolis." in page
    assert "Vanaf 1 juli 2026, zolang het werk duurt." in page
    assert "Van 1 juli 2026 tot en met 30 juni 2031." in page  # loondispensatie, five years
    assert "Wet tegemoetkomingen loondomein" in page


def test_every_line_opens_down_to_its_article(client: Client) -> None:
    html = client.post(PAGE, WAJONGER).content.decode()

    for block in re.findall(r"<details>.*?</details>", html, re.S):
        assert "bna-steps" in block
        assert re.search(r"utrecht-paragraph--small\">[^<]*\d", block)
    assert html.count("https://wetten.overheid.nl/") > 10


def test_nothing_of_the_answers_is_in_an_address_or_in_the_session(client: Client) -> None:
    response = client.post(PAGE, WAJONGER)

    assert not re.search(r'(?:href|action)="[^"]*(?:wajong|leeftijd|grond=)', response.content.decode())
    assert not client.session.items()
    assert "no-store" in response["Cache-Control"]


def test_the_same_answers_twice_give_the_same_page(client: Client) -> None:
    first, second = answered(client), answered(client)

    assert first == second


def test_the_page_costs_no_query(client: Client) -> None:
    assert queries(lambda: client.post(PAGE, WAJONGER)) == []


def test_not_knowing_the_reason_shows_the_range_and_how_to_find_out(client: Client) -> None:
    page = answered(client, grond="onbekend", begin="01-12-2026")

    assert "Zeker: € 0,00 per jaar." in page
    assert "Het kan oplopen tot € 21.835,52." in page
    assert "Wat zou het antwoord veranderen?" in page
    assert "vraag het doelgroepregister met een BSN" in page


@pytest.mark.parametrize(
    ("answers", "anchor", "said"),
    [
        ({"loonwaarde": "0"}, "id_loonwaarde", "Vul een getal in van 1 tot en met 100"),
        ({"loonwaarde": "101"}, "id_loonwaarde", "Vul een getal in van 1 tot en met 100"),
        ({"loon": "14,98"}, "id_loon", "Minder dan het minimumloon van € 14,99"),
        ({"einde": "30-06-2026"}, "id_einde", "De laatste werkdag ligt voor de eerste werkdag."),
        ({"leeftijd": "15"}, "id_leeftijd", "Vul een getal in van 16 tot en met 70"),
        ({"leeftijd": "68"}, "id_leeftijd", "is de AOW-leeftijd al bereikt"),
        ({"begin": "31-12-2012"}, "id_begin", "ligt voor 1-1-2013"),
        ({"begin": "01-01-2027"}, "id_begin", "bekend tot en met 31-12-2026"),
        ({"begin": "31-02-2026"}, "id_begin", "Vul een datum in die bestaat"),
        ({"uren": ""}, "id_uren", "Vul de uren in."),
        ({"uren": "veel"}, "id_uren", "Vul een getal in, zoals 28 of 28,5."),
        ({"uren": "61"}, "id_uren", "Vul een getal in van 1 tot en met 60"),
        ({"grond": "iets anders"}, "id_grond_0", "Kies een van de antwoorden."),
    ],
)
def test_what_cannot_be_is_said_on_top_with_a_link(
    client: Client, answers: dict[str, str], anchor: str, said: str
) -> None:
    response = client.post(PAGE, {**WAJONGER, **answers})

    assert response.status_code == 400
    assert f'href="#{anchor}"' in response.content.decode()
    assert said in plain(response)
    assert "_percentage" not in plain(response)
    assert "begin_dienst" not in plain(response)


def test_an_answer_can_be_changed_without_filling_in_the_rest_again(client: Client) -> None:
    html = client.post(PAGE, {**WAJONGER, "einde": "31-12-2026", "als": "wijzigen"}).content.decode()

    assert re.search(r'value="wajong"[^>]*checked', html)
    assert 'value="28"' in html
    assert "<details open>" in html


def test_as_json_it_has_the_shape_of_the_rules(client: Client) -> None:
    response = client.post(PAGE, {**WAJONGER, "als": "json"})
    found = json.loads(response.content)

    assert set(found) == {"waarde", "stappen", "bronnen"}
    assert found["waarde"]["vol_jaar"]["zeker"] == 147056
    asked = client.post(
        "/api/v1/regels/financieel-cv/uitkomsten",
        {
            "peildatum": timezone.localdate().isoformat(),
            "feiten": {
                "begin_dienstbetrekking": "2026-07-01",
                "uren_per_week": 28,
                "leeftijd": 24,
                "grond": "wajong",
            },
        },
        content_type="application/json",
    )
    assert json.loads(asked.content)["waarde"] == found["waarde"]


def test_the_pdf_is_tagged_dutch_and_says_the_same(client: Client) -> None:
    response = client.post(PAGE, {**WAJONGER, "als": "pdf"}, headers={"accept-language": "en"})
    reader = PdfReader(io.BytesIO(response.content))
    catalog: Any = reader.trailer["/Root"]

    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/Lang"].startswith("nl")
    assert "pdfuaid" in catalog["/Metadata"].get_data().decode()
    said = pdf_text(response.content)
    assert "Zeker: € 1.470,56 per vol jaar." in said.replace("\N{NO-BREAK SPACE}", " ")
    assert "Wat u moet doen" in said


def test_the_page_exists_in_english(client: Client) -> None:
    client.post("/taal/", {"taal": "en", "next": "/"})
    page = answered(client)

    assert "Certain: € 1,470.56 a year." in page


def test_every_choice_instrument_and_certainty_has_words() -> None:
    assert set(INSTRUMENTEN) == set(Instrument)
    assert set(VASTHEDEN) == set(Vastheid)
    assert set(GRONDNAMEN) == set(Grond)
    assert {keuze.grond for keuze in KEUZES.values()} <= {*Grond, None}


def test_the_first_day_that_stands_in_the_form_has_known_amounts() -> None:
    assert first_answers(date(2026, 3, 15))["begin"] == date(2026, 4, 1)
    assert first_answers(date(2026, 12, 15))["begin"] == date(2026, 12, 1)
    assert first_answers(date(2027, 6, 1))["begin"] == date(2026, 12, 1)


def test_a_drawing_names_itself_and_tells_certain_from_open_by_shape() -> None:
    spans = [
        Span("LKV", date(2026, 1, 1), None, certain=True),
        Span("Jobcoach", date(2026, 1, 1), date(2029, 1, 1), certain=False),
    ]
    svg = draw(spans, today=date(2026, 6, 1), names={True: "zeker", False: "kan"}, title="Titel", description="Uitleg")

    assert 'role="img"' in svg
    assert "<title" in svg
    assert svg.count("stroke-dasharray") == 2  # the bar, and the legend
    assert "vandaag" in svg


def test_words_of_a_drawing_are_escaped() -> None:
    svg = draw(
        [Span("<script>", date(2026, 1, 1), None, certain=True)],
        today=date(2020, 1, 1), names={True: "", False: ""}, title="", description="",
    )  # fmt: skip

    assert "<script>" not in svg


# --- An employer to whom somebody said yes ---------------------------------------------------------------------------


@pytest.fixture
def then() -> datetime:
    return timezone.now() - timedelta(days=7)


def of_yes(then: datetime, *gegevens: Gegeven) -> str:
    """The address of the page of somebody who gave this to the bakery."""
    voorstel = asked(member("werkgever"), make_profiel(), member("bemiddelaar-gemeente"), now=then)
    record = replace(RECORD, aantal_werkuren_per_week_minimaal=12, aantal_werkuren_per_week_maximaal=28)
    consent = say_yes(make_burger(), voorstel, now=then, gegevens=gegevens, record=record)
    return f"/werkgever/gegevens/{consent}/financieel-cv/"


def test_the_hours_are_filled_in_when_the_person_gave_them(werkgever: Client, then: datetime) -> None:
    html = werkgever.get(of_yes(then, Gegeven.PRAKTISCH)).content.decode()

    assert "Financieel CV: Noor de Vries" in html
    assert re.search(r'name="uren"[^>]*value="28"', html)
    assert re.search(r'value="onbekend"[^>]*checked', html)


def test_hours_that_were_not_given_stay_empty(werkgever: Client, then: datetime) -> None:
    html = werkgever.get(of_yes(then, Gegeven.WERK)).content.decode()

    assert "Financieel CV: Noor de Vries" in html
    assert not re.search(r'name="uren"[^>]*value=', html)


def test_the_answers_about_a_candidate_become_a_page(werkgever: Client, then: datetime) -> None:
    page = answered(werkgever, of_yes(then, Gegeven.PRAKTISCH), grond="register")

    assert "Zeker: € 1.470,56 per jaar." in page


def test_each_look_at_a_candidate_is_logged_for_just_that_person(werkgever: Client, then: datetime) -> None:
    address = of_yes(then, Gegeven.PRAKTISCH)
    werkgever.get(address)
    werkgever.post(address, WAJONGER)

    assert looks("gegevens bekeken door werkgever") == [bsns.index(bsn(0), doel="audit")] * 2


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_employer_does_not_find_the_candidate(sign_in: SignIn, then: datetime, method: str) -> None:
    other = sign_in("werkgever-2")

    assert getattr(other, method)(of_yes(then, Gegeven.PRAKTISCH), WAJONGER).status_code == 404
    assert looks("gegevens bekeken door werkgever") == []


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_yes_that_was_taken_back_closes_the_page_at_once(werkgever: Client, then: datetime, method: str) -> None:
    address = of_yes(then, Gegeven.PRAKTISCH)
    consent = UUID(address.split("/")[3])
    toestemmingen.withdraw(actor=make_burger(), toestemming_id=consent, now=timezone.now())

    assert getattr(werkgever, method)(address, WAJONGER).status_code == 404


def test_the_page_of_a_candidate_costs_a_known_number_of_queries(werkgever: Client, then: datetime) -> None:
    address = of_yes(then, Gegeven.PRAKTISCH)

    assert len(queries(lambda: werkgever.get(address))) == 6


def test_the_page_of_a_request_leads_to_it(werkgever: Client, then: datetime) -> None:
    address = of_yes(then, Gegeven.WERK)
    verzoek = Contactverzoek.objects.get()

    assert address in werkgever.get(f"/werkgever/verzoeken/{verzoek.pk}/").content.decode()


# --- An employer with whom a placement is shared -------------------------------------------------------------------


@pytest.fixture
def werkgever(sign_in: SignIn) -> Client:
    return sign_in("werkgever")


@pytest.fixture
def profiel(werkgever: Client) -> Klantprofiel:
    return make_profiel()


def shared(profiel: Klantprofiel, *, kvk: str = KORENAAR.kvk) -> Plaatsing:
    plaatsing = working(profiel)
    now = timezone.now()
    plaatsingen.share(actor=make_burger(), plaatsing_id=plaatsing.pk, kvk=kvk, naam="Noor de Vries", now=now)
    return plaatsing


def of(plaatsing: Plaatsing) -> str:
    return f"/werkgever/plaatsingen/{plaatsing.pk}/financieel-cv/"


def test_only_what_is_shared_is_filled_in(werkgever: Client, profiel: Klantprofiel) -> None:
    plaatsing = shared(profiel)
    html = werkgever.get(of(plaatsing)).content.decode()

    assert "Financieel CV: Noor de Vries" in html
    assert re.search(r'value="(register|onbekend)"[^>]*checked', html)
    assert f'value="{plaatsing.begint_op:%d-%m-%Y}"' in html
    assert re.search(r'name="uren"[^>]*value="\d+', html)
    assert not re.search(r'name="(leeftijd|loonwaarde)"[^>]*value=', html)
    assert not re.search(r'value="wajong"[^>]*checked', html)


def test_the_employers_answers_complete_the_page(werkgever: Client, profiel: Klantprofiel) -> None:
    page = answered(werkgever, of(shared(profiel)), grond="register")

    assert "Zeker: € 1.470,56 per jaar." in page
    assert "Financieel CV: Noor de Vries" in page


def test_each_look_is_logged_for_just_that_person(werkgever: Client, profiel: Klantprofiel) -> None:
    plaatsing = shared(profiel)
    werkgever.get(of(plaatsing))
    werkgever.post(of(plaatsing), WAJONGER)

    assert looks("plaatsing bekeken door werkgever") == [bsns.index(bsn(0), doel="audit")] * 2
    rows = Logregel.objects.filter(handeling="plaatsing bekeken door werkgever")
    assert {row.doel for row in rows} == {"financieel cv bij een plaatsing van iemand die meekijken goedvond"}
    assert not any("wajong" in json.dumps(row.details).lower() for row in rows)


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_employer_finds_nothing(sign_in: SignIn, profiel: Klantprofiel, method: str) -> None:
    plaatsing = shared(profiel)
    response = getattr(sign_in("werkgever-2"), method)(of(plaatsing), WAJONGER)

    assert response.status_code == 404
    assert looks("plaatsing bekeken door werkgever") == []


def test_without_consent_there_is_no_page(werkgever: Client, profiel: Klantprofiel) -> None:
    assert werkgever.get(of(working(profiel))).status_code == 404


@pytest.mark.parametrize("method", ["get", "post"])
def test_consent_taken_back_closes_the_page_at_once(werkgever: Client, profiel: Klantprofiel, method: str) -> None:
    plaatsing = shared(profiel)
    assert werkgever.get(of(plaatsing)).status_code == 200
    plaatsingen.stop_sharing(actor=make_burger(), plaatsing_id=plaatsing.pk, kvk=KORENAAR.kvk, now=timezone.now())

    assert getattr(werkgever, method)(of(plaatsing), WAJONGER).status_code == 404


def test_the_employers_page_costs_a_known_number_of_queries(werkgever: Client, profiel: Klantprofiel) -> None:
    plaatsing = shared(profiel)

    assert len(queries(lambda: werkgever.get(of(plaatsing)))) == 6


def test_the_list_of_placements_leads_to_it(werkgever: Client, profiel: Klantprofiel) -> None:
    plaatsing = shared(profiel)

    assert of(plaatsing) in werkgever.get("/werkgever/plaatsingen/").content.decode()


# --- A person about the own work -----------------------------------------------------------------------------------

OWN = "/burger/financieel-cv/"
WORK = {"uren": "28", "begin": "01-07-2026"}


@pytest.fixture
def burger(sign_in: SignIn) -> Client:
    client = sign_in("burger")
    demo.give_bsn("burger", bsn(0))
    return client


def registered(nummer: int = 0, **fields: Any) -> None:
    persoon = make_persoon(nummer)
    make_woonplaats(persoon)
    make_registratie(persoon, **fields)


def test_a_person_gets_the_own_ground_and_age_filled_in(burger: Client) -> None:
    registered(grond=Grond.WAJONG)
    form = plain(burger.get(OWN))

    assert "Wij vullen in waarom u in het register staat: Wajong." in form
    assert "Leeftijd op de eerste werkdag" not in form
    response = burger.post(OWN, WORK)
    assert "Zeker: € 1.470,56 per jaar." in plain(response)
    assert "Dit kost en levert het een werkgever op" in plain(response)
    assert "Dit blad ziet alleen u." in plain(response)


def test_the_sheet_without_the_reason_does_not_tell_it(burger: Client) -> None:
    registered(grond=Grond.WAJONG)
    whole = pdf_text(burger.post(OWN, {**WORK, "loonwaarde": "60", "als": "pdf"}).content)
    bare = pdf_text(burger.post(OWN, {**WORK, "loonwaarde": "60", "als": "pdf-kaal"}).content)

    assert "Wajong" in whole
    assert "in het register, reden niet genoemd" in bare
    assert "Bekend: de Wajong" not in bare
    assert "60%" not in bare


def test_nobody_gets_the_data_of_somebody_else(burger: Client) -> None:
    registered(1, grond=Grond.WAJONG)

    assert "Wajong." not in plain(burger.get(OWN))
    assert "Wij hebben geen gegevens over u in het register." in plain(burger.get(OWN))


def test_the_own_look_is_logged(burger: Client) -> None:
    registered(grond=Grond.WAJONG)
    burger.get(OWN)

    assert Logregel.objects.filter(handeling="eigen gegevens bekeken").count() == 1


def test_the_own_page_costs_a_known_number_of_queries(burger: Client) -> None:
    registered(grond=Grond.WAJONG)

    assert len(queries(lambda: burger.get(OWN))) == 10
