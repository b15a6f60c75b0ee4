"""Assessing an aanvraag: the questions of the law one by one, and the decision with its reasons.

What is asked, and what follows, is decided in `wet.arbeidsvermogen`; here stands who answered what and when, and what
the decision does to the register.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from banenafspraak.access import logboek, verzegeling
from banenafspraak.access.actor import Actor, college_of
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, require
from banenafspraak.register import aanvragen, inschrijving, personen
from banenafspraak.register.aanvraagformulier import onderwijs_of
from banenafspraak.register.aanvraagzicht import visible_to
from banenafspraak.register.aanvragen import Aanvraaghandeling, require_mine
from banenafspraak.register.alternatieven import Alternatief, AnderePad, other_ways
from banenafspraak.register.gemeenteberichten import tell
from banenafspraak.register.models import (
    Aanvraag,
    Aanvraagantwoord,
    Aanvraagsoort,
    Aanvraagstatus,
    Beschutwerkadvies,
    Besluit,
    Gemeentebericht,
)
from banenafspraak.register.moment import begin_writing, day_of
from banenafspraak.wet import arbeidsvermogen
from banenafspraak.wet.arbeidsvermogen import AbaOordeel, AbaUitkomst, ArbeidsvermogenFeiten, SoortAanvraag
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.feiten import FeitenFout, explanation, parse
from banenafspraak.wet.gronden import Onderwijs
from banenafspraak.wet.termijnen import last_day_of_bezwaar
from banenafspraak.wet.uitkomst import Uitkomst
from banenafspraak.wet.vragen import Vraag

__all__ = [
    "Alternatief",
    "AnderePad",
    "Beslissing",
    "Besluitstap",
    "GegevenAntwoord",
    "answer",
    "answers",
    "decide",
    "facts",
    "next_question",
    "preview",
    "read_besluit",
]


@dataclass(frozen=True)
class Besluitstap:
    """One reason of the decision: the question, what came out, and the article."""

    vraag: str
    uitkomst: str
    artikel: str
    toelichting: str


@dataclass(frozen=True)
class Beslissing:
    """The decision as this reader may see it; a gemeente gets no `stappen`, since those are medical."""

    aanvraag_id: UUID
    uitkomst: AbaUitkomst
    gewisseld: bool
    grond: Grond | None
    route: Route | None
    genomen_op: date
    ingeschreven: bool
    was_al_geregistreerd: bool
    stappen: tuple[Besluitstap, ...]
    alternatieven: tuple[AnderePad, ...]
    bezwaar_uiterlijk_op: date
    bezwaar_op: date | None
    beschutwerkadvies_id: UUID | None


@dataclass(frozen=True)
class GegevenAntwoord:
    """An answer that counts: the fact, its question, its value, when and by whom."""

    feit: str
    tekst: str
    waarde: Any
    gegeven_at: datetime
    beoordelaar_id: UUID


@transaction.atomic
def answer(*, actor: Actor, aanvraag_id: UUID, feit: str, waarde: Any, now: datetime) -> None:
    """Keep the answer to one question, by the beoordelaar who has the aanvraag; None takes it back.

    `waarde` is as in JSON: true/false, a number, "JJJJ-MM-DD", or a choice. Raises `FeitenFout` for a value that does
    not fit or contradicts another answer, `Overtaken` for who does not have the aanvraag, `NietMogelijk` otherwise.
    """
    aanvraag = aanvragen.lock_mine(actor, aanvraag_id, Aanvraaghandeling.BESLISSEN)
    given, known = _given(aanvraag), _known(aanvraag)
    if feit in known:
        raise FeitenFout([f"{feit} staat al in de aanvraag zelf."])
    if waarde is not None:
        _facts(known | given | {feit: waarde})
    elif feit not in given:
        return
    text = json.dumps(waarde)
    Aanvraagantwoord.objects.create(
        aanvraag=aanvraag,
        feit=feit,
        waarde_verzegeld=None if waarde is None else verzegeling.seal_text(text, context=_context(aanvraag.pk, feit)),
        gegeven_at=now,
        beoordelaar_id=_who(actor),
    )
    _log(aanvraag, "vraag van beoordeling beantwoord", actor=actor, now=now)


def answers(*, actor: Actor, aanvraag_id: UUID) -> list[GegevenAntwoord]:
    """The answers that count, in the order in which they were first given. For a beoordelaar only."""
    aanvraag = _for_beoordelaar(actor, aanvraag_id)
    given = _given(aanvraag)
    latest = {row.feit: row for row in aanvraag.antwoorden.all()}
    return [
        GegevenAntwoord(
            feit=feit,
            tekst=explanation(ArbeidsvermogenFeiten, feit),
            waarde=waarde,
            gegeven_at=latest[feit].gegeven_at,
            beoordelaar_id=latest[feit].beoordelaar_id,
        )
        for feit, waarde in given.items()
    ]


def facts(*, actor: Actor, aanvraag_id: UUID) -> ArbeidsvermogenFeiten:
    """What is known so far: the aanvraag itself and the answers. For a beoordelaar only."""
    aanvraag = _for_beoordelaar(actor, aanvraag_id)
    return _facts(_known(aanvraag) | _given(aanvraag))


def next_question(*, actor: Actor, aanvraag_id: UUID, peildatum: date) -> Vraag | None:
    """The next question for the beoordelaar, or None when the decision can be taken. Raises `FeitenFout`."""
    aanvraag = _for_beoordelaar(actor, aanvraag_id)
    feiten = _facts(_known(aanvraag) | _given(aanvraag))
    return arbeidsvermogen.next_question(feiten, peildatum=peildatum, rule=_rule(aanvraag))


def preview(*, actor: Actor, aanvraag_id: UUID, peildatum: date) -> Uitkomst[AbaOordeel]:
    """What the decision would be on that day. Raises `FeitOntbreekt` while a question is open."""
    aanvraag = _for_beoordelaar(actor, aanvraag_id)
    return _rule(aanvraag)(_facts(_known(aanvraag) | _given(aanvraag)), peildatum=peildatum)


@transaction.atomic
def decide(*, actor: Actor, aanvraag_id: UUID, now: datetime) -> Beslissing:
    """Decide, keep the reasons, and register who belongs to the doelgroep, all in one transaction.

    The beoordelaar who decided gets the same decision again. Raises `Overtaken` for who does not have the aanvraag,
    `NietMogelijk` for an aanvraag that was withdrawn or waits, `FeitOntbreekt` while a question is open,
    `ValidationError` when the date of birth is not the one of the register.
    """
    require(actor, Permission.AANVRAAG_BEOORDELEN)
    begin_writing(now)
    aanvraag = aanvragen.lock_visible(actor, aanvraag_id)
    if aanvraag.status == Aanvraagstatus.BESLIST:
        require_mine(aanvraag, actor)
        return _read(aanvraag.besluit, medical=True)
    aanvraag = aanvragen.lock_mine(actor, aanvraag_id, Aanvraaghandeling.BESLISSEN)
    if aanvraag.geboortedatum != aanvraag.persoon.geboortedatum:
        raise ValidationError({"geboortedatum": "Het register kent een andere geboortedatum. Zoek uit welke klopt."})
    day = day_of(now)
    feiten = _facts(_known(aanvraag) | _given(aanvraag))
    uitkomst = _rule(aanvraag)(feiten, peildatum=day)
    besluit = _besluit(aanvraag, feiten, uitkomst, actor=actor, day=day, now=now)
    aanvragen.close_with_decision(aanvraag, actor=actor, now=now)
    _advise(aanvraag, besluit, now=now)
    if aanvraag.gemeente_id is not None:
        tell(aanvraag.gemeente_id, aanvraag.persoon, Gemeentebericht.Soort.BESLUIT, datum=besluit.genomen_op, now=now)
    return _read(besluit, medical=True)


@transaction.atomic
def read_besluit(*, actor: Actor, aanvraag_id: UUID, now: datetime) -> Beslissing:
    """The decision on an aanvraag; the look is logged.

    Raises `Besluit.DoesNotExist` for who may not see it, or when there is none.
    """
    aanvraag = visible_to(actor).filter(pk=aanvraag_id).first()
    besluit = Besluit.objects.select_related("aanvraag").get(aanvraag=aanvraag)
    _log(besluit.aanvraag, "besluit ingezien", actor=actor, now=now)
    return _read(besluit, medical=college_of(actor) is None)


# --- Inside ------------------------------------------------------------------------------------------------------


def _who(actor: Actor) -> UUID:
    if actor.gebruiker_id is None:
        raise PermissionDenied("Alleen een beoordelaar die is ingelogd, beslist.")
    return actor.gebruiker_id


def _for_beoordelaar(actor: Actor, aanvraag_id: UUID) -> Aanvraag:
    require(actor, Permission.AANVRAAG_BEOORDELEN)
    return visible_to(actor).get(pk=aanvraag_id)


def _rule(aanvraag: Aanvraag) -> Callable[..., Uitkomst[AbaOordeel]]:
    """A school is checked by its data; everything else is assessed."""
    if aanvraag.soort == Aanvraagsoort.SCHOOL:
        return arbeidsvermogen.schooltoets
    return arbeidsvermogen.beoordeel


def _known(aanvraag: Aanvraag) -> dict[str, Any]:
    """The facts that the aanvraag itself gives. Who left the choice to UWV asked for nothing in particular."""
    known: dict[str, Any] = {"aanvrager": aanvraag.aanvrager, "geboortedatum": aanvraag.geboortedatum.isoformat()}
    if aanvraag.ontvangen_op is not None:
        known["verzocht_op"] = aanvraag.ontvangen_op.isoformat()
    if aanvraag.soort == Aanvraagsoort.SCHOOL:
        known["gevraagd"] = SoortAanvraag.BANENAFSPRAAK.value
        known["onderwijs"] = (onderwijs_of(aanvraag) or Onderwijs.GEEN).value
    elif aanvraag.soort == Aanvraagsoort.WEET_NIET:
        known["keuze_aan_uwv"] = True
    elif aanvraag.soort:
        known["gevraagd"] = aanvraag.soort
    return known


def _given(aanvraag: Aanvraag) -> dict[str, Any]:
    """The latest answer to each question that was not taken back."""
    given: dict[str, Any] = {}
    for row in aanvraag.antwoorden.all():
        if row.waarde_verzegeld is None:
            given.pop(row.feit, None)
        else:
            context = _context(aanvraag.pk, row.feit)
            given[row.feit] = json.loads(verzegeling.unseal_text(row.waarde_verzegeld, context=context))
    return given


def _facts(values: Mapping[str, Any]) -> ArbeidsvermogenFeiten:
    return parse(ArbeidsvermogenFeiten, values)


def _besluit(
    aanvraag: Aanvraag,
    feiten: ArbeidsvermogenFeiten,
    uitkomst: Uitkomst[AbaOordeel],
    *,
    actor: Actor,
    day: date,
    now: datetime,
) -> Besluit:
    """Register who belongs to the doelgroep, and keep what was decided and why."""
    oordeel, stappen = uitkomst.waarde, uitkomst.stappen
    made = None
    if oordeel.grond is not None and oordeel.route is not None:
        # Besluit SUWI 3.2: from the finding of UWV; after vso and praktijkonderwijs from the notice.
        by_notice = oordeel.route in (Route.VSO, Route.PRO) and feiten.verzocht_op is not None
        made = inschrijving.admit(
            actor=actor,
            persoon=aanvraag.persoon,
            grond=oordeel.grond,
            route=oordeel.route,
            vanaf=feiten.verzocht_op if by_notice and feiten.verzocht_op else day,
            op=day,
            gemeente=aanvraag.woongemeente_id,
            by=Permission.REGISTER_CHANGE,
            now=now,
        )
        stappen += made.stand.stappen
    registered = made is not None and made.registratie_id is not None
    ways = other_ways(Aanvraagsoort(aanvraag.soort), feiten, oordeel.uitkomst)
    reasons = {
        "stappen": [[stap.vraag, stap.uitkomst, stap.artikel, stap.toelichting] for stap in stappen],
        "uitkomst": uitkomst.to_json(),
        "alternatieven": [[way.soort.value, way.reden] for way in ways],
    }
    return Besluit.objects.create(
        aanvraag=aanvraag,
        genomen_op=day,
        genomen_at=now,
        beoordelaar_id=_who(actor),
        uitkomst=oordeel.uitkomst.value,
        gewisseld=oordeel.gewisseld,
        grond=oordeel.grond.value if registered and oordeel.grond else "",
        route=oordeel.route.value if registered and oordeel.route else "",
        registratie_id=made.registratie_id if made else None,
        was_al_geregistreerd=made is not None and made.was_al_geregistreerd,
        uitkomst_verzegeld=verzegeling.seal_text(
            json.dumps(reasons, ensure_ascii=False), context=_besluit_context(aanvraag.pk)
        ),
    )


def _advise(aanvraag: Aanvraag, besluit: Besluit, *, now: datetime) -> None:
    """An advice about beschut werk, positive or negative, that the college gets to decide on."""
    positive = besluit.uitkomst == AbaUitkomst.ADVIES_BESCHUT_WERK
    if not positive and aanvraag.soort != Aanvraagsoort.BESCHUT_WERK:
        return
    Beschutwerkadvies.objects.create(
        besluit=besluit,
        persoon=aanvraag.persoon,
        gemeente_id=aanvraag.woongemeente_id,
        aanvrager=aanvraag.aanvrager,
        positief=positive,
        geadviseerd_op=besluit.genomen_op,
    )
    if aanvraag.woongemeente_id is not None:
        soort = Gemeentebericht.Soort.ADVIES_BESCHUT_WERK
        tell(aanvraag.woongemeente_id, aanvraag.persoon, soort, datum=besluit.genomen_op, now=now)


def _read(besluit: Besluit, *, medical: bool) -> Beslissing:
    text = verzegeling.unseal_text(besluit.uitkomst_verzegeld, context=_besluit_context(besluit.aanvraag_id))
    reasons = json.loads(text)
    advies = Beschutwerkadvies.objects.filter(besluit=besluit).first()
    return Beslissing(
        aanvraag_id=besluit.aanvraag_id,
        uitkomst=AbaUitkomst(besluit.uitkomst),
        gewisseld=besluit.gewisseld,
        grond=Grond(besluit.grond) if besluit.grond else None,
        route=Route(besluit.route) if besluit.route else None,
        genomen_op=besluit.genomen_op,
        ingeschreven=besluit.registratie_id is not None,
        was_al_geregistreerd=besluit.was_al_geregistreerd,
        stappen=tuple(Besluitstap(*stap) for stap in reasons["stappen"]) if medical else (),
        alternatieven=tuple(AnderePad(Alternatief(soort), reden) for soort, reden in reasons["alternatieven"]),
        bezwaar_uiterlijk_op=last_day_of_bezwaar(besluit.genomen_op),
        bezwaar_op=besluit.bezwaar_op,
        beschutwerkadvies_id=advies.pk if advies else None,
    )


def _context(aanvraag_id: UUID, feit: str) -> str:
    return f"register.aanvraagantwoord.waarde:{aanvraag_id}:{feit}"


def _besluit_context(aanvraag_id: UUID) -> str:
    return f"register.besluit.uitkomst:{aanvraag_id}"


def _log(aanvraag: Aanvraag, what: str, *, actor: Actor, now: datetime) -> None:
    logboek.record(
        actor=actor,
        handeling=what,
        onderwerp=f"aanvraag {aanvraag.pk}",
        persoon_bsn_index=personen.audit_index(aanvraag.persoon),
        activiteit=Activiteit.AANVRAAG,
        now=now,
    )
