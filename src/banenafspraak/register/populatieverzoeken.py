"""The one-off file of a gemeente's own population: asked for within a window, decided by UWV, delivered once.

After a refusal or a withdrawal a gemeente may ask again in the same window; after a delivery it may not. The file is
made when it is fetched and is not kept: its sha256 and the number of rows are.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet

from banenafspraak.access import bsn as bsns
from banenafspraak.access import logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, may, require
from banenafspraak.register.models import Populatielevering, Populatievenster, Populatieverzoek
from banenafspraak.register.moment import writers_done
from banenafspraak.register.overgangen import Levensloop, Overgang, Overtaken
from banenafspraak.register.populatie import (
    RegisterBezig,
    acting_ids,
    require_gemeente,
    whole_population,
    with_doel,
)
from banenafspraak.register.populatiebestand import MEDIA_TYPES, render
from banenafspraak.register.populatiewoorden import (
    AKKOORD_VERSIE,
    DOELEN_BESTAND,
    Bestandsvorm,
    Gemeentedoel,
    Verzoekstatus,
)

POPULATIE_GELEVERD = "populatiebestand geleverd"


class Populatiehandeling(StrEnum):
    """What can be done with a request for the population file."""

    INDIENEN = "indienen"
    INTREKKEN = "intrekken"
    TOEWIJZEN = "toewijzen"
    AFWIJZEN = "afwijzen"
    LEVEREN = "leveren"
    MISLUKT_MELDEN = "mislukt_melden"
    OPNIEUW_TOEWIJZEN = "opnieuw_toewijzen"


_H, _S = Populatiehandeling, Verzoekstatus
_GEMEENTE, _UWV = Permission.POPULATIE_VIEW, Permission.POPULATIE_DECIDE

LEVENSLOOP: Levensloop[Populatiehandeling] = Levensloop(
    "het verzoek om een populatiebestand",
    MappingProxyType(
        {
            _H.INDIENEN: Overgang((), _S.INGEDIEND, _GEMEENTE, "Een gemeente vraagt om het bestand."),
            _H.INTREKKEN: Overgang((_S.INGEDIEND,), _S.INGETROKKEN, _GEMEENTE, "De gemeente trekt het verzoek in."),
            _H.TOEWIJZEN: Overgang((_S.INGEDIEND,), _S.TOEGEWEZEN, _UWV, "UWV zegt ja; het bestand staat klaar."),
            _H.AFWIJZEN: Overgang((_S.INGEDIEND,), _S.AFGEWEZEN, _UWV, "UWV zegt nee, met een reden."),
            _H.LEVEREN: Overgang(
                (_S.TOEGEWEZEN,), _S.GELEVERD, _GEMEENTE, "De gemeente haalt het bestand op, een keer."
            ),
            _H.MISLUKT_MELDEN: Overgang((_S.GELEVERD,), _S.MISLUKT, _GEMEENTE, "Het bestand kwam niet goed aan."),
            _H.OPNIEUW_TOEWIJZEN: Overgang((_S.MISLUKT,), _S.TOEGEWEZEN, _UWV, "UWV zet dezelfde gegevens weer klaar."),
        }
    ),
)
"""The life of a request for the file; docs/levenslopen.md is made from it."""


_TOO_LATE = "Dit kan niet meer: het verzoek is intussen veranderd. Bekijk het verzoek opnieuw."


@dataclass(frozen=True)
class Populatiebestand:
    """A file on its way out: its bytes, how a browser should name and read it, and what was written down of it."""

    inhoud: bytes
    naam: str
    media_type: str
    aantal: int
    sha256: str


def visible_to(actor: Actor) -> QuerySet[Populatieverzoek]:
    """The requests this actor may see: a gemeente its own, UWV all. Raises `TypeError` for `actor=None`."""
    if actor is None:
        raise TypeError("an actor is required")
    found = Populatieverzoek.objects.select_related("venster", "organisatie", "gemeente").order_by(
        "-ingediend_at", "pk"
    )
    if may(actor, Permission.POPULATIE_DECIDE):
        return found
    if may(actor, Permission.POPULATIE_VIEW) and actor.organisatie_id is not None:
        return found.filter(organisatie=actor.organisatie_id)
    return found.none()


def vensters() -> QuerySet[Populatievenster]:
    """Every window there is or was, the newest first. Nobody's data: no permission is asked."""
    return Populatievenster.objects.order_by("-open")


def open_venster(peildatum: date) -> Populatievenster | None:
    """The window that is open on that day, or None."""
    return Populatievenster.objects.filter(open__contains=peildatum).first()


