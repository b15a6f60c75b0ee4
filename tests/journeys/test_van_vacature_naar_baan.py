"""An employer places a vacature, an adviser carves it, two people are asked, one says yes: a trial, then a contract.

The page of the placement says in the end that it counts, for how much of a job and in which sector. Once without
scripts, once with axe.
"""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import LocatorAssertions, Page, expect

from tests.journeys.test_contact import NEXT_MORNING, look_at_nothing, look_with_axe, run
from tests.journeys.test_klantprofiel import fill_in

Look = Callable[[Page], None]
Visit = Callable[..., Page]
NAAM = "Hulp in de winkel"
TAKEN = [
    ("Brood bakken in de nacht", "13", "Bakker"),
    ("De winkel schoonmaken", "12", "Schoonmaker kantoor"),
    ("Broodjes inpakken", "11", "Inpakker"),
]

# A week later, for a test that cannot wait: the trial began a week ago, and the yes that it came from before that.
A_WEEK_LATER = """
import django; django.setup()
from django.db import connection, transaction
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("SELECT id FROM bemiddeling_plaatsing WHERE vacature_id IN"
                   " (SELECT id FROM bemiddeling_vacature WHERE naam_vacature = 'Hulp in de winkel')")
    mine = [pk for (pk,) in cursor.fetchall()]
    cursor.execute("ALTER TABLE bemiddeling_plaatsing DISABLE TRIGGER USER")
    cursor.execute("UPDATE bemiddeling_plaatsing SET begint_op = begint_op - 7, eindigt_op = eindigt_op - 7"
                   " WHERE id = ANY (%s)", [mine])
    cursor.execute("ALTER TABLE bemiddeling_plaatsing ENABLE TRIGGER USER")
"""


def main(page: Page) -> LocatorAssertions:
    return expect(page.locator("main"))


def further(page: Page) -> None:
    page.get_by_role("button", name="Opslaan en verder").click()


def place(page: Page, look: Look) -> str:
    """The employer describes the work in tasks, forgets something, and opens it; the address of the vacature."""
    look(page)
    page.get_by_role("button", name="Nieuwe vacature").click()
    page.get_by_label("Hoe heet het werk?").fill("Medewerker winkel en bakkerij")
    page.get_by_label("Welk soort werk is het?").fill("bakker")
    page.get_by_label("Wat is het werk?").fill("Brood bakken, en de winkel netjes houden.")
    look(page)
    further(page)
    for number, (taak, uren, werk) in enumerate(TAKEN, 1):
        row = page.get_by_role("group", name=f"Taak {number}", exact=True)
        row.get_by_label("Wat gebeurt er?").fill(taak)
        row.get_by_label("Uren per week").fill(uren)
        row.get_by_label("Soort werk").fill(werk)
    page.get_by_role("group", name="Taak 1", exact=True).get_by_label("Rijbewijs B nodig").check()
    look(page)
    further(page)
    page.get_by_label("hoogstens?").fill("36")
    look(page)
    page.get_by_role("button", name="Opslaan en stoppen").click()
    main(page).to_contain_text("Dit moet er nog bij")
    look(page)
    page.get_by_role("link", name=re.compile("postcode", re.IGNORECASE)).click()
    page.get_by_label("Postcode van de plek").fill("1211AB")
    page.get_by_label("Plaats", exact=True).fill("Hilversum")
    page.get_by_role("button", name="Opslaan en stoppen").click()
    page.get_by_role("button", name="Vacature plaatsen").click()
    main(page).to_contain_text("De vacature is open.")
    look(page)
    return page.url


def carve(page: Page, look: Look) -> None:
    """The adviser cuts two of the three tasks out, sees how many fit before and after, completes it and opens it."""
    look(page)
    page.get_by_role("link", name="Taken uitsnijden voor een nieuwe baan").click()
    source = page.locator("main fieldset").first
    for taak, _uren, _werk in TAKEN[1:]:
        source.get_by_label(taak).check()
    page.get_by_label("Hoe heet de nieuwe baan?").fill(NAAM)
    page.get_by_role("button", name="Bekijk hoeveel mensen passen").click()
    main(page).to_contain_text("Bij de nieuwe baan")
    main(page).to_contain_text("23 uur")
    look(page)
    page.get_by_role("button", name="Maak deze vacature").click()
    look(page)


def judge_and_open(page: Page, look: Look) -> str:
    """The adviser says that it suits the doelgroep, and opens it; the address of the new vacature."""
    page.get_by_label("Ja, geschikt").check()
    page.get_by_label("Waarom?").select_option("uitgesneden")
    page.get_by_role("button", name="Oordeel bewaren").click()
    main(page).to_contain_text("Uw oordeel is bewaard.")
    page.get_by_role("button", name="Vacature plaatsen").click()
    main(page).to_contain_text("De vacature is open.")
    main(page).to_contain_text("0 van 1")
    look(page)
    return page.url


