"""Comparing an employer's own wage returns with the register, and keeping what came of it when the employer wants to.

controleren   -> shown: the returns are read in memory, everybody in them is asked about as own staff, nothing is kept
bewaren       shown -> kept: the picture of the year only, sealed; neither a BSN nor a line about one person
weggooien     kept -> gone: by the employer, or when its term is over

The right is that of the check (Wfsv 38d lid 7): an employer hears of own staff whether they are registered. Who is no
own staff by the wage data of UWV gets no answer, so returns that somebody makes up tell nothing.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from banenafspraak.access import logboek, mandaten, verzegeling
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.permissions import Permission, require
from banenafspraak.register import raadpleging
from banenafspraak.register.loonopgaven import Leesfout, Onbruikbaar, Tijdvakopgave, Tijdvakstand, combine
from banenafspraak.register.models_quotum import Bewaardquotum as Bewaardquotum
from banenafspraak.register.models_quotum import beeld_context
from banenafspraak.register.quotumbeeld import (
    Loonlijst,
    Quotumbeeld,
    Registerantwoord,
    Resultaat,
    from_record,
    to_record,
)
from banenafspraak.register.quotumtelling import is_wage, reckon
from banenafspraak.register.raadpleging import Antwoord, Uitkomst

MAX_MENSEN: Final = 20_000
"""People in one set of returns; who has more gives them by loonheffingennummer."""
MAX_BEWAARD: Final = 60
"""Results one employer keeps."""


@dataclass(frozen=True)
class Controle:
    """What came of comparing: for which employer, and the result; `id` is what it is kept under."""

    id: UUID
    werkgever_id: int
    werkgever: str
    gerekend_at: datetime
    resultaat: Resultaat


def check(*, actor: Actor, opgaven: Iterable[Tijdvakopgave], now: datetime) -> Controle:
    """Compare these returns with the register, for the newest calendar year in them.

    Raises `PermissionDenied`, and `Onbruikbaar` when they are not of one employer the actor acts for, are of a year
    about which may not be asked, contradict each other, or hold too many people.
    """
    require(actor, Permission.RAADPLEGING_ASK)
    said = list(opgaven)
    if not said:
        raise Onbruikbaar(Leesfout("", None, "Er staat geen aangifte in deze bestanden.", "Lever een loonaangifte."))
    today = timezone.localtime(now).date()
    werkgever_id, naam, nummers = _owner(actor, said, today)
    jaar = _year(said, today)
    stand = combine(said)
    with transaction.atomic():
        vragen = _questions(stand, jaar, today)
        dagen = {
            nummers[lhnr]: min(today, max(t.einde for t in stand if t.lhnr == lhnr and t.einde.year == jaar))
            for lhnr in {t.lhnr for t in stand if t.einde.year == jaar}
        }
        answers, lijsten = raadpleging.ask_loonlijst(
            actor=actor, vragen=vragen, nummers=dagen, werkgever_id=werkgever_id, now=now
        )
        logboek.record(
            actor=actor,
            handeling="loonaangiften met het register vergeleken",
            onderwerp=f"organisatie {werkgever_id}",
            details={"jaar": jaar, "tijdvakken": len(stand), "mensen": len(answers)},
            now=now,
        )
    resultaat = reckon(
        stand,
        {bsn.reveal(): _answer(answer) for bsn, answer in answers.items()},
        jaar=jaar,
        loonlijsten=[
            Loonlijst(lhnr, lijsten[key][0] or date.min, frozenset(bsn.reveal() for bsn in lijsten[key][1]))
            for lhnr, key in nummers.items()
            if key in lijsten
        ],
        vandaag=today,
    )
    return Controle(uuid4(), werkgever_id, naam, now, resultaat)


def _answer(answer: Antwoord) -> Registerantwoord:
    return Registerantwoord(answer.uitkomst is Uitkomst.BEANTWOORD, answer.perioden)


def _owner(actor: Actor, said: list[Tijdvakopgave], today: date) -> tuple[int, str, dict[str, int]]:
    """Whose returns these are, and which of its numbers stands in which; all of one employer, or `Onbruikbaar`."""
    known = {
        nummer.index: (werkgever_id, naam, nummer.id)
        for werkgever_id, naam in mandaten.werkgevers_of(actor, peildatum=today)
        for nummer in mandaten.loonheffingennummers(werkgever_id)
    }
    found: dict[str, tuple[int, str, int]] = {}
    for opgave in said:
        if opgave.lhnr in found:
            continue
        owner = next((known[index] for index in mandaten.lhnr_indexes(opgave.lhnr) if index in known), None)
        if owner is None:
            raise Onbruikbaar(
                Leesfout(
                    opgave.bestand,
                    opgave.regel,
                    "Deze aangifte is van een loonheffingennummer dat niet bij uw organisatie hoort.",
                    "Kies alleen uw eigen aangiften. Is dit wel uw nummer? Vraag UWV het aan u te koppelen.",
                )
            )
        found[opgave.lhnr] = owner
        if owner[0] != next(iter(found.values()))[0]:
            reden = "Deze aangifte is van een andere werkgever dan de eerste die u koos."
            raise Onbruikbaar(Leesfout(opgave.bestand, opgave.regel, reden, "Controleer een werkgever tegelijk."))
    werkgever_id, naam, _ = next(iter(found.values()))
    return werkgever_id, naam, {lhnr: key for lhnr, (_, _, key) in found.items()}


def _year(said: list[Tijdvakopgave], today: date) -> int:
    """The newest year; only this one and the one before may be asked about (Wfsv 38d lid 7)."""
    future = next((o for o in said if o.begin > today), None)
    if future is not None:
        reden = "Deze aangifte is van een tijdvak dat nog moet beginnen."
        raise Onbruikbaar(Leesfout(future.bestand, future.regel, reden, "Kijk de data van het tijdvak na."))
    jaar = max(opgave.einde.year for opgave in said)
    if jaar < today.year - 1:
        newest = next(o for o in said if o.einde.year == jaar)
        reden = f"Over {jaar} mag een werkgever niet meer vragen wie in het register staat."
        cure = f"Kies aangiften van {today.year - 1} of {today.year}."
        raise Onbruikbaar(Leesfout(newest.bestand, newest.regel, reden, cure))
    return jaar


def _questions(stand: Iterable[Tijdvakstand], jaar: int, today: date) -> dict[Bsn, date]:
    """Everybody with a wage in the year, and a day in the newest tijdvak that names them."""
    vragen: dict[Bsn, date] = {}
    for tijdvak in sorted(stand, key=lambda t: t.einde):
        if tijdvak.einde.year == jaar:
            dag = min(tijdvak.einde, today)
            vragen |= {o.bsn: dag for o in tijdvak.opgaven.values() if is_wage(o, tijdvak.einde)}
    if len(vragen) > MAX_MENSEN:
        reden = f"In deze aangiften staan meer dan {MAX_MENSEN} mensen."
        raise Onbruikbaar(Leesfout("", None, reden, "Controleer per loonheffingennummer."))
    return vragen


# --- Kept ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Bewaard:
    """A result that is kept, opened."""

    id: UUID
    gerekend_at: datetime
    beeld: Quotumbeeld


def visible_to(actor: Actor) -> QuerySet[Bewaardquotum]:
    """What the actor's own organisation kept, the newest year first. Raises `TypeError` for None."""
    if actor is None:
        raise TypeError("an actor is required")
    if actor.organisatie_id is None:
        return Bewaardquotum.objects.none()
    return Bewaardquotum.objects.filter(organisatie=actor.organisatie_id)


