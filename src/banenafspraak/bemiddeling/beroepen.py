"""Occupations of ESCO and CompetentNL, and groups of the BRC, next to our own list of kinds of work.

A published list adds names that people and suppliers use, the meaning of a URI in a profile or a vacature, and which
unit groups of ISCO-08 belong together. Everything works without: our list has codes of ISCO-08 of its own.
"""

import hashlib
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db import transaction

from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import werksoorten
from banenafspraak.bemiddeling.models import Beroep, Beroepenlevering, Beroepsgroep
from banenafspraak.bemiddeling.werksoorten import Werksoort

_FRESH = 30.0  # seconds before a process looks whether a new list came in
BRC = "brc"
LIJSTEN = ("esco", "competentnl")


@dataclass(frozen=True)
class Beroepsregel:
    """One occupation of a published list; `isco08` is empty when the list does not say."""

    uri: str
    naam: str
    synoniemen: tuple[str, ...] = ()
    isco08: str = ""


@dataclass(frozen=True)
class Groepsregel:
    """A unit group of ISCO-08 and the group of the BRC it belongs to."""

    isco08: str
    brc: str


@dataclass(frozen=True)
class Beroepentabel:
    """What was taken in, for reading: werksoorten by URI and by plain name, and BRC groups by unit group.

    `versie` changes with every list that is taken in; it is empty when there is none.
    """

    versie: str
    by_uri: Mapping[str, str]
    by_name: Mapping[str, str]
    groepen: Mapping[str, str]

    def werksoort_of(self, text: str) -> str:
        """The code of our list that a code, a URI or words stand for; '' when nothing is known by it."""
        if text in werksoorten.WERKSOORTEN:
            return text
        if found := werksoorten.of_text(text):
            return found.code
        return self.by_uri.get(text) or self.by_name.get(werksoorten.plain(text), "")


EMPTY = Beroepentabel("", MappingProxyType({}), MappingProxyType({}), MappingProxyType({}))

_lock = threading.Lock()
_current: tuple[float, Beroepentabel] | None = None


def table() -> Beroepentabel:
    """What is in use; a list that another process took in is seen within half a minute."""
    global _current
    with _lock:
        now = time.monotonic()
        if _current is not None and now - _current[0] < _FRESH:
            return _current[1]
        versie = ",".join(Beroepenlevering.objects.order_by("pk").values_list("sha256", flat=True))
        if _current is None or _current[1].versie != versie:
            _current = (now, _read(versie) if versie else EMPTY)
        else:
            _current = (now, _current[1])
        return _current[1]


def forget() -> None:
    """Look again at the next question."""
    global _current
    with _lock:
        _current = None


def of_text(text: str) -> Werksoort | None:
    """The kind of work that is called exactly this, in our list or in one that was taken in."""
    code = table().werksoort_of(text)
    return werksoorten.WERKSOORTEN[code] if code else None


def _read(versie: str) -> Beroepentabel:
    by_uri: dict[str, str] = {}
    by_name: dict[str, str] = {}
    names: list[tuple[str, str]] = []
    for uri, naam, synoniemen, code in Beroep.objects.order_by("pk").values_list(
        "uri", "label", "synoniemen", "werksoort"
    ):
        if code in werksoorten.WERKSOORTEN:
            by_uri[uri] = code
            by_name.setdefault(werksoorten.plain(naam), code)
            names += ((werksoorten.plain(one), code) for one in synoniemen)
    # A name goes before what another occupation is also called.
    for naam, code in names:
        by_name.setdefault(naam, code)
    groepen = dict(Beroepsgroep.objects.values_list("isco08", "brc"))
    return Beroepentabel(versie, MappingProxyType(by_uri), MappingProxyType(by_name), MappingProxyType(groepen))


def stands_for(regel: Beroepsregel) -> str:
    """The kind of work of our list that an occupation stands for; '' when nothing comes near enough.

    First by its name or a synonym; else, among the kinds of the same unit group of ISCO-08, the one its name finds
    first, or the only one there is. A unit group that ends in 9 holds what fits nowhere else, and says nothing.
    """
    for text in (regel.naam, *regel.synoniemen):
        if found := werksoorten.of_text(text):
            return found.code
    if not regel.isco08 or regel.isco08.endswith("9"):
        return ""
    same = {code for code, one in werksoorten.WERKSOORTEN.items() if one.isco08 == regel.isco08}
    if len(same) > 1:
        return next((one.code for one in werksoorten.search(regel.naam, limit=25) if one.code in same), "")
    return next(iter(same), "")


def take_in(regels: Iterable[Beroepsregel], *, formaat: str, actor: Actor, now: datetime) -> bool:
    """Replace what is known of this list by these occupations; whether anything changed.

    The same list twice changes nothing. Raises `PermissionDenied`; `ValueError` for a list that is not one of ours.
    """
    if formaat not in LIJSTEN:
        raise ValueError(formaat)
    rows = sorted(regels, key=lambda one: one.uri)
    digest = _digest(repr((one.uri, one.naam, one.synoniemen, one.isco08)) for one in rows)

    def write() -> None:
        Beroep.objects.filter(formaat=formaat).delete()
        Beroep.objects.bulk_create(
            [
                Beroep(
                    uri=one.uri,
                    formaat=formaat,
                    label=one.naam,
                    synoniemen=list(one.synoniemen),
                    isco08=one.isco08,
                    werksoort=stands_for(one),
                )
                for one in rows
            ],
            batch_size=1000,
            update_conflicts=True,
            unique_fields=["uri"],
            update_fields=["formaat", "label", "synoniemen", "isco08", "werksoort"],
        )

    return _taken(formaat, digest, len(rows), write, actor=actor, now=now)


def take_in_groups(regels: Iterable[Groepsregel], *, actor: Actor, now: datetime) -> bool:
    """Replace the groups of the BRC; whether anything changed. Raises `PermissionDenied`."""
    rows = sorted(regels, key=lambda one: one.isco08)

    def write() -> None:
        Beroepsgroep.objects.all().delete()
        Beroepsgroep.objects.bulk_create([Beroepsgroep(isco08=one.isco08, brc=one.brc) for one in rows])

    return _taken(BRC, _digest(f"{one.isco08};{one.brc}" for one in rows), len(rows), write, actor=actor, now=now)


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _taken(formaat: str, digest: str, aantal: int, write: Callable[[], None], *, actor: Actor, now: datetime) -> bool:
    require(actor, Permission.LEVERING_IMPORT)
    with transaction.atomic():
        newest = Beroepenlevering.objects.select_for_update().filter(formaat=formaat).order_by("-pk").first()
        if newest is not None and newest.sha256 == digest:
            return False
        write()
        Beroepenlevering.objects.create(formaat=formaat, sha256=digest, aantal=aantal, ingelezen_at=now)
        logboek.record(
            actor=actor,
            handeling="beroepenlijst ingelezen",
            details={"formaat": formaat, "aantal": aantal},
            now=now,
        )
    transaction.on_commit(forget)
    return True
