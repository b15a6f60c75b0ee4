"""The own klantprofiel in ten steps, the lists of a bemiddelaar, and the page behind the link of a mail."""

import re
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from banenafspraak.access import demo
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Logregel
from banenafspraak.bemiddeling import bevestigingen, profielen
from banenafspraak.bemiddeling.models import Klantprofiel
from banenafspraak.bemiddeling.profielrecord import ProfielRecord, Stap
from tests.factories import bsn, make_kandidaat, make_klantprofiel, profiel_record
from tests.web.test_pages import queries

SignIn = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("demo_on")
SECRET = "Ik heb epilepsie."


@pytest.fixture
def burger(sign_in: SignIn) -> Client:
    demo.ensure_demo_roles()
    demo.give_bsn("burger", bsn(0))
    return sign_in("burger")


@pytest.fixture
def hilversum(sign_in: SignIn) -> Client:
    return sign_in("bemiddelaar-gemeente")


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def send(client: Client, address: str, versie: int | None = None, **answers):
    if versie is None:
        found = Klantprofiel.objects.first()
        versie = found.versie if found else 0
    return client.post(address, {"versie": versie, **answers})


def record() -> ProfielRecord:
    return profielen.record_of(Klantprofiel.objects.get())


STEPS: dict[str, dict] = {
    "werk": {"werksoorten": ["tuinman"], "interesses": "Buiten zijn\n\n Planten "},
    "beschikbaar": {"beschikbaar": "ja", "overeenkomst": ["01"]},
    "uren": {"minst": "12", "meest": "24", "dagen": ["1", "4"], "overdag": "ja", "onregelmatig": ""},
    "reizen": {"bemiddelingspostcode": "1211 ab", "maximale_reisafstand": "10", "vervoermiddelen": ["5", "3"]},
    "opleiding": {"niveau": "3", "opleidingen": "Groen", "cursussen": "Heftruck"},
    "ervaring": {"gewerkt": "ja", "werk": "Keukenhulp\nHelpen bij opa"},
    "taal": {"spreken": "3", "schrijven": "2", "talen": ["eng"]},
    "rijbewijs": {"heeft": "nee"},
    "nodig": {"aanpassing": "ja", "begeleiding": "", "toelichting": SECRET},
    "over_u": {"naam": "Alice Jansen", "emailadres": "alice@test.invalid", "telefoonnummer": "06-1234 5678"},
}


def fill_in(client: Client, prefix: str) -> None:
    for stap, answers in STEPS.items():
        response = send(client, f"{prefix}{stap}/", **answers)
        assert response.status_code == 302, (stap, response.content.decode())


def test_ten_steps_make_a_complete_profile(burger: Client) -> None:
    make_kandidaat(0)

    fill_in(burger, "/burger/profiel/")

    profiel, made = Klantprofiel.objects.get(), record()
    assert (profiel.score, profiel.volledig, profiel.versie) == (100, True, 10)
    assert made.interesses == ("Buiten zijn", "Planten")
    assert (int(made.werkdagen or 0), made.bemiddelingspostcode, made.vervoermiddelen) == (5, "1211AB", (3, 5))
    assert [(one.werksoort, one.naam_beroep) for one in made.werkervaringen or ()] == [
        ("keukenhulp", "Keukenhulp"),
        ("", "Helpen bij opa"),
    ]
    assert (made.rijbewijzen, made.contact.telefoonnummer) == ((), "0612345678")


def test_every_step_shows_what_was_answered_and_saving_it_again_changes_nothing(burger: Client) -> None:
    make_kandidaat(0)
    fill_in(burger, "/burger/profiel/")
    before = record()

    for stap in Stap:
        text = page(burger, f"/burger/profiel/{stap}/")
        assert "Stap" in text
        assert send(burger, f"/burger/profiel/{stap}/", **STEPS[stap]).status_code == 302

    assert record() == before
    assert Klantprofiel.objects.get().versie == 10


