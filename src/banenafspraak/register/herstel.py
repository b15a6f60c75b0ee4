"""Putting the register right after a melding: what it said, what it will say, and why; nothing is overwritten.

Whoever has a melding on the register, or found it right, corrects a registration, adds one, or lets one lapse that
should never have been there. Each is seen beforehand as it would be, by doing it and taking it back: so the page before
and the act itself cannot disagree. `stand` names what the assessor had before them; when that is no longer what is
known, nothing happens.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek, verzegeling
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.permissions import Permission, require
from banenafspraak.register import meldingen, personen, registraties
from banenafspraak.register.models import Herstel, Persoon, Registratie, herstel_context
from banenafspraak.register.models import Herstelsoort as Herstelsoort
from banenafspraak.register.moment import begin_writing
from banenafspraak.register.overgangen import Overtaken
from banenafspraak.register.registraties import Inhoud
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.registratie import EindeReden

MAX_REDEN = 1000
OVERTAKEN = "De registraties zijn intussen veranderd, door u of door een collega. Kijk wat er nu staat."


@dataclass(frozen=True)
class BekendeRegistratie:
    """One row of the register as the assessor sees it; `vervangen_at` None: it is what is known now."""

    id: int
    inhoud: Inhoud
    vastgelegd_at: datetime
    vervangen_at: datetime | None


@dataclass(frozen=True)
class Dossier:
    """What the register knows and knew about whom a melding is. `geboortedatum` None: the register does not know them.

    `stand` is to be sent back with a change.
    """

    bsn: Bsn
    geboortedatum: date | None
    bekend: tuple[BekendeRegistratie, ...]
    eerder: tuple[BekendeRegistratie, ...]
    stand: str

    def find(self, registratie_id: int) -> BekendeRegistratie | None:
        """A registration that is known now, or None."""
        return next((v for v in self.bekend if v.id == registratie_id), None)


@dataclass(frozen=True)
class Herstelvoorstel:
    """What must change: of which registration (None: one is added), into what (None: it lapses).

    `geboortedatum` is asked for only when the register does not know the person yet.
    """

    registratie_id: int | None
    inhoud: Inhoud | None
    geboortedatum: date | None = None


@dataclass(frozen=True)
class Verschil:
    """One change seen from both sides, and whether somebody is in the register today, before and after."""

    voor: Inhoud | None
    na: Inhoud | None
    was_geregistreerd: bool
    wordt_geregistreerd: bool


@dataclass(frozen=True)
class Hersteld:
    """A correction that was made: what it did, what stood and stands there, why, and when."""

    soort: Herstelsoort
    oud_id: int | None
    nieuw_id: int | None
    voor: Inhoud | None
    na: Inhoud | None
    reden: str
    hersteld_at: datetime


class _TakenBack(Exception):
    """Ends a preview: everything it did is undone."""


@transaction.atomic
def look_at(*, actor: Actor, melding_id: UUID, now: datetime) -> Dossier:
    """What the register knows of the person of this melding; the look is logged.

    Raises `PermissionDenied`, also for a melding on a look; `Overtaken` for who does not have it.
    """
    require(actor, Permission.REGISTER_VIEW)
    bsn = meldingen.held_by(actor, melding_id)
    dossier = _dossier(bsn)
    logboek.record(
        actor=actor,
        handeling="registraties bekeken",
        onderwerp=f"melding {melding_id}",
        persoon_bsn_index=bsns.index(bsn, doel="audit"),
        now=now,
    )
    return dossier


def preview(
    *, actor: Actor, melding_id: UUID, voorstel: Herstelvoorstel, stand: str, peildatum: date, now: datetime
) -> Verschil:
    """What the change would come to; changes nothing. Raises as `carry_out` does."""
    found: list[Verschil] = []
    try:
        with transaction.atomic():
            bsn = meldingen.held_by(actor, melding_id)
            voor = _dossier(bsn)
            _change(actor, bsn, voorstel, stand, now)
            na = _dossier(bsn)
            was = voor.find(voorstel.registratie_id) if voorstel.registratie_id is not None else None
            found.append(
                Verschil(
                    voor=was.inhoud if was else None,
                    na=voorstel.inhoud,
                    was_geregistreerd=_registered(voor.bekend, peildatum),
                    wordt_geregistreerd=_registered(na.bekend, peildatum),
                )
            )
            raise _TakenBack
    except _TakenBack:
        return found[0]


@transaction.atomic
def carry_out(
    *, actor: Actor, melding_id: UUID, voorstel: Herstelvoorstel, reden: str, stand: str, now: datetime
) -> Herstelsoort:
    """Put the register right, with the reason; what it said stays on record as what was known until `now`.

    Raises `PermissionDenied`; `Overtaken` when the register, or who has the melding, changed since `stand`;
    `ValidationError` (Dutch) without a reason, for a change that changes nothing, or one the register refuses.
    """
    reden = check_reden(reden)
    bsn = meldingen.held_by(actor, melding_id)
    soort, oud_id, nieuw_id = _change(actor, bsn, voorstel, stand, now)
    herstel_id = uuid4()
    persoon = _persoon(bsn)
    assert persoon is not None
    assert actor.gebruiker_id is not None
    Herstel.objects.create(
        id=herstel_id,
        persoon=persoon,
        melding_id=melding_id,
        soort=soort.value,
        oud_id=oud_id,
        nieuw_id=nieuw_id,
        reden_verzegeld=verzegeling.seal_text(reden, context=herstel_context(herstel_id)),
        hersteld_at=now,
        gebruiker_id=actor.gebruiker_id,
    )
    return soort


def check_reden(reden: str) -> str:
    """The reason without blank edges. Raises `ValidationError` (Dutch) when it is missing, too long or names a BSN."""
    reden = reden.strip()
    if not reden:
        raise ValidationError({"reden": "Schrijf op waarom u dit verandert."})
    if len(reden) > MAX_REDEN:
        raise ValidationError({"reden": f"De tekst is te lang. Gebruik hoogstens {MAX_REDEN} tekens."})
    if bsns.occurs_in(reden):
        raise ValidationError({"reden": "Hier staat een BSN in. Haal het weg; het systeem weet over wie het gaat."})
    return reden


def made_for(*, actor: Actor, melding_id: UUID) -> list[Hersteld]:
    """What was put right because of this melding, oldest first; nothing for who may not see the melding. Two queries.

    The caller logs the look. Raises `TypeError` for `actor=None`.
    """
    if not meldingen.visible_to(actor).filter(pk=melding_id).exists():
        return []
    return _opened(Herstel.objects.filter(melding=melding_id))


def own(*, actor: Actor) -> list[Hersteld]:
    """What was put right about the person who acts for themself, oldest first; nothing for anybody else. One query.

    Raises `TypeError` for `actor=None`.
    """
    if actor is None:
        raise TypeError("an actor is required")
    indexes = personen.own_indexes(actor)
    return _opened(Herstel.objects.filter(persoon__bsn_index__in=indexes)) if indexes else []


def _change(
    actor: Actor, bsn: Bsn, voorstel: Herstelvoorstel, stand: str, now: datetime
) -> tuple[Herstelsoort, int | None, int | None]:
    """The change itself: what it was, and the rows before and after."""
    require(actor, Permission.REGISTER_CHANGE)
    begin_writing(now)
    persoon = _persoon(bsn)
    if persoon is not None:
        personen.lock(persoon.pk)
    dossier = _dossier(bsn)
    if dossier.stand != stand:
        raise Overtaken(OVERTAKEN)
    registratie_id, inhoud = voorstel.registratie_id, voorstel.inhoud
    if registratie_id is None:
        if inhoud is None:
            raise ValueError("a change names a registration, or says what is added")
        return Herstelsoort.TOEGEVOEGD, None, _add(actor, bsn, persoon, voorstel, inhoud, now)
    found = dossier.find(registratie_id)
    if found is None:
        raise PermissionDenied("this registration is not of the person of this melding, or is not known any more")
    if found.inhoud == inhoud:
        raise ValidationError("U hebt niets veranderd. Pas iets aan, of ga terug.")
    try:
        if inhoud is None:
            registraties.void(actor=actor, registratie_id=registratie_id, now=now)
            return Herstelsoort.VERVALLEN, registratie_id, None
        made = registraties.correct(actor=actor, registratie_id=registratie_id, inhoud=inhoud, now=now)
    except registraties.Overtaken:
        raise Overtaken(OVERTAKEN) from None
    return Herstelsoort.GEWIJZIGD, registratie_id, made


def _add(
    actor: Actor, bsn: Bsn, persoon: Persoon | None, voorstel: Herstelvoorstel, inhoud: Inhoud, now: datetime
) -> int:
    born = persoon.geboortedatum if persoon is not None else voorstel.geboortedatum
    if born is None:
        raise ValidationError({"geboortedatum": "Vul de geboortedatum in. Het register kent deze persoon nog niet."})
    return registraties.register(actor=actor, bsn=bsn, geboortedatum=born, inhoud=inhoud, now=now)


def _persoon(bsn: Bsn) -> Persoon | None:
    return Persoon.objects.filter(bsn_index__in=bsns.indexes(bsn, doel="register")).first()


def _dossier(bsn: Bsn) -> Dossier:
    persoon = _persoon(bsn)
    rows = list(Registratie.objects.filter(persoon=persoon).order_by("geldig", "pk")) if persoon else []
    all_rows = [BekendeRegistratie(row.pk, _inhoud(row), row.bekend.lower, row.bekend.upper) for row in rows]
    bekend = tuple(v for v in all_rows if v.vervangen_at is None)
    eerder = sorted((v for v in all_rows if v.vervangen_at), key=lambda v: (v.vastgelegd_at, v.id), reverse=True)
    return Dossier(
        bsn=bsn,
        geboortedatum=persoon.geboortedatum if persoon else None,
        bekend=bekend,
        eerder=tuple(eerder),
        stand="-".join(str(pk) for pk in sorted(v.id for v in bekend)),
    )


def _inhoud(row: Registratie) -> Inhoud:
    reden = EindeReden(row.einde_reden) if row.einde_reden else None
    return Inhoud(Grond(row.grond), Route(row.route), row.geldig.lower, row.geldig.upper, reden)


def _registered(rows: Iterable[BekendeRegistratie], day: date) -> bool:
    return any(v.inhoud.vanaf <= day and (v.inhoud.tot is None or day < v.inhoud.tot) for v in rows)


def _opened(rows: QuerySet[Herstel]) -> list[Hersteld]:
    return [
        Hersteld(
            soort=Herstelsoort(row.soort),
            oud_id=row.oud_id,
            nieuw_id=row.nieuw_id,
            voor=_inhoud(row.oud) if row.oud else None,
            na=_inhoud(row.nieuw) if row.nieuw else None,
            reden=verzegeling.unseal_text(row.reden_verzegeld, context=herstel_context(row.pk)),
            hersteld_at=row.hersteld_at,
        )
        for row in rows.select_related("oud", "nieuw").order_by("hersteld_at", "pk")
    ]
