"""The pages around contact: what an employer sees and does not see, the bemiddelaar's desk, the person's own page."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from banenafspraak.access import bsn as bsns
from banenafspraak.access import demo
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel, Organisatie, Verwerking
from banenafspraak.bemiddeling import contact, kaartnummers, tasks
from banenafspraak.bemiddeling.contactwoorden import Ongeschiktreden
from banenafspraak.bemiddeling.models import Bericht, Contactverzoek, Klasse, Toestemming, Voorstel
from tests.bemiddeling.contactwereld import ask, asked, make_profiel, proposed, say_yes
from tests.bemiddeling.kaartmensen import CLEANER, make_people, publish
from tests.factories import bsn, make_burger
from tests.web.test_pages import queries

SignIn = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("demo_on")
NOBODY = uuid4()


def member(sleutel: str) -> Actor:
    """The demo's user behind one button, as an actor for what happened before the page."""
    gebruiker, lidmaatschap = demo.demo_sign_in(sleutel)
    from banenafspraak.access import actor as actors

    return actors.of_user(gebruiker, lidmaatschap_id=lidmaatschap, peildatum=timezone.localdate(), doel="een test")


def open_card() -> str:
    """The address of a card that many people fit, as the bakery sees it this week."""
    now = timezone.now()
    make_people([{**CLEANER, "beschikbaar_bevestigd_op": now.date()}] * 19)
    publish(now)
    own = Organisatie.objects.get(naam="Bakkerij De Korenaar").pk
    return kaartnummers.make(Klasse.objects.get(open=True).pk, organisatie_id=own, now=now)


@pytest.fixture
def then() -> datetime:
    """A week ago, so that every fixed moment since has passed."""
    return timezone.now() - timedelta(days=7)


@pytest.fixture
def werkgever(sign_in: SignIn) -> Client:
    return sign_in("werkgever")


@pytest.fixture
def hilversum(sign_in: SignIn) -> Client:
    return sign_in("bemiddelaar-gemeente")


@pytest.fixture
def burger(sign_in: SignIn) -> Client:
    demo.give_bsn("burger", bsn(0))
    return sign_in("burger")


