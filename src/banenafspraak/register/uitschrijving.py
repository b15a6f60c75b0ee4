"""Leaving the register on one's own request: asked, the employer heard first, decided within eight weeks.

Only the person asks; no article lets a gemeente or an employer ask it. `wet.uitschrijving` decides.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet

from banenafspraak.access import logboek, verzegeling
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, Rol, may, require
from banenafspraak.register import inschrijving, personen
from banenafspraak.register.gemeenteberichten import tell
from banenafspraak.register.models import (
    Gemeentebericht,
    Persoon,
    Uitschrijfstap,
    Uitschrijfstatus,
    Uitschrijfverzoek,
    Woonplaats,
)
from banenafspraak.register.moment import begin_writing, day_of
from banenafspraak.register.overgangen import Levensloop, NietMogelijk, Overgang, Overtaken
from banenafspraak.wet import uitschrijving as wet
from banenafspraak.wet.feiten import FeitenFout, parse
from banenafspraak.wet.registratie import EindeReden
from banenafspraak.wet.termijnen import TermijnFeiten, Termijnsoort, beslistermijn
from banenafspraak.wet.uitkomst import Uitkomst, to_plain
from banenafspraak.wet.uitschrijving import Uitschrijfbesluit, Uitschrijving, UitschrijvingFeiten, Weigering
from banenafspraak.wet.vragen import Vraag

__all__ = [
    "LEVENSLOOP",
    "NietMogelijk",
    "Overtaken",
    "Uitschrijfhandeling",
    "Uitschrijfinzage",
    "Uitschrijfstatus",
    "answer",
    "claim",
    "decide",
    "hear_employer",
    "look_at",
    "next_question",
    "preview",
    "request",
    "visible_to",
    "withdraw",
    "worklist",
]


class Uitschrijfhandeling(StrEnum):
    """What can be done with a request to leave."""

    VERZOEKEN = "verzoeken"
    OPPAKKEN = "oppakken"
    WERKGEVER_HOREN = "werkgever_horen"
    TOEWIJZEN = "toewijzen"
    AFWIJZEN = "afwijzen"
    INTREKKEN = "intrekken"


_S = Uitschrijfstatus

LEVENSLOOP: Levensloop[Uitschrijfhandeling] = Levensloop(
    "het verzoek om uitschrijving",
    MappingProxyType(
        {
            Uitschrijfhandeling.VERZOEKEN: Overgang(
                (), _S.INGEDIEND, Permission.UITSCHRIJVING_VERZOEKEN, "De persoon vraagt om uitschrijving."
            ),
            Uitschrijfhandeling.OPPAKKEN: Overgang(
                (_S.INGEDIEND,),
                _S.IN_BEHANDELING,
                Permission.UITSCHRIJVING_BEOORDELEN,
                "Een beoordelaar pakt het verzoek op.",
            ),
            Uitschrijfhandeling.WERKGEVER_HOREN: Overgang(
                (_S.IN_BEHANDELING,),
                None,
                Permission.UITSCHRIJVING_BEOORDELEN,
                "UWV vraagt de werkgever om zijn mening, en schrijft die op.",
            ),
            Uitschrijfhandeling.TOEWIJZEN: Overgang(
                (_S.IN_BEHANDELING,),
                _S.TOEGEWEZEN,
                Permission.UITSCHRIJVING_BEOORDELEN,
                "De registratie eindigt; de gemeente krijgt bericht.",
            ),
            Uitschrijfhandeling.AFWIJZEN: Overgang(
                (_S.IN_BEHANDELING,),
                _S.AFGEWEZEN,
                Permission.UITSCHRIJVING_BEOORDELEN,
                "De registratie blijft; de persoon krijgt de redenen.",
            ),
            Uitschrijfhandeling.INTREKKEN: Overgang(
                (_S.INGEDIEND, _S.IN_BEHANDELING),
                _S.INGETROKKEN,
                Permission.UITSCHRIJVING_VERZOEKEN,
                "De persoon trekt het verzoek in.",
            ),
        }
    ),
)
"""The life of a request to leave; docs/levenslopen.md is made from it."""


@dataclass(frozen=True)
class Uitschrijfinzage:
    """One request as this reader may see it. `stappen` are (question, outcome, article) of the decision.

    `mening` of the employer is for a beoordelaar only.
    """

    id: UUID
    persoon_id: UUID
    status: Uitschrijfstatus
    verzocht_op: date
    uiterlijk_op: date
    beoordelaar_id: UUID | None
    werkgever_gehoord_op: date | None
    werkgever_heeft_bezwaar: bool | None
    mening: str
    besloten_op: date | None
    eindigt_op: date | None
    weigeringen: tuple[Weigering, ...]
    stappen: tuple[tuple[str, str, str], ...]
    antwoorden: Mapping[str, Any]
    mag: frozenset[Uitschrijfhandeling]


def is_registered(*, actor: Actor, now: datetime) -> bool:
    """Whether the person who acts stands in the register today; for anybody else no. At most two queries."""
    persoon = Persoon.objects.filter(bsn_index__in=personen.own_indexes(actor)).first()
    return persoon is not None and bool(_running(persoon, day_of(now), now))


@transaction.atomic
def request(*, actor: Actor, now: datetime) -> UUID:
    """Ask to leave the register; asking twice gives the same id.

    Raises `PermissionDenied`, `ValidationError` when the person is not registered today.
    """
    require(actor, Permission.UITSCHRIJVING_VERZOEKEN)
    persoon = Persoon.objects.filter(bsn_index__in=personen.own_indexes(actor)).first()
    day = day_of(now)
    if persoon is None or not _running(persoon, day, now):
        raise ValidationError("U staat vandaag niet in het doelgroepregister. U hoeft zich niet uit te schrijven.")
    personen.lock(persoon.pk)
    open_ = (_S.INGEDIEND, _S.IN_BEHANDELING)
    running = Uitschrijfverzoek.objects.filter(persoon=persoon, status__in=open_).first()
    if running is not None:
        return running.pk
    feiten = TermijnFeiten(soort=Termijnsoort.UITSCHRIJVING, ontvangen_op=day)
    last = beslistermijn(feiten, peildatum=day).waarde.laatste_dag
    assert last is not None  # this term never stands still
    verzoek = Uitschrijfverzoek(persoon=persoon, verzocht_op=day, verzocht_at=now, uiterlijk_op=last)
    verzoek.save(force_insert=True)
    _write_step(verzoek, Uitschrijfhandeling.VERZOEKEN, van="", actor=actor, now=now)
    return verzoek.pk


@transaction.atomic
def claim(*, actor: Actor, verzoek_id: UUID, now: datetime) -> None:
    """Take the request up. Raises `Overtaken` when another beoordelaar has it; one's own claim again is nothing."""
    require(actor, Permission.UITSCHRIJVING_BEOORDELEN)
    verzoek = _locked(actor, verzoek_id)
    if verzoek.status == _S.IN_BEHANDELING:
        _require_mine(verzoek, actor)
        return
    LEVENSLOOP.require(Uitschrijfhandeling.OPPAKKEN, verzoek.status)
    verzoek.beoordelaar_id = actor.gebruiker_id
    _move(verzoek, Uitschrijfhandeling.OPPAKKEN, actor=actor, now=now)


