"""Putting people forward for a vacature: a bemiddelaar thinks of some, asks each, and the employer sees who says yes.

There is no second consent here. A voordracht is a request for contact that a bemiddelaar makes for a vacature (a
`Contactverzoek` with one), so the question, the yes with just these data, taking it back and the fixed moment at which
the employer sees it are those of `contact` and `toestemmingen`, under the same constraints of the database. How many
were thought of, and who said no, the employer's role cannot read: it hears of a yes, through functions (0032, 0061).
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import Case, QuerySet, When

from banenafspraak.access import logboek, organisaties
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling import contact, profielen, vacatures
from banenafspraak.bemiddeling.contact import Voorstelhandeling
from banenafspraak.bemiddeling.contactwoorden import (
    LOPEND,
    Contactdoel,
    Contactstatus,
    Contactuitkomst,
    Tekstcontrole,
    Voorstelstatus,
)
from banenafspraak.bemiddeling.models import Contactverzoek as Contactverzoek
from banenafspraak.bemiddeling.models import Klantprofiel, Vacature, Voorstel
from banenafspraak.bemiddeling.models_contact import MAX_AANTAL
from banenafspraak.bemiddeling.profielwoorden import Profielstatus
from banenafspraak.bemiddeling.vacaturerecord import Vacaturestatus
from banenafspraak.register import queries
from banenafspraak.register.moment import day_of
from banenafspraak.register.overgangen import NietMogelijk

_MAX_TEKST = 4000


def visible_to(actor: Actor, *, now: datetime) -> QuerySet[Contactverzoek]:
    """The voordrachten of the own organisation, and those with one of the own people, the newest first.

    Nobody but a bemiddelaar sees any; an employer sees a yes (`released_to`). Raises `TypeError` for `actor=None`.
    """
    if actor is None:
        raise TypeError("an actor is required")
    found = Contactverzoek.objects.filter(vacature__isnull=False).select_related("werkgever", "voordracht_van")
    if actor.rol is not Rol.BEMIDDELAAR or actor.organisatie_id is None:
        return found.none()
    own = queries.own_people(actor, peildatum=day_of(now), known_at=now)
    with_own = Voorstel.objects.filter(persoon__in=own, vacature__isnull=False).values("verzoek")
    return (found.filter(voordracht_van=actor.organisatie_id) | found.filter(pk__in=with_own)).order_by(
        "-gevraagd_at", "pk"
    )


def proposals_of(actor: Actor, verzoeken: Iterable[UUID], *, now: datetime) -> dict[UUID, list[Voorstel]]:
    """Who was thought of in each voordracht, as far as they are the own people. One query."""
    found: dict[UUID, list[Voorstel]] = {}
    for voorstel in contact.visible_to(actor, now=now).filter(verzoek__in=list(verzoeken)):
        found.setdefault(voorstel.verzoek_id, []).append(voorstel)
    return found


@dataclass(frozen=True)
class Stand:
    """How far it is with a vacature: own people on the list, asked, who said yes, and how many of all got the job."""

    op_de_lijst: int
    gevraagd: int
    ja: int
    vervuld: int


def stand_of(actor: Actor, vacature_id: UUID, *, now: datetime) -> Stand:
    """How far it is with this vacature, as far as the own people go. Two queries. Raises `PermissionDenied`."""
    require(actor, Permission.CONTACT_HANDLE)
    mine = contact.visible_to(actor, now=now).filter(vacature=vacature_id)
    found = Counter(mine.values_list("status", flat=True))
    new, unasked = found[Voorstelstatus.VOORGESTELD], found[Voorstelstatus.NIET_GESCHIKT]
    yes = found[Voorstelstatus.JA] + found[Voorstelstatus.AFGEROND]
    got_it = filled(actor, [vacature_id]).get(vacature_id, 0)
    return Stand(new, found.total() - new - unasked, yes, got_it)


def filled(actor: Actor, vacature_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many people got a job by each vacature, whoever follows them; a trial fills nothing. One query.

    Raises `PermissionDenied`.
    """
    require(actor, Permission.PLAATSING_CHANGE)
    with connection.cursor() as cursor:
        cursor.execute("SELECT vacature, mensen FROM bemiddeling_vervuld(%s)", [list(vacature_ids)])
        return dict(cursor.fetchall())


def open_vacatures(actor: Actor) -> QuerySet[Vacature]:
    """The open vacatures for which this bemiddelaar can put people forward, the newest first."""
    return vacatures.visible_to(actor).filter(status=Vacaturestatus.OPEN).order_by("-geopend_op", "pk")