def test_what_an_import_knew_and_the_form_does_not_ask_stays(burger: Client) -> None:
    from banenafspraak.bemiddeling.profielrecord import Opleiding, Taalbeheersing, Werkervaring

    rich = profiel_record(
        sectoren=(81,),
        bemiddelingsberoepen=("https://voorbeeld.nl/b/1",),
        opleidingen=(Opleiding(code_opleidingsnaam="123"), Opleiding(naam_opleiding="Groen", toelichting="x")),
        werkervaringen=(Werkervaring("kok", naam_organisatie="De Pan"), Werkervaring(naam_organisatie="Bos")),
        taalbeheersing=(Taalbeheersing("nld", 3, lezen=2), Taalbeheersing("som", 4)),
        rijbewijzen=("A2", "B"),
    )
    make_klantprofiel(make_kandidaat(0), rich, op=timezone.now())

    send(burger, "/burger/profiel/werk/", werksoorten=["tuinman"])
    send(burger, "/burger/profiel/opleiding/", niveau="3", opleidingen="Groen")
    send(burger, "/burger/profiel/ervaring/", gewerkt="ja", werk="Kok")
    send(burger, "/burger/profiel/taal/", spreken="3", schrijven="")
    send(burger, "/burger/profiel/rijbewijs/", heeft="ja", soorten=["A2", "B"])

    assert record() == rich


def test_leaving_everything_empty_is_not_knowing(burger: Client) -> None:
    make_kandidaat(0)

    for stap in Stap:
        send(burger, f"/burger/profiel/{stap}/")

    assert record() == ProfielRecord()
    assert Klantprofiel.objects.get().beantwoord == {}


def test_work_is_found_in_own_words_without_losing_what_was_ticked(burger: Client) -> None:
    make_kandidaat(0)

    response = send(burger, "/burger/profiel/werk/", werksoorten=["kok"], zoek="shoonmaak", zoeken="1")

    text = response.content.decode()
    assert re.search(r'value="kok"[^>]*checked', text)
    assert 'value="schoonmaker_kantoor"' in text
    assert not Klantprofiel.objects.exists()


def test_a_search_without_a_result_says_what_to_do(burger: Client) -> None:
    make_kandidaat(0)

    assert "Probeer een ander woord" in send(burger, "/burger/profiel/werk/", zoek="xyzzy", zoeken="1").content.decode()


def test_each_step_says_how_far_one_is_and_can_be_skipped(burger: Client) -> None:
    make_kandidaat(0)

    text = page(burger, "/burger/profiel/uren/")

    assert "Stap 3 van 10" in text
    assert 'href="/burger/profiel/reizen/"' in text
    assert 'href="/burger/profiel/beschikbaar/"' in text


@pytest.mark.parametrize(
    ("stap", "answers", "message"),
    [
        ("reizen", {"bemiddelingspostcode": "abc"}, "Vul een postcode in, zoals 1211 AB."),
        ("uren", {"minst": "veel"}, "Vul een getal in, zoals 24."),
        ("uren", {"minst": "30", "meest": "20"}, "Het minste aantal uren is niet meer dan het meeste."),
        ("beschikbaar", {"vanaf": "31-02-2026"}, "Vul een datum in die bestaat"),
        ("ervaring", {"gewerkt": "nee", "werk": "kok"}, "U noemt werk, maar u koos"),
        ("rijbewijs", {"heeft": "ja"}, "Kies welk rijbewijs u hebt."),
        ("over_u", {"emailadres": "geen"}, "Vul een e-mailadres in"),
        ("over_u", {"persoonlijke_presentatie": "x" * 100_000}, "De tekst is te lang."),
        ("werk", {"werksoorten": ["astronaut"]}, "Kies uit de lijst."),
    ],
)
def test_a_wrong_answer_is_told_on_top_and_nothing_typed_is_lost(burger: Client, stap, answers, message) -> None:
    make_kandidaat(0)

    text = send(burger, f"/burger/profiel/{stap}/", **answers).content.decode()

    assert message in text.split("<form")[1] or message in text
    assert 'role="alert"' in text
    assert not Klantprofiel.objects.exists()


def test_when_somebody_else_saved_meanwhile_nothing_is_lost(burger: Client) -> None:
    make_klantprofiel(make_kandidaat(0), op=timezone.now())

    response = send(burger, "/burger/profiel/uren/", versie=0, minst="7")

    text = response.content.decode()
    assert (response.status_code, "intussen veranderd" in text, 'value="7"' in text) == (200, True, True)
    versie = re.search(r'name="versie" value="(\d+)"', text)
    assert versie
    assert send(burger, "/burger/profiel/uren/", versie=int(versie[1]), minst="7").status_code == 302