@transaction.atomic
def answer(*, actor: Actor, verzoek_id: UUID, feit: str, waarde: bool | None, now: datetime) -> None:
    """Keep the answer to one question, by the beoordelaar who has the request; None takes it back.

    Raises `FeitenFout` for a value that does not fit or contradicts another, `Overtaken`, `NietMogelijk`.
    """
    verzoek = _locked_mine(actor, verzoek_id)
    if feit not in _ASKED:
        raise FeitenFout([f"{feit} wordt hier niet gevraagd."])
    answers = _answers(verzoek)
    answers.pop(feit, None)
    if waarde is not None:
        answers[feit] = waarde
    _facts(verzoek, answers, now)
    _keep_answers(verzoek, answers)
    verzoek.save(update_fields=["feiten_verzegeld"])
    _log(verzoek, "vraag over uitschrijving beantwoord", actor=actor, now=now)


@transaction.atomic
def hear_employer(
    *, actor: Actor, verzoek_id: UUID, gehoord_op: date, heeft_bezwaar: bool, mening: str, now: datetime
) -> None:
    """Write down what the employer thinks of it; once more replaces it.

    Raises `ValidationError` for a day before the request or after today.
    """
    verzoek = _locked_mine(actor, verzoek_id)
    if not verzoek.verzocht_op <= gehoord_op <= day_of(now):
        raise ValidationError({"gehoord_op": "De dag van het gesprek ligt tussen het verzoek en vandaag."})
    if len(mening) > _MAX_TEKST:
        raise ValidationError({"mening": f"Deze tekst is te lang. Gebruik hoogstens {_MAX_TEKST} tekens."})
    heard = {"heeft_werkgever": True, "werkgever_gehoord": True, "werkgever_heeft_bezwaar": heeft_bezwaar}
    answers = _answers(verzoek) | heard
    _facts(verzoek, answers, now)
    _keep_answers(verzoek, answers)
    verzoek.werkgever_gehoord_op = gehoord_op
    _move(verzoek, Uitschrijfhandeling.WERKGEVER_HOREN, actor=actor, now=now, toelichting=mening)


