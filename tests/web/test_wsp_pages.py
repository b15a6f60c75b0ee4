"""The pages of the Werkgeversservicepunt, for who works there, for policy, for employers and for everybody."""

import csv
import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from banenafspraak.access.models import Logregel, Verwerking
from banenafspraak.bemiddeling import (
    contactpunten,
    tevredenheid,
    vacatures,
    werkgeversservicepunt,
    wspcijfers,
    zoekindex,
)
from banenafspraak.bemiddeling.contactpunten import Bereikbaarheid, Contactpunt
from banenafspraak.bemiddeling.plaatsingen import Bedrijf
from banenafspraak.bemiddeling.tevredenheid import Werkgeversoordeel
from banenafspraak.bemiddeling.vacaturerecord import Sluitreden
from banenafspraak.bemiddeling.vensterindex import INDEX
from banenafspraak.bemiddeling.wspwoorden import Uitkomstsoort
from banenafspraak.web.contactpuntpagina import readable
from tests.bemiddeling.contactwereld import say_yes
from tests.bemiddeling.plaatsingwereld import CONTRACT, running
from tests.bemiddeling.test_werkgeversservicepunt import put_forward
from tests.factories import make_kandidaat, make_klantprofiel, make_vacature
from tests.web.test_contact_pages import member
from tests.web.test_pages import queries, text

SignIn = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("demo_on")
SHEET, PEOPLE = 13, 9
"""Statements of a page, with those of the session and the actor."""
NOBODY = "00000000-0000-0000-0000-000000000000"
PUNT = Bereikbaarheid(naam="WSP Gooi en Vechtstreek", telefoonnummer="0350000000", openingstijden="Van 9 tot 17 uur")
FORM = {"naam": PUNT.naam, "telefoonnummer": "035 000 00 00", "versie": "0"}


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    INDEX.forget()
    zoekindex.INDEX.forget()


@pytest.fixture
def wsp(sign_in: SignIn) -> Client:
    return sign_in("bemiddelaar")


@pytest.fixture
def werkgever(sign_in: SignIn) -> Client:
    return sign_in("werkgever")


def keep_point() -> None:
    contactpunten.change(actor=member("bemiddelaar"), regio="AM12", bereikbaarheid=PUNT, versie=0, now=timezone.now())


def closed(sleutel: str = "werkgever") -> UUID:
    actor, now = member(sleutel), timezone.now()
    vacature = make_vacature(actor, now=now)
    vacatures.close(actor=actor, vacature_id=vacature.pk, reden=Sluitreden.INGETROKKEN, now=now)
    return vacature.pk


def answered(cijfers: list[int]) -> None:
    for cijfer in cijfers:
        tevredenheid.answer(
            actor=member("werkgever"),
            soort=Uitkomstsoort.VACATURE,
            over=closed(),
            cijfer=cijfer,
            toelichting="Fijn geholpen.",
            now=timezone.now(),
        )


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


# --- The contact point -------------------------------------------------------------------------------------------


def test_it_is_filled_in_once_however_often_it_is_pressed(wsp: Client) -> None:
    for _ in range(2):
        response = wsp.post("/contactpunt/AM12/wijzigen/", FORM)
        assert (response.status_code, response.headers["Location"]) == (302, "/contactpunt/AM12/")
    assert Contactpunt.objects.get().versie == 1
    page = Client().get("/contactpunt/AM12/").content.decode()
    assert "tel:+31350000000" in page
    assert "035 000 00 00" in page
    assert "Contactpunt wijzigen" not in page


def test_what_is_wrong_stands_on_top_with_a_link(wsp: Client) -> None:
    response = wsp.post("/contactpunt/AM12/wijzigen/", FORM | {"telefoonnummer": "12", "emailadres": "x"})
    page = response.content.decode()
    assert response.status_code == 400
    assert 'href="#id_telefoonnummer"' in page
    assert 'href="#id_emailadres"' in page


