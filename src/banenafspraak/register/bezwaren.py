"""An organisation that may not ask about new people any more, and what it can do about that.

    file    -          -> ingediend   by the blocked organisation, while no other objection runs
    grant   ingediend  -> toegewezen  by the supervisor: the block is lifted, and the detector begins anew
    reject  ingediend  -> afgewezen   by the supervisor: the block stays; a new objection may follow

Objections to one block are numbered, so that everybody sees how many there were.
"""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import IntegerField, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, may, require
from banenafspraak.register.models_raadpleging import Bezwaar, Blokkade, Raadpleegstand

_Stand = Bezwaar.Stand
# Each decision: the stand it leads to, and whether it lifts the block. The stand before is always ingediend.
OVERGANGEN = {"grant": (_Stand.TOEGEWEZEN, True), "reject": (_Stand.AFGEWEZEN, False)}
_HANDELING = {"grant": "bezwaar toegewezen", "reject": "bezwaar afgewezen"}


class BezwaarGewijzigd(Exception):
    """The objection was decided, or another one was filed, in the meantime."""


def visible_to(actor: Actor) -> QuerySet[Blokkade]:
    """The blocks this actor may see: the supervisor all of them, an organisation its own. `None` raises `TypeError`.

    For the supervisor each has `elfproef_fouten`: how many numbers this organisation gave, until now, that cannot be a
    BSN.
    """
    if actor is None:
        raise TypeError("an actor is required")
    rows = Blokkade.objects.select_related("organisatie").prefetch_related("bezwaren").order_by("-since", "-pk")
    if may(actor, Permission.BEZWAAR_DECIDE):
        stand = Raadpleegstand.objects.filter(organisatie=OuterRef("organisatie")).values("elfproef_fouten")
        return rows.annotate(elfproef_fouten=Coalesce(Subquery(stand), 0, output_field=IntegerField()))
    if may(actor, Permission.RAADPLEGING_ASK) and actor.organisatie_id is not None:
        return rows.filter(organisatie=actor.organisatie_id)
    return rows.none()


def elfproef_fouten(actor: Actor) -> QuerySet[Raadpleegstand]:
    """Every organisation that gave numbers which cannot be a BSN, the most first, blocked or not. For the supervisor.

    Such a number reaches no question and costs nothing. A few are slips of the pen; many look like guessing: of random
    numbers ten in eleven fail. Raises `PermissionDenied`.
    """
    require(actor, Permission.BEZWAAR_DECIDE)
    rows = Raadpleegstand.objects.select_related("organisatie").filter(elfproef_fouten__gt=0)
    return rows.order_by("-elfproef_fouten", "organisatie__naam", "pk")


@transaction.atomic
def file(*, actor: Actor, blokkade_id: int, toelichting: str, now: datetime) -> int:
    """Object to the block of the own organisation; returns the id.

    Raises `PermissionDenied`, `ValidationError` (Dutch, for a form), `BezwaarGewijzigd`; `Blokkade.DoesNotExist` for a
    block of another organisation or one that was lifted.
    """
    require(actor, Permission.RAADPLEGING_ASK)
    text = _plain(toelichting, "toelichting")
    blokkade = visible_to(actor).filter(opgeheven_at__isnull=True).get(pk=blokkade_id)
    number = (Bezwaar.objects.filter(blokkade=blokkade).aggregate(last=Max("volgnummer"))["last"] or 0) + 1
    try:
        with transaction.atomic():
            bezwaar = Bezwaar.objects.create(blokkade=blokkade, volgnummer=number, toelichting=text, ingediend_at=now)
    except IntegrityError:
        raise BezwaarGewijzigd("an objection to this block is already running") from None
    logboek.record(actor=actor, handeling="bezwaar ingediend", onderwerp=f"blokkade {blokkade_id}", now=now)
    return bezwaar.pk


@transaction.atomic
def decide(*, actor: Actor, bezwaar_id: int, action: str, motivering: str, now: datetime) -> None:
    """Grant or reject an objection, with the reason (`OVERGANGEN`).

    Raises `PermissionDenied`, `ValidationError`, `BezwaarGewijzigd`, `KeyError` for another action.
    """
    require(actor, Permission.BEZWAAR_DECIDE)
    stand, lifts = OVERGANGEN[action]
    text = _plain(motivering, "motivering")
    changed = Bezwaar.objects.filter(pk=bezwaar_id, stand=_Stand.INGEDIEND).update(
        stand=stand, besloten_at=now, motivering=text
    )
    if not changed:
        raise BezwaarGewijzigd("this objection is not there, or was decided in the meantime")
    blokkade = Blokkade.objects.get(bezwaren=bezwaar_id)
    if lifts:
        Blokkade.objects.filter(pk=blokkade.pk, opgeheven_at__isnull=True).update(opgeheven_at=now)
        Raadpleegstand.objects.filter(organisatie=blokkade.organisatie_id).update(
            geblokkeerd=False, cusum=0, gevraagd=0, treffers=0, buurten=[], fouten=0
        )
    logboek.record(
        actor=actor,
        handeling=_HANDELING[action],
        onderwerp=f"blokkade {blokkade.pk}",
        details={"organisatie": blokkade.organisatie_id, "gevraagd": blokkade.gevraagd, "treffers": blokkade.treffers},
        now=now,
    )


def _plain(text: str, field: str) -> str:
    """The text without blank edges. Raises `ValidationError` when it is empty, too long, or holds a BSN."""
    text = text.strip()
    if not text:
        raise ValidationError({field: "Schrijf op waarom."})
    if len(text) > 2000:
        raise ValidationError({field: "Gebruik hoogstens 2000 tekens."})
    if bsns.occurs_in(text):
        raise ValidationError({field: "Hier staat een BSN in. Haal het weg; u hoeft niemand te noemen."})
    return text