def next_question(*, actor: Actor, verzoek_id: UUID, peildatum: date) -> Vraag | None:
    """The next question for the beoordelaar, or None when the law can answer."""
    return wet.next_question(_facts_for(actor, verzoek_id, peildatum), peildatum=peildatum)


def preview(*, actor: Actor, verzoek_id: UUID, peildatum: date) -> Uitkomst[Uitschrijving]:
    """What the decision would be. Raises `FeitOntbreekt` while a question is open."""
    return wet.uitschrijving(_facts_for(actor, verzoek_id, peildatum), peildatum=peildatum)


@transaction.atomic
def decide(*, actor: Actor, verzoek_id: UUID, now: datetime) -> Uitschrijfstatus:
    """Decide on the request: end the registrations and tell the gemeente, or refuse with the reasons.

    Deciding twice gives the same answer. Raises `Overtaken`, `FeitOntbreekt`, and `NietMogelijk` while the employer
    must still be heard.
    """
    require(actor, Permission.UITSCHRIJVING_BEOORDELEN)
    begin_writing(now)
    verzoek = _locked(actor, verzoek_id)
    if verzoek.status in (_S.TOEGEWEZEN, _S.AFGEWEZEN):
        _require_mine(verzoek, actor)
        return Uitschrijfstatus(verzoek.status)
    verzoek = _locked_mine(actor, verzoek_id)
    day = day_of(now)
    uitkomst = wet.uitschrijving(_facts(verzoek, _answers(verzoek), now), peildatum=day)
    found = uitkomst.waarde
    if found.besluit is Uitschrijfbesluit.EERST_WERKGEVER_HOREN:
        raise NietMogelijk("Vraag eerst de werkgever om zijn mening, en leg die vast.")
    reasons = json.dumps(uitkomst.to_json(), ensure_ascii=False)
    verzoek.uitkomst_verzegeld = verzegeling.seal_text(reasons, context=_context(verzoek, "uitkomst"))
    verzoek.besloten_op, verzoek.eindigt_op = day, found.eindigt_op
    granted = found.eindigt_op is not None
    _move(verzoek, Uitschrijfhandeling.TOEWIJZEN if granted else Uitschrijfhandeling.AFWIJZEN, actor=actor, now=now)
    if found.eindigt_op is not None:
        _end(verzoek, found.eindigt_op, actor=actor, inform=found.gemeente_informeren, day=day, now=now)
    return Uitschrijfstatus(verzoek.status)


@transaction.atomic
def withdraw(*, actor: Actor, verzoek_id: UUID, now: datetime) -> None:
    """The person withdraws; once more changes nothing. Raises `NietMogelijk` after the decision."""
    require(actor, Permission.UITSCHRIJVING_VERZOEKEN)
    verzoek = _locked(actor, verzoek_id)
    if verzoek.status == _S.INGETROKKEN:
        return
    _move(verzoek, Uitschrijfhandeling.INTREKKEN, actor=actor, now=now)


def visible_to(actor: Actor) -> QuerySet[Uitschrijfverzoek]:
    """The requests this actor may see: a beoordelaar all, a burger the own ones, everybody else none.

    Raises `TypeError` for `actor=None`.
    """
    if actor is None:
        raise TypeError("an actor is required")
    verzoeken = Uitschrijfverzoek.objects.select_related("persoon")
    if may(actor, Permission.UITSCHRIJVING_BEOORDELEN):
        return verzoeken
    return verzoeken.filter(persoon__bsn_index__in=personen.own_indexes(actor))