@transaction.atomic
def offer(*, actor: Actor, vanaf: date, tot_en_met: date, now: datetime) -> int:
    """Open a window, for `vanaf` up to and including `tot_en_met`; returns its id.

    Raises `PermissionDenied`, `ValidationError` (Dutch) when it ends before it begins or overlaps another.
    """
    require(actor, Permission.POPULATIE_DECIDE)
    if tot_en_met < vanaf:
        raise ValidationError({"tot_en_met": "De laatste dag moet op of na de eerste dag liggen."})
    gebruiker_id, _ = acting_ids(actor)
    venster = Populatievenster(
        open=(vanaf, date.fromordinal(tot_en_met.toordinal() + 1)), gebruiker_id=gebruiker_id, aangemaakt_at=now
    )
    venster.full_clean()
    venster.save(force_insert=True)
    logboek.record(actor=actor, handeling="populatievenster geopend", onderwerp=f"venster {venster.pk}", now=now)
    return venster.pk


def submit(*, actor: Actor, doel: Gemeentedoel, akkoord_versie: int, peildatum: date, now: datetime) -> UUID:
    """Ask for the file of the own gemeente, agreeing to the text of that version; returns the id of the request.

    Raises `PermissionDenied`; `ValidationError` (Dutch) when no window is open on the peildatum, the purpose is not one
    for a file, the text is not the present one, or the gemeente has asked before in this window.
    """
    gemeente = require_gemeente(actor)
    venster = open_venster(peildatum)
    if venster is None:
        raise ValidationError("U kunt nu geen verzoek doen: er is geen periode open.")
    if doel not in DOELEN_BESTAND:
        raise ValidationError({"doel": "Kies waarvoor u het bestand nodig heeft."})
    if akkoord_versie != AKKOORD_VERSIE:
        raise ValidationError({"akkoord": "De tekst is veranderd. Lees hem opnieuw en ga akkoord."})
    gebruiker_id, organisatie_id = acting_ids(actor)
    verzoek = Populatieverzoek(
        venster=venster,
        organisatie_id=organisatie_id,
        gemeente_id=gemeente,
        aanvrager_id=gebruiker_id,
        doel=doel.value,
        akkoord_versie=akkoord_versie,
        ingediend_at=now,
        status=Verzoekstatus.INGEDIEND.value,
    )
    try:
        with transaction.atomic():
            verzoek.save(force_insert=True)
            _log(with_doel(actor, doel), "populatiebestand aangevraagd", verzoek.pk, now=now)
    except IntegrityError as error:
        # A second press of the button, or a colleague who was first: the constraint decides, not a look beforehand.
        if "gemeente_krijgt_per_venster_een_keer_een_bestand" not in str(error):
            raise
        raise ValidationError("Uw gemeente heeft in deze periode al een verzoek gedaan.") from None
    return verzoek.pk


@transaction.atomic
def withdraw(*, actor: Actor, verzoek_id: UUID, now: datetime) -> None:
    """Take back a request that was not decided yet. Raises `PermissionDenied`, `Overtaken`."""
    _move(actor, verzoek_id, _H.INTREKKEN)
    _log(actor, "verzoek om populatiebestand ingetrokken", verzoek_id, now=now)


@transaction.atomic
def grant(*, actor: Actor, verzoek_id: UUID, reden: str, now: datetime) -> None:
    """Decide yes, and give the right to fetch the file once.

    Raises `PermissionDenied`, `Overtaken`; `ValidationError` (Dutch) without a reason.
    """
    _decide(actor, verzoek_id, _H.TOEWIJZEN, reden, now=now)
    _new_right(verzoek_id, now=now)
    _log(actor, "populatiebestand toegewezen", verzoek_id, now=now)


@transaction.atomic
def refuse(*, actor: Actor, verzoek_id: UUID, reden: str, now: datetime) -> None:
    """Decide no. Raises as `grant` does."""
    _decide(actor, verzoek_id, _H.AFWIJZEN, reden, now=now)
    _log(actor, "populatiebestand geweigerd", verzoek_id, now=now)


@transaction.atomic
def grant_again(*, actor: Actor, verzoek_id: UUID, reden: str, now: datetime) -> None:
    """Give a new right, because the file did not arrive; it is to the data of the first delivery. Raises as `grant`."""
    _decide(actor, verzoek_id, _H.OPNIEUW_TOEWIJZEN, reden, now=now)
    _new_right(verzoek_id, now=now)
    _log(actor, "populatiebestand opnieuw toegewezen", verzoek_id, now=now)


@transaction.atomic
def report_failure(*, actor: Actor, verzoek_id: UUID, now: datetime) -> None:
    """Say that the file did not arrive whole. UWV decides about a new right. Raises `PermissionDenied`, `Overtaken`."""
    _move(actor, verzoek_id, _H.MISLUKT_MELDEN)
    _log(actor, "populatiebestand niet goed ontvangen", verzoek_id, now=now)


