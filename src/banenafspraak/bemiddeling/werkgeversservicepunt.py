"""The work sheet of a Werkgeversservicepunt: open vacatures without a match, and people without a voordracht.

The vacatures are those of the region; whether anybody was put forward for one, by whatever organisation, is answered by
a function of the database that says no more than that. The people are the own people of who looks (`profielen`), and
everybody who is shown is written in the logboek.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery

from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import contact, mensen, plaatsingen, profielen, vacatures
from banenafspraak.bemiddeling.contactwoorden import LOPEND, Contactstatus, Voorstelstatus
from banenafspraak.bemiddeling.models import Klantprofiel, Vacature, Vacaturetelling
from banenafspraak.bemiddeling.plaatsingwoorden import Plaatsingstatus
from banenafspraak.bemiddeling.profielzicht import visible_q
from banenafspraak.bemiddeling.vacaturerecord import Vacaturesoort, Vacaturestatus
from banenafspraak.bemiddeling.wspwoorden import Mensvolgorde, Passend, Vacaturevolgorde, Voorgeschiedenis
from banenafspraak.register import queries
from banenafspraak.register.moment import day_of

PER_PAGE = 25
MOST_EXPORTED = 5_000
ZONDER_VOORDRACHT_BEKEKEN = "lijst van mensen zonder voordracht bekeken"
ZONDER_VOORDRACHT_OPGEHAALD = "lijst van mensen zonder voordracht opgehaald"


@dataclass(frozen=True)
class Vacaturefilter:
    """Which vacatures without a match to show. `geschikt` None: whatever a bemiddelaar said of it."""

    zoek: str = ""
    passend: Passend | None = None
    voorgeschiedenis: Voorgeschiedenis | None = None
    geschikt: bool | None = None
    volgorde: Vacaturevolgorde = Vacaturevolgorde.LANGST_OPEN


@dataclass(frozen=True)
class Openstaand:
    """One open vacature for which nobody is on the way. `passend` is how many of the region fit, at `geteld_at`.

    Both are None before it was counted; `verouderd` when the vacature changed since. `plaatsen` are those that nobody
    has yet, `dagen_open` is in days.
    """

    vacature_id: UUID
    naam: str
    werkgever: str
    plaats: str
    plaatsen: int
    dagen_open: int
    sluit_op: date | None
    passend: int | None
    geteld_at: datetime | None
    verouderd: bool
    eerder_op: date | None


@dataclass(frozen=True)
class Vacaturepagina:
    """One page of them, how many there are in all, and the oldest moment of a count on the page."""

    regels: tuple[Openstaand, ...]
    nummer: int
    aantal: int
    geteld_at: datetime | None


@dataclass(frozen=True)
class Mensfilter:
    """Which people to show: of one gemeente (its code), and whether they were ever put forward."""

    gemeente: str = ""
    voorgeschiedenis: Voorgeschiedenis | None = None
    volgorde: Mensvolgorde = Mensvolgorde.LANGST_WACHTEND


@dataclass(frozen=True)
class Wachtende:
    """Somebody whom employers may find and for whom nothing goes on. `eerder_op`: when they were last thought of."""

    persoon_id: UUID
    naam: str
    gemeente: str
    bevestigd_op: date | None
    eerder_op: date | None


@dataclass(frozen=True)
class Wachtendenpagina:
    """One page of them, and how many there are in all."""

    regels: tuple[Wachtende, ...]
    nummer: int
    aantal: int


@dataclass(frozen=True)
class Stand:
    """How much there is to do: numbers only."""

    open: int
    zonder_match: int
    niemand_past: int
    mensen: int


def region_of(actor: Actor) -> str:
    """The region whose Werkgeversservicepunt this bemiddelaar works with. Raises `PermissionDenied` without one."""
    require(actor, Permission.CONTACT_HANDLE)
    if actor.regio is None:
        raise PermissionDenied("a werkgeversservicepunt works for a region")
    return actor.regio


# --- Vacatures without a match -----------------------------------------------------------------------------------


def vacatures_without_match(
    *, actor: Actor, keuze: Vacaturefilter, nummer: int | None = 1, now: datetime
) -> Vacaturepagina:
    """One page of the open vacatures of the region for which nobody is on the way; None: all, for a file.

    Nobody is on the way when no voordracht waits or has a yes, no work was agreed and nobody is on trial. What has all
    its places filled waits for nobody. A number past the end gives the last page. Three queries.

    Raises `PermissionDenied`.
    """
    regio, today = region_of(actor), day_of(now)
    known = _put_forward(regio)
    found = _without(_open(actor, regio, today), known)
    found = _narrowed(found, keuze, {pk for pk, one in known.items() if one.laatste_op is not None})
    found = found.order_by(*_ORDER[keuze.volgorde])
    aantal = found.count()
    if nummer is None:
        nummer, shown = 1, found[:MOST_EXPORTED]
    else:
        nummer = min(max(nummer, 1), max(1, ceil(aantal / PER_PAGE)))
        shown = found[(nummer - 1) * PER_PAGE : nummer * PER_PAGE]
    regels = tuple(_row(one, known, today) for one in shown)
    counted = [one.geteld_at for one in regels if one.geteld_at is not None]
    return Vacaturepagina(regels, nummer, aantal, min(counted, default=None))


_ORDER: dict[Vacaturevolgorde, tuple[Any, ...]] = {
    Vacaturevolgorde.LANGST_OPEN: ("geopend_op", "pk"),
    Vacaturevolgorde.SLUIT: (F("sluitingsdatum_vacature").asc(nulls_last=True), "geopend_op", "pk"),
    Vacaturevolgorde.MINST_PASSEND: (F("telling__passend").asc(nulls_last=True), "geopend_op", "pk"),
    Vacaturevolgorde.NAAM: ("naam_vacature", "pk"),
}


def _open(actor: Actor, regio: str, today: date) -> QuerySet[Vacature]:
    """What is open in the region that day; what this bemiddelaar may see at all is for `vacatures` to say."""
    return (
        vacatures.visible_to(actor)
        .filter(
            Q(sluitingsdatum_vacature__isnull=True) | Q(sluitingsdatum_vacature__gte=today),
            regio=regio,
            status=Vacaturestatus.OPEN,
            soort=Vacaturesoort.VACATURE,
        )
        .select_related(None)
        .select_related("telling")
        .prefetch_related(None)
    )


@dataclass(frozen=True)
class _Voortgang:
    """How far it is with a vacature: when somebody was put forward last, whether that goes on, how many got the job."""

    laatste_op: date | None = None
    onderweg: bool = False
    vervuld: int = 0


_NIETS = _Voortgang()


def _put_forward(regio: str) -> dict[UUID, _Voortgang]:
    """How far it is with the open vacatures of a region for which anything happened. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT vacature, laatste_op, onderweg, vervuld FROM bemiddeling_wsp_voorgedragen(%s)", [regio])
        return {row[0]: _Voortgang(*row[1:]) for row in cursor.fetchall()}


