"""The classes behind the cards: how many people a card must fit, who is shown as which, and how that changes in time.

- A class opens at fifteen people and is hidden in the transaction that leaves it with fewer than ten; the database does
  the latter whoever writes (`migrations/0021_venster_rechten`).
- Classes are cells of a fixed hierarchy (`kenmerken`). Once a week newcomers join the finest open cell they fit, or
  open one together. Who is shown stays shown as the same; only a class that closed gives up its members, to a coarser
  one. Nobody is ever shown finer than in the last thirty days.
- Whoever no longer fits what the card says moves at the next publication, as a newcomer.
- A class says nothing but its values. Who wants to show more has a card of their own and counts in no class.
"""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from django.utils import timezone

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import kaartnummers, zoekregels
from banenafspraak.bemiddeling.kenmerken import (
    KENMERKEN,
    Cijfers,
    Kaartwaarden,
    Zoekregel,
    finest,
    fits,
    level_of,
    levels,
)
from banenafspraak.bemiddeling.models import (
    HIDES_BELOW,
    OPENS_AT,
    Bewaardekaart,
    Klasse,
    Klasselid,
    Klassevloer,
    Vindbaarheid,
)
from banenafspraak.bemiddeling.wens import Wens
from banenafspraak.bemiddeling.zoekindex import Zoekindex

__all__ = ["HIDES_BELOW", "OPENS_AT", "Publicatie", "assign", "expire", "members_for_contact", "publish", "values_of"]

KEEPS_CHANGES = timedelta(hours=24)
"""How long a process may go without reading what changed before it must read everything (`zoekindex`)."""


@dataclass(frozen=True)
class Publicatie:
    """What a weekly publication did: people who joined, classes that opened, and people who still wait for others."""

    toegevoegd: int
    verplaatst: int
    geopend: int
    wachtend: int


@dataclass(frozen=True)
class Kandidaat:
    """Somebody to be placed: the finest a card could say, and the class that must not be refined, if any."""

    profiel_id: UUID
    versie: int
    fijnst: Kaartwaarden
    vloer: Kaartwaarden | None = None


def values_of(klasse: Klasse) -> Kaartwaarden:
    """What a class says."""
    return tuple(getattr(klasse, kenmerk) for kenmerk in KENMERKEN)


def assign(kandidaten: list[Kandidaat], open_klassen: Iterable[Kaartwaarden]) -> list[Kaartwaarden | None]:
    """The class of each, or None for who has to wait. Pure: the same people and classes give the same answer.

    Goes through the cells from those that tell an employer most to those that tell least; who is left joins a cell that
    is open, or opens one with at least fourteen others.
    """
    cijfers = Cijfers([one.fijnst for one in kandidaten])
    placed: list[Kaartwaarden | None] = [None] * len(kandidaten)
    floors = _floors(kandidaten)
    open_keys = np.array(
        sorted({key for card in open_klassen if (key := cijfers.key_of(card)) is not None}), dtype=np.int64
    )
    waiting = np.arange(len(kandidaten))
    for combination in levels():
        if not len(waiting):
            break
        rows = waiting
        if floors is not None:
            rows = rows[(floors[rows] <= np.array(combination)).all(axis=1)]
        keys = cijfers.keys(combination, rows)
        found, inverse, counts = np.unique(keys, return_inverse=True, return_counts=True)
        chosen = (counts >= OPENS_AT) | np.isin(found, open_keys)
        if not chosen.any():
            continue
        cards = {at: cijfers.card(int(found[at])) for at in np.flatnonzero(chosen)}
        taken = chosen[inverse]
        for row, at in zip(rows[taken], inverse[taken], strict=True):
            placed[row] = cards[at]
        waiting = np.setdiff1d(waiting, rows[taken], assume_unique=True)
    return placed


def _floors(kandidaten: list[Kandidaat]) -> np.ndarray | None:
    if all(one.vloer is None for one in kandidaten):
        return None
    nothing = (0,) * len(KENMERKEN)
    return np.array([_levels_of(one.vloer) if one.vloer else nothing for one in kandidaten], dtype=np.int64)


def _levels_of(card: Kaartwaarden) -> tuple[int, ...]:
    return tuple(level_of(kenmerk, value) for kenmerk, value in zip(KENMERKEN, card, strict=True))


# --- Who is behind a card, for who asks for contact -----------------------------------------------------------------


