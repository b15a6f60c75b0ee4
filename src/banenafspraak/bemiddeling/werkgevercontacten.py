"""Who spoke with which employer about what, across the organisations of a region, so that nobody is called five times.

The log is looked at before calling: it warns when somebody else spoke with the employer a short while ago, says who
speaks with it next, and whether it asked to be left alone. What was done is written down all the same: a log that
refuses the truth is none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery

from banenafspraak.access import actor as actors
from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek, organisaties, verzegeling
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling.models import Werkgevercontact as Werkgevercontact
from banenafspraak.bemiddeling.models import Werkgeverrust as Werkgeverrust
from banenafspraak.bemiddeling.models_werkgevercontact import contact_context
from banenafspraak.bemiddeling.werkgeverwoorden import Contactaanleiding, Contactwijze
from banenafspraak.register.moment import day_of

KORT_GELEDEN = 14
"""Days in which a second call is one too many, unless the employer asked for it."""
LANGSTE_RUST = 366
MAX_NOTITIE = 1000
_MAX_TERUG = 366
_MAX_VOORUIT = 731


@dataclass(frozen=True)
class Werkgeverbeeld:
    """What to know before calling an employer. `kort_geleden` is what others did, the last first."""

    kvk: str
    naam: str
    contacten: tuple[Werkgevercontact, ...]
    kort_geleden: tuple[Werkgevercontact, ...]
    afspraken: tuple[Werkgevercontact, ...]
    rust: Werkgeverrust | None

    @property
    def may_call(self) -> bool:
        """Whether nothing says to leave it for now."""
        return self.rust is None and not self.kort_geleden


def visible_to(actor: Actor) -> QuerySet[Werkgevercontact]:
    """What was written down in the region of this bemiddelaar, the last contact first; nothing for anybody else.

    Raises `TypeError` for `actor=None`.
    """
    if actor is None:
        raise TypeError("an actor is required")
    found = Werkgevercontact.objects.select_related("organisatie").order_by("-contact_op", "-gemaakt_at", "pk")
    if actor.rol is not Rol.BEMIDDELAAR or actor.regio is None:
        return found.none()
    return found.filter(regio=actor.regio)


def employers(actor: Actor, *, text: str = "", due: bool = False, now: datetime) -> QuerySet[Werkgevercontact]:
    """The last contact with each employer of the region, by name; `due`: the own organisation speaks with it by now.

    Raises `PermissionDenied`.
    """
    require(actor, Permission.WERKGEVERCONTACT_CHANGE)
    latest = visible_to(actor).filter(kvk=OuterRef("kvk")).values("pk")[:1]
    found = visible_to(actor).filter(pk=Subquery(latest))
    if text.strip():
        found = found.filter(Q(naam__icontains=text.strip()) | Q(kvk=text.strip()))
    if due:
        found = found.filter(organisatie=actor.organisatie_id, vervolg_op__lte=day_of(now))
    return found.order_by("naam", "kvk")


def before_calling(*, actor: Actor, kvk: str, now: datetime) -> Werkgeverbeeld:
    """What is known of an employer in the region. Three queries. Raises `PermissionDenied`, `ValidationError`."""
    require(actor, Permission.WERKGEVERCONTACT_CHANGE)
    kvk, today = _kvk(kvk), day_of(now)
    contacten = tuple(visible_to(actor).filter(kvk=kvk)[:100])
    known = organisaties.with_kvk(kvk)
    since = today - timedelta(days=KORT_GELEDEN)
    spoken: set[int] = set()
    afspraken = []
    for one in contacten:  # of each organisation only the last word counts
        if one.organisatie_id not in spoken and one.vervolg_op is not None and one.vervolg_op >= today:
            afspraken.append(one)
        spoken.add(one.organisatie_id)
    return Werkgeverbeeld(
        kvk=kvk,
        naam=known.naam if known else (contacten[0].naam if contacten else ""),
        contacten=contacten,
        kort_geleden=tuple(
            one
            for one in contacten
            if one.contact_op > since and one.organisatie_id != actor.organisatie_id and not one.werkgever_belde
        ),
        afspraken=tuple(afspraken),
        rust=rest_of(kvk, today=today),
    )


@transaction.atomic
def record(
    *,
    actor: Actor,
    kvk: str,
    naam: str,
    contact_op: date,
    wijze: Contactwijze,
    aanleiding: Contactaanleiding,
    notitie: str = "",
    werkgever_belde: bool = False,
    vervolg_op: date | None = None,
    sleutel: UUID | None = None,
    now: datetime,
) -> UUID:
    """Write down that the own organisation spoke with an employer; returns its id. The same `sleutel` is the same.

    During rest it is written down as against it, unless the employer asked. Raises `PermissionDenied` for who works in
    no region, `ValidationError` (Dutch, by field).
    """
    require(actor, Permission.WERKGEVERCONTACT_CHANGE)
    if actor.regio is None or actor.organisatie_id is None or actor.gebruiker_id is None:
        raise PermissionDenied("a bemiddelaar speaks for an organisation in a region")
    sleutel = sleutel or uuid4()
    if known := visible_to(actor).filter(sleutel=sleutel).values_list("pk", flat=True).first():
        return known
    kvk, today, naam = _kvk(kvk), day_of(now), " ".join(naam.split())
    notitie = notitie.replace("\x00", "").strip()
    errors = {}
    if not naam or len(naam) > 200:
        errors["naam"] = "Vul de naam van de werkgever in."
    if not today - timedelta(days=_MAX_TERUG) <= contact_op <= today:
        errors["contact_op"] = "Vul een dag in van het afgelopen jaar, tot en met vandaag."
    if vervolg_op is not None and not today <= vervolg_op <= today + timedelta(days=_MAX_VOORUIT):
        errors["vervolg_op"] = "Vul een dag in vanaf vandaag, en hoogstens twee jaar vooruit."
    elif vervolg_op is not None and vervolg_op <= contact_op:
        errors["vervolg_op"] = "Het volgende contact komt na dit contact."
    if len(notitie) > MAX_NOTITIE:
        errors["notitie"] = f"Gebruik hoogstens {MAX_NOTITIE} tekens."
    elif bsns.occurs_in(notitie):
        errors["notitie"] = "Haal het burgerservicenummer weg. Schrijf hier niets over een kandidaat."
    if errors:
        raise ValidationError(errors)
    contact_id = uuid4()
    Werkgevercontact(
        id=contact_id,
        sleutel=sleutel,
        kvk=kvk,
        naam=naam,
        regio_id=actor.regio,
        organisatie_id=actor.organisatie_id,
        gebruiker_id=actor.gebruiker_id,
        gebruiker_naam=actors.name_of(actor),
        contact_op=contact_op,
        wijze=wijze.value,
        aanleiding=aanleiding.value,
        werkgever_belde=werkgever_belde,
        tegen_rust=not werkgever_belde and rest_of(kvk, today=contact_op) is not None,
        notitie_verzegeld=verzegeling.seal_text(notitie, context=contact_context(contact_id)) if notitie else None,
        vervolg_op=vervolg_op,
        gemaakt_at=now,
    ).save(force_insert=True)
    logboek.record(
        actor=actor,
        handeling="contact met werkgever vastgelegd",
        onderwerp=f"werkgevercontact {contact_id}",
        details={"wijze": wijze.value, "aanleiding": aanleiding.value},
        activiteit=Activiteit.WERKGEVERS,
        now=now,
    )
    return contact_id


def note_of(contact: Werkgevercontact) -> str:
    """What was written down about a contact, for who may see it. Raises `SealError`."""
    blob = contact.notitie_verzegeld
    return verzegeling.unseal_text(blob, context=contact_context(contact.pk)) if blob is not None else ""


def rest_of(kvk: str, *, today: date) -> Werkgeverrust | None:
    """Whether an employer wants to be left alone on that day."""
    return Werkgeverrust.objects.filter(
        kvk=kvk, opgeheven_at__isnull=True, vanaf__lte=today, tot_en_met__gte=today
    ).first()


@transaction.atomic
def ask_rest(*, actor: Actor, kvk: str, tot_en_met: date, now: datetime) -> None:
    """This employer wants to be left alone until and with that day: said by itself, or written down by a bemiddelaar.

    A new wish takes the place of one that runs; what the employer said itself, a bemiddelaar does not make shorter.
    Raises `PermissionDenied`, `ValidationError` (Dutch).
    """
    kvk, today = _kvk(kvk), day_of(now)
    own = _as_employer(actor, kvk)
    if actor.organisatie_id is None or actor.gebruiker_id is None:
        raise PermissionDenied("somebody asks for an organisation")
    if not today <= tot_en_met <= today + timedelta(days=LANGSTE_RUST):
        raise ValidationError({"tot_en_met": "Vul een dag in vanaf vandaag, en hoogstens een jaar vooruit."})
    running = _running(kvk)
    if running is not None and running.door_werkgever and not own and running.tot_en_met >= today:
        raise ValidationError({"tot_en_met": "De werkgever vroeg zelf al om rust. Daar verandert u niets aan."})
    _lift(actor, kvk, own=own, now=now)
    Werkgeverrust(
        kvk=kvk,
        vanaf=today,
        tot_en_met=tot_en_met,
        door_werkgever=own,
        organisatie_id=actor.organisatie_id,
        gebruiker_id=actor.gebruiker_id,
        gemaakt_at=now,
    ).save(force_insert=True)
    _log_rest(actor, "werkgever vraagt om rust", now)


@transaction.atomic
def lift_rest(*, actor: Actor, kvk: str, now: datetime) -> bool:
    """The employer may be called again; false when it could be. What it said itself, only it takes back.

    Raises `PermissionDenied`.
    """
    kvk = _kvk(kvk)
    done = _lift(actor, kvk, own=_as_employer(actor, kvk), now=now)
    if done:
        _log_rest(actor, "werkgever mag weer worden gebeld", now)
    return bool(done)


def _as_employer(actor: Actor, kvk: str) -> bool:
    """Whether the actor is the employer itself. Raises `PermissionDenied` for another employer."""
    if actor.rol is not Rol.WERKGEVER:
        require(actor, Permission.WERKGEVERCONTACT_CHANGE)
        return False
    require(actor, Permission.WERKGEVER_MANAGE)
    if actor.organisatie_id is None or organisaties.of_id(actor.organisatie_id).kvk != kvk:
        raise PermissionDenied("this is another employer")
    return True


def _running(kvk: str) -> Werkgeverrust | None:
    return Werkgeverrust.objects.filter(kvk=kvk, opgeheven_at__isnull=True).first()


def _lift(actor: Actor, kvk: str, *, own: bool, now: datetime) -> int:
    running = Werkgeverrust.objects.filter(kvk=kvk, opgeheven_at__isnull=True)
    if not own:
        running = running.filter(Q(door_werkgever=False) | Q(tot_en_met__lt=day_of(now)))
    return running.update(opgeheven_at=now)


def _log_rest(actor: Actor, handeling: str, now: datetime) -> None:
    logboek.record(actor=actor, handeling=handeling, activiteit=Activiteit.WERKGEVERS, now=now)


def _kvk(kvk: str) -> str:
    kvk = kvk.strip()
    if not (kvk.isascii() and kvk.isdigit() and len(kvk) == 8):
        raise ValidationError({"kvk": "Een KvK-nummer heeft acht cijfers."})
    return kvk


def kvks_at_rest(kvks: Sequence[str], *, today: date) -> set[str]:
    """Which of these employers want to be left alone on that day. One query."""
    found = Werkgeverrust.objects.filter(
        kvk__in=kvks, opgeheven_at__isnull=True, vanaf__lte=today, tot_en_met__gte=today
    )
    return set(found.values_list("kvk", flat=True))
