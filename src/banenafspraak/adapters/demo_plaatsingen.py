"""The demo's placements: one of each kind that a bemiddelaar sees, a voordracht with a yes, and calls to employers.

Everything goes through the actions that the pages use.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from banenafspraak.access import demo as rollen
from banenafspraak.access.actor import Actor
from banenafspraak.bemiddeling import contact, mensen, plaatsingen, toestemmingen, voordrachten, werkgevercontacten
from banenafspraak.bemiddeling.contactwoorden import Gegeven
from banenafspraak.bemiddeling.plaatsingen import Bedrijf, Inhoud
from banenafspraak.bemiddeling.plaatsingwoorden import Eindreden, Plaatsingsector, Plaatsingsoort
from banenafspraak.bemiddeling.profielrecord import Contact
from banenafspraak.bemiddeling.werkgeverwoorden import Contactaanleiding, Contactwijze
from banenafspraak.register import queries
from banenafspraak.register.overgangen import NietMogelijk
from banenafspraak.wet.instrumenten.proefplaatsing import Loket

_DOEL = "demo vullen"
_BAKKERIJ = Bedrijf("00000001", "Bakkerij De Korenaar")
_DRUKKERIJ = Bedrijf("00000003", "Drukkerij De Letter")
_UITZENDBUREAU = Bedrijf("00000005", "Uitzendbureau Voortvarend")


@transaction.atomic
def load(*, now: datetime) -> None:
    """Place some people of Hilversum, put others forward, and write down who called. For a demo filled this minute."""
    today = timezone.localtime(now).date()
    gemeente = rollen.actor_of("bemiddelaar-gemeente", peildatum=today, doel=_DOEL)
    registered = queries.people_visible_to(gemeente, peildatum=today, known_at=now).order_by("pk")
    people = iter(registered.values_list("pk", flat=True)[:20])
    for inhoud, until in _work(today):
        _place(gemeente, people, inhoud, until, now=now)
    _put_forward(gemeente, now=now)
    _call(now=now)


def _work(today: date) -> Iterator[tuple[Inhoud, date | None]]:
    """What some people do; with a day when that is over."""
    contract = Inhoud(
        soort=Plaatsingsoort.DIENSTVERBAND,
        uren_per_week=Decimal(24),
        begint_op=today - timedelta(days=200),
        eindigt_op=today + timedelta(days=30),
        werkgever=_BAKKERIJ,
        sector=Plaatsingsector.MARKT,
    )
    yield contract, None
    yield replace(contract, werkgever=_DRUKKERIJ, eindigt_op=None, uren_per_week=Decimal("25.5")), None
    yield (
        replace(
            contract,
            soort=Plaatsingsoort.PROEFPLAATSING,
            route=Loket.GEMEENTE,
            begint_op=today - timedelta(days=40),
            eindigt_op=today + timedelta(days=10),
        ),
        None,
    )
    yield (
        replace(contract, soort=Plaatsingsoort.UITZEND, werkgever=_UITZENDBUREAU, inlener=_DRUKKERIJ, eindigt_op=None),
        None,
    )
    yield replace(contract, eindigt_op=today - timedelta(days=4)), None
    yield replace(contract, soort=Plaatsingsoort.BBL, uren_per_week=Decimal(32)), today - timedelta(days=20)
    yield replace(contract, soort=Plaatsingsoort.WERKERVARINGSPLAATS, begint_op=today, eindigt_op=None), None
    yield replace(contract, begint_op=today + timedelta(days=14), eindigt_op=None), None


def _place(actor: Actor, people: Iterator[UUID], inhoud: Inhoud, until: date | None, *, now: datetime) -> None:
    persoon_id = next(people, None)
    if persoon_id is None:
        return
    made = plaatsingen.plan(actor=actor, persoon_id=persoon_id, inhoud=inhoud, now=now)
    if inhoud.begint_op < timezone.localtime(now).date():
        plaatsingen.begin(actor=actor, plaatsing_id=made, now=now)
    if until is not None:
        plaatsingen.end(actor=actor, plaatsing_id=made, laatste_dag=until, reden=Eindreden.OPLEIDING, now=now)
    elif inhoud.werkgever == _BAKKERIJ and inhoud.soort is Plaatsingsoort.DIENSTVERBAND:
        naam = mensen.names_of(actor, [persoon_id], now=now).get(persoon_id, "")
        shown = naam if naam and not naam.isdigit() else "Sam de Boer"
        plaatsingen.share(actor=actor, plaatsing_id=made, kvk=_BAKKERIJ.kvk, naam=shown, now=now)


def _put_forward(actor: Actor, *, now: datetime) -> None:
    """Three people for the first vacature that has an employer here: one says yes, one is asked, one is on the list."""
    for vacature in voordrachten.open_vacatures(actor):
        chosen = [p.persoon_id for p in voordrachten.people_to_choose(actor, vacature.pk, now=now, limit=3)]
        if len(chosen) < 3:
            return
        try:
            verzoek = voordrachten.put_forward(actor=actor, vacature_id=vacature.pk, persoon_ids=chosen, now=now)
        except NietMogelijk:
            continue
        first, second, *_ = contact.visible_to(actor, now=now).filter(verzoek=verzoek)
        voordrachten.ask(actor=actor, verzoek_id=verzoek, voorstel_ids=[first.pk, second.pk], now=now)
        toestemmingen.give(
            actor=actor,
            voorstel_id=first.pk,
            record=mensen.record_of(actor, first.persoon_id, now=now),
            gegevens=[Gegeven.WERK, Gegeven.PRAKTISCH],
            bereikbaar=Contact(naam="Robin Visser", telefoonnummer="0600000000"),
            weken=4,
            now=now,
        )
        return


def _call(*, now: datetime) -> None:
    """The gemeente and the service point each spoke with an employer, and one wants to be left alone."""
    today = timezone.localtime(now).date()
    gemeente = rollen.actor_of("bemiddelaar-gemeente", peildatum=today, doel=_DOEL)
    regio = rollen.actor_of("bemiddelaar", peildatum=today, doel=_DOEL)
    drukkerij = rollen.actor_of("werkgever-2", peildatum=today, doel=_DOEL)
    werkgevercontacten.record(
        actor=gemeente,
        kvk=_BAKKERIJ.kvk,
        naam=_BAKKERIJ.naam,
        contact_op=today - timedelta(days=3),
        wijze=Contactwijze.TELEFOON,
        aanleiding=Contactaanleiding.NAZORG,
        notitie="Gaat goed. De werkgever wil praten over een vervolg.",
        vervolg_op=today + timedelta(days=11),
        now=now,
    )
    werkgevercontacten.record(
        actor=regio,
        kvk=_DRUKKERIJ.kvk,
        naam=_DRUKKERIJ.naam,
        contact_op=today - timedelta(days=30),
        wijze=Contactwijze.BEZOEK,
        aanleiding=Contactaanleiding.VACATURE,
        notitie="Rondleiding gehad. Er komt werk aan de vouwmachine.",
        vervolg_op=today,
        now=now,
    )
    werkgevercontacten.ask_rest(actor=drukkerij, kvk=_DRUKKERIJ.kvk, tot_en_met=today + timedelta(days=60), now=now)
