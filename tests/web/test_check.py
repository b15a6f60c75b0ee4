"""The employer's check on a page and in the API: the same answer, of the same length, and nobody else's business."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from banenafspraak.access import apisleutels, mandaten
from banenafspraak.access.actor import Actor
from banenafspraak.access.models import Gebruiker, Organisatie, Verwerking
from banenafspraak.access.permissions import Rol
from banenafspraak.register import raadpleging, werkrelaties
from banenafspraak.register.models_raadpleging import Blokkade, Raadpleegstand, Raadpleging
from tests.factories import bsn, lhnr, make_registered

SignIn = Callable[[str], Client]
STEP = 40
CHECK = "/werkgever/check/"
API = "/api/v1/raadplegingen"


@pytest.fixture
def staffed(sign_in: SignIn) -> None:
    """The demo's bakery pays people 0 to 3; 0, 1 and 200 are registered."""
    now = timezone.now()
    organisatie = Organisatie.objects.get(kvk="00000001")
    mandaten.link_loonheffingennummer(
        actor=Actor.system(doel="test"), organisatie_id=organisatie.pk, lhnr=lhnr(), now=now
    )
    month = timezone.localtime(now).date().replace(day=1)
    werkrelaties.take_in_werkrelaties(
        [werkrelaties.Relatie(month, lhnr(), bsn(n)) for n in range(4)], actor=Actor.system(doel="test"), now=now
    )
    for n in (0, 1, 200):
        make_registered(n, known_at=now - timedelta(hours=1))


def fields(nummer: int, soort: str = "verwacht", **more: str) -> dict[str, str]:
    today = timezone.localtime(timezone.now()).date()
    return {
        "sleutel": "1b671a64-40d5-491e-99b0-da01ff1f3341",
        "bsn": bsn(nummer).reveal(),
        "soort": soort,
        "dag": today.isoformat(),
        "verklaring": "on",
        **more,
    }


def key_of(email: str = "werkgever@demo.invalid", kvk: str = "00000001") -> str:
    gebruiker, organisatie = Gebruiker.objects.get(email=email), Organisatie.objects.get(kvk=kvk)
    actor = Actor(gebruiker.pk, organisatie.pk, Rol.WERKGEVER, None, "test")
    return apisleutels.make(actor=actor, naam="pakket", now=timezone.now()).geheim


def ask(key: str, *vragen: dict, headers: dict | None = None, **more: str):
    body = {"vragen": list(vragen), **more}
    extra = {"Authorization": f"Bearer {key}", **(headers or {})}
    return Client().post(API, json.dumps(body), content_type="application/json", headers=extra)


def vraag(nummer: int, soort: str = "verwacht", **more: object) -> dict:
    return {"bsn": bsn(nummer).reveal(), "soort": soort, "verklaring": True, **more}


def test_the_page_answers_yes_in_plain_words(staffed: None, sign_in: SignIn) -> None:
    page = sign_in("werkgever").post(CHECK, fields(0, "werknemer")).content.decode()

    assert "Ja. Deze persoon stond op" in page
    assert "wajong" not in page.lower()


def test_hit_miss_and_refusal_have_the_same_length_and_headers(staffed: None, sign_in: SignIn) -> None:
    client = sign_in("werkgever")
    make = lambda n, s, key: fields(n, s, sleutel=f"1b671a64-40d5-491e-99b0-da01ff1f334{key}")  # noqa: E731
    answers = [
        client.post(CHECK, make(n, s, key), headers={"Accept-Encoding": "gzip"})
        for key, (n, s) in enumerate([(200, "verwacht"), (300, "verwacht"), (400, "werknemer")])
    ]

    def shape(response) -> tuple:
        headers = {k: v for k, v in response.headers.items() if k not in ("X-Request-ID",)}
        return response.status_code, len(response.content), sorted(headers)

    assert len({str(shape(response)) for response in answers}) == 1


def test_sending_the_page_twice_asks_once(staffed: None, sign_in: SignIn) -> None:
    client = sign_in("werkgever")

    client.post(CHECK, fields(200))
    client.post(CHECK, fields(200))

    assert Raadpleging.objects.count() == 1


def test_a_number_that_is_no_bsn_is_told_and_counted(staffed: None, sign_in: SignIn) -> None:
    response = sign_in("werkgever").post(CHECK, fields(0, bsn="999900001"))

    assert response.status_code == 400
    assert "Dit is geen BSN" in response.content.decode()
    assert Raadpleegstand.objects.get().elfproef_fouten == 1


