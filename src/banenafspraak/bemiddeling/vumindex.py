"""Who, and which vacatures, can be found through VUM: as columns in the process, so that a question costs no reading.

PostgreSQL is the source; before every question the index reads what was committed since the last one. It holds what the
standard lets a party ask for, and nothing that it does not: no needs, no flag of the register, no contact data.
"""

import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import numpy as np
from django.db import connection, transaction
from django.db.models import CharField, Count, Max, Q, QuerySet
from django.db.models.functions import Length

from banenafspraak.access import organisaties
from banenafspraak.bemiddeling import postcodes, vacaturerijen, zoekregels
from banenafspraak.bemiddeling.kolomtabel import Kolomtabel, Rij
from banenafspraak.bemiddeling.models import Vacature
from banenafspraak.bemiddeling.postcodes import Postcodetabel
from banenafspraak.bemiddeling.selectie import Selectie
from banenafspraak.bemiddeling.vacaturerecord import VacatureRecord, all_rijbewijzen, highest_niveau
from banenafspraak.bemiddeling.vensterindex import as_json
from banenafspraak.bemiddeling.vumwoorden import MAX_MATCHES

KILOMETRES = 1.0
"""What one unit of distance in a question is, and in a profile. The standard says kilometres."""
NIVEAU_ONBEKEND = 7
"""`codeWerkEnDenkniveauMinimaal` of a vacature that does not say it."""

_Kinds = dict[str, type[Any]]
_TAAL: _Kinds = {"code": str, "mondeling": int, "schriftelijk": int}
_WERK = {"uren_min": int, "uren_max": int, "onregelmatig": int}
_PLEK = {"bron": int, "plek": int}
PROFIEL = {**_PLEK, "reisafstand": int, **_WERK, "kantoortijden": int, "aanvang": date}
PROFIELLIJSTEN: dict[str, _Kinds] = {
    "beroep": {"code": str},
    "contract": {"code": str},
    "rijbewijs": {"code": str},
    "taal": _TAAL,
}
VACATURE = {**_PLEK, **_WERK, "beroep": str, "niveau": int, "aanvang": date}
VACATURELIJSTEN: dict[str, _Kinds] = {"rijbewijs": {"code": str}, "taal": _TAAL}

CharField.register_lookup(Length)

_PART = 5_000
_MOST_IDLE = 12 * 3600.0


@dataclass(frozen=True)
class Gevonden:
    """The keys of the first matches, the nearest first, and whether there are more of them than may be given."""

    sleutels: tuple[UUID, ...]
    meer: bool


class _Index:
    """What both have in common: the table, the lock, and finding."""

    def __init__(self, velden: dict[str, type[Any]], lijsten: dict[str, dict[str, type[Any]]]) -> None:
        self.tabel = Kolomtabel(velden, lijsten)
        self._lock = threading.RLock()
        self._postcodes: Postcodetabel | None = None
        self._day: date | None = None

    def forget(self) -> None:
        """Read everything at the next question."""
        with self._lock:
            self.tabel.clear()
            self._day = None

    def refresh(self, peildatum: date) -> None:
        """Read what was committed since the last time. In the role of who answers, inside a transaction."""
        raise NotImplementedError

    def find(self, selectie: Selectie, *, bron: int, peildatum: date, without: Iterable[UUID] = ()) -> Gevonden:
        """Who of this bron is within reach, from both sides, and meets the condition; `without` are left out."""
        with self._lock:
            self.refresh(peildatum)
            assert self._postcodes is not None
            plek = self._postcodes.find(selectie.postcode)
            if plek is None or not self.tabel.size:
                return Gevonden((), meer=False)
            distances = _kilometres(plek.x, plek.y, self._postcodes)
            distance = distances[np.maximum(self.tabel.column("plek"), 0)]
            near = self.tabel.alive & self.tabel.known("plek") & (self.tabel.column("bron") == bron)
            near &= distance <= selectie.afstand * KILOMETRES
            near = self._reaches(near, distance)
            near &= self.tabel.meets(selectie.condition)
            for sleutel in without:
                if (row := self.tabel.row_of(sleutel)) is not None:
                    near[row] = False
            rows = np.flatnonzero(near)
            first = rows[np.argsort(distance[rows], kind="stable")[:MAX_MATCHES]]
            return Gevonden(tuple(self.tabel.key_of(row) for row in first.tolist()), meer=len(rows) > MAX_MATCHES)

    def holds(self, sleutel: UUID, *, bron: int, peildatum: date) -> bool:
        """Whether this one can be found at this bron at all."""
        with self._lock:
            self.refresh(peildatum)
            row = self.tabel.row_of(sleutel) if self.tabel.size else None
            return row is not None and int(self.tabel.column("bron")[row]) == bron

    def _reaches(self, near: np.ndarray, distance: np.ndarray) -> np.ndarray:
        """Who of these would come that far; only people have a distance of their own."""
        return near

    def _place(self, postcode: str) -> int | None:
        assert self._postcodes is not None
        return self._postcodes.place_of(int(postcode[:4])) if postcode[:4].isdigit() else None


