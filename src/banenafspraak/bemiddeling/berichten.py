"""Messages that wait for somebody. The mail says that there is one, and nothing else: not of whom, and not about what.

A message is left in the transaction of what it is about. The queue sends the mail afterwards (`send_mails`), to the
address in the person's own klantprofiel; without one the message waits on the person's page all the same.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet

from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling.contactwoorden import Berichtsoort
from banenafspraak.bemiddeling.models import Bericht
from banenafspraak.register import persoonsindex

ONDERWERP = "Er staat een bericht voor u klaar"
TEKST = (
    "Er staat een bericht voor u klaar op de website van de banenafspraak.\n\n"
    "Log in om het te lezen. In deze mail staat niets over u, en geen link: zo weet u dat niemand u naar een valse "
    "website stuurt.\n"
)
_BATCH = 200


def leave(*, persoon_id: UUID, soort: Berichtsoort, over: UUID | None = None, now: datetime) -> None:
    """Leave a message for a person; about the same thing only once. In the transaction of the caller."""
    _leave(Bericht(persoon_id=persoon_id, soort=soort.value, over=over, gemaakt_at=now))


def leave_for_organisatie(*, organisatie_id: int, soort: Berichtsoort, over: UUID | None = None, now: datetime) -> None:
    """Leave a message for everybody who acts for an organisation; about the same thing only once."""
    _leave(Bericht(organisatie_id=organisatie_id, soort=soort.value, over=over, gemaakt_at=now))


def _leave(bericht: Bericht) -> None:
    Bericht.objects.bulk_create([bericht], ignore_conflicts=True)


def visible_to(actor: Actor) -> QuerySet[Bericht]:
    """The messages for this person, or for the organisation a bemiddelaar acts for, the newest first.

    Raises `TypeError` for `actor=None`.
    """
    if actor is None:
        raise TypeError("an actor is required")
    found = Bericht.objects.order_by("-gemaakt_at", "pk")
    if actor.rol is Rol.BURGER and actor.bsn is not None:
        return found.filter(persoonsindex.is_person(actor.bsn, path="persoon__"))
    if actor.rol is Rol.BEMIDDELAAR:
        return found.filter(organisatie=actor.organisatie_id)
    return found.none()


def waiting_for(persoon_ids: Iterable[UUID], *, soort: Berichtsoort) -> set[UUID]:
    """Who of these people has such a message that was not read."""
    found = Bericht.objects.filter(persoon__in=list(persoon_ids), soort=soort.value, gelezen_at=None)
    return {pk for pk in found.values_list("persoon_id", flat=True) if pk is not None}


def mark_read(*, actor: Actor, over: UUID, now: datetime) -> None:
    """Note that what waited about this was read."""
    visible_to(actor).filter(over=over, gelezen_at=None).update(gelezen_at=now)


def send_mails(*, actor: Actor, address_of: Callable[[UUID], str], now: datetime) -> int:
    """Mail who has a message waiting that was not mailed; returns how many mails went out.

    `address_of` gives somebody's own address, or an empty text. One at a time, each its own transaction: a mail that
    fails is tried again, and at worst comes twice. Raises `PermissionDenied`.
    """
    require(actor, Permission.CONTACT_RUN)
    sent = 0
    waiting = Bericht.objects.filter(verzonden_at=None, persoon__isnull=False).order_by("gemaakt_at", "pk")
    for bericht_id in waiting.values_list("pk", flat=True)[:_BATCH]:
        with transaction.atomic():
            bericht = (
                Bericht.objects.select_for_update(skip_locked=True).filter(pk=bericht_id, verzonden_at=None).first()
            )
            if bericht is None or bericht.persoon_id is None:
                continue
            if address := address_of(bericht.persoon_id):
                send_mail(ONDERWERP, TEKST, None, [address])
                sent += 1
            bericht.verzonden_at = now
            bericht.save(update_fields=["verzonden_at"])
    return sent
