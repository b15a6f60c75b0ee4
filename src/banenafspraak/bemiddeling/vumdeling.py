"""Answering through VUM: who is found, what a party may read of them, and that it is written down for each person.

Found can be who is registered and open to employers, and agreed to being shared here: by an own choice (`choose`), or
through the supplier who delivered the profile with consent. What somebody needs at work, and that they are in the
register, goes to a party that carries out the Wet SUWI only (AVG art. 9; Wfsv art. 38d), how to reach them only with a
consent of its own. A detail is of somebody who was found by that party in the last day, ten for each answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from typing import TypeVar
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db import connection, transaction
from django.db.models import QuerySet

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling import profielen, vacatures, vumnummers
from banenafspraak.bemiddeling.models import Klantprofiel, Vacature, Vumvraag
from banenafspraak.bemiddeling.profielexport import may_leave
from banenafspraak.bemiddeling.profielinlezing import LEVERING
from banenafspraak.bemiddeling.profielrecord import Contact, EisAanWerk, ProfielRecord
from banenafspraak.bemiddeling.profielrijen import contact_of
from banenafspraak.bemiddeling.profielwoorden import Profielstatus
from banenafspraak.bemiddeling.selectie import Selectie
from banenafspraak.bemiddeling.vacaturerecord import VacatureRecord
from banenafspraak.bemiddeling.vumindex import PROFIELEN, VACATURES
from banenafspraak.bemiddeling.vumpartijen import Partij
from banenafspraak.bemiddeling.vumwoorden import BEWAARD, DEELT_CONTACT, MAX_DETAILS, DelenVum, Vumsoort
from banenafspraak.register import personen
from banenafspraak.register.moment import day_of

_Row = TypeVar("_Row", Klantprofiel, Vacature)
GEVONDEN = "gevonden via VUM"
BEKEKEN = "profiel bekeken via VUM"
_CHUNK = 2_000


class TeVeel(Exception):
    """A party asks more than it may: of this answer, or in this minute."""


@dataclass(frozen=True)
class Profiel:
    """A profile on its way out, under the number for the other side. `deelt_contact`: contact data may be asked for."""

    nummer: str
    record: ProfielRecord
    deelt_contact: bool


@dataclass(frozen=True)
class Vacaturematch:
    """A vacature on its way out, under the number for the other side."""

    nummer: str
    record: VacatureRecord


@dataclass(frozen=True)
class Antwoord:
    """The matches, the nearest first; `meer` when there are more of them than may be given."""

    profielen: tuple[Profiel, ...] = ()
    vacatures: tuple[Vacaturematch, ...] = ()
    meer: bool = False


# --- Finding -----------------------------------------------------------------------------------------------------


@transaction.atomic
def search_profiles(*, actor: Actor, partij: Partij, bron: int, selectie: Selectie, now: datetime) -> Antwoord:
    """The profiles of a bron that fit, without what is sealed; each person's look is written down.

    Raises `PermissionDenied`, and `TeVeel` when the party asked too much this minute.
    """
    today = day_of(now)
    _admit(actor, partij, now)
    found = PROFIELEN.find(selectie, bron=bron, peildatum=today, without=_hidden())
    rows = Klantprofiel.objects.in_bulk(found.sleutels)
    shown = [rows[one] for one in found.sleutels if one in rows]
    vraag = _keep(actor, bron, Vumsoort.WERKZOEKENDE, [one.pk for one in shown], now)
    logboek.record_many(
        actor=actor,
        handeling=GEVONDEN,
        onderwerp=f"VUM-vraag {vraag.pk}",
        persoon_bsn_indexes=personen.audit_indexes_of([one.persoon_id for one in shown]),
        details={"aantal": len(shown), "bron": bron, "suwi": partij.suwi},
        activiteit=Activiteit.VUM,
        now=now,
    )
    made = tuple(Profiel(_nummer(one), profielen.shown_record_of(one), _deelt_contact(one)) for one in shown)
    return Antwoord(profielen=made, meer=found.meer)


@transaction.atomic
def search_vacatures(*, actor: Actor, partij: Partij, bron: int, selectie: Selectie, now: datetime) -> Antwoord:
    """The open vacatures of a bron that fit, without whom to call. Raises as `search_profiles`."""
    _admit(actor, partij, now)
    found = VACATURES.find(selectie, bron=bron, peildatum=day_of(now))
    rows = Vacature.objects.prefetch_related("taken").in_bulk(found.sleutels)
    shown = [rows[one] for one in found.sleutels if one in rows]
    vraag = _keep(actor, bron, Vumsoort.VACATURE, [one.pk for one in shown], now)
    logboek.record(
        actor=actor,
        handeling="vacatures gevonden via VUM",
        onderwerp=f"VUM-vraag {vraag.pk}",
        details={"aantal": len(shown), "bron": bron},
        activiteit=Activiteit.VUM,
        now=now,
    )
    made = tuple(Vacaturematch(_nummer(one), vacatures.as_shown(one, with_contact=False)) for one in shown)
    return Antwoord(vacatures=made, meer=found.meer)


# --- One of them in detail -----------------------------------------------------------------------------------------


@transaction.atomic
def profile(*, actor: Actor, partij: Partij, bron: int, nummer: str, now: datetime) -> Profiel | None:
    """A profile that this party found, opened as far as it may; None for any other, also one that is gone since.

    Raises `PermissionDenied`, `TeVeel` when ten of that answer were looked at, `SealError`.
    """
    require(actor, Permission.VUM_ANSWER)
    own = Klantprofiel.objects.all()
    row = own.filter(bron=bron, bronnummer=nummer).first() or _opened(own, nummer, Vumsoort.WERKZOEKENDE)
    if row is None or not PROFIELEN.holds(row.pk, bron=bron, peildatum=day_of(now)) or row.pk in _hidden():
        return None
    if not _count(actor, bron, Vumsoort.WERKZOEKENDE, row.pk, now):
        return None
    logboek.record(
        actor=actor,
        handeling=BEKEKEN,
        onderwerp=f"klantprofiel van {row.persoon_id}",
        persoon_bsn_index=personen.audit_index_of(row.persoon_id),
        details={"bron": bron, "suwi": partij.suwi, "contact": _deelt_contact(row)},
        activiteit=Activiteit.VUM,
        now=now,
    )
    return Profiel(_nummer(row), _readable(row, suwi=partij.suwi), _deelt_contact(row))


@transaction.atomic
def vacature(*, actor: Actor, partij: Partij, bron: int, nummer: str, now: datetime) -> Vacaturematch | None:
    """A vacature that this party found, with whom to call for a party of SUWI. Otherwise as `profile`."""
    require(actor, Permission.VUM_ANSWER)
    own = Vacature.objects.prefetch_related("taken")
    row = own.filter(geplaatst_door=bron, bronnummer=nummer).first() or _opened(own, nummer, Vumsoort.VACATURE)
    if row is None or not VACATURES.holds(row.pk, bron=bron, peildatum=day_of(now)):
        return None
    if not _count(actor, bron, Vumsoort.VACATURE, row.pk, now):
        return None
    logboek.record(
        actor=actor,
        handeling="vacature bekeken via VUM",
        onderwerp=f"vacature {row.pk}",
        details={"bron": bron, "suwi": partij.suwi},
        activiteit=Activiteit.VUM,
        now=now,
    )
    return Vacaturematch(_nummer(row), vacatures.as_shown(row, with_contact=partij.suwi))


def _readable(row: Klantprofiel, *, suwi: bool) -> ProfielRecord:
    record = profielen.record_of(row)
    if not _deelt_contact(row):
        record = replace(record, contact=Contact())
    # Who shares the profile without contact data does not share what may tell of an illness either.
    if not suwi or row.delen_vum == DelenVum.PROFIEL:
        record = replace(record, eis_aan_werk=EisAanWerk())
    return record


# --- What a supplier delivered -------------------------------------------------------------------------------------


@transaction.atomic
def supplied(*, actor: Actor, now: datetime) -> list[Profiel]:
    """All profiles that this organisation delivered, opened; each person's look is written down.

    Who took consent back is not opened and not given. Raises `PermissionDenied`, `SealError`.
    """
    require(actor, Permission.PROFIEL_IMPORT)
    rows = Klantprofiel.objects.filter(bron=actor.organisatie_id).order_by("bronnummer")
    found = [one for one in rows.iterator(chunk_size=500) if may_leave(one)]
    logboek.record_many(
        actor=actor,
        handeling="klantprofielen opgehaald via VUM",
        persoon_bsn_indexes=personen.audit_indexes_of([one.persoon_id for one in found]),
        details={"aantal": len(found)},
        activiteit=Activiteit.VUM,
        now=now,
    )
    return [Profiel(_nummer(one), profielen.record_of(one), _deelt_contact(one)) for one in found]


def supplied_vacatures(*, actor: Actor, now: datetime) -> list[Vacaturematch]:
    """All vacatures that this organisation delivered and did not close, whole. Raises `PermissionDenied`."""
    require(actor, Permission.VACATURE_IMPORT)
    rows = Vacature.objects.filter(geplaatst_door=actor.organisatie_id, bron="levering").exclude(status="gesloten")
    found = rows.prefetch_related("taken").order_by("bronnummer")
    logboek.record(
        actor=actor,
        handeling="vacatures opgehaald via VUM",
        details={"aantal": len(found)},
        activiteit=Activiteit.VUM,
        now=now,
    )
    return [Vacaturematch(_nummer(one), vacatures.as_shown(one, with_contact=True)) for one in found]


# --- What somebody wants ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Deelstand:
    """What somebody chose (None: nothing yet), whether the profile is shared now, and who said it may, if not they."""

    keuze: DelenVum | None
    deelt_nu: bool
    leverancier: str


def choice_of(actor: Actor, *, now: datetime) -> Deelstand:
    """What holds for the own profile. Raises `PermissionDenied`, `ObjectDoesNotExist` where there is no profile."""
    persoon_id = profielen.own_persoon(actor, peildatum=day_of(now), known_at=now)
    row = profielen.get(actor, persoon_id, peildatum=day_of(now), known_at=now) if persoon_id else None
    if row is None:
        raise ObjectDoesNotExist
    delivered = row.delen_vum in ("", DelenVum.GELEVERD) and row.status_door == LEVERING
    shares = row.delen_vum in (DelenVum.PROFIEL, DelenVum.VOLLEDIG) or delivered
    can = row.status == Profielstatus.OPENBAAR and row.beschikbaar is not False and len(row.bemiddelingspostcode) == 6
    chosen = DelenVum(row.delen_vum) if row.delen_vum not in ("", DelenVum.GELEVERD) else None
    return Deelstand(chosen, shares and can, row.bron.naam if delivered and row.bron else "")


@transaction.atomic
def choose(*, actor: Actor, persoon_id: UUID, keuze: DelenVum, now: datetime) -> bool:
    """Say whether the profile is shared through VUM, and how; False when that was so. Holds from this transaction on.

    By the person. Raises `PermissionDenied`, also where there is no profile, `ValueError` for what a delivery says.
    """
    require(actor, Permission.PROFIEL_CHANGE)
    if actor.rol is not Rol.BURGER:
        raise PermissionDenied("only the person says this")
    if keuze is DelenVum.GELEVERD:
        raise ValueError("only a delivery says this")
    profiel = profielen.get(actor, persoon_id, peildatum=day_of(now), known_at=now)
    if profiel is None:
        raise PermissionDenied("there is no profile to share")
    if profiel.delen_vum == keuze:
        return False
    profiel.delen_vum = keuze.value
    profiel.gewijzigd_at = now
    profiel.save(update_fields=["delen_vum", "gewijzigd_at"])
    logboek.record(
        actor=actor,
        handeling="delen via VUM gekozen",
        onderwerp=f"klantprofiel van {persoon_id}",
        persoon_bsn_index=personen.audit_index_of(persoon_id),
        details={"keuze": keuze.value},
        activiteit=Activiteit.INZAGE,
        now=now,
    )
    return True


def note_delivered(organisatie_id: int, nummers: Iterable[str], *, deelt_contact: bool, now: datetime) -> None:
    """Write down with which profiles a supplier delivered the consent for contact data; an own choice stays."""
    before, after = ("", DelenVum.GELEVERD.value) if deelt_contact else (DelenVum.GELEVERD.value, "")
    rest = iter(nummers)
    while part := list(islice(rest, _CHUNK)):
        own = Klantprofiel.objects.filter(bron=organisatie_id, bronnummer__in=part, delen_vum=before)
        own.update(delen_vum=after, gewijzigd_at=now)


def erase_questions(*, actor: Actor, now: datetime) -> int:
    """Erase what was answered more than a day ago; returns how many. For the queue."""
    require(actor, Permission.GEGEVENS_ERASE)
    return Vumvraag.objects.filter(gesteld_at__lt=now - BEWAARD).delete()[0]


# --- Parts of it -----------------------------------------------------------------------------------------------------


def _admit(actor: Actor, partij: Partij, now: datetime) -> None:
    """Whether this party may ask again."""
    require(actor, Permission.VUM_ANSWER)
    lately = Vumvraag.objects.filter(partij=actor.organisatie_id, gesteld_at__gt=now - timedelta(minutes=1))
    if lately.count() >= partij.vragen_per_minuut:
        raise TeVeel("in this minute")


def _keep(actor: Actor, bron: int, soort: Vumsoort, found: list[UUID], now: datetime) -> Vumvraag:
    assert actor.organisatie_id is not None
    return Vumvraag.objects.create(
        partij_id=actor.organisatie_id, bron_id=bron, soort=soort.value, gesteld_at=now, gevonden=found
    )


def _count(actor: Actor, bron: int, soort: Vumsoort, sleutel: UUID, now: datetime) -> bool:
    """Count one detail at the newest answer that had this one; False when there is none. Raises `TeVeel`."""
    answers = Vumvraag.objects.filter(partij=actor.organisatie_id, bron=bron, soort=soort, gevonden__contains=[sleutel])
    newest = answers.filter(gesteld_at__gt=now - BEWAARD).order_by("-gesteld_at", "-pk").select_for_update().first()
    if newest is None:
        return False
    if newest.details >= MAX_DETAILS:
        raise TeVeel("of this answer")
    newest.details += 1
    newest.save(update_fields=["details"])
    return True


def _hidden() -> frozenset[UUID]:
    """Who hides from the organisation that asks."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT bemiddeling_vum_verborgen_voor_mij()")
        return frozenset(one for (one,) in cursor.fetchall())


def _opened(rows: QuerySet[_Row], nummer: str, soort: Vumsoort) -> _Row | None:
    sleutel = vumnummers.read(nummer, soort=soort)
    return None if sleutel is None else rows.filter(pk=sleutel).first()


def _nummer(row: Klantprofiel | Vacature) -> str:
    soort = Vumsoort.WERKZOEKENDE if isinstance(row, Klantprofiel) else Vumsoort.VACATURE
    return vumnummers.make(row.pk, row.bronnummer, soort=soort)


def _deelt_contact(row: Klantprofiel) -> bool:
    if row.delen_vum not in DEELT_CONTACT:
        return False
    contact = contact_of(row)
    return bool(contact.emailadres or contact.telefoonnummer)
