"""Who works where, since when, until when and through whom; the last day is watched, the person decides who sees it.

A bemiddelaar writes a placement down and follows it. That the last day is past changes nothing by itself: it stands on
top of the list until somebody says what came of it. An employer sees a placement only when the person shares it with
just that employer, through one function of the database (migration 0061): that somebody has one says that this person
is in the register, or was.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
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
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, Rol, require
from banenafspraak.bemiddeling import contact, toestemmingen
from banenafspraak.bemiddeling.contact import Voorstelhandeling
from banenafspraak.bemiddeling.contactwoorden import Contactuitkomst, Voorstelstatus
from banenafspraak.bemiddeling.models import Plaatsing as Plaatsing
from banenafspraak.bemiddeling.models import Plaatsingstap, Voorstel
from banenafspraak.bemiddeling.models_plaatsing import plaatsing_context
from banenafspraak.bemiddeling.plaatsingwoorden import (
    MAG_BIJ_EEN_ANDER,
    Eindreden,
    Plaatsingsector,
    Plaatsingsoort,
    Plaatsingstatus,
)
from banenafspraak.register import personen, persoonsindex, queries
from banenafspraak.register.moment import day_of
from banenafspraak.register.overgangen import Levensloop, NietMogelijk, Overgang, Overtaken
from banenafspraak.wet.instrumenten import proefplaatsing
from banenafspraak.wet.instrumenten.proefplaatsing import Loket
from banenafspraak.wet.parameters import ParameterFout
from banenafspraak.wet.uitkomst import show_date


class Plaatsinghandeling(StrEnum):
    """What can be done with a plaatsing."""

    VASTLEGGEN = "vastleggen"
    WIJZIGEN = "wijzigen"
    BEGINNEN = "beginnen"
    VERLENGEN = "verlengen"
    BEEINDIGEN = "beeindigen"
    INTREKKEN = "intrekken"
    DELEN = "delen"
    NIET_MEER_DELEN = "niet_meer_delen"


_H, _S, _P = Plaatsinghandeling, Plaatsingstatus, Permission
_ALLES = tuple(_S)

LEVENSLOOP: Levensloop[Plaatsinghandeling] = Levensloop(
    "de plaatsing",
    MappingProxyType(
        {
            _H.VASTLEGGEN: Overgang((), _S.VOORGENOMEN, _P.PLAATSING_CHANGE, "Iemand gaat ergens werken."),
            _H.WIJZIGEN: Overgang(
                (_S.VOORGENOMEN, _S.LOPEND), None, _P.PLAATSING_CHANGE, "De afspraken of de uren zijn anders."
            ),
            _H.BEGINNEN: Overgang((_S.VOORGENOMEN,), _S.LOPEND, _P.PLAATSING_CHANGE, "De persoon is begonnen."),
            _H.VERLENGEN: Overgang(
                (_S.VOORGENOMEN, _S.LOPEND), None, _P.PLAATSING_CHANGE, "De laatste dag komt later, of vervalt."
            ),
            _H.BEEINDIGEN: Overgang(
                (_S.LOPEND,), _S.BEEINDIGD, _P.PLAATSING_CHANGE, "Het werk is gestopt of gaat anders verder."
            ),
            _H.INTREKKEN: Overgang((_S.VOORGENOMEN,), _S.INGETROKKEN, _P.PLAATSING_CHANGE, "Het ging niet door."),
            _H.DELEN: Overgang(
                (_S.VOORGENOMEN, _S.LOPEND, _S.BEEINDIGD),
                None,
                _P.PLAATSING_SHARE,
                "De persoon laat een werkgever meekijken.",
            ),
            _H.NIET_MEER_DELEN: Overgang(_ALLES, None, _P.PLAATSING_SHARE, "De werkgever kijkt niet meer mee."),
        }
    ),
)
"""The life of a plaatsing; docs/levenslopen.md is made from it, and the trigger of migration 0061 holds it too."""

VOORUIT = 366
"""Days ahead that a placement may begin at most; later is a slip of the keyboard."""
SOON = 42
"""Days before the last day on which a placement asks for attention: time to talk about what comes after."""
MAX_NAAM = 200
_EARLIEST = date(2015, 1, 1)


@dataclass(frozen=True)
class Bedrijf:
    """An employer by its KvK number, with the name that people use."""

    kvk: str
    naam: str


@dataclass(frozen=True)
class Inhoud:
    """What was agreed: the work, the hours, the days (`eindigt_op` is the last one), and with whom."""

    soort: Plaatsingsoort
    uren_per_week: Decimal
    begint_op: date
    eindigt_op: date | None
    werkgever: Bedrijf
    inlener: Bedrijf | None = None
    sector: Plaatsingsector = Plaatsingsector.ONBEKEND
    route: Loket | None = None
    verlengd: bool = False
    onderbroken_dagen: int = 0
    met_loonheffing: bool = False


def inhoud_of(plaatsing: Plaatsing) -> Inhoud:
    """What was agreed, out of its row."""
    return Inhoud(
        soort=Plaatsingsoort(plaatsing.soort),
        uren_per_week=plaatsing.uren_per_week,
        begint_op=plaatsing.begint_op,
        eindigt_op=plaatsing.eindigt_op,
        werkgever=Bedrijf(plaatsing.werkgever_kvk, plaatsing.werkgever_naam),
        inlener=Bedrijf(plaatsing.inlener_kvk, plaatsing.inlener_naam) if plaatsing.inlener_kvk else None,
        sector=Plaatsingsector(plaatsing.sector),
        route=Loket(plaatsing.route) if plaatsing.route else None,
        verlengd=plaatsing.verlengd,
        onderbroken_dagen=plaatsing.onderbroken_dagen,
        met_loonheffing=plaatsing.met_loonheffing,
    )


def visible_to(actor: Actor, *, now: datetime) -> QuerySet[Plaatsing]:
    """The placements this actor may see: a person the own, a bemiddelaar those of who live in the own part today.

    Nobody else sees any here, least of all an employer. Raises `TypeError` for `actor=None`.
    """
    if actor is None:
        raise TypeError("an actor is required")
    found = Plaatsing.objects.select_related("persoon").order_by("-begint_op", "pk")
    if actor.rol is Rol.BURGER and actor.bsn is not None:
        return found.filter(persoonsindex.is_person(actor.bsn, path="persoon__"))
    if actor.rol is Rol.BEMIDDELAAR:
        return found.filter(persoon__in=queries.own_people(actor, peildatum=day_of(now), known_at=now))
    return found.none()


def waiting_for_attention(actor: Actor, *, now: datetime) -> QuerySet[Plaatsing]:
    """Whose last day is near or past, and whose first day came while nobody said they began."""
    today = day_of(now)
    ends = Q(status=_S.LOPEND, eindigt_op__lte=today + timedelta(days=SOON))
    begins = Q(status=_S.VOORGENOMEN, begint_op__lte=today)
    return visible_to(actor, now=now).filter(ends | begins)


# --- The bemiddelaar writes it down and follows it ---------------------------------------------------------------


@transaction.atomic
def plan(
    *,
    actor: Actor,
    persoon_id: UUID,
    inhoud: Inhoud,
    voorstel_id: UUID | None = None,
    sleutel: UUID | None = None,
    now: datetime,
) -> UUID:
    """Write down that one of the own people is going to work; returns the placement. The same `sleutel` is the same.

    With `voorstel_id` it comes from a yes: the employer then said it led to this, or says it hereby, and sees the
    placement as it saw the person. Raises `PermissionDenied` for somebody who is not theirs, `NietMogelijk` when the
    yes was taken back or is over, `ValidationError` (Dutch) for what cannot be.
    """
    require(actor, LEVENSLOOP.overgangen[_H.VASTLEGGEN].permission)
    sleutel = sleutel or uuid4()
    personen.lock(persoon_id)
    if known := visible_to(actor, now=now).filter(sleutel=sleutel).values_list("pk", flat=True).first():
        return known
    own = queries.own_people(actor, peildatum=day_of(now), known_at=now)
    if not own.filter(persoon_id=persoon_id).exists():
        raise PermissionDenied("this person is not one of the own people")
    voorstel = _agreed(actor, voorstel_id, persoon_id, inhoud, now) if voorstel_id else None
    made = _write(actor, persoon_id, inhoud, sleutel=sleutel, voorstel=voorstel, now=now)
    if voorstel is not None and voorstel.status == Voorstelstatus.JA:
        proef = inhoud.soort is Plaatsingsoort.PROEFPLAATSING
        uitkomst = Contactuitkomst.PROEFPLAATS if proef else Contactuitkomst.AANGENOMEN
        toestemmingen.end(voorstel, Voorstelhandeling.UITKOMST_DOORGEVEN, actor=actor, now=now, uitkomst=uitkomst.value)
    return made


def _agreed(actor: Actor, voorstel_id: UUID, persoon_id: UUID, inhoud: Inhoud, now: datetime) -> Voorstel:
    """The yes that a placement comes from, its row locked."""
    found = contact.visible_to(actor, now=now).select_for_update(of=("self",)).filter(pk=voorstel_id).first()
    if found is None or found.persoon_id != persoon_id:
        raise PermissionDenied("this proposal is not for this actor")
    employers = [inhoud.werkgever.kvk, inhoud.inlener.kvk if inhoud.inlener else ""]
    if found.werkgever.kvk not in employers:
        raise ValidationError({"werkgever_kvk": "De persoon zei ja tegen een andere werkgever. Vul die hier in."})
    return found


def _write(
    actor: Actor,
    persoon_id: UUID,
    inhoud: Inhoud,
    *,
    sleutel: UUID,
    voorstel: Voorstel | None = None,
    vorige: Plaatsing | None = None,
    now: datetime,
) -> UUID:
    check(inhoud, now=now)
    plaatsing_id = uuid4()
    shared, naam = [], b""
    if voorstel is not None and (text := _name_given(voorstel)):
        shared, naam = [voorstel.werkgever.kvk or ""], seal_name(text, plaatsing_id)
    if vorige is not None and vorige.naam_verzegeld is not None:
        wanted = {inhoud.werkgever.kvk, inhoud.inlener.kvk if inhoud.inlener else ""}
        shared = sorted(wanted & set(vorige.gedeeld_met))
        naam = seal_name(name_of(vorige), plaatsing_id) if shared else b""
    plaatsing = Plaatsing(
        id=plaatsing_id,
        sleutel=sleutel,
        persoon_id=persoon_id,
        betrokkene_index=personen.audit_index_of(persoon_id),
        status=_S.VOORGENOMEN.value,
        gedeeld_met=shared,
        naam_verzegeld=naam or None,
        voorstel=voorstel,
        vacature_id=voorstel.vacature_id if voorstel else vorige.vacature_id if vorige else None,
        vorige=vorige,
        gemaakt_at=now,
        gemaakt_door_id=actor.gebruiker_id,
        gewijzigd_at=now,
        **_columns(inhoud),
    )
    with refused_in_words():
        plaatsing.save(force_insert=True)
    _step(plaatsing, _H.VASTLEGGEN, "", actor=actor, now=now)
    return plaatsing_id


def _name_given(voorstel: Voorstel) -> str:
    """The name under which somebody said yes, as long as that is still there."""
    consent = toestemmingen.Toestemming.objects.filter(voorstel=voorstel).first()
    given = toestemmingen.given(consent) if consent is not None else None
    return given.contact.naam if given else ""


def check(inhoud: Inhoud, *, now: datetime) -> None:
    """Raise `ValidationError` (Dutch, by field) for what cannot be; the database refuses the same."""
    errors: dict[str, str] = {}
    today = day_of(now)
    if not _EARLIEST <= inhoud.begint_op <= today + timedelta(days=VOORUIT):
        errors["begint_op"] = "Vul een eerste dag in vanaf 2015, en hoogstens een jaar vooruit."
    if inhoud.eindigt_op is not None and inhoud.eindigt_op < inhoud.begint_op:
        errors["eindigt_op"] = "De laatste dag ligt voor de eerste dag. Controleer beide."
    if not 0 < inhoud.uren_per_week <= 60:
        errors["uren_per_week"] = "Vul meer dan 0 en hoogstens 60 uur per week in."
    for name, bedrijf in (("werkgever", inhoud.werkgever), ("inlener", inhoud.inlener)):
        if bedrijf is not None and not (bedrijf.kvk.isascii() and bedrijf.kvk.isdigit() and len(bedrijf.kvk) == 8):
            errors[f"{name}_kvk"] = "Een KvK-nummer heeft acht cijfers."
        if bedrijf is not None and not bedrijf.naam.strip():
            errors[f"{name}_naam"] = "Vul de naam in."
    if inhoud.inlener is None and inhoud.soort in (Plaatsingsoort.UITZEND, Plaatsingsoort.DETACHERING):
        errors["inlener_kvk"] = "Vul in bij welk bedrijf de persoon werkt."
    elif inhoud.inlener is not None and inhoud.soort not in MAG_BIJ_EEN_ANDER:
        errors["inlener_kvk"] = "Bij dit soort werk is er geen ander bedrijf. Maak dit leeg."
    elif inhoud.inlener is not None and inhoud.inlener.kvk == inhoud.werkgever.kvk:
        errors["inlener_kvk"] = "Dit is dezelfde werkgever. Vul het bedrijf in waar de persoon werkt."
    if not errors:
        errors = _check_trial(inhoud)
    if errors:
        raise ValidationError(errors)


def last_day_allowed(inhoud: Inhoud, *, verlengd: bool) -> date | None:
    """The last day that the law leaves a proefplaatsing, with or without its extension; None for other work."""
    if inhoud.soort is not Plaatsingsoort.PROEFPLAATSING or inhoud.route is None:
        return None
    return proefplaatsing.last_day_allowed(
        loket=inhoud.route, begin=inhoud.begint_op, verlengd=verlengd, ziektedagen=inhoud.onderbroken_dagen
    )


def _check_trial(inhoud: Inhoud) -> dict[str, str]:
    if inhoud.soort is not Plaatsingsoort.PROEFPLAATSING:
        if inhoud.route is not None or inhoud.verlengd or inhoud.onderbroken_dagen:
            return {"route": "Alleen een proefplaatsing heeft dit. Maak het leeg."}
        if inhoud.met_loonheffing and inhoud.soort is not Plaatsingsoort.WERKERVARINGSPLAATS:
            return {"met_loonheffing": "Dit is alleen de vraag bij een werkervaringsplaats."}
        return {}
    if inhoud.route is None:
        return {"route": "Kies wie de proefplaatsing toestaat."}
    if inhoud.eindigt_op is None:
        return {"eindigt_op": "Een proefplaatsing heeft een laatste dag. Vul die in."}
    try:
        last = last_day_allowed(inhoud, verlengd=inhoud.verlengd)
    except ParameterFout:
        return {"begint_op": "Van voor deze dag kennen wij de regels voor een proefplaatsing niet."}
    if last is not None and inhoud.eindigt_op > last:
        longer = last_day_allowed(inhoud, verlengd=True)
        more = "" if inhoud.verlengd else f" Met een verlenging kan het tot en met {show_date(longer or last)}."
        return {"eindigt_op": f"Deze proefplaatsing kan duren tot en met {show_date(last)}.{more}"}
    return {}


@transaction.atomic
def change(*, actor: Actor, plaatsing_id: UUID, inhoud: Inhoud, now: datetime) -> None:
    """The agreement is different. What has begun keeps its kind of work, its employers and its first day.

    Raises `PermissionDenied` for who may not see it, `NietMogelijk` when it is over, `ValidationError` (Dutch).
    """
    plaatsing = _locked(actor, plaatsing_id, _H.WIJZIGEN, now)
    if plaatsing.status != _S.VOORGENOMEN:
        had = inhoud_of(plaatsing)
        inhoud = replace(
            inhoud,
            soort=had.soort,
            route=had.route,
            begint_op=had.begint_op,
            werkgever=Bedrijf(had.werkgever.kvk, inhoud.werkgever.naam),
            inlener=had.inlener,
        )
    check(inhoud, now=now)
    shared = {inhoud.werkgever.kvk, inhoud.inlener.kvk if inhoud.inlener else ""} & set(plaatsing.gedeeld_met)
    columns = _columns(inhoud) | {"gedeeld_met": sorted(shared)}
    if not shared:
        columns["naam_verzegeld"] = None
    _move(plaatsing, _H.WIJZIGEN, actor=actor, now=now, **columns)


@transaction.atomic
def begin(*, actor: Actor, plaatsing_id: UUID, now: datetime) -> None:
    """The person started. Raises as `change`, and `NietMogelijk` before the first day."""
    plaatsing = _locked(actor, plaatsing_id, _H.BEGINNEN, now)
    if plaatsing.begint_op > day_of(now):
        raise NietMogelijk(f"De eerste dag is {show_date(plaatsing.begint_op)}. Zeg het als de persoon begonnen is.")
    _move(plaatsing, _H.BEGINNEN, actor=actor, now=now)


@transaction.atomic
def extend(*, actor: Actor, plaatsing_id: UUID, eindigt_op: date | None, now: datetime) -> None:
    """The last day comes later; None: there is no last day any more. Raises as `change`.

    A proefplaatsing that goes beyond its ordinary term is extended in the sense of the law.
    """
    plaatsing = _locked(actor, plaatsing_id, _H.VERLENGEN, now)
    had = inhoud_of(plaatsing)
    if had.eindigt_op is None:
        raise NietMogelijk("Deze plaatsing heeft geen laatste dag. Er is niets te verlengen.")
    if eindigt_op is not None and eindigt_op <= had.eindigt_op:
        raise ValidationError({"eindigt_op": f"Kies een dag na {show_date(had.eindigt_op)}."})
    ordinary = last_day_allowed(had, verlengd=False)
    longer = had.verlengd or (ordinary is not None and eindigt_op is not None and eindigt_op > ordinary)
    check(replace(had, eindigt_op=eindigt_op, verlengd=longer), now=now)
    _move(plaatsing, _H.VERLENGEN, actor=actor, now=now, eindigt_op=eindigt_op, verlengd=longer)


@transaction.atomic
def end(*, actor: Actor, plaatsing_id: UUID, laatste_dag: date, reden: Eindreden, now: datetime) -> None:
    """The work stopped, with its last day and a reason. Raises as `change`."""
    plaatsing = _locked(actor, plaatsing_id, _H.BEEINDIGEN, now)
    if laatste_dag > day_of(now):
        raise ValidationError({"laatste_dag": "Deze dag is nog niet geweest. Meld het als het werk is gestopt."})
    if laatste_dag < plaatsing.begint_op:
        raise ValidationError({"laatste_dag": "De laatste dag ligt voor de eerste dag. Controleer beide."})
    if plaatsing.eindigt_op is not None and laatste_dag > plaatsing.eindigt_op:
        raise ValidationError({"laatste_dag": f"De laatste dag was {show_date(plaatsing.eindigt_op)}. Verleng eerst."})
    if reden is Eindreden.OVERGEGAAN:
        raise ValidationError({"reden": "Leg eerst vast hoe het verder gaat. Dan eindigt deze plaatsing vanzelf."})
    _move(plaatsing, _H.BEEINDIGEN, actor=actor, now=now, eindigt_op=laatste_dag, eindreden=reden.value)


@transaction.atomic
def withdraw(*, actor: Actor, plaatsing_id: UUID, now: datetime) -> None:
    """It does not happen after all; who looked along does not any more. Raises as `change`."""
    plaatsing = _locked(actor, plaatsing_id, _H.INTREKKEN, now)
    _move(plaatsing, _H.INTREKKEN, actor=actor, now=now, gedeeld_met=[], naam_verzegeld=None)


@transaction.atomic
def follow_up(*, actor: Actor, plaatsing_id: UUID, inhoud: Inhoud, sleutel: UUID | None = None, now: datetime) -> UUID:
    """It goes on as other work, say a contract after a trial: the old one ends the day before; returns the new one.

    Both begin and end in one transaction. When the first day has come the new one runs at once; else it is planned and
    the old one must run until then. Whom the person shared the old one with sees the new one. Raises as `change`.
    """
    sleutel = sleutel or uuid4()
    known = visible_to(actor, now=now).filter(sleutel=sleutel, vorige=plaatsing_id)
    if made := known.values_list("pk", flat=True).first():
        return made
    plaatsing = _locked(actor, plaatsing_id, _H.BEEINDIGEN, now)
    before = inhoud.begint_op - timedelta(days=1)
    if before < plaatsing.begint_op or inhoud.begint_op > day_of(now):
        raise ValidationError(
            {"begint_op": "Kies een eerste dag na het begin van deze plaatsing, en niet later dan vandaag."}
        )
    last = before if plaatsing.eindigt_op is None else min(before, plaatsing.eindigt_op)
    _move(plaatsing, _H.BEEINDIGEN, actor=actor, now=now, eindigt_op=last, eindreden=Eindreden.OVERGEGAAN.value)
    made = _write(actor, plaatsing.persoon_id, inhoud, sleutel=sleutel, vorige=plaatsing, now=now)
    begin(actor=actor, plaatsing_id=made, now=now)
    return made


# --- The person decides who looks along --------------------------------------------------------------------------


@transaction.atomic
def share(*, actor: Actor, plaatsing_id: UUID, kvk: str, naam: str, now: datetime) -> None:
    """The person lets the employer with this number see the placement, under this name.

    Raises `PermissionDenied`, `NietMogelijk`, `ValidationError` for another employer or an empty name.
    """
    plaatsing = _locked(actor, plaatsing_id, _H.DELEN, now)
    naam = " ".join(naam.split())
    if not naam or len(naam) > MAX_NAAM or bsns.occurs_in(naam):
        raise ValidationError({"naam": "Vul uw naam in, zoals de werkgever u kent."})
    if kvk not in (plaatsing.werkgever_kvk, plaatsing.inlener_kvk) or not kvk:
        raise ValidationError({"kvk": "Deze werkgever hoort niet bij deze plaatsing."})
    shared = sorted({*plaatsing.gedeeld_met, kvk})
    _move(plaatsing, _H.DELEN, actor=actor, now=now, gedeeld_met=shared, naam_verzegeld=seal_name(naam, plaatsing.pk))


@transaction.atomic
def stop_sharing(*, actor: Actor, plaatsing_id: UUID, kvk: str, now: datetime) -> bool:
    """From now on this employer does not see it; false when it did not. Raises `PermissionDenied`."""
    plaatsing = _locked(actor, plaatsing_id, _H.NIET_MEER_DELEN, now)
    if kvk not in plaatsing.gedeeld_met:
        return False
    shared = [one for one in plaatsing.gedeeld_met if one != kvk]
    changes: dict[str, Any] = {"gedeeld_met": shared} | ({} if shared else {"naam_verzegeld": None})
    _move(plaatsing, _H.NIET_MEER_DELEN, actor=actor, now=now, **changes)
    return True


def seal_name(naam: str, plaatsing_id: UUID) -> bytes:
    """A name as it lies with one placement."""
    return verzegeling.seal_text(naam, context=plaatsing_context(plaatsing_id))


def open_name(blob: bytes | memoryview | None, plaatsing_id: UUID) -> str:
    """The name that lies with a placement; empty without one. Raises `SealError`."""
    return verzegeling.unseal_text(blob, context=plaatsing_context(plaatsing_id)) if blob is not None else ""


def name_of(plaatsing: Plaatsing) -> str:
    """Under which name a placement is shared, for who may see it."""
    return open_name(plaatsing.naam_verzegeld, plaatsing.pk)


def steps_of(plaatsing: Plaatsing) -> list[Plaatsingstap]:
    """What happened to a placement that this actor may see, the oldest first."""
    return list(
        Plaatsingstap.objects.filter(plaatsing=plaatsing)
        .only("handeling", "van", "naar", "eindigt_op", "uren_per_week", "at", "rol", "plaatsing")
        .order_by("at", "pk")
    )


# --- The change itself -------------------------------------------------------------------------------------------


def _columns(inhoud: Inhoud) -> dict[str, Any]:
    return {
        "soort": inhoud.soort.value,
        "route": inhoud.route.value if inhoud.route else "",
        "verlengd": inhoud.verlengd,
        "onderbroken_dagen": inhoud.onderbroken_dagen,
        "met_loonheffing": inhoud.met_loonheffing,
        "uren_per_week": inhoud.uren_per_week,
        "begint_op": inhoud.begint_op,
        "eindigt_op": inhoud.eindigt_op,
        "werkgever_kvk": inhoud.werkgever.kvk,
        "werkgever_naam": inhoud.werkgever.naam.strip()[:MAX_NAAM],
        "inlener_kvk": inhoud.inlener.kvk if inhoud.inlener else "",
        "inlener_naam": inhoud.inlener.naam.strip()[:MAX_NAAM] if inhoud.inlener else "",
        "sector": inhoud.sector.value,
    }


def _locked(actor: Actor, plaatsing_id: UUID, handeling: Plaatsinghandeling, now: datetime) -> Plaatsing:
    permission = LEVENSLOOP.overgangen[handeling].permission
    # A bemiddelaar passes on what the person said.
    if permission is _P.PLAATSING_SHARE and actor is not None and actor.rol is Rol.BEMIDDELAAR:
        permission = _P.PLAATSING_CHANGE
    require(actor, permission)
    found = visible_to(actor, now=now).select_for_update(of=("self",)).filter(pk=plaatsing_id).first()
    if found is None:
        raise PermissionDenied("this placement is not for this actor")
    if found.status not in LEVENSLOOP.overgangen[handeling].van:
        raise Overtaken("Dit kan niet meer: er is intussen iets veranderd. Bekijk het opnieuw.")
    return found


def _move(plaatsing: Plaatsing, handeling: Plaatsinghandeling, *, actor: Actor, now: datetime, **changes: Any) -> None:
    before = plaatsing.status
    plaatsing.status = LEVENSLOOP.require(handeling, before)
    plaatsing.gewijzigd_at = now
    for column, value in changes.items():
        setattr(plaatsing, column, value)
    moved = ["status"] if plaatsing.status != before else []
    with refused_in_words():
        plaatsing.save(update_fields=[*moved, "gewijzigd_at", *changes])
    _step(plaatsing, handeling, before, actor=actor, now=now)


def _step(plaatsing: Plaatsing, handeling: Plaatsinghandeling, before: str, *, actor: Actor, now: datetime) -> None:
    Plaatsingstap.objects.bulk_create(
        [
            Plaatsingstap(
                plaatsing=plaatsing,
                handeling=handeling.value,
                van=before,
                naar=plaatsing.status,
                eindigt_op=plaatsing.eindigt_op,
                uren_per_week=plaatsing.uren_per_week,
                at=now,
                rol=actor.rol.value,
                gebruiker_id=actor.gebruiker_id,
            )
        ]
    )
    logboek.record(
        actor=actor,
        handeling=LOGWOORDEN[handeling],
        onderwerp=f"plaatsing {plaatsing.pk}",
        persoon_bsn_index=bytes(plaatsing.betrokkene_index),
        details={"soort": plaatsing.soort},
        activiteit=Activiteit.PLAATSING,
        now=now,
    )


WEIGERINGEN: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "iemand_werkt_samen_hoogstens_60_uur_per_week": (
            "uren_per_week",
            "Deze persoon werkt dan samen meer dan 60 uur per week. Kijk naar de andere plaatsingen.",
        ),
        "plaatsing_uit_een_voordracht_heeft_een_toestemming_die_leeft": (
            "__all__",
            "De persoon trok het ja in, of de toestemming is voorbij. Vraag het eerst opnieuw.",
        ),
    }
)
"""What the database refuses beyond the table itself: the field it is about, and the words for it."""


@contextmanager
def refused_in_words() -> Iterator[None]:
    """A refusal of the database as the `ValidationError` (Dutch) that a form can show; the transaction goes on."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "") or ""
        said = {c.name: str(c.violation_error_message) for c in Plaatsing._meta.constraints}
        if name in WEIGERINGEN:
            field, message = WEIGERINGEN[name]
            raise ValidationError({field: message} if field != "__all__" else message) from error
        if name in said:
            raise ValidationError(said[name]) from error
        raise


LOGWOORDEN: Mapping[Plaatsinghandeling, str] = MappingProxyType(
    {
        _H.VASTLEGGEN: "plaatsing vastgelegd",
        _H.WIJZIGEN: "plaatsing gewijzigd",
        _H.BEGINNEN: "plaatsing begonnen",
        _H.VERLENGEN: "plaatsing verlengd",
        _H.BEEINDIGEN: "plaatsing beëindigd",
        _H.INTREKKEN: "plaatsing ingetrokken",
        _H.DELEN: "plaatsing gedeeld met werkgever",
        _H.NIET_MEER_DELEN: "plaatsing niet meer gedeeld met werkgever",
    }
)
"""What the logboek says of each action."""
