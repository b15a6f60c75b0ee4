"""Which columns hold something sealed, and which an index of a BSN: what a change of keys has to pass by.

Sealed columns are not listed but found: every `BinaryField` whose name ends in `_verzegeld`, in every room, so that
none can be forgotten. Each sealed value begins with the envelope that `bsn.rewrap` knows, whatever is in it. A table
that is searched by BSN registers itself, because for that the number has to be opened in its own context.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

SUFFIX = "_verzegeld"


@dataclass(frozen=True)
class Tabel:
    """A table with sealed columns: its name in the database, its primary key, and the columns."""

    naam: str
    sleutel: str
    kolommen: tuple[str, ...]


@dataclass(frozen=True)
class Index:
    """A table that finds people by BSN, with columns `bsn_index`, `bsn_index_eerder`, `index_versie`, `bsn_verzegeld`.

    `context` gives the context of a row's sealed BSN from its primary key.
    """

    naam: str
    sleutel: str
    context: Callable[[str], str]


@dataclass(frozen=True)
class Volger:
    """A table with a `bsn_index` of the register and no number; `numbers` opens those of all who may stand in it.

    It gives them in parts of at most so many.
    """

    naam: str
    numbers: Callable[[int], Iterator[list[str]]]


_volgers: dict[str, Volger] = {}
_indexen: dict[str, Index] = {}


def add_index(model: type[models.Model], *, context: Callable[[str], str]) -> None:
    """Say that this table finds people by BSN; call it where the table is defined."""
    naam = model._meta.db_table
    _indexen[naam] = Index(naam, str(model._meta.pk.column), context=context)


def add_volger(model: type[models.Model], *, numbers: Callable[[int], Iterator[list[str]]]) -> None:
    """Say that this table has an index of the register and no number; call it where the table is defined."""
    _volgers[model._meta.db_table] = Volger(model._meta.db_table, numbers=numbers)


def volgers() -> tuple[Volger, ...]:
    """The tables with an index of the register and no number."""
    return tuple(_volgers[naam] for naam in sorted(_volgers))


def indexen() -> tuple[Index, ...]:
    """The tables that find people by BSN."""
    return tuple(_indexen[naam] for naam in sorted(_indexen))


def tabellen() -> tuple[Tabel, ...]:
    """Every table with a sealed column, by name."""
    return tuple(sorted(_tabellen(), key=lambda tabel: tabel.naam))


def _tabellen() -> Iterator[Tabel]:
    for model in apps.get_models(include_auto_created=True):
        meta = model._meta
        if meta.managed and not meta.proxy:
            kolommen = tuple(
                str(field.column)
                for field in meta.local_fields
                if isinstance(field, models.BinaryField) and field.name.endswith(SUFFIX)
            )
            if kolommen:
                yield Tabel(meta.db_table, str(meta.pk.column), kolommen)
