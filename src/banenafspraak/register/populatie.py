"""What a gemeente may see of its own inhabitants: one person, or all of them with what changed (Wfsv art. 38d lid 4).

Only the four data of Besluit SUWI 3.2 lid 1: BSN, label of the ground, first day and end. Only of people who live in
the gemeente on the peildatum, and never without one row in the logboek for each person shown. Region-wide service
points have no gemeente of their own, and get nothing here.
"""

import dataclasses
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from math import ceil
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor, college_of
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, require
from banenafspraak.register.models import Persoon, Populatiestand, Registratie, Woonplaats, bsn_context
from banenafspraak.register.moment import writers_done
from banenafspraak.register.populatiewoorden import DOELEN, Gemeentedoel
from banenafspraak.wet.gronden import Grond
from banenafspraak.wet.grondlabel import Grondlabel, grounds_of, label_of

PER_PAGE = 25

INWONER_OPGEZOCHT = "inwoner opgezocht"
POPULATIE_BEKEKEN = "eigen populatie bekeken"
WIJZIGINGEN_BEKEKEN = "wijzigingen in eigen populatie bekeken"
POPULATIE_AFGESLOTEN = "overzicht van eigen populatie afgesloten"


class RegisterBezig(Exception):
    """The register is being written to; what is known at this moment is not final yet. Try again in a minute."""


@dataclass(frozen=True)
class Populatieregel:
    """What may be handed on of one registration (Besluit SUWI 3.2 lid 1). `tot` is the first day it no longer holds."""

    bsn: Bsn
    label: Grondlabel
    vanaf: date
    tot: date | None


class Stand(StrEnum):
    """Which registrations to show, seen from the peildatum."""

    LOPEND = "lopend"
    GEEINDIGD = "geeindigd"
    ALLE = "alle"


class Volgorde(StrEnum):
    """By what the overview is ordered; the newest first, except for the label."""

    VANAF = "vanaf"
    TOT = "tot"
    GROND = "grond"


@dataclass(frozen=True)
class Populatiefilter:
    """What the overview is narrowed to. `sinds`: registered on or after that day (or, for ended ones, ended since)."""

    label: Grondlabel | None = None
    stand: Stand = Stand.LOPEND
    sinds: date | None = None
    volgorde: Volgorde = Volgorde.VANAF


@dataclass(frozen=True)
class Populatiepagina:
    """One page of the overview, and how many people and registrations there are in all."""

    regels: tuple[Populatieregel, ...]
    nummer: int
    paginas: int
    personen: int
    registraties: int


class Wijziging(StrEnum):
    """What happened to somebody since the overview was closed."""

    INSTROOM = "instroom"
    UITSTROOM = "uitstroom"
    VERHUISD_NAAR = "verhuisd_naar"
    VERHUISD_UIT = "verhuisd_uit"


# Of whom the ground may be told: they live here and are registered.
_STILL_HERE = (Wijziging.INSTROOM, Wijziging.VERHUISD_NAAR)


@dataclass(frozen=True)
class Gewijzigd:
    """Somebody who came or went. Of who moved away nothing but that is told: the rest is not for this gemeente."""

    bsn: Bsn
    wijziging: Wijziging
    op: date | None
    label: Grondlabel | None


@dataclass(frozen=True)
class Wijzigingen:
    """What changed between the overview that was closed and now; `aantallen` over all pages."""

    sinds: datetime
    gewijzigd: tuple[Gewijzigd, ...]
    aantallen: dict[Wijziging, int]
    nummer: int
    paginas: int


def require_gemeente(actor: Actor) -> str:
    """The code of the gemeente whose college the actor acts for. Raises `PermissionDenied` for everybody else."""
    require(actor, Permission.POPULATIE_VIEW)
    gemeente = college_of(actor)
    if gemeente is None:
        raise PermissionDenied("only a gemeente sees its own inhabitants (Wfsv art. 38d lid 4)")
    return gemeente


def acting_ids(actor: Actor) -> tuple[UUID, int]:
    """The user and the organisation of an actor who acts for one. Raises `PermissionDenied` for who does not."""
    if actor.gebruiker_id is None or actor.organisatie_id is None:
        raise PermissionDenied("this is done by a user for an organisation")
    return actor.gebruiker_id, actor.organisatie_id