def kept(actor: Actor) -> list[Bewaard]:
    """Everything the organisation kept, opened. One query. Raises `SealError`."""
    return [_opened(row) for row in visible_to(actor)]


def open_kept(*, actor: Actor, beeld_id: UUID) -> Bewaard:
    """One of them. Raises `Bewaardquotum.DoesNotExist` for another organisation's, `SealError`."""
    require(actor, Permission.RAADPLEGING_ASK)
    return _opened(visible_to(actor).get(pk=beeld_id))


def _opened(row: Bewaardquotum) -> Bewaard:
    text = verzegeling.unseal_text(row.beeld_verzegeld, context=beeld_context(row.pk))
    return Bewaard(row.pk, row.gerekend_at, from_record(json.loads(text)))


@transaction.atomic
def keep(
    *, actor: Actor, beeld_id: UUID, werkgever_id: int, beeld: Quotumbeeld, gerekend_at: datetime, now: datetime
) -> bool:
    """Keep a picture of the actor's own organisation; False when it was kept already.

    Raises `PermissionDenied` (also for an office: only the employer itself keeps), `ValidationError` when it is full.
    """
    require(actor, Permission.RAADPLEGING_ASK)
    if actor.organisatie_id is None or actor.organisatie_id != werkgever_id:
        raise PermissionDenied("an employer keeps its own results")
    own = visible_to(actor)
    if own.filter(pk=beeld_id).exists():
        return False
    if own.count() >= MAX_BEWAARD:
        raise ValidationError("U heeft al 60 resultaten bewaard. Gooi er eerst een weg.")
    text = json.dumps(to_record(beeld), sort_keys=True)
    row = Bewaardquotum(
        pk=beeld_id,
        organisatie_id=actor.organisatie_id,
        jaar=beeld.jaar,
        gerekend_at=gerekend_at,
        bewaard_at=now,
        beeld_verzegeld=verzegeling.seal_text(text, context=beeld_context(beeld_id)),
    )
    made = Bewaardquotum.objects.bulk_create([row], ignore_conflicts=True)
    logboek.record(actor=actor, handeling="quotumresultaat bewaard", onderwerp=f"quotumresultaat {beeld_id}", now=now)
    return bool(made)


@transaction.atomic
def discard(*, actor: Actor, beeld_id: UUID, now: datetime) -> bool:
    """Throw one away; False when it was gone already. Raises `PermissionDenied`."""
    require(actor, Permission.RAADPLEGING_ASK)
    if not visible_to(actor).filter(pk=beeld_id).delete()[0]:
        return False
    handeling = "quotumresultaat weggegooid"
    logboek.record(actor=actor, handeling=handeling, onderwerp=f"quotumresultaat {beeld_id}", now=now)
    return True
