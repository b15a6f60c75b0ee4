"""Erasing people and cases from the register when their term is over, and never before.

The term of a person runs from the death. Who still has a registration that runs (the register may have heard of the
death and not yet ended it) stays, and so does everybody with a case that is open or decided less than a term ago, with
an objection, or about whom a table keeps something that is not named here. Nothing is erased because we did not think
of it. The database holds part of it too: steps, answers and decisions of less than five years ago cannot be removed.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.bewaren import Wisser, after
from banenafspraak.access.bsn import SealError
from banenafspraak.access.permissions import Permission, require
from banenafspraak.register.meldingwoorden import Meldingstatus
from banenafspraak.register.models import (
    LOPEND,
    Aanvraag,
    Aanvraagantwoord,
    Aanvraagdocument,
    Aanvraagstap,
    Aanvraagstatus,
    Beschutplaatsing,
    Beschutwerkadvies,
    Besluit,
    Gemeentebericht,
    Herstel,
    Loonwaarde,
    Melding,
    Persoon,
    Populatielevering,
    Populatieverzoek,
    Registratie,
    Uitschrijfstap,
    Uitschrijfstatus,
    Uitschrijfverzoek,
    Woonplaats,
    bsn_context,
    melding_context,
)
from banenafspraak.register.moment import begin_writing

_BATCH = 200

# The tables about a person and the way from a row to the person, in the order in which rows can go. Their rows are
# erased with the person; a table that is not named here keeps everybody in place whom it points at.
_GOES_ALONG: tuple[tuple[type[Model], str], ...] = (
    (Gemeentebericht, "persoon"),
    (Beschutplaatsing, "advies__persoon"),
    (Beschutwerkadvies, "persoon"),
    (Besluit, "aanvraag__persoon"),
    (Aanvraagdocument, "aanvraag__persoon"),
    (Aanvraagantwoord, "aanvraag__persoon"),
    (Aanvraagstap, "aanvraag__persoon"),
    (Aanvraag, "persoon"),
    (Uitschrijfstap, "verzoek__persoon"),
    (Uitschrijfverzoek, "persoon"),
    (Loonwaarde, "persoon"),
    (Herstel, "persoon"),
    (Registratie, "persoon"),
    (Woonplaats, "persoon"),
)
_UITSCHRIJVING_LOOPT = (Uitschrijfstatus.INGEDIEND, Uitschrijfstatus.IN_BEHANDELING)


def _due(tot_en_met: date, peildatum: date) -> Mapping[str, int]:
    personen = _personen(tot_en_met, peildatum)
    counts = {
        model._meta.db_table: model._base_manager.filter(**{f"{path}__in": personen}).count()
        for model, path in _GOES_ALONG
    }
    return {"register_persoon": personen.count()} | {table: count for table, count in counts.items() if count}


def held_back(tot_en_met: date, peildatum: date) -> int:
    """How many people stay although they died on or before that day: something about them still runs."""
    return Persoon.objects.filter(overleden_op__lte=tot_en_met).count() - _personen(tot_en_met, peildatum).count()


def _personen(tot_en_met: date, peildatum: date) -> QuerySet[Persoon]:
    runs = Registratie.objects.filter(
        Q(geldig__endswith__isnull=True) | Q(geldig__endswith__gt=peildatum),
        persoon=OuterRef("pk"),
        bekend__endswith__isnull=True,
    )
    aanvragen = Aanvraag.objects.filter(
        Q(status__in=LOPEND) | Q(besluit__genomen_op__gt=tot_en_met) | Q(besluit__bezwaar_op__isnull=False),
        persoon=OuterRef("pk"),
    )
    verzoeken = Uitschrijfverzoek.objects.filter(
        Q(status__in=_UITSCHRIJVING_LOOPT) | Q(besloten_op__gt=tot_en_met), persoon=OuterRef("pk")
    )
    personen = Persoon.objects.filter(
        ~Exists(runs), ~Exists(aanvragen), ~Exists(verzoeken), overleden_op__lte=tot_en_met
    )
    for model, path in _kept_elsewhere():
        personen = personen.exclude(Exists(model._base_manager.filter(**{path: OuterRef("pk")})))
    return personen.order_by("pk")


def _kept_elsewhere() -> list[tuple[type[Model], str]]:
    """Every other table that points at a person or at what would go along, and the way from its rows to the person."""
    goes: dict[Any, str] = dict(((Persoon, ""), *_GOES_ALONG))
    return [
        (model, f"{field.name}__{goes[target]}".removesuffix("__"))
        for model in apps.get_models(include_auto_created=True)
        if model not in goes
        for field in model._meta.local_fields
        if (target := field.related_model) in goes
    ]


@transaction.atomic
def _erase(*, actor: Actor, tot_en_met: date, now: datetime) -> Mapping[str, int]:
    require(actor, Permission.GEGEVENS_ERASE)
    begin_writing(now)
    peildatum = timezone.localtime(now).date()
    ids = list(_personen(tot_en_met, peildatum).values_list("pk", flat=True)[:_BATCH])
    # Locked against whoever is about to add something, and then asked again: it may have been added just before.
    list(Persoon.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    personen = list(_personen(tot_en_met, peildatum).filter(pk__in=ids))
    if not personen:
        return {}
    # Rows, not objects: what points at them was looked at above, and the database refuses what was missed.
    erased: list[QuerySet[Any]] = [
        *(_rows(model, path, [persoon.pk for persoon in personen]) for model, path in _GOES_ALONG),
        Persoon.objects.filter(pk__in=[persoon.pk for persoon in personen]),
    ]
    counts = _delete(erased)
    for persoon in personen:
        logboek.record(
            actor=actor,
            handeling="persoon gewist na bewaartermijn",
            onderwerp=f"persoon {persoon.pk}",
            persoon_bsn_index=_audit_index(persoon),
            now=now,
        )
    return counts


def _rows(model: type[Model], path: str, keys: list[UUID]) -> QuerySet[Any]:
    """The rows that lead to these keys; by their own key, because a DELETE knows no joins."""
    found = model._base_manager.filter(**{f"{path}__in": keys})
    return model._base_manager.filter(pk__in=list(found.values_list("pk", flat=True)))


def _delete(querysets: Iterable[QuerySet[Any]]) -> dict[str, int]:
    counts = {rows.model._meta.db_table: rows._raw_delete(rows.db) for rows in querysets}
    return {table: count for table, count in counts.items() if count}


def _audit_index(persoon: Persoon) -> bytes | None:
    return _audit_index_of(persoon.bsn_verzegeld, bsn_context(persoon.pk))


def _audit_index_of(sealed: bytes | memoryview, context: str) -> bytes | None:
    """None for a BSN that does not open any more: that is no reason to keep the rest."""
    try:
        bsn = bsns.unseal(sealed, context=context)
    except SealError:
        return None
    return bsns.index(bsn, doel="audit")


# --- cases: what people told for a decision goes before the person does --------------------------------------------


@dataclass(frozen=True)
class _Zaken:
    """The cases of one processing: which are past their term, what of them goes, and what it is called in the log."""

    handeling: str
    past: Callable[[date], QuerySet[Any]]
    parts: tuple[tuple[type[Model], str], ...]
    index: Callable[[Any], bytes | None]
    """Under what the logboek knows the person of a case; None for a case about nobody."""
    emptied: str = ""
    """A sealed column of the case itself that is emptied; without one the case goes as a whole."""

    def due(self, tot_en_met: date, peildatum: date) -> Mapping[str, int]:
        """What may go, by table."""
        zaken = self.past(tot_en_met)
        counts = {m._meta.db_table: m._base_manager.filter(**{f"{p}__in": zaken}).count() for m, p in self.parts}
        return counts | {zaken.model._meta.db_table: zaken.count()}

    def erase(self, *, actor: Actor, tot_en_met: date, now: datetime) -> Mapping[str, int]:
        """Erase a few."""
        require(actor, Permission.GEGEVENS_ERASE)
        with transaction.atomic():
            begin_writing(now)
            locked = self.past(tot_en_met).order_by("pk").select_for_update(of=("self",))
            zaken = list(locked[:_BATCH])
            keys = [zaak.pk for zaak in zaken]
            rows = [_rows(model, path, keys) for model, path in self.parts]
            own = self.past(tot_en_met).model._base_manager.filter(pk__in=keys)
            counts = _delete(rows if self.emptied else [*rows, own])
            if self.emptied and keys:
                counts[own.model._meta.db_table] = own.update(**{self.emptied: None})
            for zaak in zaken:
                logboek.record(
                    actor=actor,
                    handeling=self.handeling,
                    onderwerp=f"{own.model._meta.model_name} {zaak.pk}",
                    persoon_bsn_index=self.index(zaak),
                    now=now,
                )
            return counts


def _past_aanvragen(tot_en_met: date) -> QuerySet[Aanvraag]:
    """Decided without an objection, or withdrawn, and with something left of what was told."""
    told = (
        Q(inhoud_verzegeld__isnull=False)
        | Exists(Aanvraagdocument.objects.filter(aanvraag=OuterRef("pk")))
        | Exists(Aanvraagantwoord.objects.filter(aanvraag=OuterRef("pk")))
    )
    decided = Exists(Besluit.objects.filter(aanvraag=OuterRef("pk"), genomen_op__lte=tot_en_met))
    withdrawn = Q(status=Aanvraagstatus.INGETROKKEN, begonnen_at__lt=after(tot_en_met))
    open_objection = Besluit.objects.filter(aanvraag=OuterRef("pk"), bezwaar_op__isnull=False)
    return Aanvraag.objects.filter(told, ~Exists(open_objection), decided | withdrawn)


def _past_uitschrijvingen(tot_en_met: date) -> QuerySet[Uitschrijfverzoek]:
    withdrawn = Q(status=Uitschrijfstatus.INGETROKKEN, verzocht_op__lte=tot_en_met)
    return Uitschrijfverzoek.objects.filter(withdrawn | Q(besloten_op__lte=tot_en_met))


def _past_loonwaarden(tot_en_met: date) -> QuerySet[Loonwaarde]:
    return Loonwaarde.objects.filter(registratie__isnull=True, vastgesteld_op__lte=tot_en_met)


def _past_meldingen(tot_en_met: date) -> QuerySet[Melding]:
    end = after(tot_en_met)
    withdrawn = Q(status=Meldingstatus.INGETROKKEN.value, ingediend_at__lt=end)
    return Melding.objects.filter(withdrawn | Q(beantwoord_at__lt=end))


def _past_populatieverzoeken(tot_en_met: date) -> QuerySet[Populatieverzoek]:
    return Populatieverzoek.objects.filter(besloten_at__lt=after(tot_en_met))


def _of_person(zaak: Any) -> bytes | None:
    return _audit_index(zaak.persoon)


def _of_melding(melding: Melding) -> bytes | None:
    return _audit_index_of(melding.bsn_verzegeld, melding_context("bsn", melding.pk))


def _of_nobody(zaak: Any) -> None:
    return None


_AANVRAGEN = _Zaken(
    "antwoorden en documenten gewist na bewaartermijn",
    _past_aanvragen,
    ((Aanvraagdocument, "aanvraag"), (Aanvraagantwoord, "aanvraag")),
    _of_person,
    emptied="inhoud_verzegeld",
)
_UITSCHRIJVINGEN = _Zaken(
    "verzoek om uitschrijving gewist na bewaartermijn",
    _past_uitschrijvingen,
    ((Uitschrijfstap, "verzoek"),),
    _of_person,
)
_LOONWAARDEN = _Zaken("loonwaarde gewist na bewaartermijn", _past_loonwaarden, (), _of_person)
_MELDINGEN = _Zaken("melding gewist na bewaartermijn", _past_meldingen, ((Herstel, "melding"),), _of_melding)
_POPULATIE = _Zaken(
    "verzoek om bestand gewist na bewaartermijn",
    _past_populatieverzoeken,
    ((Populatielevering, "verzoek"),),
    _of_nobody,
)

PERSONEN = Wisser("Registratie in het doelgroepregister", _due, _erase)
AANVRAGEN = Wisser("Aanvraag beoordeling arbeidsvermogen", _AANVRAGEN.due, _AANVRAGEN.erase)
UITSCHRIJVINGEN = Wisser("Uitschrijving op eigen verzoek", _UITSCHRIJVINGEN.due, _UITSCHRIJVINGEN.erase)
LOONWAARDEN = Wisser("Loonwaarde en Praktijkroute", _LOONWAARDEN.due, _LOONWAARDEN.erase)
MELDINGEN = Wisser("Meldingen over eigen gegevens", _MELDINGEN.due, _MELDINGEN.erase)
POPULATIE = Wisser("Gegevens aan een gemeente over eigen inwoners", _POPULATIE.due, _POPULATIE.erase)
