"""Who acts: the answer to 'who asks, for whom, in which part, and what for' that every action and query starts with."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from typing import Self
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from banenafspraak.access import bsn as bsns
from banenafspraak.access import gebieden
from banenafspraak.access.bsn import Bsn
from banenafspraak.access.models import Gebruiker, Lidmaatschap, Organisatie, bsn_context
from banenafspraak.access.permissions import ROLLEN, Rol

# Where a session keeps the chosen membership, and the organisation the identity provider vouched for.
SESSION_LIDMAATSCHAP = "lidmaatschap_id"
SESSION_ORGANISATIE = "organisatie_id"

# What a burger's own session is for; everybody else states the purpose of the page or the job.
OWN_INSIGHT = "inzage in eigen gegevens"


@dataclass(frozen=True)
class Actor:
    """A user (or the system) in one role, for one organisation, with one purpose.

    `regio` is the arbeidsmarktregio whose people the actor works for, `gemeente` narrows that to one gemeente; both
    None where the role is not tied to a place. `doel` is the purpose that every log row repeats. `bsn` is the number
    that DigiD vouched for; only a burger has one, and sees with it the own data and nobody else's.
    """

    gebruiker_id: UUID | None
    organisatie_id: int | None
    rol: Rol
    regio: str | None
    doel: str
    gemeente: str | None = None
    bsn: Bsn | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not self.doel.strip():
            raise ValueError("an actor acts for a purpose: doel may not be empty")
        if self.rol is Rol.VUM:
            if self.gebruiker_id is not None or self.organisatie_id is None:
                raise ValueError("a party to VUM is an organisation, and no user")
        elif self.rol not in (Rol.ANONIEM, Rol.SYSTEEM) and self.gebruiker_id is None:
            raise ValueError(f"the role {self.rol} belongs to a signed-in user")
        if self.bsn is not None and self.rol is not Rol.BURGER:
            raise ValueError("only a burger acts under an own BSN")

    @classmethod
    def anonymous(cls) -> Self:
        """A visitor who has not signed in: may read what is public."""
        return cls(gebruiker_id=None, organisatie_id=None, rol=Rol.ANONIEM, regio=None, doel="openbare informatie")

    @classmethod
    def system(cls, *, doel: str) -> Self:
        """A job of the system itself; `doel` says which (Dutch: it ends up in the logboek)."""
        return cls(gebruiker_id=None, organisatie_id=None, rol=Rol.SYSTEEM, regio=None, doel=doel)


@dataclass(frozen=True)
class Rolkeuze:
    """One role a user may choose after signing in."""

    lidmaatschap_id: int
    rol: Rol
    rolnaam: str
    organisatie: str


def choices_of(gebruiker: Gebruiker, *, peildatum: date, organisatie_id: int | None = None) -> list[Rolkeuze]:
    """The roles this user may play on that day, by organisation and role; empty for a user who was switched off.

    `organisatie_id` limits them to the organisation that the identity provider vouched for.
    """
    lidmaatschappen = _valid(gebruiker, peildatum)
    if organisatie_id is not None:
        lidmaatschappen = lidmaatschappen.filter(organisatie=organisatie_id)
    return [
        Rolkeuze(
            lidmaatschap_id=lidmaatschap.pk,
            rol=Rol(lidmaatschap.rol),
            rolnaam=ROLLEN[Rol(lidmaatschap.rol)].naam,
            organisatie=lidmaatschap.organisatie.naam if lidmaatschap.organisatie else "",
        )
        for lidmaatschap in lidmaatschappen.order_by("organisatie__naam", "rol", "pk")
    ]


def of_user(
    gebruiker: Gebruiker | AnonymousUser | None, *, lidmaatschap_id: int | None, peildatum: date, doel: str
) -> Actor:
    """The actor behind a session: its user, with the membership chosen after signing in.

    Looked up anew for each request, so that a membership that ended stops working at once. Anyone without a valid
    membership, and any membership that belongs to somebody else, gives the anonymous actor: fail closed. One query.
    """
    if not isinstance(gebruiker, Gebruiker) or lidmaatschap_id is None:
        return Actor.anonymous()
    lidmaatschap = _valid(gebruiker, peildatum).filter(pk=lidmaatschap_id).first()
    if lidmaatschap is None:
        return Actor.anonymous()
    organisatie = lidmaatschap.organisatie
    return Actor(
        gebruiker_id=gebruiker.pk,
        organisatie_id=lidmaatschap.organisatie_id,
        rol=Rol(lidmaatschap.rol),
        regio=_regio(organisatie, peildatum) if organisatie else None,
        doel=OWN_INSIGHT if lidmaatschap.rol == Rol.BURGER else doel,
        gemeente=organisatie.gemeente_id if organisatie else None,
        bsn=_own_bsn(gebruiker) if lidmaatschap.rol == Rol.BURGER else None,
    )


def burger_numbers(part: int) -> Iterator[list[str]]:
    """The BSN of every burger who signed in, opened, in parts of at most so many: for a change of keys only."""
    known = Gebruiker.objects.filter(bsn_verzegeld__isnull=False).order_by("pk").values_list("pk", "bsn_verzegeld")
    rows = known.iterator(chunk_size=part)
    while opened := [bsns.unseal(blob or b"", context=bsn_context(pk)) for pk, blob in islice(rows, part)]:
        yield opened


def _own_bsn(gebruiker: Gebruiker) -> Bsn | None:
    if gebruiker.bsn_verzegeld is None:
        return None
    return Bsn.parse(bsns.unseal(gebruiker.bsn_verzegeld, context=bsn_context(gebruiker.pk)))


def name_of(actor: Actor) -> str:
    """The name of the user who acts, for what colleagues elsewhere may read; empty for who has none. One query."""
    if actor.gebruiker_id is None:
        return ""
    found = Gebruiker.objects.filter(pk=actor.gebruiker_id).values_list("naam", flat=True).first()
    return found or ""


def college_of(actor: Actor) -> str | None:
    """The CBS code of the gemeente whose college this actor acts for, or None. One query.

    Only a bemiddelaar of an organisation that is a gemeente acts for a college; a service point of a region does not.
    """
    if actor.rol is not Rol.BEMIDDELAAR or actor.organisatie_id is None:
        return None
    gemeente = Organisatie.Soort.GEMEENTE
    return (
        Organisatie.objects.filter(pk=actor.organisatie_id, soort=gemeente)
        .values_list("gemeente_id", flat=True)
        .first()
    )


@dataclass(frozen=True)
class Werkgebied:
    """Whose people an organisation may handle: those of one gemeente, of one region, or (both None) everybody's."""

    gemeente: str | None
    regio: str | None


def werkgebied_of(organisatie_id: int, *, peildatum: date) -> Werkgebied | None:
    """The part of the country an organisation works for; None for one that handles nobody. One query.

    Only UWV itself works for everybody; a gemeente for its inhabitants, a service point for those of its region.
    """
    organisatie = Organisatie.objects.filter(pk=organisatie_id).first()
    if organisatie is None:
        return None
    if organisatie.soort == Organisatie.Soort.GEMEENTE:
        return Werkgebied(organisatie.gemeente_id, None) if organisatie.gemeente_id else None
    if organisatie.regio_id:
        return Werkgebied(None, organisatie.regio_id)
    return Werkgebied(None, None) if organisatie.soort == Organisatie.Soort.UWV else None


def _valid(gebruiker: Gebruiker, peildatum: date) -> QuerySet[Lidmaatschap]:
    return Lidmaatschap.objects.filter(
        gebruiker=gebruiker, gebruiker__is_active=True, geldig__contains=peildatum
    ).select_related("organisatie")


def _regio(organisatie: Organisatie, peildatum: date) -> str | None:
    if organisatie.regio_id:
        return organisatie.regio_id
    return gebieden.regio_op(organisatie.gemeente_id, peildatum) if organisatie.gemeente_id else None
