"""Consent: who may use which data of somebody, for which purpose and until when; given, withdrawn, and used.

A consent is for one employer and one purpose. What was given is kept beside it as the person saw it, and is gone in the
transaction in which the consent ends: by withdrawal, by its day, or because the employer says what came of it. The
employer reads it through one function of the database (migration 0032), which holds consent, logboek and answer
together.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import QuerySet

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling import berichten, contact, gegeven
from banenafspraak.bemiddeling.contact import Voorstelhandeling
from banenafspraak.bemiddeling.contactwoorden import Berichtsoort, Contactuitkomst, Gegeven, Voorstelstatus
from banenafspraak.bemiddeling.gegeven import Gegevens
from banenafspraak.bemiddeling.models import Toestemming as Toestemming
from banenafspraak.bemiddeling.models import Voorstel
from banenafspraak.bemiddeling.profielrecord import Contact, ProfielRecord
from banenafspraak.register import persoonsindex, queries
from banenafspraak.register.moment import day_of

DUUR = (2, 4, 13)
"""For how many weeks somebody may say yes."""
DOEL = "contact met een kandidaat die toestemming gaf"


def visible_to(actor: Actor, *, now: datetime) -> QuerySet[Toestemming]:
    """The consents of this person, or of the people of this bemiddelaar, the newest first; an employer sees none here.

    Raises `TypeError` for `actor=None`.
    """
    if actor is None:
        raise TypeError("an actor is required")
    found = Toestemming.objects.select_related("voorstel", "voorstel__persoon", "werkgever").order_by(
        "-gegeven_at", "pk"
    )
    if actor.rol is Rol.BURGER and actor.bsn is not None:
        return found.filter(persoonsindex.is_person(actor.bsn, path="persoon__"))
    if actor.rol is Rol.BEMIDDELAAR:
        return found.filter(persoon__in=queries.own_people(actor, peildatum=day_of(now), known_at=now))
    return found.none()


def until(weken: int, *, now: datetime) -> date:
    """The first day on which a consent of so many weeks, given now, is over. `ValidationError` for another number."""
    if weken not in DUUR:
        raise ValidationError({"weken": "Kies hoe lang de werkgever uw gegevens mag gebruiken."})
    return day_of(contact.next_release(now)) + timedelta(weeks=weken)


@transaction.atomic
def give(
    *,
    actor: Actor,
    voorstel_id: UUID,
    record: ProfielRecord,
    gegevens: Iterable[Gegeven],
    bereikbaar: Contact,
    weken: int,
    now: datetime,
) -> UUID:
    """Say yes to one question: this employer, this purpose, these data, so many weeks; returns the consent.

    By the person, or by the bemiddelaar who passes it on; the person then gets a message that says so. `record` is the
    profile as it was shown. Raises `PermissionDenied`, `Overtaken` when it can no longer be answered,
    `ValidationError` (Dutch) for who cannot be reached.
    """
    handeling = Voorstelhandeling.JA_ZEGGEN if actor.rol is Rol.BURGER else Voorstelhandeling.JA_DOORGEVEN
    bereikbaar = gegeven.check_contact(bereikbaar)
    geldig_tot = until(weken, now=now)
    voorstel = contact.lock_for_answer(actor, voorstel_id, handeling, now=now)
    gekozen = sorted({Gegeven.CONTACT, *gegevens})
    toestemming_id = uuid4()
    contact.move(voorstel, handeling, actor=actor, now=now, beantwoord_at=now)
    Toestemming(
        id=toestemming_id,
        voorstel=voorstel,
        werkgever_id=voorstel.werkgever_id,
        doel=voorstel.doel,
        vacature_id=voorstel.vacature_id,
        persoon_id=voorstel.persoon_id,
        gegevens=[g.value for g in gekozen],
        gegevens_verzegeld=gegeven.seal(gegeven.gather(record, gekozen, bereikbaar), toestemming_id),
        gegeven_at=now,
        doorgegeven_door_id=None if actor.rol is Rol.BURGER else actor.gebruiker_id,
        vrij_at=contact.next_release(now),
        geldig_tot=geldig_tot,
    ).save(force_insert=True)
    if actor.rol is not Rol.BURGER:
        soort = Berichtsoort.TOESTEMMING_DOORGEGEVEN
        berichten.leave(persoon_id=voorstel.persoon_id, soort=soort, over=voorstel.pk, now=now)
    return toestemming_id


@transaction.atomic
def withdraw(*, actor: Actor, toestemming_id: UUID, now: datetime) -> bool:
    """Take a consent back: from this transaction on the employer sees nothing. False when it was over already.

    By the person, or by the bemiddelaar who passes it on. Raises `PermissionDenied` for somebody else's.
    """
    handeling = Voorstelhandeling.INTREKKEN if actor.rol is Rol.BURGER else Voorstelhandeling.INTREKKING_DOORGEVEN
    require(actor, contact.LEVENSLOOP.overgangen[handeling].permission)
    known = visible_to(actor, now=now).filter(pk=toestemming_id).first()
    if known is None:
        raise PermissionDenied("this consent is not for this actor")
    voorstel = contact.visible_to(actor, now=now).select_for_update(of=("self",)).get(pk=known.voorstel_id)
    if voorstel.status != Voorstelstatus.JA:
        return False
    end(voorstel, handeling, actor=actor, now=now)
    return True


def end(voorstel: Voorstel, handeling: Voorstelhandeling, *, actor: Actor, now: datetime, **changes: object) -> None:
    """End the consent of a proposal that is locked; what was given is gone with it."""
    contact.move(voorstel, handeling, actor=actor, now=now, **changes)
    Toestemming.objects.filter(voorstel=voorstel).update(geeindigd_at=now, gegevens_verzegeld=None)


@transaction.atomic
def pass_on_outcome(*, actor: Actor, voorstel_id: UUID, uitkomst: Contactuitkomst, now: datetime) -> None:
    """The bemiddelaar passes on what the employer said came of it; the purpose is over and the data go.

    Raises `PermissionDenied`, and `Overtaken` when there is no yes any more.
    """
    handeling = Voorstelhandeling.UITKOMST_DOORGEVEN
    voorstel = contact.lock(actor, voorstel_id, handeling, now)
    end(voorstel, handeling, actor=actor, now=now, uitkomst=uitkomst.value)


def given(toestemming: Toestemming) -> Gegevens | None:
    """What the employer may see of this consent, for the person or the own bemiddelaar; None once it is over."""
    blob = toestemming.gegevens_verzegeld
    return gegeven.unseal(blob, toestemming.pk) if blob is not None else None


# --- The employer's side: through the functions of the database only ---------------------------------------------


@dataclass(frozen=True)
class Vrijgave:
    """That somebody of this request said yes; no name. `leeft`: the data may be looked at now."""

    verzoek_id: UUID
    toestemming_id: UUID
    leeft: bool
    geldig_tot: date
    uitkomst: Contactuitkomst | None


@dataclass(frozen=True)
class Inzage:
    """What an employer may see of one person, until a day (the first on which it may not)."""

    verzoek_id: UUID
    gekozen: tuple[Gegeven, ...]
    gegevens: Gegevens
    geldig_tot: date


def released_to(*, actor: Actor, now: datetime) -> list[Vrijgave]:
    """Which yes this employer has seen or may see, in the order in which they came. One statement.

    Raises `PermissionDenied`.
    """
    rows = _call(
        "SELECT verzoek, toestemming, leeft, geldig_tot, uitkomst FROM bemiddeling_toestemmingen_van(%s, %s, %s)",
        [*_employer(actor), now],
    )
    return [
        Vrijgave(verzoek, toestemming, leeft, tot, Contactuitkomst(uitkomst) if uitkomst else None)
        for verzoek, toestemming, leeft, tot, uitkomst in rows
    ]


def look_at(*, actor: Actor, toestemming_id: UUID, now: datetime) -> Inzage | None:
    """The data of one person who said yes to this employer; None for whatever may not be seen now. Always logged.

    Consent, row of the logboek and answer are one statement. Raises `PermissionDenied`.
    """
    rows = _call(
        "SELECT verzoek, gegevens, gegevens_verzegeld, geldig_tot"
        " FROM bemiddeling_geef_gegevens(%s, %s, %s, %s, %s, %s)",
        [toestemming_id, *_employer(actor), DOEL, logboek.trace_id.get(), now],
    )
    if not rows:
        return None
    [(verzoek_id, gekozen, blob, geldig_tot)] = rows
    return Inzage(verzoek_id, tuple(map(Gegeven, gekozen)), gegeven.unseal(blob, toestemming_id), geldig_tot)


def finish(*, actor: Actor, toestemming_id: UUID, uitkomst: Contactuitkomst, now: datetime) -> bool:
    """The employer says what came of a contact; the purpose is over and the data go. False when it was over already.

    Raises `PermissionDenied`.
    """
    rows = _call(
        "SELECT bemiddeling_rond_af(%s, %s, %s, %s, %s, %s, %s)",
        [toestemming_id, *_employer(actor), uitkomst.value, DOEL, logboek.trace_id.get(), now],
    )
    return bool(rows[0][0])


def _employer(actor: Actor) -> tuple[int, UUID]:
    require(actor, Permission.CONTACT_ASK)
    if actor.organisatie_id is None or actor.gebruiker_id is None:
        raise PermissionDenied("an employer looks for an organisation")
    return actor.organisatie_id, actor.gebruiker_id


def _call(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())
