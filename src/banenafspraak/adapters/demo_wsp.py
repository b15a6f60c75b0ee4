"""The demo's Werkgeversservicepunten: a made-up contact point for each region, and what employers thought of one.

Everything goes through the actions that the pages and the queue use. Numbers and addresses lead nowhere.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from banenafspraak.access import demo as rollen
from banenafspraak.access import gebieden
from banenafspraak.access.actor import Actor
from banenafspraak.bemiddeling import contactpunten, matchtelling, postcodes, tevredenheid, vacatures
from banenafspraak.bemiddeling.contactpunten import Bereikbaarheid
from banenafspraak.bemiddeling.vacaturerecord import Sluitreden, VacatureRecord
from banenafspraak.bemiddeling.wspwoorden import Uitkomstsoort

_DOEL = "demo vullen"
_WERK = VacatureRecord(
    naam_vacature="Inpakker",
    omschrijving_vacature="U pakt bestellingen in en zet ze klaar.",
    werksoort="inpakker",
    postcode="1211AB",
    plaatsnaam="Hilversum",
    aantal_werkuren_per_week_minimaal=12,
    aantal_werkuren_per_week_maximaal=20,
)
# Whose vacature, what kind of work, how long ago it opened and closed, and the answer: none where the question stands.
_OORDELEN: tuple[tuple[str, str, int, int, int | None, str], ...] = (
    ("werkgever", "Inpakker", 80, 60, 5, "Snel iemand gevonden die goed past."),
    ("werkgever", "Hulp in de winkel", 70, 50, 4, ""),
    ("werkgever", "Bezorger", 60, 30, 3, "Het duurde lang voor wij iets hoorden."),
    ("werkgever-2", "Hulp aan de vouwmachine", 90, 65, 4, "Fijn dat er iemand meekwam naar het gesprek."),
    ("werkgever-2", "Schoonmaker", 50, 20, 2, ""),
    ("werkgever-2", "Magazijnmedewerker", 40, 12, 4, ""),
    ("werkgever", "Medewerker verpakken", 20, 2, None, ""),
)


def load(*, now: datetime) -> None:
    """Fill in the contact points, let employers answer, and count who fits. For a demo filled this minute."""
    with transaction.atomic():
        _contact_points(now=now)
        for opinion in _OORDELEN:
            _opinion(*opinion, now=now)
    matchtelling.count_matches(actor=Actor.system(doel=_DOEL), now=now)


def _contact_points(*, now: datetime) -> None:
    beheer = rollen.actor_of("beheer", peildatum=timezone.localtime(now).date(), doel=_DOEL)
    tabel = postcodes.table()
    first = {
        postcodes.REGIOS[int(regio)]: int(pc4) for pc4, regio in zip(tabel.pc4[::-1], tabel.regio[::-1], strict=True)
    }
    for place, (code, naam) in enumerate(gebieden.regios(), 1):
        punt = Bereikbaarheid(
            naam=f"Werkgeversservicepunt {naam}",
            telefoonnummer=f"0880000{place:03d}",
            emailadres=f"{code.lower()}@wsp.demo.invalid",
            openingstijden="Maandag tot en met vrijdag van 9 tot 17 uur",
            webadres=f"https://{code.lower()}.wsp.demo.invalid/",
        )
        if code == "AM12":
            punt = replace(punt, straat_en_huisnummer="Voorbeeldplein 1", postcode="1211AB", plaatsnaam="Hilversum")
        elif code in first:
            town = tabel.find(str(first[code]))
            assert town is not None
            punt = replace(
                punt, straat_en_huisnummer="Voorbeeldplein 1", postcode=f"{town.pc4}AA", plaatsnaam=_town(code, now)
            )
        contactpunten.change(actor=beheer, regio=code, bereikbaarheid=punt, versie=0, now=now)


def _town(regio: str, now: datetime) -> str:
    """A gemeente of the region, to stand for the town where the office is."""
    today = timezone.localtime(now).date()
    return next(g.naam for g in gebieden.gemeenten_op(today) if gebieden.regio_op(g.code, today) == regio)


def _opinion(
    sleutel: str, werk: str, opened: int, closed: int, cijfer: int | None, toelichting: str, *, now: datetime
) -> None:
    actor = rollen.actor_of(sleutel, peildatum=timezone.localtime(now).date(), doel=_DOEL)
    then, later = now - timedelta(days=opened), now - timedelta(days=closed)
    vacature_id = vacatures.draft(actor=actor, record=replace(_WERK, naam_vacature=werk), now=then)
    vacatures.place(actor=actor, vacature_id=vacature_id, now=then)
    vacatures.close(actor=actor, vacature_id=vacature_id, reden=Sluitreden.VERVULD_DOELGROEP, now=later)
    if cijfer is not None:
        tevredenheid.answer(
            actor=actor,
            soort=Uitkomstsoort.VACATURE,
            over=vacature_id,
            cijfer=cijfer,
            toelichting=toelichting,
            now=later + timedelta(days=1),
        )