class Profielindex(_Index):
    """The profiles that are shared."""

    def __init__(self) -> None:
        super().__init__(PROFIEL, PROFIELLIJSTEN)
        self._horizon: str | None = None
        self._read_at = 0.0

    def refresh(self, peildatum: date) -> None:
        """Read what was committed since the last time; everything on another day."""
        now, tabel = time.monotonic(), postcodes.table()
        dead = self.tabel.size - int(self.tabel.alive.sum())
        stale = self._day != peildatum or self._postcodes is not tabel or now - self._read_at > _MOST_IDLE
        if stale or dead > 1000 + self.tabel.size // 4:
            self.tabel.clear()
            self._horizon = None
        self._postcodes = tabel
        changed = zoekregels.changed_since(self._horizon)
        if changed.profielen:
            with transaction.atomic():
                for part in _rows(self._horizon, peildatum):
                    self._take_in(part)
        self._horizon, self._day, self._read_at = changed.horizon, peildatum, now

    def _take_in(self, part: list[tuple[Any, ...]]) -> None:
        rows, gone = [], []
        for profiel_id, bron, postcode, reis, low, high, kantoor, onregelmatig, aanvang, *lists in part:
            if postcode is None:
                gone.append(profiel_id)
                continue
            contracten, rijbewijzen, beroepen, talen = lists
            velden = {
                "bron": bron,
                "plek": self._place(postcode),
                "reisafstand": reis,
                "uren_min": low,
                "uren_max": high,
                "kantoortijden": _code(kantoor),
                "onregelmatig": _code(onregelmatig),
                "aanvang": aanvang,
            }
            elements = {
                "beroep": _codes(beroepen),
                "contract": _codes(contracten),
                "rijbewijs": _codes(rijbewijzen),
                "taal": [
                    {
                        "code": one["code_taal"],
                        "mondeling": one.get("mondeling"),
                        "schriftelijk": one.get("schriftelijk"),
                    }
                    for one in as_json(talen)
                ],
            }
            rows.append(Rij(profiel_id, velden, elements))
        self.tabel.replace(rows, gone)

    def _reaches(self, near: np.ndarray, distance: np.ndarray) -> np.ndarray:
        own = self.tabel.column("reisafstand")
        reaches: np.ndarray = near & (~self.tabel.known("reisafstand") | (distance <= own * KILOMETRES))
        return reaches


class Vacatureindex(_Index):
    """The vacatures that are open to everybody."""

    def __init__(self) -> None:
        super().__init__(VACATURE, VACATURELIJSTEN)
        self._stand: object = None

    def refresh(self, peildatum: date) -> None:
        """Read them all when one was opened, changed or closed, or on another day."""
        tabel = postcodes.table()
        stand = shared_vacatures().aggregate(Count("pk"), Max("gewijzigd_at"))
        if self._day == peildatum and self._postcodes is tabel and self._stand == stand:
            return
        self.tabel.clear()
        self._postcodes = tabel
        found = shared_vacatures().exclude(sluitingsdatum_vacature__lt=peildatum).select_related("geplaatst_door")
        rest = organisaties.uwv()
        self.tabel.replace(
            self._row(one.pk, vacaturerijen.record_of(one), _bron(one, rest))
            for one in found.prefetch_related("taken").order_by("pk")
        )
        self._day, self._stand = peildatum, stand

    def _row(self, sleutel: UUID, record: VacatureRecord, bron: int | None) -> Rij:
        velden = {
            "bron": bron,
            "plek": self._place(record.postcode),
            "uren_min": record.aantal_werkuren_per_week_minimaal,
            "uren_max": record.aantal_werkuren_per_week_maximaal,
            "onregelmatig": _code(record.indicatie_onregelmatig_werk_of_ploegendienst),
            "beroep": record.code_beroepsnaam or None,
            "niveau": highest_niveau(record) or NIVEAU_ONBEKEND,
            "aanvang": record.datum_aanvang_werkzaamheden,
        }
        talen: list[dict[str, Any]] = [
            {"code": one.code_taal, "mondeling": one.mondeling, "schriftelijk": one.schriftelijk}
            for one in record.taalbeheersing
        ]
        return Rij(sleutel, velden, {"rijbewijs": _codes(all_rijbewijzen(record)), "taal": talen})


def shared_vacatures() -> QuerySet[Vacature]:
    """What is open to everybody, and what a supplier delivered.

    VUM has no KvK number, so what comes from there waits here as a draft; its supplier offers it to VUM all the same.
    The standard wants the letters of the postcode too.
    """
    offered = Q(status="open", openbaar=True) | Q(status="concept", bron="levering")
    return Vacature.objects.filter(offered, soort="vacature", postcode__length=6)


def _rows(sinds: str | None, peildatum: date) -> Iterator[list[tuple[Any, ...]]]:
    # Few rows need no cursor of their own in the database.
    with connection.cursor() if sinds else connection.chunked_cursor() as cursor:
        cursor.execute("SELECT * FROM bemiddeling_vumregels(%s::xid8, %s)", [sinds, peildatum])
        while part := cursor.fetchmany(_PART):
            yield part


def _bron(vacature: Vacature, rest: int | None) -> int | None:
    """Who answers for a vacature: the public body that brought it in, and UWV for what an employer placed itself."""
    return vacature.geplaatst_door_id if vacature.geplaatst_door.soort in organisaties.PUBLIEK else rest


def _kilometres(x: float, y: float, tabel: Postcodetabel) -> np.ndarray:
    east, north = tabel.x.astype(float) - x, tabel.y.astype(float) - y
    distance: np.ndarray = np.sqrt(east * east + north * north)
    return distance


def _code(answer: bool | None) -> int | None:
    """`Indicatie` of the standard; unknown is no answer."""
    return None if answer is None else 1 if answer else 2


def _codes(codes: Iterable[str]) -> list[dict[str, str]]:
    return [{"code": one} for one in codes]


PROFIELEN, VACATURES = Profielindex(), Vacatureindex()
"""Those of this process."""
