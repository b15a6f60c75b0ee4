"""Who suits which vacature: matching with the index and the database in front of it.

For a bemiddelaar the people of the own gemeente or region for a vacature, and vacatures for one of those people; for a
person the vacatures that everybody may read, with the reason why. Only people whom employers may find that day are put
in a list, and nobody who hides from that very employer. Everybody who is shown is written in the logboek.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import ceil
from typing import TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import beroepen, matching, mensen, postcodes, profielen, vacatures, zoekregels
from banenafspraak.bemiddeling.matchindex import INDEX, Matchindex, mens_of
from banenafspraak.bemiddeling.matching import Plaats, Richting, Uitslag, Vacaturevraag, Werkzoekende, judge
from banenafspraak.bemiddeling.models import Klantprofiel, OpenbareVacature, Vacature
from banenafspraak.bemiddeling.profielzicht import visible_q
from banenafspraak.bemiddeling.vacaturerecord import (
    VacatureRecord,
    Vacaturesoort,
    Vacaturestatus,
    all_rijbewijzen,
    all_werksoorten,
    highest_niveau,
)
from banenafspraak.register import personen
from banenafspraak.register.moment import day_of

PER_PAGE = 20
MEESTE = 200
"""How far a list of matches goes."""
_FEW = 3_000
"""So many people are read for one list; with more of them the index of the process is used, which holds everybody."""
_MEESTE_BANEN = 1_000
_DUTCH = "nld"
_TAKEN_TOO = 3
"""How many kinds of work of its tasks a vacature without a kind of its own is taken for."""

MATCHES_BEKEKEN = "matches bij vacature bekeken"
BANEN_BEKEKEN = "passende banen van kandidaat bekeken"
EIGEN_BANEN_BEKEKEN = "eigen passende banen bekeken"

K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True)
class Mensmatch:
    """Somebody who could do the job, and why. Without a name in the profile there is the BSN, as everywhere."""

    persoon_id: UUID
    naam: str
    uitslag: Uitslag


@dataclass(frozen=True)
class Matchpagina:
    """One page of people for a vacature. `aantal` could match; the list goes no further than `MEESTE`."""

    vacature: Vacature
    record: VacatureRecord
    matches: tuple[Mensmatch, ...]
    aantal: int
    getoond: int
    nummer: int


@dataclass(frozen=True)
class Baanmatch:
    """A vacature that could suit somebody, and why."""

    vacature: Vacature | OpenbareVacature
    record: VacatureRecord
    uitslag: Uitslag


@dataclass(frozen=True)
class Banenlijst:
    """The vacatures that suit somebody best. `naam` is for who may see it; `bekend` whether there is a profile."""

    matches: tuple[Baanmatch, ...]
    aantal: int
    naam: str = ""
    bekend: bool = True


# --- What a vacature asks ----------------------------------------------------------------------------------------


def vraag_of(record: VacatureRecord, *, peildatum: date) -> Vacaturevraag:
    """What matching takes from a vacature; the one place where that is decided.

    Without a kind of work of its own it is the first of its occupation that our list knows, or those of its tasks. A
    place that public transport does not reach asks an engine.
    """
    plek = postcodes.table().find(record.postcode) if record.postcode else None
    asked = [one.mondeling for one in record.taalbeheersing if one.code_taal == _DUTCH and one.mondeling]
    irregular = record.indicatie_onregelmatig_werk_of_ploegendienst
    transport = frozenset(record.vervoermiddelen)
    if not transport and record.bereikbaar_met_ov is False:
        transport = matching.GEMOTORISEERD
    return Vacaturevraag(
        peildatum=peildatum,
        werksoorten=_kinds_of(record),
        ervaring_gevraagd=bool(record.aantal_jaren_werkzaam_in_beroep),
        plek=(plek.x, plek.y) if plek else None,
        uren_min=record.aantal_werkuren_per_week_minimaal,
        uren_max=record.aantal_werkuren_per_week_maximaal,
        dagen=int(record.werkdagen) if record.werkdagen is not None else None,
        onregelmatig=False if irregular is None and record.indicatie_kantoortijden else irregular,
        niveau=highest_niveau(record),
        rijbewijzen=frozenset(all_rijbewijzen(record)),
        vervoermiddelen=transport,
        taal=max(asked, default=None),
        contracten=frozenset(record.typen_arbeidscontract),
        overeenkomsten=frozenset(record.typen_overeenkomst),
        begint_op=record.datum_aanvang_werkzaamheden,
    )


def _kinds_of(record: VacatureRecord) -> tuple[str, ...]:
    lijst = beroepen.table()
    for text in (record.werksoort, record.code_beroepsnaam, record.naam_beroep, record.naam_vacature):
        if text and (code := lijst.werksoort_of(text)):
            return (code,)
    return tuple(code for one in all_werksoorten(record) if (code := lijst.werksoort_of(one)))[:_TAKEN_TOO]


# --- People for a vacature ---------------------------------------------------------------------------------------


@transaction.atomic
def look_at_people(*, actor: Actor, vacature_id: UUID, nummer: int = 1, now: datetime) -> Matchpagina:
    """One page of the own people for a vacature, the best first, each with every reason. Logs each person.

    A number past the end gives the last page. Raises `PermissionDenied`; `Vacature.DoesNotExist` for one that this
    bemiddelaar does not see.
    """
    require(actor, Permission.MATCH_VIEW)
    require(actor, Permission.CONTACT_HANDLE)
    today = day_of(now)
    vacature = vacatures.visible_to(actor).get(pk=vacature_id)
    record = vacatures.record_of(vacature)
    vraag = vraag_of(record, peildatum=today)
    people = _findable(actor, now)
    ids = set(people.values_list("pk", flat=True))
    ids -= _hiding_from(vacature.werkgever_id, ids)
    found = _index_of(ids, today).rank(vraag, peildatum=today, limit=MEESTE, zaad=seed_of(vacature.pk), alleen=ids)
    pages = max(1, ceil(len(found.beste) / PER_PAGE))
    nummer = min(max(nummer, 1), pages)
    shown = [pk for pk, _ in found.beste[(nummer - 1) * PER_PAGE : nummer * PER_PAGE]]
    told = reasons_of(shown, vraag)
    by_id = people.select_related("persoon").in_bulk(shown)
    matches = tuple(
        Mensmatch(
            by_id[pk].persoon_id, mensen.name_of(by_id[pk]) or personen.bsn_of(by_id[pk].persoon).reveal(), told[pk]
        )
        for pk in shown
    )
    _log(actor, MATCHES_BEKEKEN, by_id.values(), onderwerp=str(vacature.pk), pagina=nummer, now=now)
    return Matchpagina(vacature, record, matches, found.aantal, len(found.beste), nummer)


def reasons_of(profielen_ids: Iterable[UUID], vraag: Vacaturevraag) -> dict[UUID, Uitslag]:
    """Every reason for these people and this vacature, read anew; who has no profile any more is left out."""
    ids = list(profielen_ids)
    if not ids:
        return {}
    tabel, groepen = postcodes.table(), beroepen.table().groepen
    return {
        regel.profiel_id: judge(mens_of(regel, tabel), vraag, Richting.MENSEN, groepen=groepen)
        for regel in zoekregels.read(None, peildatum=vraag.peildatum, alleen=ids)
        if regel.versie
    }


def seed_of(vacature_id: UUID) -> int:
    """The seed of the lot of a vacature (`matching.lot`)."""
    return int.from_bytes(vacature_id.bytes[-4:], "big")


def _findable(actor: Actor, now: datetime) -> QuerySet[Klantprofiel]:
    """The own people whom employers may find today."""
    today = day_of(now)
    return profielen.visible_to(actor, peildatum=today, known_at=now).filter(visible_q(today))


def _index_of(ids: set[UUID], today: date) -> Matchindex:
    if len(ids) > _FEW:
        INDEX.refresh(today)
        return INDEX
    index = Matchindex()
    index.fill_only(ids, peildatum=today)
    return index


def _hiding_from(organisatie_id: int | None, ids: set[UUID]) -> set[UUID]:
    """Who of these does not want to be found by this employer."""
    if organisatie_id is None or not ids:
        return set()
    with connection.cursor() as cursor, zoekregels.reading():
        cursor.execute("SELECT profiel_id FROM bemiddeling_verbergt_zich(%s, %s::uuid[])", [organisatie_id, list(ids)])
        return {pk for (pk,) in cursor.fetchall()}


# --- Vacatures for a person --------------------------------------------------------------------------------------


@transaction.atomic
def look_at_banen(*, actor: Actor, persoon_id: UUID, now: datetime) -> Banenlijst:
    """The open vacatures that suit one of the own people best; logs the person.

    Raises `PermissionDenied`, `Klantprofiel.DoesNotExist`.
    """
    require(actor, Permission.MATCH_VIEW)
    require(actor, Permission.CONTACT_HANDLE)
    today = day_of(now)
    profiel = (
        profielen.visible_to(actor, peildatum=today, known_at=now).select_related("persoon").get(persoon=persoon_id)
    )
    open_ones = vacatures.visible_to(actor).filter(
        Q(sluitingsdatum_vacature__isnull=True) | Q(sluitingsdatum_vacature__gte=today),
        status=Vacaturestatus.OPEN,
        soort=Vacaturesoort.VACATURE,
    )
    matches, aantal = _best(profiel.pk, open_ones, today)
    _log(actor, BANEN_BEKEKEN, [profiel], now=now)
    return Banenlijst(matches, aantal, mensen.name_of(profiel) or personen.bsn_of(profiel.persoon).reveal())


@transaction.atomic
def own_banen(*, actor: Actor, now: datetime) -> Banenlijst:
    """The vacatures that everybody may read and that suit the person who asks best; logged as the own look.

    Raises `PermissionDenied`.
    """
    require(actor, Permission.MATCH_VIEW)
    today = day_of(now)
    profiel = profielen.visible_to(actor, peildatum=today, known_at=now).select_related("persoon").first()
    if profiel is None:
        return Banenlijst((), 0, bekend=False)
    matches, aantal = _best(profiel.pk, vacatures.public(today), today)
    _log(actor, EIGEN_BANEN_BEKEKEN, [profiel], now=now)
    return Banenlijst(matches, aantal)


def _best(
    profiel_id: UUID, open_ones: QuerySet[Vacature] | QuerySet[OpenbareVacature], today: date
) -> tuple[tuple[Baanmatch, ...], int]:
    """The best page of vacatures for this profile, and how many could match."""
    tabel = postcodes.table()
    [regel] = zoekregels.read(None, peildatum=today, alleen=[profiel_id])
    mens = mens_of(regel, tabel)
    suited = open_ones.filter(Q(geschikt__isnull=True) | Q(geschikt=True)).order_by("-geopend_op", "pk")
    places: dict[str, Plaats | None] = {}
    known = [(pk, _place_of(postcode, places)) for pk, postcode in suited.values_list("pk", "postcode")]
    near = within_reach(mens, known)
    rows = suited.in_bulk(near)
    records = {pk: vacatures.record_of(rows[pk]) for pk in near if pk in rows}
    vragen = [(pk, vraag_of(record, peildatum=today)) for pk, record in records.items()]
    best = best_banen(mens, vragen)
    return tuple(Baanmatch(rows[pk], records[pk], uitslag) for pk, uitslag in best[:PER_PAGE]), len(best)


def _place_of(postcode: str, known: dict[str, Plaats | None]) -> Plaats | None:
    pc4 = postcode[:4]
    if pc4 not in known:
        plek = postcodes.table().find(pc4)
        known[pc4] = (plek.x, plek.y) if plek else None
    return known[pc4]


def within_reach(mens: Werkzoekende, places: Sequence[tuple[K, Plaats | None]]) -> list[K]:
    """Of these vacatures with their places, those that are not too far, so that no other needs to be read.

    At most a thousand: the nearest, and among equals the first. Where nobody knows a place, it counts as near.
    """
    most = matching.MEESTE_KM if mens.reisafstand is None else min(mens.reisafstand, matching.MEESTE_KM)
    found = []
    for key, place in places:
        km = 0.0 if mens.plek is None or place is None else matching.kilometres(mens.plek, place)
        if km <= most:
            found.append((km, key))
    if len(found) > _MEESTE_BANEN:
        found = sorted(found, key=lambda one: one[0])[:_MEESTE_BANEN]
    return [key for _, key in found]


def best_banen(mens: Werkzoekende, vragen: Iterable[tuple[K, Vacaturevraag]]) -> list[tuple[K, Uitslag]]:
    """Which of these vacatures this person can match, the best first; equals in the order in which they came."""
    groepen = beroepen.table().groepen
    found = []
    for key, vraag in vragen:
        uitslag = judge(mens, vraag, Richting.BANEN, groepen=groepen)
        if not uitslag.uitgesloten:
            found.append((key, uitslag))
    return sorted(found, key=lambda one: -one[1].punten)


def _log(
    actor: Actor,
    handeling: str,
    shown: Iterable[Klantprofiel],
    *,
    onderwerp: str = "",
    pagina: int | None = None,
    now: datetime,
) -> None:
    indexes = sorted({personen.audit_index(one.persoon) for one in shown})
    if indexes:
        logboek.record_many(
            actor=actor,
            handeling=handeling,
            onderwerp=onderwerp,
            persoon_bsn_indexes=indexes,
            details={"pagina": pagina} if pagina else {},
            activiteit=Activiteit.BEMIDDELING,
            now=now,
        )
