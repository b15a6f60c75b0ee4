"""The pages of matches: people for a vacature, vacatures for a person, and why; each look is logged."""

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from banenafspraak.access import bsn as bsns
from banenafspraak.access import demo
from banenafspraak.access.models import Verwerking
from banenafspraak.bemiddeling import matchzinnen, voordrachten
from banenafspraak.bemiddeling.matching import Criterium, Richting, Vacaturevraag, Werkzoekende, judge
from banenafspraak.bemiddeling.models import Klantprofiel, Vacature
from banenafspraak.bemiddeling.profielrecord import Dag
from banenafspraak.web.matchwoorden import words_of
from tests.bemiddeling.kaartmensen import CLEANER, TODAY, make_people
from tests.factories import bsn, make_vacature
from tests.web.test_contact_pages import member

SignIn = Callable[[str], Client]
pytestmark = pytest.mark.usefixtures("demo_on")


def people(*answers: dict, first: int = 0, gemeente: str = "GM0402") -> list[Klantprofiel]:
    today = timezone.localdate()
    return make_people(
        [{**CLEANER, "beschikbaar_bevestigd_op": today, **one} for one in answers], first=first, gemeente=gemeente
    )


def cleaning(**fields: object) -> Vacature:
    values = {"naam_vacature": "Schoonmaker school", "werksoort": "schoonmaker_school", "werkdagen": Dag.MAANDAG}
    return make_vacature(member("werkgever"), now=timezone.now(), **(values | fields))


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
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        text(client, address)
    return len(captured)


def looks(handeling: str) -> list[bytes]:
    return [bytes(one.betrokkene_index) for one in Verwerking.objects.filter(naam=handeling)]


def test_people_for_a_vacature_with_reasons_and_all_points(hilversum: Client) -> None:
    people({}, {"werksoorten": ["tuinman"], "maximale_reisafstand": None})
    vacature = cleaning()

    page = text(hilversum, f"/bemiddelaar/vacatures/{vacature.pk}/matches/")

    assert "Mensen die passen bij: Schoonmaker school" in page
    assert "2 mensen zouden dit werk kunnen doen" in page
    assert "Schoonmaker school lijkt veel op het werk dat de persoon zoekt." in page
    assert "De persoon zoekt ander werk dan: Schoonmaker school." in page
    assert "het is niet bekend hoe ver de persoon wil reizen" in page
    assert page.index("lijkt veel op") < page.index("zoekt ander werk")
    assert "Voor deze baan is geen rijbewijs nodig." in page
    assert sorted(looks("matches bij vacature bekeken")) == sorted(bsns.index(bsn(n), doel="audit") for n in (0, 1))


def test_nobody_of_another_gemeente_is_on_the_page(hilversum: Client) -> None:
    people({}, gemeente="GM0363")

    page = text(hilversum, f"/bemiddelaar/vacatures/{cleaning().pk}/matches/")

    assert "Er is nu niemand die dit werk kan doen." in page
    assert looks("matches bij vacature bekeken") == []


def test_the_page_of_a_vacature_leads_to_its_matches(sign_in: SignIn) -> None:
    vacature = cleaning()

    response = sign_in("bemiddelaar").get(f"/bemiddelaar/vacatures/{vacature.pk}/")

    assert f"/bemiddelaar/vacatures/{vacature.pk}/matches/" in response.content.decode()


def test_vacatures_for_one_of_the_own_people(hilversum: Client) -> None:
    [profiel] = people({})
    cleaning()
    address = f"/bemiddelaar/mensen/{profiel.persoon_id}/banen/"

    page = text(hilversum, address)

    assert "1 vacature kan passen" in page
    assert "De persoon wil werken op alle dagen van deze baan." in page
    assert looks("passende banen van kandidaat bekeken") == [bsns.index(bsn(0), doel="audit")]
    assert address in hilversum.get(f"/bemiddelaar/mensen/{profiel.persoon_id}/").content.decode()


def test_vacatures_for_somebody_of_another_gemeente_are_not_there(hilversum: Client) -> None:
    [profiel] = people({}, gemeente="GM0363")
    cleaning()

    assert hilversum.get(f"/bemiddelaar/mensen/{profiel.persoon_id}/banen/").status_code == 404
    assert looks("passende banen van kandidaat bekeken") == []