def test_who_is_not_in_the_register_is_told_so(burger: Client) -> None:
    for address in ("/burger/profiel/", "/burger/profiel/werk/"):
        assert "u staat er nu niet in" in page(burger, address)
    assert "u staat er nu niet in" in send(burger, "/burger/profiel/werk/", werksoorten=["kok"]).content.decode()
    assert not Klantprofiel.objects.exists()


def test_a_step_that_does_not_exist_is_not_found(burger: Client) -> None:
    make_kandidaat(0)

    page(burger, "/burger/profiel/elf/", 404)


def test_the_overview_leads_to_the_next_question_and_to_every_answer(burger: Client) -> None:
    make_klantprofiel(make_kandidaat(0), profiel_record(beschikbaar=None), status="concept", op=timezone.now())

    text = page(burger, "/burger/profiel/")

    assert "Volgende vraag: Bent u beschikbaar?" in text
    assert "Tuinman" in text
    assert all(f'href="/burger/profiel/{stap}/"' in text for stap in Stap)


def test_switching_on_and_off_works_at_once_and_twice_is_once(burger: Client) -> None:
    make_klantprofiel(make_kandidaat(0), status="concept", op=timezone.now())

    for answer, shown in (("ja", "Werkgevers kunnen uw profiel vinden."), ("nee", "U hebt uw profiel uitgezet.")):
        for _ in range(2):
            burger.post("/burger/profiel/zichtbaar/", {"zichtbaar": answer})
        assert shown in page(burger, "/burger/profiel/")
    assert Logregel.objects.filter(handeling__in=["klantprofiel gepubliceerd", "klantprofiel weggehaald"]).count() == 2


def test_one_press_says_that_one_is_still_available(burger: Client) -> None:
    make_klantprofiel(make_kandidaat(0), op=timezone.now() - timedelta(days=70))
    assert "Uw antwoord is te oud" in page(burger, "/burger/profiel/")

    burger.post("/burger/profiel/nog-beschikbaar/")

    assert "Werkgevers kunnen uw profiel vinden." in page(burger, "/burger/profiel/")


def test_the_own_page_shows_the_own_profile_only(burger: Client, sign_in: SignIn) -> None:
    make_kandidaat(0)
    make_klantprofiel(make_kandidaat(1), profiel_record(interesses=("Zweefvliegen",)), op=timezone.now())

    assert "Zweefvliegen" not in page(burger, "/burger/profiel/")


# --- the bemiddelaar ---------------------------------------------------------------------------------------------


def in_list(client: Client, query: str = "") -> list[UUID]:
    found = re.findall(
        r'href="/bemiddelaar/profielen/([0-9a-f-]{36})/"', page(client, f"/bemiddelaar/profielen/{query}")
    )
    return [UUID(text) for text in found]


def test_the_list_shows_the_stalest_first_and_only_the_own_people(hilversum: Client) -> None:
    now = timezone.now()
    people = [make_kandidaat(nummer) for nummer in range(3)]
    make_klantprofiel(make_kandidaat(3, gemeente="GM0687"), op=now)
    for persoon, days in zip(people, (5, 50, 20), strict=True):
        make_klantprofiel(persoon, op=now - timedelta(days=days))

    assert in_list(hilversum) == [people[1].pk, people[2].pk, people[0].pk]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?toon=te_verversen", [2]),
        ("?toon=onvolledig", [1]),
        ("?toon=vindbaar", [0, 2]),
        ("?toon=concept", [1]),
        ("?toon=niet_openbaar", [3]),
        ("?toon=niet_openbaar&reden=werkt_al", [3]),
        ("?toon=niet_openbaar&reden=wil_niet", []),
        ("?toon=zonder_profiel", [4]),
        ("?toon=bestaat-niet&pagina=x", [0, 1, 2, 3]),
        ("?pagina=999999", [0, 1, 2, 3]),
    ],
)
def test_the_list_is_narrowed_by_the_address(hilversum: Client, query: str, expected: list[int]) -> None:
    now = timezone.now()
    people = [make_kandidaat(nummer) for nummer in range(5)]
    make_klantprofiel(people[0], op=now)
    make_klantprofiel(people[1], ProfielRecord(), status="concept", op=now)
    make_klantprofiel(people[2], op=now - timedelta(days=50))
    make_klantprofiel(people[3], status="niet_openbaar", reden="werkt_al", op=now)

    assert {people.index(one) for one in people if one.pk in in_list(hilversum, query)} == set(expected)