def test_without_a_declared_purpose_there_is_no_question(staffed: None, sign_in: SignIn) -> None:
    response = sign_in("werkgever").post(CHECK, fields(0, verklaring=""))

    assert response.status_code == 400
    assert not Raadpleging.objects.exists()


def test_the_list_names_registered_staff_only(staffed: None, sign_in: SignIn) -> None:
    client = sign_in("werkgever")
    number = mandaten.loonheffingennummers(Organisatie.objects.get(kvk="00000001").pk)[0].id
    data = {"nummer": str(number), "dag": fields(0)["dag"]}

    page = client.post("/werkgever/werknemers/", data).content.decode()

    assert [n for n in range(4) if bsn(n).reveal() in page] == [0, 1]
    assert Verwerking.objects.filter(activiteit="raadpleging-werkgever").count() == 4


def test_another_employer_gets_no_list_of_these_people(staffed: None, sign_in: SignIn) -> None:
    number = mandaten.loonheffingennummers(Organisatie.objects.get(kvk="00000001").pk)[0].id
    data = {"nummer": str(number), "dag": fields(0)["dag"]}

    assert sign_in("werkgever-2").post("/werkgever/werknemers/", data).status_code == 400


@pytest.mark.parametrize(("kind", "begin"), [("csv", b"\xef\xbb\xbfBSN;"), ("ods", b"PK")])
def test_the_list_is_downloaded(kind: str, begin: bytes, staffed: None, sign_in: SignIn) -> None:
    number = mandaten.loonheffingennummers(Organisatie.objects.get(kvk="00000001").pk)[0].id
    data = {"nummer": str(number), "dag": fields(0)["dag"], "als": kind}

    assert sign_in("werkgever").post("/werkgever/werknemers/", data).content.startswith(begin)


def test_no_cell_is_a_formula() -> None:
    from banenafspraak.web.werkgever.downloads import harmless

    assert [harmless(text) for text in ("=1+1", "-2", "@x", "gewoon")] == ["'=1+1", "'-2", "'@x", "gewoon"]


def test_the_history_shows_own_questions_and_nobody_elses(staffed: None, sign_in: SignIn) -> None:
    sign_in("werkgever").post(CHECK, fields(200))

    assert "wil ik aannemen" in sign_in("werkgever").get("/werkgever/vragen/").content.decode()
    assert "U hebt nog niets gevraagd" in sign_in("werkgever-2").get("/werkgever/vragen/").content.decode()


def test_an_office_accepts_a_mandate_and_asks(staffed: None, sign_in: SignIn) -> None:
    today = timezone.localtime(timezone.now()).date()
    sign_in("werkgever").post("/werkgever/mandaten/", {"kvk": "00000004", "vanaf": today.isoformat()})
    [mandaat] = mandaten.visible_to(_actor("administratiekantoor@demo.invalid", "00000004"))
    other = sign_in("werkgever-2").post(f"/werkgever/mandaten/{mandaat.pk}/accept/")
    office = sign_in("administratiekantoor")

    office.post(f"/werkgever/mandaten/{mandaat.pk}/accept/")

    key = key_of("administratiekantoor@demo.invalid", "00000004")
    answer = ask(key, vraag(0, "werknemer"), werkgever="00000001").json()
    assert other.status_code == 404
    assert answer["antwoorden"][0]["geregistreerd"] is True


def _actor(email: str, kvk: str) -> Actor:
    gebruiker, organisatie = Gebruiker.objects.get(email=email), Organisatie.objects.get(kvk=kvk)
    return Actor(gebruiker.pk, organisatie.pk, Rol.WERKGEVER, None, "test")


def test_without_a_mandate_the_api_refuses(staffed: None, sign_in: SignIn) -> None:
    key = key_of("werkgever-2@demo.invalid", "00000003")

    assert ask(key, vraag(0, "werknemer"), werkgever="00000001").status_code == 403
    assert not Raadpleging.objects.exists()


