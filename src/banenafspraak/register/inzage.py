"""What somebody may see of themself: the own registration with its history, and everything that is kept (AVG art. 15).

Starts and ends at `actor.bsn`, the number DigiD vouched for: there is no way to name another person here. Who looked is
answered by the logboek; what is not right goes to `meldingen`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from banenafspraak.access import bsn as bsns
from banenafspraak.access import gebieden, logboek
from banenafspraak.access.actor import Actor
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, require
from banenafspraak.register import eigendossier, herstel, meldingen
from banenafspraak.register.herstel import Hersteld
from banenafspraak.register.models import Persoon, Registratie, Woonplaats
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.gevolgen import Gevolgen, gevolgen
from banenafspraak.wet.grondlabel import article_of
from banenafspraak.wet.registratie import EindeReden

EIGEN_GEGEVENS_BEKEKEN = "eigen gegevens bekeken"
EIGEN_GEGEVENS_OPGEHAALD = "eigen gegevens opgehaald"
# More than anybody has; a download is one answer, and a list without end is a way to stop a server.
MAX_BLIKKEN = 100_000

# What somebody must be told beside the data (AVG art. 15 lid 1): docs/verwerkingsregister.toml in plain words.
UITLEG: Mapping[str, str] = MappingProxyType(
    {
        "doel": "Vaststellen wie bij de doelgroep van de banenafspraak hoort, op welke grond, vanaf wanneer en tot "
        "wanneer. En kunnen laten zien wie uw gegevens bekeek.",
        "grondslag": "Wet financiering sociale verzekeringen, artikel 38b en 38d; Besluit SUWI, artikel 3.2. Voor de "
        "bescherming van gegevens: AVG, artikel 6 lid 1 onder e.",
        "herkomst": "UWV (beoordelingen, Wajong), uw gemeente (Participatiewet, Wsw, Praktijkroute), de "
        "Basisregistratie Personen (woonplaats), en uzelf.",
        "ontvangers": "UWV, uw gemeente en de Belastingdienst voor hun taken. Een werkgever krijgt alleen te horen "
        "of u in het register staat en vanaf wanneer, nooit waarom. Wie het waren, staat hierboven.",
        "bewaartermijn": "Uw registratie bewaren wij zolang zij of een gevolg ervan loopt, en tot vijf jaar na "
        "overlijden. Wie uw gegevens bekeek, bewaren wij vijf jaar.",
        "rechten": "Klopt er iets niet, dan kunt u dat melden; u krijgt binnen een maand antwoord. U kunt bezwaar "
        "maken, en een klacht indienen bij de Autoriteit Persoonsgegevens.",
        "besluiten": "Over uw registratie beslist altijd een mens. De loongegevens waarmee banen worden geteld, staan "
        "onder een schuilnaam; daarin kunnen wij u niet opzoeken.",
    }
)


@dataclass(frozen=True)
class EigenRegistratie:
    """One registration as the person sees it; `tot` is the first day it no longer holds.

    `vastgelegd_at` is when this was written down, `vervangen_at` when something else took its place (None: it is what
    is known now).
    """

    id: int
    grond: Grond
    artikel: str
    route: Route
    vanaf: date
    tot: date | None
    einde_reden: EindeReden | None
    vastgelegd_at: datetime
    vervangen_at: datetime | None
    herstel: Hersteld | None = None
    """For what is known now: what put it there; for what was known before: what took it away."""

    def runs_on(self, day: date) -> bool:
        """Whether somebody is registered on that day by this one."""
        return self.vanaf <= day and (self.tot is None or day < self.tot)


@dataclass(frozen=True)
class EigenWoonplaats:
    """Where we think the person lives: it decides which gemeente may see the registration."""

    gemeente: str
    vanaf: date
    tot: date | None


@dataclass(frozen=True)
class Overzicht:
    """What the register holds of somebody on the peildatum.

    `lopend` are the registrations that run, `overig` those that ended or are still to begin, `eerder` what was known
    before and has been replaced. `sinds` is the first day from which the registrations follow each other without a gap.
    """

    peildatum: date
    geboortedatum: date | None
    lopend: tuple[EigenRegistratie, ...]
    overig: tuple[EigenRegistratie, ...]
    eerder: tuple[EigenRegistratie, ...]
    woonplaats: EigenWoonplaats | None
    sinds: date | None

    @property
    def geregistreerd(self) -> bool:
        """Whether the person is in the register on the peildatum."""
        return bool(self.lopend)

    def gevolgen(self) -> tuple[tuple[EigenRegistratie, Gevolgen], ...]:
        """What follows from each registration that runs."""
        return tuple((r, gevolgen(r.grond, peildatum=self.peildatum)) for r in self.lopend)


def require_own_bsn(actor: Actor) -> Bsn:
    """The number of who asks. Raises `PermissionDenied` for everybody but a burger whose BSN is known."""
    require(actor, Permission.OWN_VIEW)
    if actor.bsn is None:
        raise PermissionDenied("only who signed in with a BSN sees own data")
    return actor.bsn


@transaction.atomic
def own_overview(*, actor: Actor, peildatum: date, now: datetime) -> Overzicht:
    """What the register holds of the actor. Also the own look is logged. Four statements. Raises `PermissionDenied`."""
    bsn = require_own_bsn(actor)
    overzicht = _overview(bsn, herstel.own(actor=actor), peildatum, now)
    _log(actor, EIGEN_GEGEVENS_BEKEKEN, bsn, now=now)
    return overzicht


@transaction.atomic
def own_registratie(*, actor: Actor, registratie_id: int, now: datetime) -> EigenRegistratie | None:
    """One registration of the actor that is known now, or None; the own look is logged. Raises `PermissionDenied`."""
    bsn = require_own_bsn(actor)
    indexes = bsns.indexes(bsn, doel="register")
    row = Registratie.objects.filter(
        persoon__bsn_index__in=indexes, pk=registratie_id, bekend__endswith__isnull=True
    ).first()
    if row is None:
        return None
    _log(actor, EIGEN_GEGEVENS_BEKEKEN, bsn, now=now)
    return _eigen(row, None)


def _overview(bsn: Bsn, mended: list[Hersteld], peildatum: date, now: datetime) -> Overzicht:
    indexes = bsns.indexes(bsn, doel="register")
    rows = list(
        Registratie.objects.filter(persoon__bsn_index__in=indexes).select_related("persoon").order_by("geldig", "pk")
    )
    made, replaced = {h.nieuw_id: h for h in mended}, {h.oud_id: h for h in mended}
    own = [_eigen(row, made.get(row.pk) if row.bekend.upper is None else replaced.get(row.pk)) for row in rows]
    known = [r for r in own if r.vervangen_at is None]
    lopend = tuple(r for r in reversed(known) if r.runs_on(peildatum))
    return Overzicht(
        peildatum=peildatum,
        geboortedatum=rows[0].persoon.geboortedatum if rows else None,
        lopend=lopend,
        overig=tuple(r for r in reversed(known) if not r.runs_on(peildatum)),
        eerder=tuple(sorted((r for r in own if r.vervangen_at), key=lambda r: r.vastgelegd_at, reverse=True)),
        woonplaats=_residence(indexes, peildatum, now),
        sinds=_unbroken(known, peildatum) if lopend else None,
    )


def _eigen(row: Registratie, mended: Hersteld | None) -> EigenRegistratie:
    grond = Grond(row.grond)
    return EigenRegistratie(
        id=row.pk,
        grond=grond,
        artikel=article_of(grond),
        route=Route(row.route),
        vanaf=row.geldig.lower,
        tot=row.geldig.upper,
        einde_reden=EindeReden(row.einde_reden) if row.einde_reden else None,
        vastgelegd_at=row.bekend.lower,
        vervangen_at=row.bekend.upper,
        herstel=mended,
    )


def _residence(indexes: tuple[bytes, ...], peildatum: date, now: datetime) -> EigenWoonplaats | None:
    row = Woonplaats.objects.filter(
        persoon__bsn_index__in=indexes, geldig__contains=peildatum, bekend__contains=now
    ).first()
    if row is None:
        return None
    gebied = gebieden.gemeente(row.gemeente_id)
    return EigenWoonplaats(gebied.naam if gebied else row.gemeente_id, row.geldig.lower, row.geldig.upper)


def _unbroken(known: list[EigenRegistratie], peildatum: date) -> date:
    """From which day on somebody has been registered without a gap until the peildatum, on whichever ground."""
    since = peildatum
    while earlier := [r.vanaf for r in known if r.vanaf < since and (r.tot is None or r.tot >= since)]:
        since = min(earlier)
    return since


@transaction.atomic
def everything(*, actor: Actor, peildatum: date, now: datetime) -> dict[str, Any]:
    """Everything that is kept of the actor, as plain values for one download (AVG art. 15 lid 1 and 3); logged.

    What is sealed is opened, for it is theirs. Of who looked the organisation stands in it and not the employee. Raises
    `PermissionDenied`.
    """
    bsn = require_own_bsn(actor)
    indexes = bsns.indexes(bsn, doel="register")
    persoon = Persoon.objects.filter(bsn_index__in=indexes).first()
    mended = herstel.own(actor=actor)
    overzicht = _overview(bsn, mended, peildatum, now)
    looks = logboek.looks_at(actor, limit=MAX_BLIKKEN)
    own_reports = [meldingen.describe(actor, m) for m in meldingen.visible_to(actor)]
    asked = eigendossier.dossier(actor=actor, now=now)
    _log(actor, EIGEN_GEGEVENS_OPGEHAALD, bsn, now=now)
    return {
        "uitleg": dict(UITLEG),
        "peildatum": peildatum.isoformat(),
        "gemaakt_op": now.isoformat(),
        "persoon": {
            "bsn": bsn.reveal(),
            "geboortedatum": _iso(persoon.geboortedatum) if persoon else None,
            "overleden_op": _iso(persoon.overleden_op) if persoon else None,
        },
        "registraties": [_plain(r) for r in (*overzicht.lopend, *overzicht.overig)],
        "eerder_bekend": [_plain(r) for r in overzicht.eerder],
        "hersteld_na_melding": [
            {"wat": h.soort.value, "reden": h.reden, "hersteld_op": _iso(h.hersteld_at)} for h in mended
        ],
        "woonplaatsen": [
            {
                "gemeente": row.gemeente_id,
                "vanaf": _iso(row.geldig.lower),
                "tot": _iso(row.geldig.upper),
                "bekend_vanaf": _iso(row.bekend.lower),
                "bekend_tot": _iso(row.bekend.upper),
            }
            for row in Woonplaats.objects.filter(persoon__bsn_index__in=indexes).order_by("geldig", "pk")
        ],
        "meldingen": [
            {
                "onderwerp": m.onderwerp.value,
                "soort": m.soort.value,
                "toelichting": m.toelichting,
                "status": m.status.value,
                "ingediend_op": _iso(m.ingediend_at),
                "antwoord": m.antwoord,
                "beantwoord_op": _iso(m.beantwoord_at),
            }
            for m in own_reports
        ],
        **asked,
        "wie_keek": [
            {
                "moment": _iso(blik.at),
                "organisatie": blik.organisatie,
                "rol": blik.rol,
                "doel": blik.doel,
                "handeling": blik.handeling,
            }
            for blik in looks
        ],
    }


def _plain(r: EigenRegistratie) -> dict[str, str | None]:
    return {
        "grond": r.grond.value,
        "artikel": r.artikel,
        "route": r.route.value,
        "vanaf": _iso(r.vanaf),
        "tot": _iso(r.tot),
        "einde_reden": r.einde_reden.value if r.einde_reden else None,
        "vastgelegd_op": _iso(r.vastgelegd_at),
        "vervangen_op": _iso(r.vervangen_at),
    }


def _iso(moment: date | datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def _log(actor: Actor, handeling: str, bsn: Bsn, *, now: datetime) -> None:
    logboek.record(
        actor=actor,
        handeling=handeling,
        persoon_bsn_index=bsns.index(bsn, doel="audit"),
        activiteit=Activiteit.INZAGE,
        now=now,
    )
