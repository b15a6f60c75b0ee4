"""Who may see which klantprofiel, and which of them employers can find on a day."""

from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet

from banenafspraak.access.actor import Actor
from banenafspraak.access.permissions import Permission, may
from banenafspraak.bemiddeling import volledigheid
from banenafspraak.bemiddeling.models import Klantprofiel
from banenafspraak.bemiddeling.profielrecord import ProfielRecord
from banenafspraak.bemiddeling.profielwoorden import Profielstatus
from banenafspraak.register import queries


def visible_to(actor: Actor, *, peildatum: date, known_at: datetime) -> QuerySet[Klantprofiel]:
    """The profiles this actor may see in full; lists and single ones both start here. One query.

    The person sees the own one; a bemiddelaar those of people who are registered on the peildatum and live, on that
    day, in the own gemeente or else the own region. Everybody else, an employer above all, sees none.
    Raises `TypeError` for `actor=None`: forgetting the actor must never mean seeing everything.
    """
    if actor is None:
        raise TypeError("an actor is required")
    if not may(actor, Permission.PROFIEL_VIEW):
        return Klantprofiel.objects.none()
    people = queries.people_visible_to(actor, peildatum=peildatum, known_at=known_at)
    return Klantprofiel.objects.filter(persoon__in=people.values("pk"))


def visible_q(peildatum: date) -> Q:
    """The condition that employers can find a profile on that day, as far as its own row knows.

    Public, available, said or confirmed in the last `volledigheid.DAGEN_VERS` days, able to start within a year and
    not over yet. That the person is registered that day is for the register to say.
    """
    begin = peildatum + timedelta(days=volledigheid.DAGEN_VOORUIT)
    return (
        Q(status=Profielstatus.OPENBAAR, beschikbaar=True)
        & Q(beschikbaar_bevestigd_op__gte=volledigheid.fresh_since(peildatum))
        & (Q(datum_aanvang_beschikbaar_voor_werk__isnull=True) | Q(datum_aanvang_beschikbaar_voor_werk__lte=begin))
        & (Q(datum_einde_beschikbaar_voor_werk__isnull=True) | Q(datum_einde_beschikbaar_voor_werk__gte=peildatum))
    )


def starts_in_time(record: ProfielRecord, peildatum: date) -> bool:
    """Whether somebody can begin soon enough, and is not over yet, to be found on that day; as `visible_q` asks it."""
    begin, end = record.datum_aanvang_beschikbaar_voor_werk, record.datum_einde_beschikbaar_voor_werk
    latest = peildatum + timedelta(days=volledigheid.DAGEN_VOORUIT)
    return (begin is None or begin <= latest) and (end is None or end >= peildatum)