def test_the_api_answers_in_order_and_equally_long(staffed: None) -> None:
    key = key_of()

    answer = ask(key, vraag(0, "werknemer"), vraag(3, "werknemer"), vraag(500, "werknemer"), vraag(200))
    single = [ask(key, vraag(n, "werknemer")) for n in (0, 3, 500)]

    assert [(a["uitkomst"], a["geregistreerd"]) for a in answer.json()["antwoorden"]] == [
        ("beantwoord", True), ("beantwoord", False), ("geen_werknemer", None), ("beantwoord", True),
    ]  # fmt: skip
    assert len({len(response.content) for response in single}) == 1
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_api_without_a_key_or_with_an_old_one_says_401(staffed: None) -> None:
    key = key_of()
    actor = _actor("werkgever@demo.invalid", "00000001")
    apisleutels.withdraw(actor=actor, sleutel_id=apisleutels.visible_to(actor)[0].pk, now=timezone.now())

    assert [ask(k, vraag(0)).status_code for k in (key, "bna_" + "x" * 43, "onzin")] == [401] * 3


def test_a_key_stops_when_its_maker_leaves(staffed: None) -> None:
    key = key_of()
    Gebruiker.objects.filter(email="werkgever@demo.invalid").update(is_active=False)

    assert ask(key, vraag(0)).status_code == 401


def test_the_api_names_every_fault_and_no_number(staffed: None) -> None:
    response = ask(key_of(), vraag(0) | {"bsn": "123456789"}, vraag(1) | {"verklaring": False})

    assert response.status_code == 400
    assert [e["veld"] for e in response.json()["errors"]] == ["vragen.0.bsn", "vragen.1.verklaring"]
    assert "123456789" not in response.content.decode()


def test_a_session_needs_its_csrf_token_in_the_api(staffed: None, sign_in: SignIn) -> None:
    client = sign_in("werkgever")
    client.handler.enforce_csrf_checks = True

    response = client.post(API, json.dumps({"vragen": [vraag(0)]}), content_type="application/json")

    assert response.status_code == 403


def test_the_same_idempotency_key_gives_the_same_answer(staffed: None) -> None:
    key = key_of()
    first = ask(key, vraag(200), headers={"Idempotency-Key": "a"}).json()
    again = ask(key, vraag(200), headers={"Idempotency-Key": "a"}).json()
    other = ask(key, vraag(300), headers={"Idempotency-Key": "a"})

    assert (again["verzoek"], again["antwoorden"]) == (first["verzoek"], first["antwoorden"])
    assert other.status_code == 409


def test_a_check_by_key_takes_few_queries(staffed: None, django_assert_num_queries) -> None:
    key = key_of()

    # The key, the seals (twice a minute), the role, the question and the end of the role; the rest is the savepoint of
    # the test.
    with django_assert_num_queries(7):
        ask(key, vraag(0, "werknemer"))


def test_a_blocked_employer_objects_and_the_supervisor_decides(staffed: None, sign_in: SignIn) -> None:
    key = key_of()
    for n in range(600, 603):
        ask(key, vraag(n))
    blokkade = Blokkade.objects.get()
    employer, supervisor = sign_in("werkgever"), sign_in("toezicht")

    page = employer.get("/werkgever/blokkade/").content.decode()
    filed = employer.post("/werkgever/blokkade/", {"toelichting": "Het zijn drie broers."})
    assert filed.status_code == 302, filed.content.decode()[2500:6500]
    address = f"/toezicht/blokkades/{blokkade.pk}/"
    shown = supervisor.get(address).content.decode()
    supervisor.post(address, {"besluit": "grant", "motivering": "Duidelijk."})

    assert "vlak bij elkaar" in page
    assert "Het zijn drie broers." in shown
    assert ask(key, vraag(800)).json()["antwoorden"][0]["uitkomst"] == "beantwoord"


def test_an_objection_with_a_bsn_in_it_is_refused(staffed: None, sign_in: SignIn) -> None:
    for n in range(600, 603):
        ask(key_of(), vraag(n))

    response = sign_in("werkgever").post("/werkgever/blokkade/", {"toelichting": f"Het is {bsn(600).reveal()}."})

    assert response.status_code == 400
    assert "Hier staat een BSN in" in response.content.decode()


def test_another_employer_does_not_see_the_block(staffed: None, sign_in: SignIn) -> None:
    for n in range(600, 603):
        ask(key_of(), vraag(n))

    assert "U bent niet geblokkeerd" in sign_in("werkgever-2").get("/werkgever/blokkade/").content.decode()


def test_the_name_of_a_key_holds_no_bsn(sign_in: SignIn) -> None:
    response = sign_in("werkgever").post("/werkgever/sleutels/", {"naam": "pakket 999990019"})

    assert response.status_code == 400
    assert not apisleutels.visible_to(_actor("werkgever@demo.invalid", "00000001")).exists()


