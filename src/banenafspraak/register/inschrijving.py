"""What a decision does to the register: somebody comes in on a ground, or leaves it. For use in this room only.

From when, and whether at all, follows from `wet.registratie`: a beschut werk decision, death or the AOW age stand in
the way of every ground.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission
from banenafspraak.register import personen, registraties
from banenafspraak.register.models import Beschutwerkadvies, Persoon, Registratie
from banenafspraak.register.moment import begin_writing
from banenafspraak.register.registraties import Inhoud
from banenafspraak.wet.doelgroep import Grond, Route
from banenafspraak.wet.registratie import EindeReden, Grondperiode, RegistratieFeiten, Registratiestand, registratie
from banenafspraak.wet.uitkomst import Uitkomst

_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Inschrijving:
    """The registration a person now has on the ground (None: the law says there is none), and whether it is new."""

    registratie_id: int | None
    was_al_geregistreerd: bool
    vanaf: date | None
    stand: Uitkomst[Registratiestand]


def admit(
    *,
    actor: Actor,
    persoon: Persoon,
    grond: Grond,
    route: Route,
    vanaf: date,
    op: date,
    gemeente: str | None,
    by: Permission,
    now: datetime,
) -> Inschrijving:
    """Put a person in the register on this ground from `vanaf`, decided on day `op`; call it inside a transaction.

    Who runs on that ground already keeps the registration that is there. `gemeente` becomes the residence when the
    register knows none. Raises as `registraties.register`.
    """
    begin_writing(now)
    personen.lock(persoon.pk)
    feiten = RegistratieFeiten(
        gronden=(Grondperiode(grond=grond, route=route, vanaf=vanaf, gemeld_door_gemeente=True),),
        geboortedatum=persoon.geboortedatum,
        overleden_op=persoon.overleden_op,
        beschut_werk_vastgesteld_op=_beschut_werk_since(persoon),
    )
    stand = registratie(feiten, peildatum=op)
    if not stand.waarde.geregistreerd or stand.waarde.vanaf is None:
        return Inschrijving(None, False, None, stand)
    start = stand.waarde.vanaf
    same = [r for r in personen.known_registraties(persoon, known_at=now) if r.grond == grond.value]
    for row in same:
        if personen.runs_on(row, op):
            return Inschrijving(row.pk, True, row.geldig.lower, stand)
    start = max([start, *(r.geldig.upper for r in same if r.geldig.upper is not None and r.geldig.upper <= op)])
    later = [r.geldig.lower for r in same if r.geldig.lower > op]
    inhoud = Inhoud(grond, route, start, min(later, default=None))
    made = registraties.enter(actor=actor, persoon=persoon, inhoud=inhoud, by=by, now=now)
    if gemeente is not None:
        personen.settle(persoon, gemeente, vanaf=start, now=now)
    return Inschrijving(made, False, start, stand)


def end_all(
    *, actor: Actor, persoon: Persoon, tot: date, einde_reden: EindeReden, by: Permission, now: datetime
) -> list[int]:
    """End every registration that would run on or after `tot`, the first day without; call it inside a transaction.

    One that began on or after that day keeps its first day only. Returns the ids of the rows that say so.
    """
    begin_writing(now)
    personen.lock(persoon.pk)
    return [
        _end(row, actor=actor, tot=tot, einde_reden=einde_reden, by=by, now=now)
        for row in personen.known_registraties(persoon, known_at=now)
        if row.geldig.upper is None or row.geldig.upper > max(tot, row.geldig.lower + _DAY)
    ]


def _end(row: Registratie, *, actor: Actor, tot: date, einde_reden: EindeReden, by: Permission, now: datetime) -> int:
    last = max(tot, row.geldig.lower + _DAY)
    if row.geldig.upper is None:
        return registraties.end(actor=actor, registratie_id=row.pk, tot=last, einde_reden=einde_reden, by=by, now=now)
    inhoud = Inhoud(Grond(row.grond), Route(row.route), row.geldig.lower, last, einde_reden)
    return registraties.correct(actor=actor, registratie_id=row.pk, inhoud=inhoud, by=by, now=now)


def _beschut_werk_since(persoon: Persoon) -> date | None:
    found = Beschutwerkadvies.objects.filter(persoon=persoon, vastgesteld=True).order_by("besloten_op").first()
    return found.besloten_op if found else None