def with_doel(actor: Actor, doel: Gemeentedoel) -> Actor:
    """The same actor, for this purpose: the logboek and the person concerned read it with its articles."""
    return dataclasses.replace(actor, doel=str(DOELEN[doel]))


@transaction.atomic
def look_up(
    *, actor: Actor, bsn: Bsn, doel: Gemeentedoel, peildatum: date, now: datetime
) -> tuple[Populatieregel, ...]:
    """The registrations of one inhabitant, running and ended, newest first; logged whatever the answer is.

    Empty for who is not in the register, who does not live in the gemeente on the peildatum, and who does not exist:
    the asker cannot tell these apart. The same statements run for each. Raises `PermissionDenied`.
    """
    gemeente = require_gemeente(actor)
    found = list(
        _of_inhabitants(gemeente, peildatum, now)
        .filter(persoon__bsn_index__in=bsns.indexes(bsn, doel="register"))
        .order_by("-geldig__startswith", "pk")
    )
    logboek.record(
        actor=with_doel(actor, doel),
        handeling=INWONER_OPGEZOCHT,
        onderwerp=f"gemeente {gemeente}",
        persoon_bsn_index=bsns.index(bsn, doel="audit"),
        details={"registraties": len(found)},
        activiteit=Activiteit.GEMEENTE,
        now=now,
    )
    return tuple(_regel(registratie, bsn) for registratie in found)


@transaction.atomic
def look_at_page(
    *, actor: Actor, filters: Populatiefilter, nummer: int, peildatum: date, now: datetime
) -> Populatiepagina:
    """One page of the gemeente's own population; a number past the end gives the last page. Logs each person shown.

    Raises `PermissionDenied`.
    """
    gemeente = require_gemeente(actor)
    found = _narrowed(_of_inhabitants(gemeente, peildatum, now), filters, peildatum)
    registraties = found.count()
    personen = found.values("persoon_id").distinct().count()
    paginas = max(1, ceil(registraties / PER_PAGE))
    nummer = min(max(nummer, 1), paginas)
    shown = list(_ordered(found, filters.volgorde)[(nummer - 1) * PER_PAGE : nummer * PER_PAGE])
    regels = tuple(_regel(registratie, bsn_of(registratie.persoon)) for registratie in shown)
    _log_shown(actor, POPULATIE_BEKEKEN, gemeente, (regel.bsn for regel in regels), pagina=nummer, now=now)
    return Populatiepagina(regels, nummer, paginas, personen, registraties)


def whole_population(*, gemeente: str, peildatum: date, known_at: datetime) -> list[Populatieregel]:
    """Every running registration of the inhabitants on that day, in a fixed order: by first day, then by BSN.

    For the file, which asks permission and logs itself. The order does not follow any number of ours, so the same day
    and moment give the same file for ever.
    """
    found = _of_inhabitants(gemeente, peildatum, known_at).filter(geldig__contains=peildatum)
    regels = [_regel(r, bsn_of(r.persoon)) for r in found.iterator(chunk_size=2000)]
    return sorted(regels, key=lambda r: (r.vanaf, r.bsn.reveal(), r.label))


@transaction.atomic
def close_overview(*, actor: Actor, peildatum: date, now: datetime) -> None:
    """Say that the overview as it is now has been dealt with: from here on changes are counted anew.

    Raises `PermissionDenied`; `RegisterBezig` while somebody is writing, because what is known now is not final then.
    """
    gemeente = require_gemeente(actor)
    if not writers_done(now):
        raise RegisterBezig
    personen = len(_registered_here(gemeente, peildatum, now))
    gebruiker_id, organisatie_id = acting_ids(actor)
    Populatiestand.objects.create(
        organisatie_id=organisatie_id,
        gemeente_id=gemeente,
        gebruiker_id=gebruiker_id,
        peildatum=peildatum,
        bekend_op=now,
        aantal=personen,
    )
    logboek.record(
        actor=with_doel(actor, Gemeentedoel.EIGEN_DOELGROEP),
        handeling=POPULATIE_AFGESLOTEN,
        onderwerp=f"gemeente {gemeente}",
        details={"personen": personen},
        activiteit=Activiteit.GEMEENTE,
        now=now,
    )


