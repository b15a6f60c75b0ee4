"""Vacatures: jobs that are free, from a draft of an employer or an adviser until they are filled or closed.

An employer handles its own; a bemiddelaar those that the own organisation brought in, and sees what is open in the
region. What everybody may read comes from a view of the database (`public`). Whether a vacature suits the doelgroep is
said by a bemiddelaar, with a reason, and never by the employer.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.models import F, Q, QuerySet

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek, organisaties
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.organisaties import Werkgever
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling import vacaturecontrole, vacaturerijen
from banenafspraak.bemiddeling.models import OpenbareVacature as OpenbareVacature
from banenafspraak.bemiddeling.models import Vacature as Vacature
from banenafspraak.bemiddeling.profielrecord import Contact
from banenafspraak.bemiddeling.vacaturerecord import (
    VOOR_GESCHIKT,
    Geschiktreden,
    Sluitreden,
    Vacaturebron,
    VacatureRecord,
    Vacaturesoort,
    Vacaturestatus,
)
from banenafspraak.bemiddeling.vacaturerijen import contact_of as contact_of
from banenafspraak.bemiddeling.vacaturerijen import record_of as record_of
from banenafspraak.register.moment import day_of
from banenafspraak.register.overgangen import Levensloop, NietMogelijk, Overgang, Overtaken


class Vacaturehandeling(StrEnum):
    """What can be done with a vacature."""

    MAKEN = "maken"
    INLEZEN = "inlezen"
    WIJZIGEN = "wijzigen"
    PLAATSEN = "plaatsen"
    OORDELEN = "oordelen"
    SLUITEN = "sluiten"
    VERLOPEN = "verlopen"
    WEGGOOIEN = "weggooien"


_H, _S, _P = Vacaturehandeling, Vacaturestatus, Permission

LEVENSLOOP: Levensloop[Vacaturehandeling] = Levensloop(
    "de vacature",
    MappingProxyType(
        {
            _H.MAKEN: Overgang((), _S.CONCEPT, _P.VACATURE_PLACE, "Een nieuwe vacature, een kopie, of een uitsnede."),
            _H.INLEZEN: Overgang((), _S.CONCEPT, _P.VACATURE_IMPORT, "Een levering brengt een vacature binnen."),
            _H.WIJZIGEN: Overgang((_S.CONCEPT, _S.OPEN), None, _P.VACATURE_PLACE, "De inhoud wordt aangepast."),
            _H.PLAATSEN: Overgang((_S.CONCEPT,), _S.OPEN, _P.VACATURE_PLACE, "Alles is ingevuld: mensen zien haar."),
            _H.OORDELEN: Overgang(
                (_S.CONCEPT, _S.OPEN), None, _P.VACATURE_JUDGE, "De bemiddelaar zegt of ze geschikt is, met een reden."
            ),
            _H.SLUITEN: Overgang((_S.OPEN,), _S.GESLOTEN, _P.VACATURE_PLACE, "Ze is vervuld of gaat niet door."),
            _H.VERLOPEN: Overgang((_S.OPEN,), _S.GESLOTEN, _P.VACATURE_RUN, "De sluitingsdatum is voorbij."),
            _H.WEGGOOIEN: Overgang((_S.CONCEPT,), None, _P.VACATURE_PLACE, "Een concept verdwijnt."),
        }
    ),
)
"""The life of a vacature; docs/levenslopen.md is made from it."""

MAX_OPEN = 500
"""How many drafts and open vacatures one organisation may keep by hand; a delivery may bring more."""


# --- Who sees which ----------------------------------------------------------------------------------------------


def visible_to(actor: Actor) -> QuerySet[Vacature]:
    """What this actor may see as its own work, with the tasks at hand: see the policies of migration 0041.

    An employer the own vacatures, a bemiddelaar those of the own organisation, what was opened in the region, and what
    is open to everybody. Nobody else any. Raises `TypeError` for `actor=None`.
    """
    if actor is None:
        raise TypeError("an actor is required")
    found = Vacature.objects.select_related("werkgever", "geplaatst_door").prefetch_related("taken")
    if actor.rol is Rol.SYSTEEM:
        return found
    if actor.rol is Rol.BEMIDDELAAR:
        return found.filter(_kept(actor) | _here(actor) | Q(status=_S.OPEN, openbaar=True))
    return found.filter(_own(actor)) if actor.rol is Rol.WERKGEVER else found.none()


def own_of(actor: Actor) -> QuerySet[Vacature]:
    """What this actor may change: an employer the own ones, a bemiddelaar those of the own organisation."""
    found = visible_to(actor)
    return found.filter(_kept(actor)) if actor.rol is Rol.BEMIDDELAAR else found


def judgeable_by(actor: Actor) -> QuerySet[Vacature]:
    """What this bemiddelaar may judge: of the own organisation, or in the region."""
    return visible_to(actor).filter(_kept(actor) | _here(actor)) if actor.rol is Rol.BEMIDDELAAR else _none(actor)


def public(peildatum: date) -> QuerySet[OpenbareVacature]:
    """What everybody may read on that day, with the tasks at hand: open, public, and not yet past its last day."""
    still_open = Q(sluitingsdatum_vacature__isnull=True) | Q(sluitingsdatum_vacature__gte=peildatum)
    return OpenbareVacature.objects.filter(still_open).prefetch_related("taken")


def _none(actor: Actor) -> QuerySet[Vacature]:
    return visible_to(actor).none()


def _kept(actor: Actor) -> Q:
    return Q(geplaatst_door=actor.organisatie_id or 0)


def _own(actor: Actor) -> Q:
    """The own vacatures; before an employer is known here, its KvK number tells whose they are."""
    if actor.organisatie_id is None:
        return Q(pk__in=())
    own = Q(werkgever=actor.organisatie_id)
    kvk = organisaties.of_id(actor.organisatie_id).kvk
    return own | Q(werkgever__isnull=True, kvk=kvk) if kvk else own


def _here(actor: Actor) -> Q:
    in_region = Q(regio=actor.regio) if actor.regio else Q(pk__in=())
    return in_region & ~Q(status=_S.CONCEPT) & Q(soort=Vacaturesoort.VACATURE)


# --- Making, changing, opening, closing --------------------------------------------------------------------------


@dataclass(frozen=True)
class Toestand:
    """What the row says beside the record: what kind it is, and whether everybody may read it once it is open."""

    soort: Vacaturesoort = Vacaturesoort.VACATURE
    openbaar: bool = True


_VACATURE = Toestand()


@transaction.atomic
def draft(
    *,
    actor: Actor,
    record: VacatureRecord,
    toestand: Toestand = _VACATURE,
    sleutel: UUID | None = None,
    komt_uit: Iterable[UUID | None] = (),
    now: datetime,
) -> UUID:
    """Make a new draft; the same `sleutel` again gives the same one. `komt_uit` are the tasks it was carved out of.

    Raises `PermissionDenied`; `ValidationError` (by field, Dutch) for what cannot be so, also a KvK number of somebody
    else, or for more than `MAX_OPEN` at a time.
    """
    require(actor, Permission.VACATURE_PLACE)
    if actor.organisatie_id is None or actor.gebruiker_id is None:
        raise PermissionDenied("a vacature is placed by somebody of an organisation")
    sleutel = sleutel or uuid4()
    with connection.cursor() as cursor:
        key = f"bemiddeling.vacature:{actor.organisatie_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
    kept = Vacature.objects.filter(geplaatst_door=actor.organisatie_id)
    known: UUID | None = kept.filter(sleutel=sleutel).values_list("pk", flat=True).first()
    if known is not None:
        return known
    if kept.exclude(status=_S.GESLOTEN).count() >= MAX_OPEN:
        raise ValidationError(f"Uw organisatie heeft al {MAX_OPEN} vacatures. Sluit er eerst een, of gooi er een weg.")
    werkgever, record = _whose(actor, record)
    vacaturecontrole.check(record, today=day_of(now))
    vacature_id = uuid4()
    by_employer = actor.rol is Rol.WERKGEVER
    Vacature(
        id=vacature_id,
        soort=toestand.soort.value,
        openbaar=toestand.openbaar,
        status=_S.CONCEPT.value,
        werkgever_id=werkgever.id if werkgever else None,
        geplaatst_door_id=actor.organisatie_id,
        gemaakt_door_id=actor.gebruiker_id,
        bron=(Vacaturebron.WERKGEVER if by_employer else Vacaturebron.BEMIDDELAAR).value,
        sleutel=sleutel,
        gemaakt_at=now,
        gewijzigd_at=now,
        **vacaturerijen.columns_of(record, vacature_id),
    ).save(force_insert=True)
    vacaturerijen.save_tasks(vacature_id, record.taken, komt_uit=komt_uit)
    _log(actor, "vacature gemaakt", vacature_id, now, soort=toestand.soort.value)
    return vacature_id


def _whose(actor: Actor, record: VacatureRecord) -> tuple[Werkgever | None, VacatureRecord]:
    own = organisaties.of_id(actor.organisatie_id or 0) if actor.rol is Rol.WERKGEVER else None
    return whose(record, own=own)


def whose(
    record: VacatureRecord, *, own: Werkgever | None, known: Callable[[str], Werkgever | None] = organisaties.with_kvk
) -> tuple[Werkgever | None, VacatureRecord]:
    """The employer of a record, and the record with its number and, where it had none, its name.

    `own` is the employer that brings it in, None for an adviser: then `known` finds it by its number. Raises
    `ValidationError` for an employer that gives the number of another organisation.
    """
    if own is not None:
        if record.kvk not in ("", own.kvk):
            melding = "Dit is niet het KvK-nummer van uw organisatie. U kunt alleen eigen vacatures plaatsen."
            raise ValidationError({"kvk": melding})
        name = record.handelsnaam_organisatie or own.naam
        return own, replace(record, kvk=own.kvk, handelsnaam_organisatie=name)
    found = known(record.kvk) if record.kvk else None
    if found and not record.handelsnaam_organisatie:
        record = replace(record, handelsnaam_organisatie=found.naam)
    return found, record


@transaction.atomic
def change(
    *,
    actor: Actor,
    vacature_id: UUID,
    versie: int,
    record: VacatureRecord,
    openbaar: bool | None = None,
    now: datetime,
) -> int:
    """Put this record in the place of what was there; returns the new `versie`.

    Raises `Vacature.DoesNotExist` for one that is not the actor's, `Overtaken` when somebody else saved since `versie`
    was read, `NietMogelijk` for a closed one, `ValidationError` as `draft`, also when an open one would miss something.
    """
    vacature = _locked(actor, vacature_id, _H.WIJZIGEN)
    if vacature.versie != versie:
        raise Overtaken("Iemand anders heeft deze vacature net gewijzigd. Kijk wat er nu staat, en wijzig het opnieuw.")
    werkgever, record = _whose(actor, record)
    before = replace(record_of(vacature), contact=contact_of(vacature))
    openbaar = vacature.openbaar if openbaar is None else openbaar
    if before == record and openbaar == vacature.openbaar:
        return versie
    vacaturecontrole.check(record, today=day_of(now), before=before)
    if vacature.status == _S.OPEN:
        _require_complete(record, werkgever)
    for name, value in vacaturerijen.columns_of(record, vacature_id).items():
        setattr(vacature, name, value)
    if actor.rol is not Rol.WERKGEVER:
        vacature.werkgever_id = werkgever.id if werkgever else None
    vacature.openbaar, vacature.versie, vacature.gewijzigd_at = openbaar, versie + 1, now
    changed = [*vacaturerijen.columns_of(record, vacature_id), "openbaar", "versie", "gewijzigd_at"]
    vacature.save(update_fields=changed if actor.rol is Rol.WERKGEVER else [*changed, "werkgever_id"])
    vacaturerijen.save_tasks(vacature_id, record.taken)
    _log(actor, "vacature gewijzigd", vacature_id, now)
    return versie + 1


@transaction.atomic
def place(*, actor: Actor, vacature_id: UUID, now: datetime) -> bool:
    """Open a draft; False when it is open already.

    Raises `Vacature.DoesNotExist`, `NietMogelijk` for a closed one or a functie, and `ValidationError` with what is
    missing, by field.
    """
    vacature = _locked(actor, vacature_id)
    if vacature.status == _S.OPEN:
        return False
    LEVENSLOOP.require(_H.PLAATSEN, vacature.status)
    if vacature.soort == Vacaturesoort.FUNCTIE:
        raise NietMogelijk("Een functie is bestaand werk. Snijd er eerst taken uit voor een vacature.")
    record = replace(record_of(vacature), contact=contact_of(vacature))
    vacaturecontrole.check(record, today=day_of(now))
    werkgever = Werkgever(vacature.werkgever_id, "", "") if vacature.werkgever_id else None
    _require_complete(record, werkgever)
    # `gewijzigd_at` stays: a judgement on what is opened now still holds.
    vacature.status, vacature.geopend_op = _S.OPEN.value, day_of(now)
    vacature.versie += 1
    vacature.save(update_fields=["status", "geopend_op", "versie"])
    _log(actor, "vacature geplaatst", vacature_id, now)
    return True


def _require_complete(record: VacatureRecord, werkgever: Werkgever | None) -> None:
    gaps = vacaturecontrole.missing(record)
    if werkgever is None and not record.kvk:
        gaps.append(("kvk", "Vul het KvK-nummer van de werkgever in."))
    if gaps:
        raise ValidationError({veld: [melding] for veld, melding in gaps})


@transaction.atomic
def copy(*, actor: Actor, vacature_id: UUID, sleutel: UUID | None = None, now: datetime) -> UUID:
    """A new draft with the same content, without dates that are past. Raises as `draft`, `Vacature.DoesNotExist`."""
    require(actor, Permission.VACATURE_PLACE)
    vacature = own_of(actor).get(pk=vacature_id)
    today = day_of(now)
    record = replace(record_of(vacature), contact=contact_of(vacature), nummer_vacature="")
    days = ("sluitingsdatum_vacature", "datum_aanvang_werkzaamheden", "datum_einde_werkzaamheden")
    past: dict[str, Any] = {name: None for name in days if (day := getattr(record, name)) is not None and day < today}
    toestand = Toestand(Vacaturesoort(vacature.soort), vacature.openbaar)
    return draft(actor=actor, record=replace(record, **past), toestand=toestand, sleutel=sleutel, now=now)


@transaction.atomic
def close(*, actor: Actor, vacature_id: UUID, reden: Sluitreden, now: datetime) -> bool:
    """Close an open vacature, with the reason; False when it is closed already.

    A bemiddelaar also closes one of an employer in the region, when somebody of the doelgroep got the job. Raises
    `Vacature.DoesNotExist`, `NietMogelijk` for a draft, `ValidationError` for the reason that only the clock gives.
    """
    require(actor, Permission.VACATURE_PLACE)
    if reden is Sluitreden.VERLOPEN:
        raise ValidationError({"reden": "Kies waarom u deze vacature sluit."})
    may = own_of(actor)
    if actor.rol is Rol.BEMIDDELAAR and reden is Sluitreden.VERVULD_DOELGROEP:
        may = judgeable_by(actor)
    vacature = _lock(may, vacature_id)
    if vacature.status == _S.GESLOTEN:
        return False
    LEVENSLOOP.require(_H.SLUITEN, vacature.status)
    vacature.status, vacature.sluitreden = _S.GESLOTEN.value, reden.value
    vacature.gesloten_at = vacature.gewijzigd_at = now
    vacature.versie += 1
    vacature.save(update_fields=["status", "sluitreden", "gesloten_at", "gewijzigd_at", "versie"])
    _log(actor, "vacature gesloten", vacature_id, now, reden=reden.value)
    return True


@transaction.atomic
def discard(*, actor: Actor, vacature_id: UUID, now: datetime) -> bool:
    """Throw a draft away; False when it is gone already. Raises `NietMogelijk` for one that was ever open."""
    require(actor, Permission.VACATURE_PLACE)
    vacature = own_of(actor).select_for_update(of=("self",)).filter(pk=vacature_id).first()
    if vacature is None:
        return False
    LEVENSLOOP.require(_H.WEGGOOIEN, vacature.status)
    vacature.taken.all().delete()
    Vacature.objects.filter(pk=vacature_id).delete()
    _log(actor, "concept van vacature weggegooid", vacature_id, now)
    return True


@transaction.atomic
def judge(
    *, actor: Actor, vacature_id: UUID, geschikt: bool, reden: Geschiktreden, toelichting: str = "", now: datetime
) -> None:
    """Say whether a vacature suits the doelgroep, and why; the last word stands, the log keeps who said what.

    Raises `Vacature.DoesNotExist`, `NietMogelijk` for a closed one, `ValidationError` for a reason of the other kind.
    """
    require(actor, Permission.VACATURE_JUDGE)
    toelichting = " ".join(toelichting.split())
    if (reden in VOOR_GESCHIKT) is not geschikt:
        raise ValidationError({"reden": "Deze reden past niet bij uw antwoord. Kies een andere reden."})
    if len(toelichting) > 500 or bsns.occurs_in(toelichting):
        raise ValidationError({"toelichting": "Gebruik hoogstens 500 tekens, en geen burgerservicenummer."})
    vacature = _lock(judgeable_by(actor), vacature_id)
    LEVENSLOOP.require(_H.OORDELEN, vacature.status)
    vacature.geschikt, vacature.geschikt_reden, vacature.geschikt_toelichting = geschikt, reden.value, toelichting
    vacature.geschikt_door_id, vacature.geschikt_at = actor.gebruiker_id, now
    names = ["geschikt", "geschikt_reden", "geschikt_toelichting", "geschikt_door_id", "geschikt_at"]
    vacature.save(update_fields=names)
    _log(actor, "vacature beoordeeld op geschiktheid", vacature_id, now, geschikt=geschikt, reden=reden.value)


@transaction.atomic
def expire(*, actor: Actor, now: datetime) -> int:
    """Close what is past its last day; returns how many. Raises `PermissionDenied`."""
    require(actor, Permission.VACATURE_RUN)
    past = Vacature.objects.filter(status=_S.OPEN, sluitingsdatum_vacature__lt=day_of(now))
    closed = past.update(
        status=_S.GESLOTEN,
        sluitreden=Sluitreden.VERLOPEN,
        gesloten_at=now,
        gewijzigd_at=now,
        versie=F("versie") + 1,
    )
    if closed:
        logboek.record(
            actor=actor,
            handeling="vacatures verlopen",
            details={"aantal": closed},
            activiteit=Activiteit.BEMIDDELING,
            now=now,
        )
    return closed


def as_shown(vacature: Vacature, *, with_contact: bool) -> VacatureRecord:
    """The record of a row, with or without whom to call."""
    return replace(record_of(vacature), contact=contact_of(vacature) if with_contact else Contact())


def _locked(actor: Actor, vacature_id: UUID, handeling: Vacaturehandeling | None = None) -> Vacature:
    """The row, kept from others until the transaction ends; `handeling` must be possible from its state."""
    require(actor, Permission.VACATURE_PLACE)
    vacature = _lock(own_of(actor), vacature_id)
    if handeling is not None:
        LEVENSLOOP.require(handeling, vacature.status)
    return vacature


def _lock(may: QuerySet[Vacature], vacature_id: UUID) -> Vacature:
    return may.select_for_update(of=("self",)).get(pk=vacature_id)


def _log(actor: Actor, handeling: str, vacature_id: UUID, now: datetime, **details: str | bool) -> None:
    logboek.record(
        actor=actor,
        handeling=handeling,
        onderwerp=f"vacature {vacature_id}",
        details=details,
        activiteit=Activiteit.BEMIDDELING,
        now=now,
    )