def worklist(actor: Actor) -> QuerySet[Uitschrijfverzoek]:
    """What a beoordelaar has to do, by last day; for everybody else nothing."""
    verzoeken = visible_to(actor)
    if not may(actor, Permission.UITSCHRIJVING_BEOORDELEN):
        return verzoeken.none()
    return verzoeken.filter(status__in=[_S.INGEDIEND, _S.IN_BEHANDELING]).order_by("uiterlijk_op", "verzocht_at", "pk")


@transaction.atomic
def look_at(*, actor: Actor, verzoek_id: UUID, now: datetime) -> Uitschrijfinzage:
    """One request; the look is logged. Raises `Uitschrijfverzoek.DoesNotExist` for who may not."""
    verzoek = visible_to(actor).get(pk=verzoek_id)
    _log(verzoek, "verzoek om uitschrijving ingezien", actor=actor, now=now)
    answers, reasons = _answers(verzoek), _reasons(verzoek)
    beoordelaar = actor.rol is Rol.BEOORDELAAR
    heard = verzoek.stappen.filter(handeling=Uitschrijfhandeling.WERKGEVER_HOREN.value).last()
    return Uitschrijfinzage(
        id=verzoek.pk,
        persoon_id=verzoek.persoon_id,
        status=Uitschrijfstatus(verzoek.status),
        verzocht_op=verzoek.verzocht_op,
        uiterlijk_op=verzoek.uiterlijk_op,
        beoordelaar_id=verzoek.beoordelaar_id,
        werkgever_gehoord_op=verzoek.werkgever_gehoord_op,
        werkgever_heeft_bezwaar=answers.get("werkgever_heeft_bezwaar"),
        mening=_toelichting(heard) if heard is not None and beoordelaar else "",
        besloten_op=verzoek.besloten_op,
        eindigt_op=verzoek.eindigt_op,
        weigeringen=tuple(Weigering(w) for w in reasons["waarde"]["weigeringen"]) if reasons else (),
        stappen=tuple((s["vraag"], s["uitkomst"], s["artikel"]) for s in reasons["stappen"]) if reasons else (),
        antwoorden=answers if beoordelaar else {},
        mag=_may_now(verzoek, actor),
    )


# --- Inside ------------------------------------------------------------------------------------------------------

_MAX_TEKST = 4_000
_OPEN = frozenset({"gronden", "verzocht_op", "geboortedatum"})
_ASKED = frozenset(UitschrijvingFeiten.__dataclass_fields__) - _OPEN


def _locked(actor: Actor, verzoek_id: UUID) -> Uitschrijfverzoek:
    return visible_to(actor).select_for_update(of=("self",), no_key=True).get(pk=verzoek_id)


def _locked_mine(actor: Actor, verzoek_id: UUID) -> Uitschrijfverzoek:
    require(actor, Permission.UITSCHRIJVING_BEOORDELEN)
    verzoek = _locked(actor, verzoek_id)
    if verzoek.beoordelaar_id is not None:
        _require_mine(verzoek, actor)
    LEVENSLOOP.require(Uitschrijfhandeling.WERKGEVER_HOREN, verzoek.status)
    return verzoek


def _require_mine(verzoek: Uitschrijfverzoek, actor: Actor) -> None:
    if verzoek.beoordelaar_id != actor.gebruiker_id:
        raise Overtaken("Een collega heeft dit verzoek al opgepakt.")


def _running(persoon: Persoon, day: date, now: datetime) -> bool:
    return any(personen.runs_on(row, day) for row in personen.known_registraties(persoon, known_at=now))


def _facts_for(actor: Actor, verzoek_id: UUID, peildatum: date) -> UitschrijvingFeiten:
    if not may(actor, Permission.UITSCHRIJVING_BEOORDELEN):
        raise PermissionDenied("Alleen een beoordelaar ziet de vragen.")
    verzoek = visible_to(actor).get(pk=verzoek_id)
    return _facts(verzoek, _answers(verzoek), verzoek.verzocht_at, peildatum=peildatum)


def _facts(
    verzoek: Uitschrijfverzoek, answers: Mapping[str, Any], now: datetime, *, peildatum: date | None = None
) -> UitschrijvingFeiten:
    """The registrations that run, and the answers. Raises `FeitenFout` for answers that contradict each other."""
    day = peildatum or day_of(now)
    rows = [row for row in personen.latest_registraties(verzoek.persoon) if personen.runs_on(row, day)]
    # Who left the register in the meantime has nothing to leave; the law's function wants the ground of the request.
    gronden = personen.grondperioden(rows or personen.latest_registraties(verzoek.persoon))
    values = {
        "gronden": to_plain(gronden),
        "verzocht_op": verzoek.verzocht_op.isoformat(),
        "geboortedatum": verzoek.persoon.geboortedatum.isoformat(),
        **answers,
    }
    return parse(UitschrijvingFeiten, values)