@transaction.atomic
def deliver(*, actor: Actor, levering_id: UUID, vorm: Bestandsvorm, peildatum: date, now: datetime) -> Populatiebestand:
    """The file, this one time: using the right, writing one row per person in the logboek and making it are one.

    A repeated right gives what the first one gave: the same peildatum, as known at the same moment. Raises
    `PermissionDenied`, `Overtaken` for a right that was used, is not the own gemeente's or does not exist;
    `RegisterBezig` while somebody is writing.
    """
    gemeente = require_gemeente(actor)
    levering = (
        Populatielevering.objects.select_for_update(of=("self",))
        .filter(pk=levering_id, verzoek__in=visible_to(actor), gebruikt_at__isnull=True)
        .select_related("verzoek")
        .first()
    )
    if levering is None:
        raise Overtaken("Dit bestand is al opgehaald. Kwam het niet goed aan? Meld dat bij uw verzoek.")
    verzoek = levering.verzoek
    _move(actor, verzoek.pk, _H.LEVEREN)
    first = verzoek.leveringen.filter(gebruikt_at__isnull=False).order_by("volgnummer").first()
    if first is None and not writers_done(now):
        raise RegisterBezig
    dag, known_at = (first.peildatum, first.bekend_op) if first else (peildatum, now)
    assert dag is not None  # the constraint on used deliveries holds both
    assert known_at is not None
    levering.peildatum, levering.bekend_op = dag, known_at
    regels = whole_population(gemeente=gemeente, peildatum=dag, known_at=known_at)
    inhoud = render(vorm, regels, gemeente=gemeente, peildatum=dag)
    levering.gebruikt_at, levering.gebruiker_id, levering.vorm = now, actor.gebruiker_id, vorm.value
    levering.aantal, levering.sha256 = len(regels), hashlib.sha256(inhoud).hexdigest()
    levering.save(update_fields=["gebruikt_at", "gebruiker", "vorm", "peildatum", "bekend_op", "aantal", "sha256"])
    logboek.record_many(
        actor=with_doel(actor, Gemeentedoel(verzoek.doel)),
        handeling=POPULATIE_GELEVERD,
        onderwerp=f"populatieverzoek {verzoek.pk}",
        persoon_bsn_indexes=sorted({bsns.index(regel.bsn, doel="audit") for regel in regels}),
        details={"levering": levering.volgnummer, "vorm": vorm.value, "sha256": levering.sha256},
        activiteit=Activiteit.GEMEENTE,
        now=now,
    )
    # An empty gemeente is delivered an empty file: that too must be found back.
    _log(actor, "populatiebestand opgehaald", verzoek.pk, now=now, regels=len(regels), sha256=levering.sha256)
    naam = f"doelgroep-{gemeente}-{dag.isoformat()}.{vorm.value}"
    return Populatiebestand(inhoud, naam, MEDIA_TYPES[vorm], len(regels), levering.sha256)


def _move(actor: Actor, verzoek_id: UUID, handeling: Populatiehandeling, **changes: Any) -> None:
    """The change of state itself, conditional on the state it begins in."""
    overgang = LEVENSLOOP.overgangen[handeling]
    require(actor, overgang.permission)
    moved = visible_to(actor).order_by().select_related(None).filter(pk=verzoek_id, status__in=overgang.van)
    if not moved.update(status=str(overgang.naar), **changes):
        raise Overtaken(_TOO_LATE)


def _decide(actor: Actor, verzoek_id: UUID, handeling: Populatiehandeling, reden: str, *, now: datetime) -> None:
    require(actor, LEVENSLOOP.overgangen[handeling].permission)
    reden = reden.strip()
    if not reden:
        raise ValidationError({"reden": "Schrijf op waarom u dit besluit neemt."})
    if bsns.occurs_in(reden):
        raise ValidationError({"reden": "Hier staat een BSN in. Haal het weg; u hoeft niemand te noemen."})
    _move(actor, verzoek_id, handeling, beslisser_id=actor.gebruiker_id, besloten_at=now, reden=reden)


def _new_right(verzoek_id: UUID, *, now: datetime) -> None:
    last = Populatielevering.objects.filter(verzoek=verzoek_id).aggregate(last=Max("volgnummer"))["last"] or 0
    Populatielevering.objects.create(verzoek_id=verzoek_id, volgnummer=last + 1, uitgegeven_at=now)


def _log(actor: Actor, handeling: str, verzoek_id: UUID, *, now: datetime, **details: Any) -> None:
    logboek.record(
        actor=actor, handeling=handeling, onderwerp=f"populatieverzoek {verzoek_id}", details=details, now=now
    )