def people_to_choose(
    actor: Actor, vacature_id: UUID, *, chosen: Sequence[UUID] = (), now: datetime, limit: int = 50
) -> Sequence[Klantprofiel]:
    """Own people who can be found and were not thought of for this vacature.

    Who was `chosen` already comes first, then who was confirmed last.

    The caller logs the look. Raises `PermissionDenied`.
    """
    require(actor, Permission.CONTACT_HANDLE)
    asked = contact.visible_to(actor, now=now).filter(vacature=vacature_id).values("persoon")
    found = _findable(actor, now).exclude(persoon__in=asked)
    picked = Case(When(persoon__in=chosen, then=0), default=1)
    return list(found.order_by(picked, "-beschikbaar_bevestigd_op", "pk")[:limit])


def thought_of(
    actor: Actor, vacature_id: UUID, persoon_ids: Sequence[UUID], *, now: datetime
) -> dict[UUID, Voorstelstatus]:
    """How far it is with these people for this vacature, those who were ever thought of. One query."""
    found = contact.visible_to(actor, now=now).filter(vacature=vacature_id, persoon__in=persoon_ids)
    return {persoon: Voorstelstatus(status) for persoon, status in found.values_list("persoon", "status")}


@transaction.atomic
def put_forward(
    *,
    actor: Actor,
    vacature_id: UUID,
    persoon_ids: Iterable[UUID],
    doel: Contactdoel = Contactdoel.BAAN,
    sleutel: UUID | None = None,
    now: datetime,
) -> UUID:
    """Put up to ten of the own people on the list for a vacature; returns the voordracht. The same `sleutel` again too.

    Nobody is asked yet: `ask` does that, for each. Raises `PermissionDenied` for who is not theirs or cannot be found,
    `Vacature.DoesNotExist` for a vacature that is not open to them, `NietMogelijk` for an employer that never
    signed in here and so could see no answer, `ValidationError` (Dutch) for nobody or too many.
    """
    require(actor, Permission.CONTACT_HANDLE)
    if actor.organisatie_id is None or actor.gebruiker_id is None:
        raise PermissionDenied("a bemiddelaar acts for an organisation")
    sleutel = sleutel or uuid4()
    wanted = list(dict.fromkeys(persoon_ids))
    if not 1 <= len(wanted) <= MAX_AANTAL:
        raise ValidationError({"personen": f"Kies 1 tot en met {MAX_AANTAL} mensen."})
    vacature = open_vacatures(actor).get(pk=vacature_id)
    werkgever_id = vacature.werkgever_id
    if werkgever_id is None:
        found = organisaties.with_kvk(vacature.kvk)
        if found is None:
            raise NietMogelijk("Deze werkgever heeft hier nog nooit ingelogd. Vraag of de werkgever dat eerst doet.")
        werkgever_id = found.id
    known = Contactverzoek.objects.filter(werkgever=werkgever_id, sleutel=sleutel, voordracht_van=actor.organisatie_id)
    if made := known.values_list("pk", flat=True).first():
        return made
    profiles = {p.persoon_id: p for p in _findable(actor, now).filter(persoon__in=wanted)}
    if set(profiles) != set(wanted):
        raise PermissionDenied("somebody is not one of the own people who can be found")
    verzoek_id = uuid4()
    werk, aanbod = texts_for(vacature)
    verzoek = Contactverzoek(
        id=verzoek_id,
        werkgever_id=werkgever_id,
        gevraagd_door_id=actor.gebruiker_id,
        sleutel=sleutel,
        vacature=vacature,
        voordracht_van_id=actor.organisatie_id,
        kaart="",
        aantal=len(wanted),
        doel=doel.value,
        vacature_verzegeld=contact.seal_text_of("vacature", verzoek_id, werk),
        aanbod_verzegeld=contact.seal_text_of("aanbod", verzoek_id, aanbod),
        controle=Tekstcontrole.VASTGEHOUDEN.value,
        status=Contactstatus.OPEN.value,
        gevraagd_at=now,
        sluit_at=contact.closing(now),
    )
    verzoek.save(force_insert=True)
    logboek.record(
        actor=actor,
        handeling="voordracht gemaakt",
        onderwerp=f"contactverzoek {verzoek_id}",
        details={"aantal": len(wanted)},
        activiteit=Activiteit.CONTACT,
        now=now,
    )
    for persoon_id in wanted:
        if contact.think_of(actor, verzoek, profiles[persoon_id], Voorstelhandeling.AANDRAGEN, now) is None:
            raise NietMogelijk("Een van deze mensen is voor deze vacature al gevraagd.")
    return verzoek_id