def ask_two(page: Page, look: Look) -> None:
    """The match list says why; the adviser ticks two, puts them on the list and asks both."""
    page.get_by_role("link", name="Mensen die passen").click()
    main(page).to_contain_text("van de 100 punten")
    main(page).to_contain_text("Dit past")
    page.locator("summary").first.click()
    look(page)
    page.get_by_label("Op de lijst: Bo Burger").check()
    other = page.get_by_role("checkbox", name=re.compile(r"^Op de lijst ?: (?!Bo Burger)")).first
    other.check()
    page.get_by_role("button", name="Verder met wie is aangekruist").click()
    expect(page.get_by_label("Bo Burger")).to_be_checked()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(2)
    page.get_by_label("Wat biedt de werkgever?").select_option("proefplaatsing")
    look(page)
    page.get_by_role("button", name="Op de lijst zetten").click()
    for _ in range(2):
        page.get_by_role("button", name=re.compile("^Vraag het")).first.click()
    expect(page.get_by_role("button", name=re.compile("^Vraag het"))).to_have_count(0)
    main(page).to_contain_text("Wacht op antwoord van de persoon")
    look(page)


def say_yes(page: Page, look: Look) -> None:
    """One of the two reads which work it is, and says yes."""
    page.goto("/burger/contact/")
    page.get_by_role("link", name=re.compile("^Bekijk de vraag")).click()
    main(page).to_contain_text("De winkel schoonmaken")
    look(page)
    page.get_by_role("button", name="Ja, geef dit aan de werkgever").click()
    main(page).to_contain_text("U zei ja")


def begin_trial(page: Page, look: Look) -> None:
    """Out of the yes the adviser writes down a trial, which does not count, and that it began."""
    page.reload()
    page.get_by_role("link", name=re.compile("^Plaatsing vastleggen")).click()
    expect(page.get_by_label("KvK-nummer van de werkgever")).to_have_value("00000001")
    expect(page.get_by_label("Uren per week")).to_have_value("23")
    expect(page.get_by_role("radio", name="Proefplaatsing")).to_be_checked()
    page.get_by_label("Markt", exact=True).check()
    today = timezone.localdate()
    page.get_by_label("Eerste dag").fill(today.strftime("%d-%m-%Y"))
    page.get_by_label("Laatste dag").fill((today + timedelta(days=365)).strftime("%d-%m-%Y"))
    expect(page.get_by_label("wie staat haar toe?")).to_have_value("gemeente")
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.get_by_role("alert")).to_contain_text("Deze proefplaatsing kan duren tot en met")
    look(page)
    page.get_by_label("Laatste dag").fill((today + timedelta(days=30)).strftime("%d-%m-%Y"))
    page.get_by_role("button", name="Vastleggen").click()
    page.get_by_role("button", name="De persoon is begonnen").click()
    main(page).to_contain_text("Telt niet mee")
    main(page).to_contain_text("0 van 1 plaatsen vervuld")
    look(page)


def make_contract(page: Page, look: Look) -> None:
    """A week later the trial becomes a contract of 23 hours, and that counts."""
    page.reload()
    page.get_by_role("link", name="Ander contract vastleggen").click()
    page.get_by_label("Contract bij de werkgever").check()
    page.get_by_label("Eerste dag").fill(timezone.localdate().strftime("%d-%m-%Y"))
    page.get_by_label("Laatste dag").fill("")
    look(page)
    page.get_by_role("button", name="Vastleggen").click()
    main(page).to_contain_text("Telt mee: 0,9 baan, sector markt")
    main(page).to_contain_text("1 van 1 plaatsen vervuld")
    look(page)


def close(page: Page, look: Look) -> None:
    """The last place is taken, so the adviser closes the vacature."""
    page.get_by_role("link", name=NAAM).click()
    main(page).to_contain_text("Alle plaatsen lijken vervuld")
    look(page)
    page.get_by_role("button", name="Sluiten: vervuld").click()
    main(page).to_contain_text("De vacature is gesloten.")


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with axe"])
def test_from_a_vacature_to_a_contract_that_counts(scripts: bool, visit: Visit, site_environ: dict[str, str]) -> None:
    look = look_with_axe if scripts else look_at_nothing
    burger = visit("/burger/profiel/", role="burger", java_script_enabled=scripts)
    fill_in(burger, look_at_nothing)
    if (on := burger.get_by_role("button", name="Zet mijn profiel aan voor werkgevers")).is_visible():
        on.click()
    employer = visit("/werkgever/vacatures/", role="werkgever", java_script_enabled=scripts)
    address = place(employer, look)
    adviser = visit(
        address.replace("/werkgever/", "/bemiddelaar/"), role="bemiddelaar-gemeente", java_script_enabled=scripts
    )
    carve(adviser, look)
    judge_and_open(adviser, look)
    ask_two(adviser, look)
    say_yes(burger, look)
    employer.goto("/werkgever/voordrachten/")
    shown = employer.locator(".bna-card").filter(has_text=NAAM)
    before = shown.count()

    run(NEXT_MORNING, site_environ)
    employer.reload()

    expect(shown).to_have_count(before + 1)
    look(employer)
    begin_trial(adviser, look)
    run(A_WEEK_LATER, site_environ)
    make_contract(adviser, look)
    close(adviser, look)