def test_who_saves_after_somebody_else_sees_what_is_there_now_and_may_go_on(wsp: Client) -> None:
    keep_point()
    response = wsp.post("/contactpunt/AM12/wijzigen/", FORM | {"naam": "WSP Gooi"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Dit staat er nu" in page
    versie = re.search(r'name="versie" value="(\d+)"', page)
    assert versie
    again = wsp.post("/contactpunt/AM12/wijzigen/", FORM | {"naam": "WSP Gooi", "versie": versie[1]})
    assert again.status_code == 302
    assert Contactpunt.objects.get().naam == "WSP Gooi"


def test_another_region_keeps_its_own(sign_in: SignIn) -> None:
    assert sign_in("bemiddelaar-zeeland").post("/contactpunt/AM12/wijzigen/", FORM).status_code == 403
    assert not Contactpunt.objects.exists()


def test_everybody_finds_the_region_of_a_place(wsp: Client) -> None:
    keep_point()
    page = text(Client(), "/contactpunt/?waar=Hilversum")
    assert PUNT.naam in page
    assert "Wij kennen deze plaats of postcode niet" in text(Client(), "/contactpunt/?waar=Nergenshuizen")
    assert "/contactpunt/" in text(Client(), "/")


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("0350000000", "035 000 00 00"),
        ("0612345678", "06 12 34 56 78"),
        ("0294123456", "0294 12 34 56"),
        ("08001234", "0800 1234"),
        ("14035", "14 035"),
        ("", ""),
    ],
)
def test_a_number_is_readable(number: str, shown: str) -> None:
    assert readable(number) == shown


def test_an_employer_meets_it_where_it_needs_it(werkgever: Client, wsp: Client) -> None:
    keep_point()
    assert PUNT.naam not in text(werkgever, "/werkgever/")
    vacature = make_vacature(member("werkgever"), now=timezone.now())
    for address in ("/werkgever/", "/werkgever/vacatures/", f"/werkgever/vacatures/{vacature.pk}/"):
        assert PUNT.naam in text(werkgever, address), address


# --- What waits and who waits ------------------------------------------------------------------------------------


def test_the_sheet_shows_what_waits_and_when_it_was_counted(wsp: Client) -> None:
    now = timezone.now()
    vacature = make_vacature(member("werkgever"), now=now)
    page = text(wsp, "/bemiddelaar/wsp/")
    assert "Nog niet geteld" in page
    assert f"/bemiddelaar/vacatures/{vacature.pk}/matches/" in page
    werkgeversservicepunt.keep_counts([(vacature.pk, 0)], now=now)
    assert "is niet ouder dan" in text(wsp, "/bemiddelaar/wsp/?passend=niemand")
    assert "Toon alle vacatures zonder match" in text(wsp, "/bemiddelaar/wsp/?passend=minstens_een")


def test_nothing_that_waits_is_good_news(wsp: Client) -> None:
    assert "is iemand onderweg" in text(wsp, "/bemiddelaar/wsp/")
    assert "loopt er iets" in text(wsp, "/bemiddelaar/wsp/mensen/")


def test_what_is_typed_wrong_in_the_address_is_left_out(wsp: Client) -> None:
    make_vacature(member("werkgever"), now=timezone.now())
    assert "1 vacature" in text(wsp, "/bemiddelaar/wsp/?passend=x&volgorde=y&pagina=zz")
    text(wsp, "/bemiddelaar/wsp/mensen/?gemeente=GM9999&eerder=x")


def test_looking_at_the_sheet_counts_nothing(wsp: Client) -> None:
    make_vacature(member("werkgever"), now=timezone.now())
    assert not any("zoekregels" in sql for sql in queries(lambda: wsp.get("/bemiddelaar/wsp/")))


def test_who_waits_is_named_logged_and_leads_to_jobs(wsp: Client) -> None:
    profiel = make_klantprofiel(make_kandidaat(), op=timezone.now())
    page = text(wsp, "/bemiddelaar/wsp/mensen/")
    assert "Alice Jansen" in page
    assert f"/bemiddelaar/mensen/{profiel.persoon_id}/banen/" in page
    assert Verwerking.objects.filter(naam=werkgeversservicepunt.ZONDER_VOORDRACHT_BEKEKEN).count() == 1