def test_a_person_reads_why_this_job(burger: Client) -> None:
    people({"indicatie_onregelmatig_werk_of_ploegendienst": None})
    vacature = cleaning(indicatie_onregelmatig_werk_of_ploegendienst=True)

    page = text(burger, "/burger/banen/")

    assert "Waarom deze baan" in page
    assert "Schoonmaker school lijkt veel op het werk dat u zoekt." in page
    assert "wij weten nog niet of u dat wilt" in page
    assert "van de 100 punten" in page
    assert f"/vacatures/{vacature.pk}/" in burger.get("/burger/banen/").content.decode()
    assert looks("eigen passende banen bekeken") == [bsns.index(bsn(0), doel="audit")] * 2


def test_a_person_without_a_profile_is_helped_on(burger: Client) -> None:
    people({}, first=1)
    cleaning()

    assert "U heeft nog geen profiel." in text(burger, "/burger/banen/")


def test_a_person_for_whom_there_is_nothing_is_helped_on(burger: Client) -> None:
    people({})

    assert "Er is nu geen open vacature die bij u past." in text(burger, "/burger/banen/")


def test_no_page_says_what_somebody_needs_at_work(hilversum: Client, burger: Client) -> None:
    [profiel] = people({})
    vacature = cleaning(biedt_begeleiding=True, biedt_aanpassing_werkomgeving=False)
    addresses = (
        (hilversum, f"/bemiddelaar/vacatures/{vacature.pk}/matches/"),
        (hilversum, f"/bemiddelaar/mensen/{profiel.persoon_id}/banen/"),
        (burger, "/burger/banen/"),
    )

    for client, address in addresses:
        main = text(client, address).partition("van de 100 punten")[2]
        assert not re.search(r"begeleid|aanpass|ziek|beperking|wajong|grond", main.partition("Alle punten")[0], re.I)


def test_the_number_of_queries_does_not_grow_with_the_people(hilversum: Client) -> None:
    people(*[{}] * 3)
    vacature = cleaning()
    address = f"/bemiddelaar/vacatures/{vacature.pk}/matches/"
    hilversum.get(address)
    few = queries(hilversum, address)
    people(*[{}] * 15, first=3)

    assert queries(hilversum, address) == few
    assert few <= 30


def test_the_number_of_queries_does_not_grow_with_the_vacatures(burger: Client) -> None:
    people({})
    cleaning()
    burger.get("/burger/banen/")
    few = queries(burger, "/burger/banen/")
    for _ in range(5):
        cleaning()

    assert queries(burger, "/burger/banen/") == few
    assert few <= 25


def test_the_table_has_every_criterion_and_adds_up() -> None:
    uitslag = judge(Werkzoekende(), Vacaturevraag(peildatum=TODAY), Richting.BANEN)
    words = words_of(uitslag, id="p", caption="Punten", aan_de_persoon=True)

    assert len(words.alles.rows) == len(Criterium)
    assert sum(int(row.cells[-1].text.split()[0]) for row in words.alles.rows) == words.punten
    assert len(words.onbekend) == sum(one.oordeel == "onbekend" for one in uitslag.redenen)


def test_every_reason_has_english() -> None:
    uitslag = judge(Werkzoekende(werksoorten=("tuinman",)), Vacaturevraag(peildatum=TODAY), Richting.BANEN)
    with translation.override("en"):
        words = words_of(uitslag, id="p", caption="Points", aan_de_persoon=True)
        told = [row.cells[1].text for row in words.alles.rows]

    assert told[0] == "The vacancy does not say which kind of work it is."
    assert not set(told) & {text for both in matchzinnen.ZINNEN.values() for text in both}


def test_who_was_thought_of_has_no_box_any_more(hilversum: Client) -> None:
    """Being thought of twice for one vacature is what the box would lead to."""
    first, _second = people({}, {})
    vacature, now = cleaning(), timezone.now()
    address = f"/bemiddelaar/vacatures/{vacature.pk}/matches/"
    assert hilversum.get(address).content.decode().count('name="persoon"') == 2

    college = member("bemiddelaar-gemeente")
    voordrachten.put_forward(actor=college, vacature_id=vacature.pk, persoon_ids=[first.persoon_id], now=now)

    after = hilversum.get(address).content.decode()
    assert after.count('name="persoon"') == 1
    assert "Staat al op de lijst, nog niet gevraagd." in after
