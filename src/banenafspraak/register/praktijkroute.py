"""The Praktijkroute: a loonwaarde that the college established on the job, and the registration it may open.

`wet.loonwaarde` decides; a loonwaarde comes in by form (`record`) or in a file of re-integratieberichten (`take_in`).
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet

from banenafspraak.access import gebieden, logboek, verzegeling
from banenafspraak.access.actor import Actor, college_of
from banenafspraak.access.bsn import Bsn, occurs_in
from banenafspraak.access.permissions import Permission, Rol, may, require
from banenafspraak.register import inschrijving, personen
from banenafspraak.register.inlezing import MAX_FOUTEN
from banenafspraak.register.models import Loonwaarde, Persoon, Registratie, Reintegratielevering
from banenafspraak.register.moment import begin_writing, day_of
from banenafspraak.register.records import Regelfout
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.feiten import FeitenFout
from banenafspraak.wet.loonwaarde import Loonwaarde as Loonwaardeuitkomst
from banenafspraak.wet.loonwaarde import LoonwaardeFeiten, loonwaarde
from banenafspraak.wet.parameters import ParameterFout
from banenafspraak.wet.uitkomst import Uitkomst, to_plain

__all__ = [
    "Berichtinlezing",
    "LoonwaardeRecord",
    "Vastlegging",
    "record",
    "take_in",
    "visible_to",
]


@dataclass(frozen=True, slots=True)
class LoonwaardeRecord:
    """One re-integratiebericht: `regel` counts from 1, `gemeente` is the CBS code of the college that reports."""

    regel: int
    kenmerk: str
    gemeente: str
    bsn: Bsn
    geboortedatum: date
    feiten: LoonwaardeFeiten


@dataclass(frozen=True)
class Vastlegging:
    """What came of one loonwaarde: its id, the answer of the law, and whether somebody was registered by it.

    `ingeschreven_vanaf` is set when this made a registration. `was_al_geregistreerd`: the loonwaarde would have, but
    the person already was on this ground.
    """

    loonwaarde_id: UUID
    uitkomst: Uitkomst[Loonwaardeuitkomst]
    ingeschreven_vanaf: date | None
    was_al_geregistreerd: bool


@dataclass(frozen=True)
class Berichtinlezing:
    """What came of a file: counts (`berichten`, `nieuw`, `ingeschreven`), or the errors that kept all of it out."""

    aantallen: dict[str, int]
    fouten: tuple[Regelfout, ...] = ()
    fouten_totaal: int = 0
    proef: bool = False
    al_ingelezen: bool = False


@transaction.atomic
def record(
    *, actor: Actor, bsn: Bsn, geboortedatum: date, kenmerk: str, feiten: LoonwaardeFeiten, now: datetime
) -> Vastlegging:
    """Keep a loonwaarde of the college this actor acts for, and register who it puts in the register.

    The same `kenmerk` with the same facts again gives the same answer and changes nothing. Raises `PermissionDenied`,
    `FeitenFout`, `ValidationError` (Dutch) for a reference already used for something else or a date of birth that is
    not the one of the register.
    """
    require(actor, Permission.LOONWAARDE_VASTLEGGEN)
    college = college_of(actor)
    if college is None:
        raise PermissionDenied("Alleen het college van een gemeente meldt een loonwaarde.")
    one = LoonwaardeRecord(0, kenmerk.strip(), college, bsn, geboortedatum, feiten)
    return _keep(one, actor=actor, by=Permission.LOONWAARDE_VASTLEGGEN, levering="", now=now)[0]


def take_in(
    *,
    actor: Actor,
    records: Callable[[], Iterable[LoonwaardeRecord | Regelfout]],
    sha256: str,
    bestandsnaam: str,
    proef: bool,
    now: datetime,
) -> Berichtinlezing:
    """Take a file of re-integratieberichten in, whole or not at all; the same file twice changes nothing.

    With `proef` nothing changes, and the counts say what would. Raises `PermissionDenied`.
    """
    require(actor, Permission.REGISTER_IMPORT)
    if Reintegratielevering.objects.filter(sha256=sha256).exists():
        return Berichtinlezing({}, proef=proef, al_ingelezen=True)
    fouten: list[Regelfout] = []
    totals = {"berichten": 0, "nieuw": 0, "ingeschreven": 0}
    with transaction.atomic():
        for item in records():
            totals["berichten"] += 1
            fout = item if isinstance(item, Regelfout) else _try(item, totals, actor=actor, levering=sha256, now=now)
            if fout is not None:
                fouten.append(fout)
        if fouten or proef:
            transaction.set_rollback(True)
        else:
            Reintegratielevering.objects.create(
                sha256=sha256, bestandsnaam=bestandsnaam, ingelezen_at=now, aantallen=totals
            )
            logboek.record(
                actor=actor, handeling="re-integratieberichten ingelezen", onderwerp=sha256, details=totals, now=now
            )
    if fouten:
        return Berichtinlezing({}, tuple(fouten[:MAX_FOUTEN]), len(fouten), proef=proef)
    return Berichtinlezing(totals, proef=proef)


def visible_to(actor: Actor) -> QuerySet[Loonwaarde]:
    """The loonwaarden this actor may see: a beoordelaar all, a gemeente its own, a burger those about themself.

    Raises `TypeError` for `actor=None`.
    """
    if actor is None:
        raise TypeError("an actor is required")
    loonwaarden = Loonwaarde.objects.select_related("persoon").order_by("-vastgesteld_op", "-recorded_at")
    if not may(actor, Permission.AANVRAAG_VIEW):
        return loonwaarden.none()
    if actor.rol is Rol.BEOORDELAAR:
        return loonwaarden
    if actor.rol is Rol.BURGER:
        return loonwaarden.filter(persoon__bsn_index__in=personen.own_indexes(actor))
    college = college_of(actor)
    return loonwaarden.filter(gemeente=college) if college is not None else loonwaarden.none()


# --- Inside ------------------------------------------------------------------------------------------------------


def _try(
    one: LoonwaardeRecord, totals: dict[str, int], *, actor: Actor, levering: str, now: datetime
) -> Regelfout | None:
    """Keep one message of a file, or say what is wrong with it."""
    try:
        with transaction.atomic():
            kept, new = _keep(one, actor=actor, by=Permission.REGISTER_IMPORT, levering=levering, now=now)
    except ValidationError as error:
        return Regelfout(one.regel, " ".join(error.messages), "Herstel het bericht, en lever het bestand opnieuw aan.")
    except (FeitenFout, ParameterFout):
        # The message of the law names the fact, but the cure is with who made the file.
        return Regelfout(
            one.regel,
            "De gegevens over de loonwaarde spreken elkaar tegen, of de datum kan niet.",
            "Kijk de datum, het percentage en de code na.",
        )
    totals["nieuw"] += new
    totals["ingeschreven"] += new and kept.ingeschreven_vanaf is not None
    return None


def _keep(
    one: LoonwaardeRecord, *, actor: Actor, by: Permission, levering: str, now: datetime
) -> tuple[Vastlegging, bool]:
    """Keep one loonwaarde, and say whether it is new."""
    day = day_of(now)
    _check(one, day)
    # Only a college calls this, or a file of colleges: so it established the loonwaarde, and now reports it.
    feiten = replace(one.feiten, vastgesteld_door_college=True, gemeld_door_gemeente=True)
    uitkomst = loonwaarde(feiten, peildatum=day)
    begin_writing(now)
    persoon_id = personen.find_or_add(one.bsn, one.geboortedatum)
    personen.lock(persoon_id)
    gegevens = to_plain(feiten)
    known = Loonwaarde.objects.filter(gemeente=one.gemeente, kenmerk=one.kenmerk).first()
    if known is not None:
        if known.persoon_id != persoon_id or _gegevens(known) != gegevens:
            raise ValidationError({"kenmerk": "Met dit kenmerk is al een andere loonwaarde gemeld."})
        return _vastlegging(known, uitkomst), False
    row = Loonwaarde(
        persoon_id=persoon_id,
        gemeente_id=one.gemeente,
        kenmerk=one.kenmerk,
        vastgesteld_op=feiten.vastgesteld_op,
        percentage=uitkomst.waarde.percentage,
        forfaitair=bool(feiten.forfaitair),
        levering=levering,
        recorded_at=now,
        gebruiker_id=actor.gebruiker_id,
    )
    row.gegevens_verzegeld = verzegeling.seal_text(json.dumps(gegevens), context=_context(row, "gegevens"))
    reasons = json.dumps(uitkomst.to_json(), ensure_ascii=False)
    row.uitkomst_verzegeld = verzegeling.seal_text(reasons, context=_context(row, "uitkomst"))
    # First the report of the college: only then does the database show it this person.
    row.save(force_insert=True)
    persoon = Persoon.objects.get(pk=persoon_id)
    if persoon.geboortedatum != one.geboortedatum:
        raise ValidationError({"geboortedatum": "Het BSN en de geboortedatum horen niet bij elkaar. Controleer beide."})
    made = _admit(persoon, uitkomst, one, actor=actor, by=by, day=day, now=now)
    if made is not None:
        row.registratie_id, row.was_al_geregistreerd = made.registratie_id, made.was_al_geregistreerd
        row.save(update_fields=["registratie", "was_al_geregistreerd"])
    logboek.record(
        actor=actor,
        handeling="loonwaarde vastgelegd",
        onderwerp=f"loonwaarde {row.pk}",
        persoon_bsn_index=personen.audit_index(persoon),
        now=now,
    )
    return _vastlegging(row, uitkomst), True


def _check(one: LoonwaardeRecord, day: date) -> None:
    if not 0 < len(one.kenmerk) <= _MAX_KENMERK or not one.kenmerk.isprintable():
        raise ValidationError({"kenmerk": f"Geef een kenmerk van 1 tot {_MAX_KENMERK} tekens."})
    if occurs_in(one.kenmerk) or any(part.isdigit() and len(part) == 9 for part in one.kenmerk.split()):
        raise ValidationError({"kenmerk": "Een kenmerk van negen cijfers lijkt op een BSN. Gebruik een ander kenmerk."})
    if gebieden.gemeente(one.gemeente) is None:
        raise ValidationError({"gemeente": "Deze gemeente is niet bekend. Gebruik de code van het CBS."})
    if one.feiten.vastgesteld_op > day:
        raise ValidationError({"vastgesteld_op": "De dag van de loonwaarde ligt in de toekomst."})
    if not one.geboortedatum < one.feiten.vastgesteld_op:
        raise ValidationError({"geboortedatum": "De geboortedatum ligt na de dag van de loonwaarde."})


_MAX_KENMERK = 40


def _admit(
    persoon: Persoon,
    uitkomst: Uitkomst[Loonwaardeuitkomst],
    one: LoonwaardeRecord,
    *,
    actor: Actor,
    by: Permission,
    day: date,
    now: datetime,
) -> inschrijving.Inschrijving | None:
    since = uitkomst.waarde.registratie_vanaf
    if since is None:
        return None
    return inschrijving.admit(
        actor=actor,
        persoon=persoon,
        grond=Grond.PWET_LKS_UWV_LOONWAARDE,
        route=Route.PRAKTIJKROUTE,
        vanaf=since,
        op=day,
        gemeente=one.gemeente,
        by=by,
        now=now,
    )


def _vastlegging(row: Loonwaarde, uitkomst: Uitkomst[Loonwaardeuitkomst]) -> Vastlegging:
    since = None
    if row.registratie_id is not None and not row.was_al_geregistreerd:
        since = Registratie.objects.get(pk=row.registratie_id).geldig.lower
    return Vastlegging(row.pk, uitkomst, since, row.was_al_geregistreerd)


def _gegevens(row: Loonwaarde) -> object:
    return json.loads(verzegeling.unseal_text(row.gegevens_verzegeld, context=_context(row, "gegevens")))


def _context(row: Loonwaarde, what: str) -> str:
    return f"register.loonwaarde.{what}:{row.pk}"
