"""Who may see which aanvraag, and in which order: where every list and every action on an aanvraag starts."""

from django.db.models import F, Q, QuerySet

from banenafspraak.access.actor import Actor, college_of
from banenafspraak.access.permissions import Permission, Rol, may
from banenafspraak.register import personen
from banenafspraak.register.models import LOPEND, Aanvraag, Aanvraagstatus
from banenafspraak.wet.gronden import Aanvrager

_S = Aanvraagstatus


def visible_to(actor: Actor) -> QuerySet[Aanvraag]:
    """The aanvragen this actor may see; lists and single ones start here.

    A beoordelaar sees what was sent in, a burger every aanvraag about themself (of a gemeente: once it was sent), a
    gemeente those it made. Everybody else sees nothing. Raises `TypeError` for `actor=None`.
    """
    if actor is None:
        raise TypeError("an actor is required")
    aanvragen = Aanvraag.objects.select_related("persoon")
    if actor.rol is Rol.SYSTEEM and may(actor, Permission.AANVRAAG_BEVESTIGEN):
        return aanvragen.filter(status=_S.INGEDIEND)
    if not may(actor, Permission.AANVRAAG_VIEW):
        return aanvragen.none()
    if actor.rol is Rol.BEOORDELAAR:
        return aanvragen.filter(ontvangen_op__isnull=False)
    if actor.rol is Rol.BURGER:
        sent = Q(aanvrager=Aanvrager.PERSOON.value) | Q(ontvangen_op__isnull=False)
        return aanvragen.filter(sent, persoon__bsn_index__in=personen.own_indexes(actor))
    college = college_of(actor)
    return aanvragen.filter(gemeente=college) if college is not None else aanvragen.none()


def worklist(actor: Actor) -> QuerySet[Aanvraag]:
    """What a beoordelaar has to do: every aanvraag that runs, by last day; what stands still comes last."""
    running = [status for status in LOPEND if status != _S.CONCEPT]
    if not may(actor, Permission.AANVRAAG_BEOORDELEN):
        return Aanvraag.objects.none()
    return (
        visible_to(actor)
        .filter(status__in=running)
        .order_by(F("laatste_dag").asc(nulls_last=True), "ontvangen_op", "pk")
    )


def is_applicant(aanvraag: Aanvraag, actor: Actor) -> bool:
    """Whether this actor is, or acts for, who made the aanvraag."""
    if actor.rol is Rol.BURGER:
        own = personen.own_indexes(actor)
        return aanvraag.aanvrager == Aanvrager.PERSOON and bytes(aanvraag.persoon.bsn_index) in own
    return aanvraag.gemeente_id is not None and aanvraag.gemeente_id == college_of(actor)