def test_everybody_on_the_list_is_logged(hilversum: Client) -> None:
    for nummer in range(2):
        make_klantprofiel(make_kandidaat(nummer), op=timezone.now())

    page(hilversum, "/bemiddelaar/profielen/")

    regel = Logregel.objects.get(handeling="klantprofielen bekeken")
    assert regel.details["aantal"] == 2


def test_an_empty_list_says_where_to_begin(hilversum: Client) -> None:
    assert "Toon wie nog geen profiel heeft" in page(hilversum, "/bemiddelaar/profielen/")


def test_the_counts_say_who_is_not_public_and_why(hilversum: Client) -> None:
    make_klantprofiel(make_kandidaat(0), status="niet_openbaar", reden="werkt_al", op=timezone.now())
    make_kandidaat(1)

    text = page(hilversum, "/bemiddelaar/profielen/")

    assert "Niet openbaar, en waarom" in text
    assert "Werkt al" in text.split('id="redenen"')[1]


def test_a_bemiddelaar_fills_in_together_with_the_person(hilversum: Client) -> None:
    persoon = make_kandidaat(0)

    fill_in(hilversum, f"/bemiddelaar/profielen/{persoon.pk}/")

    assert Klantprofiel.objects.get().volledig
    assert set(Klantprofiel.objects.get().beantwoord_door.values()) == {"bemiddelaar"}
    assert "Alice Jansen" in page(hilversum, f"/bemiddelaar/profielen/{persoon.pk}/")


def test_each_look_at_a_profile_is_logged(hilversum: Client) -> None:
    persoon = make_kandidaat(0)

    page(hilversum, f"/bemiddelaar/profielen/{persoon.pk}/")
    page(hilversum, f"/bemiddelaar/profielen/{persoon.pk}/nodig/")

    assert Logregel.objects.filter(handeling="klantprofiel bekeken", rol="bemiddelaar").count() == 2


@pytest.mark.parametrize("rest", ["", "werk/"])
def test_a_bemiddelaar_of_elsewhere_does_not_find_the_person(sign_in: SignIn, rest: str) -> None:
    persoon = make_kandidaat(0)
    make_klantprofiel(persoon, op=timezone.now())

    page(sign_in("bemiddelaar-zeeland"), f"/bemiddelaar/profielen/{persoon.pk}/{rest}", 404)
    assert not Logregel.objects.filter(handeling="klantprofiel bekeken").exists()


def test_the_service_point_of_the_region_does(sign_in: SignIn) -> None:
    persoon = make_kandidaat(0)

    page(sign_in("bemiddelaar"), f"/bemiddelaar/profielen/{persoon.pk}/")


def test_opening_a_profile_needs_the_yes_of_the_person(hilversum: Client) -> None:
    persoon = make_kandidaat(0)
    make_klantprofiel(persoon, status="concept", op=timezone.now())
    address = f"/bemiddelaar/profielen/{persoon.pk}/zichtbaar/"

    refused = hilversum.post(address, {"actie": "publiceren"})
    assert "Vraag het eerst aan de kandidaat." in refused.content.decode()
    assert Klantprofiel.objects.get().status == "concept"

    hilversum.post(address, {"actie": "publiceren", "akkoord": "on"})
    assert Klantprofiel.objects.get().status == "openbaar"


def test_why_somebody_is_not_found_needs_a_reason(hilversum: Client) -> None:
    persoon = make_kandidaat(0)
    address = f"/bemiddelaar/profielen/{persoon.pk}/zichtbaar/"

    assert "Kies een reden." in hilversum.post(address, {"actie": "verbergen"}).content.decode()
    hilversum.post(address, {"actie": "verbergen", "reden": "volgt_traject"})

    assert Klantprofiel.objects.get().niet_openbaar_reden == "volgt_traject"


