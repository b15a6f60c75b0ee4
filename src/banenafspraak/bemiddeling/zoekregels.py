"""Reading what the search and the classes take from the klantprofielen: all of them, or those that changed.

The rows come from one function of the database that holds no name, BSN or free text. It is read under a role of its
own, for the time of one statement, whoever the actor of the request is: no actor gains anything by it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import connection

from banenafspraak.access import gebieden
from banenafspraak.access.rechten import ZOEKINDEX
from banenafspraak.bemiddeling import beroepen, postcodes, werksoorten
from banenafspraak.bemiddeling.beroepen import Beroepentabel
from banenafspraak.bemiddeling.kenmerken import Zoekregel
from banenafspraak.bemiddeling.postcodes import REGIOS, Postcodetabel

# Of an opleiding that is known by its own level, the level of working and thinking (VUM 1.5).
_NIVEAU_OF_OPLEIDING = {1: 2, 2: 3, 3: 4, 4: 4, 5: 5, 6: 6}


_PART = 5_000


@contextmanager
def reading() -> Iterator[None]:
    """Read as the index for the time of the block. Raises `RuntimeError` outside a transaction."""
    if not connection.in_atomic_block:
        raise RuntimeError("the index reads inside a transaction")
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        [before] = cursor.fetchone()
        cursor.execute("SELECT set_config('role', %s, true)", [ZOEKINDEX])
    yield
    # After an error the transaction is over, and the role with it.
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('role', %s, true)", [before])


@dataclass(frozen=True)
class Wijzigingen:
    """Whether profiles or cards changed, and the oldest transaction that may still be writing.

    Who reads from that `horizon` next time misses nothing: it is asked before the rows, so that what is committed
    between the two is read twice, never not.
    """

    horizon: str
    profielen: bool
    klassen: bool


def changed_since(horizon: str | None) -> Wijzigingen:
    """What changed since an earlier horizon; everything since None. One query, for any actor: it names nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT horizon::text, profielen, klassen FROM bemiddeling_gewijzigd_sinds(%s::xid8)", [horizon])
        return Wijzigingen(*cursor.fetchone())


def read(sinds: str | None, *, peildatum: date, alleen: Iterable[UUID] | None = None) -> Iterator[Zoekregel]:
    """The rows: all (`sinds` None), or those that may have changed since that horizon; a profile that is gone has no
    days. They come in parts, so that the whole country is never held as Python objects. `alleen` names those wanted.
    """
    tabel, lijst = postcodes.table(), beroepen.table()
    # Few rows need no cursor of their own in the database.
    with connection.cursor() if sinds or alleen is not None else connection.chunked_cursor() as cursor:
        with reading():
            cursor.execute(
                "SELECT * FROM bemiddeling_zoekregels(%s::xid8, %s, %s::uuid[])",
                [sinds, peildatum, None if alleen is None else list(alleen)],
            )
        while rows := cursor.fetchmany(_PART):
            yield from (_regel(row, tabel, lijst, peildatum) for row in rows)


def _regel(row: tuple[Any, ...], tabel: Postcodetabel, lijst: Beroepentabel, peildatum: date) -> Zoekregel:
    (
        profiel_id, versie, vanaf, tot, postcode, gemeente, reisafstand, vervoer, rijbewijzen, uren_min, uren_max,
        dagen, beschikbaar_vanaf, sectoren, soorten, genoemd, niveau, niveaus, ervaring, onregelmatig, kantoortijden,
        taal, contracten, overeenkomsten,
    ) = row  # fmt: skip
    if versie is None:
        return Zoekregel(profiel_id)
    plek, regio = _where(postcode or "", gemeente or "", tabel, peildatum)
    wanted = dict.fromkeys(code for code in soorten if code in werksoorten.WERKSOORTEN)
    wanted |= dict.fromkeys(code for text in genoemd if (code := lijst.werksoort_of(text)))
    past = tuple(code for one in ervaring or () if (code := lijst.werksoort_of(one)))
    return Zoekregel(
        profiel_id=profiel_id,
        versie=versie,
        vanaf=vanaf,
        tot=tot,
        plek=plek,
        gemeente=gemeente or "",
        regio=regio,
        reisafstand=reisafstand,
        vervoermiddelen=tuple(vervoer),
        rijbewijzen=None if rijbewijzen is None else tuple(rijbewijzen),
        uren_min=uren_min,
        uren_max=uren_max,
        dagen=dagen,
        beschikbaar_vanaf=beschikbaar_vanaf,
        sectoren=tuple(sectoren),
        werksoorten=tuple(wanted),
        werkvelden=_werkvelden(tuple(wanted)),
        niveau=niveau or max((_NIVEAU_OF_OPLEIDING.get(one, 0) for one in niveaus or ()), default=0) or None,
        ervaring=None if ervaring is None else _werkvelden(past),
        ervaren_in=tuple(dict.fromkeys(past)),
        onregelmatig=onregelmatig,
        kantoortijden=kantoortijden,
        taal=taal or None,
        contracten=tuple(contracten),
        overeenkomsten=tuple(overeenkomsten),
    )


def _where(postcode: str, gemeente: str, tabel: Postcodetabel, peildatum: date) -> tuple[int, str]:
    """The row of the postcode (-1 without one), and the region: of the postcode, else of where somebody lives."""
    place = tabel.place_of(int(postcode[:4])) if postcode else None
    if place is not None and tabel.regio[place] >= 0:
        return place, REGIOS[tabel.regio[place]]
    return -1 if place is None else place, _regio(gemeente, peildatum)


@lru_cache(maxsize=4096)
def _regio(gemeente: str, peildatum: date) -> str:
    return gebieden.regio_op(gemeente, peildatum) or ""


@lru_cache(maxsize=16384)
def _werkvelden(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The werkvelden of these kinds of work, the most frequent first."""
    counted: dict[str, int] = {}
    for code in codes:
        werkveld = werksoorten.WERKSOORTEN[code].werkveld
        counted[werkveld] = counted.get(werkveld, 0) + 1
    return tuple(sorted(counted, key=lambda werkveld: -counted[werkveld]))