def test_another_region_sees_neither(sign_in: SignIn) -> None:
    other = sign_in("bemiddelaar-zeeland")
    make_vacature(member("werkgever"), now=timezone.now())
    make_klantprofiel(make_kandidaat(), op=timezone.now())
    assert "Medewerker bakkerij" not in text(other, "/bemiddelaar/wsp/")
    assert "Alice Jansen" not in text(other, "/bemiddelaar/wsp/mensen/")
    assert not Verwerking.objects.filter(naam=werkgeversservicepunt.ZONDER_VOORDRACHT_BEKEKEN).exists()


def test_the_files_have_the_rows_of_the_lists_and_no_names(wsp: Client) -> None:
    now = timezone.now()
    profiel = make_klantprofiel(make_kandidaat(), op=now)
    vacature = make_vacature(member("werkgever"), now=now - timedelta(days=3), naam_vacature="=Bakker")
    [row] = rows_of(wsp.get("/bemiddelaar/wsp/vacatures.csv"))
    assert (row["vacature"], row["naam"], row["dagen_open"]) == (str(vacature.pk), "'=Bakker", "3")
    response = wsp.get("/bemiddelaar/wsp/mensen.csv")
    [row] = rows_of(response)
    assert (row["persoon"], row["gemeente"]) == (str(profiel.persoon_id), "Hilversum")
    assert "Alice" not in response.content.decode()
    assert Verwerking.objects.filter(naam=werkgeversservicepunt.ZONDER_VOORDRACHT_OPGEHAALD).count() == 1


def test_the_lists_ask_no_more_for_more(wsp: Client) -> None:
    now, werkgever = timezone.now(), member("werkgever")

    def cost() -> list[int]:
        return [len(queries(lambda a=a: wsp.get(a))) for a in ("/bemiddelaar/wsp/", "/bemiddelaar/wsp/mensen/")]

    make_vacature(werkgever, now=now)
    make_klantprofiel(make_kandidaat(), op=now)
    cost()
    before = cost()
    for place in range(1, 6):
        make_vacature(werkgever, now=now)
        make_klantprofiel(make_kandidaat(place), op=now)
    assert cost() == before
    assert before == [SHEET, PEOPLE]


# --- Figures -----------------------------------------------------------------------------------------------------


def test_the_figures_say_when_there_is_nothing_to_draw(wsp: Client) -> None:
    make_vacature(member("werkgever"), now=timezone.now())
    page = text(wsp, "/bemiddelaar/wsp/cijfers/")
    assert "<svg" not in page
    assert "begon nog niemand" in page
    assert 'id="vervuld-tabel"' in page
    assert "&lt; 5" in page
    [row] = Logregel.objects.filter(handeling=wspcijfers.CIJFERS_BEKEKEN)
    assert row.onderwerp == f"AM12 {timezone.localdate().year}"


def test_who_began_is_drawn_and_stands_in_a_table_beside_it(wsp: Client) -> None:
    bemiddelaar = member("bemiddelaar")
    vacature = make_vacature(member("werkgever"), now=timezone.now())
    profiel = make_klantprofiel(make_kandidaat(), op=timezone.now())
    _verzoek, voorstel = put_forward(bemiddelaar, vacature, profiel, now=timezone.now())
    say_yes(bemiddelaar, voorstel, now=timezone.now())
    inhoud = replace(
        CONTRACT, begint_op=timezone.localdate(), eindigt_op=None, werkgever=Bedrijf("00000001", "Bakkerij")
    )
    running(bemiddelaar, profiel.persoon_id, inhoud, now=timezone.now(), voorstel_id=voorstel.pk)
    page = text(wsp, "/bemiddelaar/wsp/cijfers/")
    assert "<svg" in page
    assert 'aria-labelledby="vervuld-titel"' in page
    assert "is iemand onderweg" in text(wsp, "/bemiddelaar/wsp/")