def last_closed(*, actor: Actor) -> datetime | None:
    """When the gemeente last closed its overview, or None. Raises `PermissionDenied`. One query."""
    stand = _last_stand(require_gemeente(actor))
    return stand.bekend_op if stand else None


@transaction.atomic
def look_at_changes(*, actor: Actor, nummer: int, peildatum: date, now: datetime) -> Wijzigingen | None:
    """Who came and went since the overview was last closed, a page at a time; None when it never was.

    Compares what held on the peildatum of then, as known then, with what holds now: also what is known only since, of
    a day before, is a change. Logs each person shown. Raises `PermissionDenied`.
    """
    gemeente = require_gemeente(actor)
    stand = _last_stand(gemeente)
    if stand is None:
        return None
    earlier = _registered_here(gemeente, stand.peildatum, stand.bekend_op)
    later = _registered_here(gemeente, peildatum, now)
    came, went = later - earlier, earlier - later
    was_registered = _registered(came, stand.peildatum, stand.bekend_op)
    still_here = _living_in(gemeente, went, peildatum, now)
    kinds = {
        **{p: Wijziging.VERHUISD_NAAR if p in was_registered else Wijziging.INSTROOM for p in came},
        **{p: Wijziging.UITSTROOM if p in still_here else Wijziging.VERHUISD_UIT for p in went},
    }
    order = list(Wijziging)
    persons = sorted(kinds, key=lambda p: (order.index(kinds[p]), p))
    paginas = max(1, ceil(len(persons) / PER_PAGE))
    nummer = min(max(nummer, 1), paginas)
    gewijzigd = _described(persons[(nummer - 1) * PER_PAGE : nummer * PER_PAGE], kinds, gemeente, peildatum, now)
    _log_shown(actor, WIJZIGINGEN_BEKEKEN, gemeente, (g.bsn for g in gewijzigd), pagina=nummer, now=now)
    aantallen = {w: sum(kind is w for kind in kinds.values()) for w in Wijziging}
    return Wijzigingen(stand.bekend_op, gewijzigd, aantallen, nummer, paginas)


def bsn_of(persoon: Persoon) -> Bsn:
    """The BSN of this person. Raises `SealError` when it does not open."""
    return Bsn.parse(bsns.unseal(persoon.bsn_verzegeld, context=bsn_context(persoon.pk)))


def _last_stand(gemeente: str) -> Populatiestand | None:
    return Populatiestand.objects.filter(gemeente=gemeente).order_by("-bekend_op").first()


def _lives_here(gemeente: str, peildatum: date, known_at: datetime) -> Exists:
    return Exists(
        Woonplaats.objects.filter(
            persoon=OuterRef("persoon"), gemeente=gemeente, geldig__contains=peildatum, bekend__contains=known_at
        )
    )


def _of_inhabitants(gemeente: str, peildatum: date, known_at: datetime) -> QuerySet[Registratie]:
    """Every registration, running, ended or to come, of who lives in the gemeente on that day."""
    return Registratie.objects.filter(
        _lives_here(gemeente, peildatum, known_at), bekend__contains=known_at
    ).select_related("persoon")


def _narrowed(found: QuerySet[Registratie], filters: Populatiefilter, peildatum: date) -> QuerySet[Registratie]:
    since = Q(geldig__startswith__gte=filters.sinds)
    match filters.stand:
        case Stand.LOPEND:
            found = found.filter(geldig__contains=peildatum)
        case Stand.GEEINDIGD:
            found, since = found.filter(geldig__endswith__lte=peildatum), Q(geldig__endswith__gte=filters.sinds)
        case Stand.ALLE:
            since |= Q(geldig__endswith__gte=filters.sinds, geldig__endswith__lte=peildatum)
    if filters.sinds is not None:
        found = found.filter(since)
    if filters.label is not None:
        found = found.filter(grond__in=sorted(g.value for g in grounds_of(filters.label)))
    return found


