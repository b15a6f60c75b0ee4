"""A gemeente delivers, a candidate opens the profile, an employer asks, the bemiddelaar follows up, the name is there.

And the candidate reads every look, takes the yes back, and the name is gone. Once without scripts, once with axe.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.adapters.profielen.test_sonar import sheet

Visit = Callable[..., Page]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
WORK = "glazenwasser"

# Who of Hilversum the gemeente is going to deliver: nineteen people without a profile, and last the demo's burger.
# The burger is to be the only one who cleans windows, and nobody else of the demo is on a card of that field: who of
# equals comes first is chance.
PEOPLE = """
import django; django.setup()
from django.utils import timezone
from banenafspraak.access import bsn as bsns
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.models import Gebruiker, bsn_context
from banenafspraak.bemiddeling import werksoorten
from banenafspraak.bemiddeling.models import Klantprofiel
from banenafspraak.register import personen, persoonsindex, queries
now = timezone.now()
today = timezone.localtime(now).date()
burger = Gebruiker.objects.get(email="burger@demo.invalid")
own = Bsn.parse(bsns.unseal(burger.bsn_verzegeld, context=bsn_context(burger.pk)))
registered = queries.registered_people(peildatum=today, known_at=now)
lives = queries.gemeenten_of_people(registered.values_list("pk", flat=True), peildatum=today, known_at=now)
here = [pk for pk, gemeente in lives.items() if gemeente == "GM0402"]
Klantprofiel.objects.filter(persoonsindex.is_person(own, path="persoon__")).delete()
kinds = werksoorten.WERKSOORTEN
field = [code for code, kind in kinds.items() if kind.werkveld == kinds["glazenwasser"].werkveld]
Klantprofiel.objects.filter(werksoorten__overlap=field).delete()
without = registered.filter(pk__in=here).exclude(pk__in=Klantprofiel.objects.values("persoon")).order_by("pk")[:20]
others = [one for one in map(personen.bsn_of, without) if one != own][:19]
print(*(one.reveal() for one in (*others, own)))
"""
# The others said at the desk that they are available, and it is Monday: the weekly publication makes cards of them.
MONDAY = """
import django; django.setup()
from django.utils import timezone
from banenafspraak.access.actor import Actor
from banenafspraak.bemiddeling import klassen
from banenafspraak.bemiddeling.models import Klantprofiel
now = timezone.now()
today = timezone.localtime(now).date()
Klantprofiel.objects.filter(bronnummer__startswith="reis-").update(beschikbaar=True, beschikbaar_bevestigd_op=today)
klassen.publish(actor=Actor.system(doel="een reis door de pagina's"), now=now)
"""
SONAR = {
    "Beschikbare uren/wk": "24", "Opleidingsniveau": "VMBO", "Mondeling Nederlands": "Goed", "Vervoer": "FIETS",
    "Postcode": "1211AB", "Banenafspraak": "1", "Toestemming": "Ja", "Leeftijd": "34", "Straatnaam": "Kerkstraat",
}  # fmt: skip
# Nine o'clock of the next working day, for a test that cannot wait: what was said an hour ago has been released.
NEXT_MORNING = """
import django; django.setup()
from django.db import connection, transaction
with transaction.atomic(), connection.cursor() as cursor:
    cursor.execute("ALTER TABLE bemiddeling_toestemming DISABLE TRIGGER USER")
    cursor.execute("UPDATE bemiddeling_toestemming SET gegeven_at = now() - interval '2 hours',"
                   " vrij_at = now() - interval '1 hour'")
    cursor.execute("ALTER TABLE bemiddeling_toestemming ENABLE TRIGGER USER")
"""
# As it was before somebody asked: the walk is done twice.
ANEW = """
import django; django.setup()
from django.db import connection, transaction
with transaction.atomic(), connection.cursor() as cursor:
    # Work that came out of a yes stays, without the yes.
    cursor.execute("ALTER TABLE bemiddeling_plaatsing DISABLE TRIGGER USER")
    cursor.execute("UPDATE bemiddeling_plaatsing SET voorstel_id = NULL")
    cursor.execute("ALTER TABLE bemiddeling_plaatsing ENABLE TRIGGER USER")
    for table in ("bericht", "voorstelstap", "toestemming", "voorstel", "contactverzoek", "bewaardekaart"):
        cursor.execute(f"DELETE FROM bemiddeling_{table}")
    cursor.execute("DELETE FROM bemiddeling_klantprofiel WHERE bronnummer LIKE 'reis-%'")