def _without(found: QuerySet[Vacature], known: dict[UUID, _Voortgang]) -> QuerySet[Vacature]:
    full = Q(pk__in=())
    for vervuld in {one.vervuld for one in known.values() if one.vervuld}:
        full |= Q(pk__in=[pk for pk, one in known.items() if one.vervuld == vervuld], aantal_plaatsen__lte=vervuld)
    return found.exclude(pk__in=[pk for pk, one in known.items() if one.onderweg]).exclude(full)


def _narrowed(found: QuerySet[Vacature], keuze: Vacaturefilter, earlier: set[UUID]) -> QuerySet[Vacature]:
    if text := " ".join(keuze.zoek.split()):
        found = found.filter(Q(naam_vacature__icontains=text) | Q(handelsnaam_organisatie__icontains=text))
    if keuze.geschikt is not None:
        found = found.filter(geschikt=keuze.geschikt)
    match keuze.passend:
        case Passend.NIEMAND:
            found = found.filter(telling__passend=0)
        case Passend.MINSTENS_EEN:
            found = found.filter(telling__passend__gt=0)
        case Passend.ONGETELD:
            found = found.filter(telling__isnull=True)
    match keuze.voorgeschiedenis:
        case Voorgeschiedenis.NOOIT:
            found = found.exclude(pk__in=earlier)
        case Voorgeschiedenis.EERDER:
            found = found.filter(pk__in=earlier)
    return found


def _row(vacature: Vacature, known: dict[UUID, _Voortgang], today: date) -> Openstaand:
    telling: Vacaturetelling | None = getattr(vacature, "telling", None)
    voortgang = known.get(vacature.pk, _NIETS)
    return Openstaand(
        vacature_id=vacature.pk,
        naam=vacature.naam_vacature,
        werkgever=vacature.handelsnaam_organisatie,
        plaats=vacature.plaatsnaam or vacature.postcode[:4],
        plaatsen=vacature.aantal_plaatsen - voortgang.vervuld,
        dagen_open=(today - vacature.geopend_op).days if vacature.geopend_op else 0,
        sluit_op=vacature.sluitingsdatum_vacature,
        passend=telling.passend if telling else None,
        geteld_at=telling.geteld_at if telling else None,
        verouderd=telling is not None and telling.geteld_at < vacature.gewijzigd_at,
        eerder_op=voortgang.laatste_op,
    )


# --- People without a voordracht ---------------------------------------------------------------------------------