def test_a_quarter_can_be_asked_for_and_nonsense_not(wsp: Client) -> None:
    today = timezone.localdate()
    text(wsp, f"/bemiddelaar/wsp/cijfers/?periode={today.year}Q1")
    for wrong in ("1999", f"{today.year}Q9", "x", f"{today.year + 1}"):
        assert wsp.get(f"/bemiddelaar/wsp/cijfers/?periode={wrong}").status_code == 404
    assert wsp.get(f"/bemiddelaar/wsp/jaarverslag/?jaar={today.year}Q1").status_code == 404
    assert wsp.get(f"/bemiddelaar/wsp/toelichtingen/?periode={today.year}Q1").status_code == 404


def test_figures_ask_no_more_for_more(wsp: Client) -> None:
    before = len(queries(lambda: wsp.get("/bemiddelaar/wsp/cijfers/")))
    answered([3, 4, 5, 4, 3])
    assert len(queries(lambda: wsp.get("/bemiddelaar/wsp/cijfers/"))) == before


def test_the_files_say_the_same_as_the_page(wsp: Client) -> None:
    answered([3, 4, 5, 4, 3])
    data = json.loads(wsp.get("/bemiddelaar/wsp/cijfers.json").content)
    assert data["totaal"]["tevredenheid"] == {"antwoorden": 5, "gemiddelde": 3.8}
    assert data["totaal"]["gesloten"] == 5
    assert {cell["aantal_in_vijftallen"] for cell in data["vervuld_per_grond_en_sector"]} == {None}
    rows = {(row["wat"], row["waarover"]): row["waarde"] for row in rows_of(wsp.get("/bemiddelaar/wsp/cijfers.csv"))}
    assert rows["tevredenheid.gemiddelde", data["periode"]] == "3,8"
    assert rows["gesloten_per_reden", "ingetrokken"] == "5"
    assert rows["vervuld_in_vijftallen", "a / markt"] == ""


def test_four_answers_show_nothing(wsp: Client) -> None:
    answered([1, 1, 1, 1])
    page = text(wsp, "/bemiddelaar/wsp/cijfers/")
    assert "niet getoond" in page
    data = json.loads(wsp.get("/bemiddelaar/wsp/cijfers.json").content)
    assert data["totaal"]["tevredenheid"] == {"antwoorden": None, "gemiddelde": None}
    assert "Fijn geholpen" not in text(wsp, "/bemiddelaar/wsp/toelichtingen/")


def test_five_answers_bring_remarks_without_a_name(wsp: Client) -> None:
    answered([1, 2, 3, 4, 5])
    page = text(wsp, "/bemiddelaar/wsp/toelichtingen/")
    assert page.count("Fijn geholpen.") == 5
    assert "Korenaar" not in page
    assert Logregel.objects.filter(handeling=tevredenheid.TOELICHTINGEN_GELEZEN).count() == 1


def test_the_report_of_a_year_is_one_page(wsp: Client) -> None:
    keep_point()
    year = timezone.localdate().year
    page = text(wsp, f"/bemiddelaar/wsp/jaarverslag/?jaar={year}")
    assert f"<title>Jaarverslag {year} Werkgeversservicepunt Gooi en Vechtstreek" in page
    assert "de cijfers zijn voorlopig" in page
    assert PUNT.naam in page
    assert "voorlopig" not in text(wsp, f"/bemiddelaar/wsp/jaarverslag/?jaar={year - 1}")


def test_policy_sees_the_own_region_and_no_remarks(sign_in: SignIn) -> None:
    beleid = sign_in("beleid")
    assert "/beleid/wsp/AM24/" not in text(beleid, "/beleid/wsp/")
    page = text(beleid, "/beleid/wsp/AM12/")
    assert "toelichtingen" not in page
    assert "/beleid/wsp/AM12/jaarverslag/" in page
    assert beleid.get("/beleid/wsp/AM24/").status_code == 403
    assert "/beleid/wsp/AM24/" in text(sign_in("beleid-ministerie"), "/beleid/wsp/")


def test_a_refused_look_is_not_logged(sign_in: SignIn) -> None:
    sign_in("beleid-zeeland").get("/beleid/wsp/AM12/")
    assert not Logregel.objects.filter(handeling=wspcijfers.CIJFERS_BEKEKEN).exists()


