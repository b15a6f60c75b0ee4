"""Beschut werk: UWV's advice, the college's decision, the sheltered place, and how many advices led to one."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor, college_of
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.permissions import Permission, Rol, may, require
from banenafspraak.register import inschrijving, personen
from banenafspraak.register.models import Beschutplaatsing, Beschutwerkadvies
from banenafspraak.register.moment import begin_writing, day_of
from banenafspraak.register.overgangen import NietMogelijk, Overtaken
from banenafspraak.wet.banen import round_half_up
from banenafspraak.wet.gronden import Aanvrager
from banenafspraak.wet.registratie import EindeReden

__all__ = [
    "Beschutwerkcijfers",
    "NietMogelijk",
    "Overtaken",
    "cijfers",
    "decide",
    "end_placement",
    "place",
    "reveal_bsn",
    "visible_to",
]


@dataclass(frozen=True)
class Beschutwerkcijfers:
    """Figures of one area on a day: advices up to that day, who works, and the placement percentage.

    `plaatsingspercentage` is `geplaatst` by the positive advices up to a quarter earlier, rounded half up; None
    without any.
    """

    positief: int
    negatief: int
    op_verzoek_van_burger: int
    geplaatst: int
    positief_kwartaal_eerder: int
    plaatsingspercentage: int | None


@transaction.atomic
def decide(*, actor: Actor, advies_id: UUID, vastgesteld: bool, besloten_op: date, now: datetime) -> date | None:
    """Record the college's decision (Pwet 10b); the same once more changes nothing.

    With `vastgesteld` every running registration ends; the answer is its first day without, the day after the decision
    (Besluit SUWI 3.2 lid 3), or None when nothing ended. Raises `PermissionDenied`, `Beschutwerkadvies.DoesNotExist`
    for another gemeente's, `Overtaken` when the college decided otherwise before, `ValidationError` for a day that
    cannot be.
    """
    begin_writing(now)
    advies = _locked(actor, advies_id)
    if advies.vastgesteld is not None:
        if (advies.vastgesteld, advies.besloten_op) == (vastgesteld, besloten_op):
            return _first_day_without(besloten_op) if vastgesteld else None
        raise Overtaken("Het college heeft al een ander besluit genomen.")
    if not advies.geadviseerd_op <= besloten_op <= day_of(now):
        raise ValidationError({"besloten_op": "De dag van het besluit ligt tussen het advies en vandaag."})
    advies.vastgesteld, advies.besloten_op = vastgesteld, besloten_op
    advies.besloten_at, advies.besloten_door_id = now, actor.gebruiker_id
    advies.save()
    _log(advies, "besluit beschut werk vastgelegd", actor=actor, now=now)
    if not vastgesteld:
        return None
    tot = _first_day_without(besloten_op)
    ended = inschrijving.end_all(
        actor=actor,
        persoon=advies.persoon,
        tot=tot,
        einde_reden=EindeReden.BESCHIKKING_BESCHUT_WERK,
        by=Permission.BESCHUT_WERK_BESLISSEN,
        now=now,
    )
    return tot if ended else None


@transaction.atomic
def place(*, actor: Actor, advies_id: UUID, vanaf: date, now: datetime) -> int:
    """Record that somebody works in a sheltered place from that day on; the id of the placement.

    The same day once more gives the same id. Raises as `decide`; `NietMogelijk` unless the college established beschut
    werk, `ValidationError` for a day before the decision or while another placement runs.
    """
    begin_writing(now)
    advies = _locked(actor, advies_id)
    if not advies.vastgesteld or advies.besloten_op is None:
        raise NietMogelijk("Leg eerst vast dat het college beschut werk heeft vastgesteld.")
    same = advies.plaatsingen.filter(geldig__startswith=vanaf).first()
    if same is not None:
        return same.pk
    if vanaf < advies.besloten_op:
        raise ValidationError({"vanaf": "De plaatsing begint op of na de dag van het besluit."})
    if advies.plaatsingen.filter(geldig__overlap=(vanaf, None)).exists():
        raise ValidationError({"vanaf": "Deze persoon werkt in (een deel van) deze tijd al beschut."})
    plaatsing = Beschutplaatsing.objects.create(advies=advies, geldig=(vanaf, None), recorded_at=now)
    _log(advies, "plaatsing beschut werk vastgelegd", actor=actor, now=now)
    return plaatsing.pk


@transaction.atomic
def end_placement(*, actor: Actor, plaatsing_id: int, tot: date, now: datetime) -> None:
    """End a placement: `tot` is the first day without. Raises as `place`; `Overtaken` when it had ended otherwise."""
    begin_writing(now)
    advies = _locked(actor, Beschutwerkadvies.objects.get(plaatsingen=plaatsing_id).pk)
    plaatsing = advies.plaatsingen.get(pk=plaatsing_id)
    if plaatsing.geldig.upper == tot:
        return
    if plaatsing.geldig.upper is not None:
        raise Overtaken("Deze plaatsing is al beëindigd.")
    if tot <= plaatsing.geldig.lower:
        raise ValidationError({"tot": "De einddatum moet na de begindatum liggen."})
    plaatsing.geldig, plaatsing.beeindigd_at = (plaatsing.geldig.lower, tot), now
    plaatsing.save(update_fields=["geldig", "beeindigd_at"])
    _log(advies, "plaatsing beschut werk beëindigd", actor=actor, now=now)


def visible_to(actor: Actor) -> QuerySet[Beschutwerkadvies]:
    """The advices this actor may see: a beoordelaar all, a gemeente those of its inhabitants, a burger the own ones.

    Raises `TypeError` for `actor=None`.
    """
    if actor is None:
        raise TypeError("an actor is required")
    adviezen = Beschutwerkadvies.objects.select_related("persoon")
    if not may(actor, Permission.AANVRAAG_VIEW):
        return adviezen.none()
    if actor.rol is Rol.BEOORDELAAR:
        return adviezen
    if actor.rol is Rol.BURGER:
        return adviezen.filter(persoon__bsn_index__in=personen.own_indexes(actor))
    college = college_of(actor)
    return adviezen.filter(gemeente=college) if college is not None else adviezen.none()


def cijfers(
    *, peildatum: date, gemeenten: frozenset[str] | None = None, known_at: datetime | None = None
) -> Beschutwerkcijfers:
    """The figures on that day, of these gemeenten (CBS codes) or of the country. Counts only, so no actor.

    With `known_at` as known at that moment. The percentage compares who works on the day with the positive advices up
    to the end of the quarter before, since a gemeente needs three months on average (UWV, rapportage beschut werk).
    """
    adviezen = Beschutwerkadvies.objects.filter(geadviseerd_op__lte=peildatum)
    if known_at is not None:
        adviezen = adviezen.filter(besluit__genomen_at__lte=known_at)
    plaatsingen = placed_on(peildatum, known_at=known_at)
    if gemeenten is not None:
        adviezen = adviezen.filter(gemeente__in=gemeenten)
        plaatsingen = plaatsingen.filter(advies__gemeente__in=gemeenten)
    counts = adviezen.aggregate(
        positives=Count("pk", filter=Q(positief=True)),
        negatives=Count("pk", filter=Q(positief=False)),
        by_person=Count("pk", filter=Q(aanvrager=Aanvrager.PERSOON.value)),
        before=Count("pk", filter=Q(positief=True, geadviseerd_op__lte=_end_of_quarter_before(peildatum))),
    )
    placed, before = plaatsingen.values("advies__persoon").distinct().count(), counts["before"]
    return Beschutwerkcijfers(
        positief=counts["positives"],
        negatief=counts["negatives"],
        op_verzoek_van_burger=counts["by_person"],
        geplaatst=placed,
        positief_kwartaal_eerder=before,
        plaatsingspercentage=round_half_up(Decimal(100 * placed) / before) if before else None,
    )


def placed_on(peildatum: date, *, known_at: datetime | None) -> QuerySet[Beschutplaatsing]:
    """The placements on that day, as known at that moment (None: now). For the figures of this room."""
    works = Q(geldig__contains=peildatum)
    if known_at is not None:
        works |= Q(geldig__startswith__lte=peildatum, beeindigd_at__gt=known_at)
        works &= Q(recorded_at__lte=known_at)
    return Beschutplaatsing.objects.filter(works)


# --- Inside ------------------------------------------------------------------------------------------------------


def _locked(actor: Actor, advies_id: UUID) -> Beschutwerkadvies:
    require(actor, Permission.BESCHUT_WERK_BESLISSEN)
    if college_of(actor) is None:
        raise PermissionDenied("Alleen het college van een gemeente beslist over beschut werk.")
    return visible_to(actor).select_for_update(of=("self",), no_key=True).get(pk=advies_id)


def _first_day_without(besloten_op: date) -> date:
    return besloten_op + timedelta(days=1)


def _end_of_quarter_before(day: date) -> date:
    """The last day of the quarter before the one this day is in."""
    return date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) - timedelta(days=1)


@transaction.atomic
def reveal_bsn(*, actor: Actor, advies_id: UUID, now: datetime) -> Bsn:
    """Whom an advice is about, for the college that must decide; the look is logged.

    A person may ask the advice without the gemeente, which then knows of it only by this (Participatiewet 10b). Raises
    `Beschutwerkadvies.DoesNotExist` for who may not see it.
    """
    advies = visible_to(actor).select_related("persoon").get(pk=advies_id)
    _log(advies, "advies beschut werk ingezien", actor=actor, now=now)
    return personen.bsn_of(advies.persoon)


def _log(advies: Beschutwerkadvies, what: str, *, actor: Actor, now: datetime) -> None:
    logboek.record(
        actor=actor,
        handeling=what,
        onderwerp=f"advies beschut werk {advies.pk}",
        persoon_bsn_index=personen.audit_index(advies.persoon),
        now=now,
    )