@transaction.atomic
def people_without_proposal(
    *, actor: Actor, keuze: Mensfilter, nummer: int | None = 1, now: datetime
) -> Wachtendenpagina:
    """One page of the own people whom employers may find and for whom nothing goes on; None: all, without names.

    Nothing goes on: no question of an employer or voordracht waits or has a yes that lives, and there is no work that
    was agreed or runs. Each person who is shown is logged, also in a file. Raises `PermissionDenied`.
    """
    region_of(actor)
    today = day_of(now)
    found = _waiting(actor, now)
    if keuze.gemeente:
        here = queries.own_people(actor, peildatum=today, known_at=now, gemeente=keuze.gemeente)
        found = found.filter(persoon__in=here)
    if keuze.voorgeschiedenis is not None:
        found = found.filter(eerder_at__isnull=keuze.voorgeschiedenis is Voorgeschiedenis.NOOIT)
    oldest = F("beschikbaar_bevestigd_op").asc(nulls_first=True)
    waits = F("eerder_at").asc(nulls_first=True)
    found = found.order_by(*((waits, oldest) if keuze.volgorde is Mensvolgorde.LANGST_WACHTEND else (oldest,)), "pk")
    aantal = found.count()
    as_file = nummer is None
    nummer = min(max(nummer or 1, 1), max(1, ceil(aantal / PER_PAGE)))
    shown = list(found[:MOST_EXPORTED] if as_file else found[(nummer - 1) * PER_PAGE : nummer * PER_PAGE])
    lives = queries.gemeenten_of_people((p.persoon_id for p in shown), peildatum=today, known_at=now)
    regels = tuple(
        Wachtende(
            persoon_id=p.persoon_id,
            naam="" if as_file else mensen.shown_name(p),
            gemeente=lives.get(p.persoon_id, ""),
            bevestigd_op=p.beschikbaar_bevestigd_op,
            eerder_op=day_of(p.eerder_at) if p.eerder_at else None,
        )
        for p in shown
    )
    handeling = ZONDER_VOORDRACHT_OPGEHAALD if as_file else ZONDER_VOORDRACHT_BEKEKEN
    mensen.log_looks(actor, handeling, shown, pagina=None if as_file else nummer, now=now)
    return Wachtendenpagina(regels, nummer, aantal)


def _waiting(actor: Actor, now: datetime) -> QuerySet[Any]:
    today = day_of(now)
    asked = contact.visible_to(actor, now=now).order_by()
    lives = Q(status__in=LOPEND) | Q(status=Voorstelstatus.JA)
    busy = asked.filter(lives, verzoek__status=Contactstatus.OPEN).values("persoon")
    works = (
        plaatsingen.visible_to(actor, now=now)
        .filter(Q(status=Plaatsingstatus.VOORGENOMEN) | Q(status=Plaatsingstatus.LOPEND))
        .order_by()
        .values("persoon")
    )
    latest = asked.filter(persoon=OuterRef("persoon")).values("persoon").annotate(n=Max("voorgesteld_at")).values("n")
    own: QuerySet[Klantprofiel] = profielen.visible_to(actor, peildatum=today, known_at=now)
    return (
        own.filter(visible_q(today))
        .exclude(persoon__in=busy)
        .exclude(persoon__in=works)
        .annotate(eerder_at=Subquery(latest))
        .select_related("persoon")
    )


def stand(actor: Actor, *, now: datetime) -> Stand:
    """How much there is to do in the region and among the own people; no names. Four queries.

    Raises `PermissionDenied`.
    """
    regio = region_of(actor)
    known = _put_forward(regio)
    found = _open(actor, regio, day_of(now)).order_by()
    without = list(_without(found, known).values_list("telling__passend", flat=True))
    return Stand(
        open=found.count(),
        zonder_match=len(without),
        niemand_past=sum(1 for passend in without if passend == 0),
        mensen=_waiting(actor, now).order_by().count(),
    )


# --- Counting who fits -------------------------------------------------------------------------------------------


VERS = timedelta(hours=20)
"""So long a count is good, unless the vacature changes: who can be found changes by the day."""


def to_count(*, now: datetime) -> QuerySet[Vacature]:
    """The open vacatures that were not counted, or too long ago, or before they changed; the longest ago first."""
    stale = Q(telling__isnull=True) | Q(telling__geteld_at__lt=now - VERS) | Q(telling__geteld_at__lt=F("gewijzigd_at"))
    found = Vacature.objects.filter(stale, status=Vacaturestatus.OPEN, soort=Vacaturesoort.VACATURE).exclude(regio="")
    return found.order_by(F("telling__geteld_at").asc(nulls_first=True), "pk")


def keep_counts(counts: Iterable[tuple[UUID, int]], *, now: datetime) -> int:
    """Keep how many people fit each of these vacatures; returns how many vacatures."""
    rows = [Vacaturetelling(vacature_id=pk, passend=passend, geteld_at=now) for pk, passend in counts]
    Vacaturetelling.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["vacature"], update_fields=["passend", "geteld_at"]
    )
    return len(rows)