def test_what_the_person_switched_off_a_bemiddelaar_cannot_switch_on(hilversum: Client, burger: Client) -> None:
    persoon = make_kandidaat(0)
    make_klantprofiel(persoon, op=timezone.now())
    burger.post("/burger/profiel/zichtbaar/", {"zichtbaar": "nee"})

    hilversum.post(f"/bemiddelaar/profielen/{persoon.pk}/zichtbaar/", {"actie": "publiceren", "akkoord": "on"})

    assert Klantprofiel.objects.get().status == "niet_openbaar"
    assert "Alleen de kandidaat kan het weer aanzetten." in page(hilversum, f"/bemiddelaar/profielen/{persoon.pk}/")


@pytest.mark.parametrize(("people", "cost"), [(1, 11), (20, 11)])
def test_the_list_costs_the_same_however_many_are_on_it(hilversum: Client, people: int, cost: int) -> None:
    for nummer in range(people):
        make_klantprofiel(make_kandidaat(nummer), op=timezone.now())

    assert len(queries(lambda: page(hilversum, "/bemiddelaar/profielen/"))) == cost


@pytest.mark.parametrize(("address", "cost"), [("/burger/profiel/", 10), ("/burger/profiel/werk/", 10)])
def test_the_own_pages_cost_a_known_number_of_queries(burger: Client, address: str, cost: int) -> None:
    make_klantprofiel(make_kandidaat(0), op=timezone.now())

    assert len(queries(lambda: page(burger, address))) == cost


def test_a_page_of_the_bemiddelaar_costs_a_known_number_of_queries(hilversum: Client) -> None:
    persoon = make_kandidaat(0)
    make_klantprofiel(persoon, op=timezone.now())

    assert len(queries(lambda: page(hilversum, f"/bemiddelaar/profielen/{persoon.pk}/"))) == 9


# --- the link of a mail ------------------------------------------------------------------------------------------


def asked() -> str:
    make_klantprofiel(make_kandidaat(0), op=timezone.now() - timedelta(days=46))
    bevestigingen.remind(actor=Actor.system(doel="test"), now=timezone.now())
    found = re.search(r"(/bevestigen/[^/]+/)", mail.outbox[-1].body)
    assert found
    return found[1]


def test_a_scanner_of_mail_that_follows_the_link_answers_nothing(db: None) -> None:
    address = asked()

    for _ in range(2):
        text = page(Client(), address)
        assert Client().head(address).status_code == 200

    assert "Bent u nog beschikbaar voor werk?" in text
    assert Klantprofiel.objects.get().versie == 1


def test_one_press_answers_without_an_account(db: None) -> None:
    address = asked()

    response = Client().post(address, {"antwoord": "ja"}, follow=True)

    assert "Uw antwoord is binnen" in response.content.decode()
    assert Klantprofiel.objects.get().beschikbaar_bevestigd_op == timezone.localdate()


def test_without_an_answer_the_link_is_not_used_up(db: None) -> None:
    address = asked()

    assert "Kies een antwoord." in Client().post(address, {}).content.decode()
    assert Client().post(address, {"antwoord": "nee"}).status_code == 302


def test_a_used_link_and_one_that_never_was_give_the_same_page(db: None) -> None:
    address = asked()
    Client().post(address, {"antwoord": "ja"})

    # The address stands in the page itself, behind the other language.
    never = ("/bevestigen/" + "a" * 43 + "/", "/bevestigen/x/")
    pages = {page(Client(), each, 410).replace(each, "") for each in (address, *never)}
    again = Client().post(address, {"antwoord": "nee"})

    assert len(pages) == 1
    assert again.status_code == 410
    assert Klantprofiel.objects.get().beschikbaar is True


def test_the_page_of_a_link_says_nothing_about_the_person_and_is_kept_by_nobody(db: None) -> None:
    response = Client().get(asked())

    text = response.content.decode()
    assert [word for word in ("Alice", "Jansen", "register", "1211") if word in text] == []
    assert "no-store" in response.headers["Cache-Control"]
