"""The lists a bemiddelaar works from: whose profile is the stalest, who has none, who cannot be found and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import volledigheid
from banenafspraak.bemiddeling.models import Klantprofiel
from banenafspraak.bemiddeling.profielrijen import contact_of
from banenafspraak.bemiddeling.profielwoorden import NietOpenbaarReden, Profielstatus
from banenafspraak.bemiddeling.profielzicht import visible_q, visible_to
from banenafspraak.register import personen, queries

PER_PAGE = 25


class Selectie(StrEnum):
    """Which people the list shows."""

    ALLE = "alle"
    TE_VERVERSEN = "te_verversen"
    ONVOLLEDIG = "onvolledig"
    VINDBAAR = "vindbaar"
    CONCEPT = "concept"
    NIET_OPENBAAR = "niet_openbaar"
    ZONDER_PROFIEL = "zonder_profiel"


class Sortering(StrEnum):
    """In which order: the answer that is the oldest, the profile that lacks the most, or what changed last."""

    OUDSTE = "oudste"
    SCORE = "score"
    GEWIJZIGD = "gewijzigd"


@dataclass(frozen=True)
class Lijstkeuze:
    """What the list is narrowed to and ordered by; `reden` counts for who cannot be found only."""

    selectie: Selectie = Selectie.ALLE
    reden: NietOpenbaarReden | None = None
    sortering: Sortering = Sortering.OUDSTE


@dataclass(frozen=True)
class Lijstregel:
    """One person on the list. Without a profile `status` is None; `naam` is empty when nobody gave one."""

    persoon_id: UUID
    naam: str
    geboortedatum: date
    status: Profielstatus | None
    reden: NietOpenbaarReden | None
    score: int
    volledig: bool
    bevestigd_op: date | None
    beschikbaar: bool | None


@dataclass(frozen=True)
class Lijstpagina:
    """A page of the list: its rows, how many there are in all, and which page it is, from 1."""

    regels: tuple[Lijstregel, ...]
    aantal: int
    nummer: int


@transaction.atomic
def look_at_page(*, actor: Actor, keuze: Lijstkeuze, nummer: int, now: datetime) -> Lijstpagina:
    """A page of the people this actor works for; everybody on it is logged. Past the end gives the last page.

    Raises `PermissionDenied`, `SealError`.
    """
    require(actor, Permission.PROFIEL_VIEW)
    peildatum = timezone.localtime(now).date()
    if keuze.selectie is Selectie.ZONDER_PROFIEL:
        found = _without(actor, nummer, peildatum, now)
    else:
        found = _with(actor, keuze, nummer, peildatum, now)
    if found.regels:
        logboek.record_many(
            actor=actor,
            handeling="klantprofielen bekeken",
            persoon_bsn_indexes=personen.audit_indexes_of([regel.persoon_id for regel in found.regels]),
            details={"lijst": keuze.selectie.value, "aantal": len(found.regels)},
            activiteit=Activiteit.BEMIDDELING,
            now=now,
        )
    return found


def _with(actor: Actor, keuze: Lijstkeuze, nummer: int, peildatum: date, now: datetime) -> Lijstpagina:
    rows: QuerySet[Klantprofiel] = visible_to(actor, peildatum=peildatum, known_at=now)
    conditions: Mapping[Selectie, Q] = {
        Selectie.TE_VERVERSEN: _stale(peildatum),
        Selectie.ONVOLLEDIG: Q(volledig=False),
        Selectie.VINDBAAR: visible_q(peildatum),
        Selectie.CONCEPT: Q(status=Profielstatus.CONCEPT),
        Selectie.NIET_OPENBAAR: Q(status=Profielstatus.NIET_OPENBAAR),
    }
    if keuze.selectie in conditions:
        rows = rows.filter(conditions[keuze.selectie])
    if keuze.reden is not None:
        rows = rows.filter(niet_openbaar_reden=keuze.reden)
    order: Mapping[Sortering, tuple[Any, ...]] = {
        Sortering.OUDSTE: (F("beschikbaar_bevestigd_op").asc(nulls_first=True), "score"),
        Sortering.SCORE: ("score", F("beschikbaar_bevestigd_op").asc(nulls_first=True)),
        Sortering.GEWIJZIGD: ("-gewijzigd_at",),
    }
    total = rows.count()
    nummer = _within(nummer, total)
    chosen = rows.select_related("persoon").order_by(*order[keuze.sortering], "pk")
    page = chosen[(nummer - 1) * PER_PAGE : nummer * PER_PAGE]
    return Lijstpagina(tuple(_regel(profiel) for profiel in page), total, nummer)


def _stale(peildatum: date) -> Q:
    """Open to employers in intention, and not found by them, or nearly not: 'available' wore out or soon will."""
    first, _ = volledigheid.DAGEN_HERINNERING
    soon = volledigheid.days_before(peildatum, first)
    return Q(beschikbaar=True) & Q(beschikbaar_bevestigd_op__lte=soon) & ~Q(status=Profielstatus.NIET_OPENBAAR)


def _regel(profiel: Klantprofiel) -> Lijstregel:
    reden = profiel.niet_openbaar_reden
    return Lijstregel(
        persoon_id=profiel.persoon_id,
        naam=contact_of(profiel).naam,
        geboortedatum=profiel.persoon.geboortedatum,
        status=Profielstatus(profiel.status),
        reden=NietOpenbaarReden(reden) if reden else None,
        score=profiel.score,
        volledig=profiel.volledig,
        bevestigd_op=profiel.beschikbaar_bevestigd_op,
        beschikbaar=profiel.beschikbaar,
    )


def _without(actor: Actor, nummer: int, peildatum: date, now: datetime) -> Lijstpagina:
    people = queries.people_visible_to(actor, peildatum=peildatum, known_at=now)
    people = people.exclude(pk__in=Klantprofiel.objects.values("persoon"))
    total = people.count()
    nummer = _within(nummer, total)
    page = people.order_by("geboortedatum", "pk").values_list("pk", "geboortedatum")
    rows = page[(nummer - 1) * PER_PAGE : nummer * PER_PAGE]
    return Lijstpagina(
        tuple(Lijstregel(pk, "", born, None, None, 0, False, None, None) for pk, born in rows), total, nummer
    )


def _within(nummer: int, total: int) -> int:
    last = max(1, -(-total // PER_PAGE))
    return min(max(1, nummer), last)