def ask(*, actor: Actor, verzoek_id: UUID, voorstel_ids: Iterable[UUID], now: datetime) -> tuple[int, int]:
    """Ask each of these people of a voordracht; returns how many were asked and how many could not be any more.

    Raises `PermissionDenied` for a voordracht that this actor may not see.
    """
    require(actor, Permission.CONTACT_HANDLE)
    if not visible_to(actor, now=now).filter(pk=verzoek_id).exists():
        raise PermissionDenied("this voordracht is not for this actor")
    inside = contact.visible_to(actor, now=now).filter(verzoek=verzoek_id, pk__in=list(voorstel_ids))
    return contact.judge_many(actor=actor, voorstel_ids=inside.values_list("pk", flat=True), reden=None, now=now)


@transaction.atomic
def stop(*, actor: Actor, verzoek_id: UUID, now: datetime) -> bool:
    """The own organisation puts nobody forward any more; the employer sees nothing of it from now on.

    False when it was stopped already. Raises `PermissionDenied`.
    """
    require(actor, Permission.CONTACT_HANDLE)
    own = visible_to(actor, now=now).filter(pk=verzoek_id, voordracht_van=actor.organisatie_id)
    if not own.exists():
        raise PermissionDenied("this voordracht is not of the own organisation")
    running = Contactverzoek.objects.filter(pk=verzoek_id, status=Contactstatus.OPEN)
    if not running.update(status=Contactstatus.INGETROKKEN):
        return False
    logboek.record(
        actor=actor,
        handeling="voordracht gestopt",
        onderwerp=f"contactverzoek {verzoek_id}",
        activiteit=Activiteit.CONTACT,
        now=now,
    )
    return True


def still_waits(voorstel: Voorstel) -> bool:
    """Whether somebody of a voordracht is still to be asked, or to answer."""
    return voorstel.status in LOPEND


def may_be_placed(voorstel: Voorstel) -> bool:
    """Whether a placement can come out of it: a yes that lives, or one that the employer said led to work."""
    positive = (Contactuitkomst.AANGENOMEN, Contactuitkomst.PROEFPLAATS)
    return voorstel.status == Voorstelstatus.JA or (
        voorstel.status == Voorstelstatus.AFGEROND and voorstel.uitkomst in positive
    )


def texts_for(vacature: Vacature) -> tuple[str, str]:
    """What the person reads about the work and what is offered, as the vacature said it when they were asked."""
    record = vacatures.as_shown(vacature, with_contact=False)
    tasks = "\n".join(f"- {taak.omschrijving}" for taak in record.taken)
    # A vacature that was carved describes itself by its tasks.
    said = record.omschrijving_vacature
    werk = "\n\n".join(part for part in (record.naam_vacature, said, "" if tasks in said else tasks) if part)
    least, most = record.aantal_werkuren_per_week_minimaal, record.aantal_werkuren_per_week_maximaal
    hours = f"{least} tot {most} uur per week" if least and least != most else f"{most} uur per week" if most else ""
    place = f"In {record.plaatsnaam}" if record.plaatsnaam else ""
    offer = "\n".join(part for part in (hours, place, record.omschrijving_arbeidsvoorwaarden) if part)
    return werk[:_MAX_TEKST], (offer or "Dat vertelt de werkgever u.")[:_MAX_TEKST]


def _findable(actor: Actor, now: datetime) -> QuerySet[Klantprofiel]:
    own = profielen.visible_to(actor, peildatum=day_of(now), known_at=now).select_related("persoon")
    return own.filter(status=Profielstatus.OPENBAAR)


# --- The employer's side: through a function of the database only -------------------------------------------------


@dataclass(frozen=True)
class Voorgedragene:
    """That somebody said yes to a vacature of this employer; no name. `leeft`: the data may be looked at now."""

    toestemming_id: UUID
    vacature_id: UUID
    vacature: str
    van: str
    vrij_at: datetime
    leeft: bool
    geldig_tot: date
    uitkomst: Contactuitkomst | None


def released_to(*, actor: Actor, now: datetime) -> list[Voorgedragene]:
    """Who said yes to a vacature of this employer, the newest first. One statement. Raises `PermissionDenied`."""
    require(actor, Permission.CONTACT_ASK)
    if actor.organisatie_id is None or actor.gebruiker_id is None:
        raise PermissionDenied("an employer looks for an organisation")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT toestemming, vacature, naam_vacature, van, vrij_at, leeft, geldig_tot, uitkomst"
            " FROM bemiddeling_voordrachten_van(%s, %s, %s)",
            [actor.organisatie_id, actor.gebruiker_id, now],
        )
        rows = cursor.fetchall()
    return [
        Voorgedragene(one, vacature, naam, van, vrij, leeft, tot, Contactuitkomst(uitkomst) if uitkomst else None)
        for one, vacature, naam, van, vrij, leeft, tot, uitkomst in rows
    ]
