"""What an employer keeps: cards, which go when their people go, and searches, of which a weekly message can come.

A saved card is of the class as it was: it is there as long as ten of those who were in the class when it was saved are
still shown, and for thirty days at most. A message says how many people a search fits by now, in tens, and never who
is new.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import verkenner
from banenafspraak.bemiddeling.models import Bewaardekaart, Zoekopdracht
from banenafspraak.bemiddeling.vensterindex import Kaart, as_json
from banenafspraak.bemiddeling.wens import Wens, of_query

KEPT = timedelta(days=30)
_MOST_CARDS, _MOST_SEARCHES = 200, 50


@dataclass(frozen=True)
class Bewaard:
    """A card that was saved: `kaart` is what it says, None when that is gone; `is_er` whether it is still there."""

    id: UUID
    kaart: Kaart | None
    is_er: bool
    bewaard_at: datetime
    vervalt_at: datetime


def keep(kaart: Kaart, *, actor: Actor, now: datetime) -> UUID:
    """Save a card the employer sees; one it saved before is the same one, kept from the first time."""
    require(actor, Permission.KANDIDATEN_SEARCH)
    organisatie_id = _own(actor)
    which = {"vindbaarheid_id": -kaart.nummer} if kaart.is_persoon else {"klasse_id": kaart.nummer}
    own = Bewaardekaart.objects.filter(organisatie=actor.organisatie_id)
    with transaction.atomic():
        own.filter(vervalt_at__lte=now, **which).delete()
        known = own.filter(**which).first()
        if known is not None:
            return known.pk
        if own.count() >= _MOST_CARDS:
            raise ValidationError(f"U kunt {_MOST_CARDS} kaarten bewaren. Haal er eerst een weg.")
        made = Bewaardekaart(organisatie_id=organisatie_id, bewaard_at=now, vervalt_at=now + KEPT, **which)
        Bewaardekaart.objects.bulk_create([made], ignore_conflicts=True)
        logboek.record(actor=actor, handeling="kaart bewaard", now=now)
    return own.get(**which).pk


def _own(actor: Actor) -> int:
    assert actor.organisatie_id is not None
    return actor.organisatie_id


def cards_of(actor: Actor, *, now: datetime) -> list[Bewaard]:
    """The saved cards of the employer, the newest first; those that are gone too, so that a page can say so."""
    require(actor, Permission.KANDIDATEN_SEARCH)
    today = timezone.localtime(now).date()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bemiddeling_bewaarde_stand(%s, %s)", [today, now])
        found = {pk: (klasse_id, waarden, kaart, tens) for pk, klasse_id, waarden, kaart, tens in cursor.fetchall()}
    cards = []
    for saved in Bewaardekaart.objects.filter(organisatie=actor.organisatie_id).order_by("-bewaard_at", "pk"):
        klasse_id, waarden, zelf, tens = found[saved.pk]
        if klasse_id is not None:
            kaart: Kaart | None = Kaart(klasse_id, tuple(waarden), tens)
        elif saved.vindbaarheid_id is not None and tens:
            zelf = as_json(zelf)
            kaart = Kaart(-saved.vindbaarheid_id, tuple(zelf["waarden"]), 0, zelf)
        else:
            kaart = None
        cards.append(Bewaard(saved.pk, kaart, tens > 0, saved.bewaard_at, saved.vervalt_at))
    return cards


def card(kaart_id: UUID, *, actor: Actor, now: datetime) -> Bewaard | None:
    """One saved card of the employer; None for one of somebody else."""
    return next((one for one in cards_of(actor, now=now) if one.id == kaart_id), None)


def discard(kaart_id: UUID, *, actor: Actor) -> bool:
    """Let a saved card go; whether it was there."""
    require(actor, Permission.KANDIDATEN_SEARCH)
    return Bewaardekaart.objects.filter(pk=kaart_id, organisatie=actor.organisatie_id).delete()[0] > 0


# --- Searches -----------------------------------------------------------------------------------------------------


def keep_search(wens: Wens, *, titel: str, attendering: bool, actor: Actor, now: datetime) -> Zoekopdracht:
    """Save a search; the same one again changes its title and whether messages come."""
    require(actor, Permission.KANDIDATEN_SEARCH)
    organisatie_id, vraag = _own(actor), wens.query()
    assert actor.gebruiker_id is not None
    if len(vraag) > 400:
        raise ValidationError("Deze zoekopdracht is te lang om te bewaren.")
    titel = titel.strip()[:80]
    if not titel:
        raise ValidationError({"titel": "Geef deze zoekopdracht een naam."})
    own = searches_of(actor)
    with transaction.atomic():
        if not own.filter(vraag=vraag).exists() and own.count() >= _MOST_SEARCHES:
            raise ValidationError(f"U kunt {_MOST_SEARCHES} zoekopdrachten bewaren. Haal er eerst een weg.")
        saved, _ = Zoekopdracht.objects.update_or_create(
            organisatie_id=organisatie_id,
            gebruiker_id=actor.gebruiker_id,
            vraag=vraag,
            defaults={"titel": titel, "attendering": attendering},
            create_defaults={"titel": titel, "attendering": attendering, "gemaakt_at": now},
        )
        logboek.record(actor=actor, handeling="zoekopdracht bewaard", now=now)
    return saved


def searches_of(actor: Actor) -> QuerySet[Zoekopdracht]:
    """The searches this user saved for this employer, by title."""
    require(actor, Permission.KANDIDATEN_SEARCH)
    own = Zoekopdracht.objects.filter(organisatie=actor.organisatie_id, gebruiker=actor.gebruiker_id)
    return own.order_by("titel", "pk")


def discard_search(zoekopdracht_id: UUID, *, actor: Actor) -> bool:
    """Let a saved search go; whether it was there."""
    return searches_of(actor).filter(pk=zoekopdracht_id).delete()[0] > 0


def alert(zoekopdracht_id: UUID, *, actor: Actor, now: datetime) -> bool:
    """Send the weekly message of one search; whether one went out. Nothing found, or not wanted any more: no message.

    The message says how many people fit, in tens, and never which of them are new.
    """
    require(actor, Permission.KAARTEN_PUBLISH)
    saved = (
        Zoekopdracht.objects.select_related("gebruiker")
        .filter(pk=zoekopdracht_id, attendering=True, gebruiker__is_active=True)
        .first()
    )
    if saved is None or not saved.gebruiker.email:
        return False
    with transaction.atomic():
        found = verkenner.count_for(of_query(saved.vraag), organisatie_id=saved.organisatie_id, now=now)
    if not found:
        return False
    send_mail(
        "Er zijn kandidaten die passen bij uw zoekopdracht",
        f"Bij uw zoekopdracht passen nu minstens {found} mensen.\n\n"
        "Log in op de website van de banenafspraak om hun kaarten te zien, of om deze berichten te stoppen. "
        "In deze mail staat geen link: zo weet u dat niemand u naar een valse website stuurt.\n",
        settings.DEFAULT_FROM_EMAIL,
        [saved.gebruiker.email],
    )
    return True


def alerts_wanted() -> list[UUID]:
    """The searches of which a message is wanted."""
    return list(Zoekopdracht.objects.filter(attendering=True).order_by("pk").values_list("pk", flat=True))
