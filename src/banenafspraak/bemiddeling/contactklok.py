"""What time does to requests for contact: too late becomes visible, what nobody answered ends, a consent runs out.

Nothing here is seen by an employer: that a consent is over, or a request closed, follows from the clock itself.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from banenafspraak.access import logboek, organisaties
from banenafspraak.access.actor import Actor
from banenafspraak.access.logboek import Activiteit
from banenafspraak.access.permissions import Permission, require
from banenafspraak.bemiddeling import berichten, contact, toestemmingen
from banenafspraak.bemiddeling.contact import Voorstelhandeling
from banenafspraak.bemiddeling.contactwoorden import LOPEND, Berichtsoort, Contactstatus, Voorstelstatus
from banenafspraak.bemiddeling.models import Voorstel
from banenafspraak.register import queries
from banenafspraak.register.moment import day_of

_BATCH = 200
_ESCALATED = "vraag om contact te laat"


def tick(*, actor: Actor, now: datetime) -> Mapping[str, int]:
    """Do all that is due by now; returns how much of each. In small transactions, and again harmless.

    Raises `PermissionDenied`.
    """
    require(actor, Permission.CONTACT_RUN)
    today = day_of(now)
    running = Voorstel.objects.filter(status__in=[s.value for s in LOPEND])
    closed = Q(verzoek__sluit_at__lte=now)
    silent = Q(status=Voorstelstatus.GEVRAAGD, antwoord_op__lt=today)
    agreed = Voorstel.objects.filter(status=Voorstelstatus.JA)
    stopped = Q(verzoek__status=Contactstatus.INGETROKKEN)
    over = Q(toestemming__geldig_tot__lte=today)
    late = running.filter(status=Voorstelstatus.VOORGESTELD, te_laat_at=None, eerste_antwoord_op__lt=today)
    return {
        "gestopt": _each(running.filter(stopped), lambda v: _move(v, Voorstelhandeling.STOPPEN, actor, now)),
        "verlopen": _each(running.filter(closed | silent), lambda v: _move(v, Voorstelhandeling.VERLOPEN, actor, now)),
        "geeindigd": _each(
            agreed.filter(stopped | over),
            lambda v: toestemmingen.end(v, Voorstelhandeling.EINDIGEN, actor=actor, now=now),
        ),
        "te_laat": _escalate(late, actor, now),
    }


def _move(voorstel: Voorstel, handeling: Voorstelhandeling, actor: Actor, now: datetime) -> None:
    contact.move(voorstel, handeling, actor=actor, now=now)


def _each(found: QuerySet[Voorstel], act: Callable[[Voorstel], None]) -> int:
    """Each in a transaction of its own, locked and asked again: whoever answers at that moment goes first."""
    done = 0
    for voorstel_id in _ids(found):
        with transaction.atomic():
            voorstel = found.select_for_update(of=("self",), skip_locked=True).filter(pk=voorstel_id).first()
            if voorstel is not None:
                act(voorstel)
                done += 1
    return done


def _ids(found: QuerySet[Voorstel]) -> Iterable[UUID]:
    return list(found.order_by("pk").values_list("pk", flat=True)[: 50 * _BATCH])


def _escalate(found: QuerySet[Voorstel], actor: Actor, now: datetime) -> int:
    """Nobody judged it in time: the gemeente and the service point of the region are told, and every list shows it."""
    today, done = day_of(now), 0
    for voorstel_id in _ids(found):
        with transaction.atomic():
            voorstel = found.select_for_update(skip_locked=True).filter(pk=voorstel_id).first()
            if voorstel is None:
                continue
            voorstel.te_laat_at = now
            voorstel.save(update_fields=["te_laat_at"])
            lives = queries.gemeenten_of_people([voorstel.persoon_id], peildatum=today, known_at=now)
            for gemeente in lives.values():
                for organisatie_id in organisaties.helpers_of(gemeente, peildatum=today):
                    berichten.leave_for_organisatie(
                        organisatie_id=organisatie_id, soort=Berichtsoort.VERZOEK_TE_LAAT, over=voorstel.pk, now=now
                    )
            logboek.record(
                actor=actor,
                handeling=_ESCALATED,
                onderwerp=f"voorstel {voorstel.pk}",
                persoon_bsn_index=bytes(voorstel.betrokkene_index),
                activiteit=Activiteit.CONTACT,
                now=now,
            )
            done += 1
    return done