def members_for_contact(
    kaart_id: str,
    *,
    organisatie_id: int,
    wens: Wens | None = None,
    now: datetime,
    al_gevraagd: Collection[UUID] = (),
) -> list[UUID]:
    """The people behind a card in the order in which they are to be asked; empty when the card is gone.

    `kaart_id` is the number of the card in an address of this employer, or the id of a card it saved. Who fits the wish
    best comes first, equal ones by chance. Left out: who hides from this employer, and who was asked already. For the
    action that asks, never for a page: the employer may not see this.
    """
    today = timezone.localtime(now).date()
    nummer, bewaard_at = _card_behind(kaart_id, organisatie_id=organisatie_id, now=now)
    if nummer is None:
        return []
    klasse_id, van_nummer = (nummer, None) if nummer > 0 else (None, -nummer)
    with zoekregels.reading(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT profiel_id FROM bemiddeling_klasseleden(%s, %s, %s, %s, %s)",
            [klasse_id, van_nummer, organisatie_id, today, bewaard_at],
        )
        people = [pk for (pk,) in cursor.fetchall() if pk not in set(al_gevraagd)]
    chance = secrets.SystemRandom()
    chance.shuffle(people)
    if wens is None or not people:
        return people
    index = Zoekindex()
    index.fill_only(people, peildatum=today)
    points = index.points_of(wens, people)
    return sorted(people, key=lambda one: -points.get(one, -1))


def _card_behind(kaart_id: str, *, organisatie_id: int, now: datetime) -> tuple[int | None, datetime | None]:
    """The number of a card, and since when it was saved."""
    try:
        saved = Bewaardekaart.objects.filter(pk=UUID(kaart_id), organisatie=organisatie_id, vervalt_at__gt=now).first()
    except ValueError:
        return kaartnummers.read(kaart_id, organisatie_id=organisatie_id, now=now), None
    if saved is None:
        return None, None
    if saved.vindbaarheid_id is not None:
        return -saved.vindbaarheid_id, None
    return saved.klasse_id, saved.bewaard_at


# --- The weekly publication ---------------------------------------------------------------------------------------


def publish(*, actor: Actor, now: datetime) -> Publicatie:
    """Place newcomers, members of closed classes, and whoever no longer fits their card. Once a week, by the queue.

    Looks first and writes later: between them everything that makes somebody invisible goes on. Under the lock that
    stops it, whoever changed meanwhile is left for the next publication.
    """
    require(actor, Permission.KAARTEN_PUBLISH)
    today = timezone.localtime(now).date()
    with transaction.atomic():
        regels = [one for one in zoekregels.read(None, peildatum=today) if one.is_visible_on(today)]
    kandidaten, members = _kandidaten(regels, now)
    open_klassen = [values_of(klasse) for klasse in Klasse.objects.filter(open=True)]
    cards = assign(kandidaten, open_klassen)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE bemiddeling_klasselid IN SHARE ROW EXCLUSIVE MODE")
        expire(actor=actor, now=now)
        done = _write(kandidaten, cards, members, now)
        logboek.record(
            actor=actor,
            handeling="kaarten gepubliceerd",
            details={"toegevoegd": done.toegevoegd, "verplaatst": done.verplaatst, "geopend": done.geopend},
            now=now,
        )
    return done


def _kandidaten(regels: list[Zoekregel], now: datetime) -> tuple[list[Kandidaat], dict[UUID, tuple[int, bool]]]:
    """Who is to be placed, and of those who is a member now: the class, and whether the card still fits."""
    today = timezone.localtime(now).date()
    klassen = {klasse.pk: klasse for klasse in Klasse.objects.all()}
    cards = {pk: values_of(klasse) for pk, klasse in klassen.items()}
    member_of = dict(Klasselid.objects.values_list("profiel_id", "klasse_id"))
    floor_of = dict(Klassevloer.objects.filter(tot_at__gt=now).values_list("profiel_id", "klasse_id"))
    alone = set(Vindbaarheid.objects.values_list("profiel_id", flat=True))
    kandidaten, members = [], {}
    for regel in regels:
        if regel.profiel_id in alone:
            continue
        fijnst = finest(regel, today)
        klasse_id = member_of.get(regel.profiel_id)
        if klasse_id is not None:
            still_fits = fits(fijnst, cards[klasse_id])
            if still_fits and klassen[klasse_id].open:
                continue
            members[regel.profiel_id] = (klasse_id, still_fits)
        floor = cards.get(klasse_id or floor_of.get(regel.profiel_id, 0))
        if floor is not None and not fits(fijnst, floor):
            floor = None
        kandidaten.append(Kandidaat(regel.profiel_id, regel.versie, fijnst, floor))
    return kandidaten, members