def _ordered(found: QuerySet[Registratie], volgorde: Volgorde) -> QuerySet[Registratie]:
    match volgorde:
        case Volgorde.TOT:
            return found.order_by("-geldig__endswith", "-geldig__startswith", "pk")
        case Volgorde.GROND:
            return found.order_by("grond", "-geldig__startswith", "pk")
    return found.order_by("-geldig__startswith", "pk")


def _registered_here(gemeente: str, peildatum: date, known_at: datetime) -> set[UUID]:
    found = _of_inhabitants(gemeente, peildatum, known_at).filter(geldig__contains=peildatum)
    return set(found.values_list("persoon_id", flat=True))


def _registered(personen: set[UUID], peildatum: date, known_at: datetime) -> set[UUID]:
    found = Registratie.objects.filter(persoon__in=personen, geldig__contains=peildatum, bekend__contains=known_at)
    return set(found.values_list("persoon_id", flat=True))


def _living_in(gemeente: str, personen: set[UUID], peildatum: date, known_at: datetime) -> set[UUID]:
    found = Woonplaats.objects.filter(
        persoon__in=personen, gemeente=gemeente, geldig__contains=peildatum, bekend__contains=known_at
    )
    return set(found.values_list("persoon_id", flat=True))


def _described(
    personen: Sequence[UUID], kinds: dict[UUID, Wijziging], gemeente: str, peildatum: date, now: datetime
) -> tuple[Gewijzigd, ...]:
    """The persons of one page with the day and the label, as far as this gemeente may know them. Three queries."""
    registraties: dict[UUID, list[Registratie]] = {}
    for registratie in Registratie.objects.filter(persoon__in=personen, bekend__contains=now):
        registraties.setdefault(registratie.persoon_id, []).append(registratie)
    came_on: dict[UUID, date | None] = {}
    left_on: dict[UUID, date | None] = {}
    for woonplaats in Woonplaats.objects.filter(persoon__in=personen, gemeente=gemeente, bekend__contains=now).order_by(
        "geldig"
    ):
        came_on[woonplaats.persoon_id] = woonplaats.geldig.lower
        left_on[woonplaats.persoon_id] = woonplaats.geldig.upper
    found = []
    for persoon in sorted(Persoon.objects.filter(pk__in=personen), key=lambda p: personen.index(p.pk)):
        kind, own = kinds[persoon.pk], registraties.get(persoon.pk, [])
        running = [r for r in own if peildatum in r.geldig]
        ended = [r.geldig.upper for r in own if r.geldig.upper is not None and r.geldig.upper <= peildatum]
        last = max(running, key=lambda r: (r.geldig.lower, r.pk), default=None)
        label = label_of(Grond(last.grond)) if last and kind in _STILL_HERE else None
        match kind:
            case Wijziging.INSTROOM:
                op = last.geldig.lower if last else None
            case Wijziging.VERHUISD_NAAR:
                op = came_on.get(persoon.pk)
            case Wijziging.UITSTROOM:
                # A registration that turned out never to have been one leaves no end behind.
                op = max(ended, default=None)
            case Wijziging.VERHUISD_UIT:
                op = left_on.get(persoon.pk)
        found.append(Gewijzigd(bsn_of(persoon), kind, op, label))
    return tuple(found)


def _regel(registratie: Registratie, bsn: Bsn) -> Populatieregel:
    label = label_of(Grond(registratie.grond))
    return Populatieregel(bsn, label, registratie.geldig.lower, registratie.geldig.upper)


def _log_shown(
    actor: Actor, handeling: str, gemeente: str, shown: Iterable[Bsn], *, pagina: int, now: datetime
) -> None:
    indexes = sorted({bsns.index(bsn, doel="audit") for bsn in shown})
    logboek.record_many(
        actor=with_doel(actor, Gemeentedoel.EIGEN_DOELGROEP),
        handeling=handeling,
        onderwerp=f"gemeente {gemeente}",
        persoon_bsn_indexes=indexes,
        details={"pagina": pagina},
        activiteit=Activiteit.GEMEENTE,
        now=now,
    )
