"""A VacatureRecord as the columns of its row, and back; how to reach somebody at the employer lies sealed."""

import json
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any
from uuid import UUID

from banenafspraak.access import verzegeling
from banenafspraak.bemiddeling import postcodes
from banenafspraak.bemiddeling.models import OpenbareTaak, OpenbareVacature, Vacature, Vacaturetaak
from banenafspraak.bemiddeling.models_vacature import vacature_context
from banenafspraak.bemiddeling.profielrecord import Contact, Dag, Taalbeheersing
from banenafspraak.bemiddeling.vacaturerecord import VELDEN, OpleidingEis, Taak, VacatureRecord

_ELSEWHERE = frozenset({"nummer_vacature", "indicatie_ldr_registratie", "kvk", "taken", "contact"})
_LISTS: dict[str, type[Any]] = {"opleidingen": OpleidingEis, "taalbeheersing": Taalbeheersing}
_PLAIN = tuple(name for name in VELDEN if name not in _ELSEWHERE)


def columns_of(record: VacatureRecord, vacature_id: UUID) -> dict[str, Any]:
    """The values of the columns that a record fills, with the region its postcode lies in; its tasks are rows."""
    columns: dict[str, Any] = {}
    for name in _PLAIN:
        value = getattr(record, name)
        if name in _LISTS:
            columns[name] = [{key: one for key, one in asdict(part).items() if one not in (None, "")} for part in value]
        else:
            columns[name] = list(value) if isinstance(value, tuple) else value
    columns["werkdagen"] = None if record.werkdagen is None else int(record.werkdagen)
    columns["kvk"] = record.kvk
    columns["regio"] = region_of(record.postcode)
    columns["contact_verzegeld"] = _sealed(record.contact, vacature_id)
    return columns


def region_of(postcode: str) -> str:
    """The arbeidsmarktregio of a postcode; empty when it is not known."""
    plek = postcodes.table().find(postcode) if postcode else None
    return plek.regio if plek else ""


def record_of(vacature: Vacature | OpenbareVacature) -> VacatureRecord:
    """What a vacature says, with its tasks (prefetch `taken` for a list) and without the contact, which stays sealed.

    A public one has no `kvk` and no number of its source: nobody but the employer and a bemiddelaar needs those.
    """
    values: dict[str, Any] = {}
    for name in _PLAIN:
        value = getattr(vacature, name)
        if name in _LISTS:
            values[name] = tuple(_LISTS[name](**one) for one in value)
        else:
            values[name] = tuple(value) if isinstance(value, list) else value
    if values["werkdagen"] is not None:
        values["werkdagen"] = Dag(values["werkdagen"])
    if isinstance(vacature, Vacature):
        values |= {"kvk": vacature.kvk, "nummer_vacature": vacature.bronnummer}
    rows: list[Vacaturetaak | OpenbareTaak] = list(vacature.taken.all())
    rows.sort(key=lambda row: row.volgorde)
    return VacatureRecord(
        **values, indicatie_ldr_registratie=vacature.geschikt, taken=tuple(task_of(row) for row in rows)
    )


def contact_of(vacature: Vacature) -> Contact:
    """Whom to call at the employer, opened. For who may see the row. Raises `SealError`."""
    if not vacature.contact_verzegeld:
        return Contact()
    text = verzegeling.unseal_text(vacature.contact_verzegeld, context=vacature_context("contact", vacature.pk))
    return Contact(**json.loads(text))


def task_of(row: Vacaturetaak | OpenbareTaak) -> Taak:
    """A task as a value."""
    return Taak(
        omschrijving=row.omschrijving,
        werksoort=row.werksoort,
        uren_per_week=row.uren_per_week,
        code_werk_en_denkniveau_minimaal=row.code_werk_en_denkniveau_minimaal,
        rijbewijzen=tuple(row.rijbewijzen),
    )


def save_tasks(vacature_id: UUID, taken: Iterable[Taak], *, komt_uit: Iterable[UUID | None] = ()) -> None:
    """Make these the tasks of a vacature, in this order; one that stays in its place keeps where it came from."""
    taken, origins = list(taken), list(komt_uit)
    known = {row.volgorde: row for row in Vacaturetaak.objects.filter(vacature=vacature_id)}
    Vacaturetaak.objects.filter(vacature=vacature_id, volgorde__gt=len(taken)).delete()
    for place, taak in enumerate(taken, start=1):
        row = known.get(place) or Vacaturetaak(vacature_id=vacature_id, volgorde=place)
        if row.pk in {one.pk for one in known.values()} and task_of(row) == taak:
            continue
        row.omschrijving, row.werksoort, row.uren_per_week = taak.omschrijving, taak.werksoort, taak.uren_per_week
        row.code_werk_en_denkniveau_minimaal = taak.code_werk_en_denkniveau_minimaal
        row.rijbewijzen = list(taak.rijbewijzen)
        row.komt_uit_id = origins[place - 1] if place <= len(origins) else None
        row.save()


def new_tasks(vacature_id: UUID, taken: Iterable[Taak]) -> list[Vacaturetaak]:
    """The rows of the tasks of a new vacature, not saved yet."""
    return [
        Vacaturetaak(
            vacature_id=vacature_id, volgorde=place, **(asdict(taak) | {"rijbewijzen": list(taak.rijbewijzen)})
        )
        for place, taak in enumerate(taken, start=1)
    ]


def _sealed(contact: Contact, vacature_id: UUID) -> bytes | None:
    if contact == Contact():
        return None
    text = json.dumps({key: one for key, one in asdict(contact).items() if one}, ensure_ascii=False)
    return verzegeling.seal_text(text, context=vacature_context("contact", vacature_id))
