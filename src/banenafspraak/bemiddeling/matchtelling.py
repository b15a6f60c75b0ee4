"""Counting, by night and by the hour, how many people of its region could do each open vacature.

The page of a Werkgeversservicepunt shows the count with its moment, so that looking at it computes nothing. Who hides
from just that employer is not counted; who they are is not kept.
"""

from collections import defaultdict
from collections.abc import Container
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from banenafspraak.access import gebieden
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import passend, vacatures, werkgeversservicepunt
from banenafspraak.bemiddeling.matchindex import INDEX
from banenafspraak.bemiddeling.models import Klantprofiel, Vacature, Verberging
from banenafspraak.bemiddeling.profielzicht import visible_q
from banenafspraak.register import queries
from banenafspraak.register.moment import day_of

AT_ONCE = 2_000
"""How many vacatures one run counts at most; the next run goes on with what is left."""
_PART = 200


def count_matches(*, actor: Actor, now: datetime, limit: int = AT_ONCE) -> int:
    """Count what was never counted, changed or wore out, the longest ago first; returns how many vacatures.

    In small transactions, so that a run that is stopped keeps what it did. Raises `PermissionDenied`.
    """
    require(actor, Permission.VACATURE_RUN)
    by_region: dict[str, list[UUID]] = defaultdict(list)
    for pk, regio in werkgeversservicepunt.to_count(now=now).values_list("pk", "regio")[:limit]:
        by_region[regio].append(pk)
    if not by_region:
        return 0
    today = day_of(now)
    with transaction.atomic():
        INDEX.refresh(today)
        findable = people_by_region(peildatum=today, known_at=now, regios=by_region)
    done = 0
    for regio, ids in by_region.items():
        for start in range(0, len(ids), _PART):
            with transaction.atomic():
                done += _count(ids[start : start + _PART], findable.get(regio, set()), today=today, now=now)
    return done


def people_by_region(*, peildatum: date, known_at: datetime, regios: Container[str]) -> dict[str, set[UUID]]:
    """The profiles that employers may find on that day, by the region where their people live. Two queries."""
    registered = queries.registered_people(peildatum=peildatum, known_at=known_at)
    found = Klantprofiel.objects.filter(visible_q(peildatum), persoon__in=registered.values("pk"))
    lives = queries.gemeenten_of_everybody(peildatum=peildatum, known_at=known_at)
    region_of = {g.code: gebieden.regio_op(g.code, peildatum) for g in gebieden.gemeenten_op(peildatum)}
    people: dict[str, set[UUID]] = defaultdict(set)
    for pk, persoon_id in found.values_list("pk", "persoon_id").iterator():
        regio = region_of.get(lives.get(persoon_id, ""))
        if regio is not None and regio in regios:
            people[regio].add(pk)
    return people


def _count(ids: list[UUID], people: set[UUID], *, today: date, now: datetime) -> int:
    rows = Vacature.objects.filter(pk__in=ids).prefetch_related("taken")
    counts = []
    for vacature in rows:
        vraag = passend.vraag_of(vacatures.record_of(vacature), peildatum=today)
        there = people - _hiding_from(vacature.werkgever_id) if vacature.werkgever_id else people
        found = INDEX.rank(vraag, peildatum=today, limit=1, zaad=0, alleen=there)
        counts.append((vacature.pk, found.aantal))
    return werkgeversservicepunt.keep_counts(counts, now=now)


def _hiding_from(organisatie_id: int) -> set[UUID]:
    """Who does not want to be found by this employer. One query."""
    return set(Verberging.objects.filter(organisatie=organisatie_id).values_list("profiel", flat=True))
