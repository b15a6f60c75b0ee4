"""Asking people by mail whether they are still available, and their answer with one press of a button, without account.

    gevraagd    a link is made and sent: 45 and 58 days after the answer, and when a pause is over
    gebruikt    one answer (ja, nee, pauze), once, before the link's last day
    verlopen    nobody answered in 60 days: the profile is marked, and employers no longer find it

The secret of a link stands in the mail only; the database has its digest. Looking at the page answers nothing, because
scanners of mail follow every link: the answer is the button. A link that was used, is too old or never was gives one
and the same page. A mail says nothing about why somebody has a profile: others read along.
"""

import hashlib
import re
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from smtplib import SMTPException
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone

from banenafspraak.access import logboek, verzegeling
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling import volledigheid
from banenafspraak.bemiddeling.models import Bevestigingslink, Klantprofiel
from banenafspraak.bemiddeling.models_bevestiging import Aanleiding, Bevestigingsantwoord, bevestiging_context
from banenafspraak.bemiddeling.profielrijen import contact_of
from banenafspraak.bemiddeling.profielwoorden import Profielstatus
from banenafspraak.register import personen, queries

__all__ = ["Aanleiding", "Bevestigingsantwoord", "Ronde", "confirm", "expire", "link_works", "remind"]

log = structlog.get_logger("banenafspraak.bevestigingen")

PER_KEER = 500
"""How many mails go out in one round at most: a mail server that gets all at once refuses them as spam."""

DAGEN_GELDIG = 21
"""How many days a link can be used: until after the answer wore out, for who is late."""

DAGEN_PAUZE = 90
"""After how many days somebody is asked again who answered 'not now'."""

DAGEN_TUSSEN = 7
"""At least so many days lie between two mails to one person, whatever goes wrong with the queue."""

_DAGEN_BEWAREN = 180
_FAILURES = 5
_SECRET = re.compile(r"[A-Za-z0-9_-]{43}")

ONDERWERP = "Bent u nog beschikbaar voor werk?"
TEKST = """Goedendag,

U hebt bij ons een profiel. Daarmee kunnen werkgevers u vinden, zonder uw naam.
U vertelde ons dat u beschikbaar bent voor werk. Dat is al een tijd geleden.

Klopt het nog? Open deze bladzijde en kies uw antwoord:
{adres}

U hoeft niet in te loggen. De link werkt tot en met {dag}, en maar een keer.
Antwoordt u niet? Dan zien werkgevers uw profiel straks niet meer. U kunt het later altijd weer aanzetten.

Hebt u dit bericht niet verwacht? Dan hoeft u niets te doen.
"""


@dataclass(frozen=True)
class Ronde:
    """What one round of reminders did; without an address somebody can only be called."""

    verzonden: int
    zonder_adres: int
    mislukt: int


def remind(*, actor: Actor, now: datetime, limit: int = PER_KEER) -> Ronde:
    """Mail whoever is due, the longest ago first, `limit` at most. Safe to stop at any moment and to start again.

    Outside a transaction: each mail stands on its own. Raises `PermissionDenied`, `SealError`.
    """
    require(actor, Permission.PROFIEL_CHANGE)
    sent = without = failed = 0
    if not settings.MAIL_ENABLED:
        log.warning("geen mailserver: niemand is gevraagd")
        return Ronde(0, 0, 0)
    for profiel, aanleiding in _due(timezone.localtime(now).date(), now):
        if sent >= limit or failed >= _FAILURES:
            break
        address = contact_of(profiel).emailadres
        if not address:
            without += 1
        elif (made := _make(profiel, aanleiding, now)) is not None:
            link, secret = made
            try:
                _mail(address, secret, link.verloopt_at).send()
            except (OSError, SMTPException) as error:
                failed += 1
                log.warning("mail niet verzonden", fout=type(error).__name__)
            else:
                _note_sent(actor, link, profiel.persoon_id, now)
                sent += 1
    return Ronde(sent, without, failed)


def _due(peildatum: date, now: datetime) -> Iterator[tuple[Klantprofiel, Aanleiding]]:
    first, second = (peildatum - timedelta(days=days) for days in volledigheid.DAGEN_HERINNERING)
    people = queries.registered_people(peildatum=peildatum, known_at=now)
    open_ = Klantprofiel.objects.filter(
        status=Profielstatus.OPENBAAR, contact_verzegeld__isnull=False, persoon__in=people.values("pk")
    )
    asked = Bevestigingslink.objects.filter(verzonden_at__gt=now - timedelta(days=DAGEN_TUSSEN))
    waiting = open_.exclude(pk__in=asked.values("profiel"))
    available = waiting.filter(beschikbaar=True, beschikbaar_bevestigd_op__gte=volledigheid.fresh_since(peildatum))
    columns = ("pk", "persoon_id", "contact_verzegeld", "beschikbaar_bevestigd_op")
    rounds = (
        (Aanleiding.TWEEDE, available.filter(beschikbaar_bevestigd_op__lte=second)),
        (Aanleiding.EERSTE, available.filter(beschikbaar_bevestigd_op__lte=first, beschikbaar_bevestigd_op__gt=second)),
        (Aanleiding.NA_PAUZE, waiting.filter(beschikbaar=False, vraag_weer_op__lte=peildatum)),
    )
    for aanleiding, profiles in rounds:
        done = Bevestigingslink.objects.filter(aanleiding=aanleiding, verzonden_at__isnull=False)
        for profiel in profiles.only(*columns).order_by("beschikbaar_bevestigd_op", "pk"):
            said = profiel.beschikbaar_bevestigd_op
            if said is not None and not done.filter(profiel=profiel, gaat_over=said).exists():
                yield profiel, aanleiding


