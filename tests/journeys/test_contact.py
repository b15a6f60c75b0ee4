"""An employer searches, keeps a card and asks; the bemiddelaar follows up; the candidate says yes; the name is there.

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

Visit = Callable[..., Page]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
WORK = "glazenwasser"

# A gemeente delivered profiles, and the weekly publication made cards of them. The demo's burger is the only one who
# cleans windows, and nobody else of the demo is on a card of that field: who of equals comes first is chance.
PEOPLE = """
import django; django.setup()
from dataclasses import replace
from django.utils import timezone
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.access import bsn as bsns
from banenafspraak.access.models import Gebruiker, Organisatie, bsn_context
from banenafspraak.bemiddeling import klassen, profielen, werksoorten
from banenafspraak.bemiddeling.profielrecord import Contact, Dag, ProfielRecord
from banenafspraak.bemiddeling.models import Klantprofiel
from banenafspraak.register import personen, persoonsindex, queries
now = timezone.now()
today = timezone.localtime(now).date()
system = Actor.system(doel="een reis door de pagina's")
burger = Gebruiker.objects.get(email="burger@demo.invalid")
own = Bsn.parse(bsns.unseal(burger.bsn_verzegeld, context=bsn_context(burger.pk)))
found = queries.registered_people(peildatum=today, known_at=now).filter(
    pk__in=[p for p, g in queries.gemeenten_of_people(
        queries.registered_people(peildatum=today, known_at=now).values_list("pk", flat=True), peildatum=today,
        known_at=now).items() if g == "GM0402"])
Klantprofiel.objects.filter(persoonsindex.is_person(own, path="persoon__")).delete()
kinds = werksoorten.WERKSOORTEN
field = [code for code, kind in kinds.items() if kind.werkveld == kinds["glazenwasser"].werkveld]
Klantprofiel.objects.filter(werksoorten__overlap=field).delete()
taken = Klantprofiel.objects.values("persoon")
others = [b for b in (personen.bsn_of(p) for p in found.exclude(pk__in=taken).order_by("pk")[:20]) if b != own][:19]
record = ProfielRecord(bemiddelingspostcode="1211AB", werksoorten=("schoonmaker_kantoor",), beschikbaar=True,
    code_werk_en_denkniveau=3, aantal_werkuren_per_week_minimaal=20, aantal_werkuren_per_week_maximaal=28,
    werkdagen=Dag(31), maximale_reisafstand=15, vervoermiddelen=(3, 5), werkervaringen=())
mine = replace(record, werksoorten=("glazenwasser",), contact=Contact("Bo Burger", "", "0612345678"))
rows = [(b, f"reis-{n}", record, True) for n, b in enumerate(others)] + [(own, "reis-zelf", mine, True)]
gemeente = Organisatie.objects.get(naam="Gemeente Hilversum").pk
done = profielen.take_in(rows, organisatie_id=gemeente, actor=system, now=now)
assert not done.fouten, done.fouten
klassen.publish(actor=system, now=now)
"""
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
    for table in ("bericht", "voorstelstap", "toestemming", "voorstel", "contactverzoek", "bewaardekaart"):
        cursor.execute(f"DELETE FROM bemiddeling_{table}")
"""


def run(programme: str, environ: dict[str, str]) -> None:
    """Do something in the demo's database, as its owner."""
    subprocess.run([sys.executable, "-c", programme], env=environ, check=True)


@pytest.fixture(scope="module")
def people(site: str, site_environ: dict[str, str]) -> None:
    run(PEOPLE, site_environ)


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


@pytest.mark.parametrize("scripts", [False, True], ids=["without scripts", "with axe"])
def test_from_search_to_name_and_back(scripts: bool, visit: Visit, people: None, site_environ: dict[str, str]) -> None:
    look = look_with_axe if scripts else look_at_nothing
    run(ANEW, site_environ)
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