def _answers(verzoek: Uitschrijfverzoek) -> dict[str, Any]:
    if verzoek.feiten_verzegeld is None:
        return {}
    text = verzegeling.unseal_text(verzoek.feiten_verzegeld, context=_context(verzoek, "feiten"))
    answers: dict[str, Any] = json.loads(text)
    return answers


def _keep_answers(verzoek: Uitschrijfverzoek, answers: Mapping[str, Any]) -> None:
    text = json.dumps(dict(answers))
    verzoek.feiten_verzegeld = verzegeling.seal_text(text, context=_context(verzoek, "feiten"))


def _reasons(verzoek: Uitschrijfverzoek) -> dict[str, Any] | None:
    if verzoek.uitkomst_verzegeld is None:
        return None
    text = verzegeling.unseal_text(verzoek.uitkomst_verzegeld, context=_context(verzoek, "uitkomst"))
    reasons: dict[str, Any] = json.loads(text)
    return reasons


def _end(verzoek: Uitschrijfverzoek, tot: date, *, actor: Actor, inform: bool, day: date, now: datetime) -> None:
    inschrijving.end_all(
        actor=actor,
        persoon=verzoek.persoon,
        tot=tot,
        einde_reden=EindeReden.VRIJWILLIGE_UITSCHRIJVING,
        by=Permission.REGISTER_CHANGE,
        now=now,
    )
    home = Woonplaats.objects.filter(persoon=verzoek.persoon, geldig__contains=day, bekend__contains=now).first()
    if inform and home is not None:
        tell(home.gemeente_id, verzoek.persoon, Gemeentebericht.Soort.UITSCHRIJVING, datum=tot, now=now)


def _may_now(verzoek: Uitschrijfverzoek, actor: Actor) -> frozenset[Uitschrijfhandeling]:
    possible = set(LEVENSLOOP.possible(verzoek.status))
    if actor.rol is not Rol.BEOORDELAAR:
        return frozenset(possible & {Uitschrijfhandeling.INTREKKEN})
    possible.discard(Uitschrijfhandeling.INTREKKEN)
    taken = verzoek.beoordelaar_id not in (None, actor.gebruiker_id)
    return frozenset() if taken else frozenset(possible)


def _move(
    verzoek: Uitschrijfverzoek, handeling: Uitschrijfhandeling, *, actor: Actor, now: datetime, toelichting: str = ""
) -> None:
    van = verzoek.status
    verzoek.status = LEVENSLOOP.require(handeling, van)
    verzoek.save()
    _write_step(verzoek, handeling, van=van, actor=actor, now=now, toelichting=toelichting)


def _write_step(
    verzoek: Uitschrijfverzoek,
    handeling: Uitschrijfhandeling,
    *,
    van: str,
    actor: Actor,
    now: datetime,
    toelichting: str = "",
) -> None:
    text = toelichting.strip()
    Uitschrijfstap.objects.create(
        verzoek=verzoek,
        handeling=handeling.value,
        van=van,
        naar=verzoek.status,
        op=day_of(now),
        recorded_at=now,
        gebruiker_id=actor.gebruiker_id,
        rol=actor.rol.value,
        toelichting_verzegeld=verzegeling.seal_text(text, context=_context(verzoek, "stap")) if text else None,
    )
    _log(verzoek, f"uitschrijving {handeling.value.replace('_', ' ')}", actor=actor, now=now)


def _toelichting(stap: Uitschrijfstap) -> str:
    if stap.toelichting_verzegeld is None:
        return ""
    return verzegeling.unseal_text(stap.toelichting_verzegeld, context=_context(stap.verzoek, "stap"))


def _context(verzoek: Uitschrijfverzoek, what: str) -> str:
    return f"register.uitschrijfverzoek.{what}:{verzoek.pk}"


def _log(verzoek: Uitschrijfverzoek, what: str, *, actor: Actor, now: datetime) -> None:
    logboek.record(
        actor=actor,
        handeling=what,
        onderwerp=f"uitschrijving {verzoek.pk}",
        persoon_bsn_index=personen.audit_index(verzoek.persoon),
        now=now,
    )