# --- The question to an employer ---------------------------------------------------------------------------------


def question(over: UUID) -> str:
    return f"/werkgever/mening/vacature/{over}/"


def test_an_employer_is_asked_where_it_is_and_answers_once(werkgever: Client) -> None:
    over = closed()
    assert "/werkgever/mening/" in text(werkgever, "/werkgever/")
    assert question(over) in text(werkgever, f"/werkgever/vacatures/{over}/")
    for _ in range(2):
        assert werkgever.post(question(over), {"cijfer": "4", "toelichting": "Fijn."}).status_code == 302
    assert Werkgeversoordeel.objects.count() == 1
    assert question(over) not in text(werkgever, f"/werkgever/vacatures/{over}/")
    assert "Geef uw mening over" not in text(werkgever, "/werkgever/")
    assert "4: tevreden" in text(werkgever, "/werkgever/mening/")


def test_it_may_be_skipped_and_is_not_asked_again(werkgever: Client) -> None:
    over = closed()
    page = werkgever.post(question(over), {"handeling": "overslaan"}, follow=True).content.decode()
    assert "Wij vragen het niet nog eens." in page
    assert Werkgeversoordeel.objects.get().cijfer is None
    assert "Geef uw mening over" not in text(werkgever, "/werkgever/")


def test_an_answer_can_be_changed_with_what_was_said_before(werkgever: Client) -> None:
    over = closed()
    werkgever.post(question(over), {"cijfer": "2", "toelichting": "Traag."})
    page = text(werkgever, question(over))
    assert "Traag." in page
    assert re.search(r'value="2"[^>]*checked', page)
    werkgever.post(question(over), {"cijfer": "5", "toelichting": ""})
    assert Werkgeversoordeel.objects.get().cijfer == 5


def test_no_answer_is_said_on_top_with_a_link(werkgever: Client) -> None:
    response = werkgever.post(question(closed()), {"toelichting": "Ja"})
    assert response.status_code == 400
    assert 'href="#id_cijfer_0"' in response.content.decode()


def test_an_old_answer_stays(werkgever: Client) -> None:
    over = closed()
    werkgever.post(question(over), {"cijfer": "2"})
    given = timezone.now() - timedelta(days=31)
    Werkgeversoordeel.objects.all().delete()
    Werkgeversoordeel.objects.create(
        werkgever_id=member("werkgever").organisatie_id, soort="vacature", over=over, regio_id="AM12",
        afgelopen_op=timezone.localdate(), cijfer=2, gegeven_at=given, gewijzigd_at=given,
    )  # fmt: skip
    page = werkgever.post(question(over), {"cijfer": "5"}, follow=True).content.decode()
    assert "Dat is nu voorbij" in page
    assert Werkgeversoordeel.objects.get().cijfer == 2
    assert "niet meer wijzigen" in werkgever.get(question(over), follow=True).content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_another_employer_does_not_find_the_question(method: str, sign_in: SignIn) -> None:
    other = sign_in("werkgever-2")
    response = getattr(other, method)(question(closed()), {"cijfer": "1"})
    assert response.status_code == 404
    assert not Werkgeversoordeel.objects.exists()


def test_a_question_that_does_not_exist(werkgever: Client) -> None:
    assert werkgever.get(f"/werkgever/mening/kleur/{uuid4()}/").status_code == 404
    assert werkgever.get(question(UUID(NOBODY))).status_code == 404


def test_the_remark_is_in_no_log(werkgever: Client, caplog: pytest.LogCaptureFixture) -> None:
    werkgever.post(question(closed()), {"cijfer": "2", "toelichting": "Kees liep weg."})
    assert not any("Kees" in f"{row.handeling}{row.onderwerp}{row.details}" for row in Logregel.objects.all())
    assert "Kees" not in caplog.text


def test_the_form_of_the_contact_point_keeps_what_was_typed(wsp: Client) -> None:
    keep_point()
    page = text(wsp, "/contactpunt/AM12/wijzigen/")
    assert 'value="035 000 00 00"' in page
    assert PUNT.naam in page