def text(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


# --- The employer ---------------------------------------------------------------------------------------------------


def test_an_employer_asks_from_a_card(werkgever: Client) -> None:
    nummer = open_card()
    address = f"/werkgever/kandidaten/{nummer}/vraag/?werk=kantoren"
    sleutel = re.search(r'name="sleutel" value="([^"]+)"', text(werkgever, address))
    assert sleutel
    form = {"doel": "baan", "vacature_tekst": "Schoonmaken", "aanbod": "Een contract", "aantal": "2"}

    for _ in range(2):
        response = werkgever.post(address, {**form, "sleutel": sleutel[1]})
        assert response.status_code == 302

    verzoek = Contactverzoek.objects.get()
    assert response.headers["Location"] == f"/werkgever/verzoeken/{verzoek.pk}/"
    assert (verzoek.aantal, verzoek.kaart, verzoek.wens) == (2, nummer, "werk=kantoren")
    tasks.propose(str(verzoek.pk))
    tasks.propose(str(verzoek.pk))
    assert Voorstel.objects.filter(verzoek=verzoek, status="voorgesteld").count() == 2


@pytest.mark.parametrize("nummer", ["bestaat-niet", "aaaaaaaaaaaaaaaaaaaaaaaaaa"])
def test_a_card_that_is_gone_says_so(werkgever: Client, nummer: str) -> None:
    response = werkgever.get(f"/werkgever/kandidaten/{nummer}/vraag/")

    assert response.status_code == 404
    assert "Deze kaart is er niet meer" in response.content.decode()


def test_the_name_is_there_once_and_every_look_is_logged(werkgever: Client, hilversum: Client, then: datetime) -> None:
    voorstel = asked(member("werkgever"), make_profiel(), member("bemiddelaar-gemeente"), now=then)
    address = f"/werkgever/verzoeken/{voorstel.verzoek_id}/"
    assert "Noor de Vries" not in text(werkgever, address)

    say_yes(make_burger(), voorstel, now=then)

    assert "1 kandidaat wil contact" in text(werkgever, "/werkgever/verzoeken/")
    assert "Noor de Vries" in text(werkgever, address)
    looks = Verwerking.objects.filter(naam="gegevens bekeken door werkgever")
    assert [bytes(v.betrokkene_index) for v in looks] == [bsns.index(bsn(0), doel="audit")]


def test_nothing_on_the_pages_tells_a_no_from_silence_or_from_nobody(
    werkgever: Client, sign_in: SignIn, then: datetime
) -> None:
    actor, college = member("werkgever"), member("bemiddelaar-gemeente")
    requests = {}
    for nummer, name in enumerate(("nee", "stilte", "ongeschikt", "wacht")):
        profiel = make_profiel(nummer)
        if name in ("nee", "stilte"):
            voorstel = asked(actor, profiel, college, now=then)
            if name == "nee":
                contact.decline(actor=make_burger(nummer), voorstel_id=voorstel.pk, now=then)
        else:
            voorstel = proposed(actor, profiel, now=then)
            if name == "ongeschikt":
                contact.reject(actor=college, voorstel_id=voorstel.pk, reden=Ongeschiktreden.TE_VER, now=then)
        requests[name] = voorstel.verzoek_id
    requests["niemand"] = ask(actor, now=then)

    def page(verzoek: UUID) -> str:
        html = text(werkgever, f"/werkgever/verzoeken/{verzoek}/")
        return re.sub(r'csrfmiddlewaretoken" value="[^"]*"', "", html.replace(str(verzoek), ""))

    pages = {name: page(pk) for name, pk in requests.items()}
    assert len(set(pages.values())) == 1
    assert not Logregel.objects.filter(handeling="gegevens bekeken door werkgever").exists()


def test_what_came_of_it_is_told_and_the_name_goes(werkgever: Client, then: datetime) -> None:
    voorstel = asked(member("werkgever"), make_profiel(), member("bemiddelaar-gemeente"), now=then)
    consent = say_yes(make_burger(), voorstel, now=then)
    address = f"/werkgever/verzoeken/{voorstel.verzoek_id}/"

    werkgever.post(f"{address}uitkomst/{consent}/", {"uitkomst": "aangenomen"})

    page = text(werkgever, address)
    assert "Aangenomen" in page
    assert "Noor de Vries" not in page


def test_another_employer_gets_404_and_nothing_happens(sign_in: SignIn, then: datetime) -> None:
    voorstel = asked(member("werkgever"), make_profiel(), member("bemiddelaar-gemeente"), now=then)
    consent = say_yes(make_burger(), voorstel, now=then)
    other = sign_in("werkgever-2")
    address = f"/werkgever/verzoeken/{voorstel.verzoek_id}/"

    assert other.get(address).status_code == 404
    assert other.post(f"{address}stoppen/").status_code == 404
    assert other.post(f"{address}uitkomst/{consent}/", {"uitkomst": "aangenomen"}).status_code == 404
    own = ask(member("werkgever-2"), now=then)
    other.post(f"/werkgever/verzoeken/{own}/uitkomst/{consent}/", {"uitkomst": "aangenomen"})
    assert Voorstel.objects.get().status == "ja"


def test_an_employer_stops(werkgever: Client, then: datetime) -> None:
    verzoek = ask(member("werkgever"), now=then)

    werkgever.post(f"/werkgever/verzoeken/{verzoek}/stoppen/")

    assert "Ingetrokken" in text(werkgever, f"/werkgever/verzoeken/{verzoek}/")
    assert "Ingetrokken" in text(werkgever, "/werkgever/verzoeken/?stand=klaar")
    assert "geen verzoeken die hierbij passen" in text(werkgever, "/werkgever/verzoeken/?stand=lopend")


def test_a_form_with_a_bsn_in_it_comes_back_with_the_fault(werkgever: Client) -> None:
    nummer = open_card()
    form = {"doel": "baan", "vacature_tekst": bsn(5).reveal(), "aanbod": "x", "aantal": "1", "sleutel": str(NOBODY)}

    response = werkgever.post(f"/werkgever/kandidaten/{nummer}/vraag/", form)

    assert response.status_code == 400
    assert "Haal het burgerservicenummer weg" in response.content.decode()
    assert not Contactverzoek.objects.exists()


# --- The bemiddelaar --------------------------------------------------------------------------------------------------


def test_the_bench_counts_what_waits(hilversum: Client, then: datetime) -> None:
    proposed(member("werkgever"), make_profiel(0), now=then)
    asked(member("werkgever-2"), make_profiel(1), member("bemiddelaar-gemeente"), now=then)

    page = text(hilversum, "/bemiddelaar/")

    for line in ("Te beoordelen: 1", "Te laat: 1", "Wacht op de persoon: 1", "Om te bellen: 1", "met een profiel: 2"):
        assert line in page


def test_the_list_of_requests_judges_several_at_once(hilversum: Client) -> None:
    now = timezone.now()
    ids = [proposed(member(w), make_profiel(n), now=now).pk for n, w in enumerate(("werkgever", "werkgever-2"))]

    page = text(hilversum, "/bemiddelaar/verzoeken/")
    assert page.count('name="voorstel"') == 2
    response = hilversum.post("/bemiddelaar/verzoeken/", {"voorstel": ids, "oordeel": "past"}, follow=True)

    assert "2 vragen zijn behandeld" in response.content.decode()
    assert set(Voorstel.objects.values_list("status", flat=True)) == {"gevraagd"}


def test_without_a_reason_nobody_is_turned_down(hilversum: Client) -> None:
    voorstel = proposed(member("werkgever"), make_profiel(), now=timezone.now())

    page = hilversum.post("/bemiddelaar/verzoeken/", {"voorstel": [voorstel.pk], "oordeel": "past-niet"}, follow=True)

    assert "Kies een reden" in page.content.decode()
    detail = hilversum.post(f"/bemiddelaar/verzoeken/{voorstel.pk}/", {"handeling": "past-niet"})
    assert "Kies een reden" in detail.content.decode()
    assert Voorstel.objects.get().status == "voorgesteld"


@pytest.mark.parametrize(
    ("handeling", "extra", "status"),
    [("past", {}, "gevraagd"), ("past-niet", {"reden": "te_ver"}, "niet_geschikt")],
)
def test_one_request_is_judged(hilversum: Client, handeling: str, extra: dict[str, str], status: str) -> None:
    voorstel = proposed(member("werkgever"), make_profiel(), now=timezone.now())
    address = f"/bemiddelaar/verzoeken/{voorstel.pk}/"
    assert "Brood bakken" in text(hilversum, address)

    hilversum.post(address, {"handeling": handeling, **extra})

    assert Voorstel.objects.get().status == status


def test_somebody_else_is_thought_of(hilversum: Client) -> None:
    now = timezone.now()
    voorstel, other = proposed(member("werkgever"), make_profiel(0), now=now), make_profiel(1, now=now)

    hilversum.post(
        f"/bemiddelaar/verzoeken/{voorstel.pk}/", {"handeling": "iemand-anders", "persoon": str(other.persoon_id)}
    )

    assert Voorstel.objects.get(persoon=other.persoon).status == "voorgesteld"


def test_a_yes_in_a_conversation_is_passed_on(hilversum: Client, burger: Client) -> None:
    voorstel = asked(member("werkgever"), make_profiel(), member("bemiddelaar-gemeente"), now=timezone.now())
    address = f"/bemiddelaar/verzoeken/{voorstel.pk}/ja/"
    form = {"naam": "Noor", "telefoonnummer": "0612345678", "weken": "4"}
    assert hilversum.post(address, form).status_code == 400

    hilversum.post(address, {**form, "gesproken": "on"})

    assert Voorstel.objects.get().status == "ja"
    assert Bericht.objects.filter(soort="toestemming_doorgegeven").count() == 1
    assert "Uw bemiddelaar gaf dit ja door" in text(burger, "/burger/contact/")


def test_another_gemeente_gets_404(sign_in: SignIn, then: datetime) -> None:
    voorstel = asked(member("werkgever"), make_profiel(), member("bemiddelaar-gemeente"), now=then)
    consent = say_yes(make_burger(), voorstel, now=then)
    elsewhere = sign_in("bemiddelaar-zeeland")

    for address in (
        f"/bemiddelaar/verzoeken/{voorstel.pk}/",
        f"/bemiddelaar/verzoeken/{voorstel.pk}/ja/",
        f"/bemiddelaar/mensen/{voorstel.persoon_id}/",
    ):
        assert elsewhere.get(address).status_code == 404
    assert elsewhere.post(f"/bemiddelaar/toestemmingen/{consent}/intrekken/").status_code == 404
    assert Voorstel.objects.get().status == "ja"
    assert not Verwerking.objects.filter(activiteit="bemiddeling").exists()


def test_the_list_of_people_and_one_of_them_are_logged(hilversum: Client) -> None:
    profiel = make_profiel()
    proposed(member("werkgever"), profiel, now=timezone.now())

    assert bsn(0).reveal() in text(hilversum, "/bemiddelaar/mensen/?zicht=verzoek&volgorde=verzoeken")
    page = text(hilversum, f"/bemiddelaar/mensen/{profiel.persoon_id}/")

    assert "Bakkerij De Korenaar" in page
    assert "c: Wajong" in page
    found = Verwerking.objects.filter(betrokkene_index=bsns.index(bsn(0), doel="audit"), activiteit="bemiddeling")
    assert list(found.order_by("pk").values_list("naam", flat=True)) == [
        "lijst van eigen kandidaten bekeken",
        "dossier van kandidaat bekeken",
    ]


@pytest.mark.parametrize(
    ("days", "status"), [(59, "Te vinden"), (60, "Niet te vinden: vraag of dit nog klopt")], ids=["fresh", "worn out"]
)
def test_people_and_the_list_say_who_can_be_found_today(hilversum: Client, days: int, status: str) -> None:
    profiel = make_profiel(now=timezone.now())
    profiel.beschikbaar_bevestigd_op = timezone.localdate() - timedelta(days=days)
    profiel.save()

    for address in ("/bemiddelaar/mensen/", f"/bemiddelaar/mensen/{profiel.persoon_id}/"):
        page = text(hilversum, address)
        assert re.search(rf">{status}<", page), address


def test_the_first_page_of_a_person_says_that_an_employer_waits(burger: Client) -> None:
    profiel = make_profiel(now=timezone.now())
    assert "wacht op uw antwoord" not in text(burger, "/burger/")

    asked(member("werkgever"), profiel, member("bemiddelaar-gemeente"), now=timezone.now())

    assert "1 werkgever wacht op uw antwoord." in text(burger, "/burger/")


def test_a_language_is_a_word_on_the_page_of_a_person(hilversum: Client) -> None:
    profiel = make_profiel()
    profiel.taalbeheersing = [{"code_taal": "nld"}, {"code_taal": "pol"}]
    profiel.save()

    assert "Nederlands, Pools" in text(hilversum, f"/bemiddelaar/mensen/{profiel.persoon_id}/")


def test_own_people_are_found_by_everything_that_is_known_of_them(hilversum: Client) -> None:
    for nummer, work in enumerate(("glazenwasser", "tuinman")):
        profiel = make_profiel(nummer, now=timezone.now())
        profiel.werksoorten, profiel.bemiddelingspostcode, profiel.maximale_reisafstand = [work], "1211AB", 15
        profiel.save()

    page = text(hilversum, "/bemiddelaar/mensen/?werk=glazenwasser&waar=Hilversum")

    assert bsn(0).reveal() in page
    assert bsn(1).reveal() not in page
    assert "niemand die hierbij past" in text(hilversum, "/bemiddelaar/mensen/?werk=glazenwasser&waar=Groningen")


def test_people_are_asked_once_to_look_at_their_profile(hilversum: Client) -> None:
    profiel = make_profiel()

    for _ in range(2):
        hilversum.post("/bemiddelaar/mensen/", {"persoon": [str(profiel.persoon_id), "geen-id"]})

    assert Bericht.objects.filter(soort="profiel_bijwerken").count() == 1


@pytest.mark.parametrize("stand", ["", "gevraagd", "bellen", "te-laat", "ja", "klaar", "alle", "onzin"])
@pytest.mark.parametrize("volgorde", ["", "nieuw", "werkgever"])
def test_every_filter_gives_a_page(hilversum: Client, stand: str, volgorde: str) -> None:
    text(hilversum, f"/bemiddelaar/verzoeken/?stand={stand}&volgorde={volgorde}&pagina=99")


# --- The person ---------------------------------------------------------------------------------------------


def test_the_person_sees_who_asks_what_and_says_yes(burger: Client, werkgever: Client) -> None:
    profiel = make_profiel()
    profiel.werksoorten = ["bakker"]
    profiel.save()
    voorstel = asked(member("werkgever"), profiel, member("bemiddelaar-gemeente"), now=timezone.now())
    assert "Bakkerij De Korenaar" in text(burger, "/burger/contact/")
    address = f"/burger/contact/{voorstel.pk}/"
    page = text(burger, address)
    assert "Brood bakken in de nacht." in page
    assert Bericht.objects.get(soort="vraag_om_contact").gelezen_at is not None
    form = {"naam": "Noor de Vries", "telefoonnummer": "0612345678", "weken": "2", "geef_werk": "on"}

    burger.post(address, form)
    burger.post(address, form)

    consent = Toestemming.objects.get()
    assert consent.gegevens == ["contact", "werk"]
    own = text(burger, "/burger/contact/")
    assert "0612345678" in own
    assert "Intrekken" in own


def test_a_yes_without_a_way_to_be_reached_comes_back(burger: Client) -> None:
    voorstel = asked(member("werkgever"), make_profiel(), member("bemiddelaar-gemeente"), now=timezone.now())

    response = burger.post(f"/burger/contact/{voorstel.pk}/", {"naam": "Noor", "weken": "2"})

    assert response.status_code == 400
    assert "telefoonnummer of een e-mailadres" in response.content.decode()


def test_the_person_says_no_and_takes_a_yes_back(burger: Client) -> None:
    college = member("bemiddelaar-gemeente")
    profiel = make_profiel()
    first = asked(member("werkgever"), profiel, college, now=timezone.now())
    second = asked(member("werkgever-2"), profiel, college, now=timezone.now())
    consent = say_yes(make_burger(), second, now=timezone.now())

    burger.post(f"/burger/contact/{first.pk}/nee/")
    burger.post(f"/burger/contact/toestemmingen/{consent}/intrekken/")

    page = text(burger, "/burger/contact/")
    assert "U zei nee" in page
    assert "U trok uw ja in" in page
    assert "Geen enkele werkgever mag uw gegevens zien" in page


def test_a_text_that_is_held_is_not_shown_before_a_bemiddelaar_put_the_question(burger: Client) -> None:
    voorstel = proposed(
        member("werkgever"), make_profiel(), now=timezone.now(), vacature_tekst="Vraag naar mevrouw Jansen"
    )
    address = f"/burger/contact/{voorstel.pk}/"
    assert "Jansen" not in text(burger, address)

    contact.approve(actor=member("bemiddelaar-gemeente"), voorstel_id=voorstel.pk, now=timezone.now())

    assert "Jansen" in text(burger, address)


def test_another_person_gets_404(burger: Client, then: datetime) -> None:
    make_profiel(0)
    voorstel = asked(member("werkgever"), make_profiel(1), member("bemiddelaar-gemeente"), now=then)
    consent = say_yes(make_burger(1), voorstel, now=then)

    assert burger.get(f"/burger/contact/{voorstel.pk}/").status_code == 404
    assert burger.post(f"/burger/contact/{voorstel.pk}/nee/").status_code == 404
    assert burger.post(f"/burger/contact/toestemmingen/{consent}/intrekken/").status_code == 404
    assert Voorstel.objects.get().status == "ja"


def test_the_person_reads_who_looked(burger: Client, werkgever: Client, then: datetime) -> None:
    voorstel = asked(member("werkgever"), make_profiel(), member("bemiddelaar-gemeente"), now=then)
    say_yes(make_burger(), voorstel, now=then)
    werkgever.get(f"/werkgever/verzoeken/{voorstel.verzoek_id}/")

    page = text(burger, "/burger/wie-keek/")

    assert "Bekeek wat u aan de werkgever gaf" in page
    assert "Bakkerij De Korenaar" in page


# --- How many statements ------------------------------------------------------------------------------------


def test_the_lists_ask_no_more_for_more_people(hilversum: Client) -> None:
    now = timezone.now()

    def asked_statements(address: str) -> int:
        return len(queries(lambda: hilversum.get(address)))

    counts = {}
    for address in ("/bemiddelaar/", "/bemiddelaar/mensen/", "/bemiddelaar/verzoeken/"):
        counts[address] = [asked_statements(address)]
    for nummer in range(6):
        proposed(member("werkgever"), make_profiel(nummer), now=now)
    for address, found in counts.items():
        found.append(asked_statements(address))

    assert counts["/bemiddelaar/"][0] == counts["/bemiddelaar/"][1]
    assert all(later - first <= 4 for first, later in counts.values()), counts