def test_a_key_is_shown_once_and_withdrawn_by_its_owner_only(sign_in: SignIn) -> None:
    client = sign_in("werkgever")
    made = client.post("/werkgever/sleutels/", {"naam": "pakket"}).content.decode()
    later = client.get("/werkgever/sleutels/").content.decode()
    number = apisleutels.visible_to(_actor("werkgever@demo.invalid", "00000001"))[0].pk

    assert "bna_" in made.split("<code>")[1][:60]
    assert len(later.split("<code>")[1].split("<")[0]) == 9
    assert sign_in("werkgever-2").post(f"/werkgever/sleutels/{number}/intrekken/").status_code == 404
    assert client.post(f"/werkgever/sleutels/{number}/intrekken/").status_code == 302


def test_the_employer_role_of_the_database_reads_no_register(staffed: None, sign_in: SignIn) -> None:
    from django.db import ProgrammingError, connection, transaction

    from banenafspraak.access import database

    for table in ("register_persoon", "register_registratie", "register_werkrelatie", "register_raadpleegstand"):
        with (
            pytest.raises(ProgrammingError),
            transaction.atomic(),
            database.acting(_actor("werkgever@demo.invalid", "00000001")),
            connection.cursor() as cursor,
        ):
            cursor.execute(f"SELECT count(*) FROM {table}")


def test_the_employer_role_asks_for_itself_and_about_now_only(staffed: None, sign_in: SignIn) -> None:
    from django.core.exceptions import PermissionDenied
    from django.db import transaction

    from banenafspraak.access import database

    me, other = _actor("werkgever@demo.invalid", "00000001"), _actor("werkgever-2@demo.invalid", "00000003")
    now = timezone.now()
    asked = [raadpleging.Vraag(bsn(0), raadpleging.Raadpleegsoort.WERKNEMER, timezone.localtime(now).date())]
    for actor, moment in ((other, now), (me, now + timedelta(hours=1))):
        with pytest.raises(PermissionDenied), transaction.atomic(), database.acting(me):
            raadpleging.ask(actor=actor, vragen=asked, now=moment)


def test_nothing_of_a_check_is_kept_in_plain(staffed: None, sign_in: SignIn, caplog) -> None:
    sign_in("werkgever").post(CHECK, fields(200))

    assert bsn(200).reveal() not in caplog.text
    rows = list(Raadpleging.objects.values()) + list(Verwerking.objects.values())
    assert bsn(200).reveal() not in repr(rows)
    assert bytes(Raadpleging.objects.get().bsn_index) == raadpleging.raadpleging_indexes(bsn(200))[0]


def test_a_day_is_written_as_people_write_it(staffed: None, sign_in: SignIn) -> None:
    client, today = sign_in("werkgever"), timezone.localtime(timezone.now()).date()
    assert f'value="{today:%d-%m-%Y}"' in client.get(CHECK).content.decode()

    page = client.post(CHECK, fields(0, "werknemer", dag=f"{today:%d-%m-%Y}")).content.decode()

    assert "Ja. Deze persoon stond op" in page


def test_what_is_missing_is_told_on_top_with_a_link_to_it(staffed: None, sign_in: SignIn) -> None:
    client = sign_in("werkgever")

    for address, anchor in ((CHECK, "id_bsn"), ("/werkgever/mandaten/", "id_kvk"), ("/werkgever/sleutels/", "id_naam")):
        page = client.post(address, {}).content.decode()
        assert f'href="#{anchor}"' in page, address
        assert "Vul dit in." in page, address


def test_the_hint_of_a_tick_box_is_shown_where_it_is_pointed_at(sign_in: SignIn) -> None:
    page = sign_in("werkgever").get(CHECK).content.decode()

    assert 'aria-describedby="id_verklaring-hint"' in page
    assert 'id="id_verklaring-hint">Nodig als deze persoon niet op uw loonlijst staat.' in page


def test_an_office_is_not_offered_to_withdraw_what_it_has_not_accepted(sign_in: SignIn) -> None:
    today = timezone.localtime(timezone.now()).date()
    employer = sign_in("werkgever")
    employer.post("/werkgever/mandaten/", {"kvk": "00000004", "vanaf": today.isoformat()})

    page = sign_in("administratiekantoor").get("/werkgever/mandaten/").content.decode()

    assert "Aanvaarden" in page
    assert "Intrekken" not in page
    assert "Intrekken" in employer.get("/werkgever/mandaten/").content.decode()
