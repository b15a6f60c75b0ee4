"""What somebody says is not right about the own data, from the first word to the answer (AVG art. 16 and 12 lid 3).

About the register itself UWV answers; about a look the supervisor does, because UWV may be the one who looked. An
answer comes within a month; with a reason given in that month it may take two more. Correcting the register is the
work of `registraties.correct` and `end`: here stands what was asked and what was answered.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek, verzegeling
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, may, require
from banenafspraak.register.meldingwoorden import LOPEND, SOORTEN, Meldingonderwerp, Meldingsoort, Meldingstatus
from banenafspraak.register.models import Melding as Melding
from banenafspraak.register.models import Registratie, melding_context
from banenafspraak.register.overgangen import Levensloop, NietMogelijk, Overgang, Overtaken
from banenafspraak.wet.inzagetermijn import InzageFeiten, antwoordtermijn

MAX_TEKST = 2000


class Meldinghandeling(StrEnum):
    """What can be done with a melding."""

    MELDEN = "melden"
    OPPAKKEN = "oppakken"
    TERUGLEGGEN = "terugleggen"
    VERLENGEN = "verlengen"
    GEGROND_VERKLAREN = "gegrond_verklaren"
    ONGEGROND_VERKLAREN = "ongegrond_verklaren"
    INTREKKEN = "intrekken"


_H, _S = Meldinghandeling, Meldingstatus


def _levensloop(naam: str, answers: Permission) -> Levensloop[Meldinghandeling]:
    return Levensloop(
        naam,
        MappingProxyType(
            {
                _H.MELDEN: Overgang((), _S.INGEDIEND, Permission.OWN_VIEW, "De persoon meldt wat er niet klopt."),
                _H.OPPAKKEN: Overgang(
                    (_S.INGEDIEND,), _S.IN_BEHANDELING, answers, "Een behandelaar pakt de melding op."
                ),
                _H.TERUGLEGGEN: Overgang(
                    (_S.IN_BEHANDELING,), _S.INGEDIEND, answers, "De behandelaar legt haar terug."
                ),
                _H.VERLENGEN: Overgang((_S.IN_BEHANDELING,), None, answers, "Het antwoord komt later, met een reden."),
                _H.GEGROND_VERKLAREN: Overgang((_S.IN_BEHANDELING,), _S.GEGROND, answers, "Het klopt inderdaad niet."),
                _H.ONGEGROND_VERKLAREN: Overgang((_S.IN_BEHANDELING,), _S.ONGEGROND, answers, "Het klopt toch wel."),
                _H.INTREKKEN: Overgang(LOPEND, _S.INGETROKKEN, Permission.OWN_VIEW, "De persoon trekt de melding in."),
            }
        ),
    )


LEVENSLOPEN: Mapping[Meldingonderwerp, Levensloop[Meldinghandeling]] = MappingProxyType(
    {
        Meldingonderwerp.REGISTRATIE: _levensloop("de melding over het register", Permission.MELDING_DECIDE),
        Meldingonderwerp.BLIK: _levensloop("de melding over wie keek", Permission.MELDING_INZAGE_DECIDE),
    }
)
"""The life of a melding; docs/levenslopen.md is made from it."""


@dataclass(frozen=True)
class Meldinginzage:
    """One melding as this reader may see it: the person, or who answers. `bsn` is there for UWV only."""

    id: UUID
    onderwerp: Meldingonderwerp
    soort: Meldingsoort
    status: Meldingstatus
    registratie_id: int | None
    blik: str
    toelichting: str
    ingediend_at: datetime
    uiterlijk_op: date
    verlengd_op: date | None
    verlenging: str
    behandelaar_id: UUID | None
    antwoord: str
    beantwoord_at: datetime | None
    bsn: Bsn | None
    mag: frozenset[Meldinghandeling]
    herstelbaar: bool = False
    """Whether this reader may put the register right from here."""


def visible_to(actor: Actor) -> QuerySet[Melding]:
    """The meldingen this actor may see: a burger the own, UWV those about the register, the supervisor those on looks.

    Raises `TypeError` for `actor=None`.
    """
    if actor is None:
        raise TypeError("an actor is required")
    found = Melding.objects.order_by("-ingediend_at", "pk")
    if may(actor, Permission.OWN_VIEW) and actor.bsn is not None:
        return found.filter(melder=actor.gebruiker_id)
    answered = [o.value for o in Meldingonderwerp if may(actor, LEVENSLOPEN[o].overgangen[_H.OPPAKKEN].permission)]
    return found.filter(onderwerp__in=answered) if answered else found.none()


def worklist(actor: Actor) -> QuerySet[Melding]:
    """What waits for an answer of this actor, by last day. Raises `PermissionDenied` for who answers none."""
    if not (may(actor, Permission.MELDING_DECIDE) or may(actor, Permission.MELDING_INZAGE_DECIDE)):
        raise PermissionDenied("this role answers no meldingen")
    return visible_to(actor).filter(status__in=[s.value for s in LOPEND]).order_by("uiterlijk_op", "ingediend_at", "pk")


def report(
    *,
    actor: Actor,
    soort: Meldingsoort,
    toelichting: str,
    registratie_id: int | None = None,
    blik: str = "",
    peildatum: date,
    now: datetime,
) -> UUID:
    """Say that something is not right: about the own registration (or that it is missing), or about one look.

    Saying the same twice gives the id of the melding that runs already. Raises `PermissionDenied`; `ValidationError`
    (Dutch) for a kind that does not fit, a text that is too long, or a registration or look that is not the own.
    """
    require(actor, Permission.OWN_VIEW)
    if actor.bsn is None or actor.gebruiker_id is None:
        raise PermissionDenied("only who signed in with a BSN reports about the own data")
    onderwerp = Meldingonderwerp.BLIK if blik else Meldingonderwerp.REGISTRATIE
    _check_report(actor, onderwerp, soort, toelichting, registratie_id, blik)
    melding_id = uuid4()
    termijn = antwoordtermijn(InzageFeiten(ontvangen_op=peildatum), peildatum=peildatum).waarde
    melding = Melding(
        id=melding_id,
        melder_id=actor.gebruiker_id,
        bsn_verzegeld=bsns.seal(actor.bsn, context=melding_context("bsn", melding_id)),
        onderwerp=onderwerp.value,
        registratie_id=registratie_id,
        blik=blik,
        soort=soort.value,
        toelichting_verzegeld=_sealed("toelichting", melding_id, toelichting.strip()),
        status=_S.INGEDIEND.value,
        ingediend_at=now,
        ontvangen_op=peildatum,
        uiterlijk_op=termijn.laatste_dag,
    )
    try:
        with transaction.atomic():
            melding.save(force_insert=True)
            _log(actor, "melding gedaan", melding, now=now)
    except IntegrityError as error:
        if "over_een_ding_loopt_hoogstens_een_melding" not in str(error):
            raise
        running = visible_to(actor).filter(
            onderwerp=onderwerp.value, registratie=registratie_id, blik=blik, soort=soort.value, status__in=LOPEND
        )
        return running.values_list("pk", flat=True)[0]
    return melding_id


@transaction.atomic
def claim(*, actor: Actor, melding_id: UUID, now: datetime) -> None:
    """Take a melding up. Raises `PermissionDenied`, `Overtaken` when somebody else has it."""
    melding = _move(actor, melding_id, _H.OPPAKKEN, behandelaar_id=actor.gebruiker_id)
    _log(actor, "melding opgepakt", melding, now=now)


@transaction.atomic
def release(*, actor: Actor, melding_id: UUID, now: datetime) -> None:
    """Put it back on the list. Raises as `claim`, also for who does not have it."""
    melding = _move(actor, melding_id, _H.TERUGLEGGEN, behandelaar_id=None)
    _log(actor, "melding teruggelegd", melding, now=now)


@transaction.atomic
def extend(*, actor: Actor, melding_id: UUID, reden: str, peildatum: date, now: datetime) -> date:
    """Tell the person that the answer comes later and why; returns the new last day.

    Raises `PermissionDenied`, `Overtaken`; `ValidationError` without a reason; `NietMogelijk` a second time, or when
    the first month is over.
    """
    melding = _locked(actor, melding_id, _H.VERLENGEN)
    reden = _text("reden", reden, "Schrijf op waarom het antwoord later komt.")
    if melding.verlengd_op is not None:
        raise NietMogelijk("Deze termijn is al een keer verlengd.")
    feiten = InzageFeiten(ontvangen_op=melding.ontvangen_op, verlenging_meegedeeld_op=peildatum)
    termijn = antwoordtermijn(feiten, peildatum=peildatum).waarde
    if not termijn.verlengd:
        raise NietMogelijk("Verlengen kan niet meer: de eerste maand is voorbij.")
    melding.verlengd_op, melding.uiterlijk_op = peildatum, termijn.laatste_dag
    melding.verlenging_verzegeld = _sealed("verlenging", melding_id, reden)
    melding.save(update_fields=["verlengd_op", "uiterlijk_op", "verlenging_verzegeld"])
    _log(actor, "antwoord op melding uitgesteld", melding, now=now)
    return termijn.laatste_dag


@transaction.atomic
def answer(*, actor: Actor, melding_id: UUID, gegrond: bool, antwoord: str, now: datetime) -> None:
    """Answer the person: it was wrong indeed (`gegrond`) and what was done about it, or it was not and why.

    Raises `PermissionDenied`, `Overtaken` for who does not have it, `ValidationError` (Dutch) without a text.
    """
    handeling = _H.GEGROND_VERKLAREN if gegrond else _H.ONGEGROND_VERKLAREN
    require_any(actor)
    antwoord = _text("antwoord", antwoord, "Schrijf een antwoord.")
    melding = _move(
        actor,
        melding_id,
        handeling,
        antwoord_verzegeld=_sealed("antwoord", melding_id, antwoord),
        beantwoord_at=now,
    )
    _log(actor, f"melding {melding.status} verklaard", melding, now=now)


@transaction.atomic
def withdraw(*, actor: Actor, melding_id: UUID, now: datetime) -> None:
    """The person takes it back. Raises `PermissionDenied`, `Overtaken` after the answer."""
    require(actor, Permission.OWN_VIEW)
    melding = _move(actor, melding_id, _H.INTREKKEN)
    _log(actor, "melding ingetrokken", melding, now=now)


@transaction.atomic
def look_at(*, actor: Actor, melding_id: UUID, now: datetime) -> Meldinginzage:
    """One melding as this reader may see it; the look is logged. Raises `Melding.DoesNotExist` for who may not."""
    melding = visible_to(actor).get(pk=melding_id)
    if actor.bsn is None:
        _log(actor, "melding bekeken", melding, now=now)
    return describe(actor, melding)


def describe(actor: Actor, melding: Melding) -> Meldinginzage:
    """A melding out of `visible_to(actor)`, opened; the caller logs the look. Raises `SealError`."""
    onderwerp, status = Meldingonderwerp(melding.onderwerp), _S(melding.status)
    possible = LEVENSLOPEN[onderwerp].possible(status)
    mag = {h for h in possible if may(actor, LEVENSLOPEN[onderwerp].overgangen[h].permission)}
    if status is _S.IN_BEHANDELING and melding.behandelaar_id != actor.gebruiker_id:
        mag &= {_H.INTREKKEN}
    if melding.verlengd_op is not None:
        mag -= {_H.VERLENGEN}
    return Meldinginzage(
        id=melding.pk,
        onderwerp=onderwerp,
        soort=Meldingsoort(melding.soort),
        status=status,
        registratie_id=melding.registratie_id,
        blik=melding.blik,
        toelichting=_opened("toelichting", melding.pk, melding.toelichting_verzegeld),
        ingediend_at=melding.ingediend_at,
        uiterlijk_op=melding.uiterlijk_op,
        verlengd_op=melding.verlengd_op,
        verlenging=_opened("verlenging", melding.pk, melding.verlenging_verzegeld),
        behandelaar_id=melding.behandelaar_id,
        antwoord=_opened("antwoord", melding.pk, melding.antwoord_verzegeld),
        beantwoord_at=melding.beantwoord_at,
        bsn=_bsn_of(melding) if may(actor, Permission.MELDING_DECIDE) else None,
        mag=frozenset(mag),
        herstelbaar=onderwerp is Meldingonderwerp.REGISTRATIE and is_open_to_mend(actor, melding),
    )


def held_by(actor: Actor, melding_id: UUID) -> Bsn:
    """About whom this melding on the register is, for who has it to answer, or found it right; locked until the end.

    Raises `PermissionDenied`; `Overtaken` when somebody else has it, or it is over and nothing follows from it.
    """
    require(actor, Permission.MELDING_DECIDE)
    melding = visible_to(actor).select_for_update().filter(pk=melding_id).first()
    if melding is None or melding.onderwerp != Meldingonderwerp.REGISTRATIE:
        raise PermissionDenied("this melding is not for this actor")
    if not is_open_to_mend(actor, melding):
        raise Overtaken("U behandelt deze melding niet, of zij is al afgehandeld. Bekijk de melding opnieuw.")
    return _bsn_of(melding)


def is_open_to_mend(actor: Actor, melding: Melding) -> bool:
    """Whether what the register says may be put right from this melding, by this actor."""
    mine = melding.behandelaar_id is not None and melding.behandelaar_id == actor.gebruiker_id
    return mine and melding.status in (_S.IN_BEHANDELING, _S.GEGROND)


def require_any(actor: Actor) -> None:
    """Raise `PermissionDenied` for who answers no meldingen at all."""
    worklist(actor)


def _check_report(
    actor: Actor,
    onderwerp: Meldingonderwerp,
    soort: Meldingsoort,
    toelichting: str,
    registratie_id: int | None,
    blik: str,
) -> None:
    if soort not in SOORTEN[onderwerp]:
        raise ValidationError({"soort": "Kies wat er niet klopt."})
    if len(toelichting) > MAX_TEKST:
        raise ValidationError({"toelichting": f"Uw tekst is te lang. Gebruik hoogstens {MAX_TEKST} tekens."})
    if soort is Meldingsoort.IETS_ANDERS and not toelichting.strip():
        raise ValidationError({"toelichting": "Schrijf op wat er niet klopt."})
    own = Q(persoon__bsn_index__in=bsns.indexes(actor.bsn, doel="register")) if actor.bsn else Q(pk=None)
    if registratie_id is not None and not Registratie.objects.filter(own, pk=registratie_id).exists():
        raise ValidationError("Deze registratie is niet van u.")
    if blik and logboek.look(actor, blik) is None:
        raise ValidationError("Dit staat niet in uw overzicht.")


def _move(actor: Actor, melding_id: UUID, handeling: Meldinghandeling, **changes: Any) -> Melding:
    """The change of state itself, on the row locked; who did not claim it does not move it."""
    melding = _locked(actor, melding_id, handeling)
    melding.status = str(LEVENSLOPEN[Meldingonderwerp(melding.onderwerp)].overgangen[handeling].naar)
    for column, value in changes.items():
        setattr(melding, column, value)
    melding.save(update_fields=["status", *(column.removesuffix("_id") for column in changes)])
    return melding


def _locked(actor: Actor, melding_id: UUID, handeling: Meldinghandeling) -> Melding:
    melding = visible_to(actor).select_for_update().filter(pk=melding_id).first()
    if melding is None:
        raise PermissionDenied("this melding is not for this actor")
    overgang = LEVENSLOPEN[Meldingonderwerp(melding.onderwerp)].overgangen[handeling]
    require(actor, overgang.permission)
    if melding.status not in overgang.van:
        raise Overtaken("Dit kan niet meer: de melding is intussen veranderd. Bekijk de melding opnieuw.")
    mine = melding.behandelaar_id == actor.gebruiker_id
    if melding.status == _S.IN_BEHANDELING and handeling is not _H.INTREKKEN and not mine:
        raise Overtaken("Een collega heeft deze melding opgepakt.")
    return melding


def _text(field: str, text: str, missing: str) -> str:
    text = text.strip()
    if not text:
        raise ValidationError({field: missing})
    if len(text) > MAX_TEKST:
        raise ValidationError({field: f"De tekst is te lang. Gebruik hoogstens {MAX_TEKST} tekens."})
    return text


def _sealed(kolom: str, melding_id: UUID, text: str) -> bytes:
    return verzegeling.seal_text(text, context=melding_context(kolom, melding_id))


def _opened(kolom: str, melding_id: UUID, blob: bytes | memoryview | None) -> str:
    return verzegeling.unseal_text(blob, context=melding_context(kolom, melding_id)) if blob else ""


def _bsn_of(melding: Melding) -> Bsn:
    return Bsn.parse(bsns.unseal(melding.bsn_verzegeld, context=melding_context("bsn", melding.pk)))


def _log(actor: Actor, handeling: str, melding: Melding, *, now: datetime) -> None:
    logboek.record(
        actor=actor,
        handeling=handeling,
        onderwerp=f"melding {melding.pk}",
        persoon_bsn_index=bsns.index(_bsn_of(melding), doel="audit"),
        # What somebody does with the own data is no look by another.
        activiteit=Activiteit.INZAGE if actor.bsn is not None else Activiteit.TOEZICHT,
        now=now,
    )