_UNCHANGED = """
SELECT u.id FROM unnest(%s::uuid[], %s::int[]) AS u (id, versie)
JOIN bemiddeling_klantprofiel AS p ON p.id = u.id AND p.versie = u.versie
JOIN bemiddeling_zicht(%s::uuid[]) AS z ON z.profiel_id = u.id AND %s BETWEEN z.vanaf AND z.tot
WHERE NOT EXISTS (SELECT FROM bemiddeling_vindbaarheid AS v WHERE v.profiel_id = u.id)
"""
_JOIN = """
INSERT INTO bemiddeling_klasselid (profiel_id, klasse_id, sinds_at, zichtbaar_tot)
SELECT u.id, u.klasse_id, %s, z.tot FROM unnest(%s::uuid[], %s::bigint[]) AS u (id, klasse_id)
JOIN bemiddeling_zicht(%s::uuid[]) AS z ON z.profiel_id = u.id
ON CONFLICT (profiel_id) DO NOTHING
"""
_MOVE = """
UPDATE bemiddeling_klasselid AS l SET klasse_id = u.klasse_id, sinds_at = %s
FROM unnest(%s::uuid[], %s::bigint[], %s::bigint[]) AS u (id, klasse_id, was)
WHERE l.profiel_id = u.id AND l.klasse_id = u.was
"""
_LEAVE = """
DELETE FROM bemiddeling_klasselid AS l USING unnest(%s::uuid[], %s::bigint[]) AS u (id, was)
WHERE l.profiel_id = u.id AND l.klasse_id = u.was
"""


def _write(
    kandidaten: list[Kandidaat],
    cards: list[Kaartwaarden | None],
    members: dict[UUID, tuple[int, bool]],
    now: datetime,
) -> Publicatie:
    today = timezone.localtime(now).date()
    ids = [one.profiel_id for one in kandidaten]
    with connection.cursor() as cursor:
        cursor.execute(_UNCHANGED, [ids, [one.versie for one in kandidaten], ids, today])
        unchanged = {pk for (pk,) in cursor.fetchall()}
        joins: list[tuple[UUID, Kaartwaarden]] = []
        moves: list[tuple[UUID, Kaartwaarden, int]] = []
        leaves: list[tuple[UUID, int]] = []
        for one, card in zip(kandidaten, cards, strict=True):
            was = members.get(one.profiel_id)
            if was is not None and (card is None or one.profiel_id not in unchanged):
                # A card that does not fit any more is not kept up for want of a better one.
                if not was[1]:
                    leaves.append((one.profiel_id, was[0]))
            elif card is not None and one.profiel_id in unchanged:
                if was is None:
                    joins.append((one.profiel_id, card))
                else:
                    moves.append((one.profiel_id, card, was[0]))
        of_card = _ensure([*(card for _, card in joins), *(card for _, card, _ in moves)])
        joined = [pk for pk, _ in joins]
        cursor.execute(_JOIN, [now, joined, [of_card[card] for _, card in joins], joined])
        added = cursor.rowcount
        cursor.execute(
            _MOVE,
            [now, [pk for pk, _, _ in moves], [of_card[card] for _, card, _ in moves], [was for *_, was in moves]],
        )
        moved = cursor.rowcount
        cursor.execute(_LEAVE, [[pk for pk, _ in leaves], [was for _, was in leaves]])
    opened = Klasse.objects.filter(open=False, aantal__gte=OPENS_AT).update(open=True)
    shown = sum(card is not None for card in cards)
    return Publicatie(added, moved, opened, len(kandidaten) - shown)


def _ensure(cards: list[Kaartwaarden]) -> dict[Kaartwaarden, int]:
    """The id of each of these cells; those that never existed are made, closed."""
    wanted = set(cards)
    known = {values_of(klasse): klasse.pk for klasse in Klasse.objects.all()}
    Klasse.objects.bulk_create(
        [Klasse(**dict(zip(KENMERKEN, card, strict=True))) for card in sorted(wanted - set(known))], batch_size=1000
    )
    if wanted - set(known):
        known = {values_of(klasse): klasse.pk for klasse in Klasse.objects.all()}
    return {card: known[card] for card in wanted}


def expire(*, actor: Actor, now: datetime) -> int:
    """Take out whose 'beschikbaar' or registration ended; they did not count any more since. Every hour.

    Also forgets what is of no use any more: who was shown as what more than thirty days ago, and changes that every
    process has read.
    """
    require(actor, Permission.KAARTEN_PUBLISH)
    today = timezone.localtime(now).date()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM bemiddeling_klasselid WHERE zichtbaar_tot < %s", [today])
        expired: int = cursor.rowcount
        cursor.execute("DELETE FROM bemiddeling_klassevloer WHERE tot_at <= %s", [now])
        old = now - 2 * KEEPS_CHANGES
        cursor.execute("DELETE FROM bemiddeling_profielwijziging WHERE gewijzigd_at < %s", [old])
        cursor.execute("DELETE FROM bemiddeling_klassewijziging WHERE gewijzigd_at < %s", [old])
    return expired
