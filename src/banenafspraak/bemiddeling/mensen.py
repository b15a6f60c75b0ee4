"""The people of a bemiddelaar: how much work waits, a list, and one person with the whole story.

Everybody who is shown is written in the logboek, one row for each person. Who they are is decided by the queries of
the nouns themselves (`profielen`, `contact`, `toestemmingen`, `register.queries`), and never here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from math import ceil
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import berichten, contact, plaatsingen, profielen, toestemmingen
from banenafspraak.bemiddeling.contactwoorden import LOPEND, Berichtsoort, Voorstelstatus
from banenafspraak.bemiddeling.models import Klantprofiel, Plaatsing, Toestemming, Voorstel, Voorstelstap
from banenafspraak.bemiddeling.profielrecord import Contact, ProfielRecord
from banenafspraak.bemiddeling.profielwoorden import Profielstatus
from banenafspraak.bemiddeling.wens import Wens
from banenafspraak.bemiddeling.zoekindex import Zoekindex
from banenafspraak.register import personen, queries
from banenafspraak.register.moment import day_of
from banenafspraak.wet.termijnen import werkdagen_later

PER_PAGE = 25
BELLEN_NA = 3
"""Working days after which somebody who did not answer is called."""
VERS = timedelta(days=60)

LIJST_BEKEKEN = "lijst van eigen kandidaten bekeken"
MENS_BEKEKEN = "dossier van kandidaat bekeken"
VERZOEK_BEKEKEN = "vraag om contact bekeken"
PLAATSING_BEKEKEN = "plaatsing bekeken"


class Zicht(StrEnum):
    """Which of the own people to show."""

    ALLE = "alle"
    TE_VINDEN = "te_vinden"
    AANVULLEN = "aanvullen"
    BEVESTIGEN = "bevestigen"
    VERZOEK = "verzoek"
    NIET_OPENBAAR = "niet_openbaar"


class Volgorde(StrEnum):
    """By what the list is ordered: who waits longest first, or what changed last."""

    BEVESTIGD = "bevestigd"
    GEWIJZIGD = "gewijzigd"
    VERZOEKEN = "verzoeken"


@dataclass(frozen=True)
class Werkvoorraad:
    """How much waits: people, requests to judge (and how many of those too late), questions out, people to call.

    `plaatsingen` is how many placements ask for attention now.
    """

    mensen: int
    te_vinden: int
    aanvullen: int
    bevestigen: int
    te_beoordelen: int
    te_laat: int
    gevraagd: int
    te_bellen: int
    plaatsingen: int


@dataclass(frozen=True)
class Mensregel:
    """One person of the list. `naam` is the name in the profile; without one there is the BSN."""

    persoon_id: UUID
    naam: str
    bsn: Bsn
    gemeente: str
    status: Profielstatus
    te_vinden: bool
    bevestigd_op: date | None
    verzoeken: int


@dataclass(frozen=True)
class Mensenpagina:
    """One page of the list, and how many people there are in all."""

    regels: tuple[Mensregel, ...]
    nummer: int
    aantal: int


@dataclass(frozen=True)
class Registratieregel:
    """That somebody is in the register, from which day and (the first day no longer) until when; the ground as code."""

    grond: str
    vanaf: date
    tot: date | None


@dataclass(frozen=True)
class Mens:
    """The whole story of one person as their bemiddelaar sees it."""

    persoon_id: UUID
    bsn: Bsn
    geboortedatum: date | None
    gemeente: str
    bereikbaar: Contact
    profiel: Klantprofiel
    te_vinden: bool
    record: ProfielRecord
    registraties: tuple[Registratieregel, ...]
    voorstellen: tuple[Voorstel, ...]
    stappen: tuple[Voorstelstap, ...]
    toestemmingen: tuple[Toestemming, ...]
    plaatsingen: tuple[Plaatsing, ...]


def supply(actor: Actor, *, now: datetime) -> Werkvoorraad:
    """How much work waits for this bemiddelaar. Three queries. Raises `PermissionDenied`."""
    require(actor, Permission.CONTACT_HANDLE)
    today = day_of(now)
    people = _people(actor, now).aggregate(
        mensen=Count("pk"),
        te_vinden=Count("pk", filter=_which(Zicht.TE_VINDEN, today)),
        aanvullen=Count("pk", filter=_which(Zicht.AANVULLEN, today)),
        bevestigen=Count("pk", filter=_which(Zicht.BEVESTIGEN, today)),
    )
    requests = (
        contact.visible_to(actor, now=now)
        .order_by()
        .aggregate(
            te_beoordelen=Count("pk", filter=Q(status=Voorstelstatus.VOORGESTELD)),
            te_laat=Count("pk", filter=Q(status=Voorstelstatus.VOORGESTELD, eerste_antwoord_op__lt=today)),
            gevraagd=Count("pk", filter=Q(status=Voorstelstatus.GEVRAAGD)),
            te_bellen=Count("pk", filter=to_call(now)),
        )
    )
    waiting = plaatsingen.waiting_for_attention(actor, now=now).count()
    return Werkvoorraad(**people, **requests, plaatsingen=waiting)


def to_call(now: datetime) -> Q:
    """Who was asked so many working days ago and did not answer."""
    day = day_of(now)
    while werkdagen_later(day, BELLEN_NA) > day_of(now):
        day -= timedelta(days=1)
    return Q(status=Voorstelstatus.GEVRAAGD, beoordeeld_at__date__lte=day)


@transaction.atomic
def look_at_page(
    *, actor: Actor, zicht: Zicht, volgorde: Volgorde, nummer: int, wens: Wens | None = None, now: datetime
) -> Mensenpagina:
    """One page of the own people; a number past the end gives the last. Logs each person.

    With a wish: only who fits it, by everything that is known of them, the best first; a missing answer leaves nobody
    out. Raises `PermissionDenied`.
    """
    require(actor, Permission.CONTACT_HANDLE)
    today = day_of(now)
    found = _people(actor, now).filter(_which(zicht, today))
    waiting = contact.visible_to(actor, now=now).filter(persoon=OuterRef("persoon"), status__in=LOPEND).order_by()
    counted = waiting.values("persoon").annotate(n=Count("pk")).values("n")
    with_requests = found.annotate(verzoeken=Coalesce(Subquery(counted), 0))
    if zicht is Zicht.VERZOEK:
        with_requests = with_requests.filter(verzoeken__gt=0)
    fitting = _best_first(list(with_requests.values_list("pk", flat=True)), wens, today) if wens else None
    aantal = with_requests.count() if fitting is None else len(fitting)
    nummer = min(max(nummer, 1), max(1, ceil(aantal / PER_PAGE)))
    oldest = F("beschikbaar_bevestigd_op").asc(nulls_first=True)
    order: dict[Volgorde, tuple[Any, ...]] = {
        Volgorde.BEVESTIGD: (oldest, "pk"),
        Volgorde.GEWIJZIGD: ("-gewijzigd_at", "pk"),
        Volgorde.VERZOEKEN: ("-verzoeken", oldest, "pk"),
    }
    part = slice((nummer - 1) * PER_PAGE, nummer * PER_PAGE)
    if fitting is None:
        shown = list(with_requests.order_by(*order[volgorde])[part])
    else:
        by_id = with_requests.in_bulk(fitting[part])
        shown = [by_id[pk] for pk in fitting[part]]
    lives = queries.gemeenten_of_people((p.persoon_id for p in shown), peildatum=today, known_at=now)
    regels = tuple(
        Mensregel(
            persoon_id=p.persoon_id,
            naam=name_of(p),
            bsn=personen.bsn_of(p.persoon),
            gemeente=lives.get(p.persoon_id, ""),
            status=Profielstatus(p.status),
            te_vinden=_can_be_found(p, today),
            bevestigd_op=p.beschikbaar_bevestigd_op,
            verzoeken=p.verzoeken,
        )
        for p in shown
    )
    log_looks(actor, LIJST_BEKEKEN, shown, pagina=nummer, now=now)
    return Mensenpagina(regels, nummer, aantal)


def _best_first(profielen: list[UUID], wens: Wens, today: date) -> list[UUID]:
    """Who of these people fits, the best first."""
    index = Zoekindex()
    index.fill_only(profielen, peildatum=today)
    points = index.points_of(wens, profielen)
    return sorted((pk for pk in profielen if points.get(pk, -1) >= 0), key=lambda pk: (-points[pk], pk))


@transaction.atomic
def look_at(*, actor: Actor, persoon_id: UUID, now: datetime) -> Mens:
    """One of the own people with everything; logged. Raises `PermissionDenied`, `Klantprofiel.DoesNotExist`."""
    require(actor, Permission.CONTACT_HANDLE)
    today = day_of(now)
    profiel = _people(actor, now).get(persoon=persoon_id)
    persoon = profiel.persoon
    record = profielen.record_of(profiel)
    known = queries.visible_to(actor, peildatum=today, known_at=now).filter(persoon=persoon_id).order_by("geldig", "pk")
    voorstellen = tuple(contact.visible_to(actor, now=now).filter(persoon=persoon_id).order_by("-voorgesteld_at", "pk"))
    lives = queries.gemeenten_of_people([persoon_id], peildatum=today, known_at=now)
    log_looks(actor, MENS_BEKEKEN, [profiel], now=now)
    return Mens(
        persoon_id=persoon_id,
        bsn=personen.bsn_of(persoon),
        geboortedatum=persoon.geboortedatum,
        gemeente=lives.get(persoon_id, ""),
        bereikbaar=record.contact,
        profiel=profiel,
        te_vinden=_can_be_found(profiel, today),
        record=record,
        registraties=tuple(Registratieregel(r.grond, r.geldig.lower, r.geldig.upper) for r in known),
        voorstellen=voorstellen,
        stappen=tuple(
            Voorstelstap.objects.filter(voorstel__in=voorstellen)
            .select_related("voorstel__werkgever")
            .order_by("at", "pk")
        ),
        toestemmingen=tuple(toestemmingen.visible_to(actor, now=now).filter(persoon=persoon_id)),
        plaatsingen=tuple(plaatsingen.visible_to(actor, now=now).filter(persoon=persoon_id)),
    )


@transaction.atomic
def ask_to_confirm(*, actor: Actor, persoon_ids: Iterable[UUID], now: datetime) -> int:
    """Leave a message for these of the own people: please look at your profile; returns for how many.

    Who has such a message waiting gets no second one. Raises `PermissionDenied`.
    """
    require(actor, Permission.CONTACT_HANDLE)
    chosen = _people(actor, now).filter(persoon__in=list(persoon_ids))
    waiting = berichten.waiting_for([p.persoon_id for p in chosen], soort=Berichtsoort.PROFIEL_BIJWERKEN)
    told = [p for p in chosen if p.persoon_id not in waiting]
    for profiel in told:
        berichten.leave(persoon_id=profiel.persoon_id, soort=Berichtsoort.PROFIEL_BIJWERKEN, now=now)
    if told:
        log_looks(actor, "gevraagd om profiel te bekijken", told, now=now)
    return len(told)


def people_to_choose(actor: Actor, *, voorstel: Voorstel, now: datetime, limit: int = 50) -> list[tuple[UUID, str]]:
    """Own people who can be found and whom this employer did not ask for this purpose, with their names.

    The one confirmed last comes first. Each is logged. Raises `PermissionDenied`.
    """
    require(actor, Permission.CONTACT_HANDLE)
    asked = Voorstel.objects.filter(werkgever=voorstel.werkgever_id, doel=voorstel.doel).values("persoon")
    found = _people(actor, now).filter(_which(Zicht.TE_VINDEN, day_of(now))).exclude(persoon__in=asked)
    shown = list(found.order_by(F("beschikbaar_bevestigd_op").desc(nulls_last=True), "pk")[:limit])
    log_looks(actor, LIJST_BEKEKEN, shown, now=now)
    return [(p.persoon_id, name_of(p) or personen.bsn_of(p.persoon).reveal()) for p in shown]


def record_of(actor: Actor, persoon_id: UUID, *, now: datetime) -> ProfielRecord:
    """The profile of one of the own people; the caller logs the look. Raises `Klantprofiel.DoesNotExist`."""
    return profielen.record_of(_people(actor, now).get(persoon=persoon_id))


def own_record(actor: Actor, *, now: datetime) -> ProfielRecord:
    """The own profile of the person who asks; empty without one."""
    profiel = _people(actor, now).first()
    return profielen.record_of(profiel) if profiel else ProfielRecord()


def name_of(profiel: Klantprofiel) -> str:
    """The name in a profile, for who may see it; empty when it has none."""
    return profielen.record_of(profiel).contact.naam


def shown_name(profiel: Klantprofiel) -> str:
    """The name in a profile, or else the number, for who may see it; the caller logs the look."""
    return name_of(profiel) or personen.bsn_of(profiel.persoon).reveal()


def names_of(actor: Actor, persoon_ids: Sequence[UUID], *, now: datetime) -> dict[UUID, str]:
    """The names (or else the numbers) of these of the own people; the caller logs the look."""
    found = _people(actor, now).filter(persoon__in=persoon_ids)
    return {p.persoon_id: shown_name(p) for p in found}


def log_requests(actor: Actor, voorstellen: Iterable[Voorstel], *, now: datetime) -> None:
    """Write down that these people were shown in a list of requests, or one of them on its own page."""
    indexes = sorted({bytes(v.betrokkene_index) for v in voorstellen})
    if indexes:
        logboek.record_many(
            actor=actor,
            handeling=VERZOEK_BEKEKEN,
            persoon_bsn_indexes=indexes,
            activiteit=Activiteit.BEMIDDELING,
            now=now,
        )


def log_placements(actor: Actor, shown: Iterable[Plaatsing], *, now: datetime) -> None:
    """Write down that the placements of these people were shown, one row for each person."""
    _log_indexes(actor, PLAATSING_BEKEKEN, {bytes(p.betrokkene_index) for p in shown}, Activiteit.PLAATSING, now)


def log_people(actor: Actor, persoon_ids: Sequence[UUID], *, now: datetime) -> None:
    """Write down that these people were shown by name, one row for each."""
    _log_indexes(actor, LIJST_BEKEKEN, personen.audit_indexes_of(persoon_ids), Activiteit.BEMIDDELING, now)


def _log_indexes(actor: Actor, handeling: str, indexes: Iterable[bytes], activiteit: Activiteit, now: datetime) -> None:
    found = sorted(set(indexes))
    if found:
        logboek.record_many(actor=actor, handeling=handeling, persoon_bsn_indexes=found, activiteit=activiteit, now=now)


def log_looks(
    actor: Actor, handeling: str, shown: Iterable[Klantprofiel], *, pagina: int | None = None, now: datetime
) -> None:
    """Write down that these people were shown, one row for each."""
    indexes = sorted({personen.audit_index(p.persoon) for p in shown})
    if indexes:
        logboek.record_many(
            actor=actor,
            handeling=handeling,
            persoon_bsn_indexes=indexes,
            details={"pagina": pagina} if pagina else {},
            activiteit=Activiteit.BEMIDDELING,
            now=now,
        )


def mail_address_of(persoon_id: UUID) -> str:
    """Somebody's own address, for a mail that says nothing; empty without one. For the queue only."""
    profiel = Klantprofiel.objects.filter(persoon=persoon_id).first()
    return profielen.record_of(profiel).contact.emailadres if profiel else ""


def _people(actor: Actor, now: datetime) -> QuerySet[Klantprofiel]:
    return profielen.visible_to(actor, peildatum=day_of(now), known_at=now).select_related("persoon")


def _can_be_found(profiel: Klantprofiel, today: date) -> bool:
    """As `_which` has it in the database: open, available, and said so not too long ago."""
    confirmed = profiel.beschikbaar_bevestigd_op
    fresh = confirmed is not None and confirmed > today - VERS
    return profiel.status == Profielstatus.OPENBAAR and profiel.beschikbaar is True and fresh


def _which(zicht: Zicht, today: date) -> Q:
    fresh = Q(beschikbaar_bevestigd_op__gt=today - VERS)
    match zicht:
        case Zicht.TE_VINDEN:
            return Q(status=Profielstatus.OPENBAAR, beschikbaar=True) & fresh
        case Zicht.AANVULLEN:
            return Q(status=Profielstatus.CONCEPT)
        case Zicht.BEVESTIGEN:
            return Q(status=Profielstatus.OPENBAAR) & (~fresh | Q(beschikbaar_bevestigd_op=None))
        case Zicht.NIET_OPENBAAR:
            return Q(status=Profielstatus.NIET_OPENBAAR)
    return Q()