"""


def run(programme: str, environ: dict[str, str]) -> str:
    """Do something in the demo's database, as its owner."""
    return subprocess.run(
        [sys.executable, "-c", programme], env=environ, check=True, stdout=subprocess.PIPE, text=True
    ).stdout


@pytest.fixture(scope="module")
def export(site: str, site_environ: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the gemeente exports from Sonar: twenty of its people, and somebody with a number that cannot be right."""
    *others, own = run(PEOPLE, site_environ).split()
    rows = [
        SONAR | {"BSN": number, "ID_WZ": f"reis-{n}", "Bemiddelingsberoep": "Schoonmaker kantoor"}
        for n, number in enumerate([*others, "123456789"])
    ]
    contact = {"Volledige Naam": "Bo Burger", "Telefoonnummer": "0612345678"}
    rows.append(SONAR | contact | {"BSN": own, "ID_WZ": "reis-zelf", "Bemiddelingsberoep": "Glazenwasser"})
    path = tmp_path_factory.mktemp("sonar") / "dashboard.xlsx"
    path.write_bytes(sheet(*rows))
    return path


def look_at_nothing(page: Page) -> None:
    """For the walk without scripts, in which axe cannot run."""


def look_with_axe(page: Page) -> None:
    """Nothing for axe to find, narrow and wide, and nothing outside the window; kept as a picture where asked."""
    for width in (320, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        if place := os.environ.get("BANENAFSPRAAK_SHOTS"):
            name = re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "id", page.url.split("/", 3)[3].split("?")[0]).strip("/")
            page.screenshot(path=Path(place) / f"{name.replace('/', '_')}-{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, page.url
        results = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}}).response
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in results["violations"]] == [], page.url


def deliver(page: Page, export: Path, look: Callable[[Page], None]) -> None:
    """The gemeente looks at its export first, reads what is wrong with one row, and takes the others in."""
    page.get_by_label("Sonar").check()
    page.set_input_files("#id_bestand", export)
    page.get_by_role("button", name="Nakijken").click()
    expect(page.locator("main")).to_contain_text("Er is nog niets veranderd")
    expect(page.locator("main")).to_contain_text("Kijk het BSN na.")
    look(page)
    page.get_by_role("button", name="20 profielen inlezen").click()
    expect(page.locator("main")).to_contain_text("Ingelezen: ")
    look(page)


def open_profile(page: Page, look: Callable[[Page], None]) -> None:
    """The candidate says what Sonar did not know, and can be found."""
    expect(page.locator("main")).to_contain_text("Werkgevers kunnen uw profiel nu niet vinden")
    look(page)
    page.goto("/burger/profiel/beschikbaar/")
    page.get_by_label("Ja", exact=True).check()
    page.get_by_role("button", name="Opslaan en verder").click()
    page.goto("/burger/profiel/")
    if (on := page.get_by_role("button", name="Zet mijn profiel aan voor werkgevers")).is_visible():
        on.click()
    expect(page.locator("main")).to_contain_text("Werkgevers kunnen uw profiel vinden.")
    look(page)


def ask(page: Page, look: Callable[[Page], None]) -> str:
    """Search, keep the card, and ask for one person; the address of the request."""
    page.locator("main h3 a").first.click()
    card = page.url
    look(page)
    page.get_by_role("button", name="Kaart bewaren").click()
    expect(page.get_by_role("link", name="Vragen om contact")).to_be_visible()
    look(page)
    page.goto(card)
    page.get_by_role("link", name="Vragen om contact").click()
    page.get_by_role("button", name="Verzoek versturen").click()
    expect(page.get_by_role("alert")).to_contain_text("Kies wat u biedt")
    look(page)
    page.get_by_label("Een baan", exact=True).check()
    page.fill("#id_vacature_tekst", "Ramen wassen bij winkels in Hilversum.")
    page.fill("#id_aanbod", "Een contract voor 24 uur, met een vaste begeleider.")
    page.get_by_role("button", name="Verzoek versturen").click()
    expect(page.locator("main")).to_contain_text("Uw verzoek is verstuurd")
    expect(page.locator("main")).to_contain_text("elke werkdag om 9 uur")
    look(page)
    return page.url


def judge(page: Page, look: Callable[[Page], None]) -> None:
    """Wait for the queue to have thought of somebody, look at the person, and pass the question on."""
    for _ in range(60):
        if "Te beoordelen: 0" not in page.locator("main").inner_text():
            break
        page.wait_for_timeout(1000)
        page.reload()
    look(page)
    page.get_by_role("link", name=re.compile("^Te beoordelen")).click()
    look(page)
    page.locator("main table a").first.click()
    expect(page.locator("main")).to_contain_text("Ramen wassen")
    look(page)
    page.get_by_role("link", name="Bekijk deze persoon").click()
    look(page)
    page.go_back()
    page.get_by_role("button", name="Past: vraag het de persoon").click()
    expect(page.locator("main")).to_contain_text("De persoon krijgt de vraag")
    look(page)


def agree(page: Page, look: Callable[[Page], None]) -> None:
    """Read who asks what, choose what to give, and say yes."""
    look(page)
    page.get_by_role("link", name=re.compile("^Bekijk de vraag")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Bakkerij De Korenaar")
    expect(page.locator("#id_naam")).to_have_value("Bo Burger")
    look(page)
    page.get_by_label("Uren, reizen, rijbewijs en talen").uncheck()
    page.get_by_role("button", name="Ja, geef dit aan de werkgever").click()
    expect(page.locator("main")).to_contain_text("U zei ja")
    look(page)


def see_what_it_brings(page: Page, look: Callable[[Page], None]) -> None:
    """The employer opens the Financieel CV of who said yes; hours that were not given are asked."""
    page.get_by_role("link", name=re.compile("^Bekijk wat het brengt")).click()
    expect(page.locator("h1")).to_have_text("Financieel CV: Bo Burger")
    expect(page.get_by_label("Uren per week")).to_have_value("")
    look(page)
    page.get_by_label("Leeftijd op de eerste werkdag").fill("24")
    page.get_by_label("Uren per week").fill("28")
    page.get_by_role("button", name="Bekijk wat het brengt").click()
    expect(page.locator("main")).to_contain_text("Wat u krijgt")
    look(page)


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with axe"])
def test_from_export_to_name_and_back(scripts: bool, visit: Visit, export: Path, site_environ: dict[str, str]) -> None:
    look = look_with_axe if scripts else look_at_nothing
    run(ANEW, site_environ)
    gemeente = visit("/bemiddelaar/profielen/import/", role="bemiddelaar-gemeente", java_script_enabled=scripts)
    deliver(gemeente, export, look)
    open_profile(visit("/burger/profiel/", role="burger", java_script_enabled=scripts), look)
    run(MONDAY, site_environ)
    employer = visit(f"/werkgever/kandidaten/?werk={WORK}", role="werkgever", java_script_enabled=scripts)
    address = ask(employer, look)
    judge(visit("/bemiddelaar/", role="bemiddelaar-gemeente", java_script_enabled=scripts), look)
    burger = visit("/burger/contact/", role="burger", java_script_enabled=scripts)
    agree(burger, look)
    employer.goto(address)
    expect(employer.locator("main")).not_to_contain_text("Bo Burger")

    run(NEXT_MORNING, site_environ)
    employer.reload()

    expect(employer.locator("main")).to_contain_text("Bo Burger")
    expect(employer.locator("main")).to_contain_text("0612345678")
    expect(employer.locator("main")).not_to_contain_text("fiets")
    look(employer)
    see_what_it_brings(employer, look)
    employer.goto("/werkgever/verzoeken/")
    expect(employer.locator("main")).to_contain_text("1 kandidaat wil contact")
    look(employer)
    burger.goto("/burger/wie-keek/")
    expect(burger.locator("main")).to_contain_text("Bekeek wat u aan de werkgever gaf")
    expect(burger.locator("main")).to_contain_text("Bakkerij De Korenaar")
    expect(burger.locator("main")).to_contain_text("Gemeente Hilversum")
    burger.goto("/burger/contact/")
    burger.get_by_role("button", name=re.compile("^Intrekken")).click()
    expect(burger.locator("main")).to_contain_text("Geen enkele werkgever mag uw gegevens zien")
    employer.goto(address)
    expect(employer.locator("main")).not_to_contain_text("Bo Burger")