def _make(profiel: Klantprofiel, aanleiding: Aanleiding, now: datetime) -> tuple[Bevestigingslink, str] | None:
    """A link that was not sent yet and its secret; None when another round is just sending it."""
    secret = secrets.token_urlsafe(32)
    assert profiel.beschikbaar_bevestigd_op is not None
    link = Bevestigingslink(
        profiel=profiel,
        aanleiding=aanleiding.value,
        gaat_over=profiel.beschikbaar_bevestigd_op,
        geheim_hash=_digest(secret),
        gemaakt_at=now,
        verloopt_at=now + timedelta(days=DAGEN_GELDIG),
    )
    index = personen.audit_index_of(profiel.persoon_id)
    link.betrokkene_verzegeld = verzegeling.seal_bytes(index, context=bevestiging_context("betrokkene", link.pk))
    with transaction.atomic():
        # One of an earlier round that never got away; its secret is nowhere any more.
        Bevestigingslink.objects.filter(
            profiel=profiel, aanleiding=aanleiding.value, gaat_over=link.gaat_over, verzonden_at__isnull=True,
            gemaakt_at__lt=now,
        ).delete()  # fmt: skip
        try:
            with transaction.atomic():
                link.save(force_insert=True)
        except IntegrityError:
            return None
    return link, secret


def _mail(address: str, secret: str, until: datetime) -> EmailMessage:
    last = timezone.localtime(until - timedelta(days=1)).date()
    text = TEKST.format(adres=f"{settings.ADRES}/bevestigen/{secret}/", dag=f"{last.day}-{last.month}-{last.year}")
    return EmailMessage(ONDERWERP, text, to=[address], headers={"Auto-Submitted": "auto-generated"})


@transaction.atomic
def _note_sent(actor: Actor, link: Bevestigingslink, persoon_id: UUID, now: datetime) -> None:
    Bevestigingslink.objects.filter(pk=link.pk).update(verzonden_at=now)
    logboek.record(
        actor=actor,
        handeling="gevraagd naar beschikbaarheid",
        onderwerp=f"klantprofiel van {persoon_id}",
        persoon_bsn_index=personen.audit_index_of(persoon_id),
        details={"aanleiding": link.aanleiding},
        activiteit=Activiteit.BEMIDDELING,
        now=now,
    )


def link_works(secret: str, *, now: datetime) -> bool:
    """Whether this link can still be used; says nothing about whose it is. Changes nothing. One query, or none."""
    if not _SECRET.fullmatch(secret):
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT bemiddeling_link_werkt(%s, %s)", [_digest(secret), now])
        return bool(cursor.fetchone()[0])


@transaction.atomic
def confirm(*, actor: Actor, secret: str, antwoord: Bevestigingsantwoord, now: datetime) -> bool:
    """Use the link for this answer; False when it does not work (any more). Whoever has the secret may.

    `actor` is who holds the browser, mostly nobody who is signed in. Of two at the same time one is False.
    """
    if actor is None:
        raise TypeError("an actor is required; use Actor.anonymous()")
    if not _SECRET.fullmatch(secret):
        return False
    today = timezone.localtime(now).date()
    values = [_digest(secret), antwoord.value, today, today + timedelta(days=DAGEN_PAUZE), now]
    with connection.cursor() as cursor:
        cursor.execute("SELECT link, betrokkene FROM bemiddeling_bevestig(%s, %s, %s, %s, %s)", values)
        link, betrokkene = cursor.fetchone()
    if link is None:
        return False
    logboek.record(
        actor=actor,
        handeling="beschikbaarheid bevestigd",
        onderwerp=f"bevestigingslink {link}",
        persoon_bsn_index=verzegeling.unseal_bytes(betrokkene, context=bevestiging_context("betrokkene", link)),
        details={"antwoord": antwoord.value},
        activiteit=Activiteit.INZAGE if actor.rol in (Rol.ANONIEM, Rol.BURGER) else Activiteit.BEMIDDELING,
        now=now,
    )
    return True


def expire(*, actor: Actor, now: datetime) -> int:
    """Mark every profile whose 'beschikbaar' wore out, and forget old links; returns how many were marked.

    Employers did not find them any more from the day itself on: the mark says it to the person and the bemiddelaar.
    """
    require(actor, Permission.PROFIEL_CHANGE)
    today = timezone.localtime(now).date()
    worn = Klantprofiel.objects.filter(
        Q(beschikbaar_bevestigd_op__lt=volledigheid.fresh_since(today)), beschikbaar=True, verlopen_op__isnull=True
    )
    marked = 0
    while chunk := list(worn.order_by("pk").values_list("pk", flat=True)[:1_000]):
        with transaction.atomic():
            rows = worn.filter(pk__in=chunk).select_for_update(skip_locked=True)
            people = dict(rows.values_list("pk", "persoon_id"))
            Klantprofiel.objects.filter(pk__in=list(people)).update(verlopen_op=today)
            if people:
                logboek.record_many(
                    actor=actor,
                    handeling="beschikbaarheid verlopen",
                    persoon_bsn_indexes=(personen.audit_index_of(persoon_id) for persoon_id in people.values()),
                    details={"aantal": len(people)},
                    activiteit=Activiteit.BEMIDDELING,
                    now=now,
                )
        if not people:
            # Somebody else has them all just now; the next round is early enough.
            break
        marked += len(people)
    Bevestigingslink.objects.filter(verloopt_at__lt=now - timedelta(days=_DAGEN_BEWAREN)).delete()
    return marked


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode()).digest()
