"""Jobcarving: tasks out of several vacatures or functies of an employer become a new job that more people can do.

A person is counted for a job when they want its kind of work and nothing that is known of them speaks against all of
its tasks; who did not answer yet counts too. Which kind of work it is, is said by the job, or by the task that takes
most of its hours: a helper in a bakery need not want to sweep for a living.

A bemiddelaar gets the number of people in the own gemeente or region, an employer only tens, from the same cards that
it can search already (`verkenner`), which say nothing of driving licences.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import ROUND_CEILING, Decimal
from uuid import UUID

from django.core.exceptions import ValidationError

from banenafspraak.access import gebieden
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling import postcodes, vacatures, verkenner
from banenafspraak.bemiddeling.models import Vacature, Vacaturetaak
from banenafspraak.bemiddeling.vacaturerecord import (
    MAX_TAKEN,
    MAX_TEKST,
    MAX_UREN,
    Taak,
    VacatureRecord,
    all_rijbewijzen,
    highest_niveau,
    hours_of,
)
from banenafspraak.bemiddeling.vacaturerijen import task_of
from banenafspraak.bemiddeling.wens import Wens
from banenafspraak.bemiddeling.werksoorten import WERKSOORTEN
from banenafspraak.bemiddeling.zoekindex import INDEX
from banenafspraak.register.moment import day_of


@dataclass(frozen=True)
class Bereik:
    """How many people fit: the number, or for an employer at least so many, in tens."""

    aantal: int
    in_tientallen: bool


@dataclass(frozen=True)
class Bron:
    """A vacature that tasks were taken out of: how many people fit it as it is, and without those tasks."""

    vacature: Vacature
    voor: Bereik
    zonder: Bereik | None


@dataclass(frozen=True)
class Uitsnede:
    """The new job, the tasks it is made of, where they came from, and how many people fit it."""

    record: VacatureRecord
    komt_uit: tuple[UUID, ...]
    bronnen: tuple[Bron, ...]
    na: Bereik


def wens_of(record: VacatureRecord) -> tuple[Wens, tuple[int, int] | None]:
    """The search for people that this job is, and its range of hours; what the job does not say is not asked."""
    low, high = record.aantal_werkuren_per_week_minimaal, record.aantal_werkuren_per_week_maximaal
    hours = (low or high or 1, high or low or MAX_UREN) if low or high else None
    wens = Wens(
        plek=postcodes.table().find(record.postcode) if record.postcode else None,
        werksoorten=(kind,) if (kind := main_kind(record)) in WERKSOORTEN else (),
        uren=hours[0] if hours else None,
        dagen=int(record.werkdagen or 0),
        niveau=highest_niveau(record),
        gemotoriseerd=record.bereikbaar_met_ov is False,
    )
    return wens, hours


def main_kind(record: VacatureRecord) -> str:
    """The kind of work of a job: its own, else that of the task with most hours; empty when none is of our list."""
    by_hours = sorted(record.taken, key=lambda taak: -(taak.uren_per_week or Decimal(0)))
    return record.werksoort or next((taak.werksoort for taak in by_hours if taak.werksoort), "")


def reach(record: VacatureRecord, *, actor: Actor, now: datetime) -> Bereik:
    """How many people fit this job, for who asks. Raises `PermissionDenied`."""
    require(actor, Permission.VACATURE_PLACE)
    wens, hours = wens_of(record)
    if actor.rol is Rol.WERKGEVER:
        return Bereik(verkenner.search(wens, actor=actor, now=now).tientallen, in_tientallen=True)
    today = day_of(now)
    INDEX.refresh(today)
    fits = INDEX.count_fitting(
        wens,
        uren=hours,
        rijbewijzen=all_rijbewijzen(record),
        peildatum=today,
        gemeenten=_gemeenten(actor, today),
    )
    return Bereik(fits, in_tientallen=False)


def _gemeenten(actor: Actor, peildatum: date) -> frozenset[str]:
    """Where the people live whom this bemiddelaar works for; nobody for who has no place."""
    if actor.gemeente:
        return frozenset({actor.gemeente})
    return frozenset(
        gebied.code
        for gebied in gebieden.gemeenten_op(peildatum)
        if actor.regio and gebieden.regio_op(gebied.code, peildatum) == actor.regio
    )


def look(*, actor: Actor, taak_ids: Iterable[UUID], naam: str = "", now: datetime) -> Uitsnede:
    """What carving these tasks out would give; nothing is stored. Raises `ValidationError` (Dutch) as `carve`."""
    require(actor, Permission.VACATURE_PLACE)
    rows, sources = _picked(actor, taak_ids)
    record = carved(naam, [task_of(row) for row in rows], [vacatures.record_of(one) for one in sources])
    picked = {row.pk for row in rows}
    bronnen = []
    for source in sources:
        whole = vacatures.record_of(source)
        rest = tuple(task_of(row) for row in _in_order(source) if row.pk not in picked)
        without = reach(_without(whole, rest), actor=actor, now=now) if rest else None
        bronnen.append(Bron(source, reach(whole, actor=actor, now=now), without))
    na = reach(record, actor=actor, now=now)
    return Uitsnede(record, tuple(row.pk for row in rows), tuple(bronnen), na)


def carve(*, actor: Actor, taak_ids: Iterable[UUID], naam: str, sleutel: UUID | None = None, now: datetime) -> UUID:
    """Make a draft out of these tasks; the vacatures they came from stay as they are. The same `sleutel`: the same one.

    Raises `ValidationError` (Dutch) for no tasks, tasks of more than one employer, too many of them, or hours that
    together are more than a week of work.
    """
    require(actor, Permission.VACATURE_PLACE)
    rows, sources = _picked(actor, taak_ids)
    record = carved(naam, [task_of(row) for row in rows], [vacatures.record_of(one) for one in sources])
    contact = vacatures.contact_of(sources[0])
    return vacatures.draft(
        actor=actor,
        record=replace(record, contact=contact),
        toestand=vacatures.Toestand(openbaar=sources[0].openbaar),
        sleutel=sleutel,
        komt_uit=[row.pk for row in rows],
        now=now,
    )


def carved(naam: str, taken: Sequence[Taak], sources: Sequence[VacatureRecord]) -> VacatureRecord:
    """The job of these tasks at the employer of the first source: it asks what its tasks ask, and no more.

    The hours are those of the tasks together, rounded up, when all are known. What the sources offer (guidance, days)
    stays where all of them say the same.
    """
    first = sources[0]
    hours = hours_of(taken)
    total = None if hours is None else int(hours.to_integral_value(ROUND_CEILING))
    kind = main_kind(VacatureRecord(taken=tuple(taken))) or first.werksoort
    lines = "\n".join(f"- {taak.omschrijving}" for taak in taken)
    offered = ("biedt_aanpassing_werkomgeving", "biedt_begeleiding", "biedt_werkvariatie", "bereikbaar_met_ov",
               "werkdagen", "indicatie_kantoortijden", "indicatie_onregelmatig_werk_of_ploegendienst")  # fmt: skip
    same = {name: value for name in offered if len({value := getattr(one, name) for one in sources}) == 1}
    return VacatureRecord(
        naam_vacature=naam.strip(),
        omschrijving_vacature=lines[:MAX_TEKST],
        kvk=first.kvk,
        handelsnaam_organisatie=first.handelsnaam_organisatie,
        webadres=first.webadres,
        sollicitatiewijzen=first.sollicitatiewijzen,
        code_sbi=first.code_sbi,
        postcode=first.postcode,
        plaatsnaam=first.plaatsnaam,
        werksoort=kind,
        taken=tuple(taken),
        rijbewijzen=(),
        aantal_werkuren_per_week_minimaal=total,
        aantal_werkuren_per_week_maximaal=total,
        typen_arbeidscontract=first.typen_arbeidscontract,
        salaris_indicatie=first.salaris_indicatie,
        **same,
    )


def _without(whole: VacatureRecord, rest: tuple[Taak, ...]) -> VacatureRecord:
    """The source without the tasks that were taken out: fewer hours, and no more than the rest asks."""
    gone = hours_of(whole.taken)
    left = hours_of(rest)
    low, high = whole.aantal_werkuren_per_week_minimaal, whole.aantal_werkuren_per_week_maximaal
    if gone is not None and left is not None:
        less = int(gone - left)
        low = max(1, low - less) if low else low
        high = max(1, high - less) if high else high
    return replace(whole, taken=rest, aantal_werkuren_per_week_minimaal=low, aantal_werkuren_per_week_maximaal=high)


def _picked(actor: Actor, taak_ids: Iterable[UUID]) -> tuple[list[Vacaturetaak], list[Vacature]]:
    """The tasks in the order of their vacatures, and those vacatures; only of those that the actor sees."""
    wanted = set(taak_ids)
    if not wanted:
        raise ValidationError({"taken": "Kies minstens één taak."})
    if len(wanted) > MAX_TAKEN:
        raise ValidationError({"taken": f"Kies hoogstens {MAX_TAKEN} taken."})
    sources = list(vacatures.visible_to(actor).filter(taken__in=wanted).distinct().order_by("gemaakt_at", "pk"))
    rows = [row for source in sources for row in _in_order(source) if row.pk in wanted]
    if len(rows) != len(wanted):
        raise ValidationError({"taken": "Een taak die u koos is er niet meer. Kies opnieuw."})
    if len({source.werkgever_id or source.kvk or source.pk for source in sources}) > 1:
        raise ValidationError({"taken": "Kies taken van één werkgever: het wordt één baan."})
    hours = hours_of(task_of(row) for row in rows)
    if hours is not None and hours > MAX_UREN:
        raise ValidationError(
            {"taken": f"Deze taken zijn samen {hours.normalize():f} uur. Kies er hoogstens {MAX_UREN}."}
        )
    return rows, sources


def _in_order(source: Vacature) -> list[Vacaturetaak]:
    return sorted(source.taken.all(), key=lambda row: row.volgorde)
